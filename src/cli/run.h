/* run.h - what the commands that read articles have in common: their options, progress, failures. */
#ifndef ML_CLI_RUN_H
#define ML_CLI_RUN_H

#include "mangluoi.h"

#include "cli/arguments.h"
#include "cli/output.h"

#include <time.h>

typedef struct {
    ml_run_options options; /* for the library; its payload is this struct, which must stay where it is */
    ml_run_report report;
    bool quiet, terminal;
    bool line_shown; /* a line of progress stands on the terminal */
    uint64_t complaints;
    struct timespec started, shown;
} cli_run;

/* Reads --input, --date, -j and -q and checks that there are inputs. False after a usage error was printed. */
bool cli_run_start(const cli_arguments *arguments, cli_run *out);

/* Ends a run: clears the line of progress, closes `output` (which may be NULL), says what went wrong unless it was
 * reported article by article, and how many articles failed. Returns the exit code. */
int cli_run_end(cli_run *run, cli_output *output, ml_status status, const ml_error *error);

#endif
