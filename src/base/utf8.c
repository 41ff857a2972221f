#include "base/utf8.h"

/* How many bytes a sequence has by its first; 0 where none may start so. */
static uint32_t sequence_len(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if ((first & 0xf0) == 0xe0)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

uint32_t ml_utf8_read(ml_str text, uint32_t at, uint32_t *code_point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)text.ptr[at];
    uint32_t len = sequence_len(first);
    if (len == 0 || len > text.len - at)
        return 0;
    uint32_t code = len == 1 ? first : first & (0x7fu >> len);
    for (uint32_t i = 1; i < len; i++) {
        unsigned char next = (unsigned char)text.ptr[at + i];
        if ((next & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (next & 0x3f);
    }
    if (code < smallest[len] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return 0;
    *code_point = code;
    return len;
}

uint32_t ml_utf8_write(uint32_t code_point, char *out)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    uint32_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (uint32_t i = len; i-- > 1; code_point >>= 6)
        out[i] = (char)(0x80 | (code_point & 0x3f));
    out[0] = (char)(first[len] | code_point);
    return len;
}

uint32_t ml_utf8_count(ml_str text)
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < text.len; count++) {
        uint32_t code_point;
        uint32_t len = ml_utf8_read(text, at, &code_point);
        at += len ? len : 1;
    }
    return count;
}
