#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/output.h"

#include "cli/cli.h"
#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char temporary_suffix[] = ".XXXXXX";

static ml_status fail_to_write(cli_output *output, ml_error *error)
{
    output->failure = output->failure ? output->failure : errno;
    return cli_fail(error, ML_E_IO, output->name, "cannot write: %s", strerror(output->failure));
}

/* Makes the temporary file beside `path`, with the rights that the file has or would have got. */
static int make_temporary(cli_output *output, const struct stat *present)
{
    size_t room = strlen(output->path) + sizeof temporary_suffix;
    output->temporary = malloc(room);
    if (!output->temporary)
        return -1;
    snprintf(output->temporary, room, "%s%s", output->path, temporary_suffix);
    int file = mkstemp(output->temporary);
    if (file < 0) {
        free(output->temporary);
        output->temporary = NULL;
        return -1;
    }
    mode_t mask = umask(0);
    umask(mask);
    mode_t rights = present ? present->st_mode & 0777 : 0666 & ~mask;
    if (fchmod(file, rights) != 0) {
        close(file);
        return -1;
    }
    return file;
}

static ml_status fail_to_open(const char *path, ml_error *error)
{
    int reason = errno;
    const char *advice = reason == ENOENT ? "; make its folder first" : "";
    return cli_fail(error, ML_E_IO, path, "cannot write here: %s%s", strerror(reason), advice);
}

static void forget(cli_output *output)
{
    if (output->temporary)
        unlink(output->temporary);
    free(output->temporary);
    free(output->path);
    output->temporary = output->path = NULL;
}

ml_status cli_output_spare(const char *path, const char *const *inputs, size_t input_count, ml_error *error)
{
    struct stat output, input;
    if (!path || stat(path, &output) != 0 || !S_ISREG(output.st_mode))
        return ML_OK;
    for (size_t i = 0; i < input_count; i++) {
        if (stat(inputs[i], &input) == 0 && input.st_dev == output.st_dev && input.st_ino == output.st_ino)
            return cli_fail(error, ML_E_USAGE, path, "is read as well: name another file to write");
    }
    return ML_OK;
}

ml_status cli_output_open(cli_output *output, const char *path, ml_error *error)
{
    struct stat present;
    *output = (cli_output){.stream = stdout, .name = "standard output"};
    if (!path || strcmp(path, "-") == 0)
        return ML_OK;
    output->name = path;
    bool exists = stat(path, &present) == 0;
    if (exists && S_ISDIR(present.st_mode))
        return cli_fail(error, ML_E_IO, path, "is a folder; name a file in it");
    int file;
    if (exists && !S_ISREG(present.st_mode)) {
        file = open(path, O_WRONLY | O_CLOEXEC);
    } else {
        output->path = exists ? realpath(path, NULL) : strdup(path);
        file = output->path ? make_temporary(output, exists ? &present : NULL) : -1;
    }
    output->stream = file < 0 ? NULL : fdopen(file, "wb");
    if (output->stream)
        return ML_OK;
    ml_status status = fail_to_open(path, error);
    if (file >= 0)
        close(file);
    forget(output);
    return status;
}

static ml_status write_bytes(void *payload, const char *bytes, size_t len)
{
    cli_output *output = payload;
    if (output->failure)
        return ML_E_IO;
    errno = 0;
    if (fwrite(bytes, 1, len, output->stream) == len)
        return ML_OK;
    output->failure = errno ? errno : EIO;
    return ML_E_IO;
}

ml_sink cli_output_sink(cli_output *output)
{
    return (ml_sink){write_bytes, output};
}

/* A rename survives a power cut once its folder is written; where that cannot be asked for, it is as good as it gets. */
static void sync_folder(const char *path)
{
    char *folder = strdup(path);
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    int handle = folder ? open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (handle >= 0) {
        (void)fsync(handle);
        close(handle);
    }
    free(folder);
}

ml_status cli_output_close(cli_output *output, bool keep, ml_error *error)
{
    ml_status status = ML_OK;
    if (output->failure || fflush(output->stream) != 0)
        status = fail_to_write(output, error);
    if (output->stream == stdout)
        return status;
    if (status == ML_OK && keep && output->temporary && fsync(fileno(output->stream)) != 0)
        status = fail_to_write(output, error);
    if (fclose(output->stream) != 0 && status == ML_OK)
        status = fail_to_write(output, error);
    if (status == ML_OK && keep && output->temporary) {
        if (rename(output->temporary, output->path) == 0) {
            free(output->temporary);
            output->temporary = NULL;
            sync_folder(output->path);
        } else {
            status = fail_to_write(output, error);
        }
    }
    forget(output);
    return status;
}

int cli_output_end(cli_output *output, ml_status status, const ml_error *error)
{
    ml_error write_error = {0};
    ml_status closed = cli_output_close(output, true, &write_error);
    if (cli_output_broken_pipe(output))
        return CLI_DONE;
    if (closed != ML_OK)
        cli_print_error(&write_error);
    else if (status != ML_OK)
        cli_print_error(error);
    return cli_exit_code(closed != ML_OK ? closed : status);
}

bool cli_output_broken_pipe(const cli_output *output)
{
    return output->failure == EPIPE;
}
