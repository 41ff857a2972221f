/* arguments.h - the command line, read by a command's list of options. */
#ifndef ML_CLI_ARGUMENTS_H
#define ML_CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct cli_command cli_command;

typedef struct {
    char letter;      /* 0: has none */
    const char *name; /* long form without its dashes */
    const char
        *argument; /* what the help calls its value; NULL: takes none; `[N]`: only as --name=N, may be left out */
    const char *help;
} cli_option;

/* Every command has these. */
extern const cli_option cli_option_help;
extern const cli_option cli_option_version;
extern const cli_option cli_option_quiet;
extern const cli_option cli_option_gazetteers;
extern const cli_option cli_option_models;
extern const cli_option *const cli_common_options[]; /* NULL behind the last */

/* Commands that read articles have these. */
extern const cli_option cli_option_input;
extern const cli_option cli_option_date;
extern const cli_option cli_option_threads;

typedef struct {
    const cli_option *option;
    const char *value; /* NULL where it has none */
} cli_given;

/* Borrows argv. */
typedef struct {
    const cli_command *command;
    cli_given *given; /* in the order of the command line */
    size_t given_count;
    const char **operands;
    size_t operand_count;
} cli_arguments;

/* Reads argv[0..argc) by the options of `command`. False after a usage error was printed. Dispose in both cases. */
bool cli_read_arguments(const cli_command *command, int argc, char **argv, cli_arguments *out);
void cli_dispose_arguments(cli_arguments *arguments);

bool cli_has(const cli_arguments *arguments, const cli_option *option);

/* The option's last value, or NULL. */
const char *cli_value(const cli_arguments *arguments, const cli_option *option);

/* Puts the option's values, in their order, into `values`, which has room for given_count; returns how many. */
size_t cli_values(const cli_arguments *arguments, const cli_option *option, const char **values);

/* Reads a whole number from `lowest` to `highest`; false when the text is none. */
bool cli_read_number(const char *text, unsigned lowest, unsigned highest, unsigned *out);

/* The candidate that `word` is most likely meant to be, or NULL when none is near. */
const char *cli_nearest(const char *word, const char *const *candidates, size_t count);

#endif
