#include "network/network.h"

#include "network/contribution.h"

#include <stdlib.h>

ml_status ml_network_new(ml_network **out, ml_error *error)
{
    ml_network *network = calloc(1, sizeof *network);
    uint32_t empty;
    if (!network || !ml_network__intern(&network->strings, ML_STR(""), &empty)) {
        ml_network_free(network);
        return ml_fail_memory(error);
    }
    *out = network;
    return ML_OK;
}

void ml_network_free(ml_network *network)
{
    if (!network)
        return;
    ml_arena_dispose(&network->strings.arena);
    ml_map_dispose(&network->strings.symbols);
    free(network->strings.texts);
    ml_arena_dispose(&network->kept);
    ml_arena_dispose(&network->reading);
    ml_arena_dispose(&network->merged);
    free(network->contributions);
    ml_map_dispose(&network->articles);
    free(network);
}

static bool intern_all(ml_network__strings *strings, const ml_str *texts, uint32_t *const *symbols, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ml_network__intern(strings, texts[i], symbols[i]))
            return false;
    }
    return true;
}

static bool keep_entities(ml_network *network, const ml_record *record, ml_network__contribution *out)
{
    ml_network__entity *kept = ml_arena_array(&network->kept, record->entity_count, sizeof *kept);
    if (!kept)
        return false;
    for (uint32_t i = 0; i < record->entity_count; i++) {
        const ml_record_entity *entity = &record->entities[i];
        const ml_str texts[] = {entity->id, entity->name, entity->date, entity->parent};
        uint32_t *const symbols[] = {&kept[i].id, &kept[i].name, &kept[i].date, &kept[i].parent};
        if (!intern_all(&network->strings, texts, symbols, 4))
            return false;
        kept[i].type = entity->type;
    }
    out->entities = kept;
    out->entity_count = record->entity_count;
    return true;
}

static bool keep_relation(ml_network *network, const ml_record *record, const ml_record_relation *relation,
                          ml_network__relation *out)
{
    uint32_t source, target;
    ml_record_ends(record, relation, &source, &target);
    const ml_str texts[] = {relation->type, record->entities[source].id, record->entities[target].id, relation->title,
                            relation->date};
    uint32_t *const symbols[] = {&out->type, &out->source, &out->target, &out->title, &out->date};
    out->start = relation->start;
    out->end = relation->end;
    out->confidence_milli = relation->confidence_milli;
    return intern_all(&network->strings, texts, symbols, 5);
}

static bool keep_relations(ml_network *network, const ml_record *record, ml_network__contribution *out)
{
    ml_network__relation *kept = ml_arena_array(&network->kept, record->relation_count, sizeof *kept);
    if (!kept)
        return false;
    uint32_t count = 0;
    for (uint32_t i = 0; i < record->relation_count; i++) {
        if (ml_record_states(&record->relations[i]) &&
            !keep_relation(network, record, &record->relations[i], &kept[count++]))
            return false;
    }
    out->relations = kept;
    out->relation_count = count;
    return true;
}

static bool make_room(ml_network *network)
{
    if (network->contribution_count < network->contribution_cap)
        return true;
    uint32_t cap = network->contribution_cap ? network->contribution_cap * 2 : 256;
    ml_network__contribution *grown =
        cap > network->contribution_cap ? realloc(network->contributions, cap * sizeof *grown) : NULL;
    if (!grown)
        return false;
    network->contributions = grown;
    network->contribution_cap = cap;
    return true;
}

/* Puts the contribution beside the others, or in the place of a greater one of the same article. */
static bool keep(ml_network *network, const ml_network__contribution *contribution)
{
    uint32_t place = network->contribution_count;
    bool added;
    if (!make_room(network) ||
        !ml_map_add(&network->articles, network->strings.texts[contribution->article], &place, &added))
        return false;
    ml_network__contribution *kept = &network->contributions[place];
    if (added)
        network->contribution_count++;
    else if (ml_network__compare(&network->strings, contribution, kept) >= 0)
        return true;
    *kept = *contribution;
    network->is_merged = false;
    return true;
}

ml_status ml_network_add(ml_network *network, ml_str line, ml_error *error)
{
    ml_record record;
    ml_arena_reset(&network->reading);
    ML_TRY(ml_record_read(line, &network->reading, &record, error));
    if (record.error_code.len)
        return ML_OK;
    ml_network__contribution contribution = {0};
    const ml_str texts[] = {record.id, record.date};
    uint32_t *const symbols[] = {&contribution.article, &contribution.date};
    if (!intern_all(&network->strings, texts, symbols, 2) || !keep_entities(network, &record, &contribution) ||
        !keep_relations(network, &record, &contribution) || !keep(network, &contribution))
        return ml_fail_memory(error);
    return ML_OK;
}

ml_status ml_network_merge(ml_network *network, const ml_graph **out, ml_error *error)
{
    if (!network->is_merged)
        ML_TRY(ml_network__merge_all(network, error));
    network->is_merged = true;
    *out = &network->graph;
    return ML_OK;
}

ml_status ml_network_measure(ml_network *network, ml_network_size *out, ml_error *error)
{
    const ml_graph *graph;
    ML_TRY(ml_network_merge(network, &graph, error));
    *out = (ml_network_size){graph->documents, graph->vertex_count, graph->edge_count};
    return ML_OK;
}
