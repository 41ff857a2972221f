/* output.h - a file that appears whole or not at all, or standard output. */
#ifndef ML_CLI_OUTPUT_H
#define ML_CLI_OUTPUT_H

#include "mangluoi.h"

#include <stdbool.h>
#include <stdio.h>

typedef struct {
    FILE *stream;
    char *path;       /* where it shall appear; NULL for standard output and what cannot be renamed over */
    char *temporary;  /* where it is written until then */
    const char *name; /* for messages */
    int failure;      /* errno of the first write that failed */
} cli_output;

/* Opens `path`, or standard output where it is NULL or `-`. Borrows `path`. ML_E_IO says what to do. */
ml_status cli_output_open(cli_output *output, const char *path, ml_error *error);

/* Refuses a path that is one of the files that are to be read: the output would replace it. `path` may be NULL. */
ml_status cli_output_spare(const char *path, const char *const *inputs, size_t input_count, ml_error *error);

/* A sink that writes into `output`, which must stay where it is. */
ml_sink cli_output_sink(cli_output *output);

/* Ends the writing; the file takes its name if `keep`, else it is removed. ML_E_IO where something was not written.
 * Must follow every successful open. */
ml_status cli_output_close(cli_output *output, bool keep, ml_error *error);

/* The ending of a command that does nothing but print: closes `output` and prints what failed, if anything did.
 * Returns the exit code. */
int cli_output_end(cli_output *output, ml_status status, const ml_error *error);

/* Did the reader of our output go away? No reason for a message. */
bool cli_output_broken_pipe(const cli_output *output);

#endif
