/* learned.h - what the files share that know of the learned model.
 *
 *     mentions, titles --> free runs of capitals --candidate--> spans --feature--> numbers --model--> mentions
 */
#ifndef ML_MENTION_LEARNED_H
#define ML_MENTION_LEARNED_H

#include "base/index.h"
#include "mention/finder.h"

/* Whose a token is. */
enum { ML_OWNER_NONE, ML_OWNER_PASSED, ML_OWNER_TITLE, ML_OWNER_MENTION }; /* a mention's: this plus its index */

/* How often the article's rule mentions use some words. */
typedef struct {
    uint8_t person, part, body, locality; /* as a person's name, as a part of a longer one, ... */
} ml_uses;

typedef struct {
    const ml_finder *finder;
    uint32_t *owner; /* of each token */
    ml_index memory; /* ml_uses by the key of words */
    ml_arena *arena;
} ml_reading;

/* What the article's mentions say of the words; the mention itself, where it is claimed, left out. */
ml_uses ml_reading_uses(const ml_reading *reading, uint32_t begin, uint32_t end, const ml_mention *claimed);

/* A hash that is equal for the same words. */
uint64_t ml_reading_words(const ml_reading *reading, uint32_t begin, uint32_t end);

/* Reads the article's mentions into `reading`. False when memory is short. */
bool ml_reading_init(ml_reading *reading, const ml_finder *finder, ml_arena *arena);

/* Writes the features of a span that nothing claims, or of a mention. */
void ml_write_features(const ml_reading *reading, const ml_mention *claimed, ml_candidate *candidate);

/* The candidates among the tokens that nothing claims; for `training` also those of ml_mentions_candidates(). */
ml_status ml_find_candidates(const ml_reading *reading, bool training, ml_candidates *out, ml_error *error);

/* Adds the names that the model finds. ML_E_MEMORY. */
ml_status ml_find_learned(ml_finder *finder, ml_arena *arena, ml_error *error);

#endif
