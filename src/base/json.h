/* json.h - a strict gate in front of a JSON parser that is not strict itself. */
#ifndef ML_BASE_JSON_H
#define ML_BASE_JSON_H

#include "base/str.h"

/* Deeper nesting is refused. */
#define ML_JSON_DEPTH 256

/* Is the text one JSON value by RFC 8259, in UTF-8, with no NUL character even as an escape and no lone surrogate?
 * If not, *fault is the byte where it goes wrong and *reason a static text for people. */
bool ml_json_check(ml_str text, uint32_t *fault, const char **reason);

#endif
