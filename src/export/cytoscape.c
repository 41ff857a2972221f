/* The JSON of Cytoscape.js (https://js.cytoscape.org/#notation/elements-json) as Cytoscape Desktop also reads it (.cyjs). */
#include "export/part.h"

/* Desktop shows `name`. `parent` means a box around vertices in Cytoscape.js, so ours is called `unit`. */
static void write_vertex(ml_buffer *buffer, const ml_vertex *vertex)
{
    ml_export__json_text(buffer, "{\"data\":{\"id\":", vertex->id);
    ml_export__json_text(buffer, ",\"label\":", vertex->label);
    ml_export__json_text(buffer, ",\"name\":", vertex->label);
    ml_export__json_vertex(buffer, vertex, "unit");
    ml_export__json_text(buffer, "},\"classes\":", ml_entity_type_name(vertex->type));
    ml_buffer_char(buffer, '}');
}

/* Ids must be unique over vertices and edges together. Classes are separated by spaces, so other programs' types are none. */
static void write_edge(ml_buffer *buffer, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    ml_buffer_str(buffer, ML_STR("{\"data\":{\"id\":\""));
    ml_export__edge_id(buffer, index);
    ml_export__json_text(buffer, "\",\"source\":", graph->vertices[edge->source].id);
    ml_export__json_text(buffer, ",\"target\":", graph->vertices[edge->target].id);
    ml_export__json_text(buffer, ",\"interaction\":", edge->type);
    ml_export__json_edge(buffer, edge);
    ml_buffer_str(buffer, ml_relation_symmetric(edge->type) ? ML_STR("},\"classes\":\"symmetric\"}")
                                                            : ML_STR("},\"classes\":\"directed\"}"));
}

ml_status ml_export_cytoscape(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    (void)error; /* failures of the output are told by ml_output_end() */
    ml_buffer *buffer = &out->buffer;
    ml_buffer_str(buffer, ML_STR("{\"format_version\":\"1.0\",\"generated_by\":\"mangluoi\","
                                 "\"target_cytoscapejs_version\":\"~3.0\",\"data\":{\"name\":\"mangluoi\"},\n"
                                 "\"elements\":{\"nodes\":["));
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        ml_buffer_str(buffer, i ? ML_STR(",\n") : ML_STR("\n"));
        write_vertex(buffer, &graph->vertices[i]);
        ml_output_pass(out);
    }
    ml_buffer_str(buffer, ML_STR("],\n\"edges\":["));
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        ml_buffer_str(buffer, i ? ML_STR(",\n") : ML_STR("\n"));
        write_edge(buffer, graph, i);
        ml_output_pass(out);
    }
    ml_buffer_str(buffer, ML_STR("]}}\n"));
    return ML_OK;
}
