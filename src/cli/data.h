/* data.h - where the gazetteers and models are. */
#ifndef ML_CLI_DATA_H
#define ML_CLI_DATA_H

#include "mangluoi.h"

#include "cli/arguments.h"

enum { CLI_PATH_BYTES = 4096 };

typedef struct {
    char gazetteers[CLI_PATH_BYTES], models[CLI_PATH_BYTES];
} cli_data;

/* Finds both folders: the option, the environment variable, beside the program (build folder), where an installation
 * has them. ML_E_DATA says where it looked. */
ml_status cli_find_data(const cli_arguments *arguments, cli_data *out, ml_error *error);

/* Finds and loads them. The caller owns *out. ML_E_DATA for whatever is wrong with them. */
ml_status cli_load_context(const cli_arguments *arguments, ml_context **out, ml_error *error);

#endif
