/* fold.h - what the annotation guide takes as the same: spelling variants of names and designators of localities. */
#ifndef ML_EVALUATE_FOLD_H
#define ML_EVALUATE_FOLD_H

#include "base/arena.h"

/* The code points of valid UTF-8. */
uint32_t *ml_fold_points(ml_str text, ml_arena *arena, uint32_t *count);

/* Code points [start, end) as UTF-8; both are clamped to `count`. */
ml_str ml_fold_encode(const uint32_t *points, uint32_t start, uint32_t end, uint32_t count, ml_arena *arena);

/* Case, spacing, punctuation, abbreviations and the place of the tone mark taken out. */
ml_str ml_fold(ml_str text, ml_arena *arena);

/* How many of the code points at the start are a designator (`tỉnh `, `TP. `) with the space behind it; 0 for none. */
uint32_t ml_fold_designator(const uint32_t *points, uint32_t count);

/* A code point as Python's str methods and regular expressions class it: in these terms the metric is defined. */
bool ml_fold_is_space(uint32_t point);
bool ml_fold_is_alphanumeric(uint32_t point);
bool ml_fold_is_printable(uint32_t point);

#endif
