/* store.h - what the commands that use a store have in common. */
#ifndef ML_CLI_STORE_H
#define ML_CLI_STORE_H

#include "cli/run.h"

/* Does the path's ending say that it is a store? */
bool cli_is_store(const char *path);

/* Adds the run's inputs to the store. Returns the exit code. */
int cli_build_store(const cli_arguments *arguments, cli_run *run, const char *path, bool replace);

#endif
