#include "store/inside.h"

#include <stdlib.h>

static bool is_year(ml_str date)
{
    return date.len >= 4;
}

uint32_t ml_store__year(ml_str date)
{
    uint32_t year = 0;
    for (uint32_t i = 0; is_year(date) && i < 4; i++)
        year = year * 10 + (uint32_t)(date.ptr[i] - '0');
    return year;
}

static int compare_names(const void *a, const void *b)
{
    return ml_str_compare(*(const ml_str *)a, *(const ml_str *)b);
}

uint32_t ml_store__units(const ml_store__article *article, uint32_t appearance, ml_str units[ML_STORE_UNITS])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < article->statement_count && count < ML_STORE_UNITS; i++) {
        if (!article->statement[i].holds || article->statement[i].source != appearance)
            continue;
        const ml_store__appearance *target = &article->appearance[article->statement[i].target];
        units[count++] = target->parent.len ? target->parent : target->id;
    }
    qsort(units, count, sizeof *units, compare_names);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!i || !ml_str_equal(units[i], units[i - 1]))
            units[kept++] = units[i];
    }
    if (!kept)
        units[kept++] = ML_STR("");
    return kept;
}

/* The vertex that stands for a node: part_of within its id, then leader across ids; 0 is itself. */
ml_status ml_store__leader(ml_store *store, int64_t node, int64_t *out, ml_str *name, ml_arena *arena, ml_error *error)
{
    for (uint32_t hop = 0; hop < 3; hop++) {
        bool row;
        sqlite3_stmt *ask = ml_store__ask(store, ML_SQL_VERTEX_LEADER, error, "i", node);
        if (!ask)
            return ML_E_STORE;
        ML_TRY(ml_store_step(store, ask, &row, error));
        int64_t leader = sqlite3_column_int64(ask, 0), part_of = sqlite3_column_int64(ask, 1);
        int64_t next = part_of ? part_of : leader;
        if (name && !next)
            *name = ml_arena_copy(arena, ml_store_text(ask, 2));
        sqlite3_reset(ask);
        if (!next)
            break;
        node = next;
    }
    *out = node;
    return ML_OK;
}

static ml_status node_of_person(ml_store *store, const ml_store__article *article, uint32_t index, int64_t *node,
                                ml_error *error)
{
    ml_str units[ML_STORE_UNITS];
    bool row;
    int64_t unit = 0;
    (void)ml_store__units(article, index, units);
    if (units[0].len)
        ML_TRY(ml_store__vertex(store, units[0], 0, &unit, error));
    sqlite3_stmt *find = ml_store__ask(store, ML_SQL_CLAIM_FIND, error, "iiu", article->appearance[index].entity, unit,
                                       units[0].len ? ml_store__year(article->date) : 0);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, &row, error));
    *node = row ? sqlite3_column_int64(find, 1) : article->appearance[index].entity;
    sqlite3_reset(find);
    return ML_OK;
}

/* Which end of a symmetric statement comes first is decided by the ids of the vertices, as in records. */
static ml_status order_ends(ml_store *store, int64_t *source, int64_t *target, ml_error *error)
{
    ml_str names[2] = {ML_STR(""), ML_STR("")};
    int64_t ignored;
    ML_TRY(ml_store__leader(store, *source, &ignored, &names[0], &store->gathering, error));
    ML_TRY(ml_store__leader(store, *target, &ignored, &names[1], &store->gathering, error));
    if (store->gathering.failed)
        return ml_fail_memory(error);
    if (ml_str_compare(names[0], names[1]) > 0) {
        int64_t swapped = *source;
        *source = *target;
        *target = swapped;
    }
    return ML_OK;
}

static ml_status link_statement(ml_store *store, const ml_store__article *article, ml_store__statement *statement,
                                ml_error *error)
{
    const ml_store__appearance *from = &article->appearance[statement->source];
    const ml_store__appearance *to = &article->appearance[statement->target];
    int64_t source = from->vertex, target = to->vertex;
    statement->edge = 0;
    /* What judgements made one has no relation to itself. */
    if (!statement->stated || (source == target && from->entity != to->entity))
        return ML_OK;
    if (statement->symmetric)
        ML_TRY(order_ends(store, &source, &target, error));
    return ml_store__edge(store, source, statement->type, target, statement->title, statement->holds, &statement->edge,
                          error);
}

ml_status ml_store__link(ml_store *store, ml_store__article *article, ml_error *error)
{
    ml_arena_reset(&store->gathering);
    for (uint32_t i = 0; i < article->appearance_count; i++) {
        ml_store__appearance *appearance = &article->appearance[i];
        int64_t node = appearance->entity;
        bool person = appearance->type == ML_PERSON;
        if (person && appearance->node)
            node = appearance->node;
        else if (person)
            ML_TRY(node_of_person(store, article, i, &node, error));
        appearance->vertex = node;
        if (person || store->judgement_count)
            ML_TRY(ml_store__leader(store, node, &appearance->vertex, NULL, NULL, error));
    }
    for (uint32_t i = 0; i < article->statement_count; i++)
        ML_TRY(link_statement(store, article, &article->statement[i], error));
    return ML_OK;
}

ml_status ml_store__tally_article(ml_store *store, const ml_store__article *article, int sign, ml_error *error)
{
    ml_store__tally_begin(store->tally);
    for (uint32_t i = 0; i < article->appearance_count; i++) {
        const ml_store__appearance *appearance = &article->appearance[i];
        ML_TRY(ml_store__tally_vertex(store, appearance->vertex, appearance->form, sign, article->date, error));
    }
    for (uint32_t i = 0; i < article->statement_count; i++) {
        const ml_store__statement *statement = &article->statement[i];
        if (statement->edge)
            ML_TRY(ml_store__tally_edge(store, statement->edge, sign,
                                        statement->date.len ? statement->date : article->date,
                                        statement->confidence_milli, error));
    }
    return ML_OK;
}

/* ---- articles whose persons moved ---- */

ml_status ml_store__note_moved(ml_store *store, int64_t vertex, int64_t entity, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_MOVED_LIST, error, "ii", vertex, entity);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        if (store->moved_count == store->moved_cap) {
            size_t cap = store->moved_cap ? store->moved_cap * 2 : 64;
            int64_t *grown = realloc(store->moved, cap * sizeof *grown);
            if (!grown)
                return ml_fail_memory(error);
            store->moved = grown;
            store->moved_cap = cap;
        }
        store->moved[store->moved_count++] = sqlite3_column_int64(list, 0);
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    return ML_OK;
}

static ml_status move_appearance(ml_store *store, int64_t document, uint32_t number,
                                 const ml_store__appearance *appearance, int64_t old, ml_error *error)
{
    if (old == appearance->vertex)
        return ML_OK;
    const ml_str none = ML_STR("");
    ml_store__tally_begin(store->tally);
    ML_TRY(ml_store__tally_vertex(store, old, appearance->form, -1, none, error));
    ML_TRY(ml_store__tally_vertex(store, old, 0, 0, none, error));
    ML_TRY(ml_store__tally_vertex(store, appearance->vertex, appearance->form, 1, none, error));
    ML_TRY(ml_store__tally_vertex(store, appearance->vertex, 0, 0, none, error));
    return ml_store__do(
        store, ml_store__ask(store, ML_SQL_APPEARANCE_MOVE, error, "iiu", appearance->vertex, document, number), error);
}

static ml_status move_statement(ml_store *store, int64_t document, uint32_t number, int64_t edge, int64_t old,
                                ml_error *error)
{
    const ml_str none = ML_STR("");
    if (old == edge)
        return ML_OK;
    if (old)
        ML_TRY(ml_store__tally_edge(store, old, 0, none, 0, error));
    if (edge)
        ML_TRY(ml_store__tally_edge(store, edge, 0, none, 0, error));
    return ml_store__do(store, ml_store__ask(store, ML_SQL_STATEMENT_MOVE, error, "iiu", edge, document, number),
                        error);
}

static ml_status settle_article(ml_store *store, int64_t document, ml_arena *arena, ml_error *error)
{
    ml_store__article old, now;
    ML_TRY(ml_store__load_article(store, document, arena, &old, error));
    now = old;
    now.appearance = ml_arena_array(arena, old.appearance_count, sizeof *now.appearance);
    now.statement = ml_arena_array(arena, old.statement_count, sizeof *now.statement);
    if (!now.appearance || !now.statement)
        return ml_fail_memory(error);
    if (old.appearance_count)
        memcpy(now.appearance, old.appearance, old.appearance_count * sizeof *now.appearance);
    if (old.statement_count)
        memcpy(now.statement, old.statement, old.statement_count * sizeof *now.statement);
    ML_TRY(ml_store__link(store, &now, error));
    for (uint32_t i = 0; i < now.appearance_count; i++)
        ML_TRY(move_appearance(store, document, i, &now.appearance[i], old.appearance[i].vertex, error));
    for (uint32_t i = 0; i < now.statement_count; i++)
        ML_TRY(move_statement(store, document, i, now.statement[i].edge, old.statement[i].edge, error));
    return ML_OK;
}

static int compare_documents(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

ml_status ml_store__settle(ml_store *store, ml_error *error)
{
    ml_arena arena = {0};
    ml_status status = ML_OK;
    if (store->moved_count)
        qsort(store->moved, store->moved_count, sizeof *store->moved, compare_documents);
    for (size_t i = 0; status == ML_OK && i < store->moved_count; i++) {
        if (i && store->moved[i] == store->moved[i - 1])
            continue;
        ml_arena_reset(&arena);
        status = settle_article(store, store->moved[i], &arena, error);
    }
    store->moved_count = 0;
    ml_arena_dispose(&arena);
    return status;
}
