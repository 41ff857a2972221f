#include "cli/cli.h"

#include <string.h>

const cli_command *const cli_commands[] = {
    &cli_command_extract,
    &cli_command_build,
    &cli_command_view,
    &cli_command_explain,
    &cli_command_query,
    &cli_command_show,
    &cli_command_neighbors,
    &cli_command_path,
    &cli_command_rank,
    &cli_command_communities,
    &cli_command_timeline,
    &cli_command_stats,
    &cli_command_export,
    &cli_command_forget,
    &cli_command_judge,
    &cli_command_gazetteer,
    &cli_command_evaluate,
    &cli_command_completion,
    NULL,
};

const cli_option cli_option_help = {'h', "help", NULL, "show this help"};
const cli_option cli_option_version = {0, "version", NULL, "show the version"};
const cli_option cli_option_quiet = {'q', "quiet", NULL, "no progress and no closing words, only errors"};
const cli_option cli_option_gazetteers = {
    0, "gazetteers", "DIR", "folder of the gazetteers; else $MANGLUOI_GAZETTEERS, else the program's own"};
const cli_option cli_option_models = {0, "models", "DIR",
                                      "folder of the models; else $MANGLUOI_MODELS, else the program's own"};

const cli_option *const cli_common_options[] = {
    &cli_option_gazetteers, &cli_option_models, &cli_option_quiet, &cli_option_help, &cli_option_version, NULL,
};

const cli_option cli_option_input = {0, "input", "FORMAT", "inputs are `text` or `jsonl`, whatever they are called"};
const cli_option cli_option_date = {0, "date", "DATE",
                                    "date (YYYY-MM-DD) of the articles that say nothing of their own"};
const cli_option cli_option_threads = {'j', "threads", "N", "use N threads; what comes out is the same"};

const cli_command *cli_find_command(const char *name)
{
    for (size_t i = 0; cli_commands[i]; i++) {
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    }
    return NULL;
}
