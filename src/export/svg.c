/* A picture for people, in the part of SVG 1.1 that browsers, librsvg and Inkscape draw alike. */
#include "export/export.h"
#include "export/picture.h"
#include "export/style.h"

#include <math.h>
#include <stdlib.h>

static const double margin = 28;
static const double head_height = 58;
static const double legend_row = 24;
static const double least_width = 760;

static void put(ml_output *out, const char *text)
{
    ml_buffer_str(&out->buffer, ml_str_from(text));
}

/* A number with one decimal, not by printf, which asks the locale for the decimal point. */
static void put_number(ml_output *out, double number)
{
    long tenths = lround(number * 10);
    if (tenths < 0)
        ml_buffer_char(&out->buffer, '-');
    ml_buffer_milli(&out->buffer, (uint64_t)labs(tenths) * 100);
}

/* ` name="number"` */
static void put_attribute(ml_output *out, const char *name, double number)
{
    ml_buffer_char(&out->buffer, ' ');
    put(out, name);
    put(out, "=\"");
    put_number(out, number);
    ml_buffer_char(&out->buffer, '"');
}

static void put_point(ml_output *out, const char *command, double x, double y)
{
    put(out, command);
    put_number(out, x);
    ml_buffer_char(&out->buffer, ' ');
    put_number(out, y);
}

/* ---- edges ---- */

/* How many edges join the two ends of this one, and its place among them. */
static void find_parallels(const ml_graph *graph, uint32_t index, uint32_t *place, uint32_t *count)
{
    const ml_edge *edge = &graph->edges[index];
    *place = *count = 0;
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const ml_edge *other = &graph->edges[i];
        bool same = other->source == edge->source && other->target == edge->target;
        bool reverse = other->source == edge->target && other->target == edge->source;
        if (!same && !reverse)
            continue;
        *place += i < index;
        ++*count;
    }
}

/* The point that is `distance` away from `from` on the way to `to`. */
static ml_point towards(ml_point from, ml_point to, double distance)
{
    double length = hypot(to.x - from.x, to.y - from.y);
    if (length < 1e-9)
        return from;
    return (ml_point){from.x + (to.x - from.x) * distance / length, from.y + (to.y - from.y) * distance / length};
}

/* Parallel edges fan out to both sides; a single one is straight. */
static ml_point bend(const ml_picture *picture, uint32_t index)
{
    const ml_edge *edge = &picture->graph.edges[index];
    uint32_t low = edge->source < edge->target ? edge->source : edge->target;
    uint32_t high = edge->source < edge->target ? edge->target : edge->source;
    ml_point a = picture->nodes[low].at;
    ml_point b = picture->nodes[high].at;
    uint32_t place, count;
    find_parallels(&picture->graph, index, &place, &count);
    double offset = ((double)place - (double)(count - 1) / 2) * 26;
    double length = fmax(hypot(b.x - a.x, b.y - a.y), 1);
    return (ml_point){(a.x + b.x) / 2 - (b.y - a.y) * offset / length, (a.y + b.y) / 2 + (b.x - a.x) * offset / length};
}

/* What a browser shows when the pointer rests on it. */
static void put_edge_hint(ml_output *out, const ml_graph *graph, const ml_edge *edge)
{
    put(out, "<title>");
    ml_output_xml(out, graph->vertices[edge->source].label);
    put(out, " — ");
    ml_output_xml(out, ml_export_phrase(edge));
    put(out, " — ");
    ml_output_xml(out, graph->vertices[edge->target].label);
    put(out, " (");
    ml_buffer_number(&out->buffer, edge->weight);
    put(out, " bài)</title>");
}

static void draw_edge(ml_output *out, const ml_picture *picture, uint32_t index)
{
    const ml_edge *edge = &picture->graph.edges[index];
    const ml_picture_node *source = &picture->nodes[edge->source];
    const ml_picture_node *target = &picture->nodes[edge->target];
    uint32_t style = ml_export__edge_style_index(edge->type);
    bool symmetric = ml_relation_symmetric(edge->type);
    ml_point middle = bend(picture, index);
    ml_point begin = towards(source->at, middle, source->radius + 1);
    ml_point end = towards(target->at, middle, target->radius + (symmetric ? 1 : 3));
    put_point(out, "<path d=\"M", begin.x, begin.y);
    put_point(out, "Q", middle.x, middle.y);
    put_point(out, " ", end.x, end.y);
    put(out, "\" stroke=\"");
    put(out, ml_export__edge_style(style)->colour);
    ml_buffer_char(&out->buffer, '"');
    put_attribute(out, "stroke-width", fmin(1.4 + 0.7 * log2(edge->weight), 5));
    if (!symmetric) {
        put(out, " marker-end=\"url(#arrow");
        ml_buffer_number(&out->buffer, style);
        put(out, ")\"");
    }
    put(out, ">");
    put_edge_hint(out, &picture->graph, edge);
    put(out, "</path>\n");
}

static void draw_edges(ml_output *out, const ml_picture *picture)
{
    put(out, "<g fill=\"none\" stroke-opacity=\"0.8\">\n");
    for (uint32_t i = 0; i < picture->graph.edge_count; i++)
        draw_edge(out, picture, i);
    put(out, "</g>\n");
}

static void define_arrows(ml_output *out)
{
    put(out, "<defs>\n");
    for (uint32_t i = 0; i < ML_EDGE_STYLES; i++) {
        put(out, "<marker id=\"arrow");
        ml_buffer_number(&out->buffer, i);
        put(out, "\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" "
                 "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 1.2L10 5L0 8.8Z\" fill=\"");
        put(out, ml_export__edge_style(i)->colour);
        put(out, "\"/></marker>\n");
    }
    put(out, "</defs>\n");
}

/* ---- vertices ---- */

static void put_polygon(ml_output *out, ml_point at, double radius, uint32_t corners, double turn)
{
    static const double pi = 3.14159265358979323846;
    put(out, "<polygon points=\"");
    for (uint32_t i = 0; i < corners; i++) {
        double angle = turn + 2 * pi * i / corners;
        put_point(out, i ? " " : "", at.x + radius * cos(angle), at.y + radius * sin(angle));
    }
    ml_buffer_char(&out->buffer, '"');
}

static void put_square(ml_output *out, ml_point at, double radius)
{
    put(out, "<rect");
    put_attribute(out, "x", at.x - radius);
    put_attribute(out, "y", at.y - radius);
    put_attribute(out, "width", 2 * radius);
    put_attribute(out, "height", 2 * radius);
    put_attribute(out, "rx", radius / 3);
}

static void put_circle(ml_output *out, ml_point at, double radius)
{
    put(out, "<circle");
    put_attribute(out, "cx", at.x);
    put_attribute(out, "cy", at.y);
    put_attribute(out, "r", radius);
}

/* The symbol of a type, an open element that the caller closes; the areas are about equal. */
static void put_symbol(ml_output *out, ml_entity_type type, ml_point at, double radius)
{
    switch (type) {
    case ML_BODY:
        put_square(out, at, radius * 0.88);
        break;
    case ML_LOCALITY:
        put_polygon(out, at, radius * 1.08, 6, 0);
        break;
    case ML_EVENT:
        put_polygon(out, at, radius * 1.22, 4, 0);
        break;
    case ML_SITE:
        put_polygon(out, at, radius * 1.15, 3, -1.5707963);
        break;
    case ML_PERSON:
    case ML_ENTITY_TYPES:
        put_circle(out, at, radius);
        break;
    }
    put(out, " fill=\"");
    put(out, ml_export__vertex_style(type)->colour);
    put(out, "\" stroke=\"");
    put(out, ml_export__vertex_style(type)->border);
    put(out, "\"");
}

static void put_label(ml_output *out, const ml_picture_node *node)
{
    double line = node->font_size * ml_picture__line_height;
    double first = node->is_above ? node->at.y - node->radius - 5 - line * (node->line_count - 1.0)
                                  : node->at.y + node->radius + node->font_size * 1.05;
    put(out, "<text");
    put_attribute(out, "font-size", node->font_size);
    put(out, ">");
    for (uint32_t i = 0; i < node->line_count; i++) {
        put(out, "<tspan");
        put_attribute(out, "x", node->at.x);
        put_attribute(out, "y", first + line * i);
        put(out, ">");
        ml_output_xml(out, node->lines[i]);
        put(out, node->is_cut && i + 1 == node->line_count ? "…</tspan>" : "</tspan>");
    }
    put(out, "</text>\n");
}

static void draw_vertices(ml_output *out, const ml_picture *picture)
{
    put(out, "<g stroke-width=\"1.5\">\n");
    for (uint32_t i = 0; i < picture->graph.vertex_count; i++) {
        const ml_vertex *vertex = &picture->graph.vertices[i];
        put(out, "<g><title>");
        ml_output_xml(out, vertex->label);
        put(out, " (");
        ml_buffer_number(&out->buffer, vertex->documents);
        put(out, " bài)</title>");
        put_symbol(out, vertex->type, picture->nodes[i].at, picture->nodes[i].radius);
        put(out, "/></g>\n");
    }
    put(out, "</g>\n<g text-anchor=\"middle\" fill=\"#1f2933\" stroke=\"#ffffff\" stroke-width=\"3.5\" "
             "stroke-linejoin=\"round\" paint-order=\"stroke\">\n");
    for (uint32_t i = 0; i < picture->graph.vertex_count; i++)
        put_label(out, &picture->nodes[i]);
    put(out, "</g>\n");
}

/* ---- title and legend ---- */

static void draw_title(ml_output *out, const ml_picture *picture, const ml_graph *whole)
{
    put(out, "<text x=\"28\" y=\"36\" font-size=\"19\" font-weight=\"bold\" fill=\"#1f2933\">mangluoi"
             "<tspan font-size=\"14\" font-weight=\"normal\" fill=\"#52606d\" dx=\"12\">");
    ml_buffer_number(&out->buffer, whole->documents);
    put(out, " bài báo · ");
    ml_buffer_number(&out->buffer, whole->vertex_count);
    put(out, " thực thể · ");
    ml_buffer_number(&out->buffer, whole->edge_count);
    put(out, " quan hệ");
    if (picture->graph.vertex_count < whole->vertex_count) {
        put(out, " · trong hình: ");
        ml_buffer_number(&out->buffer, picture->graph.vertex_count);
        put(out, " thực thể, ");
        ml_buffer_number(&out->buffer, picture->graph.edge_count);
        put(out, " quan hệ");
    }
    put(out, "</tspan></text>\n");
}

/* Where the next legend entry goes; `out` NULL only measures. */
typedef struct {
    ml_output *out;
    double x, y, right;
} legend_walk;

/* Moves to the next row if the entry does not fit; its own place is left in *at. */
static void next_entry(legend_walk *legend, const char *name, ml_point *at)
{
    double width = 34 + 13 * ml_picture__text_width(ml_str_from(name)) + 14;
    if (legend->x > margin && legend->x + width > legend->right) {
        legend->x = margin;
        legend->y += legend_row;
    }
    *at = (ml_point){legend->x, legend->y};
    legend->x += width;
}

static void put_entry_name(ml_output *out, ml_point at, const char *name)
{
    put(out, "<text font-size=\"13\" fill=\"#3e4c59\"");
    put_attribute(out, "x", at.x + 30);
    put_attribute(out, "y", at.y + 4.5);
    put(out, ">");
    put(out, name);
    put(out, "</text>\n");
}

static void run_vertex_legend(legend_walk *legend, const ml_graph *graph)
{
    bool used[ML_ENTITY_TYPES] = {false};
    for (uint32_t i = 0; i < graph->vertex_count; i++)
        used[graph->vertices[i].type] = true;
    for (ml_entity_type type = ML_PERSON; type < ML_ENTITY_TYPES; type++) {
        ml_point at;
        if (!used[type])
            continue;
        next_entry(legend, ml_export__vertex_style(type)->name, &at);
        if (!legend->out)
            continue;
        put_symbol(legend->out, type, (ml_point){at.x + 14, at.y}, 8);
        put(legend->out, " stroke-width=\"1.5\"/>");
        put_entry_name(legend->out, at, ml_export__vertex_style(type)->name);
    }
}

static void run_edge_legend(legend_walk *legend, const ml_graph *graph)
{
    bool used[ML_EDGE_STYLES] = {false};
    for (uint32_t i = 0; i < graph->edge_count; i++)
        used[ml_export__edge_style_index(graph->edges[i].type)] = true;
    for (uint32_t i = 0; i < ML_EDGE_STYLES; i++) {
        ml_point at;
        if (!used[i])
            continue;
        next_entry(legend, ml_export__edge_style(i)->name, &at);
        if (!legend->out)
            continue;
        put_point(legend->out, "<path d=\"M", at.x, at.y);
        put_point(legend->out, "L", at.x + 24, at.y);
        put(legend->out, "\" fill=\"none\" stroke-width=\"2.4\" stroke=\"");
        put(legend->out, ml_export__edge_style(i)->colour);
        put(legend->out, "\"/>");
        put_entry_name(legend->out, at, ml_export__edge_style(i)->name);
    }
}

/* Both legends, each from a new row; returns the height they take. */
static double run_legends(ml_output *out, const ml_graph *graph, double top, double width)
{
    legend_walk legend = {.out = out, .x = margin, .y = top, .right = width - margin};
    run_vertex_legend(&legend, graph);
    if (graph->edge_count) {
        legend.x = margin;
        legend.y += legend_row;
    }
    run_edge_legend(&legend, graph);
    return legend.y - top + legend_row;
}

/* ---- the whole ---- */

static void draw(ml_output *out, const ml_picture *picture, const ml_graph *whole)
{
    double width = fmax(picture->width + 2 * margin, least_width);
    double legend_top = head_height + picture->height + 34;
    double height = legend_top + run_legends(NULL, &picture->graph, 0, width) + 4;
    put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" "
             "font-family=\"Noto Sans, DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif\"");
    put_attribute(out, "width", width);
    put_attribute(out, "height", height);
    put(out, " viewBox=\"0 0 ");
    put_point(out, "", width, height);
    put(out, "\">\n<rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#ffffff\"/>\n");
    define_arrows(out);
    draw_title(out, picture, whole);
    put(out, "<g transform=\"translate(");
    put_point(out, "", margin + (width - 2 * margin - picture->width) / 2, head_height);
    put(out, ")\">\n");
    draw_edges(out, picture);
    draw_vertices(out, picture);
    put(out, "</g>\n");
    run_legends(out, &picture->graph, legend_top, width);
    put(out, "</svg>\n");
}

ml_status ml_export_svg(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    ml_arena arena = {0};
    ml_picture picture = {0};
    ml_status status = ml_picture__select(graph, &arena, &picture, error);
    if (status == ML_OK)
        status = ml_picture__place(&picture, &arena, error);
    if (status == ML_OK)
        draw(out, &picture, graph);
    ml_arena_dispose(&arena);
    return status;
}
