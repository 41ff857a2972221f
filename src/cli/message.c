#include "cli/message.h"

#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_BYTES = 2048 };

/* Also replaces C1 controls, which UTF-8 writes as C2 80 to C2 9F. */
static void remove_controls(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at; at++) {
        if (*at < 0x20 || *at == 0x7f)
            *at = '?';
        else if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0)
            at[0] = at[1] = '?';
    }
}

static void print_line(const char *format, va_list arguments)
{
    char line[LINE_BYTES];
    vsnprintf(line, sizeof line, format, arguments);
    remove_controls(line);
    fprintf(stderr, "mangluoi: %s\n", line);
}

void cli_message(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_line(format, arguments);
    va_end(arguments);
}

void cli_print_error(const ml_error *error)
{
    const char *colon = error->where[0] ? ": " : "";
    if (error->line && error->column)
        cli_message("%s:%u:%u: %s", error->where, error->line, error->column, error->message);
    else if (error->line)
        cli_message("%s:%u: %s", error->where, error->line, error->message);
    else
        cli_message("%s%s%s", error->where, colon, error->message);
}

int cli_usage_error(const cli_command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_line(format, arguments);
    va_end(arguments);
    if (command)
        fprintf(stderr, "Try `mangluoi %s --help`.\n", command->name);
    else
        fputs("Try `mangluoi --help`.\n", stderr);
    return CLI_USAGE;
}

ml_status cli_fail(ml_error *error, ml_status status, const char *where, const char *format, ...)
{
    va_list arguments;
    *error = (ml_error){.status = status};
    snprintf(error->where, sizeof error->where, "%s", where);
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

int cli_exit_code(ml_status status)
{
    switch (status) {
    case ML_OK:
        return CLI_DONE;
    case ML_E_PARTIAL:
        return CLI_SOME_FAILED;
    case ML_E_USAGE:
        return CLI_USAGE;
    case ML_E_DATA:
        return CLI_DATA;
    case ML_E_MEMORY:
    case ML_E_IO:
    case ML_E_ENCODING:
    case ML_E_SYNTAX:
    case ML_E_LIMIT:
    case ML_E_GRAPH:
    case ML_E_STORE:
        break;
    }
    return CLI_IO;
}
