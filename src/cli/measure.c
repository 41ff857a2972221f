#include "cli/cli.h"
#include "cli/question.h"

static const cli_option *const path_options[] = {
    &cli_option_type,       &cli_option_since,         &cli_option_until, &cli_option_as_of,
    &cli_option_min_weight, &cli_option_answer_format, &cli_option_why,   NULL};
static const cli_option *const rank_options[] = {
    &cli_option_by,    &cli_option_view,       &cli_option_entity_type, &cli_option_since,         &cli_option_until,
    &cli_option_as_of, &cli_option_min_weight, &cli_option_limit,       &cli_option_answer_format, NULL};
static const cli_option *const community_options[] = {
    &cli_option_view,       &cli_option_since, &cli_option_until,         &cli_option_as_of,
    &cli_option_min_weight, &cli_option_limit, &cli_option_answer_format, NULL};
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
static const char path_details[] =
    "Of the paths with the fewest links the one that is best attested: the sum of 1/articles\n"
    "over its links is the least. `->` and `<-` tell the direction of each relation.";

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
    .details = cli_view_details,
    .options = rank_options,
    .examples = rank_examples,
    .run = rank,
};

const cli_command cli_command_communities = {
    .name = "communities",
    .operands = "STORE",
    .summary = "Groups that have more to do with each other than with others (Leiden)",
    .details = cli_view_details,
    .options = community_options,
    .examples = community_examples,
    .run = communities,
};
