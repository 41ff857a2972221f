#include "evaluate/fold.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/* The source of both tables is the scorer that comes with the annotation guide. They are part of what the figures mean, not of
 * how articles are read, so they are not among the models. All is lower case and NFC. */
typedef struct {
    const char *forms[4];
    const char *full;
    bool open; /* need not end as a word; a full stop and space behind it belong to it */
} abbreviation;

static const abbreviation abbreviations[] = {
    {{"ubnd"}, "ủy ban nhân dân", false},
    {{"hđnd"}, "hội đồng nhân dân", false},
    {{"đbqh"}, "đại biểu quốc hội", false},
    {{"mttq"}, "mặt trận tổ quốc", false},
    {{"tư", "tw", "t.ư", "t.w"}, "trung ương", false},
    {{"tp"}, "thành phố ", true},
    {{"hcm"}, "hồ chí minh", false},
    {{"bch"}, "ban chấp hành", false},
    {{"btv"}, "ban thường vụ", false},
    {{"thtpct"}, "thường trực", false},
    {{"tnhh"}, "trách nhiệm hữu hạn", false},
};

static const char *const plurals[] = {"các", "hai"};

static const char *const designators[] = {
    "tỉnh", "thành phố", "tp",     "t.p",     "huyện đảo", "huyện",    "quận",       "thị xã",  "thị trấn",
    "xã",   "phường",    "thôn",   "bản",     "ấp",        "làng",     "tổ dân phố", "vùng",    "khu vực",
    "miền", "nước",      "thủ đô", "đặc khu", "đảo",       "quần đảo", "buôn",       "khu phố",
};

/* Grave, acute, tilde, hook above, dot below. */
static bool is_tone(uint32_t point)
{
    return point == 0x300 || point == 0x301 || point == 0x303 || point == 0x309 || point == 0x323;
}

bool ml_fold_is_space(uint32_t point)
{
    return (point >= 0x09 && point <= 0x0d) || (point >= 0x1c && point <= 0x20) || point == 0x85 || point == 0xa0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
           point == 0x202f || point == 0x205f || point == 0x3000;
}

bool ml_fold_is_alphanumeric(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool ml_fold_is_printable(uint32_t point)
{
    switch (utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    case UTF8PROC_CATEGORY_ZS:
        return point == ' ';
    default:
        return true;
    }
}

static bool is_word(uint32_t point)
{
    return point == '_' || ml_fold_is_alphanumeric(point);
}

uint32_t *ml_fold_points(ml_str text, ml_arena *arena, uint32_t *count)
{
    uint32_t *points = ml_arena_array(arena, (size_t)text.len + 1, sizeof *points);
    *count = 0;
    for (uint32_t at = 0, len = 0; points && at < text.len; at += len) {
        len = ml_utf8_read(text, at, &points[*count]);
        ++*count;
    }
    return points;
}

ml_str ml_fold_encode(const uint32_t *points, uint32_t start, uint32_t end, uint32_t count, ml_arena *arena)
{
    end = end < count ? end : count;
    start = start < end ? start : end;
    char *bytes = ml_arena_array(arena, (size_t)(end - start) + 1, 4);
    uint32_t len = 0;
    for (uint32_t i = start; bytes && i < end; i++)
        len += (uint32_t)utf8proc_encode_char((utf8proc_int32_t)points[i], (utf8proc_uint8_t *)bytes + len);
    return bytes ? (ml_str){bytes, len} : ML_STR("");
}

/* The text in the form that utf8proc's options ask for: COMPOSE for NFC, DECOMPOSE for NFD, CASEFOLD alone for neither. */
static uint32_t *normalized(ml_str text, int options, ml_arena *arena, uint32_t *count)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.ptr;
    utf8proc_option_t option = (utf8proc_option_t)options;
    *count = 0;
    utf8proc_ssize_t len = utf8proc_decompose(bytes, text.len, NULL, 0, option);
    utf8proc_int32_t *points = len < 0 ? NULL : ml_arena_array(arena, (size_t)len + 1, sizeof *points);
    if (!points)
        return NULL;
    len = utf8proc_decompose(bytes, text.len, points, len, option);
    if (options & UTF8PROC_COMPOSE)
        len = utf8proc_normalize_utf32(points, len, option);
    *count = len > 0 ? (uint32_t)len : 0;
    return (uint32_t *)points;
}

/* The lower case that a caseless regular expression compares: it also takes dotless i and long s for i and s. */
static uint32_t caseless(uint32_t point)
{
    if (point == 0x131)
        return 'i';
    return point == 0x17f ? 's' : (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

/* How many of the code points spell the word in any case; 0 when they do not begin with it. */
static uint32_t spells(const uint32_t *points, uint32_t count, const char *word)
{
    ml_str text = ml_str_from(word);
    uint32_t matched = 0, point;
    for (uint32_t at = 0; at < text.len; matched++) {
        at += ml_utf8_read(text, at, &point);
        if (matched == count || caseless(points[matched]) != point)
            return 0;
    }
    return matched;
}

static uint32_t spaces(const uint32_t *points, uint32_t count)
{
    uint32_t len = 0;
    while (len < count && ml_fold_is_space(points[len]))
        len++;
    return len;
}

/* A full stop, if any, and spaces. */
static uint32_t stop_and_spaces(const uint32_t *points, uint32_t count)
{
    uint32_t stop = count > 0 && points[0] == '.';
    return stop + spaces(points + stop, count - stop);
}

/* The length of an abbreviation here, where a word may begin; 0 for none. */
static uint32_t abbreviation_len(const abbreviation *rule, const uint32_t *points, uint32_t count)
{
    for (size_t i = 0; i < sizeof rule->forms / sizeof *rule->forms && rule->forms[i]; i++) {
        uint32_t len = spells(points, count, rule->forms[i]);
        if (len && rule->open)
            return len + stop_and_spaces(points + len, count - len);
        if (len && (len == count || !is_word(points[len])))
            return len;
    }
    return 0;
}

/* Writes the text with the abbreviation in full to `out`, which may be NULL; returns how many code points that are. */
static uint32_t spell_out(const abbreviation *rule, const uint32_t *points, uint32_t count, uint32_t *out)
{
    uint32_t written = 0;
    for (uint32_t at = 0; at < count;) {
        bool in_word = at > 0 && is_word(points[at - 1]);
        uint32_t len = in_word ? 0 : abbreviation_len(rule, points + at, count - at);
        if (!len) {
            if (out)
                out[written] = points[at];
            written++;
            at++;
            continue;
        }
        ml_str full = ml_str_from(rule->full);
        uint32_t point = 0;
        for (uint32_t byte = 0; byte < full.len; written++) {
            byte += ml_utf8_read(full, byte, &point);
            if (out)
                out[written] = point;
        }
        at += len;
    }
    return written;
}

static const uint32_t *spell_out_all(const uint32_t *points, uint32_t *count, ml_arena *arena)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++) {
        uint32_t len = spell_out(&abbreviations[i], points, *count, NULL);
        uint32_t *out = ml_arena_array(arena, (size_t)len + 1, sizeof *out);
        if (!out)
            return NULL;
        spell_out(&abbreviations[i], points, *count, out);
        points = out;
        *count = len;
    }
    return points;
}

static ml_str encode_all(const uint32_t *points, uint32_t count, ml_arena *arena)
{
    return points ? ml_fold_encode(points, 0, count, count, arena) : ML_STR("");
}

/* A word without its tone marks, and these behind it: where in the word they stood does not matter. */
static ml_str fold_word(ml_str word, ml_arena *arena)
{
    uint32_t count, tone_count = 0, base_count = 0;
    uint32_t *points = normalized(word, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, arena, &count);
    uint32_t *tones = ml_arena_array(arena, (size_t)count + 1, sizeof *tones);
    if (!points || !tones)
        return ML_STR("");
    for (uint32_t i = 0; i < count; i++) {
        if (is_tone(points[i]))
            tones[tone_count++] = points[i];
        else
            points[base_count++] = points[i];
    }
    ml_str base = encode_all(points, base_count, arena);
    points = normalized(base, UTF8PROC_STABLE | UTF8PROC_COMPOSE, arena, &count);
    const ml_str pieces[] = {encode_all(points, count, arena), encode_all(tones, tone_count, arena)};
    return ml_arena_concat(arena, pieces, 2);
}

ml_str ml_fold(ml_str text, ml_arena *arena)
{
    const int nfc = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    uint32_t count;
    const uint32_t *points = normalized(text, nfc, arena, &count);
    points = normalized(encode_all(points, count, arena), UTF8PROC_CASEFOLD, arena, &count);
    points = points ? spell_out_all(points, &count, arena) : NULL;
    points = normalized(encode_all(points, count, arena), nfc, arena, &count);
    ml_str *pieces = ml_arena_array(arena, (size_t)count * 2 + 1, sizeof *pieces);
    if (!points || !pieces)
        return ML_STR("");
    size_t piece_count = 0;
    for (uint32_t at = 0, end; at < count; at = end + 1) {
        for (end = at; end < count && ml_fold_is_alphanumeric(points[end]);)
            end++;
        if (end == at)
            continue;
        if (piece_count)
            pieces[piece_count++] = ML_STR(" ");
        pieces[piece_count++] = fold_word(ml_fold_encode(points, at, end, count, arena), arena);
    }
    return ml_arena_concat(arena, pieces, piece_count);
}

uint32_t ml_fold_designator(const uint32_t *points, uint32_t count)
{
    uint32_t head = 0;
    for (size_t i = 0; i < sizeof plurals / sizeof *plurals && !head; i++) {
        uint32_t len = spells(points, count, plurals[i]);
        uint32_t space = spaces(points + len, count - len);
        head = len && space ? len + space : 0;
    }
    for (size_t i = 0; i < sizeof designators / sizeof *designators; i++) {
        uint32_t len = head + spells(points + head, count - head, designators[i]);
        if (len > head && (len == count || !is_word(points[len])))
            return len + stop_and_spaces(points + len, count - len);
    }
    return 0;
}
