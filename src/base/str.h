/* str.h - a view of bytes that somebody else owns; never assumed to end in NUL. */
#ifndef ML_BASE_STR_H
#define ML_BASE_STR_H

#include "mangluoi.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A view of a string literal. */
#define ML_STR(literal) ((ml_str){(literal), (uint32_t)(sizeof(literal) - 1)})

static inline ml_str ml_str_from(const char *text)
{
    return (ml_str){text, text ? (uint32_t)strlen(text) : 0};
}

static inline bool ml_str_equal(ml_str a, ml_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Byte order, as strcmp: below, equal to or above zero. */
static inline int ml_str_compare(ml_str a, ml_str b)
{
    uint32_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Bytes [begin, end); both are clamped to the view. */
static inline ml_str ml_str_slice(ml_str text, uint32_t begin, uint32_t end)
{
    end = end < text.len ? end : text.len;
    begin = begin < end ? begin : end;
    return (ml_str){text.len ? text.ptr + begin : text.ptr, end - begin};
}

static inline bool ml_str_starts(ml_str text, ml_str head)
{
    return text.len >= head.len && ml_str_equal(ml_str_slice(text, 0, head.len), head);
}

static inline bool ml_str_ends(ml_str text, ml_str tail)
{
    return text.len >= tail.len && ml_str_equal(ml_str_slice(text, text.len - tail.len, text.len), tail);
}

/* Position of the first `byte` at or after `from`, or the view's length. */
static inline uint32_t ml_str_find(ml_str text, char byte, uint32_t from)
{
    if (from >= text.len)
        return text.len;
    const char *hit = memchr(text.ptr + from, byte, text.len - from);
    return hit ? (uint32_t)(hit - text.ptr) : text.len;
}

/* Without spaces, tabs and line ends at both sides. */
static inline ml_str ml_str_trim(ml_str text)
{
    while (text.len && strchr(" \t\r\n", text.ptr[0]) && text.ptr[0])
        text = ml_str_slice(text, 1, text.len);
    while (text.len && strchr(" \t\r\n", text.ptr[text.len - 1]) && text.ptr[text.len - 1])
        text.len--;
    return text;
}

/* Takes the part before the next `separator` off `rest` and returns it; at the end `rest->ptr` becomes NULL. */
static inline ml_str ml_str_split(ml_str *rest, char separator)
{
    uint32_t cut = ml_str_find(*rest, separator, 0);
    ml_str part = ml_str_slice(*rest, 0, cut);
    if (cut < rest->len)
        *rest = ml_str_slice(*rest, cut + 1, rest->len);
    else
        *rest = (ml_str){NULL, 0};
    return part;
}

/* Is `part` one of the fields of `list`, separated by `|`? */
static inline bool ml_str_listed(ml_str list, ml_str part)
{
    while (list.ptr) {
        if (ml_str_equal(ml_str_split(&list, '|'), part))
            return true;
    }
    return false;
}

/* FNV-1a, 64 bits; http://www.isthe.com/chongo/tech/comp/fnv/ */
static inline uint64_t ml_str_hash(ml_str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (uint32_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
    return hash;
}

#endif
