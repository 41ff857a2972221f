#include "view/walk.h"

#include "export/export.h"

#include <stdlib.h>

/* ---- rank ---- */

typedef struct {
    double value;
    uint32_t vertex;
} ranked;

static int compare_ranked(const void *a, const void *b)
{
    const ranked *left = a;
    const ranked *right = b;
    if (left->value != right->value)
        return left->value < right->value ? 1 : -1;
    return (left->vertex > right->vertex) - (left->vertex < right->vertex);
}

static ml_status find_measure(const char *name, ml_measure *out, ml_error *error)
{
    for (ml_measure measure = 0; measure < ML_MEASURES; measure++) {
        *out = measure;
        if (strcmp(ml_measure_name(measure), name ? name : "pagerank") == 0)
            return ML_OK;
    }
    return ml_fail(error, ML_E_USAGE, ML_STR(""),
                   "--by %s: there are degree, strength, betweenness, closeness, pagerank and core", name);
}

/* What a vertex is: of a graph's or of a row. */
static ml_status describe(ml_store *store, const ml_view_links *view, uint32_t vertex, ml_arena *arena, ml_vertex *out,
                          ml_error *error)
{
    if (view->vertex) {
        *out = view->vertex[vertex];
        return ML_OK;
    }
    sqlite3_stmt *get;
    bool row;
    ML_TRY(ml_store_prepare(store, "SELECT name, label, type, documents FROM vertex WHERE id = ?", &get, error));
    ml_store_bind(get, "i", view->row[vertex]);
    ml_status status = ml_store_step(store, get, &row, error);
    *out = (ml_vertex){.id = ml_arena_copy(arena, ml_store_text(get, 0)),
                       .label = ml_arena_copy(arena, ml_store_text(get, 1)),
                       .type = (ml_entity_type)sqlite3_column_int(get, 2),
                       .documents = (uint32_t)sqlite3_column_int64(get, 3)};
    sqlite3_finalize(get);
    return status;
}

static void add_value(ml_answer *answer, double value)
{
    ml_buffer text = {0};
    ml_buffer_format(&text, "%.6g", value);
    ml_answer_text(answer, ml_buffer_view(&text));
    answer->text.failed |= text.failed;
    ml_buffer_dispose(&text);
}

static ml_status check_entity_type(const ml_question *question, ml_entity_type *out, ml_error *error)
{
    *out = ML_ENTITY_TYPES;
    if (question->type && !ml_entity_type_find(ml_str_from(question->type), out))
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "--type %s: there are person, body, locality, event and site",
                       question->type);
    return ML_OK;
}

static ml_status list_ranked(ml_store *store, const ml_question *question, const ml_view_links *view,
                             const ranked *order, ml_arena *arena, ml_answer *answer, ml_error *error)
{
    ml_entity_type wanted;
    uint32_t shown = 0;
    ML_TRY(check_entity_type(question, &wanted, error));
    for (uint32_t i = 0; i < view->links.vertex_count && (!question->limit || shown < question->limit); i++) {
        ml_vertex vertex;
        ML_TRY(describe(store, view, order[i].vertex, arena, &vertex, error));
        if (wanted != ML_ENTITY_TYPES && vertex.type != wanted)
            continue;
        ml_answer_number(answer, ++shown);
        ml_answer_entity(answer, vertex.label, vertex.id);
        ml_answer_text(answer, ml_entity_type_name(vertex.type));
        add_value(answer, order[i].value);
        ml_answer_number(answer, vertex.documents);
    }
    return ML_OK;
}

static ml_status rank(ml_store *store, const ml_question *question, ml_arena *arena, ml_answer *answer, ml_error *error)
{
    ml_measure measure;
    ml_view_links view;
    ml_entity_type ignored;
    ML_TRY(find_measure(question->by, &measure, error));
    ML_TRY(check_entity_type(question, &ignored, error));
    ML_TRY(ml_view_load(store, question, arena, &view, error));
    double *values = malloc(((size_t)view.links.vertex_count + 1) * sizeof *values);
    ranked *order = malloc(((size_t)view.links.vertex_count + 1) * sizeof *order);
    ml_status status = values && order ? ml_measure_rank(&view.links, measure, values, error) : ml_fail_memory(error);
    if (status == ML_OK && values && order) {
        for (uint32_t i = 0; i < view.links.vertex_count; i++)
            order[i] = (ranked){values[i], i};
        qsort(order, view.links.vertex_count, sizeof *order, compare_ranked);
        ml_answer_column(answer, ML_STR("place"), ML_COLUMN_NUMBER);
        ml_answer_column(answer, ML_STR("who"), ML_COLUMN_ENTITY);
        ml_answer_column(answer, ML_STR("type"), ML_COLUMN_TEXT);
        ml_answer_column(answer, ml_str_from(ml_measure_name(measure)), ML_COLUMN_TEXT);
        ml_answer_column(answer, ML_STR("articles"), ML_COLUMN_NUMBER);
        status = list_ranked(store, question, &view, order, arena, answer, error);
    }
    free(values);
    free(order);
    return status;
}

/* ---- communities ---- */

enum { MEMBERS = 6 };

static int compare_members(const void *a, const void *b)
{
    return compare_ranked(a, b);
}

/* The members of each community by their strength. */
static ml_status list_communities(ml_store *store, const ml_question *question, const ml_view_links *view,
                                  const uint32_t *community, uint32_t count, ranked *members, ml_arena *arena,
                                  ml_answer *answer, ml_error *error)
{
    uint32_t vertices = view->links.vertex_count;
    uint32_t *begin = ml_arena_array(arena, (size_t)count + 2, sizeof *begin);
    uint32_t *sorted = ml_arena_array(arena, (size_t)vertices + 1, sizeof *sorted);
    ranked *part = ml_arena_array(arena, (size_t)vertices + 1, sizeof *part);
    if (!begin || !sorted || !part)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < vertices; i++)
        begin[community[i] + 1]++;
    for (uint32_t c = 0; c < count; c++)
        begin[c + 1] += begin[c];
    for (uint32_t i = vertices; i-- > 0;)
        sorted[begin[community[i]]++] = i;
    for (uint32_t c = count; c > 0; c--)
        begin[c] = begin[c - 1];
    begin[0] = 0;
    for (uint32_t c = 0; c < count && (!question->limit || c < question->limit); c++) {
        uint32_t size = begin[c + 1] - begin[c];
        for (uint32_t i = 0; i < size; i++)
            part[i] = members[sorted[begin[c] + i]];
        qsort(part, size, sizeof *part, compare_members);
        ml_buffer names = {0};
        for (uint32_t i = 0; i < size && i < MEMBERS; i++) {
            ml_vertex vertex;
            ML_TRY(describe(store, view, part[i].vertex, arena, &vertex, error));
            ml_buffer_format(&names, "%s%.*s", i ? ", " : "", (int)vertex.label.len, vertex.label.ptr);
        }
        ml_answer_number(answer, c + 1);
        ml_answer_number(answer, size);
        ml_answer_text(answer, ml_buffer_view(&names));
        ml_buffer_dispose(&names);
    }
    return ML_OK;
}

static ml_status communities(ml_store *store, const ml_question *question, ml_arena *arena, ml_answer *answer,
                             ml_error *error)
{
    ml_view_links view;
    double modularity;
    uint32_t count;
    ML_TRY(ml_view_load(store, question, arena, &view, error));
    uint32_t vertices = view.links.vertex_count;
    uint32_t *community = ml_arena_array(arena, (size_t)vertices + 1, sizeof *community);
    double *strength = ml_arena_array(arena, (size_t)vertices + 1, sizeof *strength);
    ranked *members = ml_arena_array(arena, (size_t)vertices + 1, sizeof *members);
    if (!community || !strength || !members)
        return ml_fail_memory(error);
    ML_TRY(ml_measure_communities(&view.links, 1, community, &count, &modularity, error));
    ML_TRY(ml_measure_rank(&view.links, ML_BY_STRENGTH, strength, error));
    for (uint32_t i = 0; i < vertices; i++)
        members[i] = (ranked){strength[i], i};
    ml_answer_column(answer, ML_STR("community"), ML_COLUMN_NUMBER);
    ml_answer_column(answer, ML_STR("members"), ML_COLUMN_NUMBER);
    ml_answer_column(answer, ML_STR("strongest"), ML_COLUMN_TEXT);
    return list_communities(store, question, &view, community, count, members, arena, answer, error);
}

/* ---- path ---- */

typedef struct {
    ml_walk walk;
    ml_links links;
    uint32_t *ends;
    double *weights;
    int64_t *rows; /* of the vertices, sorted */
} walked;

static int compare_rows(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static uint32_t place_of(const walked *work, int64_t row)
{
    const int64_t *found = bsearch(&row, work->rows, work->links.vertex_count, sizeof row, compare_rows);
    return found ? (uint32_t)(found - work->rows) : 0;
}

/* The links of all shortest paths as igraph wants them. */
static ml_status number_links(walked *work, ml_arena *arena, ml_error *error)
{
    uint32_t count = work->walk.count, kept = 0;
    work->rows = ml_arena_array(arena, 2 * (size_t)count + 1, sizeof *work->rows);
    work->ends = ml_arena_array(arena, 2 * (size_t)count + 1, sizeof *work->ends);
    work->weights = ml_arena_array(arena, (size_t)count + 1, sizeof *work->weights);
    if (arena->failed)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < count; i++) {
        work->rows[2 * (size_t)i] = work->walk.links[i].from;
        work->rows[2 * (size_t)i + 1] = work->walk.links[i].to;
    }
    qsort(work->rows, 2 * (size_t)count, sizeof *work->rows, compare_rows);
    for (uint32_t i = 0; i < 2 * count; i++) {
        if (!i || work->rows[i] != work->rows[i - 1])
            work->rows[kept++] = work->rows[i];
    }
    work->links = (ml_links){kept, count, work->ends, work->weights};
    for (uint32_t i = 0; i < count; i++) {
        work->ends[2 * (size_t)i] = place_of(work, work->walk.links[i].from);
        work->ends[2 * (size_t)i + 1] = place_of(work, work->walk.links[i].to);
        work->weights[i] = work->walk.links[i].weight;
    }
    return ML_OK;
}

static ml_status add_step(ml_store *store, const ml_question *question, int64_t edge, int64_t from, ml_answer *answer,
                          ml_error *error)
{
    static const char sql[] =
        "SELECT ?2, (SELECT text FROM term WHERE id = type), CASE source WHEN ?2 THEN '->' ELSE '<-' END,"
        " CASE source WHEN ?2 THEN target ELSE source END, (SELECT text FROM term WHERE id = title), weight, first, "
        "last, id"
        " FROM edge WHERE id = ?1";
    sqlite3_stmt *get;
    ML_TRY(ml_store_prepare(store, sql, &get, error));
    ml_store_bind(get, "ii", edge, from);
    return ml_query_rows(store, get, "ettetnttw", question, answer, error);
}

/* The relation that the path is to be of; 0 is any. */
static ml_status find_relation(ml_store *store, const ml_question *question, int64_t *type, ml_error *error)
{
    *type = 0;
    if (!question->type)
        return ML_OK;
    ML_TRY(ml_query_term(store, ml_str_from(question->type), type, error));
    if (*type)
        return ML_OK;
    return ml_fail(error, ML_E_USAGE, ML_STR(""), "--type %s: no article states such a relation", question->type);
}

static ml_status add_steps(ml_store *store, const ml_question *question, walked *work, int64_t from, int64_t to,
                           ml_arena *arena, ml_answer *answer, ml_error *error)
{
    ML_TRY(number_links(work, arena, error));
    uint32_t *steps = ml_arena_array(arena, work->links.vertex_count, sizeof *steps);
    uint32_t length = 0;
    if (!steps)
        return ml_fail_memory(error);
    ML_TRY(ml_measure_path(&work->links, place_of(work, from), place_of(work, to), steps, &length, error));
    for (uint32_t i = 0; i < length && length != UINT32_MAX; i++) {
        const ml_walk_link *link = &work->walk.links[steps[i]];
        ML_TRY(add_step(store, question, link->edge, from, answer, error));
        from = link->from == from ? link->to : link->from;
    }
    return ML_OK;
}

static ml_status path(ml_store *store, const char *const *names, const ml_question *question, ml_arena *arena,
                      ml_answer *answer, ml_error *error)
{
    static const char *const columns[] = {"from", "relation", "way", "to", "title", "articles", "first", "last"};
    ml_vertices ends[2];
    int64_t type;
    walked work = {.rows = NULL};
    ML_TRY(ml_query_check(question, error));
    for (int i = 0; i < 2; i++)
        ML_TRY(ml_query_find(store, ml_str_from(names[i]), question, arena, &ends[i], error));
    ML_TRY(find_relation(store, question, &type, error));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        ml_answer_column(answer, ml_str_from(columns[i]),
                         i == 0 || i == 3 ? ML_COLUMN_ENTITY
                         : i == 5         ? ML_COLUMN_NUMBER
                                          : ML_COLUMN_TEXT);
    int64_t from = ends[0].row[0], to = ends[1].row[0];
    if (from == to)
        return ML_OK;
    ML_TRY(ml_view__walk(store, question, type, from, to, arena, &work.walk, error));
    if (!work.walk.count)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "nothing connects %s and %s", names[0], names[1]);
    return add_steps(store, question, &work, from, to, arena, answer, error);
}

/* ---- the doors ---- */

static ml_status finish(ml_answer *answer, ml_arena *arena, ml_status status, const ml_question *question, ml_sink sink,
                        ml_error *error)
{
    if (status == ML_OK)
        status = ml_answer_write(answer, question->format, sink, error);
    ml_answer_dispose(answer);
    ml_arena_dispose(arena);
    return status;
}

ml_status ml_store_rank(ml_store *store, const ml_question *question, ml_sink sink, ml_error *error)
{
    ml_answer answer = {0};
    ml_arena arena = {0};
    return finish(&answer, &arena, rank(store, question, &arena, &answer, error), question, sink, error);
}

ml_status ml_store_communities(ml_store *store, const ml_question *question, ml_sink sink, ml_error *error)
{
    ml_answer answer = {0};
    ml_arena arena = {0};
    return finish(&answer, &arena, communities(store, question, &arena, &answer, error), question, sink, error);
}

ml_status ml_store_path(ml_store *store, const char *from, const char *to, const ml_question *question, ml_sink sink,
                        ml_error *error)
{
    ml_answer answer = {0};
    ml_arena arena = {0};
    const char *const names[] = {from, to};
    return finish(&answer, &arena, path(store, names, question, &arena, &answer, error), question, sink, error);
}

ml_status ml_store_export(ml_store *store, const char *format, const ml_question *question,
                          const ml_write_options *options, ml_sink sink, ml_error *error)
{
    ml_arena arena = {0};
    ml_graph graph;
    ml_status status = ml_view_graph(store, question, &arena, &graph, error);
    if (status == ML_OK)
        status = ml_export_graph(&graph, format, options, sink, error);
    ml_arena_dispose(&arena);
    return status;
}
