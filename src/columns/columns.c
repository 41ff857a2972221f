#include "columns/columns.h"

#include <stdlib.h>

static const ml_column_form mention_columns[] = {
    {"article", ML_COLUMN_TEXT, false}, {"start", ML_COLUMN_INT32, false}, {"end", ML_COLUMN_INT32, false},
    {"type", ML_COLUMN_TEXT, false},    {"entity", ML_COLUMN_TEXT, false}, {"confidence", ML_COLUMN_DOUBLE, false},
    {"rule", ML_COLUMN_TEXT, false},
};
static const ml_column_form entity_columns[] = {
    {"article", ML_COLUMN_TEXT, false}, {"id", ML_COLUMN_TEXT, false},  {"type", ML_COLUMN_TEXT, false},
    {"name", ML_COLUMN_TEXT, false},    {"date", ML_COLUMN_TEXT, true}, {"parent", ML_COLUMN_TEXT, true},
};
static const ml_column_form relation_columns[] = {
    {"article", ML_COLUMN_TEXT, false}, {"type", ML_COLUMN_TEXT, false},         {"source", ML_COLUMN_TEXT, false},
    {"target", ML_COLUMN_TEXT, false},  {"title", ML_COLUMN_TEXT, true},         {"date", ML_COLUMN_TEXT, true},
    {"modality", ML_COLUMN_TEXT, true}, {"confidence", ML_COLUMN_DOUBLE, false}, {"rule", ML_COLUMN_TEXT, false},
    {"start", ML_COLUMN_INT32, false},  {"end", ML_COLUMN_INT32, false},
};
static const ml_column_form error_columns[] = {
    {"article", ML_COLUMN_TEXT, false},
    {"code", ML_COLUMN_TEXT, false},
    {"message", ML_COLUMN_TEXT, false},
};

enum { MENTIONS, ENTITIES, RELATIONS, ERRORS, TABLES };

static const ml_table_form forms[TABLES] = {
    [MENTIONS] = {"mentions", mention_columns, sizeof mention_columns / sizeof *mention_columns},
    [ENTITIES] = {"entities", entity_columns, sizeof entity_columns / sizeof *entity_columns},
    [RELATIONS] = {"relations", relation_columns, sizeof relation_columns / sizeof *relation_columns},
    [ERRORS] = {"errors", error_columns, sizeof error_columns / sizeof *error_columns},
};

struct ml_columns {
    ml_worker *worker;
    ml_column_table table[TABLES];
};

ml_status ml_columns_new(const ml_context *context, ml_columns **out, ml_error *error)
{
    ml_columns *columns = calloc(1, sizeof *columns);
    if (!columns)
        return ml_fail_memory(error);
    for (int i = 0; i < TABLES; i++)
        columns->table[i].form = &forms[i];
    ml_status status = ml_worker_new(context, &columns->worker, error);
    if (status != ML_OK) {
        ml_columns_free(columns);
        return status;
    }
    *out = columns;
    return ML_OK;
}

void ml_columns_free(ml_columns *columns)
{
    if (!columns)
        return;
    for (int i = 0; i < TABLES; i++)
        ml_columns__dispose(&columns->table[i]);
    ml_worker_free(columns->worker);
    free(columns);
}

/* ---- a row, column by column ---- */

typedef struct {
    ml_column_table *table;
    uint32_t next;
} row_writer;

static void put_number(ml_buffer *buffer, const void *number, size_t size)
{
    ml_buffer_bytes(buffer, number, size);
}

static void put_valid(const ml_column_table *table, ml_column *column, bool valid)
{
    uint32_t bit = (uint32_t)(table->row_count & 7);
    if (!bit)
        ml_buffer_char(&column->valid, '\0');
    if (valid && !column->valid.failed)
        column->valid.ptr[column->valid.len - 1] = (char)(column->valid.ptr[column->valid.len - 1] | 1 << bit);
    column->null_count += !valid;
}

static void put_text(row_writer *row, ml_str text)
{
    ml_column_table *table = row->table;
    ml_column *column = &table->column[row->next];
    bool nullable = table->form->column[row->next++].nullable;
    const int32_t zero = 0;
    if (!column->offsets.len)
        put_number(&column->offsets, &zero, sizeof zero);
    table->full = table->full || column->values.len + text.len > INT32_MAX;
    ml_buffer_str(&column->values, text);
    int32_t end = (int32_t)column->values.len;
    put_number(&column->offsets, &end, sizeof end);
    if (nullable)
        put_valid(table, column, text.len > 0);
}

static void put_int(row_writer *row, uint32_t number)
{
    int32_t value = (int32_t)number; /* below 2^23: a text has at most 8 MiB */
    put_number(&row->table->column[row->next++].values, &value, sizeof value);
}

static void put_milli(row_writer *row, uint16_t milli)
{
    double value = milli / 1000.0;
    put_number(&row->table->column[row->next++].values, &value, sizeof value);
}

static void end_row(row_writer *row)
{
    row->table->row_count++;
}

static void put_mention(ml_column_table *table, const ml_record *record, const ml_record_mention *mention)
{
    row_writer row = {.table = table};
    put_text(&row, record->id);
    put_int(&row, mention->start);
    put_int(&row, mention->end);
    put_text(&row, ml_entity_type_name(mention->type));
    put_text(&row, record->entities[mention->entity].id);
    put_milli(&row, mention->confidence_milli);
    put_text(&row, mention->rule);
    end_row(&row);
}

static void put_entity(ml_column_table *table, const ml_record *record, const ml_record_entity *entity)
{
    row_writer row = {.table = table};
    put_text(&row, record->id);
    put_text(&row, entity->id);
    put_text(&row, ml_entity_type_name(entity->type));
    put_text(&row, entity->name);
    put_text(&row, entity->date);
    put_text(&row, entity->parent);
    end_row(&row);
}

static void put_relation(ml_column_table *table, const ml_record *record, const ml_record_relation *relation)
{
    row_writer row = {.table = table};
    put_text(&row, record->id);
    put_text(&row, relation->type);
    put_text(&row, record->entities[relation->source].id);
    put_text(&row, record->entities[relation->target].id);
    put_text(&row, relation->title);
    put_text(&row, relation->date);
    put_text(&row, relation->modality);
    put_milli(&row, relation->confidence_milli);
    put_text(&row, relation->rule);
    put_int(&row, relation->start);
    put_int(&row, relation->end);
    end_row(&row);
}

static void put_error(ml_column_table *table, const ml_record *record)
{
    row_writer row = {.table = table};
    put_text(&row, record->id);
    put_text(&row, record->error_code);
    put_text(&row, record->error_message);
    end_row(&row);
}

static void put_record(ml_columns *columns, const ml_record *record)
{
    for (uint32_t i = 0; i < record->mention_count; i++)
        put_mention(&columns->table[MENTIONS], record, &record->mentions[i]);
    for (uint32_t i = 0; i < record->entity_count; i++)
        put_entity(&columns->table[ENTITIES], record, &record->entities[i]);
    for (uint32_t i = 0; i < record->relation_count; i++)
        put_relation(&columns->table[RELATIONS], record, &record->relations[i]);
    if (record->error_code.len)
        put_error(&columns->table[ERRORS], record);
}

ml_status ml_columns_extract(ml_columns *columns, const ml_article *articles, size_t count, ml_error *error)
{
    for (size_t i = 0; i < count; i++) {
        ml_record record;
        ml_status status = ml_document_read(columns->worker, &articles[i], NULL, &record, NULL);
        if (status == ML_OK || status == ML_E_PARTIAL)
            put_record(columns, &record);
        else
            return ml_fail_memory(error);
    }
    for (int i = 0; i < TABLES; i++) {
        if (columns->table[i].full)
            return ml_fail(error, ML_E_LIMIT, ML_STR(""),
                           "more than 2 GiB of text in a column: take the tables after fewer articles");
    }
    return ML_OK;
}

ml_status ml_columns_take(ml_columns *columns, const char *table, struct ArrowSchema *schema, struct ArrowArray *array,
                          ml_error *error)
{
    for (int i = 0; i < TABLES; i++) {
        if (strcmp(forms[i].name, table) == 0)
            return ml_columns__hand_over(&columns->table[i], schema, array, error);
    }
    return ml_fail(error, ML_E_USAGE, ML_STR(""), "there is no table `%s`: use mentions, entities, relations or errors",
                   table);
}
