#include "base/map.h"

#include <assert.h>
#include <stdlib.h>

void ml_map_dispose(ml_map *map)
{
    free(map->slots);
    *map = (ml_map){0};
}

void ml_map_clear(ml_map *map)
{
    if (map->used)
        memset(map->slots, 0, map->slot_count * sizeof *map->slots);
    map->used = 0;
}

static uint32_t hash_of(ml_str key)
{
    uint64_t hash = ml_str_hash(key);
    return (uint32_t)(hash ^ hash >> 32);
}

/* The slot that holds the key or, if none does, the free one where it belongs. There is always a free one. */
static ml_map_slot *slot_of(const ml_map *map, ml_str key, uint32_t hash)
{
    uint32_t mask = map->slot_count - 1;
    uint32_t at = hash & mask;
    while (map->slots[at].key.ptr && (map->slots[at].hash != hash || !ml_str_equal(map->slots[at].key, key)))
        at = (at + 1) & mask;
    return &map->slots[at];
}

/* Twice the slots, so that at most half are used. */
static bool grow(ml_map *map)
{
    ml_map old = *map;
    if (old.slot_count > UINT32_MAX / 2)
        return false;
    uint32_t slot_count = old.slot_count ? old.slot_count * 2 : 64;
    ml_map_slot *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    *map = (ml_map){slots, slot_count, old.used};
    for (uint32_t i = 0; i < old.slot_count; i++) {
        if (old.slots[i].key.ptr)
            *slot_of(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
    }
    free(old.slots);
    return true;
}

bool ml_map_find(const ml_map *map, ml_str key, uint32_t *out)
{
    if (!map->used)
        return false;
    const ml_map_slot *slot = slot_of(map, key, hash_of(key));
    if (!slot->key.ptr)
        return false;
    *out = slot->value;
    return true;
}

bool ml_map_add(ml_map *map, ml_str key, uint32_t *value, bool *added)
{
    assert(key.ptr);
    if (map->used >= map->slot_count / 2 && !grow(map))
        return false;
    uint32_t hash = hash_of(key);
    ml_map_slot *slot = slot_of(map, key, hash);
    bool is_new = !slot->key.ptr;
    if (is_new) {
        *slot = (ml_map_slot){key, *value, hash};
        map->used++;
    }
    *value = slot->value;
    if (added)
        *added = is_new;
    return true;
}
