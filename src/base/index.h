/* index.h - from 64-bit keys to numbers, in an arena, of a size fixed at the start. Open addressing, linear probing. */
#ifndef ML_BASE_INDEX_H
#define ML_BASE_INDEX_H

#include "base/arena.h"

typedef struct {
    uint64_t key;
    uint32_t value; /* plus one; 0 is a free slot */
} ml_index_slot;

typedef struct {
    ml_index_slot *slot;
    uint32_t slot_count, used;
} ml_index;

/* Room for `capacity` keys. When memory is short the arena has failed and the index stays empty. */
void ml_index_init(ml_index *index, ml_arena *arena, uint32_t capacity);

/* False when the key is not there. */
bool ml_index_find(const ml_index *index, uint64_t key, uint32_t *out);

/* Sets the value of a key, new or old. A full index takes no new key. */
void ml_index_set(ml_index *index, uint64_t key, uint32_t value);

#endif
