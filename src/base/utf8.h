/* utf8.h - one code point at a time, for the places that look at few of them. */
#ifndef ML_BASE_UTF8_H
#define ML_BASE_UTF8_H

#include "base/str.h"

/* Reads the code point at byte `at`, which must be inside the text; returns its bytes, 1 to 4, or 0 where the text is not
 * UTF-8 (also for surrogates, overlong forms and code points above U+10FFFF). */
uint32_t ml_utf8_read(ml_str text, uint32_t at, uint32_t *code_point);

/* Writes a code point, which must be one, in 1 to 4 bytes; returns how many. */
uint32_t ml_utf8_write(uint32_t code_point, char *out);

/* The number of code points; a byte that is not UTF-8 counts as one. */
uint32_t ml_utf8_count(ml_str text);

#endif
