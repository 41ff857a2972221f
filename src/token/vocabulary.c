#include "token/vocabulary.h"

#include "base/map.h"
#include "base/utf8.h"
#include "text/text.h"

#include <stdlib.h>

struct ml_vocabulary {
    ml_letter letters[ML_FOLD_POINTS];
    uint8_t classes[ML_FOLD_POINTS]; /* ml_point_class of each */
    ml_map symbols;
    ml_arena arena;
};

static const char columns[] = "letter|plain|tone|bare|kind";

/* The one code point of a field, or 0. */
static uint32_t single_point(ml_str field)
{
    uint32_t point = 0;
    uint32_t len = field.len ? ml_utf8_read(field, 0, &point) : 0;
    return len && len == field.len ? point : 0;
}

static void read_letter(ml_vocabulary *vocabulary, const ml_table *table, uint32_t row, ml_faults *faults)
{
    uint32_t point = single_point(ml_table_field(table, row, 0));
    uint32_t plain = single_point(ml_table_field(table, row, 1));
    ml_str tone = ml_table_field(table, row, 2);
    uint32_t bare = single_point(ml_table_field(table, row, 3));
    ml_str kind = ml_table_field(table, row, 4);
    bool known = ml_str_equal(kind, ML_STR("upper")) || ml_str_equal(kind, ML_STR("lower")) ||
                 ml_str_equal(kind, ML_STR("mark"));
    if (!point || point >= ML_FOLD_POINTS || !plain || plain > UINT16_MAX || !bare || bare > UINT16_MAX ||
        tone.len != 1 || tone.ptr[0] < '0' || tone.ptr[0] > '5' || !known) {
        ml_faults_add(
            faults, table->file, table->lines[row], 1,
            "not a letter row: write single characters below U+2100, a tone 0 to 5, and upper, lower or mark");
        return;
    }
    vocabulary->letters[point] = (ml_letter){.plain = (uint16_t)plain,
                                             .bare = (uint16_t)bare,
                                             .tone = (uint8_t)(tone.ptr[0] - '0'),
                                             .upper = ml_str_equal(kind, ML_STR("upper")),
                                             .letter = !ml_str_equal(kind, ML_STR("mark")),
                                             .mark = ml_str_equal(kind, ML_STR("mark"))};
}

bool ml_point_is_space(uint32_t point)
{
    return point <= 0x20 || point == 0x7f || point == 0x85 || point == 0xa0 || (point >= 0x2000 && point <= 0x200b) ||
           point == 0x2028 || point == 0x2029 || point == 0x202f || point == 0x205f || point == 0x3000 ||
           point == 0xfeff;
}

static ml_point_class class_of(uint32_t point, const ml_letter *letter)
{
    if (ml_point_is_space(point))
        return ML_POINT_SPACE;
    if (point >= '0' && point <= '9')
        return ML_POINT_DIGIT;
    if (letter->letter)
        return letter->upper ? ML_POINT_LETTER | ML_POINT_UPPER : ML_POINT_LETTER;
    if (letter->mark || point < 0x80)
        return ML_POINT_OTHER;
    /* Combining marks that no letter took in stay with the letter before them. */
    return (point >= 0x300 && point < 0x370) || ml_text_is_letter(point) ? ML_POINT_LETTER : ML_POINT_OTHER;
}

ml_status ml_vocabulary_new(const char *models, ml_vocabulary **out, ml_faults *faults, ml_error *error)
{
    ml_vocabulary *vocabulary = calloc(1, sizeof *vocabulary);
    if (!vocabulary)
        return ml_fail_memory(error);
    ml_table table = {0};
    ml_status status =
        ml_table_read(models, "fold.tsv", "ml-fold/1", columns, &vocabulary->arena, &table, faults, error);
    if (status != ML_OK) {
        ml_vocabulary_free(vocabulary);
        return status;
    }
    for (uint32_t row = 0; row < table.row_count; row++)
        read_letter(vocabulary, &table, row, faults);
    for (uint32_t point = 0; point < ML_FOLD_POINTS; point++)
        vocabulary->classes[point] = (uint8_t)class_of(point, &vocabulary->letters[point]);
    ml_table_dispose(&table);
    *out = vocabulary;
    return ML_OK;
}

void ml_vocabulary_free(ml_vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    ml_map_dispose(&vocabulary->symbols);
    ml_arena_dispose(&vocabulary->arena);
    free(vocabulary);
}

ml_point_class ml_vocabulary_class(const ml_vocabulary *vocabulary, uint32_t point)
{
    return (ml_point_class)vocabulary->classes[point];
}

static uint32_t write_point(uint32_t point, char *out)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | point >> 12);
    out[1] = (char)(0x80 | (point >> 6 & 0x3f));
    out[2] = (char)(0x80 | (point & 0x3f));
    return 3;
}

uint32_t ml_vocabulary_fold(const ml_vocabulary *vocabulary, ml_str syllable, char out[ML_FOLD_BYTES])
{
    uint32_t len = 0, at = 0;
    uint8_t tone = 0;
    while (at < syllable.len && len + 5 < ML_FOLD_BYTES) {
        uint32_t begin = at;
        uint32_t point = ml_text_next(syllable, &at);
        const ml_letter *letter = point < ML_FOLD_POINTS ? &vocabulary->letters[point] : NULL;
        if (letter && letter->plain) {
            len += write_point(letter->plain, out + len);
            tone = letter->tone ? letter->tone : tone;
        } else {
            memcpy(out + len, syllable.ptr + begin, at - begin);
            len += at - begin;
        }
    }
    if (tone)
        out[len++] = (char)tone; /* 1 to 5: control characters, which no token holds */
    return len;
}

void ml_vocabulary_slug(const ml_vocabulary *vocabulary, ml_str text, ml_buffer *out)
{
    bool hyphen = false;
    size_t begin = out->len;
    for (uint32_t at = 0; at < text.len;) {
        uint32_t point = ml_text_next(text, &at);
        uint32_t bare =
            point < ML_FOLD_POINTS && vocabulary->letters[point].plain ? vocabulary->letters[point].bare : point;
        bool keep = (bare >= 'a' && bare <= 'z') || (bare >= '0' && bare <= '9');
        if (keep && hyphen && out->len > begin)
            ml_buffer_char(out, '-');
        if (keep)
            ml_buffer_char(out, (char)bare);
        hyphen = !keep;
    }
}

uint32_t ml_vocabulary_find(const ml_vocabulary *vocabulary, ml_str folded)
{
    uint32_t symbol;
    return ml_map_find(&vocabulary->symbols, folded, &symbol) ? symbol : 0;
}

uint32_t ml_vocabulary_add(ml_vocabulary *vocabulary, ml_str folded)
{
    uint32_t symbol = ml_vocabulary_find(vocabulary, folded);
    if (symbol)
        return symbol;
    ml_str kept = ml_arena_copy(&vocabulary->arena, folded);
    symbol = ml_vocabulary_size(vocabulary);
    if (vocabulary->arena.failed || !ml_map_add(&vocabulary->symbols, kept, &symbol, NULL))
        return 0;
    return symbol;
}

uint32_t ml_vocabulary_size(const ml_vocabulary *vocabulary)
{
    return vocabulary->symbols.used + 1;
}
