/* finder.h - what the parsers of this room share. A parser looks at one token and says whether a name of its kind begins
 * there and where it ends; it changes nothing but `inner`. */
#ifndef ML_MENTION_FINDER_H
#define ML_MENTION_FINDER_H

#include "mention/mention.h"

typedef struct {
    const ml_gazetteer *gazetteer;
    const ml_rules *rules;
    const ml_tokens *tokens;
    const ml_matches *matches;
    ml_date date;
    ml_mention *mention;
    ml_mention *inner;
    ml_title_span *title;
    ml_mention *dropped; /* for want of support */
    bool *passed; /* of each token: part of a code, a quoted title or a law's name, in which nothing is looked for */
    uint32_t count, inner_count, inner_cap, title_count, dropped_count;
} ml_finder;

/* The longest match of `list` that begins at `at`, or NULL. */
static inline const ml_match *ml_finder_longest(const ml_finder *finder, uint32_t at, ml_list list)
{
    return ml_matches_longest(finder->matches, finder->gazetteer->patterns, at, list);
}

static inline const ml_pattern *ml_finder_pattern(const ml_finder *finder, const ml_match *match)
{
    return ml_patterns_at(finder->gazetteer->patterns, match->pattern);
}

/* The end of a cue of this class that begins at `at`, or `at`. */
static inline uint32_t ml_finder_cue(const ml_finder *finder, uint32_t at, ml_cue_class kind)
{
    return ml_cue_end(finder->gazetteer, finder->matches, at, kind);
}

/* Does a cue of this class end at `end`? */
static inline bool ml_finder_cue_before(const ml_finder *finder, uint32_t end, ml_cue_class kind)
{
    return ml_cue_before(finder->gazetteer, finder->matches, end, kind) != ML_NO_ROW;
}

/* Does the token at `at` belong to the same line and sentence as the one before it? */
static inline bool ml_finder_goes_on(const ml_finder *finder, uint32_t at)
{
    if (at >= finder->tokens->count)
        return false;
    const ml_token *token = &finder->tokens->token[at];
    return at > 0 && token->gap != ML_GAP_LINE && token->sentence == token[-1].sentence;
}

/* `Báo Xây dựng Sáng nay`, `tại diễn đàn Về phần mình`: does a word stand at `at` that begins a sentence and goes on small, though
 * no full stop stands before it? */
bool ml_finder_opens_sentence(const ml_finder *finder, uint32_t at);

/* A word with a capital. */
static inline bool ml_finder_capital(const ml_finder *finder, uint32_t at)
{
    return at < finder->tokens->count && finder->tokens->token[at].kind == ML_WORD && finder->tokens->token[at].capital;
}

/* The one letter of `Robert H. McCooey`. */
static inline bool ml_finder_initial(const ml_finder *finder, uint32_t at)
{
    const ml_token *token = &finder->tokens->token[at];
    return token->capital && token->end - token->begin == 1;
}

ml_syllable ml_finder_syllable(const ml_finder *finder, uint32_t at);

/* Could a family name stand here: a syllable seen as one, or whatever stands before `Thị` or `Văn` and a third syllable? */
bool ml_finder_family(const ml_finder *finder, uint32_t at);

/* `Lù Thị Mẩy`: a middle syllable so common that it marks the name, whatever the other two are. */
bool ml_finder_marked_name(const ml_finder *finder, uint32_t at);

/* Could a Vietnamese personal name of three syllables or more begin here? Its end, or `at`. */
uint32_t ml_finder_full_name(const ml_finder *finder, uint32_t at);

/* Does a name go on at `at`: another capitalised word, directly or over a hyphen, an apostrophe, a particle or an initial's
 * point? Returns the token that follows, or `at`. */
uint32_t ml_finder_next_part(const ml_finder *finder, uint32_t at);

/* Keeps an inner part; its index, or ML_NONE when there are too many. */
uint32_t ml_finder_keep_inner(ml_finder *finder, const ml_mention *part);

/* The parsers: false where nothing of the kind begins. */
bool ml_parse_locality(ml_finder *finder, uint32_t at, ml_mention *out);
bool ml_parse_body(ml_finder *finder, uint32_t at, ml_mention *out);
bool ml_parse_event(ml_finder *finder, uint32_t at, ml_mention *out);
bool ml_parse_person(ml_finder *finder, uint32_t at, ml_mention *out);

/* A run of capitalised words as bodies and events have it: joined by `và`, `-`, `&`, with a few lower-case words between. */
uint32_t ml_parse_capitals(ml_finder *finder, uint32_t at);

/* Only with a designator in front: `tỉnh Nam Định`. */
bool ml_parse_designated(ml_finder *finder, uint32_t at, ml_mention *out);

/* Drops the mentions that need support from elsewhere in the article and have none; those that stay go to `kept`, which has
 * room for all. False when memory is short. */
bool ml_drop_unsupported(ml_finder *finder, ml_mention *kept, ml_arena *arena);

/* Adds the short forms of names that the article has in full, where no other name stands. The mentions go to `merged`, which
 * has room for one a token. */
void ml_find_short_forms(ml_finder *finder, ml_mention *merged);

#endif
