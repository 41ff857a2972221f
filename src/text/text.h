/* text.h - bytes as given --> normalised text that knows where each byte came from.
 *
 *     article bytes --> | validate, compose | --> ml_text --> tokens
 *
 * The composed text is NFC. Where the source is NFC already, as nearly all news is, it is the source itself, not a copy.
 */
#ifndef ML_TEXT_TEXT_H
#define ML_TEXT_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/scan.h"

/* A cluster that composing changed: source bytes [source_begin, +source_len) became nfc bytes [nfc_begin, +nfc_len). */
typedef struct {
    uint32_t nfc_begin, nfc_len, source_begin, source_len;
} ml_text_run;

typedef struct {
    ml_str source, nfc;
    const ml_text_run *runs; /* in order; none when nfc is source */
    uint32_t run_count;
    const uint32_t *points; /* code points of `source` before each stretch of ML_TEXT_STRETCH bytes */
} ml_text;

enum { ML_TEXT_STRETCH = ML_SCAN_BYTES, ML_TEXT_LIMIT_BYTES = 8 * 1024 * 1024 };

/* `source` is borrowed by the product. ML_E_ENCODING names the byte that is no UTF-8 (Unicode 15, table 3-7);
 * ML_E_LIMIT above ML_TEXT_LIMIT_BYTES; ML_E_MEMORY. Thread-safe. */
ml_status ml_text_read(ml_str source, ml_str where, ml_arena *arena, ml_text *out, ml_error *error);

/* The code point of the source at which the nfc byte `at` begins (`end` false) or before which it ends (`end` true). */
uint32_t ml_text_point(const ml_text *text, uint32_t at, bool end);

/* Decodes the code point at `at` of valid UTF-8 and moves on; `at` must be below the length. */
static inline uint32_t ml_text_next(ml_str text, uint32_t *at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + *at;
    if (byte[0] < 0x80) {
        *at += 1;
        return byte[0];
    }
    if (byte[0] < 0xe0) {
        *at += 2;
        return (byte[0] & 0x1fu) << 6 | (byte[1] & 0x3fu);
    }
    if (byte[0] < 0xf0) {
        *at += 3;
        return (byte[0] & 0x0fu) << 12 | (byte[1] & 0x3fu) << 6 | (byte[2] & 0x3fu);
    }
    *at += 4;
    return (byte[0] & 0x07u) << 18 | (byte[1] & 0x3fu) << 12 | (byte[2] & 0x3fu) << 6 | (byte[3] & 0x3fu);
}

/* Is the text UTF-8 in NFC? For data files. */
bool ml_text_is_nfc(ml_str text);

/* Writes `text` as one looks names up, in place of what the buffers hold: words in lower case with one space between them,
 * nothing but letters and digits. `folded` keeps the letters and has each word's tone behind it as a digit, so that it does
 * not matter where the tone mark stood; `bare` has no marks at all, and d for đ. Needs no table. Check `failed`. */
void ml_text_fold(ml_str text, ml_buffer *folded, ml_buffer *bare);

/* What a code point outside the fold table is: a letter or digit of any script, or neither. */
bool ml_text_is_letter(uint32_t point);

#endif
