#include "relate/reader.h"

/* The person who is said to hold the post that a role without a name speaks of, or ML_NONE. */
static uint32_t holder(const ml_reader *reader, const ml_role *role)
{
    const ml_tokens *tokens = reader->tokens;
    uint32_t words = role->text_end - role->begin;
    bool bare = role->end == role->text_end;
    uint32_t found = ML_NONE;
    for (uint32_t i = 0; i < reader->role_count; i++) {
        const ml_role *other = &reader->role[i];
        if (other->person == ML_NONE || other->text_end - other->begin != words)
            continue;
        bool same = true;
        for (uint32_t k = 0; k < words; k++)
            same &= tokens->token[role->begin + k].key == tokens->token[other->begin + k].key;
        if (!same || (!bare && other->target != role->target))
            continue;
        if (other->begin < role->begin || found == ML_NONE)
            found = other->person;
        if (other->begin > role->begin)
            break;
    }
    return found;
}

static void add(ml_reader *reader, uint32_t begin, uint32_t end, uint32_t entity, bool located)
{
    ml_chunk chunk = {begin, end, entity, reader->entities->entity[entity].type, located};
    reader->chunk[reader->chunk_count++] = chunk;
}

static bool behind_locative(const ml_reader *reader, uint32_t begin)
{
    for (uint32_t back = 1; back <= 3 && back <= begin; back++) {
        if (ml_reader_cue(reader, begin - back, ML_CUE_LOCATIVE) == begin)
            return true;
    }
    return false;
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
            add(reader, mention->begin, mention->end, entity, behind_locative(reader, mention->begin));
    }
}

static void add_references(ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->role_count; i++) {
        ml_role *role = &reader->role[i];
        if (role->person != ML_NONE || role->plural)
            continue;
        uint32_t person = holder(reader, role);
        if (person != ML_NONE)
            add(reader, role->begin, role->end, person, false);
    }
}

static int by_begin(const ml_chunk *a, const ml_chunk *b)
{
    return (a->begin > b->begin) - (a->begin < b->begin);
}

/* Insertion: the list is in order but for the references behind it, each of which lies near its place. */
static void sort(ml_reader *reader)
{
    for (uint32_t i = 1; i < reader->chunk_count; i++) {
        ml_chunk moved = reader->chunk[i];
        uint32_t at = i;
        for (; at > 0 && by_begin(&reader->chunk[at - 1], &moved) > 0; at--)
            reader->chunk[at] = reader->chunk[at - 1];
        reader->chunk[at] = moved;
    }
}

/* `Đồng chí`, `Ông` without a name is the person spoken of last. */
static void add_pronouns(ml_reader *reader)
{
    uint32_t named = reader->chunk_count;
    for (uint32_t i = 0; i < reader->mentions->title_count; i++) {
        const ml_title_span *title = &reader->mentions->title[i];
        if (title->kind != ML_TITLE_ADDRESS || title->plural || ml_reader_mention_at(reader, title->end) != ML_NONE ||
            ml_reader_title_at(reader, title->end))
            continue;
        const ml_token *token = &reader->tokens->token[title->begin];
        bool begins = reader->tokens->sentence[token->sentence].begin == title->begin;
        if (!begins && !(title->begin > 0 && ml_token_is(reader->tokens, title->begin - 1, ',')))
            continue;
        uint32_t person = ML_NONE;
        for (uint32_t k = 0; k < named && reader->chunk[k].begin < title->begin; k++) {
            if (reader->chunk[k].type == ML_PERSON)
                person = reader->chunk[k].entity;
        }
        if (person != ML_NONE)
            add(reader, title->begin, title->end, person, false);
    }
}

static void index_sentences(ml_reader *reader)
{
    uint32_t at = 0;
    for (uint32_t sentence = 0; sentence < reader->tokens->sentence_count; sentence++) {
        while (at < reader->chunk_count && reader->chunk[at].begin < reader->tokens->sentence[sentence].begin)
            at++;
        reader->first_chunk[sentence] = at;
    }
    reader->first_chunk[reader->tokens->sentence_count] = reader->chunk_count;
}

void ml_read_chunks(ml_reader *reader)
{
    add_mentions(reader);
    add_references(reader);
    sort(reader);
    add_pronouns(reader);
    sort(reader);
    index_sentences(reader);
}
