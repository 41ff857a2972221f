#include "cli/cli.h"
#include "cli/data.h"
#include "cli/message.h"
#include "cli/output.h"

#include <inttypes.h>
#include <string.h>

static const cli_option *const options[] = {&cli_option_date, NULL};

static const cli_example examples[] = {
    {"mangluoi gazetteer lookup 'Ha Tay' --date 2007-01-01", "who or what bears this name, on that day"},
    {"mangluoi gazetteer list", "the tables and how many rows they have"},
    {"mangluoi gazetteer list localities", "all rows of one table"},
    {"mangluoi gazetteer check --gazetteers my/gazetteers", "every fault of one's own tables, as file:line:column"},
    {NULL, NULL},
};

static const char details[] = "check         report every fault of all tables and rules (exit code 3 if any)\n"
                              "lookup NAME   the rows that bear NAME in any spelling (case, tone placement, no\n"
                              "              diacritics): id, type, name, since, until, how it matched\n"
                              "list [TABLE]  the tables, or all rows of one";

/* What a kind of work does with the loaded tables. */
typedef ml_status (*gazetteer_work)(const cli_arguments *arguments, const ml_context *context, cli_output *output,
                                    ml_error *error);

static int with_context(const cli_arguments *arguments, gazetteer_work work)
{
    cli_output output;
    ml_error error = {0};
    ml_context *context = NULL;
    ml_status status = cli_output_open(&output, NULL, &error);
    if (status == ML_OK)
        status = cli_load_context(arguments, &context, &error);
    if (status == ML_OK)
        status = work(arguments, context, &output, &error);
    ml_context_free(context);
    return cli_output_end(&output, status, &error);
}

static ml_status look_up(const cli_arguments *arguments, const ml_context *context, cli_output *output, ml_error *error)
{
    const char *name = arguments->operands[1];
    uint64_t rows = 0;
    ml_status status =
        ml_gazetteer_lookup(context, (ml_str){name, (uint32_t)strlen(name)}, cli_value(arguments, &cli_option_date),
                            cli_output_sink(output), &rows, error);
    if (status == ML_OK && rows == 0 && !cli_has(arguments, &cli_option_quiet))
        cli_message("no row bears the name %s", name);
    return status;
}

static ml_status list(const cli_arguments *arguments, const ml_context *context, cli_output *output, ml_error *error)
{
    return ml_gazetteer_list(context, arguments->operands[1], cli_output_sink(output), error);
}

static int check(const cli_arguments *arguments)
{
    cli_output output;
    cli_data data;
    ml_error error = {0};
    uint64_t faults = 0;
    ml_status status = cli_output_open(&output, NULL, &error);
    if (status == ML_OK)
        status = cli_find_data(arguments, &data, &error);
    if (status == ML_OK)
        status = ml_gazetteer_check(data.gazetteers, data.models, cli_output_sink(&output), &faults, &error);
    if (status == ML_OK && !cli_has(arguments, &cli_option_quiet))
        cli_message("no faults in %s and %s", data.gazetteers, data.models);
    if (status == ML_E_DATA && faults)
        status = cli_fail(&error, ML_E_DATA, "", "%" PRIu64 " fault%s", faults, faults == 1 ? "" : "s");
    return cli_output_end(&output, status, &error);
}

static int gazetteer(const cli_arguments *arguments)
{
    static const char *const kinds[] = {"check", "lookup", "list"};
    const cli_command *command = arguments->command;
    const char *kind = arguments->operands[0];
    size_t more = arguments->operand_count ? arguments->operand_count - 1 : 0;
    if (!kind)
        return cli_usage_error(command, "say what to do: check, lookup NAME or list [TABLE]");
    if (strcmp(kind, "check") == 0)
        return more == 0 ? check(arguments) : cli_usage_error(command, "check takes no name; see --gazetteers");
    if (strcmp(kind, "lookup") == 0)
        return more == 1 ? with_context(arguments, look_up)
                         : cli_usage_error(command, "lookup takes one name; quote it");
    if (strcmp(kind, "list") == 0)
        return more <= 1 ? with_context(arguments, list) : cli_usage_error(command, "list takes one table at most");
    const char *nearest = cli_nearest(kind, kinds, sizeof kinds / sizeof *kinds);
    if (nearest)
        return cli_usage_error(command, "there is no `gazetteer %s`; did you mean %s?", kind, nearest);
    return cli_usage_error(command, "there is no `gazetteer %s`, only check, lookup and list", kind);
}

const cli_command cli_command_gazetteer = {
    .name = "gazetteer",
    .operands = "check | lookup NAME | list [TABLE]",
    .summary = "Check the tables of names, look a name up, list",
    .details = details,
    .options = options,
    .examples = examples,
    .run = gazetteer,
};
