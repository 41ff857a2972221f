/* Gives every file of the folder argv[1] to the fuzz target: stored inputs stay tests. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 1;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    /* Of the exact size, so that the sanitizer sees what is read behind the end. */
    uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1);
    int failed = !bytes || size < 0 || fread(bytes, 1, (size_t)size, file) != (size_t)size;
    if (!failed)
        failed = LLVMFuzzerTestOneInput(bytes, (size_t)size);
    free(bytes);
    fclose(file);
    return failed;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    int inputs = 0;
    if (!folder) {
        fprintf(stderr, "usage: replay FOLDER\n");
        return 2;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        if (replay(path) != 0) {
            fprintf(stderr, "%s failed\n", path);
            return 1;
        }
        inputs++;
    }
    closedir(folder);
    printf("%d inputs\n", inputs);
    return inputs ? 0 : 1;
}
