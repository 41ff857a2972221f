/* mistakes.h - every miss and every wrong answer of an article, for who wants to mend them. */
#ifndef ML_EVALUATE_MISTAKES_H
#define ML_EVALUATE_MISTAKES_H

#include "evaluate/compare.h"

/* Appends a line for each. ML_E_MEMORY. */
ml_status ml_mistakes_write(const ml_comparison *compare, ml_buffer *out, ml_error *error);

#endif
