/* evaluate.h - records against marked articles: precision, recall, F1.
 *
 *     .gold files --read--> gold --+
 *                                  +--align--> comparison --count--> scores --> figures, as table or JSON
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

/* Where the counts of a level begin: first those of all its types together, then those of each type. */
enum {
    ML_MENTION_SCORES = 0,
    ML_ENTITY_SCORES = ML_MENTION_SCORES + 1 + ML_SCORED_TYPES,
    ML_NAME_SCORES = ML_ENTITY_SCORES + 1 + ML_SCORED_TYPES,
    ML_RELATION_SCORES = ML_NAME_SCORES + 1 + ML_SCORED_TYPES,
    ML_OVERLAP_SCORE = ML_RELATION_SCORES + 1 + ML_RELATION_TYPES, /* mentions that overlap one of their type */
    ML_SCORES,                                                     /* how many there are */
};

/* Of one article or of several together. */
typedef struct {
    ml_counts at[ML_SCORES];
} ml_scores;

void ml_scores_add(ml_scores *scores, const ml_scores *more);

typedef enum {
    ML_PRECISION,
    ML_RECALL,
    ML_F1,
    ML_MEASURES, /* how many there are */
} ml_measure;

/* From 0 to 1; 0 where there is nothing to divide by. */
double ml_counts_measure(const ml_counts *counts, ml_measure measure);

/* The scores of one article, to be resampled. */
typedef struct {
    ml_str id;
    ml_scores scores;
} ml_article_scores;

typedef struct {
    double low, high;
    bool known;
} ml_interval;

/* What is reported: the sums over the articles, and between what the measures of each may lie. */
typedef struct {
    uint64_t documents;
    ml_scores total;
    ml_interval intervals[ML_SCORES][ML_MEASURES];
} ml_figures;

/* Sums up the articles, which it puts in another order. ML_E_MEMORY. */
ml_status ml_figures_make(ml_article_scores *articles, size_t count, ml_arena *scratch, ml_figures *out,
                          ml_error *error);

void ml_figures_write_table(const ml_figures *figures, ml_buffer *out);
void ml_figures_write_json(const ml_figures *figures, ml_buffer *out);

#endif
