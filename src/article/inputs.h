/* inputs.h - the caller's inputs one file after another, folders spread out. */
#ifndef ML_ARTICLE_INPUTS_H
#define ML_ARTICLE_INPUTS_H

#include "base/arena.h"
#include "base/error.h"

typedef struct {
    const char *const *paths; /* the caller's */
    size_t path_count, next_path;
    ml_arena arena;      /* of the folder that is being read */
    const ml_str *files; /* its files, sorted */
    size_t file_count, next_file;
} ml_article_inputs;

void ml_article__inputs_dispose(ml_article_inputs *inputs);

/* The next file, or `-`; it ends in NUL and lives until the next call. *path is NULL at the end. *listed tells that it was
 * found in a folder. ML_E_IO: a folder cannot be read or holds no articles; *path is that folder, and the next call goes on
 * behind it. ML_E_MEMORY. */
ml_status ml_article__inputs_next(ml_article_inputs *inputs, const char **path, bool *listed, ml_error *error);

/* How many of the caller's inputs are behind, with `share` (0 to 1) of the file that is being read. */
double ml_article__inputs_behind(const ml_article_inputs *inputs, double share);

#endif
