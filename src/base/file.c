#include "base/file.h"

#include <errno.h>
#include <stdio.h>

static ml_status read_stream(FILE *stream, const char *path, size_t limit_bytes, ml_buffer *out, ml_error *error)
{
    size_t start = out->len;
    for (;;) {
        if (!ml_buffer_reserve(out, 64 * 1024))
            return ml_fail_memory(error);
        size_t got = fread(out->ptr + out->len, 1, out->cap - out->len, stream);
        out->len += got;
        if (out->len - start > limit_bytes)
            return ml_fail(error, ML_E_LIMIT, ml_str_from(path), "larger than the %zu bytes allowed", limit_bytes);
        if (got)
            continue;
        if (ferror(stream))
            return ml_fail(error, ML_E_IO, ml_str_from(path), "cannot read: %s", strerror(errno));
        return ML_OK;
    }
}

ml_status ml_file_read(const char *path, size_t limit_bytes, ml_buffer *out, ml_error *error)
{
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return ml_fail(error, ML_E_IO, ml_str_from(path), "cannot open: %s", strerror(errno));
    ml_status status = read_stream(stream, path, limit_bytes, out, error);
    fclose(stream);
    return status;
}

ml_str ml_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return ml_str_from(slash ? slash + 1 : path);
}
