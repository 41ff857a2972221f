#include "cli/data.h"

#include "cli/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool join(char out[CLI_PATH_BYTES], const char *folder, const char *middle, const char *name)
{
    int len = snprintf(out, CLI_PATH_BYTES, "%s%s/%s", folder, middle, name);
    return len >= 0 && len < CLI_PATH_BYTES;
}

/* The folder that the program lies in; empty when the system does not tell. */
static void program_folder(char out[CLI_PATH_BYTES])
{
    ssize_t len = readlink("/proc/self/exe", out, CLI_PATH_BYTES - 1);
    out[len < 0 ? 0 : len] = '\0';
    char *slash = strrchr(out, '/');
    if (slash)
        *slash = '\0';
}

static ml_status find_folder(const char *asked, const char *variable, const char *name, char out[CLI_PATH_BYTES],
                             ml_error *error)
{
    static const char *const places[] = {"", "/" MANGLUOI_DATA_FROM_BIN};
    const char *given = asked ? asked : getenv(variable);
    if (given && *given) {
        if (is_folder(given) && join(out, given, "", ""))
            return ML_OK;
        return cli_fail(error, ML_E_DATA, given, "there is no such folder of %s; correct %s%s", name,
                        asked ? "--" : "$", asked ? name : variable);
    }
    char program[CLI_PATH_BYTES];
    program_folder(program);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (join(out, program, places[i], name) && is_folder(out))
            return ML_OK;
    }
    return cli_fail(error, ML_E_DATA, program, "no %s beside the program nor in %s; name their folder with --%s or $%s",
                    name, MANGLUOI_DATA_FROM_BIN, name, variable);
}

ml_status cli_find_data(const cli_arguments *arguments, cli_data *out, ml_error *error)
{
    cli_data found;
    ml_status status = find_folder(cli_value(arguments, &cli_option_gazetteers), "MANGLUOI_GAZETTEERS", "gazetteers",
                                   found.gazetteers, error);
    if (status == ML_OK)
        status =
            find_folder(cli_value(arguments, &cli_option_models), "MANGLUOI_MODELS", "models", found.models, error);
    if (status == ML_OK)
        *out = found;
    return status;
}

ml_status cli_load_context(const cli_arguments *arguments, ml_context **out, ml_error *error)
{
    cli_data data;
    ml_status status = cli_find_data(arguments, &data, error);
    if (status == ML_OK)
        status = ml_context_new(data.gazetteers, data.models, out, error);
    if (status == ML_OK || status == ML_E_MEMORY)
        return status;
    return ML_E_DATA;
}
