/* All of this room that uses igraph is in this file. */
#include "measure/measure.h"
#include "network/network.h"

#include <igraph/igraph.h>
#include <math.h>
#include <stdlib.h>

/* Up to here Kamada-Kawai, which looks best but measures all distances; above, Fruchterman-Reingold. */
static const uint32_t most_measured = 600;

typedef struct {
    igraph_integer_t number;
    igraph_integer_t size;
} sized_component;

/* Largest first; igraph numbers components by their first vertex. */
static int compare_sizes(const void *a, const void *b)
{
    const sized_component *left = a;
    const sized_component *right = b;
    if (left->size != right->size)
        return left->size < right->size ? 1 : -1;
    return (left->number > right->number) - (left->number < right->number);
}

/* Renumbers igraph's components by size. */
static igraph_error_t number_by_size(const igraph_vector_int_t *membership, const igraph_vector_int_t *sizes,
                                     uint32_t *component)
{
    size_t count = (size_t)igraph_vector_int_size(sizes);
    sized_component *by_size = calloc(count + 1, sizeof *by_size);
    uint32_t *number = calloc(count + 1, sizeof *number);
    if (by_size && number) {
        for (size_t i = 0; i < count; i++)
            by_size[i] = (sized_component){(igraph_integer_t)i, VECTOR(*sizes)[i]};
        qsort(by_size, count, sizeof *by_size, compare_sizes);
        for (size_t i = 0; i < count; i++)
            number[by_size[i].number] = (uint32_t)i;
        for (igraph_integer_t i = 0; i < igraph_vector_int_size(membership); i++)
            component[i] = number[VECTOR(*membership)[i]];
    }
    bool short_of_memory = !by_size || !number;
    free(by_size);
    free(number);
    return short_of_memory ? IGRAPH_ENOMEM : IGRAPH_SUCCESS;
}

static igraph_error_t find_components(const igraph_t *graph, uint32_t *component, uint32_t *component_count)
{
    igraph_vector_int_t membership, sizes;
    igraph_error_t code = igraph_vector_int_init(&membership, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_vector_int_init(&sizes, 0);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_connected_components(graph, &membership, &sizes, NULL, IGRAPH_WEAK);
        if (code == IGRAPH_SUCCESS)
            code = number_by_size(&membership, &sizes, component);
        if (code == IGRAPH_SUCCESS)
            *component_count = (uint32_t)igraph_vector_int_size(&sizes);
        igraph_vector_int_destroy(&sizes);
    }
    igraph_vector_int_destroy(&membership);
    return code;
}

/* A graph of `vertex_count` vertices from the edges [begin, end) of `order`; `local` numbers the vertices. */
static igraph_error_t build(const ml_graph *graph, const uint32_t *order, uint32_t begin, uint32_t end,
                            const uint32_t *local, uint32_t vertex_count, igraph_t *out)
{
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_int_init(&ends, 2 * ((igraph_integer_t)end - begin));
    if (code != IGRAPH_SUCCESS)
        return code;
    for (uint32_t i = begin; i < end; i++) {
        const ml_edge *edge = &graph->edges[order ? order[i] : i];
        VECTOR(ends)[2 * (size_t)(i - begin)] = local ? local[edge->source] : edge->source;
        VECTOR(ends)[2 * (size_t)(i - begin) + 1] = local ? local[edge->target] : edge->target;
    }
    code = igraph_create(out, &ends, vertex_count, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
    return code;
}

ml_status ml_graph_components(const ml_graph *graph, uint32_t *component, uint32_t *component_count, ml_error *error)
{
    ml_igraph_session session;
    igraph_t built;
    ML_TRY(ml_igraph_report(ml_igraph_begin(&session), error));
    igraph_error_t code = build(graph, NULL, 0, graph->edge_count, NULL, graph->vertex_count, &built);
    if (code == IGRAPH_SUCCESS) {
        code = find_components(&built, component, component_count);
        igraph_destroy(&built);
    }
    ml_igraph_end(&session);
    return ml_igraph_report(code, error);
}

/* The vertices and edges, each sorted by component: those of component c are [vertex_begin[c], vertex_begin[c + 1]). */
typedef struct {
    uint32_t *vertices, *vertex_begin;
    uint32_t *edges, *edge_begin;
    uint32_t *local; /* place of a vertex in its component */
} partition;

static bool partition_init(partition *parts, const ml_graph *graph, uint32_t component_count, ml_arena *arena)
{
    *parts = (partition){
        .vertices = ml_arena_array(arena, graph->vertex_count, sizeof(uint32_t)),
        .vertex_begin = ml_arena_array(arena, (size_t)component_count + 1, sizeof(uint32_t)),
        .edges = ml_arena_array(arena, graph->edge_count, sizeof(uint32_t)),
        .edge_begin = ml_arena_array(arena, (size_t)component_count + 1, sizeof(uint32_t)),
        .local = ml_arena_array(arena, graph->vertex_count, sizeof(uint32_t)),
    };
    return !arena->failed;
}

/* Counting sort: first the ends of all parts, then from the last element to the first each part is filled backwards. */
static void partition_fill(partition *parts, const ml_graph *graph, const uint32_t *component, uint32_t component_count)
{
    for (uint32_t i = 0; i < graph->vertex_count; i++)
        parts->vertex_begin[component[i]]++;
    for (uint32_t i = 0; i < graph->edge_count; i++)
        parts->edge_begin[component[graph->edges[i].source]]++;
    for (uint32_t c = 1; c <= component_count; c++) {
        parts->vertex_begin[c] += parts->vertex_begin[c - 1];
        parts->edge_begin[c] += parts->edge_begin[c - 1];
    }
    for (uint32_t i = graph->vertex_count; i-- > 0;)
        parts->vertices[--parts->vertex_begin[component[i]]] = i;
    for (uint32_t i = graph->edge_count; i-- > 0;)
        parts->edges[--parts->edge_begin[component[graph->edges[i].source]]] = i;
    for (uint32_t c = 0; c < component_count; c++) {
        for (uint32_t i = parts->vertex_begin[c]; i < parts->vertex_begin[c + 1]; i++)
            parts->local[parts->vertices[i]] = i - parts->vertex_begin[c];
    }
}

static igraph_error_t run_layout(const igraph_t *graph, igraph_matrix_t *places)
{
    igraph_integer_t count = igraph_vcount(graph);
    if (count <= most_measured)
        return igraph_layout_kamada_kawai(graph, places, false, 200 * count, 0, (double)count, NULL, NULL, NULL, NULL,
                                          NULL);
    return igraph_layout_fruchterman_reingold(graph, places, false, 500, sqrt((double)count), IGRAPH_LAYOUT_AUTOGRID,
                                              NULL, NULL, NULL, NULL, NULL);
}

/* The mean length of the component's edges, 1 where it is nothing. */
static double mean_length(const ml_graph *graph, const partition *parts, uint32_t part, const ml_point *place)
{
    double sum = 0;
    uint32_t count = 0;
    for (uint32_t i = parts->edge_begin[part]; i < parts->edge_begin[part + 1]; i++) {
        const ml_edge *edge = &graph->edges[parts->edges[i]];
        sum += hypot(place[edge->source].x - place[edge->target].x, place[edge->source].y - place[edge->target].y);
        count += edge->source != edge->target;
    }
    return count && sum > 0 ? sum / count : 1;
}

/* Moves the component's middle to 0, 0 and makes its edges 1 long on average. */
static void normalise(const ml_graph *graph, const partition *parts, uint32_t part, ml_point *place)
{
    const uint32_t *vertices = parts->vertices;
    ml_point low = place[vertices[parts->vertex_begin[part]]];
    ml_point high = low;
    for (uint32_t i = parts->vertex_begin[part]; i < parts->vertex_begin[part + 1]; i++) {
        const ml_point *point = &place[vertices[i]];
        low = (ml_point){fmin(low.x, point->x), fmin(low.y, point->y)};
        high = (ml_point){fmax(high.x, point->x), fmax(high.y, point->y)};
    }
    double length = mean_length(graph, parts, part, place);
    for (uint32_t i = parts->vertex_begin[part]; i < parts->vertex_begin[part + 1]; i++) {
        ml_point *point = &place[vertices[i]];
        point->x = (point->x - (low.x + high.x) / 2) / length;
        point->y = (point->y - (low.y + high.y) / 2) / length;
    }
}

static igraph_error_t layout_part(const ml_graph *graph, const partition *parts, uint32_t part, ml_point *out)
{
    igraph_t built;
    igraph_matrix_t places;
    uint32_t begin = parts->vertex_begin[part];
    uint32_t count = parts->vertex_begin[part + 1] - begin;
    /* Of its size from the start: igraph 0.10.2 writes on where it has no memory to make it larger. */
    igraph_error_t code = igraph_matrix_init(&places, (igraph_integer_t)count, 2);
    if (code != IGRAPH_SUCCESS)
        return code;
    code =
        build(graph, parts->edges, parts->edge_begin[part], parts->edge_begin[part + 1], parts->local, count, &built);
    if (code == IGRAPH_SUCCESS) {
        code = run_layout(&built, &places);
        igraph_destroy(&built);
    }
    if (code == IGRAPH_SUCCESS) {
        for (uint32_t i = 0; i < count; i++)
            out[parts->vertices[begin + i]] = (ml_point){MATRIX(places, i, 0), MATRIX(places, i, 1)};
        normalise(graph, parts, part, out);
    }
    igraph_matrix_destroy(&places);
    return code;
}

ml_status ml_graph_layout(const ml_graph *graph, const uint32_t *component, uint32_t component_count, ml_point *out,
                          ml_error *error)
{
    ml_igraph_session session;
    ml_arena arena = {0};
    partition parts;
    ml_status status = ml_igraph_report(ml_igraph_begin(&session), error);
    if (status != ML_OK)
        return status;
    if (partition_init(&parts, graph, component_count, &arena)) {
        partition_fill(&parts, graph, component, component_count);
        for (uint32_t part = 0; part < component_count && status == ML_OK; part++)
            status = ml_igraph_report(layout_part(graph, &parts, part, out), error);
    } else {
        status = ml_fail_memory(error);
    }
    ml_arena_dispose(&arena);
    ml_igraph_end(&session);
    return status;
}
