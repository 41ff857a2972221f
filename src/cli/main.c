#include "cli/cli.h"
#include "cli/message.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Help or version, asked for in place of work. True when it was printed. */
static bool print_asked(const cli_arguments *arguments)
{
    if (cli_has(arguments, &cli_option_help))
        cli_print_help(arguments->command);
    else if (cli_has(arguments, &cli_option_version))
        printf("mangluoi %s\n", ml_version());
    else
        return false;
    return true;
}

static int run_command(const cli_command *command, int argc, char **argv)
{
    cli_arguments arguments;
    int code = CLI_USAGE;
    if (cli_read_arguments(command, argc, argv, &arguments))
        code = print_asked(&arguments) ? CLI_DONE : command->run(&arguments);
    cli_dispose_arguments(&arguments);
    return code;
}

static int unknown_command(const char *word)
{
    const char *names[32];
    size_t count = 0;
    while (cli_commands[count] && count < sizeof names / sizeof *names) {
        names[count] = cli_commands[count]->name;
        count++;
    }
    const char *nearest = cli_nearest(word, names, count);
    if (nearest)
        return cli_usage_error(NULL, "there is no command %s; did you mean %s?", word, nearest);
    return cli_usage_error(NULL, "there is no command %s", word);
}

/* `--help`, `help COMMAND`, `--version`: what stands in place of a command. */
static int run_word(int argc, char **argv)
{
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0) {
        printf("mangluoi %s\n", ml_version());
        return CLI_DONE;
    }
    if (strcmp(word, "--help") != 0 && strcmp(word, "-h") != 0 && strcmp(word, "help") != 0) {
        if (word[0] == '-')
            return cli_usage_error(NULL, "there is no option %s in front of a command", word);
        return unknown_command(word);
    }
    const cli_command *command = argc > 2 ? cli_find_command(argv[2]) : NULL;
    if (argc > 2 && !command)
        return unknown_command(argv[2]);
    if (command)
        cli_print_help(command);
    else
        cli_print_overview(stdout);
    return CLI_DONE;
}

int main(int argc, char **argv)
{
    /* Who reads us may stop early, as head does: the failed write tells, and the ending is quiet. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        cli_print_overview(stderr);
        return CLI_USAGE;
    }
    const cli_command *command = cli_find_command(argv[1]);
    int code = command ? run_command(command, argc - 2, argv + 2) : run_word(argc, argv);
    if (code == CLI_DONE && fflush(stdout) != 0 && errno != EPIPE) {
        cli_message("cannot write to standard output");
        code = CLI_IO;
    }
    return code;
}
