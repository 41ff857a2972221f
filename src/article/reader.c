#include "article/article.h"
#include "article/inputs.h"
#include "article/name.h"
#include "article/source.h"

#include "base/buffer.h"
#include "base/date.h"
#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_BYTES = 256 * 1024 };

typedef enum { BY_NAME, TEXT, LINES } format_choice;

struct ml_article_reader {
    ml_article_inputs inputs;
    format_choice format;
    ml_str date; /* of articles that have none */
    /* The JSON lines that are being read; `source` is NULL between two files. */
    ml_article_source *source;
    const char *path;
    uint32_t line_number;
    bool source_end;
    ml_buffer bytes; /* [at, scanned) is known to hold no line end */
    size_t at, scanned;
};

void ml_item_fail(ml_item *item, const char *code, ml_status status, uint32_t column, const char *format, ...)
{
    char message[sizeof item->error.message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    item->kind = ML_ITEM_FAILED;
    item->code = ml_str_from(code);
    item->error = (ml_error){0};
    (void)ml_fail_at(&item->error, status, item->file, item->line_number, column, "%s", message);
}

ml_status ml_article_reader_new(const char *const *inputs, size_t input_count, const char *format, const char *date,
                                ml_article_reader **out, ml_error *error)
{
    format_choice choice = BY_NAME;
    if (format && strcmp(format, "text") == 0)
        choice = TEXT;
    else if (format && strcmp(format, "jsonl") == 0)
        choice = LINES;
    else if (format)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "unknown input format `%s`: use text or jsonl", format);
    ml_date day;
    ml_str date_text = ml_str_from(date);
    if (date && (date_text.len != 10 || !ml_date_read(date_text, &day)))
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "`%s` is no date: write it as YYYY-MM-DD", date);
    ml_article_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return ml_fail_memory(error);
    reader->inputs = (ml_article_inputs){.paths = inputs, .path_count = input_count};
    reader->format = choice;
    reader->date = date_text;
    *out = reader;
    return ML_OK;
}

static void close_source(ml_article_reader *reader)
{
    ml_article__source_close(reader->source);
    reader->source = NULL;
    ml_buffer_renew(&reader->bytes);
    reader->at = reader->scanned = 0;
}

void ml_article_reader_free(ml_article_reader *reader)
{
    if (!reader)
        return;
    close_source(reader);
    ml_buffer_dispose(&reader->bytes);
    ml_article__inputs_dispose(&reader->inputs);
    free(reader);
}

static bool is_lines(const ml_article_reader *reader, const char *path, bool listed)
{
    if (reader->format != BY_NAME && !listed)
        return reader->format == LINES;
    return ml_str_ends(ml_article__unpacked_name(ml_str_from(path)), ML_STR(".jsonl"));
}

static ml_item new_item(const ml_article_reader *reader, const char *path, ml_arena *arena)
{
    bool standard_input = strcmp(path, "-") == 0;
    return (ml_item){
        .kind = ML_ITEM_LINE,
        .article = {.date = reader->date},
        .file = standard_input ? ML_STR("stdin") : ml_arena_copy(arena, ml_str_from(path)),
    };
}

/* Makes a failure of what the reading said, unless memory is short. */
static ml_status unreadable(ml_item *item, const ml_error *why, ml_error *error)
{
    if (why->status == ML_E_MEMORY)
        return ml_fail_memory(error);
    ml_item_fail(item, "unreadable", why->status, 0, "%s", why->message);
    return ML_OK;
}

/* More bytes behind those that there are; source_end tells that there are none. */
static ml_status read_more(ml_article_reader *reader, ml_error *error)
{
    ml_buffer *bytes = &reader->bytes;
    if (!ml_buffer_reserve(bytes, CHUNK_BYTES))
        return ml_fail_memory(error);
    size_t got;
    ML_TRY(ml_article__source_read(reader->source, bytes->ptr + bytes->len, bytes->cap - bytes->len, &got, error));
    bytes->len += got;
    reader->source_end = got == 0;
    return ML_OK;
}

/* The whole of the open source as one article. */
static ml_status read_text(ml_article_reader *reader, ml_arena *arena, ml_item *item, ml_error *error)
{
    ml_buffer *bytes = &reader->bytes;
    while (!reader->source_end && bytes->len <= ML_ARTICLE_TEXT_BYTES) {
        ml_error why = {0};
        if (read_more(reader, &why) != ML_OK)
            return unreadable(item, &why, error);
    }
    if (bytes->len > ML_ARTICLE_TEXT_BYTES) {
        ml_item_fail(item, "too_large", ML_E_LIMIT, 0,
                     "more than the 8 MiB that an article may have: put several articles into JSON lines");
    } else if (bytes->len == 0) {
        ml_item_fail(item, "empty", ML_E_SYNTAX, 0, "an empty file: there is no article in it");
    } else {
        item->kind = ML_ITEM_ARTICLE;
        item->article.text = ml_arena_copy(arena, ml_buffer_view(bytes));
    }
    return ML_OK;
}

/* Finds the end of the line that begins at `at`, in which case *end is its place, or the end of all. */
static ml_status find_line_end(ml_article_reader *reader, size_t *end, bool *too_long, ml_error *error)
{
    ml_buffer *bytes = &reader->bytes;
    for (;;) {
        size_t rest = bytes->len - reader->scanned;
        const char *hit = rest ? memchr(bytes->ptr + reader->scanned, '\n', rest) : NULL;
        if (hit || reader->source_end) {
            *end = hit ? (size_t)(hit - bytes->ptr) : bytes->len;
            return ML_OK;
        }
        if (bytes->len - reader->at > ML_ARTICLE_LINE_BYTES) {
            *too_long = true;
            reader->at = bytes->len; /* only the end of the line is still of use */
        }
        bytes->len -= reader->at;
        if (bytes->len && reader->at)
            memmove(bytes->ptr, bytes->ptr + reader->at, bytes->len);
        reader->at = 0;
        reader->scanned = bytes->len;
        ML_TRY(read_more(reader, error));
    }
}

/* The next line that is not empty; *more is false, and the source closed, where there is none. */
static ml_status read_line(ml_article_reader *reader, ml_arena *arena, ml_item *item, bool *more, ml_error *error)
{
    for (;;) {
        size_t end = 0;
        bool too_long = false;
        ml_error why = {0};
        item->line_number = ++reader->line_number;
        if (find_line_end(reader, &end, &too_long, &why) != ML_OK) {
            close_source(reader);
            *more = true;
            return unreadable(item, &why, error);
        }
        bool last = end == reader->bytes.len;
        size_t len = end - reader->at;
        too_long = too_long || len > ML_ARTICLE_LINE_BYTES;
        ml_str line = {len ? reader->bytes.ptr + reader->at : "", (uint32_t)(too_long ? 0 : len)};
        if (reader->line_number == 1 && ml_str_starts(line, ML_STR("\xEF\xBB\xBF")))
            line = ml_str_slice(line, 3, line.len);
        if (ml_str_ends(line, ML_STR("\r")))
            line.len--;
        bool blank = ml_str_trim(line).len == 0;
        if (too_long)
            ml_item_fail(item, "too_large", ML_E_LIMIT, 0, "the line has more than 64 MiB: split it");
        else if (!blank)
            item->line = ml_arena_copy(arena, line);
        reader->at = reader->scanned = last ? end : end + 1;
        *more = !blank || too_long;
        if (last && !*more)
            close_source(reader);
        if (last || *more)
            return ML_OK;
    }
}

/* Opens the next file: an item of its own if it is a text or cannot be opened, else lines are to be read. */
static ml_status open_next(ml_article_reader *reader, ml_arena *arena, ml_item *item, bool *end, ml_error *error)
{
    ml_error why = {0};
    bool listed = false;
    ml_status status = ml_article__inputs_next(&reader->inputs, &reader->path, &listed, &why);
    if (status == ML_OK && !reader->path) {
        *end = true;
        return ML_OK;
    }
    *item = new_item(reader, reader->path, arena);
    if (status != ML_OK) {
        item->article.id = ml_article__valid_utf8(item->file, arena);
        return unreadable(item, &why, error);
    }
    bool lines = is_lines(reader, reader->path, listed);
    item->article.id = ml_article__file_id(item->file, arena);
    if (ml_article__source_open(reader->path, &reader->source, &why) != ML_OK)
        return unreadable(item, &why, error);
    reader->source_end = false;
    reader->line_number = 0;
    if (lines)
        return ML_OK;
    status = read_text(reader, arena, item, error);
    close_source(reader);
    return status;
}

ml_status ml_article_next(ml_article_reader *reader, ml_arena *arena, ml_item *out, bool *more, ml_error *error)
{
    for (;;) {
        ml_item item = {0};
        bool end = false, found = true;
        if (reader->source) {
            item = new_item(reader, reader->path, arena);
            ML_TRY(read_line(reader, arena, &item, &found, error));
            item.article.id = ml_article__line_id(item.file, item.line_number, arena);
        } else {
            ML_TRY(open_next(reader, arena, &item, &end, error));
            found = !reader->source;
        }
        if (arena->failed)
            return ml_fail_memory(error);
        if (end || found) {
            *more = !end;
            if (!end)
                *out = item;
            return ML_OK;
        }
    }
}

unsigned ml_article_reader_permille(const ml_article_reader *reader)
{
    /* Between two files the one before is done. */
    double share = reader->source ? ml_article__source_share(reader->source) : 1;
    return (unsigned)(1000 * ml_article__inputs_behind(&reader->inputs, share) / (double)reader->inputs.path_count);
}
