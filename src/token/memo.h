/* memo.h - what syllables were found to be, so that a syllable is folded and looked up once and not each time it is read.
 *
 * News has some ten thousand ways to write a syllable, of which a few hundred make up most of a text. A memo forgets the older
 * of two that fall into one place, so its size is fixed and what it answers is always what folding would say.
 */
#ifndef ML_TOKEN_MEMO_H
#define ML_TOKEN_MEMO_H

#include "base/str.h"

enum {
    ML_MEMO_PLACES = 1 << 13, /* 256 KiB: stays in the second-level cache */
    ML_MEMO_BYTES = 16, /* longer syllables are not kept: no Vietnamese one is, at most `nghiêng` with its marks */
};

typedef struct {
    uint64_t head, tail; /* the bytes: the first and the last eight, which overlap in shorter ones */
    uint64_t key;
    uint32_t symbol;
    uint8_t len;  /* 0 in a place that holds nothing */
    uint8_t kind; /* what the token is beside, as ml_token has it */
    bool capital, upper;
} ml_memo_place;

/* Belongs to one thread and one vocabulary that no longer grows; all zeros is an empty one. */
typedef struct {
    ml_memo_place place[ML_MEMO_PLACES];
} ml_token_memo;

/* Where a syllable of at most ML_MEMO_BYTES belongs; it is there if head, tail and len are the same, which `out` has. */
static inline uint32_t ml_memo_find(ml_str syllable, ml_memo_place *out)
{
    uint64_t head = 0, tail = 0;
    uint32_t len = syllable.len;
    if (len >= 8) {
        memcpy(&head, syllable.ptr, 8);
        memcpy(&tail, syllable.ptr + len - 8, 8);
    } else if (len >= 4) {
        uint32_t first, last;
        memcpy(&first, syllable.ptr, 4);
        memcpy(&last, syllable.ptr + len - 4, 4);
        head = first;
        tail = last;
    } else if (len) {
        head = (unsigned char)syllable.ptr[0];
        tail = (uint64_t)(unsigned char)syllable.ptr[len / 2] << 8 | (unsigned char)syllable.ptr[len - 1];
    }
    *out = (ml_memo_place){.head = head, .tail = tail, .len = (uint8_t)len};
    /* Knuth's multiplicative hashing; the constants are odd and look random. */
    uint64_t mixed = (head ^ (tail << 31 | tail >> 33) ^ len) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(mixed >> 51);
}

#endif
