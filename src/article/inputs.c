#include "article/inputs.h"

#include "article/source.h"
#include "base/buffer.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

void ml_article__inputs_dispose(ml_article_inputs *inputs)
{
    ml_arena_dispose(&inputs->arena);
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool is_file(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* Is this what a folder stands for? Hidden files are not. */
static bool holds_articles(ml_str name)
{
    if (ml_str_starts(name, ML_STR(".")))
        return false;
    return ml_str_ends(name, ML_STR(".txt")) || ml_str_ends(ml_article__unpacked_name(name), ML_STR(".jsonl"));
}

static int by_bytes(const void *a, const void *b)
{
    return ml_str_compare(*(const ml_str *)a, *(const ml_str *)b);
}

/* Adds the files of an open folder to `files`, which is an array of ml_str. */
static ml_status collect(DIR *folder, const char *path, ml_arena *arena, ml_buffer *files, ml_error *error)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry && errno)
            return ml_fail(error, ML_E_IO, ml_str_from(path), "cannot read the folder: %s", strerror(errno));
        if (!entry)
            return ML_OK;
        ml_str name = ml_str_from(entry->d_name);
        if (!holds_articles(name))
            continue;
        ml_str head = ml_str_from(path);
        const ml_str pieces[] = {head, ml_str_ends(head, ML_STR("/")) ? ML_STR("") : ML_STR("/"), name};
        ml_str file = ml_arena_concat(arena, pieces, 3);
        if (arena->failed)
            return ml_fail_memory(error);
        if (is_file(file.ptr))
            ml_buffer_bytes(files, (const char *)&file, sizeof file);
    }
}

static ml_status list_folder(ml_article_inputs *inputs, const char *path, ml_error *error)
{
    ml_buffer files = {0};
    ml_status status = ML_OK;
    DIR *folder = opendir(path);
    if (!folder) {
        status = ml_fail(error, ML_E_IO, ml_str_from(path), "cannot open the folder: %s", strerror(errno));
        goto out;
    }
    ml_arena_reset(&inputs->arena);
    status = collect(folder, path, &inputs->arena, &files, error);
    if (status != ML_OK)
        goto out;
    size_t count = files.len / sizeof(ml_str);
    ml_str *sorted = ml_arena_array(&inputs->arena, count, sizeof *sorted);
    if (files.failed || !sorted) {
        status = ml_fail_memory(error);
        goto out;
    }
    if (count == 0) {
        status = ml_fail(error, ML_E_IO, ml_str_from(path),
                         "no articles: expected files *.txt or *.jsonl (.gz, .zst, .xz) right in this folder");
        goto out;
    }
    memcpy(sorted, files.ptr, files.len);
    qsort(sorted, count, sizeof *sorted, by_bytes);
    inputs->files = sorted;
    inputs->file_count = count;
    inputs->next_file = 0;
out:
    ml_buffer_dispose(&files);
    if (folder)
        closedir(folder);
    return status;
}

ml_status ml_article__inputs_next(ml_article_inputs *inputs, const char **path, bool *listed, ml_error *error)
{
    for (;;) {
        if (inputs->next_file < inputs->file_count) {
            *path = inputs->files[inputs->next_file++].ptr;
            *listed = true;
            return ML_OK;
        }
        if (inputs->next_path == inputs->path_count) {
            *path = NULL;
            return ML_OK;
        }
        const char *next = inputs->paths[inputs->next_path++];
        if (strcmp(next, "-") == 0 || !is_folder(next)) {
            *path = next;
            *listed = false;
            return ML_OK;
        }
        ml_status status = list_folder(inputs, next, error);
        if (status != ML_OK) {
            *path = next;
            return status;
        }
    }
}

double ml_article__inputs_behind(const ml_article_inputs *inputs, double share)
{
    if (!inputs->next_path)
        return 0;
    double within = share;
    if (inputs->file_count)
        within = inputs->next_file ? ((double)inputs->next_file - 1 + share) / (double)inputs->file_count : 0;
    return (double)inputs->next_path - 1 + within;
}
