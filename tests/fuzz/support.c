#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 256, MOST_FILES = 64 };

/* A process runs one target: what lives as long as it may be static. */
static char root[PATH_BYTES];
static char made[MOST_FILES][PATH_BYTES]; /* below root, in the order of making */
static int made_count;

void fuzz_expect(bool right)
{
    if (!right)
        abort();
}

static ml_status discard(void *payload, const char *bytes, size_t len)
{
    (void)payload;
    (void)bytes;
    (void)len;
    return ML_OK;
}

ml_sink fuzz_discard(void)
{
    return (ml_sink){discard, NULL};
}

static ml_status append(void *payload, const char *bytes, size_t len)
{
    ml_buffer *buffer = payload;
    ml_buffer_bytes(buffer, bytes, len);
    return buffer->failed ? ML_E_MEMORY : ML_OK;
}

ml_sink fuzz_append(ml_buffer *buffer)
{
    return (ml_sink){append, buffer};
}

ml_context *fuzz_context(void)
{
    static ml_context *context;
    ml_error error = {0};
    if (!context && ml_context_new("gazetteers", "models", &context, &error) != ML_OK) {
        fprintf(stderr, "%s:%u: %s\n", error.where, error.line, error.message);
        abort();
    }
    return context;
}

static void remove_all(void)
{
    while (made_count > 0)
        remove(made[--made_count]);
    rmdir(root);
}

/* The path below the folder of this process; *known tells that it was made before. */
static const char *place(const char *name, bool *known)
{
    if (!root[0]) {
        const char *above = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        snprintf(root, sizeof root, "%s/fuzz-XXXXXX", above);
        fuzz_expect(mkdtemp(root) && atexit(remove_all) == 0);
    }
    char path[2 * PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", root, name);
    for (int i = 0; i < made_count; i++) {
        *known = strcmp(made[i], path) == 0;
        if (*known)
            return made[i];
    }
    *known = false;
    fuzz_expect(made_count < MOST_FILES && strlen(path) < PATH_BYTES);
    return strcpy(made[made_count++], path);
}

const char *fuzz_folder(const char *name)
{
    bool known;
    const char *path = place(name, &known);
    fuzz_expect(known || mkdir(path, 0700) == 0);
    return path;
}

const char *fuzz_file(const char *name, const uint8_t *data, size_t size)
{
    bool known;
    const char *path = place(name, &known);
    FILE *file = fopen(path, "wb");
    fuzz_expect(file && fwrite(data, 1, size, file) == size);
    fuzz_expect(fclose(file) == 0);
    return path;
}
