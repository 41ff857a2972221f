#include "network/contribution.h"

#include <stdlib.h>

static bool make_room(ml_network__strings *strings)
{
    if (strings->count < strings->cap)
        return true;
    uint32_t cap = strings->cap ? strings->cap * 2 : 1024;
    ml_str *grown = cap > strings->cap ? realloc(strings->texts, cap * sizeof *grown) : NULL;
    if (!grown)
        return false;
    strings->texts = grown;
    strings->cap = cap;
    return true;
}

bool ml_network__intern(ml_network__strings *strings, ml_str text, uint32_t *symbol)
{
    if (ml_map_find(&strings->symbols, text, symbol))
        return true;
    if (!make_room(strings))
        return false;
    ml_str copy = ml_arena_copy(&strings->arena, text);
    uint32_t added = strings->count;
    if (strings->arena.failed || !ml_map_add(&strings->symbols, copy, &added, NULL))
        return false;
    strings->texts[strings->count++] = copy;
    *symbol = added;
    return true;
}

static int compare_symbols(const ml_network__strings *strings, uint32_t a, uint32_t b)
{
    return a == b ? 0 : ml_str_compare(strings->texts[a], strings->texts[b]);
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_entities(const ml_network__strings *strings, const ml_network__entity *a,
                            const ml_network__entity *b)
{
    int order = compare_symbols(strings, a->id, b->id);
    if (!order)
        order = compare_symbols(strings, a->name, b->name);
    if (!order)
        order = compare_symbols(strings, a->date, b->date);
    if (!order)
        order = compare_symbols(strings, a->parent, b->parent);
    return order ? order : compare_numbers(a->type, b->type);
}

static int compare_relations(const ml_network__strings *strings, const ml_network__relation *a,
                             const ml_network__relation *b)
{
    int order = compare_symbols(strings, a->type, b->type);
    if (!order)
        order = compare_symbols(strings, a->source, b->source);
    if (!order)
        order = compare_symbols(strings, a->target, b->target);
    if (!order)
        order = compare_symbols(strings, a->title, b->title);
    if (!order)
        order = compare_symbols(strings, a->date, b->date);
    if (!order)
        order = compare_numbers(a->start, b->start);
    if (!order)
        order = compare_numbers(a->end, b->end);
    return order ? order : compare_numbers(a->confidence_milli, b->confidence_milli);
}

int ml_network__compare(const ml_network__strings *strings, const ml_network__contribution *a,
                        const ml_network__contribution *b)
{
    int order = compare_symbols(strings, a->date, b->date);
    for (uint32_t i = 0; !order && i < a->entity_count && i < b->entity_count; i++)
        order = compare_entities(strings, &a->entities[i], &b->entities[i]);
    for (uint32_t i = 0; !order && i < a->relation_count && i < b->relation_count; i++)
        order = compare_relations(strings, &a->relations[i], &b->relations[i]);
    if (!order)
        order = compare_numbers(a->entity_count, b->entity_count);
    return order ? order : compare_numbers(a->relation_count, b->relation_count);
}
