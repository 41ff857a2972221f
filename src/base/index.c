#include "base/index.h"

void ml_index_init(ml_index *index, ml_arena *arena, uint32_t capacity)
{
    uint32_t slots = 16;
    while (slots / 2 < capacity && slots < 1u << 30)
        slots *= 2;
    index->slot = ml_arena_array(arena, slots, sizeof *index->slot);
    index->slot_count = index->slot ? slots : 0;
    index->used = 0;
}

/* The slot of the key, or the free one where it would stand. */
static ml_index_slot *place(const ml_index *index, uint64_t key)
{
    /* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
    uint32_t at = (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & (index->slot_count - 1);
    while (index->slot[at].value && index->slot[at].key != key)
        at = (at + 1) & (index->slot_count - 1);
    return &index->slot[at];
}

bool ml_index_find(const ml_index *index, uint64_t key, uint32_t *out)
{
    if (!index->slot_count)
        return false;
    const ml_index_slot *slot = place(index, key);
    if (!slot->value)
        return false;
    *out = slot->value - 1;
    return true;
}

void ml_index_set(ml_index *index, uint64_t key, uint32_t value)
{
    if (!index->slot_count)
        return;
    ml_index_slot *slot = place(index, key);
    if (!slot->value) {
        if (index->used >= index->slot_count / 2)
            return;
        index->used++;
    }
    *slot = (ml_index_slot){key, value + 1};
}
