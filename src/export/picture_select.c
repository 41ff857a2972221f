#include "export/picture.h"

#include <stdlib.h>

enum { MOST_VERTICES = 64, MOST_EDGES = 160 };

static const uint32_t not_shown = UINT32_MAX;

typedef struct {
    uint32_t index;
    uint64_t score;
} scored;

/* Highest score first, then in the graph's own order. */
static int compare_scores(const void *a, const void *b)
{
    const scored *left = a;
    const scored *right = b;
    if (left->score != right->score)
        return left->score < right->score ? 1 : -1;
    return (left->index > right->index) - (left->index < right->index);
}

static int compare_indices(const void *a, const void *b)
{
    const scored *left = a;
    const scored *right = b;
    return (left->index > right->index) - (left->index < right->index);
}

/* Leaves the `limit` best of `list`, in the graph's order. */
static uint32_t keep_best(scored *list, uint32_t count, uint32_t limit)
{
    qsort(list, count, sizeof *list, compare_scores);
    if (count > limit)
        count = limit;
    qsort(list, count, sizeof *list, compare_indices);
    return count;
}

/* The vertices with the most statements about them. */
static uint32_t rank_vertices(const ml_graph *graph, scored *list)
{
    for (uint32_t i = 0; i < graph->vertex_count; i++)
        list[i] = (scored){i, 0};
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        list[graph->edges[i].source].score += graph->edges[i].weight;
        list[graph->edges[i].target].score += graph->edges[i].weight;
    }
    return keep_best(list, graph->vertex_count, MOST_VERTICES);
}

/* The edges between vertices that `chosen` marks, without loops. */
static uint32_t rank_edges(const ml_graph *graph, const bool *chosen, scored *list)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const ml_edge *edge = &graph->edges[i];
        if (chosen[edge->source] && chosen[edge->target] && edge->source != edge->target)
            list[count++] = (scored){i, edge->weight};
    }
    return keep_best(list, count, MOST_EDGES);
}

/* Copies the edges of `list` and the vertices at their ends, numbered anew. */
static bool copy_part(const ml_graph *graph, const scored *list, uint32_t edge_count, uint32_t *number, ml_arena *arena,
                      ml_picture *picture)
{
    ml_vertex *vertices = ml_arena_array(arena, graph->vertex_count, sizeof *vertices);
    ml_edge *edges = ml_arena_array(arena, edge_count, sizeof *edges);
    picture->degree = ml_arena_array(arena, graph->vertex_count, sizeof *picture->degree);
    if (!vertices || !edges || !picture->degree)
        return false;
    for (uint32_t i = 0; i < graph->vertex_count; i++)
        number[i] = not_shown;
    for (uint32_t i = 0; i < edge_count; i++) {
        const ml_edge *edge = &graph->edges[list[i].index];
        number[edge->source] = number[edge->target] = 0;
    }
    uint32_t vertex_count = 0;
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        if (number[i] == not_shown)
            continue;
        number[i] = vertex_count;
        vertices[vertex_count++] = graph->vertices[i];
    }
    for (uint32_t i = 0; i < edge_count; i++) {
        edges[i] = graph->edges[list[i].index];
        edges[i].source = number[edges[i].source];
        edges[i].target = number[edges[i].target];
        picture->degree[edges[i].source]++;
        picture->degree[edges[i].target]++;
    }
    picture->graph = (ml_graph){vertices, edges, vertex_count, edge_count, graph->documents};
    return true;
}

ml_status ml_picture__select(const ml_graph *graph, ml_arena *arena, ml_picture *picture, ml_error *error)
{
    scored *vertices = ml_arena_array(arena, graph->vertex_count, sizeof *vertices);
    scored *edges = ml_arena_array(arena, graph->edge_count, sizeof *edges);
    bool *chosen = ml_arena_array(arena, graph->vertex_count, sizeof *chosen);
    uint32_t *number = ml_arena_array(arena, graph->vertex_count, sizeof *number);
    if (!vertices || !edges || !chosen || !number)
        return ml_fail_memory(error);
    uint32_t vertex_count = rank_vertices(graph, vertices);
    for (uint32_t i = 0; i < vertex_count; i++)
        chosen[vertices[i].index] = true;
    uint32_t edge_count = rank_edges(graph, chosen, edges);
    return copy_part(graph, edges, edge_count, number, arena, picture) ? ML_OK : ml_fail_memory(error);
}
