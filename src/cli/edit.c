#include "cli/cli.h"
#include "cli/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JUDGEMENT_BYTES = 64 * 1024 * 1024 };

static const cli_option *const options[] = {NULL};

static const cli_example forget_examples[] = {
    {"mangluoi forget archive.db 21454551", "take one article's facts back"},
    {NULL, NULL},
};
static const cli_example judge_examples[] = {
    {"mangluoi judge archive.db judgements.txt", "apply the file; those applied before are taken back"},
    {"mangluoi judge archive.db /dev/null", "take all judgements back"},
    {NULL, NULL},
};

static const char forget_details[] = "ID is an article's id. Exactly what that article said is gone: its mentions,\n"
                                     "its statements, and the entities and relations that no other article has.";
static const char judge_details[] =
    "FILE has a line for each judgement; what follows a # is a comment:\n"
    "  same ID ID        the two are one: a person, body, locality or event\n"
    "  different ID ID   the two are not, whatever the posts say\n"
    "`mangluoi show` tells the ids. The file replaces the judgements of before, so that\n"
    "a line is taken back by leaving it out. They hold for articles to come as well.";

static int end(ml_store *store, ml_status status, const ml_error *error)
{
    if (status != ML_OK)
        cli_print_error(error);
    ml_store_close(store);
    return cli_exit_code(status);
}

static int forget(const cli_arguments *arguments)
{
    ml_store *store = NULL;
    ml_error error = {0};
    if (arguments->operand_count < 2)
        return cli_usage_error(arguments->command, "name a store and the id of an article");
    ml_status status = ml_store_open(arguments->operands[0], false, &store, &error);
    ml_store_close(store); /* a store that is not there must not be made */
    store = NULL;
    if (status == ML_OK)
        status = ml_store_open(arguments->operands[0], true, &store, &error);
    for (size_t i = 1; status == ML_OK && i < arguments->operand_count; i++) {
        bool found = false;
        status = ml_store_forget(store, arguments->operands[i], &found, &error);
        if (status == ML_OK && !found)
            status = cli_fail(&error, ML_E_USAGE, arguments->operands[i],
                              "the store has no such article; nothing is changed");
    }
    if (status == ML_OK)
        status = ml_store_commit(store, &error);
    return end(store, status, &error);
}

/* The whole file; the caller frees. NULL after a failure. */
static char *read_file(const char *path, size_t *len, ml_error *error)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *text = file ? malloc(JUDGEMENT_BYTES) : NULL;
    if (!text) {
        (void)cli_fail(error, ML_E_IO, path, "cannot be read: %s", strerror(errno));
    } else {
        *len = fread(text, 1, JUDGEMENT_BYTES, file);
        if (ferror(file) || *len == JUDGEMENT_BYTES) {
            (void)cli_fail(error, ML_E_IO, path, "cannot be read, or is larger than %d bytes", JUDGEMENT_BYTES);
            free(text);
            text = NULL;
        }
    }
    if (file && file != stdin)
        fclose(file);
    return text;
}

static int judge(const cli_arguments *arguments)
{
    ml_store *store = NULL;
    ml_error error = {0};
    size_t len = 0;
    if (arguments->operand_count != 2)
        return cli_usage_error(arguments->command, "name a store and a file of judgements");
    char *text = read_file(arguments->operands[1], &len, &error);
    ml_status status = text ? ml_store_open(arguments->operands[0], false, &store, &error) : ML_E_IO;
    ml_store_close(store);
    store = NULL;
    if (status == ML_OK)
        status = ml_store_open(arguments->operands[0], true, &store, &error);
    if (status == ML_OK)
        status = ml_store_judge(store, (ml_str){text, (uint32_t)len}, &error);
    if (status == ML_E_SYNTAX)
        snprintf(error.where, sizeof error.where, "%s", arguments->operands[1]);
    free(text);
    return end(store, status, &error);
}

const cli_command cli_command_forget = {
    .name = "forget",
    .operands = "STORE ID...",
    .summary = "Take articles back out of a store, with all that only they said",
    .details = forget_details,
    .options = options,
    .examples = forget_examples,
    .run = forget,
};

const cli_command cli_command_judge = {
    .name = "judge",
    .operands = "STORE FILE",
    .summary = "Correct who is who: say which ids are the same and which are not",
    .details = judge_details,
    .options = options,
    .examples = judge_examples,
    .run = judge,
};
