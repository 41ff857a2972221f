#include "article/source.h"

#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { PACKED_BYTES = 64 * 1024, GZIP_WINDOW = 15 + 16 };

/* What an xz file may ask for; `xz -9` needs 65 MiB. */
static const uint64_t xz_memory_bytes = 256u * 1024 * 1024;

typedef enum { PLAIN, GZIP, ZSTD, XZ } packing;

struct ml_article_source {
    ml_str path;
    int file;
    packing packing;
    z_stream gzip;
    lzma_stream xz;
    ZSTD_DStream *zstd;
    bool inside;   /* in the middle of a packed stream */
    bool file_end; /* every byte of the file was read into `packed` */
    size_t packed_at, packed_len;
    unsigned char packed[PACKED_BYTES];
};

static packing packing_of(ml_str name)
{
    if (ml_str_ends(name, ML_STR(".gz")))
        return GZIP;
    if (ml_str_ends(name, ML_STR(".zst")))
        return ZSTD;
    return ml_str_ends(name, ML_STR(".xz")) ? XZ : PLAIN;
}

ml_str ml_article__unpacked_name(ml_str name)
{
    static const uint32_t suffix_len[] = {[PLAIN] = 0, [GZIP] = 3, [ZSTD] = 4, [XZ] = 3};
    return ml_str_slice(name, 0, name.len - suffix_len[packing_of(name)]);
}

static bool start_decoder(ml_article_source *source)
{
    switch (source->packing) {
    case GZIP:
        return inflateInit2(&source->gzip, GZIP_WINDOW) == Z_OK;
    case ZSTD:
        source->zstd = ZSTD_createDStream();
        return source->zstd != NULL;
    case XZ:
        source->xz = (lzma_stream)LZMA_STREAM_INIT;
        return lzma_stream_decoder(&source->xz, xz_memory_bytes, LZMA_CONCATENATED) == LZMA_OK;
    case PLAIN:
        break;
    }
    return true;
}

ml_status ml_article__source_open(const char *path, ml_article_source **out, ml_error *error)
{
    bool standard_input = strcmp(path, "-") == 0;
    int file = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return ml_fail(error, ML_E_IO, ml_str_from(path), "cannot open: %s", strerror(errno));
    ml_article_source *source = calloc(1, sizeof *source);
    if (!source) {
        if (!standard_input)
            close(file);
        return ml_fail_memory(error);
    }
    source->path = standard_input ? ML_STR("stdin") : ml_str_from(path);
    source->file = file;
    source->packing = packing_of(source->path);
    if (!start_decoder(source)) {
        ml_article__source_close(source);
        return ml_fail_memory(error);
    }
    *out = source;
    return ML_OK;
}

void ml_article__source_close(ml_article_source *source)
{
    if (!source)
        return;
    if (source->packing == GZIP)
        inflateEnd(&source->gzip);
    if (source->packing == ZSTD)
        ZSTD_freeDStream(source->zstd);
    if (source->packing == XZ)
        lzma_end(&source->xz);
    if (source->file != STDIN_FILENO)
        close(source->file);
    free(source);
}

static ml_status read_file(ml_article_source *source, void *bytes, size_t cap, size_t *got, ml_error *error)
{
    ssize_t count;
    do
        count = read(source->file, bytes, cap);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return ml_fail(error, ML_E_IO, source->path, "cannot read: %s", strerror(errno));
    *got = (size_t)count;
    return ML_OK;
}

static ml_status broken(const ml_article_source *source, const char *reason, ml_error *error)
{
    return ml_fail(error, ML_E_IO, source->path,
                   "cannot be unpacked: %s: is the file whole, and packed as its name says?", reason);
}

/* Each of these unpacks what `packed` holds until it is used up or `bytes` is full. What was unpacked before a fault is handed
 * on first: the decoder repeats the fault when it is called again. */
static ml_status unpack_gzip(ml_article_source *source, char *bytes, size_t cap, size_t *made, ml_error *error)
{
    z_stream *gzip = &source->gzip;
    gzip->next_in = source->packed + source->packed_at;
    gzip->avail_in = (uInt)(source->packed_len - source->packed_at);
    gzip->next_out = (unsigned char *)bytes;
    gzip->avail_out = (uInt)cap;
    int result = inflate(gzip, Z_NO_FLUSH);
    source->packed_at = source->packed_len - gzip->avail_in;
    *made = cap - gzip->avail_out;
    if (result == Z_STREAM_END) {
        source->inside = false;
        result = inflateReset(gzip);
    }
    if (result == Z_MEM_ERROR)
        return ml_fail_memory(error);
    if (result != Z_OK && result != Z_BUF_ERROR && *made == 0)
        return broken(source, gzip->msg ? gzip->msg : "damaged data", error);
    return ML_OK;
}

static ml_status unpack_zstd(ml_article_source *source, char *bytes, size_t cap, size_t *made, ml_error *error)
{
    ZSTD_inBuffer in = {source->packed, source->packed_len, source->packed_at};
    ZSTD_outBuffer out = {bytes, cap, 0};
    size_t result = ZSTD_decompressStream(source->zstd, &out, &in);
    source->packed_at = in.pos;
    *made = out.pos;
    if (ZSTD_isError(result))
        return broken(source, ZSTD_getErrorName(result), error);
    source->inside = result != 0;
    return ML_OK;
}

static ml_status unpack_xz(ml_article_source *source, char *bytes, size_t cap, size_t *made, ml_error *error)
{
    lzma_stream *xz = &source->xz;
    xz->next_in = source->packed + source->packed_at;
    xz->avail_in = source->packed_len - source->packed_at;
    xz->next_out = (unsigned char *)bytes;
    xz->avail_out = cap;
    lzma_ret result = lzma_code(xz, source->file_end ? LZMA_FINISH : LZMA_RUN);
    source->packed_at = source->packed_len - xz->avail_in;
    *made = cap - xz->avail_out;
    if (result == LZMA_STREAM_END)
        source->inside = false;
    else if (result == LZMA_MEM_ERROR)
        return ml_fail_memory(error);
    else if (result == LZMA_MEMLIMIT_ERROR)
        return broken(source, "it needs more than 256 MiB", error);
    else if (result != LZMA_OK && result != LZMA_BUF_ERROR && *made == 0)
        return broken(source, "damaged data", error);
    return ML_OK;
}

static ml_status unpack(ml_article_source *source, char *bytes, size_t cap, size_t *made, ml_error *error)
{
    if (source->packing == GZIP)
        return unpack_gzip(source, bytes, cap, made, error);
    if (source->packing == ZSTD)
        return unpack_zstd(source, bytes, cap, made, error);
    return unpack_xz(source, bytes, cap, made, error);
}

ml_status ml_article__source_read(ml_article_source *source, char *bytes, size_t cap, size_t *got, ml_error *error)
{
    if (source->packing == PLAIN)
        return read_file(source, bytes, cap, got, error);
    for (;;) {
        if (source->packed_at == source->packed_len && !source->file_end) {
            source->packed_at = 0;
            ML_TRY(read_file(source, source->packed, sizeof source->packed, &source->packed_len, error));
            source->file_end = source->packed_len == 0;
        }
        bool starved = source->packed_at == source->packed_len;
        if (starved && !source->inside) {
            *got = 0;
            return ML_OK;
        }
        source->inside = true;
        size_t made = 0;
        ML_TRY(unpack(source, bytes, cap, &made, error));
        if (made) {
            *got = made;
            return ML_OK;
        }
        if (starved && source->inside)
            return broken(source, "it ends too early", error);
    }
}

double ml_article__source_share(const ml_article_source *source)
{
    struct stat about;
    off_t at = lseek(source->file, 0, SEEK_CUR);
    if (at < 0 || fstat(source->file, &about) != 0 || about.st_size <= 0 || at > about.st_size)
        return 0;
    return (double)at / (double)about.st_size;
}
