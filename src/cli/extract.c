#include "cli/cli.h"
#include "cli/data.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/run.h"

#include <string.h>

static const cli_option option_output = {'o', "output", "FILE", "write to FILE instead of standard output"};

static const cli_option option_format = {0, "format", "NAME",
                                         "write `records` (JSON lines), `conll` (IOB2) or `brat` (a tar archive)"};
static const cli_option option_sentences = {0, "sentences", NULL,
                                            "records also hold the words of the sentences that say something"};

static const cli_option *const options[] = {
    &option_output, &option_format, &option_sentences, &cli_option_input, &cli_option_date, &cli_option_threads, NULL,
};

static const cli_example examples[] = {
    {"mangluoi extract article.txt", "the record of one article"},
    {"mangluoi extract -j 4 news/ -o records.jsonl", "all *.txt and *.jsonl of a folder, with four threads"},
    {"xzcat news.jsonl.xz | mangluoi extract --input jsonl -", "JSON lines from standard input"},
    {"mangluoi extract news/ --format brat | tar -x -C brat-data",
     "texts and annotations for the annotation tool brat"},
    {NULL, NULL},
};

static const char details[] = "INPUT is a text file (one article), a file of JSON lines (*.jsonl, also .gz, .xz\n"
                              "and .zst; objects with text and, where known, id, title, date, source), a folder\n"
                              "of such files, or - for standard input. Each article gives one line: mentions,\n"
                              "entities and relations, in the order of the input. An article that cannot be\n"
                              "read gives a line with an error, and the others are done.";

static bool is_format(const char *name)
{
    return strcmp(name, "records") == 0 || strcmp(name, "conll") == 0 || strcmp(name, "brat") == 0;
}

static int extract(const cli_arguments *arguments)
{
    cli_run run;
    cli_output output;
    ml_context *context = NULL;
    ml_error error = {0};
    const char *format = cli_value(arguments, &option_format);
    if (!cli_run_start(arguments, &run))
        return CLI_USAGE;
    if (format && !is_format(format))
        return cli_usage_error(arguments->command, "--format %s: there are `records`, `conll` and `brat`", format);
    run.options.sentences = cli_has(arguments, &option_sentences);
    ml_status status =
        cli_output_spare(cli_value(arguments, &option_output), arguments->operands, arguments->operand_count, &error);
    if (status == ML_OK)
        status = cli_load_context(arguments, &context, &error);
    if (status == ML_OK)
        status = cli_output_open(&output, cli_value(arguments, &option_output), &error);
    if (status != ML_OK) {
        cli_print_error(&error);
        ml_context_free(context);
        return cli_exit_code(status);
    }
    if (format && strcmp(format, "records") != 0)
        status = ml_explain_inputs(context, arguments->operands, arguments->operand_count, &run.options, format,
                                   cli_output_sink(&output), &run.report, &error);
    else
        status = ml_extract_inputs(context, arguments->operands, arguments->operand_count, &run.options,
                                   cli_output_sink(&output), &run.report, &error);
    ml_context_free(context);
    return cli_run_end(&run, &output, status, &error);
}

const cli_command cli_command_extract = {
    .name = "extract",
    .operands = "INPUT...",
    .summary = "Read articles, write what they say as JSON lines",
    .details = details,
    .options = options,
    .examples = examples,
    .run = extract,
};
