/* name.h - ids for articles that have none, from the names of their files. */
#ifndef ML_ARTICLE_NAME_H
#define ML_ARTICLE_NAME_H

#include "base/arena.h"

/* With U+FFFD for each byte that is not UTF-8: file names may hold anything, records must not. */
ml_str ml_article__valid_utf8(ml_str text, ml_arena *arena);

/* The name without folder and extension; that of a packed file counts as part of the extension. */
ml_str ml_article__file_id(ml_str path, ml_arena *arena);

/* `<file name>:<line>`. */
ml_str ml_article__line_id(ml_str path, uint32_t line_number, ml_arena *arena);

#endif
