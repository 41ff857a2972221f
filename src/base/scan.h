/* scan.h - many bytes at a time, for the places that look at all bytes of all articles. */
#ifndef ML_BASE_SCAN_H
#define ML_BASE_SCAN_H

#include "base/str.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What a stretch of bytes holds. */
typedef struct {
    uint32_t points; /* bytes that begin a code point */
    bool broken;     /* somewhere it is not UTF-8 */
    bool odd;        /* it may hold what composing changes; false for nearly all news */
} ml_scan;

enum { ML_SCAN_BYTES = 256 };

/* Looks at bytes [begin, end) of a text, ML_SCAN_BYTES at most, and at those around them. A sequence that
 * the end cuts off is for ml_scan_is_cut() to see. */
ml_scan ml_scan_text(ml_str text, uint32_t begin, uint32_t end);

/* Does the text end inside a sequence? */
bool ml_scan_is_cut(ml_str text);

/* Is all of it UTF-8 (Unicode 15, table 3-7)? */
bool ml_scan_is_utf8(ml_str text);

/* How many bytes from `at` on a JSON string holds as they are: neither quote nor backslash, control character or DEL. */
static inline uint32_t ml_scan_json(ml_str text, uint32_t at)
{
    uint32_t begin = at;
#ifdef __SSE2__
    while (text.len - at >= 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + at));
        __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1f)), block);
        __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), slash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
        __m128i rubout = _mm_cmpeq_epi8(block, _mm_set1_epi8(0x7f));
        __m128i stops = _mm_or_si128(_mm_or_si128(control, quote), _mm_or_si128(slash, rubout));
        uint32_t mask = (uint32_t)_mm_movemask_epi8(stops);
        if (mask)
            return at + (uint32_t)__builtin_ctz(mask) - begin;
        at += 16;
    }
#endif
    for (; at < text.len; at++) {
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f)
            break;
    }
    return at - begin;
}

#endif
