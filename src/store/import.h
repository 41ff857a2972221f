/* import.h - a network from a file, on its way into a store in memory; inside this room only. */
#ifndef ML_STORE_IMPORT_H
#define ML_STORE_IMPORT_H

#include "store/inside.h"

typedef struct {
    ml_str id, label, date, parent, first, last;
    ml_entity_type type;
    int64_t documents;
} ml_import_vertex;

/* `evidence` has one item for each sentence or article, `ARTICLE#START-END` or `ARTICLE`, separated by U+001F. */
typedef struct {
    ml_str type, title, source, target, first, last, evidence;
    int64_t weight;
    uint32_t confidence_milli;
} ml_import_edge;

ml_status ml_store__import_vertex(ml_store *store, const ml_import_vertex *vertex, ml_error *error);

/* The vertices must be there. ML_E_SYNTAX: they are not. */
ml_status ml_store__import_edge(ml_store *store, const ml_import_edge *edge, ml_error *error);

/* The readers; `text` is the whole file. ML_E_SYNTAX. */
ml_status ml_store__import_json(ml_store *store, ml_str text, ml_error *error);
ml_status ml_store__import_graphml(ml_store *store, ml_str text, ml_error *error);

enum { ML_IMPORT_SEPARATOR = 0x1f };

#endif
