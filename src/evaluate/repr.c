#include "evaluate/repr.h"

#include "evaluate/fold.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

static void write_point(uint32_t point, ml_str bytes, char quote, ml_buffer *out)
{
    if (point == '\n')
        ml_buffer_str(out, ML_STR("\\n"));
    else if (point == '\r')
        ml_buffer_str(out, ML_STR("\\r"));
    else if (point == '\t')
        ml_buffer_str(out, ML_STR("\\t"));
    else if (point == '\\' || point == (unsigned char)quote)
        ml_buffer_format(out, "\\%c", (int)point);
    else if (ml_fold_is_printable(point))
        ml_buffer_str(out, bytes);
    else if (point <= 0xff)
        ml_buffer_format(out, "\\x%02x", point);
    else if (point <= 0xffff)
        ml_buffer_format(out, "\\u%04x", point);
    else
        ml_buffer_format(out, "\\U%08x", point);
}

void ml_evaluate__write_repr(ml_str text, ml_buffer *out)
{
    bool single = ml_str_find(text, '\'', 0) < text.len, twofold = ml_str_find(text, '"', 0) < text.len;
    char quote = single && !twofold ? '"' : '\'';
    ml_buffer_char(out, quote);
    for (uint32_t at = 0, len, point = 0; at < text.len; at += len) {
        len = ml_utf8_read(text, at, &point);
        write_point(point, ml_str_slice(text, at, at + len), quote, out);
    }
    ml_buffer_char(out, quote);
}

/* What snprintf() wrote, with a full stop for whatever the locale has as its decimal sign. */
static void write_number(const char *text, ml_buffer *out)
{
    const char *sign = text + strspn(text, "0123456789"), *rest = sign + strcspn(sign, "0123456789e");
    ml_buffer_bytes(out, text, (size_t)(sign - text));
    if (*sign && *sign != 'e')
        ml_buffer_char(out, '.');
    ml_buffer_str(out, ml_str_from(rest));
}

void ml_evaluate__write_rounded(double number, ml_buffer *out)
{
    char text[64];
    snprintf(text, sizeof text, "%.3f", number);
    write_number(text, out);
}

void ml_evaluate__write_exact(double number, ml_buffer *out)
{
    char text[64];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        double back = strtod(text, NULL);
        if (back <= number && back >= number)
            break;
    }
    write_number(text, out);
    if (strspn(text, "0123456789") == strlen(text))
        ml_buffer_str(out, ML_STR(".0"));
}
