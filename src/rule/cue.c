#include "rule/rule.h"

static bool is_cue(const ml_patterns *patterns, const ml_match *match, ml_cue_class kind)
{
    const ml_pattern *pattern = ml_patterns_at(patterns, match->pattern);
    return pattern->list == ML_IN_CUES && pattern->kind == (uint8_t)kind;
}

uint32_t ml_cue_end(const ml_patterns *patterns, const ml_matches *matches, uint32_t at, ml_cue_class kind)
{
    if (at >= matches->token_count || !(matches->cues[at] >> kind & 1))
        return at;
    for (uint32_t i = matches->first[at + 1]; i-- > matches->first[at];) {
        if (is_cue(patterns, &matches->match[i], kind))
            return matches->match[i].end;
    }
    return at;
}

uint32_t ml_cue_before(const ml_patterns *patterns, const ml_matches *matches, uint32_t end, ml_cue_class kind)
{
    if (!(matches->cue_ends[end] >> kind & 1))
        return ML_NO_ROW;
    enum { LONGEST_TOKENS = 6 };
    for (uint32_t back = 1; back <= LONGEST_TOKENS && back <= end; back++) {
        uint32_t at = end - back;
        for (uint32_t i = matches->first[at]; i < matches->first[at + 1]; i++) {
            if (matches->match[i].end == end && is_cue(patterns, &matches->match[i], kind))
                return at;
        }
    }
    return ML_NO_ROW;
}
