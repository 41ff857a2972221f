/* token.h - text --> syllables, numbers and marks, in sentences.
 *
 *     ml_text --> | split, fold, look up | --> ml_tokens --> gazetteer matches
 *
 * A Vietnamese word is one syllable or several; the token is the syllable. Tokens lie in order and do not overlap; between
 * them is white space only. Every token belongs to exactly one sentence.
 */
#ifndef ML_TOKEN_TOKEN_H
#define ML_TOKEN_TOKEN_H

#include "text/text.h"
#include "token/memo.h"
#include "token/vocabulary.h"

typedef enum {
    ML_WORD,   /* begins with a letter */
    ML_NUMBER, /* begins with a digit */
    ML_MARK,   /* one punctuation mark or symbol */
} ml_token_kind;

typedef enum {
    ML_GAP_NONE,
    ML_GAP_SPACE,
    ML_GAP_LINE, /* a line end */
} ml_gap;

typedef struct {
    uint32_t begin, end; /* bytes of the nfc text */
    uint32_t symbol;     /* of the vocabulary, 0 where no table has the syllable */
    uint32_t sentence;
    uint64_t key; /* hash of the folded form: equal for the same syllable, also where `symbol` is 0 */
    uint8_t kind; /* ml_token_kind */
    uint8_t gap;  /* ml_gap before it */
    bool capital; /* the first letter is a capital */
    bool upper;   /* two letters or more, all capitals */
} ml_token;

typedef struct {
    uint32_t begin, end; /* tokens, end exclusive */
} ml_token_span;

typedef struct {
    const ml_token *token;
    const ml_token_span *sentence;
    uint32_t count, sentence_count;
    ml_str text; /* the nfc text */
} ml_tokens;

/* Splits `text`; the product lives in `arena`. `memo`, which makes it faster, may be NULL, and must be while the vocabulary
 * still grows. ML_E_MEMORY. Thread-safe for different arenas and memos. */
ml_status ml_tokens_read(const ml_vocabulary *vocabulary, ml_token_memo *memo, ml_str text, ml_arena *arena,
                         ml_tokens *out, ml_error *error);

/* Gives symbols to those syllables of `tokens` that have none. Only while loading. ML_E_MEMORY. */
ml_status ml_tokens_learn(ml_vocabulary *vocabulary, ml_tokens *tokens, ml_error *error);

/* The bytes of tokens [begin, end) with what lies between them, which may be any white space or control character. */
static inline ml_str ml_tokens_text(const ml_tokens *tokens, uint32_t begin, uint32_t end)
{
    return ml_str_slice(tokens->text, tokens->token[begin].begin, tokens->token[end - 1].end);
}

/* Tokens [begin, end) as a name: one space where white space of any kind was, none where there was none. A view of the text
 * where that is what it has, else a copy in `arena`. */
ml_str ml_tokens_name(const ml_tokens *tokens, uint32_t begin, uint32_t end, ml_arena *arena);

/* Is the token this one byte? `at` may be the number of tokens: then not. */
static inline bool ml_token_is(const ml_tokens *tokens, uint32_t at, char byte)
{
    if (at >= tokens->count)
        return false;
    const ml_token *token = &tokens->token[at];
    return token->end - token->begin == 1 && tokens->text.ptr[token->begin] == byte;
}

/* Is the token these bytes? `at` may be the number of tokens: then not. */
static inline bool ml_token_is_text(const ml_tokens *tokens, uint32_t at, ml_str text)
{
    return at < tokens->count && ml_str_equal(ml_tokens_text(tokens, at, at + 1), text);
}

#endif
