#include "text/text.h"

#include <utf8proc.h>

enum { WORD_POINTS = 64 };

/* The tone that a combining mark writes, 0 for none: grave, acute, tilde, hook above, dot below. */
static char tone_of(int32_t point)
{
    switch (point) {
    case 0x300:
        return '1';
    case 0x301:
        return '2';
    case 0x303:
        return '3';
    case 0x309:
        return '4';
    case 0x323:
        return '5';
    default:
        return 0;
    }
}

static bool is_mark(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || category == UTF8PROC_CATEGORY_MC;
}

static bool is_word(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO) || is_mark(point);
}

typedef struct {
    ml_buffer *folded, *bare;
    char tone;   /* of the word that is being written */
    bool inside; /* a word is being written */
} folding;

static void put(ml_buffer *out, int32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char(point, bytes);
    ml_buffer_bytes(out, (const char *)bytes, (size_t)len);
}

static void end_word(folding *fold)
{
    if (fold->inside && fold->tone)
        ml_buffer_char(fold->folded, fold->tone);
    fold->tone = 0;
    fold->inside = false;
}

static void put_letter(folding *fold, int32_t point)
{
    if (!fold->inside && fold->folded->len)
        ml_buffer_char(fold->folded, ' ');
    if (!fold->inside && fold->bare->len)
        ml_buffer_char(fold->bare, ' ');
    fold->inside = true;
    put(fold->folded, point);
    if (!is_mark(point))
        put(fold->bare, point == 0x111 ? 'd' : point);
}

static void fold_point(folding *fold, int32_t point)
{
    utf8proc_int32_t parts[WORD_POINTS];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        point, parts, WORD_POINTS, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < WORD_POINTS; i++) {
        char tone = tone_of(parts[i]);
        if (tone && fold->inside)
            fold->tone = tone;
        else if (!is_word(parts[i]))
            end_word(fold);
        else if (fold->inside || !is_mark(parts[i]))
            put_letter(fold, parts[i]);
    }
}

void ml_text_fold(ml_str text, ml_buffer *folded, ml_buffer *bare)
{
    folding fold = {.folded = folded, .bare = bare};
    ml_buffer_clear(folded);
    ml_buffer_clear(bare);
    uint32_t at = 0;
    while (at < text.len) {
        utf8proc_int32_t point;
        utf8proc_ssize_t len =
            utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at, (utf8proc_ssize_t)(text.len - at), &point);
        if (len <= 0) {
            at++;
            end_word(&fold);
            continue;
        }
        at += (uint32_t)len;
        fold_point(&fold, point);
    }
    end_word(&fold);
}
