#include "base/buffer.h"

#include "base/scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void ml_buffer_dispose(ml_buffer *buffer)
{
    free(buffer->ptr);
    *buffer = (ml_buffer){0};
}

void ml_buffer_clear(ml_buffer *buffer)
{
    buffer->len = 0;
}

void ml_buffer_renew(ml_buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
}

bool ml_buffer_reserve(ml_buffer *buffer, size_t more)
{
    if (buffer->cap - buffer->len >= more)
        return true;
    size_t cap = buffer->cap ? buffer->cap : 256;
    while (cap - buffer->len < more) {
        if (cap > SIZE_MAX / 2) {
            buffer->failed = true;
            return false;
        }
        cap *= 2;
    }
    char *grown = realloc(buffer->ptr, cap);
    if (!grown) {
        buffer->failed = true;
        return false;
    }
    buffer->ptr = grown;
    buffer->cap = cap;
    return true;
}

void ml_buffer_bytes(ml_buffer *buffer, const char *bytes, size_t len)
{
    if (len && ml_buffer_reserve(buffer, len)) {
        memcpy(buffer->ptr + buffer->len, bytes, len);
        buffer->len += len;
    }
}

void ml_buffer_str(ml_buffer *buffer, ml_str text)
{
    ml_buffer_bytes(buffer, text.ptr, text.len);
}

void ml_buffer_char(ml_buffer *buffer, char byte)
{
    ml_buffer_bytes(buffer, &byte, 1);
}

void ml_buffer_number(ml_buffer *buffer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    ml_buffer_bytes(buffer, digits + at, sizeof digits - at);
}

void ml_buffer_milli(ml_buffer *buffer, uint64_t milli)
{
    ml_buffer_number(buffer, milli / 1000);
    uint64_t rest = milli % 1000;
    if (!rest)
        return;
    ml_buffer_char(buffer, '.');
    for (uint64_t unit = 100; rest; unit /= 10) {
        ml_buffer_char(buffer, (char)('0' + rest / unit));
        rest %= unit;
    }
}

void ml_buffer_format(ml_buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len < 0)
        buffer->failed = true;
    else if (ml_buffer_reserve(buffer, (size_t)len + 1)) {
        vsnprintf(buffer->ptr + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
}

static void json_escape(ml_buffer *buffer, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    const char *names = "\"\"\\\\\nn\rr\tt\bb\ff";
    for (const char *name = names; *name; name += 2) {
        if ((unsigned char)name[0] == byte) {
            ml_buffer_char(buffer, '\\');
            ml_buffer_char(buffer, name[1]);
            return;
        }
    }
    char escaped[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    ml_buffer_bytes(buffer, escaped, sizeof escaped);
}

void ml_buffer_json(ml_buffer *buffer, ml_str text)
{
    ml_buffer_char(buffer, '"');
    for (uint32_t at = 0; at < text.len;) {
        uint32_t plain = ml_scan_json(text, at);
        ml_buffer_bytes(buffer, text.ptr + at, plain);
        at += plain;
        if (at < text.len)
            json_escape(buffer, (unsigned char)text.ptr[at++]);
    }
    ml_buffer_char(buffer, '"');
}

ml_str ml_buffer_view(const ml_buffer *buffer)
{
    if (buffer->len > UINT32_MAX)
        return ML_STR("");
    return (ml_str){buffer->ptr, (uint32_t)buffer->len};
}
