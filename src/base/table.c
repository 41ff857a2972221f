#include "base/table.h"

#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>

static const size_t table_limit_bytes = (size_t)512 * 1024 * 1024;

void ml_faults_add(ml_faults *faults, ml_str file, uint32_t line, uint32_t column, const char *format, ...)
{
    char message[sizeof faults->first.message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    faults->count++;
    ml_fail_at(&faults->first, ML_E_DATA, file, line, column, "%s", message);
    if (faults->lines)
        ml_buffer_format(faults->lines, "%.*s:%u:%u: %s\n", (int)file.len, file.ptr, line, column, message);
}

static uint32_t count_lines(ml_str text)
{
    uint32_t count = 1;
    for (uint32_t at = ml_str_find(text, '\n', 0); at < text.len; at = ml_str_find(text, '\n', at + 1))
        count++;
    return count;
}

/* Splits a row into `count` fields; false when it has more or fewer. */
static bool split_row(ml_str line, ml_str *fields, uint32_t count)
{
    uint32_t got = 0;
    while (line.ptr) {
        ml_str field = ml_str_split(&line, '\t');
        if (got < count)
            fields[got] = field;
        got++;
    }
    return got == count;
}

static bool header_matches(ml_str line, ml_str columns)
{
    while (line.ptr && columns.ptr) {
        if (!ml_str_equal(ml_str_split(&line, '\t'), ml_str_split(&columns, '|')))
            return false;
    }
    return !line.ptr && !columns.ptr;
}

static uint32_t count_columns(ml_str columns)
{
    uint32_t count = 0;
    for (; columns.ptr; count++)
        ml_str_split(&columns, '|');
    return count;
}

static void read_rows(ml_table *table, ml_str text, ml_str schema, ml_str columns, ml_str *fields, uint32_t *lines,
                      ml_faults *faults)
{
    for (uint32_t number = 1; text.ptr; number++) {
        ml_str line = ml_str_split(&text, '\n');
        if (number == 1) {
            ml_str wanted = ml_str_slice(line, 8, line.len);
            if (!ml_str_starts(line, ML_STR("#schema ")) || !ml_str_equal(wanted, schema))
                ml_faults_add(faults, table->file, 1, 1, "wrong first line: write `#schema %.*s`", (int)schema.len,
                              schema.ptr);
        } else if (number == 2) {
            if (!header_matches(line, columns))
                ml_faults_add(faults, table->file, 2, 1, "wrong columns: write, separated by tabs, %.*s",
                              (int)columns.len, columns.ptr);
        } else if (line.len && line.ptr[0] != '#') {
            if (split_row(line, fields + (size_t)table->row_count * table->column_count, table->column_count))
                lines[table->row_count++] = number;
            else
                ml_faults_add(faults, table->file, number, 1, "not %u fields: separate the columns by single tabs",
                              table->column_count);
        } else if (!line.len && text.ptr) {
            ml_faults_add(faults, table->file, number, 1, "empty line: take it out");
        }
    }
}

ml_status ml_table_read(const char *folder, const char *name, const char *schema, const char *columns, ml_arena *arena,
                        ml_table *out, ml_faults *faults, ml_error *error)
{
    ml_str pieces[] = {ml_str_from(folder), ML_STR("/"), ml_str_from(name)};
    ml_str path = ml_arena_concat(arena, pieces, 3);
    ml_table table = {.file = ml_arena_copy(arena, ml_str_from(name))};
    if (arena->failed)
        return ml_fail_memory(error);
    ml_status status = ml_file_read(path.ptr, table_limit_bytes, &table.bytes, error);
    ml_str text = ml_buffer_view(&table.bytes);
    table.column_count = count_columns(ml_str_from(columns));
    uint32_t line_count = count_lines(text);
    ml_str *fields = ml_arena_array(arena, (size_t)line_count * table.column_count, sizeof *fields);
    uint32_t *lines = ml_arena_array(arena, line_count, sizeof *lines);
    if (status == ML_OK && (!fields || !lines))
        status = ml_fail_memory(error);
    if (status != ML_OK) {
        ml_table_dispose(&table);
        return status;
    }
    table.fields = fields;
    table.lines = lines;
    read_rows(&table, text, ml_str_from(schema), ml_str_from(columns), fields, lines, faults);
    *out = table;
    return ML_OK;
}

void ml_table_dispose(ml_table *table)
{
    ml_buffer_dispose(&table->bytes);
    *table = (ml_table){0};
}
