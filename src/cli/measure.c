#include "cli/cli.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/question.h"

#include <string.h>

static const cli_option option_output = {'o', "output", "FILE", "write to FILE, whose ending names the format"};
static const cli_option *const path_options[] = {
    &cli_option_type,       &cli_option_since,  &cli_option_until, &cli_option_as_of,
    &cli_option_min_weight, &cli_option_format, &cli_option_why,   NULL};
static const cli_option *const rank_options[] = {
    &cli_option_by,    &cli_option_view,       &cli_option_entity_type, &cli_option_since,  &cli_option_until,
    &cli_option_as_of, &cli_option_min_weight, &cli_option_limit,       &cli_option_format, NULL};
static const cli_option *const community_options[] = {
    &cli_option_view,       &cli_option_since, &cli_option_until,  &cli_option_as_of,
    &cli_option_min_weight, &cli_option_limit, &cli_option_format, NULL};
static const cli_option *const export_options[] = {&option_output,
                                                   &cli_option_view,
                                                   &cli_option_since,
                                                   &cli_option_until,
                                                   &cli_option_as_of,
                                                   &cli_option_min_weight,
                                                   NULL};

static const cli_example path_examples[] = {
    {"mangluoi path archive.db 'Nguyễn Xuân Phúc' 'Bộ Y tế' --why", "how the two are connected, and who says so"},
    {NULL, NULL},
};
static const cli_example rank_examples[] = {
    {"mangluoi rank archive.db --by pagerank --type person -n 20", "the persons at the centre of everything"},
    {"mangluoi rank archive.db --view people --by betweenness", "who connects those that meet"},
    {NULL, NULL},
};
static const cli_example community_examples[] = {
    {"mangluoi communities archive.db --view provinces", "groups of provinces that have to do with each other"},
    {NULL, NULL},
};
static const cli_example export_examples[] = {
    {"mangluoi export archive.db -o network.graphml", "everything, for Gephi, igraph, NetworkX"},
    {"mangluoi export archive.db --view people --since 2017-05 -o people.json", "who sat with whom since May"},
    {"mangluoi export archive.db --view provinces --as-of 2026-01-01 -o provinces.svg", "provinces as they are now"},
    {NULL, NULL},
};

static const char path_details[] =
    "Of the paths with the fewest links the one that is best attested: the sum of 1/articles\n"
    "over its links is the least. `->` and `<-` tell the direction of each relation.";
static const char view_details[] = "Views: full (everything), people (persons at the same meetings), provinces (what\n"
                                   "provinces and the bodies in them have to do with each other), posts (who holds\n"
                                   "which), meetings (who came to what). Links count without direction, by articles.";

static ml_status ask_path(ml_store *store, const char *const *operands, size_t count, const ml_question *question,
                          ml_sink sink, ml_error *error)
{
    (void)count;
    return ml_store_path(store, operands[0], operands[1], question, sink, error);
}

static ml_status ask_rank(ml_store *store, const char *const *operands, size_t count, const ml_question *question,
                          ml_sink sink, ml_error *error)
{
    (void)operands;
    (void)count;
    return ml_store_rank(store, question, sink, error);
}

static ml_status ask_communities(ml_store *store, const char *const *operands, size_t count,
                                 const ml_question *question, ml_sink sink, ml_error *error)
{
    (void)operands;
    (void)count;
    return ml_store_communities(store, question, sink, error);
}

static int path(const cli_arguments *arguments)
{
    return cli_answer(arguments, 2, 2, "two names", ask_path);
}

static int rank(const cli_arguments *arguments)
{
    return cli_answer(arguments, 0, 0, "nothing", ask_rank);
}

static int communities(const cli_arguments *arguments)
{
    return cli_answer(arguments, 0, 0, "nothing", ask_communities);
}

static int export(const cli_arguments *arguments)
{
    ml_question question;
    cli_output output;
    ml_store *store = NULL;
    ml_error error = {0};
    const char *path = cli_value(arguments, &option_output);
    if (arguments->operand_count != 1 || !path)
        return cli_usage_error(arguments->command, "name one store and, with -o, a file to write");
    if (!ml_network_format(path))
        return cli_usage_error(arguments->command, "-o %s: the ending names no format; see `mangluoi build --help`",
                               path);
    if (!cli_read_question(arguments, &question))
        return CLI_USAGE;
    ml_status status = cli_output_spare(path, arguments->operands, 1, &error);
    if (status == ML_OK)
        status = cli_open_network(arguments->operands[0], &store, &error);
    if (status == ML_OK)
        status = cli_output_open(&output, path, &error);
    if (status != ML_OK) {
        cli_print_error(&error);
        ml_store_close(store);
        return cli_exit_code(status);
    }
    status = ml_store_export(store, ml_network_format(path), &question, cli_output_sink(&output), &error);
    ml_store_close(store);
    ml_error write_error = {0};
    ml_status closed = cli_output_close(&output, status == ML_OK, &write_error);
    if (closed != ML_OK || status != ML_OK)
        cli_print_error(closed != ML_OK ? &write_error : &error);
    return cli_exit_code(closed != ML_OK ? closed : status);
}

const cli_command cli_command_path = {
    .name = "path",
    .operands = "STORE NAME NAME",
    .summary = "How two are connected",
    .details = path_details,
    .options = path_options,
    .examples = path_examples,
    .run = path,
};

const cli_command cli_command_rank = {
    .name = "rank",
    .operands = "STORE",
    .summary = "Who is at the centre, by one of six measures",
    .details = view_details,
    .options = rank_options,
    .examples = rank_examples,
    .run = rank,
};

const cli_command cli_command_communities = {
    .name = "communities",
    .operands = "STORE",
    .summary = "Groups that have more to do with each other than with others (Leiden)",
    .details = view_details,
    .options = community_options,
    .examples = community_examples,
    .run = communities,
};

const cli_command cli_command_export = {
    .name = "export",
    .operands = "STORE -o FILE",
    .summary = "Write a store, or a view of it, for another program",
    .details = view_details,
    .options = export_options,
    .examples = export_examples,
    .run = export,
};
