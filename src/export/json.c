/* The node-link form of https://networkx.org/documentation/stable/reference/readwrite/json_graph.html, with the key
 * "edges" that NetworkX has by default since 3.6. A vertex or edge a line. */
#include "export/export.h"

static void write_text(ml_buffer *buffer, const char *key, ml_str text)
{
    ml_buffer_str(buffer, ml_str_from(key));
    ml_buffer_json(buffer, text);
}

static void write_text_if_any(ml_buffer *buffer, const char *key, ml_str text)
{
    if (text.len)
        write_text(buffer, key, text);
}

static void write_vertex(ml_buffer *buffer, const ml_vertex *vertex)
{
    write_text(buffer, "{\"id\":", vertex->id);
    write_text(buffer, ",\"label\":", vertex->label);
    write_text(buffer, ",\"type\":", ml_entity_type_name(vertex->type));
    ml_buffer_str(buffer, ML_STR(",\"documents\":"));
    ml_buffer_number(buffer, vertex->documents);
    write_text_if_any(buffer, ",\"first\":", vertex->first);
    write_text_if_any(buffer, ",\"last\":", vertex->last);
    write_text_if_any(buffer, ",\"date\":", vertex->date);
    write_text_if_any(buffer, ",\"parent\":", vertex->parent);
    ml_buffer_char(buffer, '}');
}

static void write_articles(ml_buffer *buffer, const ml_edge *edge)
{
    ml_buffer_str(buffer, ML_STR(",\"evidence\":["));
    for (uint32_t i = 0; i < edge->evidence_count; i++) {
        if (i && ml_str_equal(edge->evidence[i].article, edge->evidence[i - 1].article))
            continue;
        if (i)
            ml_buffer_char(buffer, ',');
        ml_buffer_json(buffer, edge->evidence[i].article);
    }
    ml_buffer_char(buffer, ']');
}

static void write_sentences(ml_buffer *buffer, const ml_edge *edge)
{
    ml_buffer_str(buffer, ML_STR(",\"sentences\":["));
    uint32_t count = 0;
    for (uint32_t i = 0; i < edge->evidence_count; i++) {
        if (!edge->evidence[i].end)
            continue;
        if (count++)
            ml_buffer_char(buffer, ',');
        ml_buffer_json(buffer, edge->evidence[i].article);
        buffer->len -= !buffer->failed; /* the place goes inside the quotes */
        ml_buffer_char(buffer, '#');
        ml_buffer_number(buffer, edge->evidence[i].start);
        ml_buffer_char(buffer, '-');
        ml_buffer_number(buffer, edge->evidence[i].end);
        ml_buffer_char(buffer, '"');
    }
    ml_buffer_char(buffer, ']');
}

static void write_edge(ml_buffer *buffer, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    write_text(buffer, "{\"source\":", graph->vertices[edge->source].id);
    write_text(buffer, ",\"target\":", graph->vertices[edge->target].id);
    ml_buffer_str(buffer, ML_STR(",\"key\":\"e."));
    ml_buffer_number(buffer, (uint64_t)index + 1);
    write_text(buffer, "\",\"type\":", edge->type);
    write_text_if_any(buffer, ",\"title\":", edge->title);
    write_text(buffer, ",\"label\":", ml_export_phrase(edge));
    ml_buffer_str(buffer, ML_STR(",\"symmetric\":"));
    ml_buffer_str(buffer, ml_relation_symmetric(edge->type) ? ML_STR("true") : ML_STR("false"));
    ml_buffer_str(buffer, ML_STR(",\"weight\":"));
    ml_buffer_number(buffer, edge->weight);
    write_text_if_any(buffer, ",\"first\":", edge->first);
    write_text_if_any(buffer, ",\"last\":", edge->last);
    ml_buffer_str(buffer, ML_STR(",\"confidence\":"));
    ml_buffer_milli(buffer, edge->confidence_milli);
    write_articles(buffer, edge);
    write_sentences(buffer, edge);
    ml_buffer_char(buffer, '}');
}

ml_status ml_export_json(const ml_graph *graph, ml_output *out, ml_error *error)
{
    (void)error; /* failures of the output are told by ml_output_end() */
    ml_buffer *buffer = &out->buffer;
    ml_buffer_str(buffer,
                  ML_STR("{\"directed\":true,\"multigraph\":true,\"graph\":{\"name\":\"mangluoi\",\"documents\":"));
    ml_buffer_number(buffer, graph->documents);
    ml_buffer_str(buffer, ML_STR("},\n\"nodes\":["));
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
    ml_buffer_str(buffer, ML_STR("]}\n"));
    return ML_OK;
}
