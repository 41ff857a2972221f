/* storage.h - what only the gazetteer's own files know of it: its tables, ids and memory. */
#ifndef ML_GAZETTEER_STORAGE_H
#define ML_GAZETTEER_STORAGE_H

#include "base/map.h"
#include "base/table.h"
#include "gazetteer/gazetteer.h"

typedef enum {
    ML_FILE_LOCALITIES,
    ML_FILE_BODIES,
    ML_FILE_ORGANS,
    ML_FILE_HEADS,
    ML_FILE_FIELDS,
    ML_FILE_TITLES,
    ML_FILE_OFFICIALS,
    ML_FILE_OFFICES,
    ML_FILE_SYLLABLES,
    ML_FILES,
} ml_file_kind;

struct ml_gazetteer_storage {
    ml_arena arena;
    ml_table table[ML_FILES];
    ml_map ids;      /* of all tables but syllables; value: index into `owner` */
    uint32_t *owner; /* ml_file_kind and row: kind << 24 | row */
    uint32_t owner_count;
};

typedef struct {
    const char *name, *schema, *columns; /* the file is `name`.tsv */
} ml_file_form;

const ml_file_form *ml_gazetteer__form(ml_file_kind kind);

/* The row of a table with this id, or ML_NO_ROW. */
uint32_t ml_gazetteer__find(const ml_gazetteer *gazetteer, ml_file_kind kind, ml_str id);

/* Checks what one row cannot show: order, ids, references, cycles, dates, form. */
void ml_gazetteer__check(const ml_gazetteer *gazetteer, ml_faults *faults);

#endif
