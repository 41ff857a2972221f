/* http://graphml.graphdrawing.org/ in the dialect that NetworkX, igraph, graphology, Gephi and Cytoscape agree on:
 * docs/EXPORTS.md says what each point is for. */
#include "export/export.h"

/* Key ids of vertices and edges must differ: NetworkX takes the last of two equal ones for both. */
static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
    "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"
    "<key id=\"v_label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "<key id=\"v_type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
    "<key id=\"v_documents\" for=\"node\" attr.name=\"documents\" attr.type=\"int\"/>\n"
    "<key id=\"v_first\" for=\"node\" attr.name=\"first\" attr.type=\"string\"/>\n"
    "<key id=\"v_last\" for=\"node\" attr.name=\"last\" attr.type=\"string\"/>\n"
    "<key id=\"v_date\" for=\"node\" attr.name=\"date\" attr.type=\"string\"/>\n"
    "<key id=\"v_parent\" for=\"node\" attr.name=\"parent\" attr.type=\"string\"/>\n"
    "<key id=\"e_type\" for=\"edge\" attr.name=\"type\" attr.type=\"string\"/>\n"
    "<key id=\"e_title\" for=\"edge\" attr.name=\"title\" attr.type=\"string\"/>\n"
    "<key id=\"e_label\" for=\"edge\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "<key id=\"e_symmetric\" for=\"edge\" attr.name=\"symmetric\" attr.type=\"boolean\"/>\n"
    "<key id=\"e_weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
    "<key id=\"e_first\" for=\"edge\" attr.name=\"first\" attr.type=\"string\"/>\n"
    "<key id=\"e_last\" for=\"edge\" attr.name=\"last\" attr.type=\"string\"/>\n"
    "<key id=\"e_confidence\" for=\"edge\" attr.name=\"confidence\" attr.type=\"double\"/>\n"
    "<key id=\"e_evidence\" for=\"edge\" attr.name=\"evidence\" attr.type=\"string\"/>\n"
    "<key id=\"e_sentences\" for=\"edge\" attr.name=\"sentences\" attr.type=\"string\"/>\n"
    "<graph id=\"mangluoi\" edgedefault=\"directed\">\n";

static void open_data(ml_output *out, const char *key)
{
    ml_buffer_str(&out->buffer, ML_STR("<data key=\""));
    ml_buffer_str(&out->buffer, ml_str_from(key));
    ml_buffer_str(&out->buffer, ML_STR("\">"));
}

static void close_data(ml_output *out)
{
    ml_buffer_str(&out->buffer, ML_STR("</data>"));
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

/* GraphML has no lists: items are separated by `|`, and `|` and `\` inside one follow a `\`. */
static void write_item(ml_output *out, ml_str item)
{
    uint32_t plain = 0;
    for (uint32_t i = 0; i < item.len; i++) {
        if (item.ptr[i] != '|' && item.ptr[i] != '\\')
            continue;
        ml_output_xml(out, ml_str_slice(item, plain, i));
        ml_buffer_char(&out->buffer, '\\');
        plain = i;
    }
    ml_output_xml(out, ml_str_slice(item, plain, item.len));
}

static void write_articles(ml_output *out, const ml_edge *edge)
{
    open_data(out, "e_evidence");
    for (uint32_t i = 0; i < edge->evidence_count; i++) {
        if (i && ml_str_equal(edge->evidence[i].article, edge->evidence[i - 1].article))
            continue;
        if (i)
            ml_buffer_char(&out->buffer, '|');
        write_item(out, edge->evidence[i].article);
    }
    close_data(out);
}

static void write_sentences(ml_output *out, const ml_edge *edge)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < edge->evidence_count; i++) {
        if (!edge->evidence[i].end)
            continue;
        if (!count++)
            open_data(out, "e_sentences");
        else
            ml_buffer_char(&out->buffer, '|');
        write_item(out, edge->evidence[i].article);
        ml_buffer_char(&out->buffer, '#');
        ml_buffer_number(&out->buffer, edge->evidence[i].start);
        ml_buffer_char(&out->buffer, '-');
        ml_buffer_number(&out->buffer, edge->evidence[i].end);
    }
    if (count)
        close_data(out);
}

static void write_vertex(ml_output *out, const ml_vertex *vertex)
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
    ml_buffer_str(&out->buffer, ML_STR("</node>\n"));
}

/* Gephi merges parallel edges unless their `label` differs, NetworkX and graphology unless their `id` does. No vertex id
 * has a full stop in it, so that the ids of edges differ from those, too. */
static void open_edge(ml_output *out, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    ml_buffer_str(&out->buffer, ML_STR("<edge id=\"e."));
    ml_buffer_number(&out->buffer, (uint64_t)index + 1);
    ml_buffer_str(&out->buffer, ML_STR("\" source=\""));
    ml_buffer_str(&out->buffer, graph->vertices[edge->source].id);
    ml_buffer_str(&out->buffer, ML_STR("\" target=\""));
    ml_buffer_str(&out->buffer, graph->vertices[edge->target].id);
    ml_buffer_str(&out->buffer, ML_STR("\" label=\""));
    ml_output_xml(out, edge->type);
    if (edge->title.len) {
        ml_buffer_str(&out->buffer, ML_STR(": "));
        ml_output_xml(out, edge->title);
    }
    ml_buffer_str(&out->buffer, ML_STR("\">"));
}

static void write_edge(ml_output *out, const ml_graph *graph, uint32_t index)
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
    write_articles(out, edge);
    write_sentences(out, edge);
    ml_buffer_str(&out->buffer, ML_STR("</edge>\n"));
}

ml_status ml_export_graphml(const ml_graph *graph, ml_output *out, ml_error *error)
{
    (void)error; /* failures of the output are told by ml_output_end() */
    ml_buffer_str(&out->buffer, ml_str_from(head));
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        write_vertex(out, &graph->vertices[i]);
        ml_output_pass(out);
    }
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        write_edge(out, graph, i);
        ml_output_pass(out);
    }
    ml_buffer_str(&out->buffer, ML_STR("</graph>\n"));
    if (out->replaced)
        ml_buffer_format(&out->buffer, "<!-- characters that XML forbids, replaced by U+FFFD: %llu -->\n",
                         (unsigned long long)out->replaced);
    ml_buffer_str(&out->buffer, ML_STR("</graphml>\n"));
    return ML_OK;
}
