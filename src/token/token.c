#include "token/token.h"

#include "token/run.h"

#include <string.h>

typedef struct {
    const ml_vocabulary *vocabulary;
    ml_token_memo *memo;
    ml_str text;
    ml_arena *arena;
    ml_token *token;
    uint32_t count, cap;
} splitter;

/* What a code point is, whether the table of letters knows it or not. */
static ml_point_class classify(const ml_vocabulary *vocabulary, uint32_t point)
{
    if (point < ML_FOLD_POINTS)
        return ml_vocabulary_class(vocabulary, point);
    if (ml_point_is_space(point))
        return ML_POINT_SPACE;
    return ml_text_is_letter(point) ? ML_POINT_LETTER : ML_POINT_OTHER;
}

/* Skips white space from `at`; tells what lies between. */
static ml_gap skip_gap(ml_str text, uint32_t *at)
{
    ml_gap gap = ML_GAP_NONE;
    while (*at < text.len) {
        uint32_t behind = *at;
        uint32_t point = ml_text_next(text, &behind);
        if (!ml_point_is_space(point))
            break;
        bool line = point == '\n' || point == '\r' || point == 0x85 || point == 0x2028 || point == 0x2029;
        gap = line ? ML_GAP_LINE : gap == ML_GAP_LINE ? gap : ML_GAP_SPACE;
        *at = behind;
    }
    return gap;
}

/* The end of the syllable or number at `begin`, and its capitals. */
static uint32_t word_end(const splitter *reader, uint32_t begin, ml_token *token)
{
    uint32_t at = begin, letters = 0, capitals = 0;
    while (at < reader->text.len) {
        uint32_t behind = at;
        ml_point_class kind = classify(reader->vocabulary, ml_text_next(reader->text, &behind));
        if (!(kind & (ML_POINT_LETTER | ML_POINT_DIGIT)))
            break;
        bool upper = kind & ML_POINT_UPPER;
        token->capital |= at == begin && upper;
        letters += (kind & ML_POINT_LETTER) != 0;
        capitals += upper;
        at = behind;
    }
    token->upper = letters >= 2 && capitals == letters;
    return at;
}

static bool push(splitter *reader, ml_token token)
{
    if (reader->count == reader->cap) {
        uint32_t cap = reader->cap * 2;
        ml_token *grown = ml_arena_room(reader->arena, cap, sizeof *grown);
        if (!grown)
            return false;
        memcpy(grown, reader->token, reader->count * sizeof *grown);
        reader->token = grown;
        reader->cap = cap;
    }
    reader->token[reader->count++] = token;
    return true;
}

static void fold_and_find(const ml_vocabulary *vocabulary, ml_str syllable, uint64_t *key, uint32_t *symbol)
{
    char folded[ML_FOLD_BYTES];
    ml_str form = {folded, ml_vocabulary_fold(vocabulary, syllable, folded)};
    *key = ml_str_hash(form);
    *symbol = ml_vocabulary_find(vocabulary, form);
}

/* Reads the token at `token->begin` letter by letter. */
static void read_letters(const splitter *reader, ml_token *token)
{
    uint32_t behind = token->begin;
    ml_point_class kind = classify(reader->vocabulary, ml_text_next(reader->text, &behind));
    token->kind = kind & ML_POINT_LETTER ? ML_WORD : kind & ML_POINT_DIGIT ? ML_NUMBER : ML_MARK;
    token->end = token->kind == ML_MARK ? behind : word_end(reader, token->begin, token);
    fold_and_find(reader->vocabulary, ml_str_slice(reader->text, token->begin, token->end), &token->key,
                  &token->symbol);
}

/* The bytes of the token at `begin` if they alone tell what it is: a whole run that no letter follows. Else 0. */
static uint32_t likely_len(const splitter *reader, uint32_t begin)
{
    if (!reader->memo || reader->text.len - begin <= ML_RUN_BYTES)
        return 0;
    uint32_t len = ml_run_len((const unsigned char *)reader->text.ptr + begin), next = begin + len;
    if (len == 0 || len == ML_RUN_BYTES)
        return 0;
    bool high = (unsigned char)reader->text.ptr[next] >= 0x80;
    ml_point_class kind = high ? classify(reader->vocabulary, ml_text_next(reader->text, &next)) : ML_POINT_OTHER;
    return kind & (ML_POINT_LETTER | ML_POINT_DIGIT) ? 0 : len;
}

/* Reads the token at `token->begin`, by its bytes if they were met before. A run that is not one token is never kept. */
static void read_token(const splitter *reader, ml_token *token)
{
    uint32_t len = likely_len(reader, token->begin);
    if (!len) {
        read_letters(reader, token);
        return;
    }
    ml_memo_place here;
    ml_str run = ml_str_slice(reader->text, token->begin, token->begin + len);
    ml_memo_place *place = &reader->memo->place[ml_memo_find(run, &here)];
    if (place->head != here.head || place->tail != here.tail || place->len != here.len) {
        read_letters(reader, token);
        here.key = token->key;
        here.symbol = token->symbol;
        here.kind = token->kind;
        here.capital = token->capital;
        here.upper = token->upper;
        if (token->end - token->begin == len)
            *place = here;
        return;
    }
    token->end = token->begin + len;
    token->key = place->key;
    token->symbol = place->symbol;
    token->kind = place->kind;
    token->capital = place->capital;
    token->upper = place->upper;
}

static bool split(splitter *reader)
{
    uint32_t at = 0;
    for (;;) {
        ml_gap gap = skip_gap(reader->text, &at);
        if (at >= reader->text.len)
            return true;
        ml_token token = {.begin = at, .gap = (uint8_t)gap};
        read_token(reader, &token);
        if (!push(reader, token))
            return false;
        at = token.end;
    }
}

static bool token_is_any(const splitter *reader, uint32_t at, const char *bytes)
{
    const ml_token *token = &reader->token[at];
    if (token->kind != ML_MARK)
        return false;
    char first = reader->text.ptr[token->begin];
    return first && strchr(bytes, first) != NULL;
}

static bool is_ellipsis(const splitter *reader, uint32_t at)
{
    const ml_token *token = &reader->token[at];
    return ml_str_equal(ml_str_slice(reader->text, token->begin, token->end), ML_STR("\xe2\x80\xa6"));
}

static bool is_closing(const splitter *reader, uint32_t at)
{
    const ml_token *token = &reader->token[at];
    ml_str mark = ml_str_slice(reader->text, token->begin, token->end);
    return token->kind == ML_MARK && token->gap == ML_GAP_NONE &&
           (token_is_any(reader, at, ")]\"'") || ml_str_equal(mark, ML_STR("\xe2\x80\x9d")) ||
            ml_str_equal(mark, ML_STR("\xe2\x80\x99")) || ml_str_equal(mark, ML_STR("\xc2\xbb")));
}

static bool is_vowel(uint32_t point)
{
    return point >= 0x80 ? point != 0x110 : strchr("AEIOUYaeiouy", (int)point) != NULL;
}

/* A letter, two capitals, two consonants or a short word that ends in a capital before the point, as in `V. Putin`, `TP. Vinh`,
 * `Tp. Vinh`, `ThS. An`, end nothing; three capitals, as in `HCM.`, do (measured: 97 of 100), and so does a vowel with a mark: `châu Á.`, `nước Ý.` */
static bool is_abbreviation(const splitter *reader, uint32_t at)
{
    const ml_token *token = &reader->token[at];
    if (token->kind != ML_WORD || !token->capital || token->end - token->begin > 4)
        return false;
    uint32_t letters = 0, vowels = 0, point = 0;
    for (uint32_t i = token->begin; i < token->end; letters++) {
        point = ml_text_next(reader->text, &i);
        vowels += is_vowel(point);
    }
    if (letters == 1)
        return point < 0x80 || !vowels;
    bool last_upper = classify(reader->vocabulary, point) & ML_POINT_UPPER;
    bool short_form = letters == 2 ? last_upper || !vowels : letters == 3 && !token->upper && last_upper;
    return short_form && at > 0 && reader->token[at - 1].end != token->begin;
}

/* Does a sentence end behind token `at`? */
static bool ends_sentence(const splitter *reader, uint32_t at)
{
    if (at + 1 == reader->count || reader->token[at + 1].gap == ML_GAP_LINE)
        return true;
    const ml_token *next = &reader->token[at + 1];
    if (next->gap == ML_GAP_NONE || reader->token[at].kind != ML_MARK)
        return false;
    enum { CLOSING = 4 };
    uint32_t stop = at;
    while (stop > 0 && at - stop < CLOSING && is_closing(reader, stop))
        stop--;
    if (!token_is_any(reader, stop, ".!?") && !is_ellipsis(reader, stop))
        return false;
    bool opens = next->capital || next->kind == ML_NUMBER || next->kind == ML_MARK;
    bool full_stop = token_is_any(reader, stop, ".");
    return opens && !(full_stop && stop > 0 && is_abbreviation(reader, stop - 1));
}

static ml_token_span *mark_sentences(splitter *reader, uint32_t *count)
{
    ml_token_span *spans = ml_arena_room(reader->arena, (size_t)reader->count + 1, sizeof *spans);
    *count = 0;
    uint32_t begin = 0;
    for (uint32_t at = 0; spans && at < reader->count; at++) {
        reader->token[at].sentence = *count;
        if (ends_sentence(reader, at)) {
            spans[(*count)++] = (ml_token_span){begin, at + 1};
            begin = at + 1;
        }
    }
    return spans;
}

ml_status ml_tokens_read(const ml_vocabulary *vocabulary, ml_token_memo *memo, ml_str text, ml_arena *arena,
                         ml_tokens *out, ml_error *error)
{
    splitter reader = {.vocabulary = vocabulary, .memo = memo, .text = text, .arena = arena, .cap = text.len / 3 + 16};
    reader.token = ml_arena_room(arena, reader.cap, sizeof *reader.token);
    if (!reader.token || !split(&reader))
        return ml_fail_memory(error);
    uint32_t sentence_count;
    ml_token_span *sentences = mark_sentences(&reader, &sentence_count);
    if (!sentences)
        return ml_fail_memory(error);
    *out = (ml_tokens){reader.token, sentences, reader.count, sentence_count, text};
    return ML_OK;
}

ml_status ml_tokens_learn(ml_vocabulary *vocabulary, ml_tokens *tokens, ml_error *error)
{
    ml_token *token = (ml_token *)tokens->token; /* still the loader's own */
    for (uint32_t i = 0; i < tokens->count; i++) {
        if (token[i].symbol)
            continue;
        char folded[ML_FOLD_BYTES];
        ml_str key = {folded, ml_vocabulary_fold(vocabulary, ml_tokens_text(tokens, i, i + 1), folded)};
        token[i].symbol = ml_vocabulary_add(vocabulary, key);
        if (!token[i].symbol)
            return ml_fail_memory(error);
    }
    return ML_OK;
}

ml_str ml_tokens_name(const ml_tokens *tokens, uint32_t begin, uint32_t end, ml_arena *arena)
{
    bool plain = true;
    size_t pieces = 0;
    for (uint32_t i = begin; i < end; i++) {
        const ml_token *token = &tokens->token[i];
        bool gap = i > begin && token->gap != ML_GAP_NONE;
        pieces += gap ? 2 : 1;
        plain &= !gap || (token->begin - token[-1].end == 1 && tokens->text.ptr[token->begin - 1] == ' ');
    }
    if (plain)
        return ml_tokens_text(tokens, begin, end);
    ml_str *piece = ml_arena_array(arena, pieces, sizeof *piece);
    size_t count = 0;
    for (uint32_t i = begin; piece && i < end; i++) {
        if (i > begin && tokens->token[i].gap != ML_GAP_NONE)
            piece[count++] = ML_STR(" ");
        piece[count++] = ml_tokens_text(tokens, i, i + 1);
    }
    return ml_arena_concat(arena, piece, count);
}
