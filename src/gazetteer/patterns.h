/* patterns.h - many names, found in one pass over the tokens of a text.
 *
 * A trie over syllable symbols: the text is looked at from each token that begins some name, for as long as names go on.
 * That is the plain form of Aho and Corasick's machine (CACM 18(6), 1975) without failure links, which for names of a few
 * syllables costs less than their upkeep.
 */
#ifndef ML_GAZETTEER_PATTERNS_H
#define ML_GAZETTEER_PATTERNS_H

#include "token/token.h"

/* What a name is a name of: which list, which row of it. */
typedef enum {
    ML_IN_LOCALITIES,
    ML_IN_BODIES,
    ML_IN_ORGANS,
    ML_IN_HEADS,
    ML_IN_FIELDS,
    ML_IN_TITLES,
    ML_IN_OFFICIALS,
    ML_IN_DESIGNATORS, /* from here on words of models/, which tell how to read */
    ML_IN_CUES,
    ML_IN_EVENTS,
    ML_IN_TRIGGERS,
    ML_LISTS,
} ml_list;

enum { ML_WORD_CLASSES = 64 }; /* as many as a mask has bits */

typedef struct {
    uint32_t row;
    uint32_t capitals;  /* bit i: the alias has a capital at its i-th token */
    uint32_t uppers;    /* bit i: and is all capitals there */
    uint8_t list;       /* ml_list */
    uint8_t word_class; /* of ML_IN_CUES: what the word does, below ML_WORD_CLASSES */
    bool risky;         /* counts only beside other evidence */
    bool small_first;   /* the first syllable of a longer name may be written small: `miền Trung` */
    bool is_name;       /* the row's name itself, not an alias */
} ml_pattern;

typedef struct {
    uint32_t begin, end; /* tokens */
    uint32_t pattern;
} ml_match;

typedef struct {
    const ml_match *match; /* by begin, then length, then order of loading */
    const uint32_t *first; /* of each token the index of its first match; one more at the end */
    /* What begins at each token and ends right before it, so that `nothing` is answered at a glance; one more at the end. */
    const uint16_t *lists;                 /* bits 1 << ml_list: begins */
    const uint64_t *word_begin, *word_end; /* bits 1 << word_class of ML_IN_CUES */
    uint32_t count, token_count;
} ml_matches;

typedef struct ml_patterns ml_patterns;

ml_status ml_patterns_new(ml_patterns **out, ml_error *error);
void ml_patterns_free(ml_patterns *patterns);

/* Adds the name that `tokens` spell, all with symbols, 32 at most. `pattern->capitals` and `uppers` are set here.
 * ML_E_LIMIT: too long or empty; ML_E_MEMORY. */
ml_status ml_patterns_add(ml_patterns *patterns, const ml_tokens *tokens, ml_pattern pattern, ml_error *error);

const ml_pattern *ml_patterns_at(const ml_patterns *patterns, uint32_t index);

/* All names in `tokens` whose capitals fit, in `arena`. Thread-safe once loading is over. */
ml_status ml_patterns_find(const ml_patterns *patterns, const ml_tokens *tokens, ml_arena *arena, ml_matches *out,
                           ml_error *error);

const ml_match *ml_matches__longest(const ml_matches *matches, const ml_patterns *patterns, uint32_t at, ml_list list);

/* The longest match of `list` that begins at token `at`, which may be the number of tokens or more; or NULL. */
static inline const ml_match *ml_matches_longest(const ml_matches *matches, const ml_patterns *patterns, uint32_t at,
                                                 ml_list list)
{
    if (at >= matches->token_count || !(matches->lists[at] >> list & 1))
        return NULL;
    return ml_matches__longest(matches, patterns, at, list);
}

#endif
