#include "mention/finder.h"

/* An abbreviation in brackets behind a name: `Tổ chức Thương mại thế giới (WTO)`. */
static bool introduces(const ml_finder *finder, const ml_mention *mention, uint32_t *begin, uint32_t *end)
{
    enum { LONGEST = 3 };
    const ml_tokens *tokens = finder->tokens;
    uint32_t at = mention->end;
    if (mention->type == ML_PERSON || mention->end - mention->begin < 2 || !ml_token_is(tokens, at, '(') ||
        !ml_finder_goes_on(finder, at + 1))
        return false;
    *begin = at + 1;
    bool letters = false;
    for (*end = *begin; *end < tokens->count && *end - *begin < LONGEST && !ml_token_is(tokens, *end, ')'); ++*end) {
        const ml_token *token = &tokens->token[*end];
        bool event_word = mention->type == ML_EVENT && ml_finder_longest(finder, *begin, ML_IN_EVENTS);
        if (!token->upper && token->kind != ML_NUMBER && !(token->kind == ML_MARK && *end > *begin) && !event_word)
            return false;
        letters |= token->upper;
    }
    return letters && ml_token_is(tokens, *end, ')');
}

static bool same_tokens(const ml_finder *finder, uint32_t a, uint32_t b, uint32_t len)
{
    const ml_token *token = finder->tokens->token;
    if (b + len > finder->tokens->count)
        return false;
    for (uint32_t i = 0; i < len; i++) {
        if (token[a + i].key != token[b + i].key || token[a + i].upper != token[b + i].upper)
            return false;
    }
    return true;
}

static ml_mention abbreviation(const ml_mention *of, uint32_t index, uint32_t begin, uint32_t end)
{
    return (ml_mention){.begin = begin,
                        .end = end,
                        .name_begin = begin,
                        .name_end = end,
                        .type = of->type,
                        .via = ML_VIA_ABBREVIATION,
                        .row = ML_NONE,
                        .designator = ML_NONE,
                        .inner = ML_NONE,
                        .same_as = index};
}

void ml_find_abbreviations(ml_finder *finder, ml_mention *merged)
{
    uint32_t count = 0, next = 0, known_count = 0;
    enum { KNOWN = 16 };
    struct {
        uint32_t mention, begin, end;
    } known[KNOWN];
    for (uint32_t at = 0; at < finder->tokens->count;) {
        if (next < finder->count && finder->mention[next].begin <= at) {
            ml_mention mention = finder->mention[next++];
            uint32_t begin, end;
            bool again = false;
            for (uint32_t i = 0; i < known_count; i++)
                again |= mention.end - mention.begin == known[i].end - known[i].begin &&
                         same_tokens(finder, known[i].begin, mention.begin, mention.end - mention.begin) &&
                         merged[known[i].mention].row == mention.row;
            merged[count++] = mention;
            at = mention.end > at ? mention.end : at + 1;
            if (!again && known_count < KNOWN && introduces(finder, &mention, &begin, &end)) {
                known[known_count].mention = count - 1;
                known[known_count].begin = begin;
                known[known_count++].end = end;
            }
            continue;
        }
        uint32_t step = 1;
        for (uint32_t i = 0; i < known_count; i++) {
            uint32_t len = known[i].end - known[i].begin;
            uint32_t limit = next < finder->count ? finder->mention[next].begin : finder->tokens->count;
            if (at >= known[i].begin && at + len <= limit && same_tokens(finder, known[i].begin, at, len)) {
                merged[count++] = abbreviation(&merged[known[i].mention], known[i].mention, at, at + len);
                step = len;
                break;
            }
        }
        at += step;
    }
    finder->mention = merged;
    finder->count = count;
}
