/* table.h - reviewable tables: tab-separated text with a schema line and named columns.
 *
 *     #schema ml-NAME/VERSION
 *     id <TAB> name <TAB> ...
 *     # a comment
 *     rows
 *
 * The bytes are kept by the table; fields are views into them.
 */
#ifndef ML_BASE_TABLE_H
#define ML_BASE_TABLE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

/* Collects faults of data files, each as one line `file:line:column: what: what to do`. With `lines` NULL they are only
 * counted. The first one is also kept as an error. */
typedef struct {
    ml_buffer *lines;
    uint64_t count;
    ml_error first;
} ml_faults;

__attribute__((format(printf, 5, 6))) void ml_faults_add(ml_faults *faults, ml_str file, uint32_t line, uint32_t column,
                                                         const char *format, ...);

typedef struct {
    ml_str file; /* its name without folders */
    ml_buffer bytes;
    const ml_str *fields;  /* row after row, `column_count` each; those of columns the file lacks do not exist */
    const uint32_t *lines; /* of each row, from 1 */
    uint32_t row_count, column_count;
} ml_table;

/* Reads `folder`/`name`. `columns` names the columns in order, separated by `|`. Malformed rows are left out and named in
 * `faults`. ML_E_IO when it cannot be read, ML_E_MEMORY. The table lives as long as `arena` and until dispose. */
ml_status ml_table_read(const char *folder, const char *name, const char *schema, const char *columns, ml_arena *arena,
                        ml_table *out, ml_faults *faults, ml_error *error);

void ml_table_dispose(ml_table *table);

/* One field; `column` must be below the count. */
static inline ml_str ml_table_field(const ml_table *table, uint32_t row, uint32_t column)
{
    return table->fields[(size_t)row * table->column_count + column];
}

#endif
