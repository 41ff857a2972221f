/* Graphviz: https://graphviz.org/doc/info/lang.html. Everything that comes from articles is in quotes. */
#include "export/part.h"
#include "export/style.h"

#include <math.h>

/* In quotes DOT knows `\"`, and as escapes of labels `\n`, `\N` and the like: a doubled backslash is one that is meant. */
static void write_quoted(ml_buffer *buffer, ml_str text)
{
    ml_buffer_char(buffer, '"');
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            ml_buffer_char(buffer, '\\');
        ml_export__one_line(buffer, ml_str_slice(text, i, i + 1));
    }
    ml_buffer_char(buffer, '"');
}

/* ` name="text"` or, behind another attribute, with a comma before it. */
static void write_text(ml_buffer *buffer, const char *name, ml_str text)
{
    ml_buffer_str(buffer, ml_str_from(name));
    ml_buffer_char(buffer, '=');
    write_quoted(buffer, text);
}

static const char *shape_of(ml_entity_type type)
{
    switch (type) {
    case ML_BODY:
        return "box";
    case ML_LOCALITY:
        return "hexagon";
    case ML_EVENT:
        return "diamond";
    case ML_SITE:
        return "triangle";
    case ML_PERSON:
    case ML_ENTITY_TYPES:
        break;
    }
    return "ellipse";
}

static void write_vertex(ml_buffer *buffer, const ml_vertex *vertex)
{
    const ml_vertex_style *style = ml_export__vertex_style(vertex->type);
    write_quoted(buffer, vertex->id);
    write_text(buffer, " [label", vertex->label);
    write_text(buffer, ", class", ml_entity_type_name(vertex->type));
    write_text(buffer, ", shape", ml_str_from(shape_of(vertex->type)));
    write_text(buffer, ", fillcolor", ml_str_from(style->colour));
    write_text(buffer, ", color", ml_str_from(style->border));
    ml_buffer_str(buffer, ML_STR("];\n"));
}

static void write_edge(ml_buffer *buffer, const ml_graph *graph, const ml_edge *edge)
{
    write_quoted(buffer, graph->vertices[edge->source].id);
    ml_buffer_str(buffer, ML_STR(" -> "));
    write_quoted(buffer, graph->vertices[edge->target].id);
    write_text(buffer, " [label", ml_export_phrase(edge));
    write_text(buffer, ", class", edge->type);
    write_text(buffer, ", color", ml_str_from(ml_export__edge_style(ml_export__edge_style_index(edge->type))->colour));
    ml_buffer_str(buffer, ML_STR(", weight="));
    ml_buffer_number(buffer, edge->weight);
    ml_buffer_str(buffer, ML_STR(", penwidth="));
    ml_buffer_milli(buffer, (uint64_t)lround(1000 * fmin(1 + 0.7 * log2(edge->weight), 5)));
    if (ml_relation_symmetric(edge->type))
        ml_buffer_str(buffer, ML_STR(", dir=none"));
    ml_buffer_str(buffer, ML_STR("];\n"));
}

ml_status ml_export_dot(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    (void)error; /* failures of the output are told by ml_output_end() */
    ml_buffer *buffer = &out->buffer;
    ml_buffer_str(buffer, ML_STR("digraph mangluoi {\n"
                                 "graph [charset=\"UTF-8\", overlap=prism, splines=true, outputorder=edgesfirst];\n"
                                 "node [style=filled, fontname=\"Noto Sans\", fontsize=11, fontcolor=white];\n"
                                 "edge [fontname=\"Noto Sans\", fontsize=9];\n"));
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        write_vertex(buffer, &graph->vertices[i]);
        ml_output_pass(out);
    }
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        write_edge(buffer, graph, &graph->edges[i]);
        ml_output_pass(out);
    }
    ml_buffer_str(buffer, ML_STR("}\n"));
    return ML_OK;
}
