#include "article/article.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <lzma.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

/* A folder of its own for each test, and what the reader made of the inputs. */
typedef struct {
    char folder[64];
    ml_arena arena;
    ml_item items[16];
    size_t count;
} fixture;

static int set_up(void **state)
{
    fixture *test = calloc(1, sizeof *test);
    strcpy(test->folder, "article_test.XXXXXX");
    assert_non_null(mkdtemp(test->folder));
    *state = test;
    return 0;
}

static int tear_down(void **state)
{
    fixture *test = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", test->folder);
    assert_int_equal(system(command), 0);
    ml_arena_dispose(&test->arena);
    free(test);
    return 0;
}

/* The path of a file in the folder of the test; kept in the arena. */
static const char *path_of(fixture *test, const char *name)
{
    const ml_str pieces[] = {ml_str_from(test->folder), ML_STR("/"), ml_str_from(name)};
    return ml_arena_concat(&test->arena, pieces, 3).ptr;
}

static const char *write_bytes(fixture *test, const char *name, const char *bytes, size_t len)
{
    const char *path = path_of(test, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static const char *write_file(fixture *test, const char *name, const char *text)
{
    return write_bytes(test, name, text, strlen(text));
}

static void read_formatted(fixture *test, const char *const *inputs, size_t count, const char *format, const char *date)
{
    ml_error error = {0};
    ml_article_reader *reader = NULL;
    assert_int_equal(ml_article_reader_new(inputs, count, format, date, &reader, &error), ML_OK);
    for (test->count = 0;; test->count++) {
        bool more;
        ml_item item;
        assert_int_equal(ml_article_next(reader, &test->arena, &item, &more, &error), ML_OK);
        if (!more)
            break;
        ml_article_parse(&item, &test->arena);
        assert_true(test->count < 16);
        test->items[test->count] = item;
    }
    assert_false(test->arena.failed);
    ml_article_reader_free(reader);
}

static void read_one(fixture *test, const char *input)
{
    read_formatted(test, &input, 1, NULL, NULL);
}

static void assert_str(ml_str actual, const char *expected)
{
    char text[256];
    snprintf(text, sizeof text, "%.*s", (int)actual.len, actual.len ? actual.ptr : "");
    assert_string_equal(text, expected);
}

static void assert_article(const ml_item *item, const char *id, const char *text)
{
    if (item->kind == ML_ITEM_FAILED)
        print_error("failed: %s: %s\n", item->code.ptr, item->error.message);
    assert_int_equal(item->kind, ML_ITEM_ARTICLE);
    assert_str(item->article.id, id);
    assert_str(item->article.text, text);
}

static void assert_failed(const ml_item *item, const char *id, const char *code, ml_status status, uint32_t line)
{
    assert_int_equal(item->kind, ML_ITEM_FAILED);
    assert_str(item->code, code);
    assert_str(item->article.id, id);
    assert_int_equal(item->error.status, status);
    assert_int_equal(item->error.line, line);
    assert_true(item->error.message[0]);
    assert_true(item->error.where[0]);
}

static void text_file_is_one_article(void **state)
{
    fixture *test = *state;
    read_one(test, write_file(test, "bài.số.1.txt", "\xEF\xBB\xBFHà Nội\r\n"));
    assert_int_equal(test->count, 1);
    assert_article(&test->items[0], "bài.số.1", "\xEF\xBB\xBFHà Nội\r\n");
    assert_int_equal(test->items[0].error.status, ML_OK);
}

static void text_need_not_be_utf8_here(void **state)
{
    fixture *test = *state;
    read_one(test, write_bytes(test, "a.txt", "H\xC3", 2));
    assert_article(&test->items[0], "a", "H\xC3");
}

static void empty_text_file_fails(void **state)
{
    fixture *test = *state;
    read_one(test, write_file(test, "a.txt", ""));
    assert_int_equal(test->count, 1);
    assert_failed(&test->items[0], "a", "empty", ML_E_SYNTAX, 0);
}

static void missing_file_fails_and_the_others_are_read(void **state)
{
    fixture *test = *state;
    const char *inputs[] = {path_of(test, "missing.jsonl"), write_file(test, "a.txt", "x")};
    read_formatted(test, inputs, 2, NULL, NULL);
    assert_int_equal(test->count, 2);
    assert_failed(&test->items[0], "missing", "unreadable", ML_E_IO, 0);
    assert_string_equal(test->items[0].error.where, inputs[0]);
    assert_article(&test->items[1], "a", "x");
}

static void large_text_file_fails(void **state)
{
    fixture *test = *state;
    size_t len = ML_ARTICLE_TEXT_BYTES;
    char *text = malloc(len + 1);
    memset(text, 'a', len + 1);
    read_one(test, write_bytes(test, "most.txt", text, len));
    assert_int_equal(test->items[0].kind, ML_ITEM_ARTICLE);
    assert_int_equal(test->items[0].article.text.len, len);
    read_one(test, write_bytes(test, "more.txt", text, len + 1));
    assert_int_equal(test->count, 1);
    assert_failed(&test->items[0], "more", "too_large", ML_E_LIMIT, 0);
    free(text);
}

static void folder_is_sorted_and_not_recursive(void **state)
{
    fixture *test = *state;
    write_file(test, "b.txt", "2");
    write_file(test, "a.jsonl", "{\"id\":\"j\",\"text\":\"1\"}\n");
    write_file(test, "Z.txt", "0");
    write_file(test, "c.md", "no");
    write_file(test, ".hidden.txt", "no");
    assert_int_equal(mkdir(path_of(test, "d.txt"), 0777), 0);
    write_file(test, "d.txt/e.txt", "no");
    /* What a folder holds is read by name whatever format is asked for. */
    const char *inputs[] = {test->folder};
    read_formatted(test, inputs, 1, "jsonl", NULL);
    assert_int_equal(test->count, 3);
    assert_article(&test->items[0], "Z", "0");
    assert_article(&test->items[1], "j", "1");
    assert_article(&test->items[2], "b", "2");
}

static void folder_without_articles_fails(void **state)
{
    fixture *test = *state;
    write_file(test, "c.md", "no");
    read_one(test, test->folder);
    assert_int_equal(test->count, 1);
    assert_failed(&test->items[0], test->folder, "unreadable", ML_E_IO, 0);
    assert_non_null(strstr(test->items[0].error.message, "no articles"));
}

static void lines_give_all_fields(void **state)
{
    fixture *test = *state;
    read_one(test, write_file(test, "a.jsonl",
                              "{\"id\":\"x\",\"text\":\"Th\\u1ee7 \\ud83d\\ude00\",\"title\":\"t\","
                              "\"date\":\"2017-05-03\",\"source\":\"s\",\"more\":[1]}\r\n"));
    assert_int_equal(test->count, 1);
    assert_article(&test->items[0], "x", "Thủ 😀");
    assert_str(test->items[0].article.title, "t");
    assert_str(test->items[0].article.date, "2017-05-03");
    assert_str(test->items[0].article.source, "s");
    assert_int_equal(test->items[0].error.status, ML_OK);
}

static void lines_keep_their_numbers(void **state)
{
    fixture *test = *state;
    read_one(test, write_file(test, "a.jsonl",
                              "\xEF\xBB\xBF{\"text\":\"1\"}\n\n \t\r\n{\"id\":null,\"text\":\"2\"}\n"
                              "{\"id\":\"\",\"text\":\"3\"}\n{\"id\":907,\"text\":\"4\"}"));
    assert_int_equal(test->count, 4);
    assert_article(&test->items[0], "a.jsonl:1", "1");
    assert_article(&test->items[1], "a.jsonl:4", "2");
    assert_article(&test->items[2], "a.jsonl:5", "3");
    assert_article(&test->items[3], "907", "4");
}

static void file_of_no_lines_is_no_failure(void **state)
{
    fixture *test = *state;
    const char *inputs[] = {write_file(test, "a.jsonl", ""), write_file(test, "b.jsonl", "\n\n")};
    read_formatted(test, inputs, 2, NULL, NULL);
    assert_int_equal(test->count, 0);
}

static void each_bad_line_fails_alone(void **state)
{
    static const struct {
        const char *line, *code, *id;
        ml_status status;
    } cases[] = {
        {"{\"text\":\"a\"} x", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
        {"{\"text\":\"a\\u0000b\"}", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
        {"{\"text\":\"a\xC3\"}", "not_utf8", "a.jsonl:1", ML_E_ENCODING},
        {"{\"text\":\"a\xC3", "not_utf8", "a.jsonl:1", ML_E_ENCODING},
        {"{\"text\":\"a", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
        {"[\"a\"]", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
        {"{\"id\":\"x\"}", "no_text", "x", ML_E_SYNTAX},
        {"{\"id\":\"x\",\"text\":5}", "no_text", "x", ML_E_SYNTAX},
        {"{\"id\":\"x\",\"text\":\"\"}", "empty", "x", ML_E_SYNTAX},
        {"{\"id\":1.5,\"text\":\"a\"}", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
        {"{\"id\":12345678901234567890,\"text\":\"a\"}", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
        {"{\"id\":[],\"text\":\"a\"}", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
        {"{\"id\":\"x\",\"schema\":\"mangluoi-record/2\"}", "bad_json", "a.jsonl:1", ML_E_SYNTAX},
    };
    fixture *test = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s\n{\"id\":\"good\",\"text\":\"g\"}\n", cases[i].line);
        read_one(test, write_file(test, "a.jsonl", text));
        assert_int_equal(test->count, 2);
        assert_failed(&test->items[0], cases[i].id, cases[i].code, cases[i].status, 1);
        assert_article(&test->items[1], "good", "g");
    }
}

static void fault_has_a_column(void **state)
{
    fixture *test = *state;
    read_one(test, write_file(test, "a.jsonl", "{\"đ\":\x01}\n"));
    assert_failed(&test->items[0], "a.jsonl:1", "bad_json", ML_E_SYNTAX, 1);
    assert_int_equal(test->items[0].error.column, 6);
}

static void large_text_in_a_line_fails(void **state)
{
    fixture *test = *state;
    size_t len = ML_ARTICLE_TEXT_BYTES + 64;
    char *line = malloc(len);
    memset(line, 'a', len);
    memcpy(line, "{\"id\":\"x\",\"text\":\"", 18);
    memcpy(line + len - 2, "\"}", 2);
    read_one(test, write_bytes(test, "a.jsonl", line, len));
    assert_failed(&test->items[0], "x", "too_large", ML_E_LIMIT, 1);
    free(line);
}

static void endless_line_fails_and_the_next_is_read(void **state)
{
    fixture *test = *state;
    FILE *file = fopen(path_of(test, "a.jsonl"), "wb");
    assert_non_null(file);
    static const char good[] = "{\"id\":\"good\",\"text\":\"g\"}\n";
    fputs(good, file);
    for (size_t i = 0; i <= ML_ARTICLE_LINE_BYTES / (sizeof good - 1); i++)
        fwrite("{\"id\":\"good\",\"text\":\"g\"} ", 1, sizeof good - 1, file);
    fputc('\n', file);
    fputs(good, file);
    assert_int_equal(fclose(file), 0);
    read_one(test, path_of(test, "a.jsonl"));
    assert_int_equal(test->count, 3);
    assert_article(&test->items[0], "good", "g");
    assert_failed(&test->items[1], "a.jsonl:2", "too_large", ML_E_LIMIT, 2);
    assert_article(&test->items[2], "good", "g");
}

static void dates_are_checked(void **state)
{
    static const struct {
        const char *json, *date;
        bool complaint;
    } cases[] = {
        {"\"2017-05-03\"", "2017-05-03", false}, {"\"2017-05-03T10:00:00+07:00\"", "2017-05-03", false},
        {"\"\"", "2001-01-01", false},           {"null", "2001-01-01", false},
        {"\"2017-02-30\"", "2001-01-01", true},  {"\"2017-05\"", "2001-01-01", true},
        {"\"03/05/2017\"", "2001-01-01", true},  {"\"2017-05-031\"", "2001-01-01", true},
        {"20170503", "2001-01-01", true},
    };
    fixture *test = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "{\"text\":\"a\",\"date\":%s}\n", cases[i].json);
        const char *input = write_file(test, "a.jsonl", text);
        read_formatted(test, &input, 1, NULL, "2001-01-01");
        assert_article(&test->items[0], "a.jsonl:1", "a");
        assert_str(test->items[0].article.date, cases[i].date);
        assert_int_equal(test->items[0].error.status, cases[i].complaint ? ML_E_SYNTAX : ML_OK);
    }
}

static void records_are_handed_on(void **state)
{
    static const char *const lines[] = {
        "{\"schema\":\"mangluoi-record/1\",\"id\":\"x\"}",
        " {\"id\": \"x\", \"schema\": \"mangluoi-record/1\", \"text\": \"a\"}",
        "{\"schema\":\"mangluoi-record/1\",\"id\":}",
    };
    fixture *test = *state;
    char text[256];
    snprintf(text, sizeof text, "%s\r\n%s\n%s", lines[0], lines[1], lines[2]);
    read_one(test, write_file(test, "a.jsonl", text));
    assert_int_equal(test->count, 3);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(test->items[i].kind, ML_ITEM_RECORD);
        assert_str(test->items[i].line, lines[i]);
    }
    assert_failed(&test->items[2], "a.jsonl:3", "bad_json", ML_E_SYNTAX, 3);
}

static void last_of_equal_keys_holds(void **state)
{
    fixture *test = *state;
    read_one(test, write_file(test, "a.jsonl", "{\"id\":\"x\",\"text\":\"1\",\"text\":\"2\",\"Text\":\"3\"}"));
    assert_article(&test->items[0], "x", "2");
}

/* `len` bytes that do not pack well: many lines with numbers in them. */
static char *many_lines(size_t *len, size_t *lines)
{
    char *text = malloc(400000);
    *len = 0;
    unsigned seed = 1;
    for (*lines = 0; *len < 300000; ++*lines) {
        *len += (size_t)sprintf(text + *len, "{\"id\":\"%zu\",\"text\":\"", *lines);
        for (int i = 0; i < 2000; i++)
            text[(*len)++] = (char)('a' + (seed = seed * 1103515245 + 12345) / 65536 % 26);
        *len += (size_t)sprintf(text + *len, "\"}\n");
    }
    return text;
}

static size_t pack(const char *name, const char *text, size_t len, char *packed, size_t cap)
{
    if (strstr(name, ".zst"))
        return ZSTD_compress(packed, cap, text, len, 3);
    size_t out = 0;
    if (strstr(name, ".xz")) {
        assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, (const uint8_t *)text, len,
                                                 (uint8_t *)packed, &out, cap),
                         LZMA_OK);
        return out;
    }
    z_stream gzip = {.next_in = (unsigned char *)(uintptr_t)text,
                     .avail_in = (uInt)len,
                     .next_out = (unsigned char *)packed,
                     .avail_out = (uInt)cap};
    assert_int_equal(deflateInit2(&gzip, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&gzip, Z_FINISH), Z_STREAM_END);
    out = cap - gzip.avail_out;
    deflateEnd(&gzip);
    return out;
}

/* Reads a packed file; returns the number of good articles before *failed, which has kind LINE when there is none. */
static size_t count_articles(const char *path, ml_item *failed, ml_arena *arena)
{
    ml_error error = {0};
    ml_article_reader *reader = NULL;
    size_t count = 0;
    assert_int_equal(ml_article_reader_new(&path, 1, NULL, NULL, &reader, &error), ML_OK);
    *failed = (ml_item){0};
    for (;;) {
        ml_item item;
        bool more;
        assert_int_equal(ml_article_next(reader, arena, &item, &more, &error), ML_OK);
        if (!more)
            break;
        ml_article_parse(&item, arena);
        assert_int_equal(failed->kind, ML_ITEM_LINE);
        if (item.kind == ML_ITEM_FAILED) {
            *failed = item;
            continue;
        }
        char id[16];
        snprintf(id, sizeof id, "%zu", count++);
        assert_str(item.article.id, id);
        assert_int_equal(item.article.text.len, 2000);
    }
    ml_article_reader_free(reader);
    return count;
}

static void packed_lines_are_unpacked(void **state)
{
    static const char *const names[] = {"a.jsonl.gz", "a.jsonl.zst", "a.jsonl.xz"};
    fixture *test = *state;
    size_t len, lines, cap = 800000;
    char *text = many_lines(&len, &lines);
    char *packed = malloc(cap);
    for (int i = 0; i < 3; i++) {
        ml_item failed;
        /* Two packed streams in one file, the cut in mid-line. */
        size_t half = pack(names[i], text, len / 2, packed, cap);
        size_t whole = half + pack(names[i], text + len / 2, len - len / 2, packed + half, cap - half);
        const char *path = write_bytes(test, names[i], packed, whole);
        assert_int_equal(count_articles(path, &failed, &test->arena), lines);
        assert_int_equal(failed.kind, ML_ITEM_LINE);

        path = write_bytes(test, names[i], packed, whole - 5000);
        size_t good = count_articles(path, &failed, &test->arena);
        assert_in_range(good, 1, lines - 1);
        char id[32];
        snprintf(id, sizeof id, "%s:%zu", names[i], good + 1);
        assert_failed(&failed, id, "unreadable", ML_E_IO, (uint32_t)good + 1);

        memset(packed + whole / 2, 'x', 64);
        path = write_bytes(test, names[i], packed, whole);
        assert_true(count_articles(path, &failed, &test->arena) < lines);
        assert_int_equal(failed.kind, ML_ITEM_FAILED);

        path = write_file(test, names[i], "{\"text\":\"not packed\"}\n");
        assert_int_equal(count_articles(path, &failed, &test->arena), 0);
        assert_str(failed.code, "unreadable");
    }
    free(packed);
    free(text);
}

static void standard_input_is_text_unless_told(void **state)
{
    fixture *test = *state;
    const char *inputs[] = {"-"};
    const char *path = write_file(test, "in", "{\"text\":\"a\"}\n");
    assert_non_null(freopen(path, "rb", stdin));
    read_formatted(test, inputs, 1, NULL, NULL);
    assert_int_equal(test->count, 1);
    assert_article(&test->items[0], "stdin", "{\"text\":\"a\"}\n");
    assert_non_null(freopen(path, "rb", stdin));
    read_formatted(test, inputs, 1, "jsonl", "2001-01-01");
    assert_int_equal(test->count, 1);
    assert_article(&test->items[0], "stdin:1", "a");
}

static void odd_file_names_give_utf8_ids(void **state)
{
    fixture *test = *state;
    read_one(test, write_file(test,
                              "a\xFF"
                              "b",
                              "x"));
    assert_article(&test->items[0],
                   "a\xEF\xBF\xBD"
                   "b",
                   "x");
}

static void unknown_formats_and_dates_are_refused(void **state)
{
    (void)state;
    ml_article_reader *reader = NULL;
    const char *input = "a";
    ml_error error = {0};
    assert_int_equal(ml_article_reader_new(&input, 1, "xml", NULL, &reader, &error), ML_E_USAGE);
    error = (ml_error){0};
    assert_int_equal(ml_article_reader_new(&input, 1, NULL, "2017-05", &reader, &error), ML_E_USAGE);
    assert_non_null(strstr(error.message, "2017-05"));
    assert_null(reader);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(text_file_is_one_article),
        TEST(text_need_not_be_utf8_here),
        TEST(empty_text_file_fails),
        TEST(missing_file_fails_and_the_others_are_read),
        TEST(large_text_file_fails),
        TEST(folder_is_sorted_and_not_recursive),
        TEST(folder_without_articles_fails),
        TEST(lines_give_all_fields),
        TEST(lines_keep_their_numbers),
        TEST(file_of_no_lines_is_no_failure),
        TEST(each_bad_line_fails_alone),
        TEST(fault_has_a_column),
        TEST(large_text_in_a_line_fails),
        TEST(endless_line_fails_and_the_next_is_read),
        TEST(dates_are_checked),
        TEST(records_are_handed_on),
        TEST(last_of_equal_keys_holds),
        TEST(packed_lines_are_unpacked),
        TEST(standard_input_is_text_unless_told),
        TEST(odd_file_names_give_utf8_ids),
        TEST(unknown_formats_and_dates_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
