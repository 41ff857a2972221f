#include "cli/cli.h"
#include "cli/data.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const cli_option option_output = {'o', "output", "FILE", "write to FILE: a page if it ends in .html, else text"};
static const cli_option option_color = {0, "color", "WHEN",
                                        "`auto` (on a terminal, unless $NO_COLOR is set), `always` or `never`"};

static const cli_option *const options[] = {
    &option_output, &option_color, &cli_option_input, &cli_option_date, &cli_option_threads, NULL,
};

static const cli_example examples[] = {
    {"mangluoi explain article.txt | less -R", "what was found in an article, and why"},
    {"mangluoi explain news/ -o explained.html", "the same as a page"},
    {"mangluoi explain article.txt --gazetteers my-tables", "by tables of one's own: change a row, look again"},
    {NULL, NULL},
};

static const char details[] =
    "Shows each sentence with its mentions in brackets and, below it, for each mention the entity, what found it, and\n"
    "the rows of the tables; for each title its row; for each relation (⇒) the rule; and names that the tables know "
    "but\n"
    "that were not taken (×). INPUT is what extract reads, but for records, which have no text.";

static bool ends_in_html(const char *path)
{
    size_t len = path ? strlen(path) : 0;
    return len > 5 && strcmp(path + len - 5, ".html") == 0;
}

/* The form that the options ask for, or NULL after a usage error. https://no-color.org/ */
static const char *choose_form(const cli_arguments *arguments)
{
    const char *path = cli_value(arguments, &option_output);
    const char *when = cli_value(arguments, &option_color);
    const char *refused = getenv("NO_COLOR");
    bool to_terminal = (!path || strcmp(path, "-") == 0) && isatty(STDOUT_FILENO);
    bool colour = to_terminal && !(refused && *refused);
    if (when && strcmp(when, "always") == 0)
        colour = true;
    else if (when && strcmp(when, "never") == 0)
        colour = false;
    else if (when && strcmp(when, "auto") != 0) {
        cli_usage_error(arguments->command, "--color %s: there are `auto`, `always` and `never`", when);
        return NULL;
    }
    if (ends_in_html(path))
        return "html";
    return colour ? "color" : "text";
}

static int explain(const cli_arguments *arguments)
{
    cli_run run;
    cli_output output;
    ml_context *context = NULL;
    ml_error error = {0};
    const char *path = cli_value(arguments, &option_output);
    const char *form = choose_form(arguments);
    if (!form || !cli_run_start(arguments, &run))
        return CLI_USAGE;
    ml_status status = cli_output_spare(path, arguments->operands, arguments->operand_count, &error);
    if (status == ML_OK)
        status = cli_load_context(arguments, &context, &error);
    if (status == ML_OK)
        status = cli_output_open(&output, path, &error);
    if (status != ML_OK) {
        cli_print_error(&error);
        ml_context_free(context);
        return cli_exit_code(status);
    }
    status = ml_explain_inputs(context, arguments->operands, arguments->operand_count, &run.options, form,
                               cli_output_sink(&output), &run.report, &error);
    ml_context_free(context);
    return cli_run_end(&run, &output, status, &error);
}

const cli_command cli_command_explain = {
    .name = "explain",
    .operands = "INPUT...",
    .summary = "Show articles with what was found in them, and why",
    .details = details,
    .options = options,
    .examples = examples,
    .run = explain,
};
