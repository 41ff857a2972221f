/* The node-link form of https://networkx.org/documentation/stable/reference/readwrite/json_graph.html, with the key
 * "edges" that NetworkX has by default since 3.6; D3 and older NetworkX want "links". A vertex or edge a line. */
#include "export/part.h"

static void write_edge(ml_buffer *buffer, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    ml_export__json_text(buffer, "{\"source\":", graph->vertices[edge->source].id);
    ml_export__json_text(buffer, ",\"target\":", graph->vertices[edge->target].id);
    ml_buffer_str(buffer, ML_STR(",\"key\":\""));
    ml_export__edge_id(buffer, index);
    ml_buffer_char(buffer, '"');
    ml_export__json_edge(buffer, edge);
    ml_buffer_char(buffer, '}');
}

ml_status ml_export_json(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)error; /* failures of the output are told by ml_output_end() */
    ml_buffer *buffer = &out->buffer;
    ml_buffer_str(buffer,
                  ML_STR("{\"directed\":true,\"multigraph\":true,\"graph\":{\"name\":\"mangluoi\",\"documents\":"));
    ml_buffer_number(buffer, graph->documents);
    ml_buffer_str(buffer, ML_STR("},\n\"nodes\":["));
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        const ml_vertex *vertex = &graph->vertices[i];
        ml_export__json_text(buffer, i ? ",\n{\"id\":" : "\n{\"id\":", vertex->id);
        ml_export__json_text(buffer, ",\"label\":", vertex->label);
        ml_export__json_vertex(buffer, vertex, "parent");
        ml_buffer_char(buffer, '}');
        ml_output_pass(out);
    }
    ml_buffer_str(buffer, options->links ? ML_STR("],\n\"links\":[") : ML_STR("],\n\"edges\":["));
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        ml_buffer_str(buffer, i ? ML_STR(",\n") : ML_STR("\n"));
        write_edge(buffer, graph, i);
        ml_output_pass(out);
    }
    ml_buffer_str(buffer, ML_STR("]}\n"));
    return ML_OK;
}
