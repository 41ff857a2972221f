#include "article/name.h"

#include "article/source.h"
#include "base/file.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>

/* The next stretch of valid UTF-8 at `at`, or U+FFFD for a byte that belongs to none. Moves on behind it. */
static ml_str next_piece(ml_str text, uint32_t *at)
{
    uint32_t begin = *at, code_point, len;
    while (*at < text.len && (len = ml_utf8_read(text, *at, &code_point)) > 0)
        *at += len;
    if (*at > begin)
        return ml_str_slice(text, begin, *at);
    ++*at;
    return ML_STR("\xEF\xBF\xBD");
}

ml_str ml_article__valid_utf8(ml_str text, ml_arena *arena)
{
    size_t count = 0;
    for (uint32_t at = 0; at < text.len; count++)
        next_piece(text, &at);
    ml_str *pieces = ml_arena_array(arena, count, sizeof *pieces);
    if (!pieces)
        return ML_STR("");
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++)
        pieces[i] = next_piece(text, &at);
    return ml_arena_concat(arena, pieces, count);
}

ml_str ml_article__file_id(ml_str path, ml_arena *arena)
{
    ml_str name = ml_article__unpacked_name(ml_path_name(path.ptr));
    uint32_t len = name.len;
    while (len > 1 && name.ptr[len - 1] != '.')
        len--;
    if (len > 1)
        name.len = len - 1;
    return ml_article__valid_utf8(name, arena);
}

ml_str ml_article__line_id(ml_str path, uint32_t line_number, ml_arena *arena)
{
    char digits[12];
    int len = snprintf(digits, sizeof digits, ":%" PRIu32, line_number);
    const ml_str pieces[] = {ml_article__valid_utf8(ml_path_name(path.ptr), arena), {digits, (uint32_t)len}};
    return ml_arena_concat(arena, pieces, 2);
}
