/* evaluate.h - records against marked articles: precision, recall, F1.
 *
 *     .gold files --read--> gold --+
 *                                  +--align, compare--> scores --> table or JSON
 *     record lines --read--------> +
 *
 * What counts as right is the annotation guide's, including where it is odd: the figures must equal those of its own scorer.
 * The room's product is ml_evaluate() of mangluoi.h.
 */
#ifndef ML_EVALUATE_EVALUATE_H
#define ML_EVALUATE_EVALUATE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "record/record.h"

enum { ML_SCORED_TYPES = 3, ML_RELATION_TYPES = 10 };

/* The entity types that are scored, in the order of the table. */
extern const ml_entity_type ml_scored_types[ML_SCORED_TYPES];

/* A relation type of the guide, with the entity types (bits by ml_entity_type) that its ends may have. */
typedef struct {
    ml_str name;
    unsigned sources, targets;
} ml_relation_type;

extern const ml_relation_type ml_relation_types[ML_RELATION_TYPES];

/* The place of a type among these, or -1. */
int ml_relation_type_find(ml_str name);

/* ---- gold ---- */

typedef struct {
    const ml_str *list; /* the canonical one first */
    uint32_t count;
} ml_gold_names;

/* A marked article. Of its record there are the id, the marks and no confidences. */
typedef struct {
    ml_record record;
    const ml_gold_names *names; /* of each entity */
    const uint32_t *points;     /* the text */
    uint32_t point_count;
} ml_gold;

/* Appends the articles of a `.gold` file, or of a `.jsonl` file of such articles, to `golds`, an array of ml_gold. What they
 * point to lives in `arena`. ML_E_IO, ML_E_ENCODING, ML_E_MEMORY; ML_E_SYNTAX says file, line and what is wrong. */
ml_status ml_gold_read(const char *path, ml_arena *arena, ml_buffer *golds, ml_error *error);

/* One article of the marked form; line ends are single line feeds. `path` is for messages. Used by ml_gold_read(). */
ml_status ml_gold__parse(ml_str source, ml_str path, ml_arena *arena, ml_gold *out, ml_error *error);

/* One article as a JSON line. Used by ml_gold_read(). */
ml_status ml_gold__parse_json(ml_str line, ml_str path, uint32_t number, ml_arena *arena, ml_gold *out,
                              ml_error *error);

/* ---- scores ---- */

typedef struct {
    uint64_t right, gold, said;
} ml_counts;

/* At 0 the sum over the types, which follow. */
typedef struct {
    uint64_t documents;
    ml_counts mention[1 + ML_SCORED_TYPES], entity[1 + ML_SCORED_TYPES], relation[1 + ML_RELATION_TYPES];
    ml_counts overlap, names;
} ml_scores;

/* Adds an article. With `errors` not NULL each miss and wrong answer becomes a line there. ML_E_MEMORY. */
ml_status ml_score_add(ml_scores *scores, const ml_gold *gold, const ml_record *said, ml_arena *scratch,
                       ml_buffer *errors, ml_error *error);

void ml_scores_write_table(const ml_scores *scores, ml_buffer *out);
void ml_scores_write_json(const ml_scores *scores, ml_buffer *out);

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

/* A stretch of the text with the type of what it names. */
typedef struct {
    uint32_t start, end;
    ml_entity_type type;
} ml_evaluate_span;

/* The mention without a locality's designator in front (`tỉnh Nam Định`): it is left to the annotator. */
ml_evaluate_span ml_evaluate__core(const ml_gold *gold, const ml_record_mention *mention);

static inline bool ml_evaluate__overlap(const ml_record_mention *a, const ml_record_mention *b)
{
    return a->start < b->end && b->start < a->end;
}

#endif
