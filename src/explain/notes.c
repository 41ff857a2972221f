#include "explain/notes.h"

/* What is being written: notes and marks go into arrays large enough for all, sentence after sentence. */
typedef struct {
    struct ml_worker *worker;
    const ml_products *products;
    const ml_record *record;
    ml_buffer words;
    ml_explain_mark *marks;
    ml_explain_note *notes;
    uint32_t mark_count, note_count;
    uint32_t mention, title, match; /* the next of the products */
    uint32_t number;                /* of mentions that have an entity */
    uint32_t *of;                   /* of each relation of the products its place in the record's list */
} note_writer;

static void put(note_writer *writer, const char *text)
{
    ml_buffer_str(&writer->words, ml_str_from(text));
}

/* The buffer's text, kept; the buffer is empty again. */
static ml_str take(note_writer *writer)
{
    ml_str text = ml_arena_copy(&writer->worker->arena, ml_buffer_view(&writer->words));
    writer->words.len = 0;
    return text;
}

static ml_explain_note *add_note(note_writer *writer, ml_note_kind kind, ml_str words)
{
    ml_explain_note *note = &writer->notes[writer->note_count++];
    *note = (ml_explain_note){.kind = kind, .words = words};
    return note;
}

static ml_str words_of(const note_writer *writer, uint32_t begin, uint32_t end)
{
    return ml_tokens_name(&writer->products->tokens, begin, end, &writer->worker->arena);
}

static void add_mark(note_writer *writer, uint32_t begin, uint32_t end, ml_entity_type type, uint32_t number)
{
    const ml_token *token = writer->products->tokens.token;
    writer->marks[writer->mark_count++] = (ml_explain_mark){token[begin].begin, token[end - 1].end, type, number};
}

/* `body-... Tỉnh ủy Hải Dương, of Tỉnh Hải Dương` */
static void put_entity(note_writer *writer, const ml_entity *entity)
{
    const ml_entities *entities = &writer->products->entities;
    ml_buffer_str(&writer->words, entity->name);
    put(writer, " (");
    ml_buffer_str(&writer->words, entity->id);
    put(writer, ")");
    if (entity->unit != ML_NONE) {
        put(writer, " of ");
        ml_buffer_str(&writer->words, entities->entity[entity->unit].name);
    }
    for (uint32_t i = 0; i < entity->candidate_count; i++) {
        put(writer, i ? "," : ", one of");
        ml_explain__cite_row(writer->worker->context, entity->type == ML_PERSON ? ML_IN_OFFICIALS : ML_IN_LOCALITIES,
                             entity->candidate[i], &writer->words);
    }
}

static void note_mention(note_writer *writer, uint32_t index)
{
    const ml_products *products = writer->products;
    const ml_mention *mention = &products->mentions.mention[index];
    uint32_t of = products->entities.of[index];
    bool kept = of != ML_NONE;
    ml_explain_note *note =
        add_note(writer, kept ? ML_NOTE_MENTION : ML_NOTE_UNUSED, words_of(writer, mention->begin, mention->end));
    note->type = mention->type;
    if (kept) {
        note->number = ++writer->number;
        add_mark(writer, mention->begin, mention->end, mention->type, note->number);
        put_entity(writer, &products->entities.entity[of]);
    } else {
        put(writer, "names nothing: what completes it is missing");
    }
    note->says = take(writer);
    ml_buffer_str(&writer->words, ml_via_name(mention->via));
    ml_explain__cite_mention(writer->worker->context, products, mention, &writer->words);
    note->because = take(writer);
}

static void note_title(note_writer *writer, const ml_title_span *title)
{
    ml_explain_note *note = add_note(writer, ML_NOTE_TITLE, words_of(writer, title->begin, title->end));
    bool inside = writer->mark_count &&
                  writer->marks[writer->mark_count - 1].end > writer->products->tokens.token[title->begin].begin;
    if (!inside)
        add_mark(writer, title->begin, title->end, ML_PERSON, 0);
    ml_explain__cite_row(writer->worker->context, ML_IN_TITLES, title->row, &writer->words);
    note->because = take(writer);
}

static const ml_rule *find_rule(const ml_rules *rules, ml_str id)
{
    for (uint32_t i = 0; i < rules->rule_count; i++) {
        if (ml_str_equal(rules->rule[i].id, id))
            return &rules->rule[i];
    }
    return NULL;
}

/* The record has what the article asserts in one list and what it speaks of as not so in another. */
static const ml_record_relation *list_of(const note_writer *writer, uint32_t index)
{
    bool is_claim = writer->products->relations.relation[index].modality >= ML_PROPOSED;
    return is_claim ? writer->record->claims : writer->record->relations;
}

static void note_relation(note_writer *writer, uint32_t index)
{
    const ml_record_relation *relation = &list_of(writer, index)[writer->of[index]];
    const ml_record_entity *entities = writer->record->entities;
    const ml_rule *rule = find_rule(writer->worker->context->rules, relation->rule);
    ml_explain_note *note = add_note(writer, ML_NOTE_RELATION, relation->type);
    ml_buffer_str(&writer->words, entities[relation->source].name);
    put(writer, ml_relation_symmetric(relation->type) ? " ↔ " : " → ");
    ml_buffer_str(&writer->words, entities[relation->target].name);
    if (relation->title.len) {
        put(writer, ": ");
        ml_buffer_str(&writer->words, relation->title);
    }
    if (relation->date.len) {
        put(writer, ", ");
        ml_buffer_str(&writer->words, relation->date);
    }
    if (relation->modality.len) {
        put(writer, ", ");
        ml_buffer_str(&writer->words, relation->modality);
    }
    note->says = take(writer);
    ml_buffer_str(&writer->words, relation->rule);
    if (rule) {
        put(writer, " relations.rules:");
        ml_buffer_number(&writer->words, rule->line);
    }
    put(writer, ", confidence ");
    ml_buffer_milli(&writer->words, relation->confidence_milli);
    note->because = take(writer);
}

/* The names at token `at` that the tables know, but which nothing took: the longest of each list is enough. Numbers are names
 * of wards and of much else. */
static void note_unused(note_writer *writer, uint32_t at)
{
    static const ml_list lists[] = {ML_IN_LOCALITIES, ML_IN_BODIES, ML_IN_ORGANS, ML_IN_OFFICIALS};
    static const ml_entity_type types[] = {ML_LOCALITY, ML_BODY, ML_BODY, ML_PERSON};
    const ml_patterns *patterns = writer->worker->context->gazetteer->patterns;
    if (writer->products->tokens.token[at].kind != ML_WORD)
        return;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const ml_match *match = ml_matches_longest(&writer->products->matches, patterns, at, lists[i]);
        if (!match)
            continue;
        const ml_pattern *pattern = ml_patterns_at(patterns, match->pattern);
        ml_explain_note *note = add_note(writer, ML_NOTE_UNUSED, words_of(writer, match->begin, match->end));
        note->type = types[i];
        note->says =
            pattern->risky ? ML_STR("known, but risky and nothing supports it") : ML_STR("known, but not taken");
        ml_explain__cite_row(writer->worker->context, lists[i], pattern->row, &writer->words);
        note->because = take(writer);
    }
}

/* Goes through the tokens of a sentence: mentions, titles, and names that neither took. */
static void note_tokens(note_writer *writer, const ml_token_span *sentence)
{
    const ml_mentions *mentions = &writer->products->mentions;
    for (uint32_t at = sentence->begin; at < sentence->end;) {
        uint32_t next = at;
        if (writer->title < mentions->title_count && mentions->title[writer->title].begin <= at) {
            next = mentions->title[writer->title].end;
            note_title(writer, &mentions->title[writer->title++]);
        }
        if (writer->mention < mentions->count && mentions->mention[writer->mention].begin <= at) {
            next = mentions->mention[writer->mention].end;
            note_mention(writer, writer->mention++);
        }
        if (next > at) {
            at = next;
            continue;
        }
        note_unused(writer, at);
        at++;
    }
}

/* Each list is in the order of the products. */
static void find_relations(note_writer *writer)
{
    uint32_t asserted = 0, claimed = 0;
    for (uint32_t i = 0; i < writer->products->relations.count; i++) {
        writer->of[i] = list_of(writer, i) == writer->record->claims ? claimed++ : asserted++;
    }
}

static void note_sentence(note_writer *writer, uint32_t index, ml_explain_sentence *out)
{
    const ml_products *products = writer->products;
    const ml_token_span *span = &products->tokens.sentence[index];
    uint32_t first_mark = writer->mark_count, first_note = writer->note_count;
    note_tokens(writer, span);
    for (uint32_t i = 0; i < products->relations.count; i++) {
        if (products->relations.relation[i].sentence == index)
            note_relation(writer, i);
    }
    *out = (ml_explain_sentence){
        .begin = index ? out[-1].end : 0,
        .end = products->tokens.token[span->end - 1].end,
        .marks = writer->marks + first_mark,
        .notes = writer->notes + first_note,
        .mark_count = writer->mark_count - first_mark,
        .note_count = writer->note_count - first_note,
    };
}

ml_status ml_explain__notes(struct ml_worker *worker, const ml_products *products, const ml_record *record,
                            ml_explanation *out, ml_error *error)
{
    ml_arena *arena = &worker->arena;
    uint32_t tokens = products->tokens.count;
    /* A token begins at most one mention, one title, and one unused name of each of four lists. */
    note_writer writer = {
        .worker = worker,
        .products = products,
        .record = record,
        .marks = ml_arena_room(arena, (size_t)tokens * 2 + 1, sizeof *writer.marks),
        .notes = ml_arena_room(arena, (size_t)tokens * 6 + products->relations.count + 1, sizeof *writer.notes),
        .of = ml_arena_room(arena, (size_t)products->relations.count + 1, sizeof *writer.of),
    };
    ml_explain_sentence *sentences =
        ml_arena_array(arena, (size_t)products->tokens.sentence_count + 1, sizeof *sentences);
    if (!writer.marks || !writer.notes || !writer.of || !sentences)
        return ml_fail_memory(error);
    find_relations(&writer);
    for (uint32_t i = 0; i < products->tokens.sentence_count; i++)
        note_sentence(&writer, i, &sentences[i]);
    bool failed = arena->failed || writer.words.failed;
    ml_buffer_dispose(&writer.words);
    if (failed)
        return ml_fail_memory(error);
    *out = (ml_explanation){products->tokens.text, sentences, products->tokens.sentence_count};
    return ML_OK;
}
