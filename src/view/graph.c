#include "view/draft.h"

#include <stdlib.h>

typedef enum { VIEW_FULL, VIEW_PEOPLE, VIEW_PROVINCES, VIEW_POSTS, VIEW_MEETINGS, VIEWS } view_kind;

static const char *const names[VIEWS] = {"full", "people", "provinces", "posts", "meetings"};

/* The relations that a view is made of; empty: all. */
static const char *const relations[VIEWS] = {
    "", "'chaired', 'attended', 'spoke_at'", "'cooperates_with', 'met_with', 'visited', 'donated_to'",
    "'holds_position'", "'chaired', 'attended', 'spoke_at', 'organized', 'held_at'"};

typedef struct {
    ml_store *store;
    const ml_question *question;
    ml_drafts drafts;
    view_kind kind;
} view;

static ml_status find_view(const char *name, view_kind *out, ml_error *error)
{
    for (view_kind kind = VIEW_FULL; kind < VIEWS; kind++) {
        if (!name || strcmp(names[kind], name) == 0) {
            *out = kind;
            return ML_OK;
        }
    }
    return ml_fail(error, ML_E_USAGE, ML_STR(""), "--view %s: there are full, people, provinces, posts and meetings",
                   name);
}

static void put_relations(const view *work, ml_buffer *sql)
{
    if (relations[work->kind][0])
        ml_buffer_format(sql, " AND e.type IN (SELECT id FROM term WHERE text IN (%s))", relations[work->kind]);
}

static ml_str copy(const view *work, sqlite3_stmt *row, int column)
{
    return ml_arena_copy(work->drafts.arena, ml_store_text(row, column));
}

/* The id and name that a vertex goes by: with `as_of` a locality's successor. */
static ml_status identify(const view *work, int64_t row, ml_vertex *vertex, ml_error *error)
{
    if (work->question->as_of && vertex->type == ML_LOCALITY)
        return ml_query_successor(work->store, row, work->question->as_of, work->drafts.arena, &vertex->id,
                                  &vertex->label, error);
    return ML_OK;
}

/* Ids by row, for the edges. */
typedef struct {
    int64_t row;
    ml_str id;
} row_id;

typedef struct {
    row_id *list;
    uint32_t count;
} row_ids;

static ml_str id_of(const row_ids *ids, int64_t row)
{
    uint32_t low = 0, high = ids->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ids->list[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ids->count && ids->list[low].row == row ? ids->list[low].id : ML_STR("");
}

static ml_status load_vertices(view *work, row_ids *ids, ml_error *error)
{
    static const char count_sql[] = "SELECT count(*) FROM vertex WHERE documents > 0";
    static const char sql[] = "SELECT id, name, label, type, date, parent, documents, first, last FROM vertex"
                              " WHERE documents > 0 ORDER BY id";
    sqlite3_stmt *list;
    bool row;
    ML_TRY(ml_store_prepare(work->store, count_sql, &list, error));
    ml_status status = ml_store_step(work->store, list, &row, error);
    ids->list = ml_arena_array(work->drafts.arena, (size_t)sqlite3_column_int64(list, 0) + 1, sizeof *ids->list);
    sqlite3_finalize(list);
    ML_TRY(status);
    if (!ids->list)
        return ml_fail_memory(error);
    ML_TRY(ml_store_prepare(work->store, sql, &list, error));
    status = ml_store_step(work->store, list, &row, error);
    while (status == ML_OK && row) {
        ml_vertex vertex = {.id = copy(work, list, 1),
                            .label = copy(work, list, 2),
                            .type = (ml_entity_type)sqlite3_column_int(list, 3),
                            .date = copy(work, list, 4),
                            .parent = copy(work, list, 5),
                            .documents = (uint32_t)sqlite3_column_int64(list, 6),
                            .first = copy(work, list, 7),
                            .last = copy(work, list, 8)};
        int64_t id = sqlite3_column_int64(list, 0);
        status = identify(work, id, &vertex, error);
        ids->list[ids->count++] = (row_id){id, vertex.id};
        if (status == ML_OK && (work->drafts.arena->failed || !ml_view__vertex(&work->drafts, &vertex)))
            status = ml_fail_memory(error);
        if (status == ML_OK)
            status = ml_store_step(work->store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

/* Statements with their edges: `source, type, target, title, article, start, stop, date, confidence`. */
static ml_status prepare_statements(view *work, sqlite3_stmt **out, ml_error *error)
{
    ml_buffer sql = {0};
    ml_buffer_str(&sql, ML_STR("SELECT e.source, t.text, e.target, n.text, d.name, s.start, s.stop,"
                               " CASE WHEN s.date <> '' THEN s.date ELSE d.date END AS day, s.confidence"
                               " FROM edge e JOIN statement s ON s.edge = e.id JOIN document d ON d.id = s.document"
                               " JOIN term t ON t.id = e.type JOIN term n ON n.id = e.title WHERE 1"));
    put_relations(work, &sql);
    ml_query_filter(work->question, "e", &sql);
    if (work->question->since)
        ml_buffer_str(&sql, ML_STR(" AND day >= :since"));
    if (work->question->until)
        ml_buffer_str(&sql, ML_STR(" AND day <> '' AND day <= :until || '~'"));
    ml_status status = ml_query_prepare(
        work->store,
        &(ml_question){.since = work->question->since, .until = work->question->until, .as_of = work->question->as_of},
        "", &sql, out, error);
    ml_buffer_dispose(&sql);
    return status;
}

static ml_status draft_edges(view *work, const row_ids *ids, ml_error *error)
{
    sqlite3_stmt *list;
    bool row;
    ML_TRY(prepare_statements(work, &list, error));
    ml_status status = ml_store_step(work->store, list, &row, error);
    while (status == ML_OK && row) {
        ml_draft draft = {.type = copy(work, list, 1),
                          .title = copy(work, list, 3),
                          .source = id_of(ids, sqlite3_column_int64(list, 0)),
                          .target = id_of(ids, sqlite3_column_int64(list, 2)),
                          .evidence = {copy(work, list, 4), (uint32_t)sqlite3_column_int64(list, 5),
                                       (uint32_t)sqlite3_column_int64(list, 6)},
                          .date = copy(work, list, 7),
                          .confidence_milli = (uint16_t)sqlite3_column_int(list, 8)};
        if (ml_relation_symmetric(draft.type) && ml_str_compare(draft.source, draft.target) > 0) {
            ml_str swapped = draft.source;
            draft.source = draft.target;
            draft.target = swapped;
        }
        if (work->drafts.arena->failed || !ml_view__draft(&work->drafts, &draft))
            status = ml_fail_memory(error);
        if (status == ML_OK)
            status = ml_store_step(work->store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

/* ---- provinces ---- */

/* The province that an id lies in by the tables and the parents that articles give; empty where there is none. */
static ml_status province_of(view *work, ml_str id, ml_str *out, ml_error *error)
{
    static const char sql[] =
        "SELECT k.level, coalesce(nullif(k.parent, ''), (SELECT parent FROM vertex v WHERE v.name = ?1"
        " AND v.hash = ?2), '') FROM (SELECT 1) LEFT JOIN known k ON k.id = ?1";
    *out = ML_STR("");
    for (int hop = 0; hop < 6 && id.len; hop++) {
        sqlite3_stmt *get;
        bool row;
        ML_TRY(ml_store_prepare(work->store, sql, &get, error));
        ml_store_bind(get, "si", id, (int64_t)ml_str_hash(id));
        ml_status status = ml_store_step(work->store, get, &row, error);
        bool province = row && ml_str_equal(ml_store_text(get, 0), ML_STR("province"));
        ml_str parent = row ? copy(work, get, 1) : ML_STR("");
        sqlite3_finalize(get);
        ML_TRY(status);
        if (province) {
            *out = id;
            return ML_OK;
        }
        id = parent;
    }
    return ML_OK;
}

/* The vertex of a province, named by the tables where no article names it. */
static ml_status add_province(view *work, ml_str id, ml_str *name, ml_error *error)
{
    static const char sql[] =
        "SELECT coalesce(v.label, k.names), ifnull(v.documents, 0), ifnull(v.first, ''),"
        " ifnull(v.last, ''), ifnull(v.id, 0) FROM known k LEFT JOIN vertex v ON v.name = k.id AND"
        " v.hash = ?2 WHERE k.id = ?1";
    sqlite3_stmt *get;
    bool row;
    ML_TRY(ml_store_prepare(work->store, sql, &get, error));
    ml_store_bind(get, "si", id, (int64_t)ml_str_hash(id));
    ml_status status = ml_store_step(work->store, get, &row, error);
    ml_str label = row ? copy(work, get, 0) : id;
    ml_vertex vertex = {.id = id,
                        .label = ml_str_slice(label, 0, ml_str_find(label, '|', 0)),
                        .type = ML_LOCALITY,
                        .date = ML_STR(""),
                        .parent = ML_STR(""),
                        .documents = row ? (uint32_t)sqlite3_column_int64(get, 1) : 0,
                        .first = row ? copy(work, get, 2) : ML_STR(""),
                        .last = row ? copy(work, get, 3) : ML_STR("")};
    int64_t number = row ? sqlite3_column_int64(get, 4) : 0;
    sqlite3_finalize(get);
    if (status == ML_OK && number)
        status = identify(work, number, &vertex, error);
    *name = vertex.id;
    uint32_t place;
    if (status == ML_OK && !ml_map_find(&work->drafts.known, vertex.id, &place) &&
        !ml_view__vertex(&work->drafts, &vertex))
        status = ml_fail_memory(error);
    return status;
}

/* Puts the provinces of all vertices in their place. */
static ml_status use_provinces(view *work, ml_error *error)
{
    ml_map seen = {0}; /* from ids to places in `found` */
    ml_str *found = ml_arena_array(work->drafts.arena, 2 * (size_t)work->drafts.count + 1, sizeof *found);
    uint32_t count = 0, kept = 0;
    ml_status status = found ? ML_OK : ml_fail_memory(error);
    ml_map_clear(&work->drafts.known);
    work->drafts.vertex_count = 0;
    for (uint32_t i = 0; status == ML_OK && i < work->drafts.count; i++) {
        ml_draft draft = work->drafts.list[i];
        for (int end = 0; status == ML_OK && end < 2; end++) {
            ml_str *id = end ? &draft.target : &draft.source;
            uint32_t place = count;
            bool added;
            if (!ml_map_add(&seen, *id, &place, &added))
                status = ml_fail_memory(error);
            else if (added && found) {
                status = province_of(work, *id, &found[count], error);
                if (status == ML_OK && found[count].len)
                    status = add_province(work, found[count], &found[count], error);
                count++;
            }
            *id = status == ML_OK && found ? found[place] : *id;
        }
        if (!draft.source.len || !draft.target.len || ml_str_equal(draft.source, draft.target))
            continue;
        if (ml_relation_symmetric(draft.type) && ml_str_compare(draft.source, draft.target) > 0) {
            ml_str swapped = draft.source;
            draft.source = draft.target;
            draft.target = swapped;
        }
        work->drafts.list[kept++] = draft;
    }
    work->drafts.count = kept;
    ml_map_dispose(&seen);
    return status;
}

/* ---- people ---- */

static int compare_targets(const void *a, const void *b)
{
    const ml_draft *left = a;
    const ml_draft *right = b;
    int order = ml_str_compare(left->target, right->target);
    return order ? order : ml_str_compare(left->source, right->source);
}

static bool is_person(const view *work, ml_str id)
{
    uint32_t place;
    return ml_map_find(&work->drafts.known, id, &place) && work->drafts.vertices[place].type == ML_PERSON;
}

/* Everybody who was at a meeting with everybody else there: the projection of persons and events onto persons. A meeting is of
 * one article, so that the weight, articles, is also how many meetings they shared. */
static ml_status use_people(view *work, ml_error *error)
{
    ml_drafts pairs = {.arena = work->drafts.arena};
    ml_draft *list = work->drafts.list;
    if (work->drafts.count)
        qsort(list, work->drafts.count, sizeof *list, compare_targets);
    for (uint32_t begin = 0, end; begin < work->drafts.count; begin = end) {
        for (end = begin + 1; end < work->drafts.count && ml_str_equal(list[end].target, list[begin].target);)
            end++;
        for (uint32_t i = begin; i < end; i++) {
            for (uint32_t j = i + 1; j < end && is_person(work, list[i].source); j++) {
                if (ml_str_equal(list[i].source, list[j].source) || !is_person(work, list[j].source))
                    continue;
                ml_draft pair = list[i];
                pair.type = ML_STR("met_at_events");
                pair.target = list[j].source;
                if (list[j].confidence_milli < pair.confidence_milli)
                    pair.confidence_milli = list[j].confidence_milli;
                if (!ml_view__draft(&pairs, &pair))
                    return ml_fail_memory(error);
            }
        }
    }
    work->drafts.list = pairs.list;
    work->drafts.count = pairs.count;
    return ML_OK;
}

static ml_status build(view *work, ml_graph *out, ml_error *error)
{
    row_ids ids = {0};
    sqlite3_stmt *count;
    bool row;
    ML_TRY(ml_query_check(work->question, error));
    ML_TRY(find_view(work->question->view, &work->kind, error));
    ML_TRY(load_vertices(work, &ids, error));
    ML_TRY(draft_edges(work, &ids, error));
    if (work->kind == VIEW_PROVINCES)
        ML_TRY(use_provinces(work, error));
    else if (work->kind == VIEW_PEOPLE)
        ML_TRY(use_people(work, error));
    bool narrowed =
        work->question->since || work->question->until || work->question->as_of || work->question->min_weight > 1;
    ML_TRY(ml_view__merge(&work->drafts, work->kind == VIEW_FULL && !narrowed, out, error));
    ML_TRY(ml_store_prepare(work->store, "SELECT count(*) FROM document", &count, error));
    ml_status status = ml_store_step(work->store, count, &row, error);
    out->documents = row ? (uint64_t)sqlite3_column_int64(count, 0) : 0;
    sqlite3_finalize(count);
    return status;
}

ml_status ml_view_graph(ml_store *store, const ml_question *question, ml_arena *arena, ml_graph *out, ml_error *error)
{
    view work = {.store = store, .question = question, .drafts = {.arena = arena}};
    ml_graph graph = {0};
    ml_status status = build(&work, &graph, error);
    ml_map_dispose(&work.drafts.known);
    if (status == ML_OK)
        *out = graph;
    return status;
}

/* ---- links ---- */

typedef struct {
    uint64_t ends; /* the smaller vertex in the upper half */
    double weight;
} packed_link;

static int compare_links(const void *a, const void *b)
{
    uint64_t left = ((const packed_link *)a)->ends, right = ((const packed_link *)b)->ends;
    return (left > right) - (left < right);
}

/* Makes parallel links one and drops loops. */
static ml_status pack(packed_link *links, uint32_t count, uint32_t vertex_count, ml_arena *arena, ml_links *out,
                      ml_error *error)
{
    uint32_t *ends = ml_arena_room(arena, 2 * (size_t)count + 1, sizeof *ends);
    double *weights = ml_arena_room(arena, (size_t)count + 1, sizeof *weights);
    if (!ends || !weights)
        return ml_fail_memory(error);
    if (count)
        qsort(links, count, sizeof *links, compare_links);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i && links[i].ends == links[i - 1].ends) {
            weights[kept - 1] += links[i].weight;
            continue;
        }
        ends[2 * (size_t)kept] = (uint32_t)(links[i].ends >> 32);
        ends[2 * (size_t)kept + 1] = (uint32_t)links[i].ends;
        weights[kept++] = links[i].weight;
    }
    *out = (ml_links){vertex_count, kept, ends, weights};
    return ML_OK;
}

static uint64_t pack_ends(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static ml_status links_of_graph(ml_store *store, const ml_question *question, ml_arena *arena, ml_view_links *out,
                                ml_error *error)
{
    ml_graph graph;
    ML_TRY(ml_view_graph(store, question, arena, &graph, error));
    packed_link *links = ml_arena_array(arena, (size_t)graph.edge_count + 1, sizeof *links);
    if (!links)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < graph.edge_count; i++)
        links[i] = (packed_link){pack_ends(graph.edges[i].source, graph.edges[i].target), graph.edges[i].weight};
    out->vertex = graph.vertices;
    return pack(links, graph.edge_count, graph.vertex_count, arena, &out->links, error);
}

static ml_status highest(ml_store *store, const char *sql, int64_t *out, ml_error *error)
{
    sqlite3_stmt *ask;
    bool row;
    ML_TRY(ml_store_prepare(store, sql, &ask, error));
    ml_status status = ml_store_step(store, ask, &row, error);
    *out = row ? sqlite3_column_int64(ask, 0) : 0;
    sqlite3_finalize(ask);
    return status;
}

/* Vertices are numbered as they come up in edges. */
static uint32_t number_of(uint32_t *numbers, int64_t *rows, uint32_t *count, int64_t row)
{
    if (!numbers[row]) {
        rows[*count] = row;
        numbers[row] = ++*count;
    }
    return numbers[row] - 1;
}

static ml_status load_links(const view *work, ml_arena *arena, packed_link *links, int64_t most, uint32_t *numbers,
                            int64_t *rows, ml_view_links *out, ml_error *error)
{
    ml_buffer sql = {0};
    sqlite3_stmt *list;
    bool row;
    uint32_t count = 0, vertex_count = 0;
    ml_buffer_str(&sql, ML_STR("SELECT e.source, e.target, e.weight FROM edge e WHERE e.source <> e.target"));
    put_relations(work, &sql);
    ml_query_filter(work->question, "e", &sql);
    ml_status status = ml_query_prepare(
        work->store,
        &(ml_question){.since = work->question->since, .until = work->question->until, .as_of = work->question->as_of},
        "", &sql, &list, error);
    ml_buffer_dispose(&sql);
    ML_TRY(status);
    status = ml_store_step(work->store, list, &row, error);
    while (status == ML_OK && row && count < most) {
        uint32_t source = number_of(numbers, rows, &vertex_count, sqlite3_column_int64(list, 0));
        uint32_t target = number_of(numbers, rows, &vertex_count, sqlite3_column_int64(list, 1));
        links[count++] = (packed_link){pack_ends(source, target), (double)sqlite3_column_int64(list, 2)};
        status = ml_store_step(work->store, list, &row, error);
    }
    sqlite3_finalize(list);
    out->row = rows;
    return status == ML_OK ? pack(links, count, vertex_count, arena, &out->links, error) : status;
}

ml_status ml_view_load(ml_store *store, const ml_question *question, ml_arena *arena, ml_view_links *out,
                       ml_error *error)
{
    view work = {.store = store, .question = question};
    *out = (ml_view_links){.row = NULL};
    ML_TRY(ml_query_check(question, error));
    ML_TRY(find_view(question->view, &work.kind, error));
    if (work.kind == VIEW_PEOPLE || work.kind == VIEW_PROVINCES || question->as_of)
        return links_of_graph(store, question, arena, out, error);
    int64_t vertices, edges;
    ML_TRY(highest(store, "SELECT ifnull(max(id), 0) FROM vertex", &vertices, error));
    ML_TRY(highest(store, "SELECT count(*) FROM edge", &edges, error));
    uint32_t *numbers = calloc((size_t)vertices + 1, sizeof *numbers);
    packed_link *links = malloc(((size_t)edges + 1) * sizeof *links);
    int64_t *rows = ml_arena_room(arena, (size_t)vertices + 1, sizeof *rows);
    ml_status status = numbers && links && rows ? load_links(&work, arena, links, edges, numbers, rows, out, error)
                                                : ml_fail_memory(error);
    free(numbers);
    free(links);
    return status;
}
