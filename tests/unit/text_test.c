#include "text/text.h"

#include "support.h"
#include "token/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

/* Reads, composes and tells; for texts that live as long as the test. */
typedef struct {
    ml_arena arena;
    ml_text text;
    ml_error error;
    ml_status status;
} text_reading;

static void reading_open(text_reading *reading, ml_str source)
{
    memset(reading, 0, sizeof *reading);
    reading->status = ml_text_read(source, ML_STR("a-1"), &reading->arena, &reading->text, &reading->error);
}

static void reading_close(text_reading *reading)
{
    ml_arena_dispose(&reading->arena);
}

/* NFC by utf8proc of the whole text at once; the caller frees it. */
static ml_str composed(ml_str text)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &out,
                                        UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    assert_true(len >= 0);
    return (ml_str){(const char *)out, (uint32_t)len};
}

static void assert_nfc(ml_str source)
{
    text_reading reading;
    reading_open(&reading, source);
    assert_int_equal(reading.status, ML_OK);
    ml_str expected = composed(source);
    if (!ml_str_equal(reading.text.nfc, expected))
        fail_msg("`%.*s` became `%.*s`", (int)source.len, source.ptr, (int)reading.text.nfc.len, reading.text.nfc.ptr);
    assert_int_equal(ml_text_is_nfc(source), ml_str_equal(source, expected));
    free((char *)expected.ptr);
    reading_close(&reading);
}

/* ---- UTF-8: Unicode 15, table 3-7 --------------------------------------------------------------------------------- */

/* Does the table have this sequence? Written down row by row, apart from the code that is tested. */
static bool table_3_7_has(const unsigned char *byte, uint32_t len)
{
    static const struct {
        unsigned char low[4], high[4];
    } rows[] = {
        {{0x00}, {0x7f}},
        {{0xc2, 0x80}, {0xdf, 0xbf}},
        {{0xe0, 0xa0, 0x80}, {0xe0, 0xbf, 0xbf}},
        {{0xe1, 0x80, 0x80}, {0xec, 0xbf, 0xbf}},
        {{0xed, 0x80, 0x80}, {0xed, 0x9f, 0xbf}},
        {{0xee, 0x80, 0x80}, {0xef, 0xbf, 0xbf}},
        {{0xf0, 0x90, 0x80, 0x80}, {0xf0, 0xbf, 0xbf, 0xbf}},
        {{0xf1, 0x80, 0x80, 0x80}, {0xf3, 0xbf, 0xbf, 0xbf}},
        {{0xf4, 0x80, 0x80, 0x80}, {0xf4, 0x8f, 0xbf, 0xbf}},
    };
    static const uint32_t lengths[] = {1, 2, 3, 3, 3, 3, 4, 4, 4};
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        bool fits = len == lengths[row];
        for (uint32_t i = 0; fits && i < len; i++)
            fits = byte[i] >= rows[row].low[i] && byte[i] <= rows[row].high[i];
        if (fits)
            return true;
    }
    return false;
}

static bool table_3_7_takes(const unsigned char *byte, uint32_t len)
{
    for (uint32_t at = 0, step; at < len; at += step) {
        for (step = 1; step <= 4 && (at + step > len || !table_3_7_has(byte + at, step)); step++) {
        }
        if (step > 4)
            return false;
    }
    return true;
}

/* All of four bytes that stand at the edges of the table's ranges. */
static void sequences_are_taken_or_refused_by_the_table(void **state)
{
    (void)state;
    static const unsigned char edges[] = {0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
                                          0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    enum { EDGES = sizeof edges };
    uint32_t taken = 0;
    text_reading reading = {0};
    for (uint32_t number = 0; number < EDGES * EDGES * EDGES * EDGES; number++) {
        unsigned char byte[4];
        for (uint32_t i = 0, rest = number; i < 4; i++, rest /= EDGES)
            byte[i] = edges[rest % EDGES];
        ml_arena_reset(&reading.arena);
        ml_str text = {(const char *)byte, sizeof byte};
        ml_status status = ml_text_read(text, ML_STR(""), &reading.arena, &reading.text, NULL);
        bool expected = table_3_7_takes(byte, sizeof byte);
        if ((status == ML_OK) != expected)
            fail_msg("%02x %02x %02x %02x: status %d", byte[0], byte[1], byte[2], byte[3], (int)status);
        taken += expected;
    }
    assert_true(taken > 100);
    reading_close(&reading);
}

static void a_refusal_names_the_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text, *byte;
    } cases[] = {
        {"\xff", "byte 1 (0xff)"},
        {"ab\x80", "byte 3 (0x80)"},                        /* nothing to continue */
        {"a\xc0\xaf", "byte 2 (0xc0)"},                     /* overlong / */
        {"a\xe0\x80\xaf", "byte 2 (0xe0)"},                 /* overlong */
        {"a\xf0\x80\x80\xaf", "byte 2 (0xf0)"},             /* overlong */
        {"\xc3\xa0\xed\xa0\x80", "byte 3 (0xed)"},          /* a surrogate */
        {"\xed\xa0\xbd\xed\xb8\x80", "byte 1 (0xed)"},      /* a pair of them */
        {"Nam \xf4\x90\x80\x80", "byte 5 (0xf4)"},          /* above U+10FFFF */
        {"Nam \xf5\x80\x80\x80", "byte 5 (0xf5)"},          /* above U+10FFFF */
        {"T\xe1\xbb", "byte 2 (0xe1)"},                     /* ends too early */
        {"T\xe1\xbbnh", "byte 2 (0xe1)"},                   /* broken off */
        {"\xf0\x9f\x98", "byte 1 (0xf0)"},                  /* ends too early */
        {"T\xc3", "byte 2 (0xc3)"},                         /* ends too early */
        {"\xc3\xa0\xc3\xa0 H\xe0 N\xf4i", "byte 7 (0xe0)"}, /* Windows-1258 behind UTF-8 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text_reading reading;
        reading_open(&reading, ml_str_from(cases[i].text));
        assert_int_equal(reading.status, ML_E_ENCODING);
        assert_int_equal(reading.error.status, ML_E_ENCODING);
        assert_string_equal(reading.error.where, "a-1");
        assert_holds(ml_str_from(reading.error.message), cases[i].byte);
        reading_close(&reading);
    }
}

static void the_last_code_points_are_taken(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "\x7f", "\xc2\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_reading reading;
        reading_open(&reading, ml_str_from(texts[i]));
        assert_int_equal(reading.status, ML_OK);
        reading_close(&reading);
    }
}

static void out_is_written_on_success_alone(void **state)
{
    (void)state;
    ml_arena arena = {0};
    ml_text text = {.run_count = 77};
    assert_int_equal(ml_text_read(ML_STR("a\xff"), ML_STR(""), &arena, &text, NULL), ML_E_ENCODING);
    assert_int_equal(text.run_count, 77);
    ml_arena_dispose(&arena);
}

static void texts_above_the_limit_are_refused(void **state)
{
    (void)state;
    char *text = malloc((size_t)ML_TEXT_LIMIT_BYTES + 1);
    assert_non_null(text);
    memset(text, 'a', (size_t)ML_TEXT_LIMIT_BYTES + 1);
    text_reading reading;
    reading_open(&reading, (ml_str){text, ML_TEXT_LIMIT_BYTES});
    assert_int_equal(reading.status, ML_OK);
    assert_int_equal(ml_text_point(&reading.text, ML_TEXT_LIMIT_BYTES, true), ML_TEXT_LIMIT_BYTES);
    reading_close(&reading);
    reading_open(&reading, (ml_str){text, ML_TEXT_LIMIT_BYTES + 1});
    assert_int_equal(reading.status, ML_E_LIMIT);
    assert_string_equal(reading.error.where, "a-1");
    reading_close(&reading);
    free(text);
}

/* ---- NFC ------------------------------------------------------------------------------------------------------------ */

static void put_point(ml_buffer *out, uint32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char((utf8proc_int32_t)point, bytes);
    ml_buffer_bytes(out, (const char *)bytes, (size_t)len);
}

/* Vietnamese letters, each composed, decomposed or half composed; with marks in either order. */
static void put_letter(ml_buffer *out, uint64_t *seed)
{
    static const uint32_t bases[] = {'a',  'e',  'i',   'o',   'u',   'y',   'A',   'E',  'O',
                                     'U',  0xe2, 0x103, 0xea,  0xf4,  0x1a1, 0x1b0, 0xc2, 0x102,
                                     0xca, 0xd4, 0x1a0, 0x1af, 0x111, 'n',   'g',   ' '};
    static const uint32_t tones[] = {0x300, 0x301, 0x303, 0x309, 0x323};
    static const uint32_t shapes[] = {0x302, 0x306, 0x31b};
    ml_buffer letter = {0};
    put_point(&letter, bases[random_below(seed, sizeof bases / sizeof *bases)]);
    bool space = letter.ptr[0] == ' '; /* a mark on it would be a token that begins inside a cluster */
    if (!space && random_below(seed, 3) == 0)
        put_point(&letter, shapes[random_below(seed, 3)]);
    if (!space && random_below(seed, 2))
        put_point(&letter, tones[random_below(seed, 5)]);
    if (!space && random_below(seed, 9) == 0)
        put_point(&letter, shapes[random_below(seed, 3)]);
    if (random_below(seed, 2)) {
        ml_str whole = composed(ml_buffer_view(&letter));
        ml_buffer_str(out, whole);
        free((char *)whole.ptr);
    } else {
        ml_buffer_str(out, ml_buffer_view(&letter));
    }
    ml_buffer_dispose(&letter);
}

static void vietnamese_in_any_form_is_composed_as_utf8proc_does(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 4000; round++) {
        ml_buffer text = {0};
        for (uint32_t i = random_below(&seed, 24); i > 0; i--)
            put_letter(&text, &seed);
        assert_nfc(ml_buffer_view(&text));
        ml_buffer_dispose(&text);
    }
}

/* Code points of the whole range, those with marks, Hangul and singletons more often. */
static void any_text_is_composed_as_utf8proc_does(void **state)
{
    (void)state;
    static const uint32_t ranges[][2] = {
        {0x1, 0x250},       {0x300, 0x36f},     {0x370, 0x600},     {0x900, 0xe00},     {0x1100, 0x1200},
        {0x1e00, 0x2100},   {0x2100, 0x2c00},   {0x3000, 0x30ff},   {0xac00, 0xac80},   {0xf900, 0xfb50},
        {0x11000, 0x11500}, {0x1d100, 0x1d200}, {0x2f800, 0x2fa20}, {0x1f000, 0x1f700},
    };
    uint64_t seed = 2;
    for (int round = 0; round < 20000; round++) {
        ml_buffer text = {0};
        for (uint32_t i = random_below(&seed, 7); i > 0; i--) {
            const uint32_t *range = ranges[random_below(&seed, sizeof ranges / sizeof *ranges)];
            put_point(&text, range[0] + random_below(&seed, range[1] - range[0]));
        }
        assert_nfc(ml_buffer_view(&text));
        ml_buffer_dispose(&text);
    }
}

/* Each code point alone and with a mark behind it. */
static void every_code_point_is_composed_as_utf8proc_does(void **state)
{
    (void)state;
    for (uint32_t point = 1; point < 0x30000; point++) {
        if (point >= 0xd800 && point < 0xe000)
            continue;
        ml_buffer text = {0};
        put_point(&text, point);
        ml_buffer_char(&text, ' ');
        put_point(&text, point);
        put_point(&text, 0x301);
        put_point(&text, 0x323);
        assert_nfc(ml_buffer_view(&text));
        ml_buffer_dispose(&text);
    }
}

static void composed_source_is_no_copy(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "Nam Định", "Tỉnh uỷ \xe2\x80\x9cHoà\xe2\x80\x9d", "\xef\xbb\xbfÔng",
                                        "中文"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_reading reading;
        reading_open(&reading, ml_str_from(texts[i]));
        assert_int_equal(reading.status, ML_OK);
        assert_ptr_equal(reading.text.nfc.ptr, texts[i]);
        assert_int_equal(reading.text.run_count, 0);
        reading_close(&reading);
    }
}

/* ---- offsets ------------------------------------------------------------------------------------------------------- */

/* For any stretch of whole clusters: NFC of the source's points is the stretch. */
static void assert_span(const ml_text *text, uint32_t begin, uint32_t end)
{
    uint32_t start = ml_text_point(text, begin, false), stop = ml_text_point(text, end, true);
    ml_str again = composed(points_slice(text->source, start, stop));
    ml_str wanted = ml_str_slice(text->nfc, begin, end);
    if (!ml_str_equal(again, wanted))
        fail_msg("points %u to %u are `%.*s`, not `%.*s`", start, stop, (int)again.len, again.ptr, (int)wanted.len,
                 wanted.ptr);
    free((char *)again.ptr);
}

static void token_spans_lead_back_to_the_source(void **state)
{
    const ml_vocabulary *vocabulary = ((const struct ml_context *)*state)->gazetteer->vocabulary;
    uint64_t seed = 3;
    for (int round = 0; round < 1500; round++) {
        ml_buffer text = {0};
        if (random_below(&seed, 4) == 0)
            ml_buffer_str(&text, ML_STR("\xef\xbb\xbf"));
        for (uint32_t i = random_below(&seed, round % 20 == 0 ? 600 : 40); i > 0; i--) {
            if (random_below(&seed, 5) == 0)
                ml_buffer_str(&text, random_below(&seed, 2) ? ML_STR(", ") : ML_STR("-"));
            put_letter(&text, &seed);
        }
        text_reading reading;
        reading_open(&reading, ml_buffer_view(&text));
        assert_int_equal(reading.status, ML_OK);
        ml_tokens tokens;
        assert_int_equal(ml_tokens_read(vocabulary, NULL, reading.text.nfc, &reading.arena, &tokens, NULL), ML_OK);
        for (uint32_t i = 0; i < tokens.count; i++)
            assert_span(&reading.text, tokens.token[i].begin, tokens.token[i].end);
        for (uint32_t i = 0; i < tokens.sentence_count; i++)
            assert_span(&reading.text, tokens.token[tokens.sentence[i].begin].begin,
                        tokens.token[tokens.sentence[i].end - 1].end);
        reading_close(&reading);
        ml_buffer_dispose(&text);
    }
}

static void a_byte_order_mark_counts_as_one_point(void **state)
{
    (void)state;
    text_reading reading;
    reading_open(&reading, ML_STR("\xef\xbb\xbfHà"));
    assert_int_equal(ml_text_point(&reading.text, 3, false), 1);
    assert_int_equal(ml_text_point(&reading.text, 6, true), 3);
    reading_close(&reading);
    reading_open(&reading, ML_STR("\xef\xbb\xbfHa\xcc\x80 b")); /* the same, decomposed */
    assert_str(reading.text.nfc, "\xef\xbb\xbfHà b");
    assert_int_equal(ml_text_point(&reading.text, 3, false), 1);
    assert_int_equal(ml_text_point(&reading.text, 6, true), 4);
    assert_int_equal(ml_text_point(&reading.text, 7, false), 5);
    reading_close(&reading);
}

static void points_are_counted_across_stretches(void **state)
{
    (void)state;
    ml_buffer text = {0};
    enum { LETTERS = 2000 };
    for (int i = 0; i < LETTERS; i++)
        ml_buffer_str(&text, ML_STR("\xe1\xbb\x8b")); /* three bytes, so that stretches cut letters */
    text_reading reading;
    reading_open(&reading, ml_buffer_view(&text));
    for (uint32_t i = 0; i <= LETTERS; i++) {
        assert_int_equal(ml_text_point(&reading.text, i * 3, false), i);
        assert_int_equal(ml_text_point(&reading.text, i * 3, true), i);
    }
    reading_close(&reading);
    ml_buffer_dispose(&text);
}

/* ---- the Unicode Consortium's own test ------------------------------------------------------------------------------- */

static void read_points(ml_str field, ml_buffer *out)
{
    while (field.ptr) {
        ml_str number = ml_str_split(&field, ' ');
        char digits[16] = {0};
        assert_in_range(number.len, 4, sizeof digits - 1);
        memcpy(digits, number.ptr, number.len);
        put_point(out, (uint32_t)strtoul(digits, NULL, 16));
    }
}

/* c2 is the NFC of c1, c2 and c3; c4 that of c4 and c5. */
static void check_line(ml_str line)
{
    ml_buffer column[5] = {{0}};
    for (int i = 0; i < 5; i++)
        read_points(ml_str_split(&line, ';'), &column[i]);
    for (int i = 0; i < 5; i++) {
        text_reading reading;
        reading_open(&reading, ml_buffer_view(&column[i]));
        assert_int_equal(reading.status, ML_OK);
        assert_true(ml_str_equal(reading.text.nfc, ml_buffer_view(&column[i < 3 ? 1 : 3])));
        reading_close(&reading);
    }
    for (int i = 0; i < 5; i++)
        ml_buffer_dispose(&column[i]);
}

/* Debian's package unicode-data has it compressed; $UNICODE_DATA is another folder. */
static FILE *open_normalization_test(void)
{
    static const char *const ways[][2] = {{"", "cat"}, {".gz", "gzip -dc"}, {".bz2", "bzip2 -dc"}};
    const char *folder = getenv("UNICODE_DATA");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char path[PATH_BYTES], command[PATH_BYTES + 16];
        snprintf(path, sizeof path, "%s/NormalizationTest.txt%s", folder ? folder : "/usr/share/unicode", ways[i][0]);
        snprintf(command, sizeof command, "%s '%s'", ways[i][1], path);
        if (access(path, R_OK) == 0)
            return popen(command, "r");
    }
    return NULL;
}

static void normalization_test_of_unicode_passes(void **state)
{
    (void)state;
    FILE *file = open_normalization_test();
    if (!file) {
        print_message("skipped: no /usr/share/unicode/NormalizationTest.txt; install unicode-data\n");
        skip();
    }
    char line[4096];
    uint32_t checked = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#' || line[0] == '@' || line[0] == '\n')
            continue;
        check_line(ml_str_from(line));
        checked++;
    }
    assert_int_equal(pclose(file), 0);
    assert_true(checked > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_are_taken_or_refused_by_the_table),
        cmocka_unit_test(a_refusal_names_the_byte),
        cmocka_unit_test(the_last_code_points_are_taken),
        cmocka_unit_test(out_is_written_on_success_alone),
        cmocka_unit_test(texts_above_the_limit_are_refused),
        cmocka_unit_test(vietnamese_in_any_form_is_composed_as_utf8proc_does),
        cmocka_unit_test(any_text_is_composed_as_utf8proc_does),
        cmocka_unit_test(every_code_point_is_composed_as_utf8proc_does),
        cmocka_unit_test(composed_source_is_no_copy),
        cmocka_unit_test(token_spans_lead_back_to_the_source),
        cmocka_unit_test(a_byte_order_mark_counts_as_one_point),
        cmocka_unit_test(points_are_counted_across_stretches),
        cmocka_unit_test(normalization_test_of_unicode_passes),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
