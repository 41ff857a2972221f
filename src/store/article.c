#include "store/inside.h"

static bool reads_as(ml_str text, const char *word)
{
    return ml_str_equal(text, ml_str_from(word));
}

/* ---- from a record ---- */

static ml_status intern_appearance(ml_store *store, const ml_record_entity *entity, ml_store__appearance *out,
                                   ml_error *error)
{
    *out = (ml_store__appearance){.id = entity->id, .parent = entity->parent, .type = entity->type};
    ML_TRY(ml_store__vertex(store, entity->id, 0, &out->entity, error));
    return ml_store__form(store, entity, out->entity, &out->form, error);
}

static ml_status intern_statement(ml_store *store, const ml_record *record, const ml_record_relation *relation,
                                  ml_store__statement *out, ml_error *error)
{
    *out = (ml_store__statement){.date = relation->date,
                                 .confidence_milli = relation->confidence_milli,
                                 .symmetric = ml_relation_symmetric(relation->type),
                                 .stated = ml_record_states(relation)};
    out->holds = out->stated && reads_as(relation->type, "holds_position");
    ml_record_ends(record, relation, &out->source, &out->target);
    ML_TRY(ml_store__term(store, relation->type, &out->type, error));
    return ml_store__term(store, relation->title, &out->title, error);
}

static ml_status intern_record(ml_store *store, const ml_record *record, ml_store__article *out, ml_error *error)
{
    *out = (ml_store__article){
        .date = record->date, .appearance_count = record->entity_count, .statement_count = record->relation_count};
    out->appearance = ml_arena_array(&store->reading, record->entity_count, sizeof *out->appearance);
    out->statement = ml_arena_array(&store->reading, record->relation_count, sizeof *out->statement);
    if (!out->appearance || !out->statement)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < record->entity_count; i++)
        ML_TRY(intern_appearance(store, &record->entities[i], &out->appearance[i], error));
    for (uint32_t i = 0; i < record->relation_count; i++)
        ML_TRY(intern_statement(store, record, &record->relations[i], &out->statement[i], error));
    return ML_OK;
}

enum { MENTIONS_AT_ONCE = 16, APPEARANCES_AT_ONCE = 8 };

static ml_status bind_mention(ml_store *store, sqlite3_stmt *add, int place, int64_t document, uint32_t number,
                              const ml_record_mention *mention, ml_error *error)
{
    int64_t rule;
    ML_TRY(ml_store__term(store, mention->rule, &rule, error));
    sqlite3_bind_int64(add, place + 1, document);
    sqlite3_bind_int64(add, place + 2, number);
    sqlite3_bind_int64(add, place + 3, mention->entity);
    sqlite3_bind_int64(add, place + 4, mention->start);
    sqlite3_bind_int64(add, place + 5, mention->end);
    sqlite3_bind_int64(add, place + 6, mention->type);
    sqlite3_bind_int64(add, place + 7, rule);
    sqlite3_bind_int64(add, place + 8, mention->confidence_milli);
    return ML_OK;
}

static ml_status insert_mentions(ml_store *store, int64_t document, const ml_record *record, ml_error *error)
{
    for (uint32_t i = 0, step; i < record->mention_count; i += step) {
        step = record->mention_count - i >= MENTIONS_AT_ONCE ? MENTIONS_AT_ONCE : 1;
        sqlite3_stmt *add = ml_store__ask(store, step == 1 ? ML_SQL_MENTION_ADD : ML_SQL_MENTION_ADD_16, error, "");
        if (!add)
            return ML_E_STORE;
        for (uint32_t j = 0; j < step; j++)
            ML_TRY(bind_mention(store, add, (int)j * 8, document, i + j, &record->mentions[i + j], error));
        ML_TRY(ml_store__do(store, add, error));
    }
    return ML_OK;
}

static ml_status insert_appearances(ml_store *store, const ml_store__article *article, ml_error *error)
{
    for (uint32_t i = 0, step; i < article->appearance_count; i += step) {
        step = article->appearance_count - i >= APPEARANCES_AT_ONCE ? APPEARANCES_AT_ONCE : 1;
        sqlite3_stmt *add =
            ml_store__ask(store, step == 1 ? ML_SQL_APPEARANCE_ADD : ML_SQL_APPEARANCE_ADD_8, error, "");
        if (!add)
            return ML_E_STORE;
        for (uint32_t j = 0; j < step; j++) {
            sqlite3_bind_int64(add, (int)j * 4 + 1, article->id);
            sqlite3_bind_int64(add, (int)j * 4 + 2, i + j);
            sqlite3_bind_int64(add, (int)j * 4 + 3, article->appearance[i + j].form);
            sqlite3_bind_int64(add, (int)j * 4 + 4, article->appearance[i + j].vertex);
        }
        ML_TRY(ml_store__do(store, add, error));
    }
    return ML_OK;
}

static ml_status insert_facts(ml_store *store, const ml_record *record, const ml_store__article *article,
                              ml_error *error)
{
    int64_t document = article->id;
    ML_TRY(insert_appearances(store, article, error));
    for (uint32_t i = 0; i < article->statement_count; i++) {
        const ml_store__statement *statement = &article->statement[i];
        const ml_record_relation *relation = &record->relations[i];
        int64_t rule, modality;
        ML_TRY(ml_store__term(store, relation->rule, &rule, error));
        ML_TRY(ml_store__term(store, relation->modality, &modality, error));
        ML_TRY(ml_store__do(store,
                            ml_store__ask(store, ML_SQL_STATEMENT_ADD, error, "iuiuuisiiuuui", document, i,
                                          statement->type, statement->source, statement->target, statement->title,
                                          statement->date, modality, rule, (uint32_t)statement->confidence_milli,
                                          relation->start, relation->end, statement->edge),
                            error));
    }
    return insert_mentions(store, document, record, error);
}

static ml_status insert_sentences(ml_store *store, int64_t document, const ml_record *record, ml_error *error)
{
    for (uint32_t i = 0; i < record->sentence_count; i++) {
        const ml_record_sentence *sentence = &record->sentences[i];
        ML_TRY(ml_store__do(store,
                            ml_store__ask(store, ML_SQL_SENTENCE_ADD, error, "iuus", document, sentence->start,
                                          sentence->end, sentence->text),
                            error));
    }
    return ML_OK;
}

static ml_status insert(ml_store *store, const ml_record *record, int64_t digest, ml_error *error)
{
    ml_store__article article;
    ML_TRY(intern_record(store, record, &article, error));
    ML_TRY(ml_store__do(store,
                        ml_store__ask(store, ML_SQL_DOCUMENT_ADD, error, "issssi", (int64_t)ml_str_hash(record->id),
                                      record->id, record->title, record->date, record->source, digest),
                        error));
    article.id = sqlite3_last_insert_rowid(store->handle);
    store->new_documents++;
    ML_TRY(ml_store__claim(store, &article, 1, error));
    ML_TRY(ml_store__link(store, &article, error));
    ML_TRY(insert_facts(store, record, &article, error));
    ML_TRY(ml_store__tally_article(store, &article, 1, error));
    ML_TRY(insert_sentences(store, article.id, record, error));
    return ml_store__settle(store, error);
}

/* ---- from the tables ---- */

/* Room for one more row in a list of the arena, whose size is a power of two once it is not empty. */
static void *grow(ml_arena *arena, void *list, uint32_t count, size_t size)
{
    if (count & (count - 1) || count == 1)
        return list;
    void *grown = ml_arena_array(arena, count ? (size_t)count * 2 : 2, size);
    if (grown && count)
        memcpy(grown, list, count * size);
    return grown;
}

static ml_status load_appearances(ml_store *store, ml_arena *arena, ml_store__article *out, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_APPEARANCE_LIST, error, "i", out->id);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        out->appearance = grow(arena, out->appearance, out->appearance_count, sizeof *out->appearance);
        if (!out->appearance)
            return ml_fail_memory(error);
        out->appearance[out->appearance_count++] =
            (ml_store__appearance){.entity = sqlite3_column_int64(list, 0),
                                   .form = sqlite3_column_int64(list, 1),
                                   .vertex = sqlite3_column_int64(list, 2),
                                   .parent = ml_arena_copy(arena, ml_store_text(list, 3)),
                                   .type = (ml_entity_type)sqlite3_column_int(list, 4),
                                   .id = ml_arena_copy(arena, ml_store_text(list, 7))};
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    return ML_OK;
}

static ml_store__statement read_statement(sqlite3_stmt *list, ml_arena *arena)
{
    ml_str type = ml_store_text(list, 7);
    const ml_record_relation words = {.modality = ml_store_text(list, 8)};
    ml_store__statement statement = {.type = sqlite3_column_int64(list, 0),
                                     .title = sqlite3_column_int64(list, 1),
                                     .edge = sqlite3_column_int64(list, 2),
                                     .source = (uint32_t)sqlite3_column_int64(list, 3),
                                     .target = (uint32_t)sqlite3_column_int64(list, 4),
                                     .date = ml_arena_copy(arena, ml_store_text(list, 5)),
                                     .confidence_milli = (uint16_t)sqlite3_column_int(list, 6),
                                     .symmetric = ml_relation_symmetric(type),
                                     .stated = ml_record_states(&words)};
    statement.holds = statement.stated && reads_as(type, "holds_position");
    return statement;
}

static ml_status load_statements(ml_store *store, ml_arena *arena, ml_store__article *out, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_STATEMENT_LIST, error, "i", out->id);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        out->statement = grow(arena, out->statement, out->statement_count, sizeof *out->statement);
        if (!out->statement)
            return ml_fail_memory(error);
        out->statement[out->statement_count++] = read_statement(list, arena);
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    return ML_OK;
}

static ml_status load_date(ml_store *store, int64_t document, ml_arena *arena, ml_str *out, ml_error *error)
{
    bool row;
    sqlite3_stmt *get = ml_store__ask(store, ML_SQL_DOCUMENT_GET, error, "i", document);
    if (!get)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, get, &row, error));
    *out = ml_arena_copy(arena, row ? ml_store_text(get, 0) : ML_STR(""));
    sqlite3_reset(get);
    return ML_OK;
}

ml_status ml_store__load_article(ml_store *store, int64_t document, ml_arena *arena, ml_store__article *out,
                                 ml_error *error)
{
    *out = (ml_store__article){.id = document};
    ML_TRY(load_date(store, document, arena, &out->date, error));
    ML_TRY(load_appearances(store, arena, out, error));
    ML_TRY(load_statements(store, arena, out, error));
    return arena->failed ? ml_fail_memory(error) : ML_OK;
}

static ml_status load_entities(ml_store *store, int64_t document, ml_arena *arena, ml_record *out, ml_error *error)
{
    bool row;
    ml_record_entity *entities = NULL;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_APPEARANCE_LIST, error, "i", document);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        entities = grow(arena, entities, out->entity_count, sizeof *entities);
        if (!entities)
            return ml_fail_memory(error);
        entities[out->entity_count++] = (ml_record_entity){.parent = ml_arena_copy(arena, ml_store_text(list, 3)),
                                                           .type = (ml_entity_type)sqlite3_column_int(list, 4),
                                                           .name = ml_arena_copy(arena, ml_store_text(list, 5)),
                                                           .date = ml_arena_copy(arena, ml_store_text(list, 6)),
                                                           .id = ml_arena_copy(arena, ml_store_text(list, 7))};
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    out->entities = entities;
    return ML_OK;
}

static ml_status load_relations(ml_store *store, int64_t document, ml_arena *arena, ml_record *out, ml_error *error)
{
    bool row;
    ml_record_relation *relations = NULL;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_STATEMENT_LIST, error, "i", document);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        relations = grow(arena, relations, out->relation_count, sizeof *relations);
        if (!relations)
            return ml_fail_memory(error);
        relations[out->relation_count++] =
            (ml_record_relation){.source = (uint32_t)sqlite3_column_int64(list, 3),
                                 .target = (uint32_t)sqlite3_column_int64(list, 4),
                                 .date = ml_arena_copy(arena, ml_store_text(list, 5)),
                                 .confidence_milli = (uint16_t)sqlite3_column_int(list, 6),
                                 .type = ml_arena_copy(arena, ml_store_text(list, 7)),
                                 .modality = ml_arena_copy(arena, ml_store_text(list, 8)),
                                 .title = ml_arena_copy(arena, ml_store_text(list, 9)),
                                 .start = (uint32_t)sqlite3_column_int64(list, 10),
                                 .end = (uint32_t)sqlite3_column_int64(list, 11)};
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    out->relations = relations;
    return ML_OK;
}

/* What the stored article adds, as ml_record_compare() wants it. */
static ml_status load_record(ml_store *store, int64_t document, ml_arena *arena, ml_record *out, ml_error *error)
{
    *out = (ml_record){0};
    ML_TRY(load_date(store, document, arena, &out->date, error));
    ML_TRY(load_entities(store, document, arena, out, error));
    ML_TRY(load_relations(store, document, arena, out, error));
    return arena->failed ? ml_fail_memory(error) : ML_OK;
}

/* ---- adding and taking away ---- */

static ml_status take_away(ml_store *store, int64_t document, ml_error *error)
{
    static const ml_store__sql drops[] = {ML_SQL_APPEARANCE_DROP, ML_SQL_MENTION_DROP, ML_SQL_STATEMENT_DROP,
                                          ML_SQL_SENTENCE_DROP, ML_SQL_DOCUMENT_DROP};
    ml_arena arena = {0};
    ml_store__article article;
    ml_status status = ml_store__load_article(store, document, &arena, &article, error);
    store->new_documents--;
    if (status == ML_OK)
        status = ml_store__tally_article(store, &article, -1, error);
    for (size_t i = 0; status == ML_OK && i < sizeof drops / sizeof *drops; i++)
        status = ml_store__do(store, ml_store__ask(store, drops[i], error, "i", document), error);
    if (status == ML_OK)
        status = ml_store__claim(store, &article, -1, error);
    if (status == ML_OK)
        status = ml_store__settle(store, error);
    ml_arena_dispose(&arena);
    return status;
}

static ml_status find_document(ml_store *store, ml_str name, int64_t *id, int64_t *digest, ml_error *error)
{
    bool row;
    sqlite3_stmt *find = ml_store__ask(store, ML_SQL_DOCUMENT_FIND, error, "is", (int64_t)ml_str_hash(name), name);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, &row, error));
    *id = row ? sqlite3_column_int64(find, 0) : 0;
    *digest = row ? sqlite3_column_int64(find, 1) : 0;
    sqlite3_reset(find);
    return ML_OK;
}

/* Of two different records of an article that stays which comes first in the order of the network; what this order does not
 * see (mentions, rules) is settled by the digests. */
static ml_status comes_first(ml_store *store, const ml_record *record, int64_t digest, int64_t document, int64_t other,
                             bool *first, ml_error *error)
{
    ml_arena arena = {0};
    ml_record stored;
    ml_status status = load_record(store, document, &arena, &stored, error);
    int order = status == ML_OK ? ml_record_compare(record, &stored) : 0;
    *first = order ? order < 0 : digest < other;
    ml_arena_dispose(&arena);
    return status;
}

/* What tells records apart; sentences are the article's and no part of it. */
static bool digest_of(ml_store *store, const ml_record *record, int64_t *out)
{
    ml_record bare = *record;
    bare.sentence_count = 0;
    ml_buffer_clear(&store->text);
    ml_record_write(&bare, &store->text);
    *out = (int64_t)ml_str_hash(ml_buffer_view(&store->text));
    return !store->text.failed;
}

static ml_status add_record(ml_store *store, const ml_record *record, bool replace, ml_error *error)
{
    int64_t document, digest, other;
    if (!digest_of(store, record, &digest))
        return ml_fail_memory(error);
    ML_TRY(find_document(store, record->id, &document, &other, error));
    if (document && digest == other)
        return insert_sentences(store, document, record, error);
    if (document && !replace)
        ML_TRY(comes_first(store, record, digest, document, other, &replace, error));
    if (document && !replace)
        return ML_OK;
    if (document)
        ML_TRY(take_away(store, document, error));
    return insert(store, record, digest, error);
}

ml_status ml_store_add(ml_store *store, ml_str line, bool replace, ml_error *error)
{
    ml_record record;
    ml_arena_reset(&store->reading);
    ML_TRY(ml_record_read(line, &store->reading, &record, error));
    if (record.error_code.len)
        return ML_OK;
    ML_TRY(ml_store__begin(store, error));
    ml_status status = add_record(store, &record, replace, error);
    if (status != ML_OK) {
        ml_store__rollback(store);
        return status;
    }
    return ++store->pending >= ML_STORE_BATCH ? ml_store__commit(store, error) : ML_OK;
}

ml_status ml_store_forget(ml_store *store, const char *article, bool *found, ml_error *error)
{
    int64_t document = 0, digest;
    ML_TRY(ml_store__begin(store, error));
    ml_status status = find_document(store, ml_str_from(article), &document, &digest, error);
    if (status == ML_OK && document)
        status = take_away(store, document, error);
    if (status != ML_OK) {
        ml_store__rollback(store);
        return status;
    }
    *found = document != 0;
    return ML_OK;
}
