/* pattern.h - a query's text as triples; inside this room only. */
#ifndef ML_QUERY_PATTERN_H
#define ML_QUERY_PATTERN_H

#include "query/query.h"

enum { ML_PATTERN_TRIPLES = 8, ML_PATTERN_VARIABLES = 16 };

typedef struct {
    bool variable;
    ml_str text;      /* a name or id, or the variable without its question mark */
    uint32_t number;  /* of the variable */
    ml_vertices rows; /* of a name */
} ml_pattern_term;

typedef struct {
    ml_pattern_term source, relation, target;
    int64_t type; /* row of the relation's term; 0 for a variable */
    bool symmetric;
    bool is_kind; /* `?x is person`: an entity type in `kind` */
    ml_entity_type kind;
} ml_triple;

typedef struct {
    ml_triple triple[ML_PATTERN_TRIPLES];
    uint32_t triple_count;
    ml_str variable[ML_PATTERN_VARIABLES];
    bool is_relation[ML_PATTERN_VARIABLES]; /* the variable stands for a relation type */
    uint32_t variable_count;
} ml_pattern;

/* Reads the text and looks its names up. ML_E_USAGE says which part is wrong and how it is written. */
ml_status ml_pattern__read(ml_store *store, ml_str text, const ml_question *question, ml_arena *arena, ml_pattern *out,
                           ml_error *error);

/* Writes one SQL query: for each variable a column, then `articles`, `first`, `last`, `title`, then each triple's edge. */
ml_status ml_pattern__compile(const ml_pattern *pattern, const ml_question *question, ml_buffer *sql, ml_error *error);

#endif
