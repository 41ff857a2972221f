#include "cli/cli.h"
#include "cli/question.h"

static const cli_option *const show_options[] = {&cli_option_as_of, &cli_option_limit, &cli_option_answer_format,
                                                 &cli_option_why, NULL};
static const cli_option *const neighbor_options[] = {
    &cli_option_type,          &cli_option_since,      &cli_option_until,
    &cli_option_as_of,         &cli_option_min_weight, &cli_option_limit,
    &cli_option_answer_format, &cli_option_why,        NULL};
static const cli_option *const stats_options[] = {&cli_option_answer_format, NULL};

static const cli_example show_examples[] = {
    {"mangluoi show archive.db 'nguyen xuan phuc'", "names, posts, relations; who is taken for him, and why"},
    {"mangluoi show archive.db 'Nam Định' --as-of 2026-01-01", "a province, and what it has become part of"},
    {NULL, NULL},
};
static const cli_example neighbor_examples[] = {
    {"mangluoi neighbors archive.db 'Bộ Y tế' --type visited", "what it visited and who visited it"},
    {"mangluoi neighbors archive.db vn-36 --min-weight 3 --format csv", "what at least three articles say"},
    {NULL, NULL},
};
static const cli_example timeline_examples[] = {
    {"mangluoi timeline archive.db 'Bộ Y tế' --since 2017-05 --why",
     "what was said of it, day by day, with the sentences"},
    {NULL, NULL},
};
static const cli_example stats_examples[] = {
    {"mangluoi stats archive.db", "how many articles, entities, relations, and of which days"},
    {NULL, NULL},
};

static const char show_details[] =
    "NAME is a name in any spelling (case, tone placement, no diacritics, initials of a\n"
    "body) or an id. A name that fits several lists them; of localities inside each other\n"
    "the outermost is meant. `told by` says which articles' persons are taken for this one:\n"
    "by the units of the posts that they hold. `not the same` are others of the name.\n"
    "`mangluoi judge` corrects it.";
static const char neighbor_details[] = "`->` goes from NAME to the neighbor, `<-` comes from there.";

static ml_status ask_show(ml_store *store, const char *const *operands, size_t count, const ml_question *question,
                          ml_sink sink, ml_error *error)
{
    (void)count;
    return ml_store_show(store, operands[0], question, sink, error);
}

static ml_status ask_neighbors(ml_store *store, const char *const *operands, size_t count, const ml_question *question,
                               ml_sink sink, ml_error *error)
{
    (void)count;
    return ml_store_neighbors(store, operands[0], question, sink, error);
}

static ml_status ask_timeline(ml_store *store, const char *const *operands, size_t count, const ml_question *question,
                              ml_sink sink, ml_error *error)
{
    (void)count;
    return ml_store_timeline(store, operands[0], question, sink, error);
}

static ml_status ask_stats(ml_store *store, const char *const *operands, size_t count, const ml_question *question,
                           ml_sink sink, ml_error *error)
{
    (void)operands;
    (void)count;
    return ml_store_stats(store, question, sink, error);
}

static int show(const cli_arguments *arguments)
{
    return cli_answer(arguments, 1, 1, "one name", ask_show);
}

static int neighbors(const cli_arguments *arguments)
{
    return cli_answer(arguments, 1, 1, "one name", ask_neighbors);
}

static int timeline(const cli_arguments *arguments)
{
    return cli_answer(arguments, 1, 1, "one name", ask_timeline);
}

static int stats(const cli_arguments *arguments)
{
    return cli_answer(arguments, 0, 0, "nothing", ask_stats);
}

const cli_command cli_command_show = {
    .name = "show",
    .operands = "STORE NAME",
    .summary = "All that a store knows of one entity, and how it knows who is who",
    .details = show_details,
    .options = show_options,
    .examples = show_examples,
    .run = show,
};

const cli_command cli_command_neighbors = {
    .name = "neighbors",
    .operands = "STORE NAME",
    .summary = "What an entity is related to, the most attested first",
    .details = neighbor_details,
    .options = neighbor_options,
    .examples = neighbor_examples,
    .run = neighbors,
};

const cli_command cli_command_timeline = {
    .name = "timeline",
    .operands = "STORE NAME",
    .summary = "What was said of an entity, in the order of the days",
    .options = neighbor_options,
    .examples = timeline_examples,
    .run = timeline,
};

const cli_command cli_command_stats = {
    .name = "stats",
    .operands = "STORE",
    .summary = "How much there is in a store",
    .options = stats_options,
    .examples = stats_examples,
    .run = stats,
};
