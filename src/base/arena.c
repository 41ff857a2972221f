#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct ml_arena_block {
    ml_arena_block *next;
    size_t size_bytes;
    max_align_t data[];
};

static const size_t first_block_bytes = 64 * 1024;

void ml_arena_dispose(ml_arena *arena)
{
    ml_arena_block *block = arena->first;
    while (block) {
        ml_arena_block *next = block->next;
        free(block);
        block = next;
    }
    *arena = (ml_arena){0};
}

void ml_arena_reset(ml_arena *arena)
{
    arena->current = arena->first;
    arena->used_bytes = 0;
    arena->failed = false;
}

/* Moves on to a block with room for `size` bytes: a kept one if it is large enough, else a new one. */
static bool next_block(ml_arena *arena, size_t size)
{
    ml_arena_block *kept = arena->current ? arena->current->next : arena->first;
    if (kept && kept->size_bytes >= size) {
        arena->current = kept;
        arena->used_bytes = 0;
        return true;
    }
    size_t wanted = arena->current ? arena->current->size_bytes * 2 : first_block_bytes;
    while (wanted < size) {
        if (wanted > SIZE_MAX / 4)
            return false;
        wanted *= 2;
    }
    ml_arena_block *block = malloc(sizeof *block + wanted);
    if (!block)
        return false;
    block->size_bytes = wanted;
    block->next = kept;
    if (arena->current)
        arena->current->next = block;
    else
        arena->first = block;
    arena->current = block;
    arena->used_bytes = 0;
    return true;
}

static void *take(ml_arena *arena, size_t size)
{
    size_t align = sizeof(max_align_t);
    if (size > SIZE_MAX / 4) {
        arena->failed = true;
        return NULL;
    }
    size = (size + align - 1) / align * align;
    if (!arena->current || arena->current->size_bytes - arena->used_bytes < size) {
        if (!next_block(arena, size)) {
            arena->failed = true;
            return NULL;
        }
    }
    char *taken = (char *)arena->current->data + arena->used_bytes;
    arena->used_bytes += size;
    return taken;
}

void *ml_arena_zeroed(ml_arena *arena, size_t size)
{
    void *taken = take(arena, size);
    if (taken)
        memset(taken, 0, size);
    return taken;
}

void *ml_arena_room(ml_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return take(arena, count * size);
}

void *ml_arena_array(ml_arena *arena, size_t count, size_t size)
{
    void *taken = ml_arena_room(arena, count, size);
    if (taken)
        memset(taken, 0, count * size);
    return taken;
}

ml_str ml_arena_copy(ml_arena *arena, ml_str text)
{
    return ml_arena_concat(arena, &text, 1);
}

ml_str ml_arena_concat(ml_arena *arena, const ml_str *pieces, size_t count)
{
    size_t len = 0;
    for (size_t i = 0; i < count; i++)
        len += pieces[i].len;
    char *out = len < UINT32_MAX ? take(arena, len + 1) : NULL;
    if (!out) {
        arena->failed = true;
        return ML_STR("");
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].len)
            memcpy(out + at, pieces[i].ptr, pieces[i].len);
        at += pieces[i].len;
    }
    out[at] = '\0';
    return (ml_str){out, (uint32_t)len};
}
