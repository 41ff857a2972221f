/* excerpt.h - sentences of a marked article, to show words where they stand.
 *
 *     text --find--> sentences --write, with marks--> `… tổ chức [hội nghị] tại …`
 */
#ifndef ML_EVALUATE_EXCERPT_H
#define ML_EVALUATE_EXCERPT_H

#include "base/arena.h"
#include "base/buffer.h"

typedef struct {
    uint32_t start, end; /* code points, end exclusive */
} ml_stretch;

typedef struct {
    const ml_stretch *list; /* in order, without white space at their ends; none is empty */
    uint32_t count;
} ml_sentences;

/* Parts the text at line ends and behind `.`, `!`, `?` and `…`, unless a small letter follows or the full stop belongs to an
 * abbreviation in capitals (`TP.`). For people to look at: what extraction takes for a sentence stands in its records.
 * Check arena->failed. */
ml_sentences ml_sentences_find(const uint32_t *points, uint32_t count, ml_arena *arena);

/* The place of the sentence that holds the code point, or of the last one before it; 0 where there is none. */
uint32_t ml_sentences_at(const ml_sentences *sentences, uint32_t point);

/* Appends the code points of the stretch, with `[` and `]` around the marks, which are sorted by their starts; those that begin
 * in another mark or outside the stretch are passed over. White space and what cannot be printed becomes a space. Of a long
 * stretch the words around the marks stay, `…` stands for the others. */
void ml_excerpt_write(const uint32_t *points, ml_stretch stretch, const ml_stretch *marks, uint32_t mark_count,
                      ml_buffer *out);

#endif
