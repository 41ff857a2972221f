#include "relate/reader.h"

/* Who was last seen to hold a post, by the post's words and target. Open addressing; twice as wide as it is full. */
typedef struct {
    uint64_t *key;
    uint32_t *person;
    uint32_t mask;
} post_book;

static bool open_book(ml_reader *reader, post_book *out)
{
    uint32_t size = 16;
    while (size < reader->role_count * 4)
        size *= 2;
    out->key = ml_arena_array(reader->arena, size, sizeof *out->key);
    out->person = ml_arena_array(reader->arena, size, sizeof *out->person);
    out->mask = size - 1;
    return out->key && out->person;
}

static uint32_t slot_of(const post_book *book, uint64_t key)
{
    uint32_t slot = (uint32_t)(key >> 32) & book->mask;
    while (book->key[slot] && book->key[slot] != key)
        slot = (slot + 1) & book->mask;
    return slot;
}

/* Key of a post's words, with its target or, if `bare`, without. */
static uint64_t post_key(const ml_reader *reader, const ml_role *role, bool bare)
{
    uint64_t key = bare ? 1 : (uint64_t)role->target + 2;
    for (uint32_t at = role->begin; at < role->text_end; at++)
        key = (key ^ reader->tokens->token[at].key) * 0x9e3779b97f4a7c15u;
    return key | 1;
}

static void note(const ml_reader *reader, post_book *book, const ml_role *role)
{
    for (int bare = 0; bare < 2; bare++) {
        uint64_t key = post_key(reader, role, bare);
        uint32_t slot = slot_of(book, key);
        book->key[slot] = key;
        book->person[slot] = role->person;
    }
}

/* A role without a name that stands for somebody speaks of who was said to hold it, before it or else behind it. */
static void find_holder(const ml_reader *reader, const post_book *book, const ml_role *role, uint32_t *out)
{
    uint64_t key = post_key(reader, role, role->end == role->text_end);
    uint32_t slot = slot_of(book, key);
    if (book->key[slot] && *out == ML_NONE)
        *out = book->person[slot];
}

/* Of each role without a name its holder, or ML_NONE. */
static uint32_t *find_holders(ml_reader *reader)
{
    post_book before, behind;
    uint32_t *holder = ml_arena_array(reader->arena, (size_t)reader->role_count + 1, sizeof *holder);
    if (!holder || !open_book(reader, &before) || !open_book(reader, &behind))
        return NULL;
    for (uint32_t i = 0; i < reader->role_count; i++) {
        const ml_role *role = &reader->role[i];
        holder[i] = ML_NONE;
        if (role->person != ML_NONE)
            note(reader, &before, role);
        else
            find_holder(reader, &before, role, &holder[i]);
    }
    for (uint32_t i = reader->role_count; i-- > 0;) {
        const ml_role *role = &reader->role[i];
        if (role->person != ML_NONE)
            note(reader, &behind, role);
        else
            find_holder(reader, &behind, role, &holder[i]);
    }
    return holder;
}

static bool trigger_before(const ml_reader *reader, uint32_t end)
{
    enum { TRIGGER_TOKENS = 6 };
    for (uint32_t back = 1; back <= TRIGGER_TOKENS && back <= end; back++) {
        uint32_t at = end - back;
        for (uint32_t i = reader->matches->first[at]; i < reader->matches->first[at + 1]; i++) {
            const ml_match *match = &reader->matches->match[i];
            if (match->end == end && ml_reader_cue(reader, at, ML_CUE_LOCATIVE) == at &&
                ml_patterns_at(reader->gazetteer->patterns, match->pattern)->list == ML_IN_TRIGGERS)
                return true;
        }
    }
    return false;
}

/* `theo`, `của`, but not the one whose delegation acts: `đoàn công tác của X`. */
static bool stands_aside(const ml_reader *reader, uint32_t begin)
{
    uint32_t word = ml_reader_cue_before(reader, begin, ML_CUE_ASIDE);
    return word != ML_NONE && ml_reader_cue_before(reader, begin, ML_CUE_TOGETHER) == ML_NONE &&
           ml_reader_cue_before(reader, word, ML_CUE_DELEGATION) == ML_NONE;
}

/* `Diễn đàn Hợp tác Kinh tế (APEC)`: said by the way. */
static bool in_brackets(const ml_reader *reader, uint32_t begin, uint32_t end)
{
    return begin && ml_token_is(reader->tokens, begin - 1, '(') && ml_token_is(reader->tokens, end, ')');
}

static void add(ml_reader *reader, uint32_t begin, uint32_t end, uint32_t entity, bool located)
{
    if (reader->part_of[begin] == ML_NONE)
        return;
    ml_entity_type type = reader->entities->entity[entity].type;
    ml_chunk chunk = {.begin = begin, .end = end, .entity = entity, .type = type, .located = located};
    if (type != ML_EVENT) {
        chunk.aside = stands_aside(reader, begin) || (type != ML_PERSON && in_brackets(reader, begin, end));
        chunk.object = trigger_before(reader, begin);
    }
    reader->chunk[reader->chunk_count++] = chunk;
}

static void add_mentions(ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->mentions->count; i++) {
        const ml_mention *mention = &reader->mentions->mention[i];
        uint32_t entity = reader->entities->of[i];
        if (entity == ML_NONE || reader->consumed[i])
            continue;
        if (mention->type == ML_PERSON)
            add(reader, reader->from[i], reader->to[i], entity, false);
        else
            add(reader, mention->begin, mention->end, entity,
                ml_reader_cue_before(reader, mention->begin, ML_CUE_LOCATIVE) != ML_NONE);
    }
}

static void add_references(ml_reader *reader)
{
    const uint32_t *holder = find_holders(reader);
    for (uint32_t i = 0; holder && i < reader->role_count; i++) {
        const ml_role *role = &reader->role[i];
        if (role->person == ML_NONE && !role->plural && holder[i] != ML_NONE)
            add(reader, role->begin, role->end, holder[i], false);
    }
}

/* Does an address without a name stand where one speaks of a person again: where a sentence or clause begins? */
static bool is_pronoun(const ml_reader *reader, const ml_title_span *title)
{
    if (title->kind != ML_TITLE_ADDRESS || ml_reader_plural(reader, title) ||
        ml_reader_mention_at(reader, title->end) != ML_NONE || ml_reader_title_at(reader, title->end) ||
        reader->part_of[title->begin] == ML_NONE)
        return false;
    return reader->part[reader->part_of[title->begin]].begin == title->begin ||
           ml_token_is(reader->tokens, title->begin - 1, ',') ||
           ml_reader_cue_before(reader, title->begin, ML_CUE_BARRIER) != ML_NONE;
}

/* Whom the sentence is about so far: the first person named in it, but one who acts before one who stands aside. */
typedef struct {
    uint32_t part, person;
    bool acts;
} topic;

static void tell(const ml_reader *reader, const ml_chunk *chunk, topic *now)
{
    bool acts = !chunk->aside && !chunk->object;
    if (reader->part_of[chunk->begin] != now->part || (acts && !now->acts))
        *now = (topic){reader->part_of[chunk->begin], chunk->entity, acts};
}

/* `Đồng chí`, `Ông` without a name is whom the sentence before was about; within a sentence the person named last. */
static void add_pronouns(ml_reader *reader)
{
    uint32_t named = reader->chunk_count, seen = 0, last = ML_NONE;
    topic now = {.part = ML_NONE, .person = ML_NONE};
    for (uint32_t i = 0; i < reader->mentions->title_count; i++) {
        const ml_title_span *title = &reader->mentions->title[i];
        for (; seen < named && reader->chunk[seen].begin < title->begin; seen++) {
            if (reader->chunk[seen].type == ML_PERSON) {
                last = reader->chunk[seen].entity;
                tell(reader, &reader->chunk[seen], &now);
            }
        }
        if (last == ML_NONE || !is_pronoun(reader, title))
            continue;
        bool opens = reader->part[reader->part_of[title->begin]].begin == title->begin;
        add(reader, title->begin, title->end, opens ? now.person : last, false);
    }
}

/* Brings the chunks from `middle` on, which are in order like those before it, to their places among them. */
static void merge(ml_reader *reader, uint32_t middle)
{
    uint32_t count = reader->chunk_count, low = 0, high = middle;
    ml_chunk *merged = ml_arena_array(reader->arena, (size_t)count + 1, sizeof *merged);
    if (!merged)
        return;
    for (uint32_t i = 0; i < count; i++) {
        bool from_high = low == middle || (high < count && reader->chunk[high].begin < reader->chunk[low].begin);
        merged[i] = reader->chunk[from_high ? high++ : low++];
    }
    memcpy(reader->chunk, merged, count * sizeof *merged);
}

static void index_chunks(ml_reader *reader)
{
    uint32_t at = 0, event = ML_NONE;
    for (uint32_t part = 0; part < reader->part_count; part++) {
        while (at < reader->chunk_count && reader->chunk[at].begin < reader->part[part].begin)
            at++;
        reader->first_chunk[part] = at;
    }
    reader->first_chunk[reader->part_count] = reader->chunk_count;
    for (uint32_t i = 0; i <= reader->chunk_count; i++) {
        reader->event_before[i] = event;
        if (i < reader->chunk_count && reader->chunk[i].type == ML_EVENT)
            event = i;
    }
}

void ml_read_chunks(ml_reader *reader)
{
    add_mentions(reader);
    uint32_t middle = reader->chunk_count;
    add_references(reader);
    merge(reader, middle);
    middle = reader->chunk_count;
    add_pronouns(reader);
    merge(reader, middle);
    index_chunks(reader);
}
