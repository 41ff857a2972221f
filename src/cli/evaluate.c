#include "cli/cli.h"
#include "cli/data.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const cli_option option_gold = {0, "gold", "FILE",
                                       "marked articles; operands that end in .gold are taken as such, too"};
static const cli_option option_errors = {0, "errors", NULL,
                                         "also show each miss and wrong answer in its sentence, and count their kinds"};
static const cli_option option_json = {0, "json", NULL, "the figures as a JSON object"};

static const cli_option *const options[] = {
    &option_gold, &option_errors, &option_json, &cli_option_input, &cli_option_date, &cli_option_threads, NULL,
};

static const cli_example examples[] = {
    {"mangluoi evaluate --gold marked/*.gold records.jsonl", "how right the records of an extraction are"},
    {"mangluoi evaluate --errors --gold one.gold articles.jsonl", "extracts the articles first; shows what is wrong"},
    {"mangluoi evaluate --json --gold marked/*.gold records.jsonl",
     "the figures and their intervals for another program"},
    {NULL, NULL},
};

static const char details[] = "Precision, recall and F1 of mentions, entities and relations, and the 95% interval\n"
                              "of each F1, by a bootstrap over the articles. INPUT is records that extract wrote,\n"
                              "or articles, which are extracted first. Articles are found in both by their id.\n"
                              "\n"
                              "With --errors each miss and each wrong answer stands above its sentence,\n"
                              "\n"
                              "  visit: missed body 'Đại sứ quán Nhật Bản tại Việt Nam' at 502\n"
                              "      Tỉnh mong muốn [Đại sứ quán Nhật Bản tại Việt Nam] tiếp tục giới thiệu …\n"
                              "\n"
                              "and behind the last of them how many there are of each kind, the most common first.";

typedef struct {
    const cli_arguments *arguments;
    cli_run run;
    const char **gold, **inputs;
    size_t gold_count, input_count;
    char records[CLI_PATH_BYTES]; /* a file of our own; empty when there is none */
} evaluate_job;

static bool ends_in_gold(const char *path)
{
    size_t len = strlen(path);
    return len > 5 && strcmp(path + len - 5, ".gold") == 0;
}

/* Parts marked articles from inputs. */
static int read_job(evaluate_job *job)
{
    const cli_arguments *arguments = job->arguments;
    job->gold_count = cli_values(arguments, &option_gold, job->gold);
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const char *operand = arguments->operands[i];
        if (ends_in_gold(operand))
            job->gold[job->gold_count++] = operand;
        else
            job->inputs[job->input_count++] = operand;
    }
    if (!job->gold_count)
        return cli_usage_error(arguments->command, "no marked articles: give --gold FILE...");
    if (!job->input_count)
        return cli_usage_error(arguments->command,
                               "nothing to score: give records or articles, or - for standard input");
    return cli_run_start(arguments, &job->run) ? CLI_DONE : CLI_USAGE;
}

/* Makes an empty file of our own for the records. */
static ml_status make_records_file(evaluate_job *job, ml_error *error)
{
    const char *asked = getenv("TMPDIR");
    const char *folder = asked && *asked ? asked : "/tmp";
    snprintf(job->records, sizeof job->records, "%s/mangluoi.XXXXXX", folder);
    int file = mkstemp(job->records);
    if (file >= 0 && close(file) == 0)
        return ML_OK;
    job->records[0] = '\0';
    return cli_fail(error, ML_E_IO, folder, "cannot make a temporary file here; set $TMPDIR to another folder");
}

/* Articles become records, records stay as they are. */
static int extract_all(evaluate_job *job)
{
    ml_error error = {0};
    ml_context *context = NULL;
    cli_output records;
    ml_status status = make_records_file(job, &error);
    if (status == ML_OK)
        status = cli_load_context(job->arguments, &context, &error);
    if (status == ML_OK)
        status = cli_output_open(&records, job->records, &error);
    if (status != ML_OK) {
        cli_print_error(&error);
        ml_context_free(context);
        return cli_exit_code(status);
    }
    status = ml_extract_inputs(context, job->inputs, job->input_count, &job->run.options, cli_output_sink(&records),
                               &job->run.report, &error);
    ml_context_free(context);
    return cli_run_end(&job->run, &records, status, &error);
}

static int score(const evaluate_job *job)
{
    ml_evaluate_options how = {.show_errors = cli_has(job->arguments, &option_errors),
                               .json = cli_has(job->arguments, &option_json),
                               .complain = job->run.options.complain,
                               .payload = job->run.options.payload};
    cli_output output;
    ml_error error = {0};
    ml_status status = cli_output_open(&output, NULL, &error);
    if (status == ML_OK)
        status = ml_evaluate(job->gold, job->gold_count, job->records, &how, cli_output_sink(&output), &error);
    return cli_output_end(&output, status, &error);
}

static int run_job(evaluate_job *job)
{
    int extracted = extract_all(job);
    int scored = extracted == CLI_DONE || extracted == CLI_SOME_FAILED ? score(job) : CLI_DONE;
    if (job->records[0])
        unlink(job->records);
    return scored == CLI_DONE ? extracted : scored;
}

static int evaluate(const cli_arguments *arguments)
{
    size_t room = arguments->given_count + arguments->operand_count + 1;
    evaluate_job job = {.arguments = arguments};
    job.gold = calloc(room, sizeof *job.gold);
    job.inputs = calloc(room, sizeof *job.inputs);
    int code = CLI_IO;
    if (!job.gold || !job.inputs)
        cli_message("out of memory");
    else if ((code = read_job(&job)) == CLI_DONE)
        code = run_job(&job);
    free(job.inputs);
    free(job.gold);
    return code;
}

const cli_command cli_command_evaluate = {
    .name = "evaluate",
    .operands = "--gold FILE... INPUT...",
    .summary = "Score records against marked articles",
    .details = details,
    .options = options,
    .examples = examples,
    .run = evaluate,
};
