/* cli.h - the program: what a command is, and the table of all commands.
 *
 *     argv --arguments--> | cli_arguments | --command's run--> exit code
 *
 * One file a command, one row in commands.c. Help, usage errors and suggestions come from these descriptions.
 * This room sees the library through mangluoi.h alone.
 */
#ifndef ML_CLI_CLI_H
#define ML_CLI_CLI_H

#include "cli/arguments.h"

#include <stdio.h>

enum {
    CLI_DONE = 0,
    CLI_SOME_FAILED = 1, /* some articles; the others were done */
    CLI_USAGE = 2,
    CLI_DATA = 3, /* a gazetteer or model is wrong */
    CLI_IO = 4,   /* input, output or anything else outside the program */
};

typedef struct {
    const char *line;    /* what to type */
    const char *purpose; /* what it does */
} cli_example;

struct cli_command {
    const char *name;
    const char *operands;                       /* "INPUT..." */
    const char *summary;                        /* one line */
    const char *details;                        /* lines for the help, or NULL */
    const cli_option *const *options;           /* its own, NULL behind the last; the common ones come on top */
    const cli_example *examples;                /* the last has no line */
    bool writes_networks;                       /* the help lists the formats of networks */
    int (*run)(const cli_arguments *arguments); /* returns the exit code */
};

/* All commands in the order of the help; NULL behind the last. */
extern const cli_command *const cli_commands[];

extern const cli_command cli_command_extract;
extern const cli_command cli_command_build;
extern const cli_command cli_command_query;
extern const cli_command cli_command_show;
extern const cli_command cli_command_neighbors;
extern const cli_command cli_command_path;
extern const cli_command cli_command_rank;
extern const cli_command cli_command_communities;
extern const cli_command cli_command_timeline;
extern const cli_command cli_command_stats;
extern const cli_command cli_command_export;
extern const cli_command cli_command_forget;
extern const cli_command cli_command_judge;
extern const cli_command cli_command_view;
extern const cli_command cli_command_explain;
extern const cli_command cli_command_gazetteer;
extern const cli_command cli_command_evaluate;
extern const cli_command cli_command_completion;

/* The command of this name, or NULL. */
const cli_command *cli_find_command(const char *name);

/* What there is, for who does not know yet. */
void cli_print_overview(FILE *stream);

/* Prints to standard output. */
void cli_print_help(const cli_command *command);

#endif
