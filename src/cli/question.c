#include "cli/question.h"

#include "cli/cli.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NUMBER_LIMIT = 1000000000, USUAL_LIMIT = 50 };

const cli_option cli_option_since = {0, "since", "DATE",
                                     "only what is said of DATE (YYYY, YYYY-MM, YYYY-MM-DD) or later"};
const cli_option cli_option_until = {0, "until", "DATE", "only what is said of DATE or earlier"};
const cli_option cli_option_as_of = {0, "as-of", "DATE",
                                     "posts held on DATE; localities as what they have become by then"};
const cli_option cli_option_type = {0, "type", "TYPE", "only relations of this type, such as chaired"};
const cli_option cli_option_entity_type = {0, "type", "TYPE",
                                           "only entities of this type: person, body, locality, event, site"};
const cli_option cli_option_min_weight = {0, "min-weight", "N", "only what at least N articles say"};
const cli_option cli_option_limit = {'n', "limit", "N", "at most N rows (50); 0 is all"};
const cli_option cli_option_answer_format = {0, "format", "FORMAT",
                                             "`table`, `tsv`, `csv` or `jsonl`; else a table on a terminal"};
const cli_option cli_option_why = {0, "why", NULL, "show sentences that say so, under each row"};
const cli_option cli_option_explain = {0, "explain", NULL, "print the SQL and its plan in place of the answer"};
const cli_option cli_option_by = {0, "by", "MEASURE", "degree, strength, betweenness, closeness, pagerank or core"};
const cli_option cli_option_view = {0, "view", "VIEW",
                                    "`full`, `people` or `provinces` that met, `posts` or `meetings`"};

const char cli_view_details[] = "Views: full (everything), people (persons at the same meetings), provinces (what\n"
                                "provinces and the bodies in them have to do with each other), posts (who holds\n"
                                "which), meetings (who came to what). Links count without direction, by articles.";

static bool read_numbers(const cli_arguments *arguments, ml_question *out)
{
    const char *weight = cli_value(arguments, &cli_option_min_weight);
    const char *limit = cli_value(arguments, &cli_option_limit);
    unsigned number = 0;
    if (weight && !cli_read_number(weight, 1, NUMBER_LIMIT, &number)) {
        cli_usage_error(arguments->command, "--min-weight %s: give a number of articles from 1", weight);
        return false;
    }
    out->min_weight = number;
    number = USUAL_LIMIT;
    if (limit && !cli_read_number(limit, 0, NUMBER_LIMIT, &number)) {
        cli_usage_error(arguments->command, "-n %s: give a number of rows; 0 is all", limit);
        return false;
    }
    out->limit = number;
    return true;
}

bool cli_read_question(const cli_arguments *arguments, ml_question *out)
{
    *out = (ml_question){.since = cli_value(arguments, &cli_option_since),
                         .until = cli_value(arguments, &cli_option_until),
                         .as_of = cli_value(arguments, &cli_option_as_of),
                         .type = cli_value(arguments, &cli_option_type) ? cli_value(arguments, &cli_option_type)
                                                                        : cli_value(arguments, &cli_option_entity_type),
                         .by = cli_value(arguments, &cli_option_by),
                         .view = cli_value(arguments, &cli_option_view),
                         .format = cli_value(arguments, &cli_option_answer_format),
                         .why = cli_has(arguments, &cli_option_why),
                         .explain = cli_has(arguments, &cli_option_explain)};
    if (!out->format && !isatty(STDOUT_FILENO))
        out->format = "tsv";
    return read_numbers(arguments, out);
}

ml_status cli_open_network(const char *path, ml_store **out, ml_error *error)
{
    if (ml_network_format(path))
        return ml_store_import(path, out, error);
    return ml_store_open(path, false, out, error);
}

int cli_answer(const cli_arguments *arguments, size_t least, size_t most, const char *wanted, cli_ask ask)
{
    ml_question question;
    cli_output output;
    ml_store *store = NULL;
    ml_error error = {0};
    size_t count = arguments->operand_count ? arguments->operand_count - 1 : 0;
    if (!arguments->operand_count)
        return cli_usage_error(arguments->command, "name a store, such as archive.db");
    if (count < least || count > most)
        return cli_usage_error(arguments->command, "behind the store stands %s; quote what has several words", wanted);
    if (!cli_read_question(arguments, &question))
        return CLI_USAGE;
    ml_status status = cli_output_open(&output, NULL, &error);
    if (status == ML_OK)
        status = cli_open_network(arguments->operands[0], &store, &error);
    if (status == ML_OK)
        status = ask(store, arguments->operands + 1, count, &question, cli_output_sink(&output), &error);
    ml_store_close(store);
    return cli_output_end(&output, status, &error);
}
