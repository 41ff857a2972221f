#include "text/text.h"

#include "base/buffer.h"
#include "base/scan.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Code points that composing never changes and that never join the one before: Latin letters and most punctuation.
 * Anything else is looked at cluster by cluster. */
static bool is_plain(uint32_t point)
{
    return point < 0x300 || (point >= 0x1e00 && point <= 0x1eff) || (point >= 0x2010 && point <= 0x205e) ||
           (point >= 0x3001 && point <= 0x3029) || (point >= 0x4e00 && point <= 0x9fff) || point == 0xfeff;
}

/* Reads to the end; false, with *at the byte where it goes wrong, if that is not UTF-8. */
static bool is_utf8(ml_str source, uint32_t *at)
{
    while (*at < source.len) {
        uint32_t point, len = ml_utf8_read(source, *at, &point);
        if (!len)
            return false;
        *at += len;
    }
    return true;
}

/* Checks all bytes, counts code points by stretches, and says whether anything may need composing. */
static ml_status validate(ml_str source, ml_str where, uint32_t *points, bool *plain, ml_error *error)
{
    uint32_t count = 0;
    bool odd = false, broken = ml_scan_is_cut(source);
    uint32_t stretches = (source.len + ML_TEXT_STRETCH - 1) / ML_TEXT_STRETCH;
    for (uint32_t i = 0; i < stretches; i++) {
        uint32_t begin = i * ML_TEXT_STRETCH, rest = source.len - begin;
        ml_scan scan = ml_scan_text(source, begin, begin + (rest < ML_TEXT_STRETCH ? rest : ML_TEXT_STRETCH));
        points[i] = count;
        count += scan.points;
        odd |= scan.odd;
        broken |= scan.broken;
    }
    points[stretches] = count;
    *plain = !odd;
    uint32_t at = 0;
    if (broken && !is_utf8(source, &at))
        return ml_fail(error, ML_E_ENCODING, where,
                       "byte %u (0x%02x) is not UTF-8: convert the article, for example with iconv -t UTF-8", at + 1,
                       (unsigned)(unsigned char)source.ptr[at]);
    return ML_OK;
}

/* Of a cluster: reordering marks costs their number squared, and no writing system comes near. */
enum { LONGEST_POINTS = 64 };

/* The end of the grapheme cluster that begins at `at`. */
static uint32_t cluster_end(ml_str text, uint32_t at)
{
    utf8proc_int32_t state = 0;
    uint32_t end = at;
    uint32_t point = ml_text_next(text, &end);
    for (int points = 1; end < text.len && points < LONGEST_POINTS; points++) {
        uint32_t behind = end;
        uint32_t next = ml_text_next(text, &behind);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)point, (utf8proc_int32_t)next, &state))
            break;
        point = next;
        end = behind;
    }
    return end;
}

typedef struct {
    ml_buffer nfc, runs;
} composition;

/* Appends a cluster, composed, and remembers it when that changed it. */
static bool compose_cluster(composition *composer, ml_str text, uint32_t begin, uint32_t end)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr + begin, (utf8proc_ssize_t)(end - begin),
                                        &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (len < 0)
        return false;
    ml_str given = ml_str_slice(text, begin, end), got = {(const char *)composed, (uint32_t)len};
    if (!ml_str_equal(given, got)) {
        ml_text_run run = {(uint32_t)composer->nfc.len, got.len, begin, given.len};
        ml_buffer_bytes(&composer->runs, (const char *)&run, sizeof run);
    }
    ml_buffer_str(&composer->nfc, got);
    free(composed);
    return !composer->nfc.failed && !composer->runs.failed;
}

/* Where the next cluster begins, at or behind `at`, that holds anything but plain code points; the length where none does. */
static uint32_t next_cluster(ml_str text, uint32_t at)
{
    while (at < text.len) {
        uint32_t behind = at;
        bool plain = is_plain(ml_text_next(text, &behind));
        uint32_t after = behind;
        if (!plain || (behind < text.len && !is_plain(ml_text_next(text, &after))))
            break;
        at = behind;
    }
    return at;
}

/* Copies what is plain as it stands; composes each cluster that holds anything else. */
static bool compose(composition *composer, ml_str source)
{
    uint32_t copied = 0;
    for (uint32_t at = next_cluster(source, 0); at < source.len; at = next_cluster(source, at)) {
        uint32_t end = cluster_end(source, at);
        ml_buffer_str(&composer->nfc, ml_str_slice(source, copied, at));
        if (!compose_cluster(composer, source, at, end))
            return false;
        at = copied = end;
    }
    ml_buffer_str(&composer->nfc, ml_str_slice(source, copied, source.len));
    return !composer->nfc.failed;
}

static ml_status compose_into(ml_str source, ml_arena *arena, ml_text *text, ml_error *error)
{
    composition composer = {0};
    ml_status status = ML_OK;
    if (compose(&composer, source)) {
        text->run_count = (uint32_t)(composer.runs.len / sizeof *text->runs);
        text->nfc = text->run_count ? ml_arena_copy(arena, ml_buffer_view(&composer.nfc)) : source;
        ml_text_run *runs = ml_arena_array(arena, text->run_count, sizeof *runs);
        if (arena->failed)
            status = ml_fail_memory(error);
        else if (text->run_count)
            memcpy(runs, composer.runs.ptr, composer.runs.len);
        text->runs = runs;
    } else {
        status = ml_fail_memory(error);
    }
    ml_buffer_dispose(&composer.nfc);
    ml_buffer_dispose(&composer.runs);
    return status;
}

ml_status ml_text_read(ml_str source, ml_str where, ml_arena *arena, ml_text *out, ml_error *error)
{
    if (source.len > ML_TEXT_LIMIT_BYTES)
        return ml_fail(error, ML_E_LIMIT, where, "%u bytes: an article may have %d at most, split it", source.len,
                       ML_TEXT_LIMIT_BYTES);
    uint32_t *points = ml_arena_array(arena, source.len / ML_TEXT_STRETCH + 2, sizeof *points);
    if (!points)
        return ml_fail_memory(error);
    bool plain;
    ML_TRY(validate(source, where, points, &plain, error));
    ml_text text = {.source = source, .nfc = source, .points = points};
    if (!plain)
        ML_TRY(compose_into(source, arena, &text, error));
    *out = text;
    return ML_OK;
}

/* The source byte for an nfc byte; inside a changed cluster its begin, or its end where an end is asked for. */
static uint32_t source_byte(const ml_text *text, uint32_t at, bool end)
{
    uint32_t low = 0, high = text->run_count;
    while (low < high) { /* the first run that begins at or behind `at` (for an end: whose text reaches `at`) */
        uint32_t middle = low + (high - low) / 2;
        uint32_t begin = text->runs[middle].nfc_begin;
        if (end ? begin < at : begin <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return at;
    const ml_text_run *run = &text->runs[low - 1];
    uint32_t run_end = run->nfc_begin + run->nfc_len;
    if (at >= run_end)
        return run->source_begin + run->source_len + (at - run_end);
    return end ? run->source_begin + run->source_len : run->source_begin;
}

uint32_t ml_text_point(const ml_text *text, uint32_t at, bool end)
{
    uint32_t target = source_byte(text, at, end);
    uint32_t stretch = target / ML_TEXT_STRETCH;
    uint32_t count = text->points[stretch];
    for (uint32_t i = stretch * ML_TEXT_STRETCH; i < target; i++)
        count += ((unsigned char)text->source.ptr[i] & 0xc0) != 0x80;
    return count;
}

/* Needs no memory, which could be short. */
static bool cluster_is_nfc(ml_str text, uint32_t begin, uint32_t end)
{
    enum { LONGEST_DECOMPOSITION = 4 };
    utf8proc_int32_t points[LONGEST_POINTS * LONGEST_DECOMPOSITION];
    const utf8proc_ssize_t room = sizeof points / sizeof *points;
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)text.ptr + begin,
                                                (utf8proc_ssize_t)(end - begin), points, room, options);
    if (count < 0 || count > room)
        return false;
    count = utf8proc_normalize_utf32(points, count, options);
    uint32_t at = begin;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        if (at == end || points[i] != (utf8proc_int32_t)ml_text_next(text, &at))
            return false;
    }
    return at == end;
}

bool ml_text_is_nfc(ml_str text)
{
    uint32_t at = 0;
    if (!is_utf8(text, &at))
        return false;
    for (uint32_t begin = next_cluster(text, 0), end; begin < text.len; begin = next_cluster(text, end)) {
        end = cluster_end(text, begin);
        if (!cluster_is_nfc(text, begin, end))
            return false;
    }
    return true;
}

bool ml_text_is_letter(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}
