/* files.h - the files that a network is written to, for the commands that write one. */
#ifndef ML_CLI_FILES_H
#define ML_CLI_FILES_H

#include "mangluoi.h"

#include "cli/arguments.h"
#include "cli/output.h"

extern const cli_option cli_option_files; /* -o FILE, may be repeated */
extern const cli_option cli_option_format;
extern const cli_option cli_option_profile;
extern const cli_option cli_option_links;
extern const cli_option cli_option_no_isolates;
extern const cli_option cli_option_csv_raw;

typedef struct {
    const char **paths;
    cli_output *outputs;
    const char *format; /* NULL: by the ending of each path */
    ml_write_options options;
    size_t count, opened;
} cli_files;

/* Reads the options above and checks formats and profiles. `others` are endings that the command knows besides, for the
 * message about one that nobody knows; or NULL. Returns the exit code, CLI_DONE where all is well; a message was printed where
 * not. Dispose in both cases. */
int cli_files_read(const cli_arguments *arguments, const char *others, cli_files *out);
void cli_files_dispose(cli_files *files);

/* Opens all of them; refuses those that are among the inputs. Who misspelt a folder shall learn it before the work. */
ml_status cli_files_open(cli_files *files, const cli_arguments *arguments, ml_error *error);

/* Writes what `source` holds in a format. */
typedef ml_status (*cli_write)(void *source, const char *format, const ml_write_options *options, ml_sink sink,
                               ml_error *error);

/* Has the source written to each and closes them. */
ml_status cli_files_write(cli_files *files, cli_write write, void *source, ml_error *error);

/* Closes what is open; the files get their names if `keep`. Returns the first failure. */
ml_status cli_files_close(cli_files *files, bool keep, ml_error *error);

#endif
