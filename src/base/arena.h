/* arena.h - memory with one lifetime: many allocations, one reset.
 *
 * An arena that runs out of memory stays `failed` until it is reset; a room checks that once, at its end,
 * instead of after each string it writes. No thread may share an arena.
 */
#ifndef ML_BASE_ARENA_H
#define ML_BASE_ARENA_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct ml_arena_block ml_arena_block;

typedef struct {
    ml_arena_block *first; /* blocks are kept by a reset and used again */
    ml_arena_block *current;
    size_t used_bytes; /* of `current` */
    bool failed;
} ml_arena;

/* An arena of zeros is ready for use. Frees every block. */
void ml_arena_dispose(ml_arena *arena);

/* Forgets all allocations and the failure; keeps the memory. */
void ml_arena_reset(ml_arena *arena);

/* `size` bytes of zeros, aligned for any type; NULL, with `failed` set, when memory is short. */
void *ml_arena_zeroed(ml_arena *arena, size_t size);

/* `count` elements of `size` bytes, zeroed; NULL on overflow or when memory is short. */
void *ml_arena_array(ml_arena *arena, size_t count, size_t size);

/* The same without zeroing, for what is written before it is read. */
void *ml_arena_room(ml_arena *arena, size_t count, size_t size);

/* A copy that is followed by a NUL byte not counted in its length; empty when memory is short. */
ml_str ml_arena_copy(ml_arena *arena, ml_str text);

/* The concatenation of `count` pieces, NUL-terminated as above. */
ml_str ml_arena_concat(ml_arena *arena, const ml_str *pieces, size_t count);

#endif
