/* compare.h - one article as it is marked beside what was said of it: what is in both, what in one alone.
 *
 *     gold, record --align--> pairs of entities --> spans and statements that can be compared --> scores, mistakes
 */
#ifndef ML_EVALUATE_COMPARE_H
#define ML_EVALUATE_COMPARE_H

#include "evaluate/evaluate.h"

/* ---- the pairs of entities ---- */

#define ML_UNPAIRED UINT32_MAX

typedef struct {
    uint32_t gold, said; /* entities */
} ml_pair;

typedef struct {
    uint32_t *to_said, *to_gold; /* the other's entity for each, or ML_UNPAIRED */
    ml_pair *pairs;              /* in the order in which they were found */
    uint32_t pair_count;
    const ml_str *said_names;        /* folded, of each said entity */
    const ml_gold_names *gold_names; /* folded, of each gold entity */
} ml_alignment;

/* Pairs entities of one type, those with the most overlapping mentions first. Check arena->failed. */
ml_alignment ml_evaluate__align(const ml_gold *gold, const ml_record *said, ml_arena *arena);

/* Is the name that was said one of the names of the gold entity? Case, spacing and the like aside. */
bool ml_evaluate__name_right(const ml_alignment *alignment, uint32_t gold, uint32_t said);

/* ---- mentions ---- */

/* A stretch of the text with the type of what it names. */
typedef struct {
    uint32_t start, end;
    ml_entity_type type;
} ml_evaluate_span;

typedef struct {
    ml_evaluate_span *list; /* sorted, each once */
    uint32_t count;
} ml_span_set;

/* The mention without a locality's designator in front (`tỉnh Nam Định`): it is left to the annotator. */
ml_evaluate_span ml_evaluate__core(const ml_gold *gold, const ml_record_mention *mention);

static inline bool ml_evaluate__overlap(const ml_record_mention *a, const ml_record_mention *b)
{
    return a->start < b->end && b->start < a->end;
}

/* The place of a type in the scores of its level, from 1; 0 if it is not scored. */
int ml_evaluate__place(ml_entity_type type);

/* Is the said mention scored? What overlaps a site is neither right nor wrong. */
bool ml_evaluate__scored(const ml_gold *gold, const ml_record_mention *said);

bool ml_span_set_holds(const ml_span_set *set, const ml_evaluate_span *span);

/* ---- relations ---- */

/* What a relation states; equal statements have equal keys. */
typedef struct {
    ml_str key;
    int type;
    ml_str source, target; /* as they are shown */
    const ml_record_relation *relation;
} ml_statement;

typedef struct {
    ml_statement *list; /* sorted by key, each once */
    uint32_t count;
} ml_statement_set;

bool ml_statement_set_holds(const ml_statement_set *set, const ml_statement *wanted);

/* ---- all of an article ---- */

/* Borrows the article, the record and the arena. */
typedef struct {
    const ml_gold *gold;
    const ml_record *said;
    ml_arena *arena;
    ml_alignment alignment;
    ml_span_set gold_spans, said_spans;
    ml_statement_set gold_statements, said_statements;
} ml_comparison;

/* ML_E_MEMORY. */
ml_status ml_comparison_make(const ml_gold *gold, const ml_record *said, ml_arena *arena, ml_comparison *out,
                             ml_error *error);

/* The sets of a comparison whose alignment is known. Check arena->failed. Used by ml_comparison_make(). */
ml_statement_set ml_evaluate__collect_statements(const ml_comparison *compare, const ml_record *from);

/* What is right of the article. ML_E_MEMORY. */
ml_status ml_comparison_score(const ml_comparison *compare, ml_scores *out, ml_error *error);

#endif
