/* map.h - from strings to numbers. Open addressing; keys are borrowed and must outlive the map. */
#ifndef ML_BASE_MAP_H
#define ML_BASE_MAP_H

#include "base/str.h"

typedef struct {
    ml_str key; /* `ptr` NULL marks a free slot */
    uint32_t value;
    uint32_t hash;
} ml_map_slot;

/* A map of zeros is ready for use. */
typedef struct {
    ml_map_slot *slots;
    uint32_t slot_count, used;
} ml_map;

void ml_map_dispose(ml_map *map);

/* Empties it; keeps the memory. */
void ml_map_clear(ml_map *map);

/* False when the key is not there. */
bool ml_map_find(const ml_map *map, ml_str key, uint32_t *out);

/* The value of the key, which is set to `*value` if it is new; on return *value is the one that holds. `*added` (may be
 * NULL) tells which. The key's `ptr` must not be NULL. False when memory is short. */
bool ml_map_add(ml_map *map, ml_str key, uint32_t *value, bool *added);

#endif
