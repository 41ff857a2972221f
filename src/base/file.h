/* file.h - whole files in, whole files out. */
#ifndef ML_BASE_FILE_H
#define ML_BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>

/* Appends the file's bytes to `out`. ML_E_IO says which file and why; ML_E_LIMIT above `limit_bytes`. */
ml_status ml_file_read(const char *path, size_t limit_bytes, ml_buffer *out, ml_error *error);

/* The file's name without its folders. A view into `path`. */
ml_str ml_path_name(const char *path);

#endif
