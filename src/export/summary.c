#include "export/export.h"

#include <stdlib.h>

enum { MOST_ITEMS = 10 /* in one line */ };

/* Something to list: by falling weight, then by falling count, then by name, then in the graph's order. */
typedef struct {
    uint32_t weight, count, index;
    ml_str name;
} summary_row;

typedef struct {
    const ml_graph *graph;
    ml_output *out;
    uint32_t entries;   /* a section may have */
    summary_row *rows;  /* of the section: room for all vertices or edges */
    summary_row *items; /* of one line: the same */
} summary_writer;

static int compare_rows(const void *a, const void *b)
{
    const summary_row *left = a;
    const summary_row *right = b;
    if (left->weight != right->weight)
        return left->weight < right->weight ? 1 : -1;
    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    int order = ml_str_compare(left->name, right->name);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

static void put(const summary_writer *summary, const char *text)
{
    ml_buffer_str(&summary->out->buffer, ml_str_from(text));
}

/* A number and what is counted. */
static void put_count(const summary_writer *summary, uint64_t count, const char *one, const char *many)
{
    ml_buffer_number(&summary->out->buffer, count);
    put(summary, count == 1 ? one : many);
}

/* A name within one line of a terminal: control characters, which could move its cursor, become spaces. */
static void put_name(const summary_writer *summary, ml_str name)
{
    for (uint32_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.ptr[i];
        bool is_c1 = byte == 0xc2 && i + 1 < name.len && (unsigned char)name.ptr[i + 1] < 0xa0;
        bool is_control = byte < 0x20 || byte == 0x7f || is_c1;
        ml_buffer_bytes(&summary->out->buffer, is_control ? " " : &name.ptr[i], 1);
        i += is_c1;
    }
}

/* Begins a section of which `shown` of `total` rows follow. */
static void put_head(const summary_writer *summary, const char *name, uint32_t shown, uint32_t total)
{
    put(summary, "\n");
    put(summary, name);
    if (shown < total) {
        put(summary, " (");
        put_count(summary, shown, " of ", " of ");
        put_count(summary, total, ")", ")");
    }
    put(summary, total ? "\n" : "\n  none\n");
}

static bool has_type(const ml_edge *edge, const char *types)
{
    return ml_str_listed(ml_str_from(types), edge->type);
}

/* Collects the vertices at one end of the edges of these types: those in most articles first,
 * then those with most edges. */
static uint32_t collect_vertices(const summary_writer *summary, const char *types, bool targets)
{
    const ml_graph *graph = summary->graph;
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->vertex_count; i++)
        summary->rows[i] = (summary_row){0, 0, i, graph->vertices[i].label};
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        uint32_t vertex = targets ? graph->edges[i].target : graph->edges[i].source;
        if (!has_type(&graph->edges[i], types))
            continue;
        summary->rows[vertex].weight = graph->vertices[vertex].documents;
        summary->rows[vertex].count++;
    }
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        if (summary->rows[i].weight)
            summary->rows[count++] = summary->rows[i];
    }
    qsort(summary->rows, count, sizeof *summary->rows, compare_rows);
    return count;
}

/* Collects the edges of a type from `source` or, where `targets`, to it as items named after their other end. */
static uint32_t collect_items(const summary_writer *summary, const char *type, uint32_t vertex, bool targets)
{
    const ml_graph *graph = summary->graph;
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const ml_edge *edge = &graph->edges[i];
        uint32_t other = targets ? edge->source : edge->target;
        if ((targets ? edge->target : edge->source) == vertex && has_type(edge, type))
            summary->items[count++] = (summary_row){edge->weight, 0, i, graph->vertices[other].label};
    }
    qsort(summary->items, count, sizeof *summary->items, compare_rows);
    return count;
}

/* Puts the items with their titles, if they have any, and says how many are left out. */
static void put_items(const summary_writer *summary, uint32_t count)
{
    for (uint32_t i = 0; i < count && i < MOST_ITEMS; i++) {
        const ml_edge *edge = &summary->graph->edges[summary->items[i].index];
        if (i)
            put(summary, "; ");
        put_name(summary, edge->title);
        if (edge->title.len)
            put(summary, ", ");
        put_name(summary, summary->items[i].name);
    }
    if (count > MOST_ITEMS)
        ml_buffer_format(&summary->out->buffer, "; and %u more", count - MOST_ITEMS);
    put(summary, "\n");
}

static void put_officials(const summary_writer *summary)
{
    uint32_t count = collect_vertices(summary, "holds_position", false);
    uint32_t shown = count < summary->entries ? count : summary->entries;
    put_head(summary, "Officials and their posts", shown, count);
    for (uint32_t i = 0; i < shown; i++) {
        put(summary, "  ");
        put_name(summary, summary->rows[i].name);
        put(summary, " — ");
        put_items(summary, collect_items(summary, "holds_position", summary->rows[i].index, false));
        ml_output_pass(summary->out);
    }
}

typedef struct {
    const char *type, *name;
    bool targets; /* is the event the target? */
    bool counted;
} event_role;

static const event_role event_roles[] = {
    {"held_at", "held at", false, false},   {"organized", "organized by", true, false},
    {"chaired", "chaired by", true, false}, {"attended", "attended by", true, true},
    {"spoke_at", "speakers:", true, false},
};

enum { EVENT_ROLES = sizeof event_roles / sizeof *event_roles };

static void put_event(const summary_writer *summary, uint32_t event)
{
    const ml_vertex *vertex = &summary->graph->vertices[event];
    put(summary, "  ");
    put_name(summary, vertex->label);
    if (vertex->date.len) {
        put(summary, ", ");
        put_name(summary, vertex->date);
    }
    put(summary, "\n");
    for (size_t i = 0; i < EVENT_ROLES; i++) {
        const event_role *role = &event_roles[i];
        uint32_t count = collect_items(summary, role->type, event, role->targets);
        if (!count)
            continue;
        put(summary, "    ");
        put(summary, role->name);
        put(summary, " ");
        if (role->counted && count > 1)
            put_count(summary, count, ": ", ": ");
        put_items(summary, count);
    }
}

static void put_events(const summary_writer *summary)
{
    uint32_t count = collect_vertices(summary, "chaired|attended|spoke_at|organized", true);
    uint32_t shown = count < summary->entries ? count : summary->entries;
    put_head(summary, "Events: who chaired, attended, spoke", shown, count);
    for (uint32_t i = 0; i < shown; i++) {
        put_event(summary, summary->rows[i].index);
        ml_output_pass(summary->out);
    }
}

/* A section of one line an edge. */
static void put_pairs(const summary_writer *summary, const char *name, const char *types)
{
    const ml_graph *graph = summary->graph;
    uint32_t count = 0;
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const ml_edge *edge = &graph->edges[i];
        if (has_type(edge, types))
            summary->rows[count++] = (summary_row){edge->weight, 0, i, graph->vertices[edge->source].label};
    }
    qsort(summary->rows, count, sizeof *summary->rows, compare_rows);
    uint32_t shown = count < summary->entries ? count : summary->entries;
    put_head(summary, name, shown, count);
    for (uint32_t i = 0; i < shown; i++) {
        const ml_edge *edge = &graph->edges[summary->rows[i].index];
        put(summary, "  ");
        put_name(summary, summary->rows[i].name);
        put(summary, " — ");
        put_name(summary, ml_export_phrase(edge));
        put(summary, " — ");
        put_name(summary, graph->vertices[edge->target].label);
        put(summary, " (");
        put_count(summary, edge->weight, " article)\n", " articles)\n");
        ml_output_pass(summary->out);
    }
}

/* How much of the network hangs together. */
static ml_status put_size(const summary_writer *summary, ml_arena *arena, ml_error *error)
{
    const ml_graph *graph = summary->graph;
    uint32_t *component = ml_arena_array(arena, graph->vertex_count, sizeof *component);
    uint32_t component_count, largest = 0;
    if (!component)
        return ml_fail_memory(error);
    ML_TRY(ml_graph_components(graph, component, &component_count, error));
    for (uint32_t i = 0; i < graph->vertex_count; i++)
        largest += component[i] == 0;
    put_count(summary, graph->documents, " article, ", " articles, ");
    put_count(summary, graph->vertex_count, " entity, ", " entities, ");
    put_count(summary, graph->edge_count, " relation; ", " relations; ");
    put(summary, "the largest connected part has ");
    put_count(summary, largest, " entity\n", " entities\n");
    return ML_OK;
}

static ml_status write_summary(summary_writer *summary, ml_arena *arena, ml_error *error)
{
    const ml_graph *graph = summary->graph;
    uint32_t room = graph->vertex_count > graph->edge_count ? graph->vertex_count : graph->edge_count;
    summary->rows = ml_arena_array(arena, room, sizeof *summary->rows);
    summary->items = ml_arena_array(arena, room, sizeof *summary->items);
    if (!summary->rows || !summary->items)
        return ml_fail_memory(error);
    ML_TRY(put_size(summary, arena, error));
    put_officials(summary);
    put_events(summary);
    put_pairs(summary, "Cooperation", "cooperates_with");
    put_pairs(summary, "Visits, meetings and gifts", "visited|met_with|donated_to");
    return ML_OK;
}

ml_status ml_network_summary(ml_network *network, unsigned entries, ml_sink sink, ml_error *error)
{
    const ml_graph *graph;
    ML_TRY(ml_network_merge(network, &graph, error));
    ml_arena arena = {0};
    ml_output out = {.sink = sink};
    summary_writer summary = {.graph = graph, .out = &out, .entries = entries};
    ml_status status = write_summary(&summary, &arena, error);
    ml_status end = ml_output_end(&out, error);
    ml_arena_dispose(&arena);
    return status == ML_OK ? end : status;
}
