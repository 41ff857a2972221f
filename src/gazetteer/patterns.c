#include "gazetteer/patterns.h"

#include <stdlib.h>

enum { PATTERN_TOKENS = 32, NONE = 0 };

/* An edge of the trie: from a node by a symbol to a node; `to` 0 is a free slot. The root's are the beginnings. */
typedef struct {
    uint32_t from, symbol, to;
} edge;

/* The names that begin with a syllable: most syllables of a text are known here to go no further. */
typedef struct {
    uint64_t seconds; /* a bit for each syllable that may follow */
    uint32_t node;    /* behind the root by this syllable; NONE where no name begins with it */
    uint32_t alone;   /* the names that it is alone, as `names` has them */
} beginning;

struct ml_patterns {
    beginning *begins; /* by symbol */
    uint32_t begin_count;
    edge *edges;
    uint32_t edge_slots, edge_count;
    uint32_t *names; /* of each node the last pattern that ends there, plus one */
    uint32_t node_cap, node_count;
    ml_pattern *pattern;
    uint32_t *previous; /* of each pattern the one before it at the same node, plus one */
    uint32_t pattern_cap, pattern_count;
};

static uint32_t slot_of(const ml_patterns *patterns, uint32_t from, uint32_t symbol)
{
    uint64_t mixed =
        ((uint64_t)from << 32 | symbol) * 0x9e3779b97f4a7c15u; /* Knuth's multiplicative hashing, golden ratio */
    uint32_t slot = (uint32_t)(mixed >> 32) & (patterns->edge_slots - 1);
    while (patterns->edges[slot].to && (patterns->edges[slot].from != from || patterns->edges[slot].symbol != symbol))
        slot = (slot + 1) & (patterns->edge_slots - 1);
    return slot;
}

static uint64_t second_bit(uint32_t symbol)
{
    return (uint64_t)1 << (symbol * 0x9e3779b9u >> 26);
}

/* Room for a beginning of every symbol up to this one. */
static bool grow_begins(ml_patterns *patterns, uint32_t symbol)
{
    if (symbol < patterns->begin_count)
        return true;
    uint32_t count = symbol < 1u << 12 ? 1u << 13 : symbol * 2;
    beginning *grown = realloc(patterns->begins, count * sizeof *grown);
    if (!grown)
        return false;
    memset(grown + patterns->begin_count, 0, (count - patterns->begin_count) * sizeof *grown);
    patterns->begins = grown;
    patterns->begin_count = count;
    return true;
}

static bool grow_edges(ml_patterns *patterns)
{
    edge *old = patterns->edges;
    uint32_t old_slots = patterns->edge_slots;
    uint32_t slots = old_slots ? old_slots * 2 : 1u << 16;
    edge *grown = calloc(slots, sizeof *grown);
    if (!grown)
        return false;
    patterns->edges = grown;
    patterns->edge_slots = slots;
    for (uint32_t i = 0; i < old_slots; i++) {
        if (old[i].to)
            grown[slot_of(patterns, old[i].from, old[i].symbol)] = old[i];
    }
    free(old);
    return true;
}

static bool grow_nodes(ml_patterns *patterns)
{
    uint32_t cap = patterns->node_cap ? patterns->node_cap * 2 : 1u << 15;
    uint32_t *grown = realloc(patterns->names, cap * sizeof *grown);
    if (!grown)
        return false;
    memset(grown + patterns->node_cap, 0, (cap - patterns->node_cap) * sizeof *grown);
    patterns->names = grown;
    patterns->node_cap = cap;
    return true;
}

static bool grow_patterns(ml_patterns *patterns)
{
    uint32_t cap = patterns->pattern_cap ? patterns->pattern_cap * 2 : 1u << 14;
    ml_pattern *grown = realloc(patterns->pattern, cap * sizeof *grown);
    if (!grown)
        return false;
    patterns->pattern = grown;
    uint32_t *previous = realloc(patterns->previous, cap * sizeof *previous);
    if (!previous)
        return false;
    patterns->previous = previous;
    patterns->pattern_cap = cap;
    return true;
}

ml_status ml_patterns_new(ml_patterns **out, ml_error *error)
{
    ml_patterns *patterns = calloc(1, sizeof *patterns);
    if (!patterns || !grow_edges(patterns) || !grow_nodes(patterns) || !grow_patterns(patterns)) {
        ml_patterns_free(patterns);
        return ml_fail_memory(error);
    }
    patterns->node_count = 1; /* 0 is none */
    *out = patterns;
    return ML_OK;
}

void ml_patterns_free(ml_patterns *patterns)
{
    if (!patterns)
        return;
    free(patterns->begins);
    free(patterns->edges);
    free(patterns->names);
    free(patterns->pattern);
    free(patterns->previous);
    free(patterns);
}

/* The node behind the root by `symbol`, a new one if need be; 0 when memory is short. */
static uint32_t begin_or_add(ml_patterns *patterns, uint32_t symbol)
{
    if (!grow_begins(patterns, symbol))
        return NONE;
    beginning *begins = &patterns->begins[symbol];
    if (!begins->node && (patterns->node_count < patterns->node_cap || grow_nodes(patterns)))
        begins->node = patterns->node_count++;
    return begins->node;
}

/* The node behind `from` by `symbol`, a new one if need be; 0 when memory is short. */
static uint32_t step_or_add(ml_patterns *patterns, uint32_t from, uint32_t symbol)
{
    uint32_t slot = slot_of(patterns, from, symbol);
    if (patterns->edges[slot].to)
        return patterns->edges[slot].to;
    if (patterns->edge_count * 2 >= patterns->edge_slots) {
        if (!grow_edges(patterns))
            return NONE;
        slot = slot_of(patterns, from, symbol);
    }
    if (patterns->node_count == patterns->node_cap && !grow_nodes(patterns))
        return NONE;
    patterns->edges[slot] = (edge){from, symbol, patterns->node_count};
    patterns->edge_count++;
    return patterns->node_count++;
}

ml_status ml_patterns_add(ml_patterns *patterns, const ml_tokens *tokens, ml_pattern pattern, ml_error *error)
{
    if (tokens->count == 0 || tokens->count > PATTERN_TOKENS)
        return ml_fail(error, ML_E_LIMIT, tokens->text, "a name must have 1 to %d syllables and marks", PATTERN_TOKENS);
    uint32_t node = NONE, first = tokens->token[0].symbol;
    pattern.capitals = pattern.uppers = 0;
    for (uint32_t i = 0; i < tokens->count; i++) {
        uint32_t symbol = tokens->token[i].symbol;
        pattern.capitals |= (uint32_t)tokens->token[i].capital << i;
        pattern.uppers |= (uint32_t)tokens->token[i].upper << i;
        node = i ? step_or_add(patterns, node, symbol) : begin_or_add(patterns, symbol);
        if (!node)
            return ml_fail_memory(error);
        if (i == 1)
            patterns->begins[first].seconds |= second_bit(symbol);
    }
    if (patterns->pattern_count == patterns->pattern_cap && !grow_patterns(patterns))
        return ml_fail_memory(error);
    patterns->pattern[patterns->pattern_count] = pattern;
    patterns->previous[patterns->pattern_count] = patterns->names[node];
    patterns->names[node] = ++patterns->pattern_count;
    if (tokens->count == 1)
        patterns->begins[first].alone = patterns->pattern_count;
    return ML_OK;
}

const ml_pattern *ml_patterns_at(const ml_patterns *patterns, uint32_t index)
{
    return &patterns->pattern[index];
}

/* Must the text have capitals where the alias has them? Names of places and people yes, bodies at one syllable at least,
 * words of the language not at all. Short words in capitals (`EU`, `IS`) always want capitals. */
static bool capitals_fit(const ml_pattern *pattern, uint32_t capitals, uint32_t uppers)
{
    if (pattern->uppers & ~uppers)
        return false;
    switch ((ml_list)pattern->list) {
    case ML_IN_LOCALITIES: {
        uint32_t missing = pattern->capitals & ~capitals;
        return missing == 0 || (missing == 1 && pattern->small_first);
    }
    case ML_IN_OFFICIALS:
        return (pattern->capitals & ~capitals) == 0;
    case ML_IN_BODIES:
        return capitals != 0;
    default:
        return true;
    }
}

typedef struct {
    ml_arena *arena;
    ml_match *match;
    uint16_t *lists;
    uint64_t *word_begin, *word_end;
    uint32_t count, cap;
} match_list;

static bool push(match_list *list, ml_match match)
{
    if (list->count == list->cap) {
        ml_match *grown = ml_arena_room(list->arena, (size_t)list->cap * 2, sizeof *grown);
        if (!grown)
            return false;
        memcpy(grown, list->match, list->count * sizeof *grown);
        list->match = grown;
        list->cap *= 2;
    }
    list->match[list->count++] = match;
    return true;
}

static void mark(match_list *list, const ml_pattern *pattern, uint32_t begin, uint32_t end)
{
    list->lists[begin] = (uint16_t)(list->lists[begin] | 1u << pattern->list);
    if (pattern->list == ML_IN_CUES) {
        list->word_begin[begin] |= (uint64_t)1 << pattern->word_class;
        list->word_end[end] |= (uint64_t)1 << pattern->word_class;
    }
}

/* Takes those of the names that end at a node whose capitals fit. */
static bool take(const ml_patterns *patterns, uint32_t names, ml_match here, uint32_t capitals, uint32_t uppers,
                 match_list *list)
{
    for (uint32_t name = names; name; name = patterns->previous[name - 1]) {
        const ml_pattern *pattern = &patterns->pattern[name - 1];
        if (!capitals_fit(pattern, capitals, uppers))
            continue;
        here.pattern = name - 1;
        mark(list, pattern, here.begin, here.end);
        if (!push(list, here))
            return false;
    }
    return true;
}

static uint32_t is_upper(const ml_token *token)
{
    return token->upper || (token->capital && token->kind == ML_NUMBER);
}

/* The names of two syllables and more that begin at token `begin`. */
static bool find_longer(const ml_patterns *patterns, const ml_tokens *tokens, uint32_t begin, match_list *list)
{
    const ml_token *first = &tokens->token[begin];
    uint32_t node = patterns->begins[first->symbol].node, capitals = first->capital, uppers = is_upper(first);
    for (uint32_t at = begin + 1; at < tokens->count && at - begin < PATTERN_TOKENS; at++) {
        const ml_token *token = &tokens->token[at];
        if (!token->symbol || token->gap == ML_GAP_LINE)
            return true;
        node = patterns->edges[slot_of(patterns, node, token->symbol)].to;
        if (!node)
            return true;
        capitals |= (uint32_t)token->capital << (at - begin);
        uppers |= is_upper(token) << (at - begin);
        if (!take(patterns, patterns->names[node], (ml_match){begin, at + 1, 0}, capitals, uppers, list))
            return false;
    }
    return true;
}

/* All names that begin at token `begin`. */
static bool find_at(const ml_patterns *patterns, const ml_tokens *tokens, uint32_t begin, match_list *list)
{
    const ml_token *token = &tokens->token[begin];
    if (!token->symbol || token->symbol >= patterns->begin_count)
        return true;
    const beginning *begins = &patterns->begins[token->symbol];
    if (begins->alone &&
        !take(patterns, begins->alone, (ml_match){begin, begin + 1, 0}, token->capital, is_upper(token), list))
        return false;
    bool goes_on = begin + 1 < tokens->count && begins->seconds & second_bit(token[1].symbol);
    return !goes_on || find_longer(patterns, tokens, begin, list);
}

ml_status ml_patterns_find(const ml_patterns *patterns, const ml_tokens *tokens, ml_arena *arena, ml_matches *out,
                           ml_error *error)
{
    match_list list = {.arena = arena, .cap = tokens->count + 16};
    list.match = ml_arena_room(arena, list.cap, sizeof *list.match);
    uint32_t *first = ml_arena_room(arena, (size_t)tokens->count + 1, sizeof *first);
    list.lists = ml_arena_array(arena, (size_t)tokens->count + 1, sizeof *list.lists);
    list.word_begin = ml_arena_array(arena, (size_t)tokens->count + 1, sizeof *list.word_begin);
    list.word_end = ml_arena_array(arena, (size_t)tokens->count + 1, sizeof *list.word_end);
    if (arena->failed)
        return ml_fail_memory(error);
    for (uint32_t at = 0; at < tokens->count; at++) {
        first[at] = list.count;
        if (!find_at(patterns, tokens, at, &list))
            return ml_fail_memory(error);
    }
    first[tokens->count] = list.count;
    *out = (ml_matches){.match = list.match,
                        .first = first,
                        .lists = list.lists,
                        .word_begin = list.word_begin,
                        .word_end = list.word_end,
                        .count = list.count,
                        .token_count = tokens->count};
    return ML_OK;
}

const ml_match *ml_matches__longest(const ml_matches *matches, const ml_patterns *patterns, uint32_t at, ml_list list)
{
    for (uint32_t i = matches->first[at + 1]; i-- > matches->first[at];) {
        if (patterns->pattern[matches->match[i].pattern].list == list)
            return &matches->match[i];
    }
    return NULL;
}
