#include "columns/columns.h"

#include "support.h"

static const char sentence[] = "Sáng 17-8, Chủ tịch UBND tỉnh Nam Định Phạm Đình Nghị chủ trì hội nghị.";

static ml_article article(const char *id, const char *text)
{
    return (ml_article){.id = ml_str_from(id), .text = ml_str_from(text)};
}

static void take(ml_columns *columns, const char *table, struct ArrowSchema *schema, struct ArrowArray *array)
{
    ml_error error = {0};
    assert_int_equal(ml_columns_take(columns, table, schema, array, &error), ML_OK);
    assert_int_equal(schema->n_children, array->n_children);
    for (int64_t i = 0; i < array->n_children; i++) {
        const struct ArrowArray *column = array->children[i];
        assert_int_equal(column->length, array->length);
        assert_int_equal(column->n_buffers, schema->children[i]->format[0] == 'u' ? 3 : 2);
        assert_non_null(column->buffers[1]);
    }
}

static void release(struct ArrowSchema *schema, struct ArrowArray *array)
{
    schema->release(schema);
    array->release(array);
    assert_null(schema->release);
    assert_null(array->release);
}

static ml_str text_at(const struct ArrowArray *table, int column, int row)
{
    const int32_t *offsets = table->children[column]->buffers[1];
    const char *values = table->children[column]->buffers[2];
    return (ml_str){values + offsets[row], (uint32_t)(offsets[row + 1] - offsets[row])};
}

static void what_articles_say_is_in_columns(void **state)
{
    const ml_article articles[] = {article("a", sentence), article("b", "\xff"), article("c", sentence)};
    ml_columns *columns;
    struct ArrowSchema schema;
    struct ArrowArray array;
    assert_int_equal(ml_columns_new(*state, &columns, NULL), ML_OK);
    assert_int_equal(ml_columns_extract(columns, articles, 3, NULL), ML_OK);
    take(columns, "relations", &schema, &array);
    assert_int_equal(array.length, 4);
    assert_string_equal(schema.children[1]->name, "type");
    assert_str(text_at(&array, 0, 0), "a");
    assert_str(text_at(&array, 1, 1), "chaired");
    assert_str(text_at(&array, 0, 3), "c");
    assert_str(text_at(&array, 4, 0), "Chủ tịch");
    assert_int_equal(array.children[4]->null_count, 2); /* no title but that of a post */
    assert_int_equal(*(const unsigned char *)array.children[4]->buffers[0], 1 | 4);
    release(&schema, &array);
    take(columns, "errors", &schema, &array);
    assert_int_equal(array.length, 1);
    assert_str(text_at(&array, 1, 0), "not_utf8");
    ml_columns_free(columns); /* what was handed over outlives it */
    assert_str(text_at(&array, 0, 0), "b");
    release(&schema, &array);
}

static void what_was_taken_is_gone(void **state)
{
    const ml_article one = article("a", sentence);
    ml_columns *columns;
    struct ArrowSchema schema;
    struct ArrowArray array;
    assert_int_equal(ml_columns_new(*state, &columns, NULL), ML_OK);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(ml_columns_extract(columns, &one, 1, NULL), ML_OK);
        take(columns, "mentions", &schema, &array);
        assert_int_equal(array.length, 3);
        release(&schema, &array);
        take(columns, "mentions", &schema, &array);
        assert_int_equal(array.length, 0);
        release(&schema, &array);
    }
    ml_columns_free(columns);
}

static void a_column_may_be_moved_out(void **state)
{
    const ml_article one = article("a", sentence);
    ml_columns *columns;
    struct ArrowSchema schema;
    struct ArrowArray array;
    assert_int_equal(ml_columns_new(*state, &columns, NULL), ML_OK);
    assert_int_equal(ml_columns_extract(columns, &one, 1, NULL), ML_OK);
    take(columns, "entities", &schema, &array);
    struct ArrowArray moved = *array.children[3];
    array.children[3]->release = NULL; /* as the interface has it */
    release(&schema, &array);
    assert_int_equal(moved.length, 3);
    moved.release(&moved);
    ml_columns_free(columns);
}

static void other_tables_are_refused(void **state)
{
    ml_columns *columns;
    struct ArrowSchema schema;
    struct ArrowArray array;
    ml_error error = {0};
    assert_int_equal(ml_columns_new(*state, &columns, NULL), ML_OK);
    assert_int_equal(ml_columns_take(columns, "claims", &schema, &array, &error), ML_E_USAGE);
    assert_holds(ml_str_from(error.message), "mentions, entities, relations or errors");
    ml_columns_free(columns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_articles_say_is_in_columns),
        cmocka_unit_test(what_was_taken_is_gone),
        cmocka_unit_test(a_column_may_be_moved_out),
        cmocka_unit_test(other_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
