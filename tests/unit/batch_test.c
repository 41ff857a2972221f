#include "mangluoi.h"

#include "base/buffer.h"
#include "base/error.h"
#include "explain/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Stands in for the extraction, so that this room is tested alone: these definitions win over those of the library. An
 * article becomes a line with its id and text; the text also tells how the extraction is to end. */
ml_status ml_worker_new(const ml_context *context, ml_worker **out, ml_error *error)
{
    (void)context;
    *out = calloc(1, sizeof **out);
    return *out ? ML_OK : ml_fail_memory(error);
}

void ml_worker_free(ml_worker *worker)
{
    free(worker);
}

void ml_worker_keep_sentences(ml_worker *worker, bool keep)
{
    worker->with_sentences = keep;
}

ml_status ml_extract(ml_worker *worker, const ml_article *article, ml_sink sink, ml_error *error)
{
    char line[256];
    assert_false(worker->arena.failed); /* one article at a time: here it marks a worker that is busy */
    worker->arena.failed = true;
    if (article->text.len % 7 == 0) {
        const struct timespec moment = {0, 200000};
        nanosleep(&moment, NULL);
    }
    worker->arena.failed = false;
    if (ml_str_equal(article->text, ML_STR("fatal")))
        return ml_fail(error, ML_E_MEMORY, article->id, "no more");
    int len = snprintf(line, sizeof line, "%.*s %.*s %.*s\n", (int)article->id.len, article->id.ptr,
                       (int)article->date.len, article->date.len ? article->date.ptr : "",
                       (int)ml_str_slice(article->text, 0, 40).len, article->text.ptr);
    ml_status status = sink.write(sink.payload, line, (size_t)len);
    if (status != ML_OK)
        return status;
    if (ml_str_equal(article->text, ML_STR("partial")))
        return ml_fail_at(error, ML_E_PARTIAL, article->id, 0, 7, "no good text");
    return ML_OK;
}

/* Explanations are lines, too; `(`, `)` and `#` stand for what is around them. */
bool ml_explain_find_form(const char *name, ml_explain_form *out)
{
    *out = strcmp(name, "brat") == 0 ? ML_FORM_BRAT : ML_FORM_TEXT;
    return strcmp(name, "none") != 0;
}

void ml_explain_begin(ml_explain_form form, ml_buffer *out)
{
    (void)form;
    ml_buffer_char(out, '(');
}

void ml_explain_end(ml_explain_form form, ml_buffer *out)
{
    (void)form;
    ml_buffer_char(out, ')');
}

ml_status ml_explain_article(ml_worker *worker, const ml_article *article, ml_explain_form form, ml_buffer *out,
                             ml_error *error)
{
    (void)worker;
    (void)form;
    if (ml_str_equal(article->text, ML_STR("partial")))
        return ml_fail_at(error, ML_E_PARTIAL, article->id, 0, 7, "no good text");
    ml_buffer_str(out, article->id);
    return ML_OK;
}

void ml_explain_pack(uint64_t number, ml_str text, ml_str annotation, ml_buffer *out)
{
    ml_buffer_format(out, "#%u %.*s %.*s;", (unsigned)number, (int)text.len, text.ptr, (int)annotation.len,
                     annotation.ptr);
}

ml_status ml_page_add(ml_page *view, ml_str record, ml_error *error)
{
    return ml_network_add((ml_network *)view, record, error);
}

/* A network that keeps what was added. */
struct ml_network {
    ml_buffer lines;
};

ml_status ml_network_add(ml_network *network, ml_str record, ml_error *error)
{
    if (ml_str_starts(record, ML_STR("{\"schema\":\"mangluoi-record/1\",\"id\":\"refuse\"")))
        return ml_fail(error, ML_E_SYNTAX, ML_STR("id"), "refused");
    ml_buffer_str(&network->lines, record);
    return ML_OK;
}

/* What the callbacks saw. */
typedef struct {
    char path[64];
    FILE *file;
    pthread_t caller;
    ml_buffer records, complaints;
    uint64_t progress;
    size_t writes_left; /* the sink fails after so many */
    ml_run_report report;
    ml_error error;
} fixture;

static int set_up(void **state)
{
    fixture *test = calloc(1, sizeof *test);
    strcpy(test->path, "batch_test.XXXXXX");
    int file = mkstemp(test->path);
    assert_true(file >= 0);
    test->file = fdopen(file, "w");
    test->caller = pthread_self();
    test->writes_left = SIZE_MAX;
    *state = test;
    return 0;
}

static int tear_down(void **state)
{
    fixture *test = *state;
    unlink(test->path);
    ml_buffer_dispose(&test->records);
    ml_buffer_dispose(&test->complaints);
    free(test);
    return 0;
}

static ml_status take(void *payload, const char *bytes, size_t len)
{
    fixture *test = payload;
    assert_true(pthread_equal(test->caller, pthread_self()));
    if (test->writes_left-- == 0)
        return ML_E_IO;
    ml_buffer_bytes(&test->records, bytes, len);
    return ML_OK;
}

static void progress(void *payload, uint64_t articles, unsigned permille)
{
    fixture *test = payload;
    assert_true(permille <= 1000);
    assert_true(pthread_equal(test->caller, pthread_self()));
    assert_int_equal(articles, ++test->progress);
}

static void complain(void *payload, const ml_error *error)
{
    fixture *test = payload;
    assert_true(pthread_equal(test->caller, pthread_self()));
    ml_buffer_format(&test->complaints, "%u:%u: %s\n", error->line, error->column, error->message);
}

static ml_run_options options_of(fixture *test, unsigned threads)
{
    return (ml_run_options){.format = "jsonl",
                            .date = "2001-01-01",
                            .threads = threads,
                            .progress = progress,
                            .complain = complain,
                            .payload = test};
}

static ml_status run(fixture *test, unsigned threads)
{
    const char *input = test->path;
    const ml_run_options options = options_of(test, threads);
    ml_sink sink = {take, test};
    if (test->file)
        assert_int_equal(fclose(test->file), 0);
    test->file = NULL;
    test->progress = 0;
    test->error = (ml_error){0};
    ml_buffer_clear(&test->records);
    ml_buffer_clear(&test->complaints);
    return ml_extract_inputs(NULL, &input, 1, &options, sink, &test->report, &test->error);
}

static void assert_text(ml_buffer *actual, const char *expected)
{
    ml_buffer_char(actual, '\0');
    assert_string_equal(actual->ptr, expected);
}

static void put_line(fixture *test, const char *id, const char *text)
{
    fprintf(test->file, "{\"id\":\"%s\",\"text\":\"%s\"}\n", id, text);
}

#define RECORD(id)                                                                                                     \
    "{\"schema\":\"mangluoi-record/1\",\"id\":\"" id "\",\"mentions\":[],\"entities\":[],\"relations\":[]}"

static void each_article_gives_its_record(void **state)
{
    fixture *test = *state;
    put_line(test, "a", "one");
    fputs("{\"text\":\"two\",\"date\":\"2017-05-03\"}\n", test->file);
    assert_int_equal(run(test, 0), ML_OK);
    char expected[128];
    snprintf(expected, sizeof expected, "a 2001-01-01 one\n%s:2 2017-05-03 two\n", test->path);
    assert_text(&test->records, expected);
    assert_int_equal(test->report.articles, 2);
    assert_int_equal(test->report.failed, 0);
    assert_int_equal(test->report.bytes, 6);
    assert_int_equal(test->progress, 2);
    assert_int_equal(test->complaints.len, 0);
}

static void failures_leave_error_records_in_their_places(void **state)
{
    fixture *test = *state;
    put_line(test, "a", "one");
    put_line(test, "b", "");
    put_line(test, "c", "partial");
    fputs("{\"id\":\"d\",\"text\":\"four\",\"date\":\"May\"}\n", test->file);
    for (unsigned threads = 0; threads < 4; threads++) {
        assert_int_equal(run(test, threads), ML_E_PARTIAL);
        assert_text(&test->records, "a 2001-01-01 one\n"
                                    "{\"schema\":\"mangluoi-record/1\",\"id\":\"b\",\"error\":{\"code\":\"empty\","
                                    "\"message\":\"the \\\"text\\\" is empty\"}}\n"
                                    "c 2001-01-01 partial\n"
                                    "d 2001-01-01 four\n");
        assert_text(&test->complaints, "2:0: the \"text\" is empty\n"
                                       "3:7: no good text\n"
                                       "4:0: the date is passed over: write it as \"YYYY-MM-DD\"\n");
        assert_int_equal(test->report.articles, 4);
        assert_int_equal(test->report.failed, 2);
        assert_int_equal(test->error.status, ML_E_PARTIAL);
        assert_non_null(strstr(test->error.message, "2 of 4 articles"));
    }
}

static void records_pass_through_if_they_are_records(void **state)
{
    fixture *test = *state;
    fputs(RECORD("r") "\r\n{\"schema\":\"mangluoi-record/1\",\"id\":\"s\",\"mentions\":5}\n", test->file);
    assert_int_equal(run(test, 2), ML_E_PARTIAL);
    ml_buffer_char(&test->records, '\0');
    assert_memory_equal(test->records.ptr, RECORD("r") "\n", sizeof RECORD("r"));
    assert_non_null(strstr(test->records.ptr + sizeof RECORD("r"), "\"code\":\"bad_json\""));
    assert_int_equal(test->report.failed, 1);
}

/* More articles than the queue has places, and more bytes than it may hold. */
static void output_is_the_same_for_any_number_of_threads(void **state)
{
    fixture *test = *state;
    char *text = malloc(1500000 + 1);
    for (int i = 0; i < 1000; i++) {
        size_t len = i % 25 == 3 ? 1500000 : (size_t)(i % 40 + 1);
        memset(text, 'a' + i % 26, len);
        text[len] = '\0';
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        put_line(test, id, i % 50 == 7 ? "partial" : text);
    }
    free(text);
    ml_buffer first = {0};
    for (unsigned threads = 0; threads <= 8; threads += 2) {
        assert_int_equal(run(test, threads), ML_E_PARTIAL);
        assert_int_equal(test->report.articles, 1000);
        assert_int_equal(test->report.failed, 20);
        if (threads == 0)
            ml_buffer_str(&first, ml_buffer_view(&test->records));
        assert_int_equal(test->records.len, first.len);
        assert_memory_equal(test->records.ptr, first.ptr, first.len);
    }
    ml_buffer_dispose(&first);
}

static void failing_sink_ends_the_run(void **state)
{
    fixture *test = *state;
    for (int i = 0; i < 200; i++)
        put_line(test, "a", "one");
    for (unsigned threads = 0; threads < 4; threads++) {
        test->writes_left = 5;
        assert_int_equal(run(test, threads), ML_E_IO);
        assert_int_equal(test->progress, 5);
        assert_int_equal(test->error.status, ML_E_IO);
    }
}

static void failing_extraction_ends_the_run(void **state)
{
    fixture *test = *state;
    for (int i = 0; i < 200; i++)
        put_line(test, "a", i == 50 ? "fatal" : "one");
    for (unsigned threads = 0; threads < 4; threads++) {
        assert_int_equal(run(test, threads), ML_E_MEMORY);
        assert_int_equal(test->progress, 50);
        assert_string_equal(test->error.message, "no more");
    }
}

static void missing_input_is_an_io_error_and_the_others_are_done(void **state)
{
    fixture *test = *state;
    put_line(test, "a", "one");
    assert_int_equal(run(test, 2), ML_OK);
    const char *inputs[] = {"batch_test.missing", test->path};
    const ml_run_options options = options_of(test, 2);
    ml_sink sink = {take, test};
    test->progress = 0;
    assert_int_equal(ml_extract_inputs(NULL, inputs, 2, &options, sink, NULL, NULL), ML_E_IO);
    assert_int_equal(test->progress, 2);
    assert_int_equal(ml_extract_inputs(NULL, inputs, 0, NULL, sink, NULL, NULL), ML_OK);
}

static void wrong_options_are_refused(void **state)
{
    fixture *test = *state;
    const char *input = test->path;
    ml_sink sink = {take, test};
    const ml_run_options options = {.format = "xml"};
    assert_int_equal(ml_extract_inputs(NULL, &input, 1, &options, sink, NULL, &test->error), ML_E_USAGE);
    fclose(test->file);
}

static void network_takes_articles_and_records(void **state)
{
    fixture *test = *state;
    ml_network network = {{0}};
    put_line(test, "a", "one");
    fputs(RECORD("r") "\n", test->file);
    fputs("{\"schema\":\"mangluoi-record/1\",\"id\":\"refuse\"}\n", test->file);
    assert_int_equal(fclose(test->file), 0);
    const char *input = test->path;
    const ml_run_options options = options_of(test, 3);
    assert_int_equal(ml_network_build(&network, NULL, &input, 1, &options, &test->report, &test->error), ML_E_PARTIAL);
    assert_text(&network.lines, "a 2001-01-01 one\n" RECORD("r") "\n");
    assert_int_equal(test->report.articles, 3);
    assert_int_equal(test->report.failed, 1);
    assert_text(&test->complaints, "3:0: not a record: refused\n");
    ml_buffer_dispose(&network.lines);
}

static void explanations_leave_out_what_failed(void **state)
{
    fixture *test = *state;
    put_line(test, "a", "one");
    put_line(test, "b", "partial");
    fputs(RECORD("c") "\n", test->file);
    put_line(test, "d", "four");
    fclose(test->file);
    test->file = NULL;
    const char *input = test->path;
    for (unsigned threads = 0; threads < 4; threads++) {
        const ml_run_options options = options_of(test, threads);
        ml_buffer_clear(&test->records);
        ml_buffer_clear(&test->complaints);
        test->progress = 0;
        assert_int_equal(ml_explain_inputs(NULL, &input, 1, &options, "text", (ml_sink){take, test}, NULL, NULL),
                         ML_E_PARTIAL);
        assert_text(&test->records, "(ad)");
        assert_text(&test->complaints,
                    "2:7: no good text\n3:0: a record has no text to show: give the article itself\n");
        ml_buffer_clear(&test->records);
        test->progress = 0;
        assert_int_equal(ml_explain_inputs(NULL, &input, 1, &options, "brat", (ml_sink){take, test}, NULL, NULL),
                         ML_E_PARTIAL);
        assert_text(&test->records, "(#1 one a;#2 four d;)");
    }
    assert_int_equal(ml_explain_inputs(NULL, &input, 1, NULL, "none", (ml_sink){take, test}, NULL, NULL), ML_E_USAGE);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_article_gives_its_record),
        TEST(explanations_leave_out_what_failed),
        TEST(failures_leave_error_records_in_their_places),
        TEST(records_pass_through_if_they_are_records),
        TEST(output_is_the_same_for_any_number_of_threads),
        TEST(failing_sink_ends_the_run),
        TEST(failing_extraction_ends_the_run),
        TEST(missing_input_is_an_io_error_and_the_others_are_done),
        TEST(wrong_options_are_refused),
        TEST(network_takes_articles_and_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
