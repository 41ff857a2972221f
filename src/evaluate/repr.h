/* repr.h - strings and numbers as the guide's scorer shows them, so that the two outputs can be compared. */
#ifndef ML_EVALUATE_REPR_H
#define ML_EVALUATE_REPR_H

#include "base/buffer.h"

/* The string in quotes as Python shows it; valid UTF-8. */
void ml_evaluate__write_repr(ml_str text, ml_buffer *out);

/* With three decimals. Whatever the locale is, here and below, the decimal sign is a full stop. */
void ml_evaluate__write_rounded(double number, ml_buffer *out);

/* The shortest decimal fraction that reads back as the same number. */
void ml_evaluate__write_exact(double number, ml_buffer *out);

#endif
