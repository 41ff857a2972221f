/* question.h - what the commands that ask a store have in common: their options, opening, answering. */
#ifndef ML_CLI_QUESTION_H
#define ML_CLI_QUESTION_H

#include "mangluoi.h"

#include "cli/arguments.h"

extern const cli_option cli_option_since;
extern const cli_option cli_option_until;
extern const cli_option cli_option_as_of;
extern const cli_option cli_option_type;
extern const cli_option cli_option_entity_type;
extern const cli_option cli_option_min_weight;
extern const cli_option cli_option_limit;
extern const cli_option cli_option_answer_format;
extern const cli_option cli_option_why;
extern const cli_option cli_option_explain;
extern const cli_option cli_option_by;
extern const cli_option cli_option_view;

extern const char cli_view_details[]; /* for the help of commands with --view */

/* What a command asks: `operands` are those behind the store. */
typedef ml_status (*cli_ask)(ml_store *store, const char *const *operands, size_t operand_count,
                             const ml_question *question, ml_sink sink, ml_error *error);

/* Opens the store that the first operand names, asks, prints. `least` and `most` operands stand behind the store; `wanted`
 * says what they are. Returns the exit code. */
int cli_answer(const cli_arguments *arguments, size_t least, size_t most, const char *wanted, cli_ask ask);

/* Reads the options of a question. False after a usage error was printed. */
bool cli_read_question(const cli_arguments *arguments, ml_question *out);

/* Opens a store, or a network that was written as GraphML or JSON. */
ml_status cli_open_network(const char *path, ml_store **out, ml_error *error);

#endif
