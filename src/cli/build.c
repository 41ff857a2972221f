#include "cli/cli.h"
#include "cli/data.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/store.h"

#include <inttypes.h>
#include <stdlib.h>

enum { SUMMARY_ENTRIES = 10, SUMMARY_LIMIT = 100000 };

static const cli_option option_output = {'o', "output", "FILE",
                                         "write the network to FILE; its ending names the format; may be repeated"};
static const cli_option option_summary = {0, "summary", "[=N]",
                                          "print what was found, at most N (10) entries a section"};

static const cli_option option_replace = {
    0, "replace", NULL, "to a store: what is read takes the place of other records of the same articles"};

static const cli_option *const options[] = {
    &option_output, &option_summary, &option_replace, &cli_option_input, &cli_option_date, &cli_option_threads, NULL,
};

static const cli_example examples[] = {
    {"mangluoi build news/ -o network.graphml", "the network of a folder's articles, for Gephi, igraph, NetworkX"},
    {"mangluoi build records.jsonl -o network.json -o network.svg", "of records that extract wrote; two formats"},
    {"mangluoi build news/ -o archive.db", "into a store, which later builds add to and `query` asks"},
    {"mangluoi build article.txt --summary", "only say what was found"},
    {NULL, NULL},
};

static const char details[] =
    "INPUT is what extract reads, or records that extract wrote (*.jsonl).\n"
    "FILE ends in .graphml (Gephi, igraph, NetworkX), .json (NetworkX node-link),\n"
    ".svg (a picture) or .db: a store, to which articles are added. An article that\n"
    "the store has already changes nothing. Persons, bodies, localities and events are the vertices; what\n"
    "the articles say of them are the edges, merged over all articles.";

/* What one run of the command works on. */
typedef struct {
    const cli_arguments *arguments;
    cli_run run;
    unsigned summary_entries; /* 0: no summary */
    const char **paths;       /* of the files to write */
    cli_output *outputs;
    size_t path_count, opened;
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

/* All formats as `.graphml, .json, ...`. */
static const char *list_formats(char *out, size_t room)
{
    const char *name;
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; (name = ml_network_format_at(i)) && len < room; i++) {
        int more = snprintf(out + len, room - len, "%s.%s", i ? ", " : "", name);
        len += more > 0 ? (size_t)more : 0;
    }
    return out;
}

/* The first path that is a store, or NULL. */
static const char *store_path(const build_job *job)
{
    for (size_t i = 0; i < job->path_count; i++) {
        if (cli_is_store(job->paths[i]))
            return job->paths[i];
    }
    return NULL;
}

static int check_formats(const build_job *job)
{
    char known[256];
    if (store_path(job) && (job->path_count > 1 || job->summary_entries))
        return cli_usage_error(job->arguments->command,
                               "-o %s: a store is built alone; `mangluoi export` writes other files from it",
                               store_path(job));
    if (store_path(job))
        return CLI_DONE;
    if (cli_has(job->arguments, &option_replace))
        return cli_usage_error(job->arguments->command, "--replace: only a store (.db) has articles to replace");
    for (size_t i = 0; i < job->path_count; i++) {
        if (!ml_network_format(job->paths[i]))
            return cli_usage_error(job->arguments->command, "-o %s: the ending names no format; there are %s and .db",
                                   job->paths[i], list_formats(known, sizeof known));
    }
    return CLI_DONE;
}

static int read_job(build_job *job)
{
    if (!cli_run_start(job->arguments, &job->run))
        return CLI_USAGE;
    int code = read_summary(job);
    if (code != CLI_DONE)
        return code;
    job->path_count = cli_values(job->arguments, &option_output, job->paths);
    if (!job->path_count && !job->summary_entries)
        return cli_usage_error(job->arguments->command, "nothing to write: give -o FILE or --summary");
    return check_formats(job);
}

/* Files are opened before the articles are read: who misspelt a folder learns it at once. */
static ml_status open_outputs(build_job *job, ml_error *error)
{
    ml_status status = ML_OK;
    for (size_t i = 0; status == ML_OK && i < job->path_count; i++) {
        status = cli_output_spare(job->paths[i], job->arguments->operands, job->arguments->operand_count, error);
        if (status != ML_OK)
            break;
        status = cli_output_open(&job->outputs[i], job->paths[i], error);
        job->opened += status == ML_OK;
    }
    return status;
}

/* Gives the files their names if `keep`; returns the first failure. */
static ml_status close_outputs(build_job *job, bool keep, ml_error *error)
{
    ml_status first = ML_OK;
    for (size_t i = 0; i < job->opened; i++) {
        ml_error ignored = {0};
        ml_status status = cli_output_close(&job->outputs[i], keep, first == ML_OK ? error : &ignored);
        first = first == ML_OK ? status : first;
    }
    job->opened = 0;
    return first;
}

static int prepare(build_job *job)
{
    ml_error error = {0};
    ml_status status = open_outputs(job, &error);
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
    if (read && !job->usable && job->path_count)
        cli_message("no article was read: nothing is written");
    return read && !job->usable && code == CLI_DONE ? CLI_IO : code;
}

static ml_status write_outputs(build_job *job, ml_error *error)
{
    for (size_t i = 0; i < job->path_count; i++) {
        ml_status status =
            ml_network_write(job->network, ml_network_format(job->paths[i]), cli_output_sink(&job->outputs[i]), error);
        if (status != ML_OK && !job->outputs[i].failure) /* a failure to write is reported when it is closed */
            return status;
    }
    *error = (ml_error){0};
    return close_outputs(job, true, error);
}

static ml_status say_sizes(const build_job *job, ml_error *error)
{
    ml_network_size size;
    if (job->run.quiet || !job->path_count)
        return ML_OK;
    ml_status status = ml_network_measure(job->network, &size, error);
    uint64_t read = job->run.report.articles - job->run.report.failed;
    if (status == ML_OK && size.documents < read)
        cli_message("%" PRIu64 " of %" PRIu64 " articles have the id of another one: each id counts once",
                    read - size.documents, read);
    for (size_t i = 0; status == ML_OK && i < job->path_count; i++)
        cli_message("%s: %" PRIu64 " vertices, %" PRIu64 " edges from %" PRIu64 " articles", job->paths[i],
                    size.vertices, size.edges, size.documents);
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

static int write_all(build_job *job)
{
    ml_error error = {0};
    ml_status status = write_outputs(job, &error);
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
    (void)close_outputs(job, false, &ignored);
    return code;
}

static int build(const cli_arguments *arguments)
{
    build_job job = {.arguments = arguments};
    job.paths = calloc(arguments->given_count + 1, sizeof *job.paths);
    job.outputs = calloc(arguments->given_count + 1, sizeof *job.outputs);
    int code = CLI_IO;
    if (!job.paths || !job.outputs)
        cli_message("out of memory");
    else if ((code = read_job(&job)) == CLI_DONE)
        code = store_path(&job)
                   ? cli_build_store(arguments, &job.run, store_path(&job), cli_has(arguments, &option_replace))
                   : run_job(&job);
    ml_network_free(job.network);
    ml_context_free(job.context);
    free(job.outputs);
    free(job.paths);
    return code;
}

const cli_command cli_command_build = {
    .name = "build",
    .operands = "INPUT... -o FILE",
    .summary = "Read articles or records, write the network of all of them",
    .details = details,
    .options = options,
    .examples = examples,
    .run = build,
};
