#include "store/inside.h"

#include <stdlib.h>

static ml_status fail_line(ml_error *error, uint32_t line, const char *why)
{
    return ml_fail_at(error, ML_E_SYNTAX, ML_STR("judgements"), line, 0, "%s: write `same ID ID` or `different ID ID`",
                      why);
}

/* The next word of a line, empty at its end. */
static ml_str next_word(ml_str *line)
{
    *line = ml_str_trim(*line);
    uint32_t end = 0;
    while (end < line->len && line->ptr[end] != ' ' && line->ptr[end] != '\t')
        end++;
    ml_str word = ml_str_slice(*line, 0, end);
    *line = ml_str_slice(*line, end, line->len);
    return word;
}

static ml_status write_judgement(ml_store *store, sqlite3_stmt *insert, ml_str line, uint32_t number, ml_error *error)
{
    ml_str rest = ml_str_slice(line, 0, ml_str_find(line, '#', 0));
    ml_str verdict = next_word(&rest), a = next_word(&rest), b = next_word(&rest);
    bool same = ml_str_equal(verdict, ML_STR("same"));
    if (!verdict.len)
        return ML_OK;
    if (!same && !ml_str_equal(verdict, ML_STR("different")))
        return fail_line(error, number, "neither `same` nor `different`");
    if (!b.len || next_word(&rest).len)
        return fail_line(error, number, "not two ids");
    if (ml_str_equal(a, b))
        return fail_line(error, number, "the same id twice");
    bool swapped = ml_str_compare(a, b) > 0;
    sqlite3_reset(insert);
    ml_store_bind(insert, "ssi", swapped ? b : a, swapped ? a : b, (int64_t)same);
    bool row;
    return ml_store_step(store, insert, &row, error);
}

ml_status ml_store__load_judgements(ml_store *store, ml_error *error)
{
    sqlite3_stmt *list;
    bool row;
    uint32_t cap = 0;
    store->judgement_count = 0;
    ml_arena_reset(&store->judging);
    ML_TRY(ml_store_prepare(store, "SELECT a, b, same, (SELECT count(*) FROM judgement) FROM judgement ORDER BY a, b",
                            &list, error));
    ml_status status = ml_store_step(store, list, &row, error);
    while (status == ML_OK && row) {
        if (!cap) {
            cap = (uint32_t)sqlite3_column_int64(list, 3);
            store->judgements = ml_arena_array(&store->judging, cap, sizeof *store->judgements);
        }
        ml_str a = ml_arena_copy(&store->judging, ml_store_text(list, 0));
        ml_str b = ml_arena_copy(&store->judging, ml_store_text(list, 1));
        if (store->judging.failed)
            status = ml_fail_memory(error);
        else
            store->judgements[store->judgement_count++] = (ml_store__judgement){a, b, sqlite3_column_int(list, 2) != 0};
        if (status == ML_OK)
            status = ml_store_step(store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

/* ---- the same across ids ---- */

/* A vertex that a judgement names. */
typedef struct {
    int64_t row;
    ml_str name;
    uint32_t group;
} joined;

typedef struct {
    ml_store *store;
    ml_arena arena;
    joined *list;
    uint32_t *ends; /* two places for each judgement */
    uint32_t count;
} joining;

/* The person that a node is part of: leaders lead persons, not nodes. */
static ml_status person_of(ml_store *store, int64_t node, int64_t *person, ml_str *name, ml_arena *arena,
                           ml_error *error)
{
    for (uint32_t hop = 0; hop < 2; hop++) {
        bool row;
        sqlite3_stmt *ask = ml_store__ask(store, ML_SQL_VERTEX_LEADER, error, "i", node);
        if (!ask)
            return ML_E_STORE;
        ML_TRY(ml_store_step(store, ask, &row, error));
        int64_t part_of = row ? sqlite3_column_int64(ask, 1) : 0;
        *name = ml_arena_copy(arena, ml_store_text(ask, 2));
        sqlite3_reset(ask);
        *person = node;
        if (!part_of)
            break;
        node = part_of;
    }
    return ML_OK;
}

/* The place of an id's person in the list; UINT32_MAX where the store does not know the id. */
static ml_status enter(joining *work, ml_str id, uint32_t *out, ml_error *error)
{
    joined found = {0, ML_STR(""), work->count};
    int64_t node;
    *out = UINT32_MAX;
    ML_TRY(ml_store__find_vertex(work->store, id, &node, error));
    if (!node)
        return ML_OK;
    ML_TRY(person_of(work->store, node, &found.row, &found.name, &work->arena, error));
    if (work->arena.failed)
        return ml_fail_memory(error);
    for (*out = 0; *out < work->count; ++*out) {
        if (work->list[*out].row == found.row)
            return ML_OK;
    }
    work->list[work->count++] = found;
    return ML_OK;
}

static uint32_t find(const joining *work, uint32_t place)
{
    while (work->list[place].group != place)
        place = work->list[place].group;
    return place;
}

/* Ids of the tables lead, then the first in byte order. */
static bool leads(const joined *a, const joined *b)
{
    bool known_a = !strstr(a->name.ptr, "-x-"), known_b = !strstr(b->name.ptr, "-x-");
    return known_a != known_b ? known_a : ml_str_compare(a->name, b->name) < 0;
}

/* Unless a judgement keeps somebody of the one apart from somebody of the other. */
static void unite(joining *work, uint32_t a, uint32_t b)
{
    a = find(work, a);
    b = find(work, b);
    for (uint32_t i = 0; a != b && i < work->store->judgement_count; i++) {
        const uint32_t *ends = &work->ends[2 * (size_t)i];
        if (work->store->judgements[i].same || ends[0] == UINT32_MAX || ends[1] == UINT32_MAX)
            continue;
        uint32_t left = find(work, ends[0]), right = find(work, ends[1]);
        if ((left == a && right == b) || (left == b && right == a))
            return;
    }
    if (a == b)
        return;
    bool a_leads = leads(&work->list[a], &work->list[b]);
    work->list[a_leads ? b : a].group = a_leads ? a : b;
}

static ml_status set_leader(ml_store *store, int64_t row, int64_t leader, ml_error *error)
{
    bool found;
    sqlite3_stmt *ask = ml_store__ask(store, ML_SQL_VERTEX_LEADER, error, "i", row);
    if (!ask)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, ask, &found, error));
    int64_t before = sqlite3_column_int64(ask, 0), entity = sqlite3_column_int64(ask, 3);
    sqlite3_reset(ask);
    if (before == leader)
        return ML_OK;
    ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_NODE_LEADER, error, "ii", row, leader), error));
    return ml_store__note_moved(store, before ? before : row, entity ? entity : row, error);
}

/* Rows that had a leader and are in no judgement any more lead themselves again. */
static ml_status reset_leaders(const joining *work, ml_error *error)
{
    sqlite3_stmt *list;
    bool row;
    ml_store *store = work->store;
    ML_TRY(ml_store_prepare(store, "SELECT id FROM vertex WHERE leader <> 0 ORDER BY id", &list, error));
    ml_status status = ml_store_step(store, list, &row, error);
    while (status == ML_OK && row) {
        int64_t id = sqlite3_column_int64(list, 0);
        bool named = false;
        for (uint32_t i = 0; i < work->count; i++)
            named = named || work->list[i].row == id;
        if (!named)
            status = set_leader(store, id, 0, error);
        if (status == ML_OK)
            status = ml_store_step(store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

static ml_status join_all(joining *work, ml_error *error)
{
    ml_store *store = work->store;
    size_t most = 2 * (size_t)store->judgement_count;
    work->list = ml_arena_array(&work->arena, most, sizeof *work->list);
    work->ends = ml_arena_array(&work->arena, most, sizeof *work->ends);
    if (!work->list || !work->ends)
        return ml_fail_memory(error);
    for (size_t i = 0; i < most; i++) {
        const ml_store__judgement *judgement = &store->judgements[i / 2];
        ML_TRY(enter(work, i % 2 ? judgement->b : judgement->a, &work->ends[i], error));
    }
    for (uint32_t i = 0; i < store->judgement_count; i++) {
        const uint32_t *ends = &work->ends[2 * (size_t)i];
        if (store->judgements[i].same && ends[0] != UINT32_MAX && ends[1] != UINT32_MAX)
            unite(work, ends[0], ends[1]);
    }
    ML_TRY(reset_leaders(work, error));
    for (uint32_t i = 0; i < work->count; i++) {
        uint32_t leader = find(work, i);
        ML_TRY(set_leader(store, work->list[i].row, leader == i ? 0 : work->list[leader].row, error));
    }
    return ML_OK;
}

ml_status ml_store__join(ml_store *store, ml_error *error)
{
    joining work = {.store = store};
    ml_status status = join_all(&work, error);
    ml_arena_dispose(&work.arena);
    return status;
}

/* ---- a file of judgements ---- */

static ml_status write_judgements(ml_store *store, ml_str text, ml_error *error)
{
    sqlite3_stmt *insert;
    ML_TRY(ml_store__run(store, "DELETE FROM judgement", error));
    ML_TRY(ml_store_prepare(
        store, "INSERT INTO judgement(a, b, same) VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET same = excluded.same",
        &insert, error));
    ml_status status = ML_OK;
    for (uint32_t line = 1; status == ML_OK && text.ptr; line++) {
        ml_str row = ml_str_split(&text, '\n');
        status = write_judgement(store, insert, ml_str_trim(row), line, error);
    }
    sqlite3_finalize(insert);
    return status;
}

/* The rows whose persons the judgements, old or new, may concern: of the id itself and of the id that it is a part of. */
static ml_status tell_apart_named(ml_store *store, ml_error *error)
{
    sqlite3_stmt *list;
    bool row;
    ML_TRY(ml_store_prepare(store,
                            "SELECT DISTINCT CASE v.entity WHEN 0 THEN v.id ELSE v.entity END FROM touched t"
                            " JOIN vertex v ON v.name = t.name AND v.hash = t.hash ORDER BY 1",
                            &list, error));
    ml_status status = ml_store_step(store, list, &row, error);
    while (status == ML_OK && row) {
        status = ml_store__tell_apart(store, sqlite3_column_int64(list, 0), error);
        if (status == ML_OK)
            status = ml_store_step(store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

/* Notes the ids of the judgements that hold now. */
static ml_status note_touched(ml_store *store, ml_error *error)
{
    sqlite3_stmt *insert;
    ML_TRY(ml_store__run(store, "CREATE TEMP TABLE IF NOT EXISTS touched(name TEXT, hash INTEGER)", error));
    ML_TRY(ml_store_prepare(store, "INSERT INTO touched VALUES(?, ?)", &insert, error));
    ml_status status = ML_OK;
    for (uint32_t i = 0; status == ML_OK && i < 2 * store->judgement_count; i++) {
        ml_str id = i % 2 ? store->judgements[i / 2].b : store->judgements[i / 2].a;
        bool row;
        sqlite3_reset(insert);
        ml_store_bind(insert, "si", id, (int64_t)ml_str_hash(id));
        status = ml_store_step(store, insert, &row, error);
    }
    sqlite3_finalize(insert);
    return status;
}

static ml_status judge(ml_store *store, ml_str text, ml_error *error)
{
    ML_TRY(note_touched(store, error));
    ML_TRY(write_judgements(store, text, error));
    ML_TRY(ml_store__load_judgements(store, error));
    ML_TRY(note_touched(store, error));
    ML_TRY(tell_apart_named(store, error));
    store->joins_due = true;
    ML_TRY(ml_store__settle(store, error));
    ML_TRY(ml_store__run(store, "DELETE FROM touched", error));
    return ml_store__commit(store, error);
}

ml_status ml_store_judge(ml_store *store, ml_str judgements, ml_error *error)
{
    /* What was added before must be in the tables. */
    ML_TRY(ml_store__commit(store, error));
    ML_TRY(ml_store__begin(store, error));
    ml_status status = judge(store, judgements, error);
    if (status != ML_OK && store->in_transaction)
        ml_store__rollback(store);
    if (status != ML_OK) {
        ml_error ignored = {0};
        (void)ml_store__load_judgements(store, &ignored);
    }
    return status;
}
