#include "resolve/resolver.h"

static const ml_locality *row_of(const ml_resolver *resolver, uint32_t row)
{
    return &resolver->gazetteer->locality[row];
}

/* Is a unit above this row, below the country, named in the article? */
static bool ancestor_is_named(const ml_resolver *resolver, uint32_t row)
{
    for (uint32_t up = row_of(resolver, row)->parent; up != ML_NO_ROW; up = row_of(resolver, up)->parent) {
        uint32_t mention;
        if (ml_index_find(&resolver->named, up, &mention) && row_of(resolver, up)->level != ML_LEVEL_COUNTRY)
            return true;
    }
    return false;
}

static void mark_named(ml_resolver *resolver)
{
    const ml_mentions *mentions = resolver->mentions;
    for (uint32_t i = 0; i < mentions->count; i++) {
        const ml_mention *part = &mentions->mention[i];
        for (;;) {
            if (part->type == ML_LOCALITY && part->row != ML_NONE)
                ml_index_set(&resolver->named, part->row, i);
            if (part->inner == ML_NONE)
                break;
            part = &mentions->inner[part->inner];
        }
    }
}

/* Of units that share a name, the one within a unit that the article names; else the one the mention has, which may be any of
 * `rows`. */
static uint32_t choose(const ml_resolver *resolver, const ml_mention *mention, uint32_t rows[ML_RESOLVER_CANDIDATES],
                       uint32_t *count)
{
    *count = 0;
    const ml_locality *given = row_of(resolver, mention->row);
    if (given->level != ML_LEVEL_DISTRICT && given->level != ML_LEVEL_COMMUNE)
        return mention->row;
    if (ancestor_is_named(resolver, mention->row))
        return mention->row;
    const ml_matches *matches = resolver->matches;
    for (uint32_t i = matches->first[mention->name_begin]; i < matches->first[mention->name_begin + 1]; i++) {
        const ml_match *match = &matches->match[i];
        const ml_pattern *pattern = ml_patterns_at(resolver->gazetteer->patterns, match->pattern);
        if (pattern->list != ML_IN_LOCALITIES || match->end != mention->name_end)
            continue;
        const ml_locality *row = row_of(resolver, pattern->row);
        if (row->level != given->level ||
            (mention->designator != ML_NONE && !ml_str_equal(row->designator, given->designator)) ||
            !ml_date_within(resolver->date, row->since, row->until))
            continue;
        if (ancestor_is_named(resolver, pattern->row)) {
            *count = 0;
            return pattern->row;
        }
        if (*count < ML_RESOLVER_CANDIDATES)
            rows[(*count)++] = pattern->row;
    }
    return mention->row;
}

static ml_str named(ml_resolver *resolver, ml_str designator, ml_str name)
{
    if (!designator.len)
        return name;
    ml_str pieces[] = {designator, ML_STR(" "), name};
    return ml_arena_concat(resolver->arena, pieces, 3);
}

uint32_t ml_resolve_locality(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    if (mention->row != ML_NONE) {
        uint32_t rows[ML_RESOLVER_CANDIDATES], count;
        uint32_t row = choose(resolver, mention, rows, &count);
        uint32_t found;
        if (ml_index_find(&resolver->by_row, ml_resolver_row_key(ML_IN_LOCALITIES, row), &found))
            return found;
        uint32_t made = ml_resolver_add(resolver, ML_LOCALITY, index);
        if (made != ML_NONE) {
            ml_index_set(&resolver->by_row, ml_resolver_row_key(ML_IN_LOCALITIES, row), made);
            resolver->entity[made].row = row;
            ml_resolver_doubt(resolver, made, rows, count);
            resolver->entity[made].id = row_of(resolver, row)->id;
            resolver->entity[made].name =
                named(resolver, row_of(resolver, row)->designator, row_of(resolver, row)->name);
        }
        return made;
    }
    ml_str designator =
        mention->designator == ML_NONE ? ML_STR("") : resolver->rules->designator[mention->designator].canonical;
    ml_str name = named(resolver, designator, ml_resolver_text(resolver, mention->name_begin, mention->name_end));
    uint64_t key = ml_resolver_key(resolver, name) ^ ML_LOCALITY;
    uint32_t found;
    if (ml_index_find(&resolver->by_name, key, &found))
        return found;
    uint32_t made = ml_resolver_add(resolver, ML_LOCALITY, index);
    if (made != ML_NONE) {
        ml_index_set(&resolver->by_name, key, made);
        resolver->entity[made].id = ml_resolver_id(resolver, ML_STR("place-x-"), name, 0);
        resolver->entity[made].name = name;
    }
    return made;
}

void ml_resolve_localities(ml_resolver *resolver)
{
    mark_named(resolver);
    for (uint32_t i = 0; i < resolver->mentions->count; i++) {
        const ml_mention *mention = &resolver->mentions->mention[i];
        if (mention->type == ML_LOCALITY && mention->same_as == ML_NONE)
            resolver->of[i] = ml_resolve_locality(resolver, mention, i);
    }
}
