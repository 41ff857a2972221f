/* JSON Graph Format, version 2: https://jsongraphformat.info/. Its schema allows no keys but these, anywhere. */
#include "export/part.h"

/* The members behind the first, whose comma is left out. */
static void write_metadata(ml_buffer *buffer, const ml_buffer *members)
{
    ml_buffer_str(buffer, ML_STR(",\"metadata\":{"));
    if (members->len)
        ml_buffer_bytes(buffer, members->ptr + 1, members->len - 1);
    ml_buffer_str(buffer, ML_STR("}}"));
}

static void write_vertex(ml_buffer *buffer, const ml_vertex *vertex, ml_buffer *members)
{
    ml_buffer_clear(members);
    ml_export__json_vertex(members, vertex, "parent");
    ml_buffer_json(buffer, vertex->id);
    ml_export__json_text(buffer, ":{\"label\":", vertex->label);
    write_metadata(buffer, members);
}

static void write_edge(ml_buffer *buffer, const ml_graph *graph, uint32_t index, ml_buffer *members)
{
    const ml_edge *edge = &graph->edges[index];
    ml_buffer_clear(members);
    ml_export__json_edge(members, edge);
    ml_buffer_str(buffer, ML_STR("{\"id\":\""));
    ml_export__edge_id(buffer, index);
    ml_export__json_text(buffer, "\",\"source\":", graph->vertices[edge->source].id);
    ml_export__json_text(buffer, ",\"target\":", graph->vertices[edge->target].id);
    ml_export__json_text(buffer, ",\"relation\":", edge->type);
    ml_export__json_text(buffer, ",\"label\":", ml_export_phrase(edge));
    ml_buffer_str(buffer,
                  ml_relation_symmetric(edge->type) ? ML_STR(",\"directed\":false") : ML_STR(",\"directed\":true"));
    write_metadata(buffer, members);
}

ml_status ml_export_jgf(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    (void)error; /* failures of the output are told by ml_output_end() */
    ml_buffer *buffer = &out->buffer;
    ml_buffer members = {0};
    ml_buffer_str(buffer, ML_STR("{\"graph\":{\"id\":\"mangluoi\",\"directed\":true,\"type\":\"officials\","
                                 "\"metadata\":{\"generator\":\"mangluoi\",\"documents\":"));
    ml_buffer_number(buffer, graph->documents);
    ml_buffer_str(buffer, ML_STR("},\n\"nodes\":{"));
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        ml_buffer_str(buffer, i ? ML_STR(",\n") : ML_STR("\n"));
        write_vertex(buffer, &graph->vertices[i], &members);
        ml_output_pass(out);
    }
    /* Without "edges" the schema cannot tell the three kinds of graph apart. */
    ml_buffer_str(buffer, ML_STR("},\n\"edges\":["));
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        ml_buffer_str(buffer, i ? ML_STR(",\n") : ML_STR("\n"));
        write_edge(buffer, graph, i, &members);
        ml_output_pass(out);
    }
    ml_buffer_str(buffer, ML_STR("]}}\n"));
    buffer->failed |= members.failed;
    ml_buffer_dispose(&members);
    return ML_OK;
}
