#include "cli/cli.h"
#include "cli/data.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/run.h"

#include <inttypes.h>

static const cli_option option_output = {'o', "output", "FILE", "write the page to FILE; needed"};

static const cli_option *const options[] = {
    &option_output, &cli_option_no_isolates, &cli_option_input, &cli_option_date, &cli_option_threads, NULL,
};

static const cli_example examples[] = {
    {"mangluoi view news/ -o network.html", "a page with the network of a folder's articles; open it in a browser"},
    {"mangluoi extract --sentences news/ -o records.jsonl", "records that hold what the page shows"},
    {"mangluoi view records.jsonl -o network.html", "the page of such records"},
    {NULL, NULL},
};

static const char details[] =
    "The page needs nothing else and sends nothing anywhere: it draws the network, finds names without diacritics,\n"
    "filters by type, relation, date and weight, and shows the sentences behind each statement. INPUT is what build\n"
    "reads; records have the sentences if `extract --sentences` wrote them.";

typedef struct {
    const cli_arguments *arguments;
    cli_run run;
    cli_output output;
    ml_context *context;
    ml_page *page;
} view_job;

static ml_status prepare(view_job *job, const char *path, ml_error *error)
{
    ml_status status = cli_output_spare(path, job->arguments->operands, job->arguments->operand_count, error);
    if (status == ML_OK)
        status = cli_load_context(job->arguments, &job->context, error);
    if (status == ML_OK)
        status = ml_page_new(&job->page, error);
    return status == ML_OK ? cli_output_open(&job->output, path, error) : status;
}

static void say_size(const view_job *job, const char *path)
{
    ml_network_size size;
    ml_error ignored = {0};
    if (!job->run.quiet && ml_page_measure(job->page, &size, &ignored) == ML_OK)
        cli_message("%s: %" PRIu64 " vertices, %" PRIu64 " edges from %" PRIu64 " articles", path, size.vertices,
                    size.edges, size.documents);
}

static int write(view_job *job, const char *path, int code)
{
    ml_error error = {0};
    const ml_write_options how = {.no_isolates = cli_has(job->arguments, &cli_option_no_isolates)};
    ml_status status = ml_page_write(job->page, &how, cli_output_sink(&job->output), &error);
    int written = cli_output_end(&job->output, status, &error);
    if (written == CLI_DONE)
        say_size(job, path);
    return written == CLI_DONE ? code : written;
}

/* A misspelt input must not cost the page that stands in the file. */
static int discard(view_job *job, int code)
{
    ml_error ignored = {0};
    (void)cli_output_close(&job->output, false, &ignored);
    cli_message("no article was read: nothing is written");
    return code == CLI_DONE ? CLI_IO : code;
}

static int run_job(view_job *job, const char *path)
{
    ml_error error = {0};
    ml_status status = prepare(job, path, &error);
    if (status != ML_OK) {
        cli_print_error(&error);
        return cli_exit_code(status);
    }
    status = ml_page_build(job->page, job->context, job->arguments->operands, job->arguments->operand_count,
                           &job->run.options, &job->run.report, &error);
    bool read = status == ML_OK || status == ML_E_PARTIAL || status == ML_E_IO;
    int code = cli_run_end(&job->run, NULL, status, &error);
    if (!read || job->run.report.articles == job->run.report.failed)
        return discard(job, code);
    return write(job, path, code);
}

static int view(const cli_arguments *arguments)
{
    view_job job = {.arguments = arguments};
    const char *path = cli_value(arguments, &option_output);
    if (!cli_run_start(arguments, &job.run))
        return CLI_USAGE;
    if (!path)
        return cli_usage_error(arguments->command, "nothing to write: give -o FILE.html");
    int code = run_job(&job, path);
    ml_page_free(job.page);
    ml_context_free(job.context);
    return code;
}

const cli_command cli_command_view = {
    .name = "view",
    .operands = "INPUT... -o FILE.html",
    .summary = "Write the network as a page to look at, search and filter",
    .details = details,
    .options = options,
    .examples = examples,
    .run = view,
};
