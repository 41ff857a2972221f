/* json.h - a strict gate in front of all readers of JSON, and a reader of flat objects that copies only what is escaped. */
#ifndef ML_BASE_JSON_H
#define ML_BASE_JSON_H

#include "base/arena.h"

/* Deeper nesting is refused. */
#define ML_JSON_DEPTH 256

/* Is the text one JSON value by RFC 8259, in UTF-8, with no NUL character even as an escape and no lone surrogate?
 * If not, *fault is the byte where it goes wrong and *reason a static text for people. */
bool ml_json_check(ml_str text, uint32_t *fault, const char **reason);

/* A member of an object: the bytes of its key, with quotes, and of its value. */
typedef struct {
    ml_str key, value;
} ml_json_member;

/* The next member of the object `text`, which ml_json_check() has found good; *at is 0 at first. False at the end, and where the
 * text is no object. */
bool ml_json_next(ml_str text, uint32_t *at, ml_json_member *out);

/* What the string `value`, quotes included, says: a view where nothing is escaped, else a copy in `arena`, which has failed if
 * memory is short. */
ml_str ml_json_string(ml_str value, ml_arena *arena);

#endif
