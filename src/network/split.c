/* What each article adds, cut by entity and by pair of entities, so that parts of a network can be merged apart. */
#include "network/contribution.h"

#include <string.h>

static uint32_t part_of_entity(ml_str id, uint32_t parts)
{
    return (uint32_t)(ml_str_hash(id) % parts);
}

/* By both ends: the relations of one who is in every second article are spread over all parts. */
static uint32_t part_of_relation(const ml_network *network, const ml_network__relation *relation, uint32_t parts)
{
    const ml_str *texts = network->strings.texts;
    uint64_t hash = ml_str_hash(texts[relation->source]) * 31 + ml_str_hash(texts[relation->target]);
    return (uint32_t)(hash % parts);
}

/* A contribution on its way to be records again. */
typedef struct {
    const ml_network *network;
    const ml_network__contribution *from;
    uint32_t *entity_part, *relation_part, *place; /* of each of its entities and relations */
    ml_record_entity *entities;
    ml_record_relation *relations;
    uint32_t entity_count, relation_count; /* those that are cut: of one kind there are none */
} network_cut;

static uint32_t take_entity(network_cut *cut, uint32_t index, ml_record *out)
{
    if (cut->place[index] != UINT32_MAX)
        return cut->place[index];
    const ml_str *texts = cut->network->strings.texts;
    const ml_network__entity *entity = &cut->from->entities[index];
    cut->entities[out->entity_count] = (ml_record_entity){.id = texts[entity->id],
                                                          .name = texts[entity->name],
                                                          .type = entity->type,
                                                          .date = texts[entity->date],
                                                          .parent = texts[entity->parent]};
    return cut->place[index] = out->entity_count++;
}

static uint32_t take_end(network_cut *cut, uint32_t id, ml_record *out)
{
    uint32_t index = 0;
    while (cut->from->entities[index].id != id)
        index++;
    return take_entity(cut, index, out);
}

static void take_relation(network_cut *cut, const ml_network__relation *relation, ml_record *out)
{
    const ml_str *texts = cut->network->strings.texts;
    uint32_t source = take_end(cut, relation->source, out), target = take_end(cut, relation->target, out);
    cut->relations[out->relation_count++] =
        (ml_record_relation){.type = texts[relation->type],
                             .source = source,
                             .target = target,
                             .title = texts[relation->title],
                             .date = texts[relation->date],
                             .start = relation->start,
                             .end = relation->end,
                             .confidence_milli = (uint16_t)relation->confidence_milli};
}

static void take_part(network_cut *cut, uint32_t part, ml_record *out)
{
    const ml_network__contribution *from = cut->from;
    *out = (ml_record){.id = cut->network->strings.texts[from->article],
                       .date = cut->network->strings.texts[from->date],
                       .entities = cut->entities,
                       .relations = cut->relations};
    for (uint32_t i = 0; i < from->entity_count; i++)
        cut->place[i] = UINT32_MAX;
    for (uint32_t i = 0; i < cut->entity_count; i++) {
        if (cut->entity_part[i] == part)
            take_entity(cut, i, out);
    }
    for (uint32_t i = 0; i < cut->relation_count; i++) {
        if (cut->relation_part[i] == part)
            take_relation(cut, &from->relations[i], out);
    }
}

static bool begin_cut(network_cut *cut, const ml_network__contribution *from, bool vertices, uint32_t parts,
                      ml_arena *arena)
{
    cut->from = from;
    cut->entity_count = vertices ? from->entity_count : 0;
    cut->relation_count = vertices ? 0 : from->relation_count;
    cut->entity_part = ml_arena_array(arena, (size_t)from->entity_count + 1, sizeof *cut->entity_part);
    cut->place = ml_arena_array(arena, (size_t)from->entity_count + 1, sizeof *cut->place);
    cut->relation_part = ml_arena_array(arena, (size_t)from->relation_count + 1, sizeof *cut->relation_part);
    cut->entities = ml_arena_array(arena, (size_t)from->entity_count + 1, sizeof *cut->entities);
    cut->relations = ml_arena_array(arena, (size_t)from->relation_count + 1, sizeof *cut->relations);
    if (arena->failed)
        return false;
    for (uint32_t i = 0; i < cut->entity_count; i++)
        cut->entity_part[i] = part_of_entity(cut->network->strings.texts[from->entities[i].id], parts);
    for (uint32_t i = 0; i < cut->relation_count; i++)
        cut->relation_part[i] = part_of_relation(cut->network, &from->relations[i], parts);
    return true;
}

static ml_status add_cut(network_cut *cut, uint32_t part, ml_buffer *out, ml_error *error)
{
    bool touched = false;
    for (uint32_t i = 0; !touched && i < cut->entity_count; i++)
        touched = cut->entity_part[i] == part;
    for (uint32_t i = 0; !touched && i < cut->relation_count; i++)
        touched = cut->relation_part[i] == part;
    if (!touched)
        return ML_OK;
    ml_record record;
    take_part(cut, part, &record);
    ml_record_write(&record, out);
    return out->failed ? ml_fail_memory(error) : ML_OK;
}

ml_status ml_network_split(const ml_network *network, const char *what, uint32_t part, uint32_t parts, ml_sink sink,
                           ml_error *error)
{
    bool vertices = strcmp(what, "vertices") == 0;
    if (!vertices && strcmp(what, "edges") != 0)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "a network has no %s; it has vertices and edges", what);
    ml_arena arena = {0};
    ml_buffer lines = {0};
    ml_status status = ML_OK;
    for (uint32_t i = 0; status == ML_OK && i < network->contribution_count; i++) {
        network_cut cut = {.network = network};
        ml_arena_reset(&arena);
        status = begin_cut(&cut, &network->contributions[i], vertices, parts, &arena) ? ML_OK : ml_fail_memory(error);
        if (status == ML_OK)
            status = add_cut(&cut, part, &lines, error);
    }
    if (status == ML_OK && lines.len && sink.write(sink.payload, lines.ptr, lines.len) != ML_OK)
        status = ml_fail(error, ML_E_IO, ML_STR(""), "the parts of the network cannot be written");
    ml_buffer_dispose(&lines);
    ml_arena_dispose(&arena);
    return status;
}
