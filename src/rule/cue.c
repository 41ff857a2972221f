#include "rule/rule.h"

_Static_assert((int)ML_CUES <= (int)ML_WORD_CLASSES, "a class of cues is a bit of a mask");

static bool is_cue(const ml_gazetteer *gazetteer, const ml_match *match, ml_cue_class kind)
{
    const ml_pattern *pattern = ml_patterns_at(gazetteer->patterns, match->pattern);
    return pattern->list == ML_IN_CUES && pattern->word_class == kind;
}

uint32_t ml_cue__longest(const ml_gazetteer *gazetteer, const ml_matches *matches, uint32_t at, ml_cue_class kind)
{
    for (uint32_t i = matches->first[at + 1]; i-- > matches->first[at];) {
        if (is_cue(gazetteer, &matches->match[i], kind))
            return matches->match[i].end;
    }
    return at;
}

uint32_t ml_cue__nearest(const ml_gazetteer *gazetteer, const ml_matches *matches, uint32_t end, ml_cue_class kind)
{
    enum { LONGEST_TOKENS = 6 };
    for (uint32_t back = 1; back <= LONGEST_TOKENS && back <= end; back++) {
        uint32_t at = end - back;
        for (uint32_t i = matches->first[at]; i < matches->first[at + 1]; i++) {
            if (matches->match[i].end == end && is_cue(gazetteer, &matches->match[i], kind))
                return at;
        }
    }
    return ML_NO_ROW;
}
