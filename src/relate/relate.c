#include "relate/reader.h"

uint32_t ml_reader_cue(const ml_reader *reader, uint32_t at, ml_cue_class kind)
{
    return ml_cue_end(reader->gazetteer->patterns, reader->matches, at, kind);
}

uint32_t ml_reader_cue_before(const ml_reader *reader, uint32_t end, ml_cue_class kind)
{
    return ml_cue_before(reader->gazetteer->patterns, reader->matches, end, kind);
}

/* Do the syllables and marks of `phrase` stand at `at`? */
static bool phrase_at(const ml_reader *reader, uint32_t at, ml_str phrase)
{
    while (phrase.ptr) {
        ml_str word = ml_str_split(&phrase, ' ');
        if (at >= reader->tokens->count || !ml_str_equal(ml_tokens_text(reader->tokens, at, at + 1), word))
            return false;
        at++;
    }
    return true;
}

bool ml_reader_word_at(const ml_reader *reader, uint32_t at, ml_str words)
{
    while (words.ptr) {
        ml_str phrase = ml_str_trim(ml_str_split(&words, '|'));
        if (phrase.len && phrase_at(reader, at, phrase))
            return true;
    }
    return false;
}

const ml_title_span *ml_reader_title_at(const ml_reader *reader, uint32_t at)
{
    uint32_t low = 0, high = reader->mentions->title_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->mentions->title[middle].begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    const ml_title_span *title = &reader->mentions->title[low];
    return low < reader->mentions->title_count && title->begin == at ? title : NULL;
}

bool ml_reader_plural(const ml_reader *reader, const ml_title_span *title)
{
    return title->plural || ml_reader_cue(reader, title->begin, ML_CUE_PLURAL) > title->begin;
}

uint32_t ml_reader_mention_from(const ml_reader *reader, uint32_t at)
{
    uint32_t low = 0, high = reader->mentions->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->mentions->mention[middle].begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t ml_reader_mention_at(const ml_reader *reader, uint32_t at)
{
    uint32_t index = ml_reader_mention_from(reader, at);
    return index < reader->mentions->count && reader->mentions->mention[index].begin == at ? index : ML_NONE;
}

bool ml_reader_joins(const ml_reader *reader, uint32_t begin, uint32_t end, bool wide)
{
    enum { LONGEST = 8 };
    if (end < begin || end - begin > LONGEST)
        return false;
    for (uint32_t at = begin; at < end;) {
        bool mark = ml_token_is(reader->tokens, at, ',') || ml_token_is(reader->tokens, at, '-') ||
                    ml_str_equal(ml_tokens_text(reader->tokens, at, at + 1), ML_STR("\xe2\x80\x93")) ||
                    (wide && (ml_token_is(reader->tokens, at, ';') || ml_token_is(reader->tokens, at, ':') ||
                              ml_token_is(reader->tokens, at, ')')));
        uint32_t word = ml_reader_cue(reader, at, ML_CUE_JOIN);
        if (word == at)
            word = ml_reader_cue(reader, at, ML_CUE_PLURAL);
        if (word == at && wide)
            word = ml_reader_cue(reader, at, ML_CUE_TOGETHER);
        const ml_title_span *title = ml_reader_title_at(reader, at);
        if (word == at && title && (title->kind == ML_TITLE_ADDRESS || title->kind == ML_TITLE_RANK))
            word = title->end;
        if (!mark && word == at)
            return false;
        at = mark ? at + 1 : word;
    }
    return true;
}

ml_str ml_modality_name(ml_modality modality)
{
    static const char *const names[ML_MODALITIES] = {"", "past", "planned", "reported", "proposed", "denied"};
    return ml_str_from(names[modality]);
}

enum { BUCKETS = 4096, RELATIONS_LIMIT = 1 << 16 };

static uint32_t bucket_of(const ml_relation *relation)
{
    /* Both directions of a symmetric relation must meet. */
    uint64_t hash = ml_str_hash(relation->type) ^ relation->title_key;
    hash += (uint64_t)(relation->source + relation->target) * 0x9e3779b97f4a7c15u;
    hash += (uint64_t)(relation->source ^ relation->target) * 0xc2b2ae3d27d4eb4fu;
    return (uint32_t)(hash >> 40) % BUCKETS;
}

static bool same(const ml_relation *a, const ml_relation *b)
{
    bool straight = a->source == b->source && a->target == b->target;
    bool turned = a->source == b->target && a->target == b->source && ml_relation_symmetric(a->type);
    return (straight || turned) && a->title_key == b->title_key && ml_str_equal(a->type, b->type);
}

/* The relation that says the same, or ML_NONE. */
static uint32_t find_relation(const ml_reader *reader, const ml_relation *relation)
{
    for (uint32_t i = reader->relation_bucket[bucket_of(relation)]; i != ML_NONE; i = reader->relation_next[i]) {
        if (same(&reader->relation[i], relation))
            return i;
    }
    return ML_NONE;
}

static bool grow(ml_reader *reader)
{
    uint32_t cap = reader->relation_cap * 2;
    ml_relation *relation = ml_arena_array(reader->arena, cap, sizeof *relation);
    uint32_t *next = ml_arena_array(reader->arena, cap, sizeof *next);
    if (!relation || !next)
        return false;
    memcpy(relation, reader->relation, reader->relation_count * sizeof *relation);
    memcpy(next, reader->relation_next, reader->relation_count * sizeof *next);
    reader->relation = relation;
    reader->relation_next = next;
    reader->relation_cap = cap;
    return true;
}

void ml_reader_say(ml_reader *reader, ml_relation relation)
{
    if (relation.source == relation.target || relation.source == ML_NONE || relation.target == ML_NONE)
        return;
    uint32_t index = find_relation(reader, &relation);
    if (index != ML_NONE) {
        ml_relation *known = &reader->relation[index];
        bool firmer = relation.modality < known->modality;
        bool surer = relation.modality == known->modality && relation.confidence_milli > known->confidence_milli;
        if (firmer || surer) {
            known->sentence = relation.sentence;
            known->rule = relation.rule;
            known->confidence_milli = relation.confidence_milli;
            known->modality = relation.modality;
        }
        return;
    }
    bool full = reader->relation_count == reader->relation_cap;
    if (reader->relation_count == RELATIONS_LIMIT || (full && !grow(reader)))
        return;
    uint32_t *bucket = &reader->relation_bucket[bucket_of(&relation)];
    reader->relation_next[reader->relation_count] = *bucket;
    *bucket = reader->relation_count;
    reader->relation[reader->relation_count++] = relation;
}

/* Who chaired an event is not also said to have attended it. */
static void drop_attendance_of_chairs(ml_reader *reader)
{
    bool *chair = ml_arena_array(reader->arena, (size_t)reader->relation_count + 1, sizeof *chair);
    if (!chair)
        return;
    for (uint32_t i = 0; i < reader->relation_count; i++) {
        ml_relation chaired = reader->relation[i];
        chaired.type = ML_STR("chaired");
        uint32_t chairs = find_relation(reader, &chaired);
        chair[i] = ml_str_equal(reader->relation[i].type, ML_STR("attended")) && chairs != ML_NONE &&
                   reader->relation[chairs].modality <= reader->relation[i].modality;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < reader->relation_count; i++) {
        if (!chair[i])
            reader->relation[kept++] = reader->relation[i];
    }
    reader->relation_count = kept;
}

/* The entities that are a row of bodies.tsv or localities.tsv and that the article names. */
static bool index_ids(ml_reader *reader)
{
    bool *named = ml_arena_array(reader->arena, (size_t)reader->entities->count + 1, sizeof *named);
    if (!named)
        return false;
    for (uint32_t i = 0; i < reader->mentions->count; i++) {
        if (reader->entities->of[i] != ML_NONE)
            named[reader->entities->of[i]] = true;
    }
    for (uint32_t i = 0; i < reader->entities->count; i++) {
        const ml_entity *entity = &reader->entities->entity[i];
        uint32_t value = i;
        if (named[i] && entity->id.len && !ml_map_add(&reader->ids, entity->id, &value, NULL))
            return false;
    }
    return true;
}

static void make_room(ml_reader *reader)
{
    size_t chunks = (size_t)reader->mentions->title_count * 2 + reader->mentions->count + 1;
    reader->role = ml_arena_array(reader->arena, (size_t)reader->mentions->title_count + 1, sizeof *reader->role);
    reader->chunk = ml_arena_array(reader->arena, chunks, sizeof *reader->chunk);
    reader->event_before = ml_arena_array(reader->arena, chunks, sizeof *reader->event_before);
    reader->part_of = ml_arena_array(reader->arena, (size_t)reader->tokens->count + 1, sizeof *reader->part_of);
    reader->consumed = ml_arena_array(reader->arena, (size_t)reader->mentions->count + 1, sizeof *reader->consumed);
    reader->from = ml_arena_array(reader->arena, (size_t)reader->mentions->count + 1, sizeof *reader->from);
    reader->to = ml_arena_array(reader->arena, (size_t)reader->mentions->count + 1, sizeof *reader->to);
    reader->relation = ml_arena_array(reader->arena, reader->relation_cap, sizeof *reader->relation);
    reader->relation_next = ml_arena_array(reader->arena, reader->relation_cap, sizeof *reader->relation_next);
    reader->party = ml_arena_array(reader->arena, (size_t)reader->entities->count + 1, sizeof *reader->party);
    reader->last_role = ml_arena_array(reader->arena, (size_t)reader->entities->count + 1, sizeof *reader->last_role);
    reader->role_before =
        ml_arena_array(reader->arena, (size_t)reader->mentions->title_count + 1, sizeof *reader->role_before);
    reader->relation_bucket = ml_arena_array(reader->arena, BUCKETS, sizeof *reader->relation_bucket);
    for (uint32_t i = 0; reader->relation_bucket && i < BUCKETS; i++)
        reader->relation_bucket[i] = ML_NONE;
}

ml_status ml_relations_find(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                            const ml_matches *matches, const ml_mentions *mentions, const ml_entities *entities,
                            ml_arena *arena, ml_relations *out, ml_error *error)
{
    ml_reader reader = {.gazetteer = gazetteer,
                        .rules = rules,
                        .tokens = tokens,
                        .matches = matches,
                        .mentions = mentions,
                        .entities = entities,
                        .arena = arena,
                        .relation_cap = 64};
    make_room(&reader);
    bool ready = !arena->failed && index_ids(&reader);
    if (ready) {
        ml_read_roles(&reader);
        ml_read_posts(&reader);
        ml_read_parts(&reader);
        ready = !arena->failed;
    }
    if (ready) {
        ml_read_chunks(&reader);
        ml_read_sides(&reader);
        ml_read_frames(&reader);
        drop_attendance_of_chairs(&reader);
    }
    ml_map_dispose(&reader.ids);
    if (!ready || arena->failed)
        return ml_fail_memory(error);
    *out = (ml_relations){reader.relation, reader.relation_count};
    return ML_OK;
}
