#include "cli/cli.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/question.h"

static const cli_option *const options[] = {
    &cli_option_files, &cli_option_format,  &cli_option_profile,    &cli_option_no_isolates,
    &cli_option_links, &cli_option_csv_raw, &cli_option_view,       &cli_option_since,
    &cli_option_until, &cli_option_as_of,   &cli_option_min_weight, NULL,
};

static const cli_example examples[] = {
    {"mangluoi export archive.db -o network.graphml", "everything, for Gephi, igraph, NetworkX"},
    {"mangluoi export archive.db --view people --since 2017-05 -o people.json", "who sat with whom since May"},
    {"mangluoi export archive.db --view provinces --as-of 2026-01-01 -o provinces.svg", "provinces as they are now"},
    {NULL, NULL},
};

typedef struct {
    ml_store *store;
    ml_question question;
    cli_files files;
} export_job;

static ml_status write_store(void *source, const char *format, const ml_write_options *how, ml_sink sink,
                             ml_error *error)
{
    const export_job *job = source;
    return ml_store_export(job->store, format, &job->question, how, sink, error);
}

static int read_job(const cli_arguments *arguments, export_job *job)
{
    int code = cli_files_read(arguments, NULL, &job->files);
    if (code == CLI_DONE && (arguments->operand_count != 1 || !job->files.count))
        return cli_usage_error(arguments->command, "name one store and, with -o, a file to write");
    return code == CLI_DONE && !cli_read_question(arguments, &job->question) ? CLI_USAGE : code;
}

static int run_job(const cli_arguments *arguments, export_job *job)
{
    ml_error error = {0}, ignored = {0};
    ml_status status = cli_open_network(arguments->operands[0], &job->store, &error);
    if (status == ML_OK)
        status = cli_files_open(&job->files, arguments, &error);
    if (status == ML_OK)
        status = cli_files_write(&job->files, write_store, job, &error);
    (void)cli_files_close(&job->files, false, &ignored);
    if (status != ML_OK)
        cli_print_error(&error);
    return cli_exit_code(status);
}

static int export(const cli_arguments *arguments)
{
    export_job job = {0};
    int code = read_job(arguments, &job);
    if (code == CLI_DONE)
        code = run_job(arguments, &job);
    ml_store_close(job.store);
    cli_files_dispose(&job.files);
    return code;
}

const cli_command cli_command_export = {
    .name = "export",
    .operands = "STORE -o FILE",
    .summary = "Write a store, or a view of it, for another program",
    .details = cli_view_details,
    .options = options,
    .examples = examples,
    .writes_networks = true,
    .run = export,
};
