/* GEXF 1.3 (https://gexf.net/) in the dialect that Gephi and NetworkX agree on: docs/EXPORTS.md says what each point is for. */
#include "export/part.h"
#include "export/style.h"

#include <math.h>

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n"
    "<meta><creator>mangluoi</creator></meta>\n"
    "<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" timerepresentation=\"interval\" "
    "idtype=\"string\">\n"
    "<attributes class=\"node\" mode=\"static\">\n"
    "<attribute id=\"entity_type\" title=\"entity_type\" type=\"string\"/>\n"
    "<attribute id=\"documents\" title=\"documents\" type=\"integer\"/>\n"
    "<attribute id=\"first\" title=\"first\" type=\"string\"/>\n"
    "<attribute id=\"last\" title=\"last\" type=\"string\"/>\n"
    "<attribute id=\"date\" title=\"date\" type=\"string\"/>\n"
    "<attribute id=\"parent\" title=\"parent\" type=\"string\"/>\n"
    "</attributes>\n"
    "<attributes class=\"edge\" mode=\"static\">\n"
    "<attribute id=\"relation\" title=\"relation\" type=\"string\"/>\n"
    "<attribute id=\"title\" title=\"title\" type=\"string\"/>\n"
    "<attribute id=\"symmetric\" title=\"symmetric\" type=\"boolean\"/>\n"
    "<attribute id=\"confidence\" title=\"confidence\" type=\"double\"/>\n"
    "<attribute id=\"evidence\" title=\"evidence\" type=\"string\"/>\n"
    "<attribute id=\"sentences\" title=\"sentences\" type=\"string\"/>\n"
    "</attributes>\n";

static void put(ml_output *out, const char *text)
{
    ml_buffer_str(&out->buffer, ml_str_from(text));
}

static void open_value(ml_output *out, const char *name)
{
    put(out, "<attvalue for=\"");
    put(out, name);
    put(out, "\" value=\"");
}

static void write_text(ml_output *out, const char *name, ml_str text)
{
    if (!text.len)
        return;
    open_value(out, name);
    ml_output_xml(out, text);
    put(out, "\"/>");
}

static void write_number(ml_output *out, const char *name, uint64_t milli)
{
    open_value(out, name);
    ml_buffer_milli(&out->buffer, milli);
    put(out, "\"/>");
}

static void write_colour(ml_output *out, const char *colour, const char *alpha)
{
    ml_rgb rgb = ml_export__rgb(colour);
    put(out, "<viz:color r=\"");
    ml_buffer_number(&out->buffer, rgb.red);
    put(out, "\" g=\"");
    ml_buffer_number(&out->buffer, rgb.green);
    put(out, "\" b=\"");
    ml_buffer_number(&out->buffer, rgb.blue);
    put(out, "\" a=\"");
    put(out, alpha);
    put(out, "\"/>");
}

static void write_vertex(ml_output *out, const ml_vertex *vertex)
{
    put(out, "<node id=\"");
    ml_buffer_str(&out->buffer, vertex->id);
    put(out, "\" label=\"");
    ml_output_xml(out, vertex->label);
    put(out, "\"><attvalues>");
    write_text(out, "entity_type", ml_entity_type_name(vertex->type));
    write_number(out, "documents", (uint64_t)vertex->documents * 1000);
    write_text(out, "first", vertex->first);
    write_text(out, "last", vertex->last);
    write_text(out, "date", vertex->date);
    write_text(out, "parent", vertex->parent);
    put(out, "</attvalues>");
    write_colour(out, ml_export__vertex_style(vertex->type)->colour, "1.0");
    put(out, "<viz:size value=\"");
    ml_buffer_milli(&out->buffer, (uint64_t)lround(1000 * ml_export__vertex_size(vertex->documents)));
    put(out, "\"/></node>\n");
}

/* An edge without dates has no spells: it is always there. */
static void write_spells(ml_output *out, const ml_edge *edge)
{
    char first[11], last[11];
    if (!edge->first.len)
        return;
    ml_export__first_day(edge->first, first);
    ml_export__last_day(edge->last, last);
    put(out, "<spells><spell start=\"");
    put(out, first);
    put(out, "\" end=\"");
    put(out, last);
    put(out, "\"/></spells>");
}

static void write_list(ml_output *out, const char *name, const ml_edge *edge,
                       void (*list)(ml_output *, const ml_edge *))
{
    open_value(out, name);
    list(out, edge);
    put(out, "\"/>");
}

static void open_edge(ml_output *out, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    ml_buffer kind = {0};
    put(out, "<edge id=\"");
    ml_export__edge_id(&out->buffer, index);
    put(out, "\" source=\"");
    ml_buffer_str(&out->buffer, graph->vertices[edge->source].id);
    put(out, "\" target=\"");
    ml_buffer_str(&out->buffer, graph->vertices[edge->target].id);
    put(out, "\" kind=\"");
    ml_output_xml(out, ml_export__edge_kind(edge, &kind));
    put(out, "\" label=\"");
    ml_output_xml(out, ml_export_phrase(edge));
    put(out, "\" weight=\"");
    ml_buffer_number(&out->buffer, edge->weight);
    put(out, ".0\">");
    out->buffer.failed |= kind.failed;
    ml_buffer_dispose(&kind);
}

static void write_edge(ml_output *out, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    open_edge(out, graph, index);
    put(out, "<attvalues>");
    write_text(out, "relation", edge->type);
    write_text(out, "title", edge->title);
    write_text(out, "symmetric", ml_relation_symmetric(edge->type) ? ML_STR("true") : ML_STR("false"));
    write_number(out, "confidence", edge->confidence_milli);
    write_list(out, "evidence", edge, ml_export__xml_articles);
    write_list(out, "sentences", edge, ml_export__xml_sentences);
    put(out, "</attvalues>");
    write_spells(out, edge);
    write_colour(out, ml_export__edge_style(ml_export__edge_style_index(edge->type))->colour, "0.8");
    put(out, "</edge>\n");
}

ml_status ml_export_gexf(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    (void)error; /* failures of the output are told by ml_output_end() */
    put(out, head);
    put(out, "<nodes>\n");
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        write_vertex(out, &graph->vertices[i]);
        ml_output_pass(out);
    }
    put(out, "</nodes>\n<edges>\n");
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        write_edge(out, graph, i);
        ml_output_pass(out);
    }
    put(out, "</edges>\n</graph>\n");
    ml_export__xml_end(out, "gexf");
    return ML_OK;
}
