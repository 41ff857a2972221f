/* FollowTheMoney (https://followthemoney.tech/), one entity a line. Only what its model has is said: docs/EXPORTS.md. */
#include "export/part.h"

#include "base/map.h"

#include <string.h>

/* An entity being written: all values are lists of texts. */
typedef struct {
    ml_buffer *out;
    bool begun;
} ftm_entity;

static void open_entity(ml_output *out, ftm_entity *entity, const char *schema)
{
    *entity = (ftm_entity){.out = &out->buffer};
    ml_buffer_format(&out->buffer, "\",\"schema\":\"%s\",\"properties\":{", schema);
}

static void open_property(ftm_entity *entity, const char *name)
{
    ml_buffer_format(entity->out, "%s\"%s\":[", entity->begun ? "," : "", name);
    entity->begun = true;
}

static void write_text(ftm_entity *entity, const char *name, ml_str text)
{
    if (!text.len)
        return;
    open_property(entity, name);
    ml_buffer_json(entity->out, text);
    ml_buffer_char(entity->out, ']');
}

static void write_reference(ftm_entity *entity, const char *name, ml_str id)
{
    open_property(entity, name);
    ml_buffer_str(entity->out, ML_STR("\"mangluoi-"));
    ml_buffer_str(entity->out, id);
    ml_buffer_str(entity->out, ML_STR("\"]"));
}

static void close_entity(ml_output *out)
{
    ml_buffer_str(&out->buffer, ML_STR("}}\n"));
    ml_output_pass(out);
}

/* Bodies are of many kinds, parties and companies among them; a locality stands for its administration, so that it can
 * organize, co-operate and have posts. */
static const char *schema_of(ml_entity_type type)
{
    switch (type) {
    case ML_BODY:
        return "Organization";
    case ML_LOCALITY:
        return "PublicBody";
    case ML_EVENT:
        return "Event";
    case ML_SITE:
        return "Address";
    case ML_PERSON:
    case ML_ENTITY_TYPES:
        break;
    }
    return "Person";
}

/* The edges of each event: [begin[v], begin[v + 1]) of `edges`. */
typedef struct {
    uint32_t *begin, *edges;
} event_edges;

static uint32_t event_end(const ml_graph *graph, const ml_edge *edge)
{
    if (graph->vertices[edge->target].type == ML_EVENT)
        return edge->target;
    return edge->source;
}

static bool collect_events(const ml_graph *graph, ml_arena *arena, event_edges *out)
{
    out->begin = ml_arena_array(arena, (size_t)graph->vertex_count + 1, sizeof *out->begin);
    out->edges = ml_arena_array(arena, graph->edge_count, sizeof *out->edges);
    if (!out->begin || !out->edges)
        return false;
    for (uint32_t i = 0; i < graph->edge_count; i++)
        out->begin[event_end(graph, &graph->edges[i])]++;
    for (uint32_t v = 1; v <= graph->vertex_count; v++)
        out->begin[v] += out->begin[v - 1];
    for (uint32_t i = graph->edge_count; i-- > 0;)
        out->edges[--out->begin[event_end(graph, &graph->edges[i])]] = i;
    return true;
}

static bool is_legal_entity(const ml_vertex *vertex)
{
    return vertex->type == ML_PERSON || vertex->type == ML_BODY || vertex->type == ML_LOCALITY;
}

/* The other ends of the event's edges that are organizers, or those that are not. An id may come twice; it is a set. */
static void write_participants(ftm_entity *entity, const ml_graph *graph, const event_edges *events, uint32_t event,
                               bool organizers)
{
    uint32_t count = 0;
    for (uint32_t i = events->begin[event]; i < events->begin[event + 1]; i++) {
        const ml_edge *edge = &graph->edges[events->edges[i]];
        const ml_vertex *other = &graph->vertices[edge->source];
        if (edge->target != event || !is_legal_entity(other) ||
            ml_str_equal(edge->type, ML_STR("organized")) != organizers)
            continue;
        if (!count++)
            open_property(entity, organizers ? "organizer" : "involved");
        ml_buffer_str(entity->out, count > 1 ? ML_STR(",\"mangluoi-") : ML_STR("\"mangluoi-"));
        ml_buffer_str(entity->out, other->id);
        ml_buffer_char(entity->out, '"');
    }
    if (count)
        ml_buffer_char(entity->out, ']');
}

static void write_places(ftm_entity *entity, const ml_graph *graph, const event_edges *events, uint32_t event)
{
    uint32_t count = 0;
    for (uint32_t i = events->begin[event]; i < events->begin[event + 1]; i++) {
        const ml_edge *edge = &graph->edges[events->edges[i]];
        if (edge->source != event || !ml_str_equal(edge->type, ML_STR("held_at")))
            continue;
        if (!count++)
            open_property(entity, "location");
        ml_export__json_text(entity->out, count > 1 ? "," : "", graph->vertices[edge->target].label);
    }
    if (count)
        ml_buffer_char(entity->out, ']');
}

static void write_vertex(ml_output *out, const ml_graph *graph, const event_edges *events, uint32_t index)
{
    const ml_vertex *vertex = &graph->vertices[index];
    ftm_entity entity;
    ml_buffer_str(&out->buffer, ML_STR("{\"id\":\"mangluoi-"));
    ml_buffer_str(&out->buffer, vertex->id);
    open_entity(out, &entity, schema_of(vertex->type));
    write_text(&entity, "name", vertex->label);
    if (vertex->type == ML_SITE)
        write_text(&entity, "full", vertex->label);
    if (vertex->type == ML_EVENT) {
        write_text(&entity, "date", vertex->date);
        write_participants(&entity, graph, events, index, true);
        write_participants(&entity, graph, events, index, false);
        write_places(&entity, graph, events, index);
    }
    close_entity(out);
}

/* `KIND-` and the hash of what makes the thing what it is: the same in every file. */
static ml_str make_id(ml_buffer *buffer, const char *kind, const ml_graph *graph, const ml_edge *edge, bool with_source)
{
    ml_buffer key = {0};
    ml_buffer_format(&key, "%.*s|", (int)edge->type.len, edge->type.ptr);
    if (with_source)
        ml_buffer_str(&key, graph->vertices[edge->source].id);
    ml_buffer_char(&key, '|');
    ml_buffer_str(&key, graph->vertices[edge->target].id);
    ml_buffer_char(&key, '|');
    ml_buffer_str(&key, edge->title);
    ml_buffer_clear(buffer);
    ml_buffer_format(buffer, "%s-%016llx", kind, (unsigned long long)ml_str_hash(ml_buffer_view(&key)));
    buffer->failed |= key.failed;
    ml_buffer_dispose(&key);
    return ml_buffer_view(buffer);
}

/* `date`, not `startDate` and `endDate`: the news say on which days somebody was seen in the post. */
static void write_interval(ftm_entity *entity, const ml_edge *edge)
{
    if (edge->first.len) {
        open_property(entity, "date");
        ml_buffer_json(entity->out, edge->first);
        if (!ml_str_equal(edge->first, edge->last))
            ml_export__json_text(entity->out, ",", edge->last);
        ml_buffer_char(entity->out, ']');
    }
    uint32_t cursor = 0;
    ml_str article;
    open_property(entity, "recordId");
    for (bool first = true; ml_export__next_article(edge, &cursor, &article); first = false)
        ml_export__json_text(entity->out, first ? "" : ",", article);
    ml_buffer_char(entity->out, ']');
}

/* A post: the title and the body that has it. */
static void write_position(ml_output *out, const ml_graph *graph, const ml_edge *edge, ml_str id)
{
    const ml_vertex *body = &graph->vertices[edge->target];
    ftm_entity entity;
    ml_buffer name = {0};
    ml_buffer_str(&name, edge->title);
    ml_buffer_str(&name, edge->title.len ? ML_STR(", ") : ML_STR(""));
    ml_buffer_str(&name, body->label);
    ml_buffer_str(&out->buffer, ML_STR("{\"id\":\"mangluoi-"));
    ml_buffer_str(&out->buffer, id);
    open_entity(out, &entity, "Position");
    write_text(&entity, "name", ml_buffer_view(&name));
    write_reference(&entity, "organization", body->id);
    close_entity(out);
    out->buffer.failed |= name.failed;
    ml_buffer_dispose(&name);
}

static bool is_post(const ml_graph *graph, const ml_edge *edge)
{
    ml_entity_type body = graph->vertices[edge->target].type;
    return ml_str_equal(edge->type, ML_STR("holds_position")) && graph->vertices[edge->source].type == ML_PERSON &&
           (body == ML_BODY || body == ML_LOCALITY);
}

static void write_occupancy(ml_output *out, const ml_graph *graph, const ml_edge *edge, ml_str position)
{
    ml_buffer id = {0};
    ftm_entity entity;
    ml_buffer_str(&out->buffer, ML_STR("{\"id\":\"mangluoi-"));
    ml_buffer_str(&out->buffer, make_id(&id, "occupancy", graph, edge, true));
    open_entity(out, &entity, "Occupancy");
    write_reference(&entity, "holder", graph->vertices[edge->source].id);
    write_reference(&entity, "post", position);
    write_text(&entity, "status", ML_STR("unknown"));
    write_interval(&entity, edge);
    close_entity(out);
    out->buffer.failed |= id.failed;
    ml_buffer_dispose(&id);
}

static void write_link(ml_output *out, const ml_graph *graph, const ml_edge *edge)
{
    ml_buffer id = {0};
    ftm_entity entity;
    ml_buffer_str(&out->buffer, ML_STR("{\"id\":\"mangluoi-"));
    ml_buffer_str(&out->buffer, make_id(&id, "link", graph, edge, true));
    open_entity(out, &entity, "UnknownLink");
    write_reference(&entity, "subject", graph->vertices[edge->source].id);
    write_reference(&entity, "object", graph->vertices[edge->target].id);
    write_text(&entity, "role", ml_export_phrase(edge));
    write_interval(&entity, edge);
    close_entity(out);
    out->buffer.failed |= id.failed;
    ml_buffer_dispose(&id);
}

/* A post that several held is written once. */
static bool write_edge(ml_output *out, const ml_graph *graph, const ml_edge *edge, ml_arena *arena, ml_map *positions)
{
    ml_buffer buffer = {0};
    uint32_t value = 0;
    bool added = false;
    if (!is_post(graph, edge)) {
        write_link(out, graph, edge);
        return true;
    }
    ml_str id = ml_arena_copy(arena, make_id(&buffer, "position", graph, edge, false));
    bool known = !buffer.failed && !arena->failed && ml_map_add(positions, id, &value, &added);
    ml_buffer_dispose(&buffer);
    if (!known)
        return false;
    if (added)
        write_position(out, graph, edge, id);
    write_occupancy(out, graph, edge, id);
    return true;
}

ml_status ml_export_ftm(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    ml_arena arena = {0};
    ml_map positions = {0};
    event_edges events;
    bool done = collect_events(graph, &arena, &events);
    for (uint32_t i = 0; done && i < graph->vertex_count; i++)
        write_vertex(out, graph, &events, i);
    for (uint32_t i = 0; done && i < graph->edge_count; i++)
        done = write_edge(out, graph, &graph->edges[i], &arena, &positions);
    ml_map_dispose(&positions);
    ml_arena_dispose(&arena);
    return done ? ML_OK : ml_fail_memory(error);
}
