#include "query/query.h"

#include "text/text.h"

#include <stdlib.h>

typedef struct {
    int64_t row, documents;
    ml_str id, label, parent;
    uint32_t words; /* of the name that fits, those too many */
    ml_entity_type type;
} candidate;

typedef struct {
    ml_store *store;
    ml_arena *arena;
    ml_str wanted;
    candidate *list;
    uint32_t count, cap;
} search;

static const char by_id[] = "'' FROM vertex v WHERE v.hash = ? AND v.name = ? AND v.documents > 0";
static const char columns[] = "v.id, v.documents, v.name, v.label, v.parent, v.type";

static ml_status add(search *found, sqlite3_stmt *row, uint32_t words, ml_error *error)
{
    int64_t id = sqlite3_column_int64(row, 0);
    for (uint32_t i = 0; i < found->count; i++) {
        if (found->list[i].row != id)
            continue;
        found->list[i].words = words < found->list[i].words ? words : found->list[i].words;
        return ML_OK;
    }
    if (found->count == found->cap) {
        uint32_t cap = found->cap ? found->cap * 2 : 16;
        candidate *grown = ml_arena_array(found->arena, cap, sizeof *grown);
        if (!grown)
            return ml_fail_memory(error);
        if (found->count)
            memcpy(grown, found->list, found->count * sizeof *grown);
        found->list = grown;
        found->cap = cap;
    }
    found->list[found->count++] = (candidate){.row = id,
                                              .documents = sqlite3_column_int64(row, 1),
                                              .id = ml_arena_copy(found->arena, ml_store_text(row, 2)),
                                              .label = ml_arena_copy(found->arena, ml_store_text(row, 3)),
                                              .parent = ml_arena_copy(found->arena, ml_store_text(row, 4)),
                                              .type = (ml_entity_type)sqlite3_column_int(row, 5),
                                              .words = words};
    return ML_OK;
}

static uint32_t count_words(ml_str text)
{
    uint32_t count = text.len > 0;
    for (uint32_t i = 0; i < text.len; i++)
        count += text.ptr[i] == ' ';
    return count;
}

/* Runs a search whose SQL is `SELECT columns, NAME` with one or two parameters. */
static ml_status look(search *found, const char *where, ml_str first, int64_t hash, ml_error *error)
{
    ml_buffer sql = {0};
    sqlite3_stmt *list = NULL;
    bool row;
    uint32_t words = count_words(found->wanted);
    ml_buffer_format(&sql, "SELECT %s, %s", columns, where);
    ml_buffer_char(&sql, '\0');
    ml_status status = sql.failed ? ml_fail_memory(error) : ml_store_prepare(found->store, sql.ptr, &list, error);
    ml_buffer_dispose(&sql);
    ML_TRY(status);
    ml_store_bind(list, "is", hash, first);
    status = ml_store_step(found->store, list, &row, error);
    while (status == ML_OK && row) {
        uint32_t has = count_words(ml_store_text(list, 6));
        status = add(found, list, has > words ? has - words : 0, error);
        if (status == ML_OK)
            status = ml_store_step(found->store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

/* Each word as a quoted phrase, which no operator of the search hides in. */
static ml_str match_of(ml_str bare, ml_arena *arena)
{
    ml_buffer out = {0};
    while (bare.ptr) {
        ml_str word = ml_str_split(&bare, ' ');
        ml_buffer_char(&out, '"');
        ml_buffer_str(&out, word);
        ml_buffer_str(&out, ML_STR("\" "));
    }
    ml_str match = ml_arena_copy(arena, ml_buffer_view(&out));
    ml_buffer_dispose(&out);
    return match;
}

/* From the surest to the vaguest way to be meant; the first that finds anything holds. */
static ml_status look_all(search *found, ml_error *error)
{
    ml_buffer folded = {0}, bare = {0};
    ml_text_fold(found->wanted, &folded, &bare);
    ml_str keys[] = {ml_arena_copy(found->arena, ml_buffer_view(&folded)),
                     ml_arena_copy(found->arena, ml_buffer_view(&bare))};
    bool failed = folded.failed || bare.failed || found->arena->failed;
    ml_buffer_dispose(&folded);
    ml_buffer_dispose(&bare);
    if (failed)
        return ml_fail_memory(error);
    ML_TRY(look(found, by_id, found->wanted, (int64_t)ml_str_hash(found->wanted), error));
    if (!found->count) /* an id that several persons share */
        ML_TRY(
            look(found,
                 "'' FROM vertex k JOIN vertex v ON v.entity = k.id AND v.entity <> 0 WHERE k.hash = ? AND k.name = ?"
                 " AND v.documents > 0",
                 found->wanted, (int64_t)ml_str_hash(found->wanted), error));
    if (found->count || !keys[1].len)
        return ML_OK;
    found->wanted = keys[1];
    /* With its diacritics first: who writes them means them. */
    static const char by_name[] = "n.bare FROM name n JOIN vertex v ON v.id = n.vertex WHERE n.hash = ?1 AND ";
    char where[200];
    const char *const tests[] = {"n.folded = ?2", "n.bare = ?2"};
    for (int i = 0; i < 2 && !found->count; i++) {
        size_t len = sizeof by_name - 1;
        memcpy(where, by_name, len);
        memcpy(where + len, tests[i], strlen(tests[i]) + 1);
        ML_TRY(look(found, where, keys[i], (int64_t)ml_str_hash(keys[1]), error));
    }
    if (found->count)
        return ML_OK;
    ml_str match = match_of(keys[1], found->arena);
    return look(found,
                "n.bare FROM name_search s JOIN name n ON n.id = s.rowid JOIN vertex v ON v.id = n.vertex"
                " WHERE ?1 <> 0 AND name_search MATCH ?2 LIMIT 2000",
                match, 1, error);
}

static int compare_candidates(const void *a, const void *b)
{
    const candidate *left = a;
    const candidate *right = b;
    if (left->words != right->words)
        return left->words < right->words ? -1 : 1;
    if (left->documents != right->documents)
        return left->documents > right->documents ? -1 : 1;
    return ml_str_compare(left->id, right->id);
}

/* Is `inner` a locality that the tables put inside `outer`? */
static ml_status is_inside(const search *found, ml_str inner, ml_str outer, bool *inside, ml_error *error)
{
    sqlite3_stmt *ask;
    bool row;
    ML_TRY(ml_store_prepare(found->store,
                            "WITH RECURSIVE up(id, depth) AS (SELECT parent, 1 FROM known WHERE id = ?1 UNION"
                            " SELECT k.parent, depth + 1 FROM up JOIN known k ON k.id = up.id WHERE depth < 8)"
                            " SELECT 1 FROM up WHERE id = ?2",
                            &ask, error));
    ml_store_bind(ask, "ss", inner, outer);
    ml_status status = ml_store_step(found->store, ask, &row, error);
    *inside = row;
    sqlite3_finalize(ask);
    return status;
}

/* The locality that holds all others of the name: "Nam Định" is the province, not the city in it. */
static ml_status outermost(const search *found, uint32_t *out, ml_error *error)
{
    *out = UINT32_MAX;
    for (uint32_t i = 0; i < found->count && found->count <= 40; i++) {
        bool holds_all = found->list[i].type == ML_LOCALITY;
        for (uint32_t j = 0; holds_all && j < found->count; j++) {
            if (i != j)
                ML_TRY(is_inside(found, found->list[j].id, found->list[i].id, &holds_all, error));
        }
        if (holds_all) {
            *out = i;
            return ML_OK;
        }
    }
    return ML_OK;
}

/* Who is named in at least so many articles, and so many times as often as all others of the name together, is meant. */
enum { CLEAR_ARTICLES = 20, CLEAR_TIMES = 20 };

/* Candidates come by their articles. */
static bool is_clear(const search *found)
{
    int64_t others = 0;
    for (uint32_t i = 1; i < found->count; i++)
        others += found->list[i].documents;
    return found->list[0].documents >= CLEAR_ARTICLES && found->list[0].documents >= CLEAR_TIMES * others;
}

static ml_status fail_several(const search *found, ml_str name, ml_error *error)
{
    ml_buffer list = {0};
    uint32_t shown = 0;
    for (; shown < found->count && list.len < 330; shown++) {
        const candidate *one = &found->list[shown];
        ml_str type = ml_entity_type_name(one->type);
        ml_buffer_format(&list, "%s %.*s = %.*s (%.*s, %lld articles)", shown ? ";" : "", (int)one->id.len, one->id.ptr,
                         (int)one->label.len, one->label.ptr, (int)type.len, type.ptr, (long long)one->documents);
    }
    ml_status status = list.failed
                           ? ml_fail_memory(error)
                           : ml_fail(error, ML_E_USAGE, ML_STR(""), "\"%.*s\" fits several; name one by its id:%.*s%s",
                                     name.len < 60 ? (int)name.len : 60, name.ptr, (int)list.len, list.ptr,
                                     shown < found->count ? "; ..." : "");
    ml_buffer_dispose(&list);
    return status;
}

/* With `as_of`, what became part of the locality by then belongs to it. */
static ml_status add_predecessors(search *found, ml_str id, const char *as_of, ml_error *error)
{
    sqlite3_stmt *list;
    bool row;
    ML_TRY(ml_store_prepare(found->store,
                            "WITH RECURSIVE down(id, depth) AS (SELECT ?1, 0 UNION SELECT k.id, depth + 1 FROM down"
                            " JOIN known k ON '|' || k.successors || '|' LIKE '%|' || down.id || '|%'"
                            " AND k.until <> '' AND k.until < ?2 WHERE depth < 4) SELECT id FROM down",
                            &list, error));
    ml_store_bind(list, "sz", id, as_of);
    ml_status status = ml_store_step(found->store, list, &row, error);
    while (status == ML_OK && row) {
        ml_str part = ml_arena_copy(found->arena, ml_store_text(list, 0));
        status = look(found, by_id, part, (int64_t)ml_str_hash(part), error);
        if (status == ML_OK)
            status = ml_store_step(found->store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

static ml_status settle(search *found, ml_str name, uint32_t *chosen, ml_error *error)
{
    if (!found->count || !found->list)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "nothing in the store is called \"%.*s\"",
                       name.len < 200 ? (int)name.len : 200, name.ptr);
    qsort(found->list, found->count, sizeof *found->list, compare_candidates);
    uint32_t best = 1;
    while (best < found->count && found->list[best].words == found->list[0].words)
        best++;
    found->count = best;
    *chosen = 0;
    if (best == 1 || is_clear(found))
        return ML_OK;
    ML_TRY(outermost(found, chosen, error));
    return *chosen == UINT32_MAX ? fail_several(found, name, error) : ML_OK;
}

ml_status ml_query_find(ml_store *store, ml_str name, const ml_question *question, ml_arena *arena, ml_vertices *out,
                        ml_error *error)
{
    search found = {.store = store, .arena = arena, .wanted = name};
    uint32_t chosen = 0;
    ML_TRY(look_all(&found, error));
    ML_TRY(settle(&found, name, &chosen, error));
    if (!found.list)
        return ml_fail_memory(error);
    candidate one = found.list[chosen];
    found.count = 0;
    if (question->as_of && one.type == ML_LOCALITY)
        ML_TRY(add_predecessors(&found, one.id, question->as_of, error));
    out->row = ml_arena_array(arena, (size_t)found.count + 1, sizeof *out->row);
    if (!out->row)
        return ml_fail_memory(error);
    out->count = 0;
    out->row[out->count++] = one.row;
    for (uint32_t i = 0; i < found.count; i++) {
        if (found.list[i].row != one.row)
            out->row[out->count++] = found.list[i].row;
    }
    return ML_OK;
}
