#include "resolve/resolver.h"

static uint32_t length(const ml_mention *mention)
{
    return mention->name_end - mention->name_begin;
}

/* The key of a name's syllables for `by_name`; a foreign one may stand in either order: `Kuroiwa Yuji`, `Yuji Kuroiwa`. */
static uint64_t key_of(const ml_resolver *resolver, const ml_mention *mention)
{
    uint64_t key = ML_PERSON;
    for (uint32_t i = mention->name_begin; i < mention->name_end; i++) {
        uint64_t syllable = resolver->tokens->token[i].key;
        key = mention->foreign ? key + syllable * 0x9e3779b97f4a7c15u : (key ^ syllable) * 0x100000001b3u;
    }
    return key;
}

/* Do the two differ in one letter at most, put in, left out or changed? */
static bool nearly_same(ml_str a, ml_str b)
{
    uint32_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len, front = 0, back = 0;
    while (front < shorter && a.ptr[front] == b.ptr[front])
        front++;
    while (back < shorter - front && a.ptr[a.len - 1 - back] == b.ptr[b.len - 1 - back])
        back++;
    return longer - front - back <= 1;
}

/* `Bounkong Syhavong` written `Sihavong`: the person whose foreign name differs in a letter of one long word. */
static uint32_t entity_of_misspelt(const ml_resolver *resolver, const ml_mention *mention)
{
    enum { LONG_BYTES = 5 };
    for (uint32_t i = resolver->count; mention->foreign && i-- > 0 && resolver->count - i <= ML_RESOLVER_LOOK;) {
        const ml_entity *entity = &resolver->entity[i];
        if (entity->type != ML_PERSON)
            continue;
        const ml_mention *full = &resolver->mentions->mention[entity->first];
        bool fits = full->foreign && length(full) == length(mention) && length(mention) >= 2;
        uint32_t differ = 0;
        for (uint32_t k = 0; fits && k < length(mention); k++) {
            uint32_t here = mention->name_begin + k, there = full->name_begin + k;
            if (resolver->tokens->token[here].key == resolver->tokens->token[there].key)
                continue;
            ml_str word = ml_tokens_text(resolver->tokens, here, here + 1);
            fits = ++differ == 1 && word.len >= LONG_BYTES &&
                   nearly_same(word, ml_tokens_text(resolver->tokens, there, there + 1));
        }
        if (fits)
            return i;
    }
    return ML_NONE;
}

/* Is `part` a short form of `full`: the last syllables of a Vietnamese name, any words in order of a foreign one? */
static bool is_short_of(const ml_resolver *resolver, const ml_mention *part, const ml_mention *full)
{
    uint32_t some = length(part), all = length(full);
    if (some >= all)
        return false;
    if (ml_resolver_same(resolver, part->name_begin, part->name_end, full->name_end - some, full->name_end))
        return true;
    if (!full->foreign)
        return false;
    /* `James Comey` of `James B. Comey` */
    uint32_t found = 0;
    for (uint32_t at = full->name_begin; at < full->name_end && found < some; at++)
        found += resolver->tokens->token[at].key == resolver->tokens->token[part->name_begin + found].key;
    return found == some;
}

/* A name of three syllables is always a full one; shorter ones may be short for another. */
static bool is_full(const ml_mention *mention)
{
    return (length(mention) >= 3 && !mention->foreign) || (mention->via == ML_VIA_TABLE && length(mention) >= 2);
}

static uint32_t entity_of_full(const ml_resolver *resolver, const ml_mention *mention)
{
    uint32_t found;
    bool official = mention->row != ML_NONE &&
                    ml_index_find(&resolver->by_row, ml_resolver_row_key(ML_IN_OFFICIALS, mention->row), &found);
    bool known = official || ml_index_find(&resolver->by_name, key_of(resolver, mention), &found);
    return known ? found : entity_of_misspelt(resolver, mention);
}

/* The person whom a short name means: the one named last before it, else the first one behind. */
static uint32_t entity_of_short(const ml_resolver *resolver, uint32_t index)
{
    const ml_mention *part = &resolver->mentions->mention[index];
    for (uint32_t i = index; i-- > 0 && index - i <= ML_RESOLVER_LOOK;) {
        const ml_mention *other = &resolver->mentions->mention[i];
        if (other->type == ML_PERSON && resolver->of[i] != ML_NONE && is_short_of(resolver, part, other))
            return resolver->of[i];
    }
    for (uint32_t i = index + 1; i < resolver->mentions->count && i - index <= ML_RESOLVER_LOOK; i++) {
        const ml_mention *other = &resolver->mentions->mention[i];
        if (other->type == ML_PERSON && resolver->of[i] != ML_NONE && is_short_of(resolver, part, other))
            return resolver->of[i];
    }
    return ML_NONE;
}

/* The officials of this name; none where it is one that many bear. */
static uint32_t officials_of(const ml_resolver *resolver, const ml_mention *mention,
                             uint32_t rows[ML_RESOLVER_CANDIDATES])
{
    uint32_t count = 0;
    const ml_matches *matches = resolver->matches;
    for (uint32_t i = matches->first[mention->name_begin]; i < matches->first[mention->name_begin + 1]; i++) {
        const ml_match *match = &matches->match[i];
        const ml_pattern *pattern = ml_patterns_at(resolver->gazetteer->patterns, match->pattern);
        if (pattern->list != ML_IN_OFFICIALS || match->end != mention->name_end)
            continue;
        if (resolver->gazetteer->official[pattern->row].flags & ML_FLAG_COMMON)
            return 0;
        bool again = false;
        for (uint32_t k = 0; k < count; k++)
            again |= rows[k] == pattern->row;
        if (!again && count < ML_RESOLVER_CANDIDATES)
            rows[count++] = pattern->row;
    }
    return count;
}

static uint32_t make(ml_resolver *resolver, uint32_t index)
{
    const ml_mention *mention = &resolver->mentions->mention[index];
    uint32_t made = ml_resolver_add(resolver, ML_PERSON, index);
    if (made == ML_NONE)
        return made;
    ml_entity *entity = &resolver->entity[made];
    ml_index_set(&resolver->by_name, key_of(resolver, mention), made);
    if (mention->row != ML_NONE)
        ml_index_set(&resolver->by_row, ml_resolver_row_key(ML_IN_OFFICIALS, mention->row), made);
    entity->name = ml_resolver_text(resolver, mention->name_begin, mention->name_end);
    uint32_t rows[ML_RESOLVER_CANDIDATES], officials = officials_of(resolver, mention, rows);
    entity->row = officials == 1 ? rows[0] : ML_NONE; /* of several nobody is guessed */
    ml_resolver_doubt(resolver, made, rows, officials);
    bool alone = length(mention) == 1; /* `ông Hải` whom nothing explains is this article's own */
    if (entity->row != ML_NONE)
        entity->id = resolver->gazetteer->official[entity->row].id;
    else
        entity->id =
            ml_resolver_id(resolver, ML_STR("person-x-"), entity->name, alone ? ml_str_hash(resolver->article) : 0);
    return made;
}

void ml_resolve_persons(ml_resolver *resolver)
{
    enum { LONGEST_FOREIGN = 12 };
    const ml_mentions *mentions = resolver->mentions;
    for (uint32_t i = 0; i < mentions->count; i++) {
        const ml_mention *mention = &mentions->mention[i];
        if (mention->type != ML_PERSON || !is_full(mention))
            continue;
        uint32_t found = entity_of_full(resolver, mention);
        resolver->of[i] = found != ML_NONE ? found : make(resolver, i);
    }
    /* Longer names first, so that a short one finds the fullest. */
    for (uint32_t len = LONGEST_FOREIGN; len >= 1; len--) {
        for (uint32_t i = 0; i < mentions->count; i++) {
            const ml_mention *mention = &mentions->mention[i];
            if (mention->type != ML_PERSON || resolver->of[i] != ML_NONE || length(mention) != len)
                continue;
            uint32_t found = entity_of_short(resolver, i);
            if (found == ML_NONE)
                found = entity_of_full(resolver, mention);
            resolver->of[i] = found != ML_NONE ? found : make(resolver, i);
        }
    }
}
