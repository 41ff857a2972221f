#include "resolve/resolver.h"

static const ml_organ *organ_of(const ml_resolver *resolver, const ml_mention *mention)
{
    return &resolver->gazetteer->organ[mention->row];
}

static uint64_t first_syllable(const ml_resolver *resolver, ml_str text)
{
    char folded[ML_FOLD_BYTES];
    ml_str word = ml_str_slice(text, 0, ml_str_find(text, ' ', 0));
    ml_str key = {folded, ml_vocabulary_fold(resolver->gazetteer->vocabulary, word, folded)};
    return ml_str_hash(key);
}

/* The syllable by which the organ's own name tells the designator, as `Tỉnh ủy` does `tỉnh` and `Thành ủy` `thành phố`; 1 where
 * it tells none. */
static uint64_t designator_word(const ml_resolver *resolver, uint32_t organ)
{
    uint64_t *known = &resolver->organ_word[organ];
    if (*known)
        return *known;
    uint64_t syllable = first_syllable(resolver, resolver->gazetteer->organ[organ].name);
    *known = 1;
    for (uint32_t i = 0; i < resolver->rules->designator_count; i++) {
        const ml_designator *designator = &resolver->rules->designator[i];
        if (designator->unit && first_syllable(resolver, designator->canonical) == syllable)
            *known = syllable;
    }
    return *known;
}

/* Can this locality complete the organ? */
static bool fits(const ml_resolver *resolver, const ml_mention *mention, uint32_t locality)
{
    const ml_entity *entity = &resolver->entity[locality];
    if (entity->type != ML_LOCALITY || entity->row == ML_NONE)
        return false;
    const ml_organ *organ = organ_of(resolver, mention);
    const ml_locality *row = &resolver->gazetteer->locality[entity->row];
    uint32_t level = 1u << row->level;
    uint32_t levels = organ->levels;
    if (row->level == ML_LEVEL_FOREIGN_PROVINCE)
        level |= 1u << ML_LEVEL_PROVINCE;
    if (mention->designator != ML_NONE)
        return levels & level &&
               ml_str_equal(resolver->rules->designator[mention->designator].canonical, row->designator);
    uint64_t word = designator_word(resolver, mention->row);
    if (word != 1)
        return levels & level && first_syllable(resolver, row->designator) == word;
    return (levels & level) != 0;
}

/* The locality that a completed body belongs to in the end, or ML_NONE. */
static uint32_t locality_of(const ml_resolver *resolver, uint32_t entity)
{
    for (int steps = 0; entity != ML_NONE && steps < 4; steps++) {
        if (resolver->entity[entity].type == ML_LOCALITY)
            return entity;
        entity = resolver->entity[entity].unit;
    }
    return ML_NONE;
}

/* A body further on in the same chain of titles, before the person's name: `Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Quảng Ninh`. */
static uint32_t chain_ahead(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    enum { GAP_TOKENS = 6, CHAIN = 8 };
    const ml_mentions *mentions = resolver->mentions;
    uint32_t sentence = resolver->tokens->token[mention->begin].sentence;
    for (uint32_t i = index; i + 1 < mentions->count && i - index < CHAIN; i++) {
        const ml_mention *here = &mentions->mention[i], *next = &mentions->mention[i + 1];
        if (resolver->tokens->token[next->begin].sentence != sentence || next->begin - here->end > GAP_TOKENS ||
            (next->type != ML_BODY && next->type != ML_LOCALITY))
            return ML_NONE;
        const ml_mention *place = next;
        while (place->inner != ML_NONE)
            place = &mentions->inner[place->inner];
        if (place->type != ML_LOCALITY)
            continue;
        uint32_t entity = ml_resolve_locality(resolver, place, i + 1);
        if (entity != ML_NONE && fits(resolver, mention, entity))
            return entity;
    }
    return ML_NONE;
}

/* The nearest unit that fits: further on in the chain, then back through the article, then on. */
static uint32_t unit_by_context(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    uint32_t found = chain_ahead(resolver, mention, index);
    if (found != ML_NONE)
        return found;
    for (uint32_t i = index; i-- > 0 && index - i <= ML_RESOLVER_LOOK;) {
        found = locality_of(resolver, resolver->of[i]);
        if (found != ML_NONE && fits(resolver, mention, found))
            return found;
    }
    for (uint32_t i = index + 1; i < resolver->mentions->count && i - index <= ML_RESOLVER_LOOK; i++) {
        const ml_mention *place = &resolver->mentions->mention[i];
        while (place->inner != ML_NONE)
            place = &resolver->mentions->inner[place->inner];
        if (place->type != ML_LOCALITY || place->same_as != ML_NONE)
            continue;
        found = ml_resolve_locality(resolver, place, i);
        if (found != ML_NONE && fits(resolver, mention, found))
            return found;
    }
    return ML_NONE;
}

/* A designator as it stands within a name: `tỉnh`, from the tables' `Tỉnh`. */
static ml_str lower_designator(const ml_resolver *resolver, ml_str canonical)
{
    for (uint32_t i = 0; i < resolver->rules->designator_count; i++) {
        if (ml_str_equal(resolver->rules->designator[i].canonical, canonical))
            return resolver->rules->designator[i].name;
    }
    return canonical;
}

/* A locality's name within a body's: `{unit}` with the designator, `{place}` without. */
static ml_str place_name(ml_resolver *resolver, const ml_entity *entity, bool with_designator)
{
    if (entity->type != ML_LOCALITY || entity->row == ML_NONE)
        return entity->name;
    const ml_locality *row = &resolver->gazetteer->locality[entity->row];
    bool bare = !with_designator && !(row->flags & ML_FLAG_DESIGNATED);
    if (bare || !row->designator.len)
        return row->name;
    ml_str pieces[] = {lower_designator(resolver, row->designator), ML_STR(" "), row->name};
    return ml_arena_concat(resolver->arena, pieces, 3);
}

/* `tỉnh` of a `UBND tỉnh` whose province nothing tells, or nothing. */
static ml_str lone_designator(const ml_resolver *resolver, const ml_mention *mention)
{
    return mention->designator == ML_NONE ? ML_STR("") : resolver->rules->designator[mention->designator].name;
}

/* The alternative of an organ's pattern that this unit calls for. */
static ml_str pick_pattern(ml_str pattern, bool body)
{
    ml_str rest = pattern, first = {0};
    while (rest.ptr) {
        ml_str part = ml_str_split(&rest, '|');
        if (!first.ptr)
            first = part;
        bool for_body = false;
        for (uint32_t i = 0; i + 6 <= part.len; i++)
            for_body |= memcmp(part.ptr + i, "{body}", 6) == 0;
        if (for_body == body)
            return part;
    }
    return first;
}

/* The words of the field: the table's where the article abbreviates (`TN&MT`) or `always`, else the article's. */
static ml_str field_words(ml_resolver *resolver, const ml_mention *mention, bool always)
{
    if (!mention->field_end)
        return ML_STR("");
    const ml_matches *matches = resolver->matches;
    bool letters = resolver->tokens->token[mention->field_begin].upper;
    for (uint32_t i = matches->first[mention->field_begin]; i < matches->first[mention->field_begin + 1]; i++) {
        const ml_pattern *pattern = ml_patterns_at(resolver->gazetteer->patterns, matches->match[i].pattern);
        if ((always || letters) && pattern->list == ML_IN_FIELDS && matches->match[i].end == mention->field_end)
            return resolver->gazetteer->field[pattern->row].name;
    }
    return ml_resolver_text(resolver, mention->field_begin, mention->field_end);
}

/* Writes the name of an organ by its pattern, with the field's own name if `canonical`: equal for all its spellings. A unit that
 * is not known leaves its place out. */
static ml_str organ_name(ml_resolver *resolver, const ml_mention *mention, uint32_t unit, bool canonical)
{
    const ml_organ *organ = organ_of(resolver, mention);
    const ml_entity *entity = unit == ML_NONE ? NULL : &resolver->entity[unit];
    ml_str pattern = pick_pattern(organ->pattern, entity && entity->type == ML_BODY);
    ml_str pieces[24];
    size_t count = 0;
    while (pattern.ptr && count + 2 < sizeof pieces / sizeof *pieces) {
        ml_str word = ml_str_split(&pattern, ' ');
        ml_str piece = word;
        if (ml_str_equal(word, ML_STR("{organ}")))
            piece = organ->name;
        else if (ml_str_equal(word, ML_STR("{field}")))
            piece = field_words(resolver, mention, canonical);
        else if (ml_str_equal(word, ML_STR("{unit}")) || ml_str_equal(word, ML_STR("{body}")))
            piece = entity ? place_name(resolver, entity, true) : lone_designator(resolver, mention);
        else if (ml_str_equal(word, ML_STR("{place}")))
            piece = entity ? place_name(resolver, entity, false) : ML_STR("");
        if (!piece.len)
            continue;
        if (count)
            pieces[count++] = ML_STR(" ");
        pieces[count++] = piece;
    }
    return ml_arena_concat(resolver->arena, pieces, count);
}

static uint32_t resolve_part(ml_resolver *resolver, const ml_mention *mention, uint32_t index);

/* The body of this organ that belongs to the locality spoken of last; else the latest one; ML_NONE where there is none. */
static uint32_t same_organ_before(const ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    uint32_t spoken = ML_NONE, latest = ML_NONE;
    for (uint32_t i = index; i-- > 0 && index - i <= ML_RESOLVER_LOOK && spoken == ML_NONE;)
        spoken = locality_of(resolver, resolver->of[i]);
    for (uint32_t i = resolver->count; i-- > 0 && resolver->count - i <= ML_RESOLVER_LOOK;) {
        const ml_entity *entity = &resolver->entity[i];
        if (entity->type != ML_BODY || entity->organ != mention->row || entity->unit == ML_NONE)
            continue;
        if (spoken != ML_NONE && locality_of(resolver, i) == spoken)
            return i;
        latest = latest == ML_NONE ? i : latest;
    }
    return latest;
}

/* `Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo Tỉnh ủy`: the body that the next one in the chain of titles belongs to. */
static uint32_t owner_ahead(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    enum { GAP_TOKENS = 4 };
    if (index + 1 >= resolver->mentions->count)
        return ML_NONE;
    const ml_mention *next = &resolver->mentions->mention[index + 1];
    /* The part that `next` is asked for lies behind its begin: it has nothing ahead. */
    if (next->begin < mention->end || next->type != ML_BODY || next->inner == ML_NONE ||
        next->begin - mention->end > GAP_TOKENS || !ml_token_is(resolver->tokens, mention->end, ','))
        return ML_NONE;
    const ml_mention *inner = &resolver->mentions->inner[next->inner];
    return inner->type == ML_BODY ? resolve_part(resolver, inner, index) : ML_NONE;
}

/* `Thanh tra Bộ`: the body spoken of last that begins with the word that the organ's own name ends in. */
static uint32_t owner_named_in(const ml_resolver *resolver, ml_str organ, uint32_t index)
{
    uint32_t space = 0;
    for (uint32_t i = 0; i < organ.len; i++)
        space = organ.ptr[i] == ' ' ? i + 1 : space;
    uint64_t word = first_syllable(resolver, ml_str_slice(organ, space, organ.len));
    for (uint32_t i = index; space && i-- > 0 && index - i <= ML_RESOLVER_LOOK;) {
        uint32_t body = resolver->of[i];
        if (body != ML_NONE && resolver->entity[body].type == ML_BODY &&
            first_syllable(resolver, resolver->entity[body].name) == word)
            return body;
    }
    return ML_NONE;
}

static ml_str kind_of(const ml_resolver *resolver, const ml_mention *mention)
{
    switch (mention->form) {
    case ML_FORM_FIXED:
        return resolver->gazetteer->body[mention->row].kind;
    case ML_FORM_ORGAN:
        return resolver->gazetteer->organ[mention->row].kind;
    case ML_FORM_HEAD:
        return resolver->gazetteer->head[mention->row].kind;
    case ML_FORM_WORDS:
    case ML_FORM_NONE:
        break;
    }
    return ML_STR("");
}

/* The body of this canonical name, made if need be; `name` is what it is called. */
static uint32_t keep_body(ml_resolver *resolver, ml_entity_type type, const ml_mention *mention, uint32_t index,
                          ml_str canonical, ml_str name, uint32_t unit)
{
    /* A body may also be read as a site: one thing all the same. */
    uint64_t key = ml_resolver_key(resolver, canonical) ^ ML_BODY;
    uint32_t found;
    if (ml_index_find(&resolver->by_name, key, &found))
        return found;
    uint32_t made = ml_resolver_add(resolver, type, index);
    if (made == ML_NONE)
        return made;
    ml_index_set(&resolver->by_name, key, made);
    ml_entity *entity = &resolver->entity[made];
    entity->name = name;
    entity->form = mention->form;
    entity->kind = kind_of(resolver, mention);
    entity->unit = unit;
    if (mention->form == ML_FORM_ORGAN)
        entity->organ = mention->row;
    /* The `UBND tỉnh` of one article is not that of another, unless it is known whose it is. */
    bool own = mention->form == ML_FORM_ORGAN && unit == ML_NONE;
    uint64_t salt = own ? ml_str_hash(resolver->article) : 0;
    entity->id = ml_resolver_id(resolver, type == ML_SITE ? ML_STR("site-x-") : ML_STR("body-x-"), canonical, salt);
    return made;
}

static uint32_t resolve_organ(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    uint32_t unit = ML_NONE;
    if (mention->inner != ML_NONE)
        unit = resolve_part(resolver, &resolver->mentions->inner[mention->inner], index);
    /* `Ban Thường vụ Ban Thường vụ` is one of them, said twice. */
    if (unit != ML_NONE && resolver->entity[unit].type == ML_BODY && resolver->entity[unit].organ == mention->row)
        return unit;
    const ml_organ *organ = organ_of(resolver, mention);
    if (unit == ML_NONE && organ->levels & 1u << ML_LEVEL_BODY && mention->designator == ML_NONE) {
        unit = owner_ahead(resolver, mention, index);
        uint32_t before = unit == ML_NONE ? same_organ_before(resolver, mention, index) : ML_NONE;
        if (before != ML_NONE)
            return before;
        if (unit == ML_NONE)
            unit = owner_named_in(resolver, organ->name, index);
    }
    if (unit == ML_NONE)
        unit = unit_by_context(resolver, mention, index);
    ml_str canonical = organ_name(resolver, mention, unit, true);
    ml_str name = mention->field_end ? organ_name(resolver, mention, unit, false) : canonical;
    return keep_body(resolver, ML_BODY, mention, index, canonical, name, unit);
}

/* `Công ty TNHH Cường Hưng`, `Công ty Cường Hưng`: of heads that say what sort of firm it is, what follows tells which. The body
 * known by it stands for `body`, or `body` becomes known by it. */
static uint32_t keep_core(ml_resolver *resolver, const ml_mention *mention, uint32_t body)
{
    uint32_t begin = mention->begin;
    const ml_matches *matches = resolver->matches;
    if (body == ML_NONE || mention->form != ML_FORM_HEAD ||
        !(resolver->gazetteer->head[mention->row].flags & ML_FLAG_SHORT) || mention->inner != ML_NONE)
        return body;
    for (uint32_t i = matches->first[mention->begin]; i < matches->first[mention->begin + 1]; i++) {
        const ml_pattern *pattern = ml_patterns_at(resolver->gazetteer->patterns, matches->match[i].pattern);
        if (pattern->list == ML_IN_HEADS && pattern->row == mention->row)
            begin = matches->match[i].end;
    }
    if (begin == mention->begin || begin >= mention->end)
        return body;
    uint64_t key = ml_resolver_key(resolver, ml_resolver_text(resolver, begin, mention->end)) ^ ML_SITE;
    uint32_t known;
    if (ml_index_find(&resolver->by_name, key, &known))
        return ml_str_equal(resolver->entity[known].kind, kind_of(resolver, mention)) ? known : body;
    ml_index_set(&resolver->by_name, key, body);
    return body;
}

/* The words of a grown name, with the completed name of what it ends in, `của` left out before a locality. */
static uint32_t resolve_head(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    uint32_t unit = ML_NONE;
    ml_str name;
    if (mention->inner == ML_NONE) {
        name = ml_resolver_text(resolver, mention->begin, mention->end);
    } else {
        const ml_mention *inner = &resolver->mentions->inner[mention->inner];
        unit = resolve_part(resolver, inner, index);
        /* A designator may stand outside the inner name, as `vùng` does: it goes where `của` goes. */
        bool of = mention->of && inner->type == ML_LOCALITY;
        ml_str own = ml_resolver_text(resolver, mention->begin, of ? mention->of_begin : inner->begin);
        ml_str place = unit == ML_NONE || inner->type == ML_LOCALITY
                           ? ml_resolver_text(resolver, inner->begin, inner->end)
                           : resolver->entity[unit].name;
        ml_str pieces[] = {own, ML_STR(" "), place};
        name = ml_arena_concat(resolver->arena, pieces, 3);
    }
    return keep_core(resolver, mention, keep_body(resolver, mention->type, mention, index, name, name, unit));
}

static uint32_t resolve_fixed(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    const ml_body *row = &resolver->gazetteer->body[mention->row];
    uint64_t key = ml_resolver_row_key(ML_IN_BODIES, mention->row);
    uint32_t found;
    if (ml_index_find(&resolver->by_row, key, &found))
        return found;
    uint32_t made = ml_resolver_add(resolver, mention->type, index);
    if (made == ML_NONE)
        return made;
    ml_index_set(&resolver->by_row, key, made);
    ml_index_set(&resolver->by_name, ml_resolver_key(resolver, row->name) ^ ML_BODY, made);
    resolver->entity[made].id = row->id;
    resolver->entity[made].name = row->name;
    resolver->entity[made].row = mention->row;
    resolver->entity[made].form = ML_FORM_FIXED;
    resolver->entity[made].kind = row->kind;
    return made;
}

static uint32_t resolve_part(ml_resolver *resolver, const ml_mention *mention, uint32_t index)
{
    if (mention->type == ML_LOCALITY)
        return ml_resolve_locality(resolver, mention, index);
    switch (mention->form) {
    case ML_FORM_FIXED:
        return resolve_fixed(resolver, mention, index);
    case ML_FORM_ORGAN:
        return resolve_organ(resolver, mention, index);
    case ML_FORM_HEAD:
    case ML_FORM_WORDS:
        return resolve_head(resolver, mention, index);
    case ML_FORM_NONE:
        break;
    }
    return ML_NONE;
}

void ml_resolve_bodies(ml_resolver *resolver)
{
    for (uint32_t i = 0; i < resolver->mentions->count; i++) {
        const ml_mention *mention = &resolver->mentions->mention[i];
        if ((mention->type == ML_BODY || mention->type == ML_SITE) && mention->same_as == ML_NONE)
            resolver->of[i] = resolve_part(resolver, mention, i);
    }
}
