#include "cli/cli.h"
#include "cli/data.h"
#include "cli/files.h"
#include "cli/message.h"
#include "cli/run.h"
#include "cli/store.h"

#include <inttypes.h>

enum { SUMMARY_ENTRIES = 10, SUMMARY_LIMIT = 100000 };

static const cli_option option_summary = {0, "summary", "[=N]",
                                          "print what was found, at most N (10) entries a section"};

static const cli_option option_replace = {
    0, "replace", NULL, "to a store: what is read takes the place of other records of the same articles"};

static const cli_option *const options[] = {
    &cli_option_files,   &option_summary,         &option_replace,     &cli_option_format,
    &cli_option_profile, &cli_option_no_isolates, &cli_option_links,   &cli_option_csv_raw,
    &cli_option_input,   &cli_option_date,        &cli_option_threads, NULL,
};

static const cli_example examples[] = {
    {"mangluoi build news/ -o network.graphml", "the network of a folder's articles, for Gephi, igraph, NetworkX"},
    {"mangluoi build records.jsonl -o network.json -o network.svg", "of records that extract wrote; two formats"},
    {"mangluoi build news/ -o archive.db", "into a store, which later builds add to and `query` asks"},
    {"mangluoi build article.txt --summary", "only say what was found"},
    {NULL, NULL},
};

static const char details[] = "INPUT is what extract reads, or records that extract wrote (*.jsonl). Persons,\n"
                              "bodies, localities and events are the vertices; what the articles say of them\n"
                              "are the edges, merged over all articles. A FILE that ends in .db is a store, to\n"
                              "which articles are added; one that the store has already changes nothing.";

/* What one run of the command works on. */
typedef struct {
    const cli_arguments *arguments;
    cli_run run;
    unsigned summary_entries; /* 0: no summary */
    cli_files files;
    ml_context *context;
    ml_network *network;
    bool usable; /* the network holds what the articles gave */
} build_job;

static int read_summary(build_job *job)
{
    const char *entries = cli_value(job->arguments, &option_summary);
    job->summary_entries = cli_has(job->arguments, &option_summary) ? SUMMARY_ENTRIES : 0;
    if (entries && !cli_read_number(entries, 1, SUMMARY_LIMIT, &job->summary_entries))
        return cli_usage_error(job->arguments->command, "--summary=%s: give a number of entries from 1 to %d", entries,
                               SUMMARY_LIMIT);
    return CLI_DONE;
}

static int read_job(build_job *job)
{
    int code = read_summary(job);
    if (code == CLI_DONE && cli_has(job->arguments, &option_replace))
        code = cli_usage_error(job->arguments->command, "--replace: only a store (.db) has articles to replace");
    if (code == CLI_DONE)
        code = cli_files_read(job->arguments, ", .db", &job->files);
    if (code == CLI_DONE && !job->files.count && !job->summary_entries)
        return cli_usage_error(job->arguments->command, "nothing to write: give -o FILE or --summary");
    return code;
}

static int prepare(build_job *job)
{
    ml_error error = {0};
    ml_status status = cli_files_open(&job->files, job->arguments, &error);
    if (status == ML_OK)
        status = cli_load_context(job->arguments, &job->context, &error);
    if (status == ML_OK)
        status = ml_network_new(&job->network, &error);
    if (status != ML_OK)
        cli_print_error(&error);
    return cli_exit_code(status);
}

static int read_articles(build_job *job)
{
    ml_error error = {0};
    ml_status status = ml_network_build(job->network, job->context, job->arguments->operands,
                                        job->arguments->operand_count, &job->run.options, &job->run.report, &error);
    bool read = status == ML_OK || status == ML_E_PARTIAL || status == ML_E_IO;
    job->usable = read && job->run.report.articles > job->run.report.failed;
    int code = cli_run_end(&job->run, NULL, status, &error);
    /* A misspelt input must not cost the network that stands in the file. */
    if (read && !job->usable && job->files.count)
        cli_message("no article was read: nothing is written");
    return read && !job->usable && code == CLI_DONE ? CLI_IO : code;
}

static ml_status say_sizes(const build_job *job, ml_error *error)
{
    ml_network_size size;
    if (job->run.quiet || !job->files.count)
        return ML_OK;
    ml_status status = ml_network_measure(job->network, &size, error);
    uint64_t read = job->run.report.articles - job->run.report.failed;
    if (status == ML_OK && size.documents < read)
        cli_message("%" PRIu64 " of %" PRIu64 " articles have the id of another one: each id counts once",
                    read - size.documents, read);
    for (size_t i = 0; status == ML_OK && i < job->files.count; i++)
        cli_message("%s: %" PRIu64 " vertices%s, %" PRIu64 " edges from %" PRIu64 " articles", job->files.paths[i],
                    size.vertices, job->files.options.no_isolates ? ", less those without edges" : "", size.edges,
                    size.documents);
    return status;
}

static ml_status print_summary(const build_job *job, ml_error *error)
{
    cli_output output;
    ml_status status = cli_output_open(&output, NULL, error);
    if (status != ML_OK || !job->summary_entries)
        return status;
    status = ml_network_summary(job->network, job->summary_entries, cli_output_sink(&output), error);
    if (status != ML_OK && !output.failure)
        return status;
    *error = (ml_error){0};
    status = cli_output_close(&output, true, error);
    return cli_output_broken_pipe(&output) ? ML_OK : status;
}

static ml_status write_network(void *source, const char *format, const ml_write_options *how, ml_sink sink,
                               ml_error *error)
{
    return ml_network_write(source, format, how, sink, error);
}

static int write_all(build_job *job)
{
    ml_error error = {0};
    ml_status status = cli_files_write(&job->files, write_network, job->network, &error);
    if (status == ML_OK)
        status = say_sizes(job, &error);
    if (status == ML_OK)
        status = print_summary(job, &error);
    if (status != ML_OK)
        cli_print_error(&error);
    return cli_exit_code(status);
}

static int run_job(build_job *job)
{
    int code = prepare(job);
    if (code == CLI_DONE)
        code = read_articles(job);
    if (job->usable) {
        int written = write_all(job);
        code = written == CLI_DONE ? code : written;
    }
    ml_error ignored = {0};
    (void)cli_files_close(&job->files, false, &ignored);
    return code;
}

/* Is one of the files to write a store? */
static const char *find_store(const cli_arguments *arguments)
{
    for (size_t i = 0; i < arguments->given_count; i++) {
        const cli_given *given = &arguments->given[i];
        if (given->option == &cli_option_files && cli_is_store(given->value))
            return given->value;
    }
    return NULL;
}

/* Is this for a network that is written at once, which a store is not? */
static bool is_of_network(const cli_given *given, const char *store)
{
    const cli_option *const others[] = {&option_summary,
                                        &cli_option_format,
                                        &cli_option_profile,
                                        &cli_option_no_isolates,
                                        &cli_option_links,
                                        &cli_option_csv_raw,
                                        NULL};
    for (size_t i = 0; others[i]; i++) {
        if (given->option == others[i])
            return true;
    }
    return given->option == &cli_option_files && given->value != store;
}

static int build_store(const cli_arguments *arguments, cli_run *run, const char *path)
{
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (is_of_network(&arguments->given[i], path))
            return cli_usage_error(arguments->command,
                                   "-o %s: a store is built alone; `mangluoi export` writes other files from it", path);
    }
    return cli_build_store(arguments, run, path, cli_has(arguments, &option_replace));
}

static int build(const cli_arguments *arguments)
{
    build_job job = {.arguments = arguments};
    const char *store = find_store(arguments);
    if (!cli_run_start(arguments, &job.run))
        return CLI_USAGE;
    if (store)
        return build_store(arguments, &job.run, store);
    int code = read_job(&job);
    if (code == CLI_DONE)
        code = run_job(&job);
    ml_network_free(job.network);
    ml_context_free(job.context);
    cli_files_dispose(&job.files);
    return code;
}

const cli_command cli_command_build = {
    .name = "build",
    .operands = "INPUT... -o FILE",
    .summary = "Read articles or records, write the network of all of them",
    .details = details,
    .options = options,
    .examples = examples,
    .writes_networks = true,
    .run = build,
};
