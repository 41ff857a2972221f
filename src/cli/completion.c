#include "cli/cli.h"
#include "cli/message.h"
#include "cli/shell.h"

#include <string.h>

static const cli_option *const options[] = {NULL};

static const cli_example examples[] = {
    {"mangluoi completion bash >~/.local/share/bash-completion/completions/mangluoi",
     "complete commands and options in bash"},
    {"mangluoi completion man | man -l -", "read the manual page"},
    {NULL, NULL},
};

static const char details[] =
    "SHELL is bash, zsh or fish; `man` writes the manual page. An installation has all of them in their places.";

static int completion(const cli_arguments *arguments)
{
    static const struct {
        const char *name;
        void (*print)(FILE *stream);
    } forms[] = {{"bash", cli_print_bash}, {"zsh", cli_print_zsh}, {"fish", cli_print_fish}, {"man", cli_print_man}};
    if (arguments->operand_count != 1)
        return cli_usage_error(arguments->command, "name one shell: bash, zsh, fish; or man");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, arguments->operands[0]) == 0) {
            forms[i].print(stdout);
            return CLI_DONE;
        }
    }
    return cli_usage_error(arguments->command, "there is no %s: name bash, zsh, fish, or man", arguments->operands[0]);
}

const cli_command cli_command_completion = {
    .name = "completion",
    .operands = "SHELL",
    .summary = "Write what a shell needs to complete commands, or the manual page",
    .details = details,
    .options = options,
    .examples = examples,
    .run = completion,
};
