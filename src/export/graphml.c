/* http://graphml.graphdrawing.org/ in the dialect that NetworkX, igraph, graphology, Gephi and Cytoscape agree on:
 * docs/EXPORTS.md says what each point is for. */
#include "export/part.h"
#include "export/style.h"

#include "base/utf8.h"

#include <math.h>

typedef struct {
    const char *id, *target, *name, *type;
} graphml_key;

/* Key ids of vertices and edges must differ: NetworkX takes the last of two equal ones for both. */
static const graphml_key keys[] = {
    {"v_label", "node", "label", "string"},
    {"v_type", "node", "type", "string"},
    {"v_documents", "node", "documents", "int"},
    {"v_first", "node", "first", "string"},
    {"v_last", "node", "last", "string"},
    {"v_date", "node", "date", "string"},
    {"v_parent", "node", "parent", "string"},
    {"e_type", "edge", "type", "string"},
    {"e_title", "edge", "title", "string"},
    {"e_label", "edge", "label", "string"},
    {"e_symmetric", "edge", "symmetric", "boolean"},
    {"e_weight", "edge", "weight", "double"},
    {"e_first", "edge", "first", "string"},
    {"e_last", "edge", "last", "string"},
    {"e_confidence", "edge", "confidence", "double"},
    {"e_evidence", "edge", "evidence", "string"},
    {"e_sentences", "edge", "sentences", "string"},
};

static const graphml_key name_key = {"v_name", "node", "name", "string"};
static const graphml_key interaction_key = {"e_interaction", "edge", "interaction", "string"};
static const graphml_key gephi_keys[] = {
    {"v_r", "node", "r", "int"},
    {"v_g", "node", "g", "int"},
    {"v_b", "node", "b", "int"},
    {"v_size", "node", "size", "double"},
};

/* Whom the file is for; docs/EXPORTS.md says what each has on top. */
typedef enum { FOR_ALL, FOR_GEPHI, FOR_CYTOSCAPE, FOR_YED, FOR_IGRAPH, PROFILES } graphml_profile;

static const char *const profile_names[PROFILES] = {
    [FOR_ALL] = "", [FOR_GEPHI] = "gephi", [FOR_CYTOSCAPE] = "cytoscape", [FOR_YED] = "yed", [FOR_IGRAPH] = "igraph",
};

/* The profile was checked by ml_network_write(). */
static graphml_profile find_profile(const char *name)
{
    graphml_profile profile = FOR_ALL;
    for (graphml_profile i = FOR_ALL; name && i < PROFILES; i++) {
        if (strcmp(profile_names[i], name) == 0)
            profile = i;
    }
    return profile;
}

static void put(ml_output *out, const char *text)
{
    ml_buffer_str(&out->buffer, ml_str_from(text));
}

static void declare(ml_output *out, const graphml_key *key)
{
    ml_buffer_format(&out->buffer, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", key->id,
                     key->target, key->name, key->type);
}

static void write_head(ml_output *out, graphml_profile profile)
{
    put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
             "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ");
    if (profile == FOR_YED)
        put(out, "xmlns:y=\"http://www.yworks.com/xml/graphml\" ");
    put(out, "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
             "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        declare(out, &keys[i]);
    if (profile == FOR_CYTOSCAPE || profile == FOR_IGRAPH)
        declare(out, &name_key);
    if (profile == FOR_CYTOSCAPE)
        declare(out, &interaction_key);
    for (size_t i = 0; profile == FOR_GEPHI && i < sizeof gephi_keys / sizeof *gephi_keys; i++)
        declare(out, &gephi_keys[i]);
    if (profile == FOR_YED)
        put(out, "<key id=\"v_graphics\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n"
                 "<key id=\"e_graphics\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n");
    put(out, "<graph id=\"mangluoi\" edgedefault=\"directed\">\n");
}

static void open_data(ml_output *out, const char *key)
{
    put(out, "<data key=\"");
    put(out, key);
    put(out, "\">");
}

static void close_data(ml_output *out)
{
    put(out, "</data>");
}

/* An empty string is left out: readers disagree on what an empty element means. */
static void write_text(ml_output *out, const char *key, ml_str text)
{
    if (!text.len)
        return;
    open_data(out, key);
    ml_output_xml(out, text);
    close_data(out);
}

static void write_number(ml_output *out, const char *key, uint64_t milli)
{
    open_data(out, key);
    ml_buffer_milli(&out->buffer, milli);
    close_data(out);
}

static void write_list(ml_output *out, const char *key, const ml_edge *edge, void (*list)(ml_output *, const ml_edge *))
{
    open_data(out, key);
    list(out, edge);
    close_data(out);
}

static bool has_sentences(const ml_edge *edge)
{
    for (uint32_t i = 0; i < edge->evidence_count; i++) {
        if (edge->evidence[i].end)
            return true;
    }
    return false;
}

/* ---- what the profiles add ---- */

/* yEd takes a label that begins with `<html>` for HTML; a space before it prevents that. */
static void write_yed_label(ml_output *out, ml_str label)
{
    if (ml_str_starts(label, ML_STR("<")))
        put(out, " ");
    ml_output_xml(out, label);
}

static void write_yed_vertex(ml_output *out, const ml_vertex *vertex)
{
    static const char *const shapes[ML_ENTITY_TYPES] = {
        [ML_PERSON] = "ellipse", [ML_BODY] = "roundrectangle", [ML_LOCALITY] = "hexagon",
        [ML_EVENT] = "diamond",  [ML_SITE] = "triangle",
    };
    const ml_vertex_style *style = ml_export__vertex_style(vertex->type);
    uint64_t width = 30 + 7 * (uint64_t)ml_utf8_count(vertex->label);
    open_data(out, "v_graphics");
    ml_buffer_format(
        &out->buffer,
        "<y:ShapeNode><y:Geometry width=\"%llu.0\" height=\"30.0\" x=\"0.0\" y=\"0.0\"/>"
        "<y:Fill color=\"%s\" transparent=\"false\"/><y:BorderStyle color=\"%s\" type=\"line\" width=\"1.0\"/>"
        "<y:NodeLabel textColor=\"#FFFFFF\">",
        (unsigned long long)width, style->colour, style->border);
    write_yed_label(out, vertex->label);
    ml_buffer_format(&out->buffer, "</y:NodeLabel><y:Shape type=\"%s\"/></y:ShapeNode>", shapes[vertex->type]);
    close_data(out);
}

static void write_yed_edge(ml_output *out, const ml_edge *edge)
{
    const ml_edge_style *style = ml_export__edge_style(ml_export__edge_style_index(edge->type));
    open_data(out, "e_graphics");
    ml_buffer_format(&out->buffer,
                     "<y:PolyLineEdge><y:LineStyle color=\"%s\" type=\"line\" width=\"1.0\"/>"
                     "<y:Arrows source=\"none\" target=\"%s\"/><y:EdgeLabel>",
                     style->colour, ml_relation_symmetric(edge->type) ? "none" : "standard");
    write_yed_label(out, ml_export_phrase(edge));
    put(out, "</y:EdgeLabel></y:PolyLineEdge>");
    close_data(out);
}

static void write_vertex_extra(ml_output *out, const ml_vertex *vertex, graphml_profile profile)
{
    if (profile == FOR_YED)
        write_yed_vertex(out, vertex);
    if (profile == FOR_CYTOSCAPE)
        write_text(out, "v_name", vertex->label);
    if (profile == FOR_IGRAPH)
        write_text(out, "v_name", vertex->id);
    if (profile != FOR_GEPHI)
        return;
    ml_rgb rgb = ml_export__rgb(ml_export__vertex_style(vertex->type)->colour);
    write_number(out, "v_r", rgb.red * 1000u);
    write_number(out, "v_g", rgb.green * 1000u);
    write_number(out, "v_b", rgb.blue * 1000u);
    write_number(out, "v_size", (uint64_t)lround(1000 * ml_export__vertex_size(vertex->documents)));
}

/* ---- vertices and edges ---- */

static void write_vertex(ml_output *out, const ml_vertex *vertex, graphml_profile profile)
{
    ml_buffer_str(&out->buffer, ML_STR("<node id=\""));
    ml_buffer_str(&out->buffer, vertex->id);
    ml_buffer_str(&out->buffer, ML_STR("\">"));
    write_text(out, "v_label", vertex->label);
    write_text(out, "v_type", ml_entity_type_name(vertex->type));
    write_number(out, "v_documents", (uint64_t)vertex->documents * 1000);
    write_text(out, "v_first", vertex->first);
    write_text(out, "v_last", vertex->last);
    write_text(out, "v_date", vertex->date);
    write_text(out, "v_parent", vertex->parent);
    write_vertex_extra(out, vertex, profile);
    put(out, "</node>\n");
}

/* Gephi merges parallel edges unless their `label` differs, NetworkX and graphology unless their `id` does. */
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
    put(out, "\" label=\"");
    ml_output_xml(out, ml_export__edge_kind(edge, &kind));
    put(out, "\">");
    out->buffer.failed |= kind.failed;
    ml_buffer_dispose(&kind);
}

static void write_edge(ml_output *out, const ml_graph *graph, uint32_t index, graphml_profile profile)
{
    const ml_edge *edge = &graph->edges[index];
    open_edge(out, graph, index);
    write_text(out, "e_type", edge->type);
    write_text(out, "e_title", edge->title);
    write_text(out, "e_label", ml_export_phrase(edge));
    write_text(out, "e_symmetric", ml_relation_symmetric(edge->type) ? ML_STR("true") : ML_STR("false"));
    write_number(out, "e_weight", (uint64_t)edge->weight * 1000);
    write_text(out, "e_first", edge->first);
    write_text(out, "e_last", edge->last);
    write_number(out, "e_confidence", edge->confidence_milli);
    write_list(out, "e_evidence", edge, ml_export__xml_articles);
    if (has_sentences(edge))
        write_list(out, "e_sentences", edge, ml_export__xml_sentences);
    if (profile == FOR_CYTOSCAPE)
        write_text(out, "e_interaction", edge->type);
    if (profile == FOR_YED)
        write_yed_edge(out, edge);
    put(out, "</edge>\n");
}

ml_status ml_export_graphml(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)error; /* failures of the output are told by ml_output_end() */
    graphml_profile profile = find_profile(options->profile);
    write_head(out, profile);
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        write_vertex(out, &graph->vertices[i], profile);
        ml_output_pass(out);
    }
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        write_edge(out, graph, i, profile);
        ml_output_pass(out);
    }
    put(out, "</graph>\n");
    ml_export__xml_end(out, "graphml");
    return ML_OK;
}
