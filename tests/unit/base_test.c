#include "support.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/error.h"
#include "base/file.h"
#include "base/index.h"
#include "base/json.h"
#include "base/map.h"
#include "base/scan.h"
#include "base/table.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- strings --------------------------------------------------------------------------------------------------------- */

static void slices_are_clamped(void **state)
{
    (void)state;
    assert_str(ml_str_slice(ML_STR("abc"), 1, 2), "b");
    assert_str(ml_str_slice(ML_STR("abc"), 1, 99), "bc");
    assert_str(ml_str_slice(ML_STR("abc"), 5, 9), "");
    assert_str(ml_str_slice(ML_STR("abc"), 2, 1), "");
    assert_int_equal(ml_str_slice((ml_str){NULL, 0}, 0, 4).len, 0);
}

static void strings_are_compared_by_bytes(void **state)
{
    (void)state;
    assert_true(ml_str_compare(ML_STR("ab"), ML_STR("abc")) < 0);
    assert_true(ml_str_compare(ML_STR("b"), ML_STR("abc")) > 0);
    assert_true(ml_str_compare(ML_STR("\xc3"), ML_STR("a")) > 0);
    assert_true(ml_str_compare(ML_STR(""), (ml_str){NULL, 0}) == 0);
    assert_true(ml_str_starts(ML_STR("abc"), ML_STR("ab")) && !ml_str_starts(ML_STR("a"), ML_STR("ab")));
    assert_true(ml_str_ends(ML_STR("abc"), ML_STR("bc")) && !ml_str_ends(ML_STR("c"), ML_STR("bc")));
    assert_true(ml_str_equal((ml_str){NULL, 0}, ML_STR("")));
    assert_false(ml_str_equal(ML_STR("ab"), ML_STR("ac")));
    assert_true(ml_str_hash(ML_STR("a")) == 0xaf63dc4c8601ec8cu); /* as FNV's authors give it */
}

static void strings_are_split_trimmed_and_listed(void **state)
{
    (void)state;
    ml_str rest = ML_STR("a||b");
    assert_str(ml_str_split(&rest, '|'), "a");
    assert_str(ml_str_split(&rest, '|'), "");
    assert_non_null(rest.ptr);
    assert_str(ml_str_split(&rest, '|'), "b");
    assert_null(rest.ptr);
    assert_str(ml_str_trim(ML_STR(" \t a b\r\n")), "a b");
    assert_int_equal(ml_str_trim(ML_STR(" \t ")).len, 0);
    assert_int_equal(ml_str_trim((ml_str){"\0", 1}).len, 1); /* a NUL byte is no space */
    assert_true(ml_str_listed(ML_STR("unit|open"), ML_STR("open")));
    assert_false(ml_str_listed(ML_STR("unit|open"), ML_STR("op")));
    assert_int_equal(ml_str_find(ML_STR("abca"), 'a', 1), 3);
    assert_int_equal(ml_str_find(ML_STR("abc"), 'x', 0), 3);
    assert_int_equal(ml_str_find(ML_STR("abc"), 'a', 7), 3);
}

/* ---- arena, buffer ---------------------------------------------------------------------------------------------------- */

static void an_arena_gives_zeros_that_lie_apart(void **state)
{
    (void)state;
    ml_arena arena = {0};
    enum { PIECES = 400 };
    unsigned char *piece[PIECES];
    uint64_t seed = 6;
    for (int round = 0; round < 3; round++) { /* kept memory has old bytes in it */
        size_t size[PIECES];
        for (int i = 0; i < PIECES; i++) {
            size[i] = 1 + random_below(&seed, i % 50 == 0 ? 200000 : 900);
            piece[i] = ml_arena_zeroed(&arena, size[i]);
            assert_non_null(piece[i]);
            assert_int_equal((uintptr_t)piece[i] % sizeof(max_align_t) % 16, 0);
            for (size_t at = 0; at < size[i]; at++)
                assert_true(piece[i][at] == 0);
            memset(piece[i], i & 0xff, size[i]);
        }
        for (int i = 0; i < PIECES; i++)
            assert_true(piece[i][0] == (i & 0xff) && piece[i][size[i] - 1] == (i & 0xff));
        ml_arena_reset(&arena);
    }
    assert_false(arena.failed);
    ml_arena_dispose(&arena);
}

static void an_arena_that_failed_stays_failed_until_reset(void **state)
{
    (void)state;
    ml_arena arena = {0};
    assert_null(ml_arena_array(&arena, SIZE_MAX / 2, 4));
    assert_true(arena.failed);
    assert_non_null(ml_arena_zeroed(&arena, 8));
    assert_true(arena.failed);
    ml_arena_reset(&arena);
    assert_false(arena.failed);
    assert_null(ml_arena_zeroed(&arena, SIZE_MAX - 8));
    assert_true(arena.failed);
    ml_arena_dispose(&arena);
    ml_arena_dispose(&arena);
}

static void copies_end_in_nul(void **state)
{
    (void)state;
    ml_arena arena = {0};
    ml_str copy = ml_arena_copy(&arena, ml_str_slice(ML_STR("abcdef"), 1, 4));
    assert_str(copy, "bcd");
    assert_int_equal(copy.ptr[3], 0);
    ml_str pieces[] = {ML_STR("a"), {NULL, 0}, ML_STR("bc")};
    assert_string_equal(ml_arena_concat(&arena, pieces, 3).ptr, "abc");
    assert_string_equal(ml_arena_concat(&arena, NULL, 0).ptr, "");
    ml_arena_dispose(&arena);
}

static void buffers_grow_and_keep_their_bytes(void **state)
{
    (void)state;
    ml_buffer buffer = {0};
    for (uint32_t i = 0; i < 5000; i++)
        ml_buffer_format(&buffer, "%u,", i);
    ml_str rest = ml_buffer_view(&buffer);
    for (uint32_t i = 0; i < 5000; i++) {
        char expected[16];
        snprintf(expected, sizeof expected, "%u", i);
        assert_str(ml_str_split(&rest, ','), expected);
    }
    size_t cap = buffer.cap;
    ml_buffer_clear(&buffer);
    assert_int_equal(buffer.len, 0);
    assert_int_equal(buffer.cap, cap);
    assert_false(ml_buffer_reserve(&buffer, SIZE_MAX - 1));
    assert_true(buffer.failed);
    ml_buffer_clear(&buffer);
    assert_true(buffer.failed);
    ml_buffer_renew(&buffer);
    assert_false(buffer.failed);
    ml_buffer_dispose(&buffer);
    assert_int_equal(ml_buffer_view(&buffer).len, 0);
}

static void numbers_are_written_in_decimal(void **state)
{
    (void)state;
    static const struct {
        uint64_t milli;
        const char *text;
    } cases[] = {{0, "0"},    {1, "0.001"},    {10, "0.01"},      {50, "0.05"},       {950, "0.95"},
                 {1000, "1"}, {1001, "1.001"}, {12345, "12.345"}, {1234500, "1234.5"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ml_buffer buffer = {0};
        ml_buffer_milli(&buffer, cases[i].milli);
        assert_str(ml_buffer_view(&buffer), cases[i].text);
        ml_buffer_dispose(&buffer);
    }
    ml_buffer buffer = {0};
    ml_buffer_number(&buffer, 0);
    ml_buffer_char(&buffer, ' ');
    ml_buffer_number(&buffer, UINT64_MAX);
    assert_str(ml_buffer_view(&buffer), "0 18446744073709551615");
    ml_buffer_dispose(&buffer);
}

static void json_strings_are_escaped_and_pass_the_gate(void **state)
{
    (void)state;
    ml_buffer buffer = {0};
    ml_buffer_json(&buffer, (ml_str){"\"\\\n\r\t\b\f\x01\x1f/\x7fé\0x", 15});
    assert_str(ml_buffer_view(&buffer), "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u001f/\\u007fé\\u0000x\"");
    ml_buffer_clear(&buffer);
    ml_buffer_json(&buffer, (ml_str){NULL, 0});
    assert_str(ml_buffer_view(&buffer), "\"\"");
    for (int byte = 1; byte < 0x80; byte++) {
        char text[] = {'a', (char)byte, 'b'};
        uint32_t fault = 0;
        const char *reason = NULL;
        ml_buffer_clear(&buffer);
        ml_buffer_json(&buffer, (ml_str){text, sizeof text});
        assert_true(ml_json_check(ml_buffer_view(&buffer), &fault, &reason));
    }
    ml_buffer_dispose(&buffer);
}

/* ---- dates ------------------------------------------------------------------------------------------------------------- */

/* What the scan says, read plainly, one code point after the other. */
static bool read_plainly(ml_str text, uint32_t *points)
{
    *points = 0;
    for (uint32_t at = 0, len, point; at < text.len; at += len, ++*points) {
        len = ml_utf8_read(text, at, &point);
        if (!len)
            return false;
    }
    return true;
}

/* Texts of valid pieces with a byte changed here and there: the pass over many bytes at once agrees with the plain one. */
static void the_scan_agrees_with_its_plain_twin(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",
                                         "Nam Định ",
                                         "\xc2\xa0",
                                         "“",
                                         "…",
                                         "\xef\xbb\xbf",
                                         "中",
                                         "e\xcc\x81",
                                         "\xed\x9f\xbf",
                                         "\xee\x80\x80",
                                         "\xf0\x90\x80\x80",
                                         "\xf4\x8f\xbf\xbf",
                                         "\n"};
    uint64_t seed = 25;
    uint32_t broken = 0;
    for (int round = 0; round < 4000; round++) {
        ml_buffer bytes = {0};
        for (uint64_t i = random_below(&seed, 150); i > 0; i--)
            ml_buffer_str(&bytes, ml_str_from(pieces[random_below(&seed, sizeof pieces / sizeof *pieces)]));
        for (uint64_t i = random_below(&seed, 3); i > 0 && bytes.len; i--)
            bytes.ptr[random_below(&seed, (uint32_t)bytes.len)] = (char)random_below(&seed, 256);
        ml_str text = ml_buffer_view(&bytes);
        uint32_t points, counted = 0;
        bool good = read_plainly(text, &points);
        assert_int_equal(ml_scan_is_utf8(text), good);
        for (uint32_t at = 0; at < text.len; at += ML_SCAN_BYTES)
            counted += ml_scan_text(text, at, text.len - at < ML_SCAN_BYTES ? text.len : at + ML_SCAN_BYTES).points;
        assert_true(!good || counted == points);
        broken += !good;
        ml_buffer_dispose(&bytes);
    }
    assert_in_range(broken, 500, 3500);
}

/* Strings of all kinds of characters, written and read back: a view where nothing was escaped. */
static void members_of_an_object_are_read_in_place(void **state)
{
    (void)state;
    ml_str text = ML_STR("{\"id\" : 12e1 ,\"a\\u0301\":\"x\\n\\ud83d\\ude00\\/\\\\y\",\n\"deep\":[{\"b\":\"}]\"},{}], "
                         "\"last\":\"Nam\"}");
    static const char *const expected[][2] = {
        {"id", "12e1"}, {"a\xcc\x81", "x\n\xf0\x9f\x98\x80/\\y"}, {"deep", "[{\"b\":\"}]\"},{}]"}, {"last", "Nam"}};
    ml_arena arena = {0};
    ml_json_member member;
    uint32_t at = 0, fault;
    const char *reason;
    assert_true(ml_json_check(text, &fault, &reason));
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(ml_json_next(text, &at, &member));
        ml_str key = ml_json_string(member.key, &arena);
        ml_str value = member.value.ptr[0] == '"' ? ml_json_string(member.value, &arena) : member.value;
        assert_true(ml_str_equal(key, ml_str_from(expected[i][0])));
        assert_true(ml_str_equal(value, ml_str_from(expected[i][1])));
    }
    assert_ptr_equal(ml_json_string(member.value, &arena).ptr, member.value.ptr + 1);
    assert_false(ml_json_next(text, &at, &member));
    at = 0;
    assert_false(ml_json_next(ML_STR(" { } "), &at, &member));
    at = 0;
    assert_false(ml_json_next(ML_STR("[1]"), &at, &member));
    ml_arena_dispose(&arena);
}

static void dates_are_read_and_written_the_same(void **state)
{
    (void)state;
    static const char *const good[] = {"",           "2019",       "0001",       "2019-08",
                                       "2019-08-17", "2020-02-29", "2000-02-29", "9999-12-31"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ml_date date = {9, 9, 9};
        char text[11];
        assert_true(ml_date_read(ml_str_from(good[i]), &date));
        ml_date_write(date, text);
        assert_string_equal(text, good[i]);
        assert_int_equal(ml_date_known(date), good[i][0] != 0);
    }
}

static void impossible_dates_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "0000",       "19",         "201",       "20191",      "2019-",       "2019-8",     "2019-00",
        "2019-13",    "2019/08",    "2019-08-",  "2019-08-00", "2019-08-32",  "2019-02-29", "1900-02-29",
        "2019-04-31", "2019-08/17", "2019-8-17", "17-08-2019", "2019-08-17T", "+019",       "2019-0a"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ml_date date = {9, 9, 9};
        if (ml_date_read(ml_str_from(bad[i]), &date))
            fail_msg("`%s` was taken", bad[i]);
        assert_int_equal(date.year, 9);
    }
    assert_int_equal(ml_date_month_days(2019, 0), 0);
    assert_int_equal(ml_date_month_days(2019, 13), 0);
    assert_int_equal(ml_date_month_days(2000, 2), 29);
    assert_int_equal(ml_date_month_days(2100, 2), 28);
}

static void unknown_parts_of_dates_fit(void **state)
{
    (void)state;
    static const struct {
        const char *day, *since, *until;
        bool within;
    } cases[] = {
        {"2019-08-17", "", "", true},
        {"", "2019", "2020", true},
        {"2019-08-17", "2019-08-17", "2019-08-17", true},
        {"2019-08-17", "2019-08-18", "", false},
        {"2019-08-17", "", "2019-08-16", false},
        {"2019-08-17", "2019-08", "2019-08", true},
        {"2019-08-17", "2019", "2019", true},
        {"2019-08-17", "2020", "", false},
        {"2019-08-17", "", "2018", false},
        {"2019", "2019-12-31", "", true},
        {"2019", "", "2019-01-01", true},
        {"2019", "2020-01-01", "", false},
        {"2019-08", "2019-08-31", "", true},
        {"2019-08", "2019-09-01", "", false},
        {"2019-08", "", "2019-08-01", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ml_date day, since, until;
        assert_true(ml_date_read(ml_str_from(cases[i].day), &day));
        assert_true(ml_date_read(ml_str_from(cases[i].since), &since));
        assert_true(ml_date_read(ml_str_from(cases[i].until), &until));
        if (ml_date_within(day, since, until) != cases[i].within)
            fail_msg("%s in %s to %s", cases[i].day, cases[i].since, cases[i].until);
    }
}

/* ---- index, map --------------------------------------------------------------------------------------------------------- */

static void an_index_finds_what_was_set(void **state)
{
    (void)state;
    enum { KEYS = 3000 };
    ml_arena arena = {0};
    ml_index index = {0};
    uint32_t value;
    assert_false(ml_index_find(&index, 7, &value)); /* not yet made */
    ml_index_init(&index, &arena, KEYS);
    for (uint32_t i = 0; i < KEYS; i++)
        ml_index_set(&index, (uint64_t)i << 32 | (i & 3), i); /* keys that share their low bits */
    for (uint32_t i = 0; i < KEYS; i++) {
        assert_true(ml_index_find(&index, (uint64_t)i << 32 | (i & 3), &value));
        assert_int_equal(value, i);
        assert_false(ml_index_find(&index, (uint64_t)i << 32 | 9, &value));
    }
    ml_index_set(&index, 0, 42); /* key 0 is a key; a new value takes the place of the old one */
    assert_true(ml_index_find(&index, 0, &value));
    assert_int_equal(value, 42);
    for (uint32_t i = 0; i < 100000; i++) /* full: nothing is overwritten, and looking still ends */
        ml_index_set(&index, (uint64_t)i << 8 | 0xff, 1);
    assert_true(ml_index_find(&index, (uint64_t)77 << 32 | 1, &value));
    assert_int_equal(value, 77);
    assert_false(ml_index_find(&index, UINT64_MAX, &value));
    ml_arena_dispose(&arena);
}

static void a_map_keeps_the_first_value_until_it_is_cleared(void **state)
{
    (void)state;
    ml_map map = {0};
    uint32_t value = 1;
    bool added = false;
    assert_false(ml_map_find(&map, ML_STR("a"), &value));
    assert_true(ml_map_add(&map, ML_STR("a"), &value, &added));
    assert_true(added);
    value = 2;
    assert_true(ml_map_add(&map, ML_STR("a"), &value, &added));
    assert_false(added);
    assert_int_equal(value, 1);
    value = 3;
    assert_true(ml_map_add(&map, ML_STR(""), &value, NULL)); /* the empty string is a key */
    assert_true(ml_map_find(&map, ML_STR(""), &value));
    assert_int_equal(value, 3);
    ml_map_clear(&map);
    assert_false(ml_map_find(&map, ML_STR("a"), &value));
    ml_map_dispose(&map);
}

/* ---- errors, files, tables ---------------------------------------------------------------------------------------------- */

static void the_first_failure_stays(void **state)
{
    (void)state;
    ml_error error = {0};
    assert_int_equal(ml_fail_at(&error, ML_E_DATA, ML_STR("a.tsv"), 3, 4, "no %s", "luck"), ML_E_DATA);
    assert_int_equal(ml_fail(&error, ML_E_IO, ML_STR("b.tsv"), "other"), ML_E_IO);
    assert_int_equal(error.status, ML_E_DATA);
    assert_string_equal(error.where, "a.tsv");
    assert_string_equal(error.message, "no luck");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 4);
    assert_int_equal(ml_fail(NULL, ML_E_IO, ML_STR(""), "nobody listens"), ML_E_IO);
    assert_int_equal(ml_fail_memory(NULL), ML_E_MEMORY);
}

static void long_errors_are_cut(void **state)
{
    (void)state;
    char text[2000];
    memset(text, 'x', sizeof text);
    ml_error error = {0};
    ml_fail(&error, ML_E_DATA, (ml_str){text, sizeof text}, "%.*s", (int)sizeof text, text);
    assert_int_equal(strlen(error.where), sizeof error.where - 1);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
}

static void files_are_read_whole_or_refused(void **state)
{
    (void)state;
    test_folder folder;
    char path[PATH_BYTES];
    ml_buffer bytes = {0};
    ml_error error = {0};
    folder_make(&folder);
    folder_write(&folder, "a.txt", "12345678");
    snprintf(path, sizeof path, "%s/a.txt", folder.path);
    assert_int_equal(ml_file_read(path, 8, &bytes, &error), ML_OK);
    assert_int_equal(ml_file_read(path, 8, &bytes, &error), ML_OK);
    assert_str(ml_buffer_view(&bytes), "1234567812345678");
    assert_int_equal(ml_file_read(path, 7, &bytes, &error), ML_E_LIMIT);
    assert_string_equal(error.where, path);
    error = (ml_error){0};
    snprintf(path, sizeof path, "%s/none.txt", folder.path);
    assert_int_equal(ml_file_read(path, 8, &bytes, &error), ML_E_IO);
    assert_string_equal(error.where, path);
    error = (ml_error){0};
    assert_int_equal(ml_file_read(folder.path, 8, &bytes, &error), ML_E_IO); /* a folder */
    assert_str(ml_path_name("a/b/c.tsv"), "c.tsv");
    assert_str(ml_path_name("c.tsv"), "c.tsv");
    ml_buffer_dispose(&bytes);
    folder_remove(&folder);
}

static void a_table_keeps_good_rows_and_names_bad_ones(void **state)
{
    (void)state;
    test_folder folder;
    ml_arena arena = {0};
    ml_buffer lines = {0};
    ml_faults faults = {.lines = &lines};
    ml_table table;
    folder_make(&folder);
    folder_write(&folder, "t.tsv", "#schema ml-t/1\nid\tname\n# a comment\na\t\n\nb\tB\tmore\nc\nd\tD");
    assert_int_equal(ml_table_read(folder.path, "t.tsv", "ml-t/1", "id|name", &arena, &table, &faults, NULL), ML_OK);
    assert_str(table.file, "t.tsv");
    assert_int_equal(table.row_count, 2);
    assert_str(ml_table_field(&table, 0, 0), "a");
    assert_str(ml_table_field(&table, 0, 1), "");
    assert_str(ml_table_field(&table, 1, 1), "D");
    assert_int_equal(table.lines[0], 4);
    assert_int_equal(table.lines[1], 8);
    assert_int_equal(faults.count, 3);
    assert_str(ml_buffer_view(&lines), "t.tsv:5:1: empty line: take it out\n"
                                       "t.tsv:6:1: not 2 fields: separate the columns by single tabs\n"
                                       "t.tsv:7:1: not 2 fields: separate the columns by single tabs\n");
    assert_int_equal(faults.first.line, 5);
    ml_table_dispose(&table);
    ml_buffer_dispose(&lines);
    ml_arena_dispose(&arena);
    folder_remove(&folder);
}

static void faults_may_be_counted_only(void **state)
{
    (void)state;
    ml_faults faults = {0};
    ml_faults_add(&faults, ML_STR("a.tsv"), 1, 2, "first");
    ml_faults_add(&faults, ML_STR("a.tsv"), 3, 4, "second");
    assert_int_equal(faults.count, 2);
    assert_string_equal(faults.first.message, "first");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(strings_are_compared_by_bytes),
        cmocka_unit_test(strings_are_split_trimmed_and_listed),
        cmocka_unit_test(an_arena_gives_zeros_that_lie_apart),
        cmocka_unit_test(an_arena_that_failed_stays_failed_until_reset),
        cmocka_unit_test(copies_end_in_nul),
        cmocka_unit_test(buffers_grow_and_keep_their_bytes),
        cmocka_unit_test(numbers_are_written_in_decimal),
        cmocka_unit_test(json_strings_are_escaped_and_pass_the_gate),
        cmocka_unit_test(the_scan_agrees_with_its_plain_twin),
        cmocka_unit_test(members_of_an_object_are_read_in_place),
        cmocka_unit_test(dates_are_read_and_written_the_same),
        cmocka_unit_test(impossible_dates_are_refused),
        cmocka_unit_test(unknown_parts_of_dates_fit),
        cmocka_unit_test(an_index_finds_what_was_set),
        cmocka_unit_test(a_map_keeps_the_first_value_until_it_is_cleared),
        cmocka_unit_test(the_first_failure_stays),
        cmocka_unit_test(long_errors_are_cut),
        cmocka_unit_test(files_are_read_whole_or_refused),
        cmocka_unit_test(a_table_keeps_good_rows_and_names_bad_ones),
        cmocka_unit_test(faults_may_be_counted_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
