/* run.h - where a run of bytes ends that are letters or digits, or parts of such, nearly always.
 *
 * Bytes of a run are ASCII letters and digits, and all from 0x80 but 0xc2 and 0xe2, with which quotes, dashes and the spaces
 * of typesetters begin. What really is a letter is for the reader to say; this only looks far ahead at once.
 */
#ifndef ML_TOKEN_RUN_H
#define ML_TOKEN_RUN_H

#include "base/str.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { ML_RUN_BYTES = 16 };

/* The number of such bytes from `bytes` on, of which 16 must be readable; 16 if all of them are. */
static inline uint32_t ml_run_len(const unsigned char *bytes)
{
#ifdef __SSE2__
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i small = _mm_or_si128(block, _mm_set1_epi8(0x20));
    /* As signed bytes, all from 0x80 are below zero; 0xc2 and 0xe2 are the same but for one bit. */
    __m128i high = _mm_andnot_si128(_mm_cmpeq_epi8(small, _mm_set1_epi8((char)0xe2)), block);
    __m128i letter =
        _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(small, _mm_set1_epi8('z' + 1)));
    __m128i digit =
        _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(block, _mm_set1_epi8('9' + 1)));
    uint32_t in = (uint32_t)_mm_movemask_epi8(_mm_or_si128(high, _mm_or_si128(letter, digit)));
    return (uint32_t)__builtin_ctz(~in);
#else
    uint32_t len = 0;
    while (len < ML_RUN_BYTES) {
        unsigned char byte = bytes[len], small = byte | 0x20;
        bool inside = byte >= 0x80 ? small != 0xe2 : (small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9');
        if (!inside)
            break;
        len++;
    }
    return len;
#endif
}

#endif
