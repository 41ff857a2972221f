#include "cli/store.h"

#include "cli/cli.h"
#include "cli/data.h"
#include "cli/message.h"

#include <inttypes.h>
#include <string.h>

bool cli_is_store(const char *path)
{
    size_t len = strlen(path);
    return len > 3 && strcmp(path + len - 3, ".db") == 0;
}

static ml_status open_both(const cli_arguments *arguments, const char *path, ml_context **context, ml_store **store,
                           ml_error *error)
{
    ml_status status = cli_output_spare(path, arguments->operands, arguments->operand_count, error);
    if (status == ML_OK)
        status = cli_load_context(arguments, context, error);
    return status == ML_OK ? ml_store_open(path, true, store, error) : status;
}

static void say_growth(const cli_run *run, const char *path, const ml_network_size *before,
                       const ml_network_size *after)
{
    if (run->quiet)
        return;
    cli_message("%s: %" PRIu64 " articles (%" PRIu64 " new), %" PRIu64 " vertices, %" PRIu64 " edges", path,
                after->documents, after->documents - before->documents, after->vertices, after->edges);
}

int cli_build_store(const cli_arguments *arguments, cli_run *run, const char *path, bool replace)
{
    ml_context *context = NULL;
    ml_store *store = NULL;
    ml_error error = {0};
    ml_network_size before = {0}, after = {0};
    ml_status status = open_both(arguments, path, &context, &store, &error);
    if (status == ML_OK)
        status = ml_store_measure(store, &before, &error);
    if (status != ML_OK) {
        cli_print_error(&error);
        ml_store_close(store);
        ml_context_free(context);
        return cli_exit_code(status);
    }
    status = ml_store_build(store, context, replace, arguments->operands, arguments->operand_count, &run->options,
                            &run->report, &error);
    int code = cli_run_end(run, NULL, status, &error);
    error = (ml_error){0};
    status = ml_store_measure(store, &after, &error);
    if (status == ML_OK)
        say_growth(run, path, &before, &after);
    else
        cli_print_error(&error);
    ml_store_close(store);
    ml_context_free(context);
    return code == CLI_DONE ? cli_exit_code(status) : code;
}
