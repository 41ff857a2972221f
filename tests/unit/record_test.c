#include "record/record.h"

#include "base/json.h"
#include "base/map.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const char *const full_line =
    "{\"schema\":\"mangluoi-record/1\",\"id\":\"a-1\",\"title\":\"Hợp tác \\\"mới\\\"\",\"date\":\"2019-08-17\","
    "\"source\":\"báo\",\"mentions\":[{\"start\":6,\"end\":12,\"type\":\"locality\",\"entity\":\"vn-36\","
    "\"confidence\":0.95,\"rule\":\"gazetteer\"}],\"entities\":[{\"id\":\"vn-36\",\"type\":\"locality\",\"name\":"
    "\"Tỉnh Nam Định\",\"parent\":\"vn\"},{\"id\":\"p-1\",\"type\":\"person\",\"name\":\"Phạm Đình "
    "Nghị\",\"candidates\":[\"p-2\",\"p-3\"]},{\"id\":"
    "\"e-1\",\"type\":\"event\",\"name\":\"Hội nghị\",\"date\":\"2019-08-17\"}],\"relations\":[{\"type\":\"attended\","
    "\"source\":\"p-1\",\"target\":\"e-1\",\"date\":\"2019-08\",\"modality\":\"planned\",\"confidence\":1,\"rule\":"
    "\"attended.1\",\"evidence\":{\"start\":0,\"end\":90}},{\"type\":\"holds_position\",\"source\":\"p-1\",\"target\":"
    "\"vn-36\",\"title\":\"Chủ "
    "tịch\",\"confidence\":0.5,\"rule\":\"title\",\"evidence\":{\"start\":91,\"end\":120}}],\"claims\":[{\"type\":"
    "\"attended\",\"source\":\"p-1\","
    "\"target\":\"e-1\",\"modality\":\"denied\",\"confidence\":1,\"rule\":\"attended.1\",\"evidence\":{\"start\":91,"
    "\"end\":120}}]}"
    "\n";

static ml_status read_line(const char *line, ml_arena *arena, ml_record *record, ml_error *error)
{
    *error = (ml_error){0};
    return ml_record_read(ml_str_from(line), arena, record, error);
}

static void assert_str(ml_str actual, const char *expected)
{
    assert_int_equal(actual.len, strlen(expected));
    assert_memory_equal(actual.ptr, expected, actual.len);
}

static void written_line_is_read_and_written_the_same(void **state)
{
    (void)state;
    ml_arena arena = {0};
    ml_record record;
    ml_error error;
    assert_int_equal(read_line(full_line, &arena, &record, &error), ML_OK);
    assert_str(record.id, "a-1");
    assert_str(record.title, "Hợp tác \"mới\"");
    assert_int_equal(record.mentions[0].entity, 0);
    assert_int_equal(record.mentions[0].confidence_milli, 950);
    assert_int_equal(record.entities[2].type, ML_EVENT);
    assert_int_equal(record.relations[1].source, 1);
    assert_int_equal(record.relations[1].end, 120);
    assert_str(record.relations[0].modality, "planned");
    assert_int_equal(record.relation_count, 2);
    assert_int_equal(record.claim_count, 1);
    assert_str(record.claims[0].modality, "denied");
    assert_int_equal(record.entities[1].candidate_count, 2);
    assert_str(record.entities[1].candidates[1], "p-3");

    ml_buffer out = {0};
    ml_record_write(&record, &out);
    assert_false(out.failed);
    assert_str(ml_buffer_view(&out), full_line);
    ml_buffer_dispose(&out);
    ml_arena_dispose(&arena);
}

static void record_by_the_contract_alone_is_read(void **state)
{
    (void)state;
    ml_arena arena = {0};
    ml_record record;
    ml_error error;
    const char *line =
        "{\"id\": \"x\", \"relations\": [{\"target\": \"b\", \"type\": \"t\", \"source\": \"a\", \"new\": "
        "[1, {}]}], \"schema\": \"mangluoi-record/1\", \"mentions\": [{\"start\": 0, \"end\": 0, "
        "\"type\": \"person\", \"entity\": \"a\"}], \"title\": null, \"entities\": [{\"id\": \"a\", "
        "\"type\": \"person\", \"name\": \"A\"}, {\"id\": \"b\", \"type\": \"body\", \"name\": \"B\"}]}";
    assert_int_equal(read_line(line, &arena, &record, &error), ML_OK);
    assert_int_equal(record.mentions[0].confidence_milli, 1000);
    assert_int_equal(record.mentions[0].rule.len, 0);
    assert_int_equal(record.relations[0].target, 1);
    assert_int_equal(record.relations[0].confidence_milli, 1000);
    assert_int_equal(record.relations[0].end, 0);
    assert_int_equal(record.title.len, 0);
    ml_arena_dispose(&arena);
}

static void error_record_is_read_and_written_the_same(void **state)
{
    (void)state;
    ml_arena arena = {0};
    ml_record record;
    ml_error error;
    const char *line = "{\"schema\":\"mangluoi-record/1\",\"id\":\"bad\",\"error\":{\"code\":\"encoding\",\"message\":"
                       "\"not UTF-8 at byte 7\"}}\n";
    assert_int_equal(read_line(line, &arena, &record, &error), ML_OK);
    assert_str(record.error_code, "encoding");
    assert_int_equal(record.entity_count, 0);
    ml_buffer out = {0};
    ml_record_write(&record, &out);
    assert_str(ml_buffer_view(&out), line);
    ml_buffer_dispose(&out);
    ml_arena_dispose(&arena);
}

#define HEAD "{\"schema\":\"mangluoi-record/1\",\"id\":\"r\","
#define ENTITY "{\"id\":\"a\",\"type\":\"body\",\"name\":\"A\"}"

static void malformed_records_are_refused_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *line, *message;
    } cases[] = {
        {"", "expected a value"},
        {"[]", "must be an object"},
        {"{\"id\":\"r\"}", "schema"},
        {"{\"schema\":\"mangluoi-record/2\",\"id\":\"r\"}", "another version"},
        {"{\"schema\":\"mangluoi-record/1\"}", "id: missing"},
        {HEAD "\"title\":\"\xc3(\"}", "not UTF-8"},
        {HEAD "\"title\":\"\\u0000\"}", "\\u0000"},
        {HEAD "\"title\":\"\\ud800\"}", "surrogate"},
        {HEAD "\"title\":\"a\nb\"}", "control character"},
        {HEAD "\"title\":1}", "title: must be a string"},
        {HEAD "\"title\":\"a\",\"title\":\"b\"}", "given twice"},
        {HEAD "\"title\":null,\"title\":\"b\"}", "given twice"},
        {HEAD "\"date\":\"17/8/2019\"}", "must be a date"},
        {HEAD "\"entities\":{}}", "entities: must be an array"},
        {HEAD "\"entities\":[1]}", "entities[0].value: must be an object"},
        {HEAD "\"entities\":[{\"id\":\"1a\",\"type\":\"body\",\"name\":\"A\"}]}", "must be a letter"},
        {HEAD "\"entities\":[{\"id\":\"\",\"type\":\"body\",\"name\":\"A\"}]}", "must be a letter"},
        {HEAD "\"entities\":[{\"id\":\"a\",\"type\":\"Body\",\"name\":\"A\"}]}", "must be person"},
        {HEAD "\"entities\":[{\"id\":\"a\",\"type\":\"body\"}]}", "entities[0].name: missing"},
        {HEAD "\"entities\":[" ENTITY "," ENTITY "]}", "entities[1].id: another entity"},
        {HEAD "\"mentions\":[{\"start\":0,\"end\":1,\"type\":\"body\",\"entity\":\"b\"}],\"entities\":[" ENTITY "]}",
         "mentions[0].entity"},
        {HEAD "\"mentions\":[{\"start\":2,\"end\":1,\"type\":\"body\",\"entity\":\"a\"}],\"entities\":[" ENTITY "]}",
         "must not be below start"},
        {HEAD "\"mentions\":[{\"start\":-1,\"end\":1,\"type\":\"body\",\"entity\":\"a\"}],\"entities\":[" ENTITY "]}",
         "whole number"},
        {HEAD "\"mentions\":[{\"start\":0.5,\"end\":1,\"type\":\"body\",\"entity\":\"a\"}],\"entities\":[" ENTITY "]}",
         "whole number"},
        {HEAD "\"mentions\":[{\"start\":0,\"end\":1e99,\"type\":\"body\",\"entity\":\"a\"}],\"entities\":[" ENTITY "]}",
         "whole number"},
        {HEAD "\"entities\":[" ENTITY "],\"relations\":[{\"type\":\"t\",\"source\":\"a\",\"target\":\"b\"}]}",
         "relations[0].target"},
        {HEAD "\"entities\":[" ENTITY "],\"relations\":[{\"type\":\"t\",\"source\":\"a\",\"target\":\"a\","
              "\"confidence\":1.5}]}",
         "from 0 to 1"},
        {HEAD "\"entities\":[" ENTITY "],\"relations\":[{\"type\":\"\",\"source\":\"a\",\"target\":\"a\"}]}",
         "must not be empty"},
        {HEAD "\"x\":0000}", "expected ',' or '}'"},
        {HEAD "\"error\":{\"message\":\"m\"}}", "code: missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ml_arena arena = {0};
        ml_record record = {.entity_count = 77};
        ml_error error;
        if (read_line(cases[i].line, &arena, &record, &error) != ML_E_SYNTAX ||
            !strstr(error.message, cases[i].message))
            fail_msg("case %zu: \"%s\" does not say \"%s\"", i, error.message, cases[i].message);
        assert_int_equal(record.entity_count, 77);
        ml_arena_dispose(&arena);
    }
}

static void refusal_names_the_record(void **state)
{
    (void)state;
    ml_arena arena = {0};
    ml_record record;
    ml_error error;
    assert_int_equal(read_line(HEAD "\"title\":1}", &arena, &record, &error), ML_E_SYNTAX);
    assert_string_equal(error.where, "r");
    ml_arena_dispose(&arena);
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    char line[1024] = HEAD "\"x\":";
    size_t len = strlen(line);
    memset(line + len, '[', 600);
    ml_arena arena = {0};
    ml_record record;
    ml_error error;
    assert_int_equal(read_line(line, &arena, &record, &error), ML_E_SYNTAX);
    assert_non_null(strstr(error.message, "too deeply"));
    ml_arena_dispose(&arena);
}

/* Every beginning of a record is malformed, and no changed byte may do harm. */
static void damaged_lines_do_no_harm(void **state)
{
    (void)state;
    ml_arena arena = {0};
    ml_buffer copy = {0};
    uint32_t len = (uint32_t)strlen(full_line);
    for (uint32_t i = 0; i + 1 < len; i++) {
        ml_record record;
        ml_error error = {0};
        assert_int_equal(ml_record_read((ml_str){full_line, i}, &arena, &record, &error), ML_E_SYNTAX);
        ml_buffer_clear(&copy);
        ml_buffer_bytes(&copy, full_line, len);
        copy.ptr[i] = (char)(copy.ptr[i] ^ 0x15);
        error = (ml_error){0};
        ml_status status = ml_record_read(ml_buffer_view(&copy), &arena, &record, &error);
        assert_true(status == ML_OK || status == ML_E_SYNTAX);
        ml_arena_reset(&arena);
    }
    ml_buffer_dispose(&copy);
    ml_arena_dispose(&arena);
}

static void symmetric_relations_are_two(void **state)
{
    (void)state;
    assert_true(ml_relation_symmetric(ML_STR("cooperates_with")));
    assert_true(ml_relation_symmetric(ML_STR("met_with")));
    assert_false(ml_relation_symmetric(ML_STR("visited")));
}

static void map_keeps_every_key(void **state)
{
    (void)state;
    static char keys[5000][8];
    ml_map map = {0};
    for (uint32_t i = 0; i < 5000; i++) {
        int len = snprintf(keys[i], sizeof keys[i], "k%u", i);
        uint32_t value = i;
        bool added;
        assert_true(ml_map_add(&map, (ml_str){keys[i], (uint32_t)len}, &value, &added));
        assert_true(added);
    }
    uint32_t value = 1;
    bool added;
    assert_true(ml_map_add(&map, ML_STR("k4999"), &value, &added));
    assert_false(added);
    assert_int_equal(value, 4999);
    for (uint32_t i = 0; i < 5000; i++) {
        assert_true(ml_map_find(&map, ml_str_from(keys[i]), &value));
        assert_int_equal(value, i);
    }
    assert_false(ml_map_find(&map, ML_STR("k5000"), &value));
    ml_map_clear(&map);
    assert_false(ml_map_find(&map, ML_STR("k1"), &value));
    ml_map_dispose(&map);
}

static void code_points_are_counted(void **state)
{
    (void)state;
    uint32_t code_point = 0;
    assert_int_equal(ml_utf8_count(ML_STR("Nghị")), 4);
    assert_int_equal(ml_utf8_read(ML_STR("ị"), 0, &code_point), 3);
    assert_int_equal(code_point, 0x1ecb);
    assert_int_equal(ml_utf8_read(ML_STR("\xed\xa0\x80"), 0, &code_point), 0);
    assert_int_equal(ml_utf8_read(ML_STR("\xc0\x80"), 0, &code_point), 0);
    assert_int_equal(ml_utf8_read(ML_STR("\xf4\x90\x80\x80"), 0, &code_point), 0);
    assert_int_equal(ml_utf8_read(ML_STR("\xe1\xbb"), 0, &code_point), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_line_is_read_and_written_the_same),
        cmocka_unit_test(record_by_the_contract_alone_is_read),
        cmocka_unit_test(error_record_is_read_and_written_the_same),
        cmocka_unit_test(malformed_records_are_refused_with_a_reason),
        cmocka_unit_test(refusal_names_the_record),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(damaged_lines_do_no_harm),
        cmocka_unit_test(symmetric_relations_are_two),
        cmocka_unit_test(map_keeps_every_key),
        cmocka_unit_test(code_points_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
