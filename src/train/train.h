/* train.h - the weights of the learned model, from articles that the rules have read and from marked ones.
 *
 *     articles --rooms up to mention--> candidates --label--> examples --learn--> models/name-weights.tsv
 *
 * Whole numbers alone, in a fixed order: the same input gives the same bytes on every machine. Run by `make.sh train`; nothing
 * of it is in the library. docs/ACCURACY.md tells what it is good for.
 */
#ifndef ML_TRAIN_TRAIN_H
#define ML_TRAIN_TRAIN_H

#include "base/index.h"
#include "document/document.h"
#include "evaluate/evaluate.h"
#include "model/model.h"

/* An article as the rules read it. Lives in the arena that it was read into. */
typedef struct {
    ml_text text;
    ml_tokens tokens;
    ml_mentions mentions;
    ml_candidates candidates;
} ml_train_article;

ml_status ml_train_read(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_article *article,
                        ml_arena *arena, ml_train_article *out, ml_error *error);

/* ---- what the whole corpus says of words ---- */

/* How many articles claim the words as what. */
typedef struct {
    uint32_t article; /* the last one counted */
    uint32_t claimed[ML_CLASSES];
} ml_name_count;

/* How often words are written how, where a sentence does not begin. */
typedef struct {
    uint32_t small, capital;
} ml_case_count;

typedef struct {
    ml_arena arena;
    ml_index names, cases, seeds;
    ml_buffer name_counts, case_counts; /* arrays of the above */
} ml_census;

ml_status ml_census_init(ml_census *census, ml_error *error);
void ml_census_dispose(ml_census *census);

/* Counts an article; `number` is its own. */
void ml_census_add(ml_census *census, const ml_train_article *article, uint32_t number);

/* A span of a corpus article at which somebody looked. */
typedef struct {
    ml_str article;
    uint32_t start, end; /* code points */
    ml_class class;
    bool measure; /* else learned from */
} ml_judged;

/* Reads them: models/tools/judged.tsv. They live in `arena`. */
ml_status ml_judged_read(const char *folder, ml_arena *arena, ml_buffer *judged, ml_faults *faults, ml_error *error);

/* Reads the names whose class people told: models/tools/names.tsv. */
ml_status ml_census_read_seeds(ml_census *census, const ml_vocabulary *vocabulary, const char *folder,
                               ml_faults *faults, ml_error *error);

/* ---- examples ---- */

typedef struct {
    uint64_t first; /* index into `feature` of all examples */
    uint32_t count; /* of its features */
    uint32_t group; /* the same words in the same article */
    uint8_t label;  /* ml_class, or ML_CLASSES where it is not known */
    uint8_t weight; /* how often it is learned from in a round */
    bool held_out;  /* not learned from */
} ml_example;

typedef struct {
    ml_buffer example, feature; /* arrays of ml_example, uint32_t */
    uint32_t group_count;
    uint64_t labels[ML_CLASSES + 1];
} ml_examples;

/* Adds the examples of an article that the rules alone have read. */
void ml_examples_add(ml_examples *examples, const ml_census *census, const ml_train_article *article);

/* Adds an article in which somebody judged spans. None of one that they are to `measure` is learned from. */
void ml_examples_add_judged(ml_examples *examples, const ml_train_article *article, ml_str id, const ml_judged *judged,
                            size_t judged_count);

/* Adds those of a marked one. */
void ml_examples_add_marked(ml_examples *examples, const ml_train_article *article, const ml_gold *gold);

/* ---- learning, measuring ---- */

typedef struct {
    const ml_example *example;
    uint32_t example_count, group_count;
    int32_t (*score)[ML_CLASSES]; /* of each group, the mean over its members */
    uint32_t *members;
} ml_held_out;

/* Writes the margins from which answers to judged spans are right so often, and to `report` how many are. */
void ml_train_write_margins(const ml_held_out *held_out, ml_buffer *out, ml_buffer *report);

/* Learns, writes the model to `out` and what there is to say of it to `report`. ML_E_MEMORY. */
ml_status ml_train_learn(ml_examples *examples, ml_buffer *out, ml_buffer *report, ml_error *error);

/* splitmix64: Steele, Lea, Flood, OOPSLA 2014. */
static inline uint64_t ml_train_mix(uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

#endif
