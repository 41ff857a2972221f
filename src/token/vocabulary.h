/* vocabulary.h - what a syllable is, whatever its case and wherever its tone mark stands.
 *
 * The folded form of a syllable is its letters without case and tone, then the number of the tone as a byte: `Hoà`, `hòa`
 * and `HÒA` are all `hoa\x01`. Syllables of tables and rules get symbols, numbers from 1, when those are loaded; from then on the vocabulary
 * does not change and may be shared by threads. The letters come from models/fold.tsv.
 */
#ifndef ML_TOKEN_VOCABULARY_H
#define ML_TOKEN_VOCABULARY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/table.h"

enum {
    ML_FOLD_POINTS = 0x2100, /* the table covers the code points below */
    ML_FOLD_BYTES = 128,     /* longer syllables are cut in folding; no name has them */
};

/* What models/fold.tsv says of a code point; `plain` 0 where it says nothing. */
typedef struct {
    uint16_t plain, bare;
    uint8_t tone;
    bool upper, letter, mark;
} ml_letter;

/* What a code point is to the splitter, as bits; one that is none of these is a mark. */
typedef enum {
    ML_POINT_OTHER = 0,
    ML_POINT_LETTER = 1,
    ML_POINT_DIGIT = 2, /* 0 to 9 */
    ML_POINT_UPPER = 4, /* a letter, and a capital */
    ML_POINT_SPACE = 8,
} ml_point_class;

typedef struct ml_vocabulary ml_vocabulary;

/* Reads models/fold.tsv. The caller owns *out. Faults of the table are added to `faults`. */
ml_status ml_vocabulary_new(const char *models, ml_vocabulary **out, ml_faults *faults, ml_error *error);
void ml_vocabulary_free(ml_vocabulary *vocabulary);

/* Of a code point below ML_FOLD_POINTS. */
ml_point_class ml_vocabulary_class(const ml_vocabulary *vocabulary, uint32_t point);

/* White space and control characters that stand for it. */
bool ml_point_is_space(uint32_t point);

/* Writes the folded form of a syllable; returns its length, ML_FOLD_BYTES at most. */
uint32_t ml_vocabulary_fold(const ml_vocabulary *vocabulary, ml_str syllable, char out[ML_FOLD_BYTES]);

/* Appends `text` without case, tones and marks, as a slug: letters and digits, anything else one hyphen. */
void ml_vocabulary_slug(const ml_vocabulary *vocabulary, ml_str text, ml_buffer *out);

/* The symbol of a folded syllable, 0 where no table has it. */
uint32_t ml_vocabulary_find(const ml_vocabulary *vocabulary, ml_str folded);

/* Its symbol, a new one if need be; 0 when memory is short. Only while loading. */
uint32_t ml_vocabulary_add(ml_vocabulary *vocabulary, ml_str folded);

/* Symbols given so far, plus one. */
uint32_t ml_vocabulary_size(const ml_vocabulary *vocabulary);

#endif
