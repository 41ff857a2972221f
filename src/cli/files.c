#include "cli/files.h"

#include "cli/cli.h"
#include "cli/message.h"

#include <stdlib.h>
#include <string.h>

const cli_option cli_option_files = {'o', "output", "FILE",
                                     "write the network to FILE; its ending names the format; may be repeated"};
const cli_option cli_option_format = {0, "format", "NAME", "format of every FILE, whatever it is called"};
const cli_option cli_option_profile = {0, "profile", "NAME",
                                       "the dialect of one program: gephi, cytoscape, yed, igraph"};
const cli_option cli_option_links = {0, "links", NULL, "node-link JSON with `links` for `edges`, as D3 wants it"};
const cli_option cli_option_no_isolates = {0, "no-isolates", NULL, "leave out vertices that no edge touches"};
const cli_option cli_option_csv_raw = {0, "csv-raw", NULL, "CSV without the ' before what looks like a formula"};

/* All endings as `.graphml, .gexf, ...`. */
static const char *list_endings(char *out, size_t room)
{
    const ml_format *format;
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; (format = ml_network_format_at(i)) && len < room; i++) {
        int more = snprintf(out + len, room - len, "%s%.*s", i ? ", " : "", (int)strcspn(format->endings, "|"),
                            format->endings);
        len += more > 0 ? (size_t)more : 0;
    }
    return out;
}

/* Does any of the files have a format with this profile? One run may write for several programs. */
static bool profile_fits(const cli_files *files, ml_error *error)
{
    bool fits = !files->count;
    for (size_t i = 0; i < files->count && !fits; i++) {
        const char *format = files->format ? files->format : ml_network_format(files->paths[i]);
        fits = ml_network_format_check(format, files->options.profile, error) == ML_OK;
    }
    return fits;
}

static int check(const cli_files *files, const cli_arguments *arguments, const char *others)
{
    char known[512];
    ml_error error = {0};
    if (files->format && ml_network_format_check(files->format, NULL, &error) != ML_OK)
        return cli_usage_error(arguments->command, "--format: %s", error.message);
    for (size_t i = 0; i < files->count && !files->format; i++) {
        if (!ml_network_format(files->paths[i]))
            return cli_usage_error(arguments->command,
                                   "-o %s: the ending names no format; there are %s%s; or give --format NAME",
                                   files->paths[i], list_endings(known, sizeof known), others ? others : "");
    }
    if (files->options.profile && !profile_fits(files, &error))
        return cli_usage_error(arguments->command, "--profile: %s", error.message);
    return CLI_DONE;
}

int cli_files_read(const cli_arguments *arguments, const char *others, cli_files *out)
{
    *out = (cli_files){
        .paths = calloc(arguments->given_count + 1, sizeof *out->paths),
        .outputs = calloc(arguments->given_count + 1, sizeof *out->outputs),
        .format = cli_value(arguments, &cli_option_format),
        .options = {.profile = cli_value(arguments, &cli_option_profile),
                    .links = cli_has(arguments, &cli_option_links),
                    .no_isolates = cli_has(arguments, &cli_option_no_isolates),
                    .raw = cli_has(arguments, &cli_option_csv_raw)},
    };
    if (!out->paths || !out->outputs) {
        cli_message("out of memory");
        return CLI_IO;
    }
    out->count = cli_values(arguments, &cli_option_files, out->paths);
    return check(out, arguments, others);
}

void cli_files_dispose(cli_files *files)
{
    free(files->paths);
    free(files->outputs);
    *files = (cli_files){0};
}

ml_status cli_files_open(cli_files *files, const cli_arguments *arguments, ml_error *error)
{
    for (size_t i = 0; i < files->count; i++) {
        ml_status status = cli_output_spare(files->paths[i], arguments->operands, arguments->operand_count, error);
        if (status == ML_OK)
            status = cli_output_open(&files->outputs[i], files->paths[i], error);
        if (status != ML_OK)
            return status;
        files->opened++;
    }
    return ML_OK;
}

static ml_status write_one(cli_files *files, size_t index, cli_write write, void *source, ml_error *error)
{
    const char *format = files->format ? files->format : ml_network_format(files->paths[index]);
    ml_write_options options = files->options;
    ml_error ignored = {0};
    /* The profile is for those of the files that have it. */
    if (ml_network_format_check(format, options.profile, &ignored) != ML_OK)
        options.profile = NULL;
    return write(source, format, &options, cli_output_sink(&files->outputs[index]), error);
}

ml_status cli_files_write(cli_files *files, cli_write write, void *source, ml_error *error)
{
    for (size_t i = 0; i < files->count; i++) {
        ml_status status = write_one(files, i, write, source, error);
        if (status != ML_OK && !files->outputs[i].failure) /* a failure to write is reported when it is closed */
            return status;
    }
    *error = (ml_error){0};
    return cli_files_close(files, true, error);
}

ml_status cli_files_close(cli_files *files, bool keep, ml_error *error)
{
    ml_status first = ML_OK;
    for (size_t i = 0; i < files->opened; i++) {
        ml_error ignored = {0};
        ml_status status = cli_output_close(&files->outputs[i], keep, first == ML_OK ? error : &ignored);
        first = first == ML_OK ? status : first;
    }
    files->opened = 0;
    return first;
}
