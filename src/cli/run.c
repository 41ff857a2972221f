#include "cli/run.h"

#include "cli/cli.h"
#include "cli/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_LIMIT = 256 };

static double seconds_since(struct timespec then)
{
    struct timespec now = then;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then.tv_sec) + (double)(now.tv_nsec - then.tv_nsec) / 1e9;
}

static void clear_line(cli_run *run)
{
    if (run->line_shown)
        fputs("\r\033[K", stderr);
    run->line_shown = false;
}

/* A bar of the part that is read; without one, as of standard input, only what is done is told. */
static void show_bar(unsigned permille)
{
    enum { WIDTH = 30 };
    char bar[WIDTH + 1];
    unsigned full = permille * WIDTH / 1000;
    for (unsigned i = 0; i < WIDTH; i++)
        bar[i] = i < full ? '=' : i == full ? '>' : ' ';
    bar[WIDTH] = '\0';
    fprintf(stderr, "[%s] %3u %%  ", bar, permille / 10);
}

static void show_progress(void *payload, uint64_t articles, unsigned permille)
{
    cli_run *run = payload;
    if (seconds_since(run->shown) < 0.2)
        return;
    clock_gettime(CLOCK_MONOTONIC, &run->shown);
    fputc('\r', stderr);
    if (permille)
        show_bar(permille > 1000 ? 1000 : permille);
    fprintf(stderr, "%" PRIu64 " articles, %.0f s", articles, seconds_since(run->started));
    run->line_shown = true;
}

static void show_failure(void *payload, const ml_error *error)
{
    cli_run *run = payload;
    clear_line(run);
    run->complaints++;
    cli_print_error(error);
}

bool cli_run_start(const cli_arguments *arguments, cli_run *out)
{
    const char *threads = cli_value(arguments, &cli_option_threads);
    const char *format = cli_value(arguments, &cli_option_input);
    *out = (cli_run){.options = {.format = format, .date = cli_value(arguments, &cli_option_date), .threads = 1},
                     .quiet = cli_has(arguments, &cli_option_quiet)};
    if (arguments->operand_count == 0) {
        cli_usage_error(arguments->command, "no input: give files, folders, or - for standard input");
        return false;
    }
    if (threads && !cli_read_number(threads, 1, THREADS_LIMIT, &out->options.threads)) {
        cli_usage_error(arguments->command, "-j %s: give a number of threads from 1 to %d", threads, THREADS_LIMIT);
        return false;
    }
    if (format && strcmp(format, "text") != 0 && strcmp(format, "jsonl") != 0) {
        cli_usage_error(arguments->command, "--input %s: there are `text` and `jsonl`", format);
        return false;
    }
    out->terminal = !out->quiet && isatty(STDERR_FILENO);
    out->options.complain = show_failure;
    out->options.progress = out->terminal ? show_progress : NULL;
    out->options.payload = out;
    clock_gettime(CLOCK_MONOTONIC, &out->started);
    out->shown = out->started;
    return true;
}

int cli_run_end(cli_run *run, cli_output *output, ml_status status, const ml_error *error)
{
    clear_line(run);
    /* ML_E_IO of an input leaves the other articles done; that of the output shows when it is closed. */
    bool some_done = status == ML_OK || status == ML_E_PARTIAL || status == ML_E_IO;
    if (output) {
        ml_error write_error = {0};
        ml_status closed = cli_output_close(output, some_done, &write_error);
        if (cli_output_broken_pipe(output))
            return CLI_DONE;
        if (closed != ML_OK) {
            cli_print_error(&write_error);
            return cli_exit_code(closed);
        }
    }
    if (status != ML_OK && !(some_done && run->complaints))
        cli_print_error(error);
    if (run->report.failed && !run->quiet)
        cli_message("%" PRIu64 " of %" PRIu64 " articles failed; the others were done", run->report.failed,
                    run->report.articles);
    return cli_exit_code(status);
}
