/* resolver.h - what the steps of this room share. */
#ifndef ML_RESOLVE_RESOLVER_H
#define ML_RESOLVE_RESOLVER_H

#include "base/index.h"
#include "resolve/resolve.h"

typedef struct {
    const ml_gazetteer *gazetteer;
    const ml_rules *rules;
    const ml_tokens *tokens;
    const ml_matches *matches;
    const ml_mentions *mentions;
    ml_str article;
    ml_date date;
    ml_arena *arena;
    ml_entity *entity;
    uint32_t *of;
    uint32_t count, cap;
    uint64_t *organ_word; /* of each organ the syllable that it shares with designators; 1 for none, 0 not yet known */
    ml_index named;       /* the rows of localities.tsv that the article names */
    ml_index by_row;      /* entities by list and row of their table */
    ml_index by_name; /* bodies, sites and unknown localities by their folded name; people by the syllables of theirs */
} ml_resolver;

/* A new entity of mention `mention`; its index, or ML_NONE when there is no room. */
uint32_t ml_resolver_add(ml_resolver *resolver, ml_entity_type type, uint32_t mention);

/* The steps, in this order: bodies need localities. */
void ml_resolve_localities(ml_resolver *resolver);
void ml_resolve_bodies(ml_resolver *resolver);
void ml_resolve_persons(ml_resolver *resolver);
void ml_resolve_events(ml_resolver *resolver);

/* The entity of a locality mention or inner part, made if need be. */
uint32_t ml_resolve_locality(ml_resolver *resolver, const ml_mention *mention, uint32_t index);

enum { ML_RESOLVER_LOOK = 200 }; /* mentions looked back or ahead over for context: keeps long articles linear */

/* The key of a table's row for `by_row`. */
static inline uint64_t ml_resolver_row_key(ml_list list, uint32_t row)
{
    return (uint64_t)list << 32 | row;
}

enum { ML_RESOLVER_CANDIDATES = 16 };

/* Notes that the entity may be any of these rows, if they are several. */
void ml_resolver_doubt(ml_resolver *resolver, uint32_t entity, const uint32_t *rows, uint32_t count);

/* Hash of the folded syllables of a name: equal for all its spellings. */
uint64_t ml_resolver_key(const ml_resolver *resolver, ml_str name);

/* `prefix` + slug of `name` + the hash of name and `salt`: an id that matches [A-Za-z][A-Za-z0-9_-]*. */
ml_str ml_resolver_id(ml_resolver *resolver, ml_str prefix, ml_str name, uint64_t salt);

/* The bytes of a mention's name tokens. */
ml_str ml_resolver_text(const ml_resolver *resolver, uint32_t begin, uint32_t end);

/* Do two token stretches spell the same syllables? */
bool ml_resolver_same(const ml_resolver *resolver, uint32_t a_begin, uint32_t a_end, uint32_t b_begin, uint32_t b_end);

#endif
