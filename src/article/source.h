/* source.h - a file or standard input as bytes, unpacked on the way where its name says that it is packed. */
#ifndef ML_ARTICLE_SOURCE_H
#define ML_ARTICLE_SOURCE_H

#include "base/error.h"

typedef struct ml_article_source ml_article_source;

/* The name without .gz, .zst or .xz. */
ml_str ml_article__unpacked_name(ml_str name);

/* `path` ends in NUL and must outlive the source; `-` is standard input. The caller owns *out. ML_E_IO, ML_E_MEMORY. */
ml_status ml_article__source_open(const char *path, ml_article_source **out, ml_error *error);
void ml_article__source_close(ml_article_source *source);

/* At most `cap` bytes; *got is 0 only at the end. ML_E_IO: cannot be read, or is no such packed file; ML_E_MEMORY. */
ml_status ml_article__source_read(ml_article_source *source, char *bytes, size_t cap, size_t *got, ml_error *error);

/* How much of the file was read, 0 to 1; 0 of what has no size, as a pipe. */
double ml_article__source_share(const ml_article_source *source);

#endif
