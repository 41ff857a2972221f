#include "cli/cli.h"
#include "cli/question.h"

#include <string.h>

static const cli_option *const options[] = {
    &cli_option_since,      &cli_option_until,   &cli_option_as_of,
    &cli_option_min_weight, &cli_option_limit,   &cli_option_answer_format,
    &cli_option_why,        &cli_option_explain, NULL,
};

static const cli_example examples[] = {
    {"mangluoi query archive.db '?who chaired ?event . ?event held_at \"Nam Dinh\"'", "who chaired what in Nam Định"},
    {"mangluoi query archive.db '\"Nam Định\" cooperates_with ?other' --why",
     "whom it cooperates with, and the sentences"},
    {"mangluoi query archive.db posts 'bo y te' --as-of 2017-05", "who held which post there in May 2017"},
    {"mangluoi query archive.db co-attendance 'Nguyễn Xuân Phúc'", "with whom he sat at the same meetings"},
    {"mangluoi query archive.db cooperates -n 10", "who cooperates most"},
    {NULL, NULL},
};

static const char details[] = "PATTERN is one triple or more, joined with ` . `: subject, relation, object. Each is\n"
                              "a ?variable, a name (in any spelling; quoted if need be) or an id. `?x is person`\n"
                              "(body, locality, event, site) says what a variable stands for. Relations are those\n"
                              "of the articles: chaired, attended, spoke_at, organized, held_at, holds_position,\n"
                              "cooperates_with, visited, met_with, donated_to.\n\n"
                              "Questions with a word of their own, about all or about NAME:\n"
                              "  chairs [NAME]         who chaired what; NAME is a person, body or event\n"
                              "  attends [NAME]        who attended what\n"
                              "  posts [NAME]          who holds which post where, since and until\n"
                              "  cooperates [A [B]]    which localities and bodies cooperate most\n"
                              "  co-attendance [NAME]  who sat at the same meetings\n\n"
                              "`articles` is how many say so; in a pattern of several triples, of the least attested.\n"
                              "The store may also be a network that build or export wrote, as .graphml or .json.";

static bool is_word(const char *text)
{
    const char *word;
    for (size_t i = 0; (word = ml_store_word_at(i, NULL)); i++) {
        if (strcmp(word, text) == 0)
            return true;
    }
    return false;
}

static ml_status ask(ml_store *store, const char *const *operands, size_t count, const ml_question *question,
                     ml_sink sink, ml_error *error)
{
    if (is_word(operands[0]))
        return ml_store_ask(store, operands[0], operands + 1, count - 1, question, sink, error);
    return ml_store_query(store, operands[0], question, sink, error);
}

static int query(const cli_arguments *arguments)
{
    bool word = arguments->operand_count > 1 && is_word(arguments->operands[1]);
    return cli_answer(arguments, 1, word ? 3 : 1, "one pattern, or a word such as chairs", ask);
}

const cli_command cli_command_query = {
    .name = "query",
    .operands = "STORE PATTERN",
    .summary = "Ask a store: who chaired, who attended, who holds which post",
    .details = details,
    .options = options,
    .examples = examples,
    .run = query,
};
