#include "resolve/resolver.h"

static const ml_locality *row_of(const ml_resolver *resolver, uint32_t row)
{
    return &resolver->gazetteer->locality[row];
}

static bool lies_in(const ml_resolver *resolver, uint32_t row, uint32_t ancestor)
{
    for (uint32_t up = row_of(resolver, row)->parent; up != ML_NO_ROW; up = row_of(resolver, up)->parent) {
        if (up == ancestor)
            return true;
    }
    return false;
}

/* Is a unit above this row named in the article? Counts levels below the country. */
static bool ancestor_is_named(const ml_resolver *resolver, uint32_t row)
{
    for (uint32_t i = 0; i < resolver->mentions->count; i++) {
        const ml_mention *other = &resolver->mentions->mention[i];
        if (other->type == ML_LOCALITY && other->row != ML_NONE && row_of(resolver, other->row)->level != ML_LEVEL_COUNTRY &&
            lies_in(resolver, row, other->row))
            return true;
    }
    for (uint32_t i = 0; i < resolver->mentions->inner_count; i++) {
        const ml_mention *other = &resolver->mentions->inner[i];
        if (other->type == ML_LOCALITY && other->row != ML_NONE && row_of(resolver, other->row)->level != ML_LEVEL_COUNTRY &&
            lies_in(resolver, row, other->row))
            return true;
    }
    return false;
}

/* Of units that share a name, the one within a unit that the article names; else the one the mention has. */
static uint32_t choose(const ml_resolver *resolver, const ml_mention *mention)
{
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
        if (row->level == given->level && ml_str_equal(row->designator, given->designator) &&
            ml_date_within(resolver->date, row->since, row->until) && ancestor_is_named(resolver, pattern->row))
            return pattern->row;
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

static uint32_t find_row(const ml_resolver *resolver, uint32_t row)
{
    for (uint32_t i = 0; i < resolver->count; i++) {
        if (resolver->entity[i].type == ML_LOCALITY && resolver->entity[i].row == row)
            return i;
    }
    return ML_NONE;
}

static uint32_t find_id(const ml_resolver *resolver, ml_str id)
{
    for (uint32_t i = 0; i < resolver->count; i++) {
        if (ml_str_equal(resolver->entity[i].id, id))
            return i;
    }
    return ML_NONE;
}

uint32_t ml_resolve_locality(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    if (mention->row != ML_NONE) {
        uint32_t row = choose(resolver, mention);
        uint32_t found = find_row(resolver, row);
        if (found != ML_NONE)
            return found;
        uint32_t made = ml_resolver_add(resolver, ML_LOCALITY, index);
        if (made != ML_NONE) {
            resolver->entity[made].row = row;
            resolver->entity[made].id = row_of(resolver, row)->id;
            resolver->entity[made].name = named(resolver, row_of(resolver, row)->designator, row_of(resolver, row)->name);
        }
        return made;
    }
    ml_str designator = mention->designator == ML_NONE ? ML_STR("") : resolver->rules->designator[mention->designator].canonical;
    ml_str name = named(resolver, designator, ml_resolver_text(resolver, mention->name_begin, mention->name_end));
    ml_str id = ml_resolver_id(resolver, ML_STR("place-x-"), name, 0);
    uint32_t found = find_id(resolver, id);
    if (found != ML_NONE)
        return found;
    uint32_t made = ml_resolver_add(resolver, ML_LOCALITY, index);
    if (made != ML_NONE) {
        resolver->entity[made].id = id;
        resolver->entity[made].name = name;
    }
    return made;
}

void ml_resolve_localities(ml_resolver *resolver)
{
    for (uint32_t i = 0; i < resolver->mentions->count; i++) {
        const ml_mention *mention = &resolver->mentions->mention[i];
        if (mention->type == ML_LOCALITY && mention->same_as == ML_NONE)
            resolver->of[i] = ml_resolve_locality(resolver, mention, i);
    }
}
