#include "export/export.h"

static void mark_ends(const ml_graph *graph, uint32_t *number)
{
    for (uint32_t i = 0; i < graph->edge_count; i++)
        number[graph->edges[i].source] = number[graph->edges[i].target] = 1;
}

bool ml_export_drop_isolates(const ml_graph *graph, ml_arena *arena, ml_graph *out)
{
    uint32_t *number = ml_arena_array(arena, graph->vertex_count, sizeof *number);
    ml_vertex *vertices = ml_arena_array(arena, graph->vertex_count, sizeof *vertices);
    ml_edge *edges = ml_arena_array(arena, graph->edge_count, sizeof *edges);
    if (!number || !vertices || !edges)
        return false;
    mark_ends(graph, number);
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        if (!number[i])
            continue;
        number[i] = count;
        vertices[count++] = graph->vertices[i];
    }
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        edges[i] = graph->edges[i];
        edges[i].source = number[edges[i].source];
        edges[i].target = number[edges[i].target];
    }
    *out = (ml_graph){vertices, edges, count, graph->edge_count, graph->documents};
    return true;
}
