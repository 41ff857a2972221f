#include "document/document.h"

#include <stdlib.h>

static ml_status run(struct ml_worker *worker, const ml_article *article, ml_products *out, ml_error *error)
{
    const ml_gazetteer *gazetteer = worker->context->gazetteer;
    const ml_rules *rules = worker->context->rules;
    ml_arena *arena = &worker->arena;
    ml_date date = {0};
    ml_date_read(article->date, &date);
    ML_TRY(ml_text_read(article->text, article->id, arena, &out->text, error));
    ML_TRY(ml_tokens_read(gazetteer->vocabulary, &worker->memo, out->text.nfc, arena, &out->tokens, error));
    ML_TRY(ml_patterns_find(gazetteer->patterns, &out->tokens, arena, &out->matches, error));
    ML_TRY(ml_mentions_find(gazetteer, rules, &out->tokens, &out->matches, date, arena, &out->mentions, error));
    ML_TRY(ml_entities_resolve(gazetteer, rules, &out->tokens, &out->matches, &out->mentions, article->id, date, arena,
                               &out->entities, error));
    return ml_relations_find(gazetteer, rules, &out->tokens, &out->matches, &out->mentions, &out->entities, arena,
                             &out->relations, error);
}

/* Entities nobody mentions and no relation needs stay out; `place` is each one's index in the record, or ML_NONE. */
static uint32_t place_entities(const ml_products *from, uint32_t *place)
{
    for (uint32_t i = 0; i < from->entities.count; i++)
        place[i] = ML_NONE;
    for (uint32_t i = 0; i < from->mentions.count; i++) {
        if (from->entities.of[i] != ML_NONE)
            place[from->entities.of[i]] = 0;
    }
    for (uint32_t i = 0; i < from->relations.count; i++)
        place[from->relations.relation[i].source] = place[from->relations.relation[i].target] = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < from->entities.count; i++)
        place[i] = place[i] == ML_NONE ? ML_NONE : count++;
    return count;
}

static ml_str date_text(ml_arena *arena, ml_date date)
{
    char text[11];
    ml_date_write(date, text);
    return ml_arena_copy(arena, ml_str_from(text));
}

/* The ids of the rows that the entity may be. */
static const ml_str *candidates(const ml_gazetteer *gazetteer, const ml_entity *entity, ml_arena *arena)
{
    ml_str *ids = ml_arena_array(arena, entity->candidate_count, sizeof *ids);
    for (uint32_t i = 0; ids && i < entity->candidate_count; i++) {
        uint32_t row = entity->candidate[i];
        ids[i] = entity->type == ML_PERSON ? gazetteer->official[row].id : gazetteer->locality[row].id;
    }
    return ids;
}

static void write_entities(const ml_products *from, const ml_gazetteer *gazetteer, const uint32_t *place,
                           ml_arena *arena, ml_record_entity *out)
{
    for (uint32_t i = 0; i < from->entities.count; i++) {
        const ml_entity *entity = &from->entities.entity[i];
        if (place[i] == ML_NONE)
            continue;
        out[place[i]] = (ml_record_entity){.id = entity->id, .name = entity->name, .type = entity->type};
        if (entity->candidate_count) {
            out[place[i]].candidates = candidates(gazetteer, entity, arena);
            out[place[i]].candidate_count = entity->candidate_count;
        }
        if (ml_date_known(entity->date))
            out[place[i]].date = date_text(arena, entity->date);
        if (entity->unit != ML_NONE && place[entity->unit] != ML_NONE)
            out[place[i]].parent = from->entities.entity[entity->unit].id;
    }
}

/* What a mention is worth whose entity may be one of several. */
enum { DOUBTFUL_MILLI = 500 };

static uint32_t write_mentions(const ml_products *from, const uint32_t *place, ml_record_mention *out)
{
    static const uint16_t confidence[ML_VIAS] = {
        [ML_VIA_TABLE] = 950,   [ML_VIA_DESIGNATOR] = 850,   [ML_VIA_ORGAN] = 950,
        [ML_VIA_HEAD] = 850,    [ML_VIA_TITLE] = 900,        [ML_VIA_FAMILY] = 900,
        [ML_VIA_CAPTION] = 850, [ML_VIA_ABBREVIATION] = 900, [ML_VIA_EVENT] = 800,
    };
    uint32_t count = 0;
    for (uint32_t i = 0; i < from->mentions.count; i++) {
        const ml_mention *mention = &from->mentions.mention[i];
        if (from->entities.of[i] == ML_NONE)
            continue;
        uint32_t begin = from->tokens.token[mention->begin].begin, end = from->tokens.token[mention->end - 1].end;
        uint16_t sure = mention->via == ML_VIA_MODEL ? mention->confidence_milli : confidence[mention->via];
        out[count++] = (ml_record_mention){
            .start = ml_text_point(&from->text, begin, false),
            .end = ml_text_point(&from->text, end, true),
            .type = mention->type,
            .entity = place[from->entities.of[i]],
            .confidence_milli = from->entities.entity[from->entities.of[i]].candidate_count ? DOUBTFUL_MILLI : sure,
            .rule = ml_via_name(mention->via)};
    }
    return count;
}

/* Writes the relations that the article asserts, or those that it speaks of as not so; how many there are. */
static uint32_t write_relations(const ml_products *from, const uint32_t *place, bool asserted, ml_arena *arena,
                                ml_record_relation *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < from->relations.count; i++) {
        const ml_relation *relation = &from->relations.relation[i];
        if ((relation->modality < ML_PROPOSED) != asserted)
            continue;
        const ml_token_span *sentence = &from->tokens.sentence[relation->sentence];
        const ml_entity *source = &from->entities.entity[relation->source];
        const ml_entity *target = &from->entities.entity[relation->target];
        ml_date date = target->type == ML_EVENT ? target->date : source->date;
        out[count] = (ml_record_relation){
            .type = relation->type,
            .source = place[relation->source],
            .target = place[relation->target],
            .title = relation->title,
            .modality = ml_modality_name(relation->modality),
            .rule = relation->rule,
            .start = ml_text_point(&from->text, from->tokens.token[sentence->begin].begin, false),
            .end = ml_text_point(&from->text, from->tokens.token[sentence->end - 1].end, true),
            .confidence_milli = relation->confidence_milli,
        };
        if (ml_date_known(date))
            out[count].date = date_text(arena, date);
        count++;
    }
    return count;
}

static int compare_starts(const void *a, const void *b)
{
    const ml_record_sentence *left = a;
    const ml_record_sentence *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

/* Moves *at, the byte at which code point *point begins, on to code point `target`. */
static void walk_to(ml_str text, uint32_t target, uint32_t *at, uint32_t *point)
{
    while (*point < target && *at < text.len) {
        ml_text_next(text, at);
        ++*point;
    }
}

static char blank_nul(char byte)
{
    if (byte == '\0')
        return ' ';
    return byte;
}

/* The text of each sentence that a relation stands on, once, as the article has it. A NUL, which JSON of ours never has,
 * becomes a space, so that the places of all others stay. */
static uint32_t write_sentences(ml_str source, const ml_record_relation *relations, uint32_t count, ml_arena *arena,
                                ml_record_sentence *out)
{
    for (uint32_t i = 0; i < count; i++)
        out[i] = (ml_record_sentence){.start = relations[i].start, .end = relations[i].end};
    qsort(out, count, sizeof *out, compare_starts);
    uint32_t kept = 0, at = 0, point = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept && out[kept - 1].start == out[i].start)
            continue;
        out[kept] = out[i];
        walk_to(source, out[kept].start, &at, &point);
        uint32_t begin = at;
        walk_to(source, out[kept].end, &at, &point);
        char *copy = ml_arena_room(arena, at - begin + 1, 1);
        for (uint32_t k = begin; copy && k < at; k++)
            copy[k - begin] = blank_nul(source.ptr[k]);
        out[kept++].text = (ml_str){copy, copy ? at - begin : 0};
    }
    return kept;
}

static ml_status write(const ml_products *from, const ml_gazetteer *gazetteer, const ml_article *article,
                       bool with_sentences, ml_arena *arena, ml_record *out, ml_error *error)
{
    uint32_t *place = ml_arena_array(arena, (size_t)from->entities.count + 1, sizeof *place);
    ml_record_mention *mention = ml_arena_array(arena, (size_t)from->mentions.count + 1, sizeof *mention);
    ml_record_entity *entity = ml_arena_array(arena, (size_t)from->entities.count + 1, sizeof *entity);
    ml_record_relation *relation = ml_arena_array(arena, (size_t)from->relations.count + 1, sizeof *relation);
    ml_record_relation *claim = ml_arena_array(arena, (size_t)from->relations.count + 1, sizeof *claim);
    if (arena->failed)
        return ml_fail_memory(error);
    uint32_t entity_count = place_entities(from, place);
    write_entities(from, gazetteer, place, arena, entity);
    uint32_t mention_count = write_mentions(from, place, mention);
    uint32_t relation_count = write_relations(from, place, true, arena, relation);
    uint32_t claim_count = write_relations(from, place, false, arena, claim);
    uint32_t sentence_count = 0;
    ml_record_sentence *sentence = NULL;
    if (with_sentences) {
        sentence = ml_arena_array(arena, (size_t)from->relations.count + 1, sizeof *sentence);
        if (sentence)
            sentence_count = write_sentences(from->text.source, relation, relation_count, arena, sentence);
    }
    if (arena->failed)
        return ml_fail_memory(error);
    *out = (ml_record){.id = article->id,
                       .title = article->title,
                       .date = article->date,
                       .source = article->source,
                       .mentions = mention,
                       .entities = entity,
                       .relations = relation,
                       .mention_count = mention_count,
                       .entity_count = entity_count,
                       .relation_count = relation_count,
                       .claims = claim,
                       .claim_count = claim_count,
                       .sentences = sentence,
                       .sentence_count = sentence_count};
    return ML_OK;
}

/* The codes that error records bear; docs/SCHEMA.md lists them. */
static ml_str code_of(ml_status status)
{
    switch (status) {
    case ML_E_ENCODING:
        return ML_STR("not_utf8");
    case ML_E_LIMIT:
        return ML_STR("too_large");
    default:
        return ML_STR("unreadable");
    }
}

ml_status ml_document_read(struct ml_worker *worker, const ml_article *article, ml_products *handed, ml_record *out,
                           ml_error *error)
{
    ml_products products = {0};
    ml_arena_reset(&worker->arena);
    ml_error detail = {0};
    ml_status status = run(worker, article, &products, &detail);
    if (status == ML_OK && handed)
        *handed = products;
    if (status == ML_OK)
        return write(&products, worker->context->gazetteer, article, worker->with_sentences, &worker->arena, out,
                     error);
    if (status == ML_E_MEMORY)
        return ml_fail_memory(error);
    ml_arena_reset(&worker->arena);
    *out = (ml_record){.id = article->id,
                       .error_code = code_of(status),
                       .error_message = ml_arena_copy(&worker->arena, ml_str_from(detail.message))};
    if (worker->arena.failed)
        return ml_fail_memory(error);
    return ml_fail(error, ML_E_PARTIAL, article->id, "%s", detail.message);
}
