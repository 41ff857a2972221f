/* message.h - what the program says on standard error. */
#ifndef ML_CLI_MESSAGE_H
#define ML_CLI_MESSAGE_H

#include "mangluoi.h"

#include "cli/arguments.h"

/* `mangluoi: ` and the message as a line; control characters, which could steer a terminal, become `?`. */
__attribute__((format(printf, 1, 2))) void cli_message(const char *format, ...);

/* The error as `mangluoi: where:line:column: message`. */
void cli_print_error(const ml_error *error);

/* A message and how to get help; returns CLI_USAGE. `command` may be NULL. */
__attribute__((format(printf, 2, 3))) int cli_usage_error(const cli_command *command, const char *format, ...);

/* Fills `error` and returns `status`. */
__attribute__((format(printf, 4, 5))) ml_status cli_fail(ml_error *error, ml_status status, const char *where,
                                                         const char *format, ...);

/* The exit code of a status. */
int cli_exit_code(ml_status status);

#endif
