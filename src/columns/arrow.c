#include "columns/columns.h"

#include <stdlib.h>

enum { BUFFERS_MOST = 3 };

/* What an exported column owns. */
typedef struct {
    ml_buffer values, offsets, valid;
    const void *buffers[BUFFERS_MOST];
} owned_column;

/* What an exported table owns besides its columns. */
typedef struct {
    struct ArrowArray *child[ML_COLUMNS_MOST];
    struct ArrowArray column[ML_COLUMNS_MOST];
    const void *buffers[1];
} owned_table;

typedef struct {
    struct ArrowSchema *child[ML_COLUMNS_MOST];
    struct ArrowSchema column[ML_COLUMNS_MOST];
} owned_schema;

static void release_column(struct ArrowArray *array)
{
    owned_column *owned = array->private_data;
    ml_buffer_dispose(&owned->values);
    ml_buffer_dispose(&owned->offsets);
    ml_buffer_dispose(&owned->valid);
    free(owned);
    array->release = NULL;
}

/* A consumer may have moved columns out: those are released by whoever has them. */
static void release_table(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    }
    free(array->private_data);
    array->release = NULL;
}

static void release_schema_column(struct ArrowSchema *schema)
{
    schema->release = NULL; /* its texts are static */
}

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    }
    free(schema->private_data);
    schema->release = NULL;
}

static const char *format_of(ml_column_kind kind)
{
    static const char *const formats[] = {[ML_COLUMN_TEXT] = "u", [ML_COLUMN_INT32] = "i", [ML_COLUMN_DOUBLE] = "g"};
    return formats[kind];
}

/* Arrow has it that the offsets of no texts are one zero, and that no buffer of values is NULL. */
static bool complete(const ml_column_form *form, ml_column *column)
{
    const int32_t zero = 0;
    if (form->kind == ML_COLUMN_TEXT && !column->offsets.len)
        ml_buffer_bytes(&column->offsets, (const char *)&zero, sizeof zero);
    ml_buffer_reserve(&column->values, 1);
    return !column->values.failed && !column->offsets.failed && !column->valid.failed;
}

/* Moves the column's buffers into `owned`, and describes them. */
static void move_column(const ml_column_form *form, ml_column *column, int64_t rows, owned_column *owned,
                        struct ArrowArray *out)
{
    *owned = (owned_column){.values = column->values, .offsets = column->offsets, .valid = column->valid};
    bool text = form->kind == ML_COLUMN_TEXT;
    owned->buffers[0] = column->null_count ? owned->valid.ptr : NULL;
    owned->buffers[1] = text ? owned->offsets.ptr : owned->values.ptr;
    owned->buffers[2] = text ? owned->values.ptr : NULL;
    *out = (struct ArrowArray){.length = rows,
                               .null_count = column->null_count,
                               .n_buffers = text ? 3 : 2,
                               .buffers = owned->buffers,
                               .release = release_column,
                               .private_data = owned};
    *column = (ml_column){0};
}

static void describe(const ml_table_form *form, owned_schema *owned, struct ArrowSchema *out)
{
    for (uint32_t i = 0; i < form->column_count; i++) {
        owned->child[i] = &owned->column[i];
        owned->column[i] = (struct ArrowSchema){.format = format_of(form->column[i].kind),
                                                .name = form->column[i].name,
                                                .flags = form->column[i].nullable ? ARROW_FLAG_NULLABLE : 0,
                                                .release = release_schema_column};
    }
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = form->column_count,
                                .children = owned->child,
                                .release = release_schema,
                                .private_data = owned};
}

static void free_columns(owned_column **column, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        free(column[i]);
}

ml_status ml_columns__hand_over(ml_column_table *table, struct ArrowSchema *schema, struct ArrowArray *array,
                                ml_error *error)
{
    const ml_table_form *form = table->form;
    owned_column *column[ML_COLUMNS_MOST] = {NULL};
    owned_table *owned = calloc(1, sizeof *owned);
    owned_schema *described = calloc(1, sizeof *described);
    bool ready = owned && described;
    for (uint32_t i = 0; i < form->column_count; i++) {
        column[i] = malloc(sizeof *column[i]);
        ready = ready && column[i] && complete(&form->column[i], &table->column[i]);
    }
    if (!ready) {
        free_columns(column, form->column_count);
        free(owned);
        free(described);
        return ml_fail_memory(error);
    }
    for (uint32_t i = 0; i < form->column_count; i++) {
        owned->child[i] = &owned->column[i];
        move_column(&form->column[i], &table->column[i], table->row_count, column[i], &owned->column[i]);
    }
    describe(form, described, schema);
    *array = (struct ArrowArray){.length = table->row_count,
                                 .n_buffers = 1,
                                 .n_children = form->column_count,
                                 .buffers = owned->buffers,
                                 .children = owned->child,
                                 .release = release_table,
                                 .private_data = owned};
    table->row_count = 0;
    table->full = false;
    return ML_OK;
}

void ml_columns__dispose(ml_column_table *table)
{
    for (uint32_t i = 0; i < table->form->column_count; i++) {
        ml_buffer_dispose(&table->column[i].values);
        ml_buffer_dispose(&table->column[i].offsets);
        ml_buffer_dispose(&table->column[i].valid);
    }
}
