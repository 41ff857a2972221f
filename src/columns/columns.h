/* columns.h - records as columns: what articles say, in tables that notebooks and clusters take without a text between.
 *
 *     articles --extract--> records --> | columns | --take--> Arrow tables: mentions, entities, relations, errors
 *
 * The public doors are ml_columns_new(), ml_columns_extract(), ml_columns_take() of mangluoi.h. docs/PYTHON.md describes the tables.
 */
#ifndef ML_COLUMNS_COLUMNS_H
#define ML_COLUMNS_COLUMNS_H

#include "columns/arrow.h"
#include "document/document.h"

typedef enum { ML_COLUMN_TEXT, ML_COLUMN_INT32, ML_COLUMN_DOUBLE } ml_column_kind;

typedef struct {
    const char *name;
    ml_column_kind kind;
    bool nullable; /* an empty text is null */
} ml_column_form;

enum { ML_COLUMNS_MOST = 12 };

typedef struct {
    const char *name;
    const ml_column_form *column;
    uint32_t column_count;
} ml_table_form;

/* One column as it grows: buffers as Arrow has them. */
typedef struct {
    ml_buffer values;  /* bytes of texts, or numbers */
    ml_buffer offsets; /* of texts: int32, one more than rows */
    ml_buffer valid;   /* of nullable ones: a bit a row, the lowest first */
    int64_t null_count;
} ml_column;

typedef struct {
    const ml_table_form *form;
    ml_column column[ML_COLUMNS_MOST];
    int64_t row_count;
    bool full; /* a text column would pass 2 GiB */
} ml_column_table;

/* Hands the table's columns over to `schema` and `array`, whose release frees them, and empties it. ML_E_MEMORY. */
ml_status ml_columns__hand_over(ml_column_table *table, struct ArrowSchema *schema, struct ArrowArray *array,
                                ml_error *error);

void ml_columns__dispose(ml_column_table *table);

#endif
