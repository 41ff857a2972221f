/* mistakes.h - every miss and every wrong answer of an article, for who wants to mend them.
 *
 *     comparison --write--> a line each, and its sentence; scores --write--> how many of each kind
 */
#ifndef ML_EVALUATE_MISTAKES_H
#define ML_EVALUATE_MISTAKES_H

#include "evaluate/compare.h"

/* Appends a line for each, and under it, indented, the sentence with the words in question in brackets: of a mention or
 * name its own, of a wrong relation the one that its record gives as evidence, of another relation the one that names both its
 * ends, or the two nearest that do. ML_E_MEMORY. */
ml_status ml_mistakes_write(const ml_comparison *compare, ml_buffer *out, ml_error *error);

/* Appends how many there are of each kind, the most common first. */
void ml_mistakes_write_kinds(const ml_scores *scores, ml_buffer *out);

#endif
