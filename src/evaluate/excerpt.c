#include "evaluate/excerpt.h"

#include "evaluate/fold.h"

#include <utf8proc.h>

enum {
    LONG_POINTS = 160,   /* what is longer is shortened: two lines of a terminal */
    CONTEXT_POINTS = 48, /* kept at each side of a mark's brackets */
    ABBREVIATION_POINTS = 3,
    ELLIPSIS = 0x2026,
};

/* ---- sentences ---- */

static bool is_line_end(uint32_t point)
{
    return (point >= '\n' && point <= '\r') || point == 0x85 || point == 0x2028 || point == 0x2029;
}

static bool is_stop(uint32_t point)
{
    return point == '.' || point == '!' || point == '?' || point == ELLIPSIS;
}

static bool is_closing(uint32_t point)
{
    return point == ')' || point == ']' || point == '"' || point == '\'' || point == 0x2019 || point == 0x201d ||
           point == 0xbb;
}

static bool is_small(uint32_t point)
{
    return utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_LL;
}

static bool is_capital(uint32_t point)
{
    return utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_LU;
}

/* Does a short word that begins and ends with a capital (`V`, `TP`, `ThS`) end at `end`? */
static bool is_abbreviation(const uint32_t *points, uint32_t end)
{
    uint32_t start = end;
    while (start > 0 && end - start <= ABBREVIATION_POINTS && ml_fold_is_alphanumeric(points[start - 1]))
        start--;
    return end > start && end - start <= ABBREVIATION_POINTS && is_capital(points[start]) &&
           is_capital(points[end - 1]);
}

/* Where the sentence ends whose last words may end at `at`, a stop; 0 where it goes on. */
static uint32_t end_behind(const uint32_t *points, uint32_t count, uint32_t at)
{
    uint32_t end = at + 1;
    while (end < count && is_closing(points[end]))
        end++;
    uint32_t next = end;
    while (next < count && ml_fold_is_space(points[next]))
        next++;
    if (next == count)
        return end;
    bool goes_on = next == end || is_small(points[next]) || (points[at] == '.' && is_abbreviation(points, at));
    return goes_on ? 0 : end;
}

static uint32_t end_of_sentence(const uint32_t *points, uint32_t count, uint32_t at)
{
    for (; at < count && !is_line_end(points[at]); at++) {
        uint32_t end = is_stop(points[at]) ? end_behind(points, count, at) : 0;
        if (end)
            return end;
    }
    return at;
}

ml_sentences ml_sentences_find(const uint32_t *points, uint32_t count, ml_arena *arena)
{
    size_t most = 1;
    for (uint32_t i = 0; i < count; i++)
        most += is_stop(points[i]) || is_line_end(points[i]);
    ml_stretch *list = ml_arena_array(arena, most, sizeof *list);
    uint32_t found = 0, at = 0;
    while (list && at < count) {
        if (ml_fold_is_space(points[at])) {
            at++;
            continue;
        }
        uint32_t start = at;
        at = end_of_sentence(points, count, at);
        uint32_t end = at;
        while (ml_fold_is_space(points[end - 1]))
            end--;
        list[found++] = (ml_stretch){start, end};
    }
    return (ml_sentences){list, found};
}

uint32_t ml_sentences_at(const ml_sentences *sentences, uint32_t point)
{
    uint32_t low = 0, high = sentences->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (sentences->list[middle].start <= point)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* ---- excerpts ---- */

/* What could move a terminal's cursor must not get there. */
static void write_points(const uint32_t *points, uint32_t start, uint32_t end, ml_buffer *out)
{
    for (uint32_t i = start; i < end; i++) {
        utf8proc_uint8_t bytes[4] = {' '};
        bool shown = ml_fold_is_printable(points[i]);
        utf8proc_ssize_t len = shown ? utf8proc_encode_char((utf8proc_int32_t)points[i], bytes) : 1;
        ml_buffer_bytes(out, (const char *)bytes, (size_t)len);
    }
}

/* Writes the stretch, of which the words in the first `head` and the last `tail` code points are kept. */
static void write_shortened(const uint32_t *points, ml_stretch stretch, uint32_t head, uint32_t tail, ml_buffer *out)
{
    uint32_t len = stretch.end - stretch.start;
    if (len <= head || len - head <= tail) {
        write_points(points, stretch.start, stretch.end, out);
        return;
    }
    uint32_t cut = stretch.start + head, resume = stretch.end - tail;
    while (cut > stretch.start && !ml_fold_is_space(points[cut - 1]))
        cut--;
    while (resume < stretch.end && !ml_fold_is_space(points[resume]))
        resume++;
    write_points(points, stretch.start, cut, out);
    ml_buffer_str(out, ML_STR("…"));
    write_points(points, resume, stretch.end, out);
}

void ml_excerpt_write(const uint32_t *points, ml_stretch stretch, const ml_stretch *marks, uint32_t mark_count,
                      ml_buffer *out)
{
    uint32_t len = stretch.end - stretch.start, at = stretch.start;
    uint32_t context = len > LONG_POINTS ? CONTEXT_POINTS : len;
    bool marked = false;
    for (uint32_t i = 0; i < mark_count; i++) {
        ml_stretch mark = marks[i];
        if (mark.start < at || mark.start >= stretch.end)
            continue;
        mark.end = mark.end < mark.start ? mark.start : mark.end < stretch.end ? mark.end : stretch.end;
        write_shortened(points, (ml_stretch){at, mark.start}, marked ? context : 0, context, out);
        ml_buffer_char(out, '[');
        write_shortened(points, mark, context, context, out);
        ml_buffer_char(out, ']');
        at = mark.end;
        marked = true;
    }
    write_shortened(points, (ml_stretch){at, stretch.end}, marked ? context : LONG_POINTS, 0, out);
}
