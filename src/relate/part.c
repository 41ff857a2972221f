#include "relate/reader.h"

/* A caption's thanks, `Ảnh: A/B` or `(Ảnh: A/B)`, stand in the middle of sentences: what is before them and behind them
 * belongs to different statements, and whoever they name acts in none. */

/* Behind the names that stand from `at` on, joined by slashes, hyphens and commas. */
static uint32_t names_end(const ml_reader *reader, uint32_t at)
{
    enum { NAMES = 6 };
    uint32_t end = at;
    for (uint32_t count = 0; count < NAMES; count++) {
        uint32_t mention = ml_reader_mention_at(reader, at);
        if (mention == ML_NONE || reader->mentions->mention[mention].type == ML_EVENT)
            break;
        end = at = reader->mentions->mention[mention].end;
        bool goes_on = ml_token_is(reader->tokens, at, '/') || ml_token_is(reader->tokens, at, '-') ||
                       ml_token_is(reader->tokens, at, '+') || ml_token_is(reader->tokens, at, ',') ||
                       ml_token_is_text(reader->tokens, at, ML_STR("\xe2\x80\x93"));
        if (!goes_on)
            break;
        at++;
    }
    return end;
}

/* The end of the caption that begins at `at`, or `at`. */
static uint32_t caption_end(const ml_reader *reader, uint32_t at)
{
    enum { LONGEST = 24 };
    uint64_t words = reader->matches->word_begin[at] | reader->matches->word_begin[at + 1];
    if (!(words >> ML_CUE_CAPTION & 1)) /* with a bracket before it or without */
        return at;
    bool bracket = ml_token_is(reader->tokens, at, '(') || ml_token_is(reader->tokens, at, '[');
    uint32_t begin = at + bracket;
    uint32_t end = ml_reader_cue(reader, begin, ML_CUE_CAPTION);
    if (end == begin || !reader->tokens->token[begin].capital)
        return at;
    if (bracket) {
        for (uint32_t i = end; i < reader->tokens->count && i - end < LONGEST; i++) {
            if (ml_token_is(reader->tokens, i, ')') || ml_token_is(reader->tokens, i, ']'))
                return i + 1;
        }
        return at;
    }
    if (ml_token_is(reader->tokens, end, ':'))
        return names_end(reader, end + 1);
    /* `Ảnh VGP`, `Ảnh minh họa`, but not the picture that a sentence speaks of. */
    uint32_t names = names_end(reader, end);
    return names > end || end - begin > 1 ? names : at;
}

void ml_read_parts(ml_reader *reader)
{
    const ml_tokens *tokens = reader->tokens;
    reader->part = ml_arena_room(reader->arena, (size_t)tokens->count + 1, sizeof *reader->part);
    reader->first_chunk = ml_arena_room(reader->arena, (size_t)tokens->count + 2, sizeof *reader->first_chunk);
    if (reader->arena->failed)
        return;
    for (uint32_t at = 0; at < tokens->count;) {
        uint32_t end = caption_end(reader, at);
        for (; at < end; at++)
            reader->part_of[at] = ML_NONE;
        if (at == tokens->count)
            break;
        ml_token_span *part = &reader->part[reader->part_count];
        uint32_t stop = tokens->sentence[tokens->token[at].sentence].end;
        for (part->begin = at; at < stop && caption_end(reader, at) == at; at++)
            reader->part_of[at] = reader->part_count;
        part->end = at;
        reader->part_count += part->end > part->begin;
    }
}
