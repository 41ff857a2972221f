#include "export/output.h"

#include "base/utf8.h"

static const size_t piece_bytes = (size_t)64 * 1024;

static void send(ml_output *out)
{
    if (out->status == ML_OK && !out->buffer.failed && out->buffer.len)
        out->status = out->sink.write(out->sink.payload, out->buffer.ptr, out->buffer.len);
    out->buffer.len = 0;
}

void ml_output_pass(ml_output *out)
{
    if (out->buffer.len >= piece_bytes)
        send(out);
}

ml_status ml_output_end(ml_output *out, ml_error *error)
{
    send(out);
    ml_status status = out->status;
    if (out->buffer.failed)
        status = ml_fail_memory(error);
    else if (status != ML_OK)
        ml_fail(error, status, ML_STR(""), "the network could not be written to the end");
    ml_buffer_dispose(&out->buffer);
    return status;
}

/* The reference that stands for a character, or empty where it stands for itself. Line ends and tabs are references because
 * parsers turn plain ones in attributes into spaces and every carriage return into a line feed; some of them do the same
 * with the line ends of XML 1.1. */
static ml_str reference(uint32_t code_point)
{
    switch (code_point) {
    case '&':
        return ML_STR("&amp;");
    case '<':
        return ML_STR("&lt;");
    case '>':
        return ML_STR("&gt;");
    case '"':
        return ML_STR("&quot;");
    case '\t':
        return ML_STR("&#9;");
    case '\n':
        return ML_STR("&#10;");
    case '\r':
        return ML_STR("&#13;");
    case 0x85:
        return ML_STR("&#133;");
    case 0x2028:
        return ML_STR("&#8232;");
    default:
        return ML_STR("");
    }
}

/* https://www.w3.org/TR/xml/#charsets, for what is neither a surrogate nor above U+10FFFF. */
static bool is_xml(uint32_t code_point)
{
    return code_point >= 0x20 && code_point != 0xfffe && code_point != 0xffff;
}

void ml_output_xml(ml_output *out, ml_str text)
{
    uint32_t plain = 0; /* bytes from here on are written as they are */
    uint32_t len;
    for (uint32_t at = 0; at < text.len; at += len) {
        uint32_t code_point = 0;
        len = ml_utf8_read(text, at, &code_point);
        ml_str instead = len ? reference(code_point) : ML_STR("");
        if (!instead.len && len && is_xml(code_point))
            continue;
        if (!instead.len) {
            instead = ML_STR("\xef\xbf\xbd");
            out->replaced++;
        }
        if (!len)
            len = 1;
        ml_buffer_str(&out->buffer, ml_str_slice(text, plain, at));
        ml_buffer_str(&out->buffer, instead);
        plain = at + len;
    }
    ml_buffer_str(&out->buffer, ml_str_slice(text, plain, text.len));
}
