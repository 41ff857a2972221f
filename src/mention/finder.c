#include "mention/finder.h"

const ml_match *ml_finder_longest(const ml_finder *finder, uint32_t at, ml_list list)
{
    return ml_matches_longest(finder->matches, finder->gazetteer->patterns, at, list);
}

uint32_t ml_finder_cue(const ml_finder *finder, uint32_t at, ml_cue_class kind)
{
    return ml_cue_end(finder->gazetteer->patterns, finder->matches, at, kind);
}

bool ml_finder_cue_before(const ml_finder *finder, uint32_t end, ml_cue_class kind)
{
    return ml_cue_before(finder->gazetteer->patterns, finder->matches, end, kind) != ML_NO_ROW;
}

bool ml_finder_goes_on(const ml_finder *finder, uint32_t at)
{
    if (at >= finder->tokens->count)
        return false;
    const ml_token *token = &finder->tokens->token[at];
    return at > 0 && token->gap != ML_GAP_LINE && token->sentence == finder->tokens->token[at - 1].sentence;
}

bool ml_finder_opens_sentence(const ml_finder *finder, uint32_t at)
{
    bool word =
        ml_finder_cue(finder, at, ML_CUE_FUNCTION) == at + 1 || ml_finder_cue(finder, at, ML_CUE_OPENER) == at + 1;
    return word && ml_finder_goes_on(finder, at + 1) && !ml_finder_capital(finder, at + 1) &&
           finder->tokens->token[at + 1].kind != ML_MARK && !ml_finder_longest(finder, at, ML_IN_FIELDS) &&
           !ml_finder_longest(finder, at, ML_IN_BODIES);
}

ml_syllable ml_finder_syllable(const ml_finder *finder, uint32_t at)
{
    return ml_gazetteer_syllable(finder->gazetteer, finder->tokens->token[at].symbol);
}

bool ml_finder_family(const ml_finder *finder, uint32_t at)
{
    enum { FAMILIES_SEEN = 3 };
    ml_syllable family = ml_finder_syllable(finder, at);
    return family.family >= FAMILIES_SEEN || (family.flags & ML_FLAG_FAMILY) || ml_finder_marked_name(finder, at);
}

bool ml_finder_marked_name(const ml_finder *finder, uint32_t at)
{
    enum { MIDDLES_SEEN = 700 };
    return ml_finder_capital(finder, at) && ml_finder_goes_on(finder, at + 1) && ml_finder_capital(finder, at + 1) &&
           ml_finder_syllable(finder, at + 1).middle >= MIDDLES_SEEN && ml_finder_goes_on(finder, at + 2) &&
           ml_finder_capital(finder, at + 2);
}

/* `Thái Bình Phạm Văn Xuyên`: behind two syllables a frequent family name with two more begins somebody else's name. */
static bool another_name(const ml_finder *finder, uint32_t begin, uint32_t at)
{
    enum { FREQUENT = 50 };
    return at - begin == 2 && ml_finder_syllable(finder, at).family >= FREQUENT && ml_finder_goes_on(finder, at + 1) &&
           ml_finder_capital(finder, at + 1) && ml_finder_syllable(finder, at + 1).known &&
           ml_finder_goes_on(finder, at + 2) && ml_finder_capital(finder, at + 2) &&
           ml_finder_syllable(finder, at + 2).known;
}

uint32_t ml_finder_full_name(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 5 };
    if (!ml_finder_capital(finder, at) || !ml_finder_family(finder, at))
        return at;
    bool marked = ml_finder_marked_name(finder, at);
    uint32_t end = at + 1;
    while (end - at < LONGEST && ml_finder_goes_on(finder, end) && ml_finder_capital(finder, end) &&
           finder->tokens->token[end].gap == ML_GAP_SPACE &&
           (ml_finder_syllable(finder, end).known || (marked && end - at < 3)) && !another_name(finder, at, end))
        end++;
    return end - at >= 3 ? end : at;
}

uint32_t ml_finder_keep_inner(ml_finder *finder, const ml_mention *part)
{
    if (finder->inner_count == finder->inner_cap)
        return ML_NONE;
    finder->inner[finder->inner_count] = *part;
    return finder->inner_count++;
}

uint32_t ml_finder_next_part(const ml_finder *finder, uint32_t at)
{
    const ml_tokens *tokens = finder->tokens;
    if (!ml_finder_goes_on(finder, at))
        return at;
    if (ml_finder_capital(finder, at))
        return at + 1;
    bool tight = tokens->token[at].gap == ML_GAP_NONE;
    bool joint = ml_token_is(tokens, at, '-') || ml_token_is(tokens, at, '\'') || ml_token_is(tokens, at, '.');
    uint32_t behind = at + 1;
    if (tight && ml_token_is(tokens, at, '.') && ml_finder_initial(finder, at - 1) &&
        ml_finder_goes_on(finder, behind) && ml_finder_capital(finder, behind) &&
        !ml_finder_opens_sentence(finder, behind) && !ml_finder_longest(finder, behind, ML_IN_TITLES))
        return behind + 1;
    if (tight && joint && ml_finder_goes_on(finder, behind) && tokens->token[behind].kind == ML_WORD &&
        tokens->token[behind].gap == ML_GAP_NONE && !ml_finder_longest(finder, behind, ML_IN_TITLES) &&
        !ml_finder_longest(finder, behind, ML_IN_BODIES))
        return behind + 1;
    uint32_t particle = ml_finder_cue(finder, at, ML_CUE_NAME_PARTICLE);
    if (particle > at && ml_finder_goes_on(finder, particle)) {
        if (ml_finder_capital(finder, particle))
            return particle + 1;
        if (ml_token_is(tokens, particle, '-') && ml_finder_goes_on(finder, particle + 1) &&
            ml_finder_capital(finder, particle + 1))
            return particle + 2;
    }
    return at;
}
