#include "resolve/resolver.h"

uint32_t ml_resolver_add(ml_resolver *resolver, ml_entity_type type, uint32_t mention)
{
    if (resolver->count == resolver->cap)
        return ML_NONE;
    resolver->entity[resolver->count] = (ml_entity){.type = type,
                                                    .row = ML_NONE,
                                                    .organ = ML_NONE,
                                                    .unit = ML_NONE,
                                                    .first = mention,
                                                    .fullest = mention,
                                                    .head = ML_NONE};
    return resolver->count++;
}

void ml_resolver_doubt(ml_resolver *resolver, uint32_t entity, const uint32_t *rows, uint32_t count)
{
    if (count < 2)
        return;
    uint32_t *kept = ml_arena_array(resolver->arena, count, sizeof *kept);
    if (!kept)
        return;
    memcpy(kept, rows, count * sizeof *kept);
    resolver->entity[entity].candidate = kept;
    resolver->entity[entity].candidate_count = count;
}

uint64_t ml_resolver_key(const ml_resolver *resolver, ml_str name)
{
    uint64_t key = 0xcbf29ce484222325u;
    while (name.ptr) {
        ml_str word = ml_str_split(&name, ' ');
        char folded[ML_FOLD_BYTES];
        ml_str syllable = {folded, ml_vocabulary_fold(resolver->gazetteer->vocabulary, word, folded)};
        key = (key ^ ml_str_hash(syllable)) * 0x100000001b3u;
    }
    return key;
}

ml_str ml_resolver_id(ml_resolver *resolver, ml_str prefix, ml_str name, uint64_t salt)
{
    enum { SLUG_BYTES = 48, HASH_DIGITS = 10 };
    static const char digits[] = "0123456789abcdef";
    ml_buffer slug = {0};
    ml_vocabulary_slug(resolver->gazetteer->vocabulary, name, &slug);
    uint64_t hash = (ml_resolver_key(resolver, name) ^ salt) * 0x9e3779b97f4a7c15u;
    char tail[HASH_DIGITS + 1] = "-";
    for (int i = 1; i <= HASH_DIGITS; i++, hash >>= 4)
        tail[i] = digits[hash & 15];
    ml_str pieces[] = {prefix, ml_str_slice(ml_buffer_view(&slug), 0, SLUG_BYTES), {tail, sizeof tail}};
    ml_str id = ml_arena_concat(resolver->arena, pieces, 3);
    if (slug.failed)
        resolver->arena->failed = true;
    ml_buffer_dispose(&slug);
    return id;
}

ml_str ml_resolver_text(const ml_resolver *resolver, uint32_t begin, uint32_t end)
{
    return ml_tokens_name(resolver->tokens, begin, end, resolver->arena);
}

bool ml_resolver_same(const ml_resolver *resolver, uint32_t a_begin, uint32_t a_end, uint32_t b_begin, uint32_t b_end)
{
    if (a_end - a_begin != b_end - b_begin)
        return false;
    for (uint32_t i = 0; i < a_end - a_begin; i++) {
        if (resolver->tokens->token[a_begin + i].key != resolver->tokens->token[b_begin + i].key)
            return false;
    }
    return true;
}

/* An abbreviation is whatever the mention is that introduced it. */
static void resolve_abbreviations(ml_resolver *resolver)
{
    for (uint32_t i = 0; i < resolver->mentions->count; i++) {
        uint32_t same = resolver->mentions->mention[i].same_as;
        if (same != ML_NONE)
            resolver->of[i] = resolver->of[same];
    }
}

/* Firms, papers, foreign bodies and places go by many names: they are called what the article calls them at its fullest. */
static bool takes_written_name(const ml_resolver *resolver, const ml_entity *entity)
{
    static const char *const kinds[] = {"media", "company", "foreign", "international", "sport", "bank"};
    if (entity->row == ML_NONE)
        return false;
    if (entity->type == ML_LOCALITY) {
        ml_level level = resolver->gazetteer->locality[entity->row].level;
        bool abroad = level == ML_LEVEL_COUNTRY || level == ML_LEVEL_CITY || level == ML_LEVEL_FOREIGN_PROVINCE;
        return abroad && !ml_str_equal(entity->id, ML_STR("country-vn"));
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (entity->type == ML_BODY && ml_str_equal(entity->kind, ml_str_from(kinds[i])))
            return true;
    }
    return false;
}

static void name_as_written(ml_resolver *resolver)
{
    uint32_t *longest = ml_arena_array(resolver->arena, (size_t)resolver->count + 1, sizeof *longest);
    for (uint32_t i = 0; longest && i < resolver->mentions->count; i++) {
        const ml_mention *mention = &resolver->mentions->mention[i];
        uint32_t index = resolver->of[i], length = mention->name_end - mention->name_begin;
        if (index == ML_NONE || mention->type != resolver->entity[index].type || length <= longest[index] ||
            !takes_written_name(resolver, &resolver->entity[index]))
            continue;
        longest[index] = length;
        resolver->entity[index].name = ml_resolver_text(resolver, mention->name_begin, mention->name_end);
    }
}

ml_status ml_entities_resolve(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                              const ml_matches *matches, const ml_mentions *mentions, ml_str article, ml_date date,
                              ml_arena *arena, ml_entities *out, ml_error *error)
{
    ml_resolver resolver = {.gazetteer = gazetteer,
                            .rules = rules,
                            .tokens = tokens,
                            .matches = matches,
                            .mentions = mentions,
                            .article = article,
                            .date = date,
                            .arena = arena,
                            .cap = mentions->count + mentions->inner_count + 1};
    resolver.entity = ml_arena_array(arena, resolver.cap, sizeof *resolver.entity);
    resolver.of = ml_arena_array(arena, (size_t)mentions->count + 1, sizeof *resolver.of);
    if (!resolver.entity || !resolver.of)
        return ml_fail_memory(error);
    resolver.organ_word = ml_arena_array(arena, (size_t)gazetteer->organ_count + 1, sizeof *resolver.organ_word);
    ml_index_init(&resolver.named, arena, resolver.cap);
    ml_index_init(&resolver.by_row, arena, resolver.cap);
    ml_index_init(&resolver.by_name, arena, resolver.cap);
    if (arena->failed)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < mentions->count; i++)
        resolver.of[i] = ML_NONE;
    ml_resolve_localities(&resolver);
    ml_resolve_bodies(&resolver);
    ml_resolve_persons(&resolver);
    ml_resolve_events(&resolver);
    resolve_abbreviations(&resolver);
    name_as_written(&resolver);
    if (arena->failed)
        return ml_fail_memory(error);
    *out = (ml_entities){resolver.entity, resolver.count, resolver.of};
    return ML_OK;
}
