#include "cli/cli.h"
#include "mangluoi.h"

#include <stdio.h>

static const char exit_codes[] = "Exit codes: 0 done, 1 some articles failed (the others were done), 2 usage,\n"
                                 "3 bad gazetteer or model, 4 input, output or store.\n";

static void print_option(FILE *stream, const cli_option *option)
{
    char form[64];
    const char *argument = option->argument ? option->argument : "";
    const char *between = !option->argument ? "" : option->argument[0] == '[' ? "" : " ";
    if (option->letter)
        snprintf(form, sizeof form, "-%c, --%s%s%s", option->letter, option->name, between, argument);
    else
        snprintf(form, sizeof form, "    --%s%s%s", option->name, between, argument);
    fprintf(stream, "  %-22s %s\n", form, option->help);
}

static void print_options(FILE *stream, const cli_option *const *options)
{
    for (size_t i = 0; options[i]; i++)
        print_option(stream, options[i]);
}

/* `.dot, .gv` of `.dot|.gv`. */
static void print_list(FILE *stream, const char *list)
{
    for (; *list; list++) {
        if (*list == '|')
            fputs(", ", stream);
        else
            fputc(*list, stream);
    }
}

static void print_formats(FILE *stream)
{
    const ml_format *format;
    fprintf(stream, "\nFormats, by FILE's ending or --format NAME:\n");
    for (size_t i = 0; (format = ml_network_format_at(i)); i++) {
        fprintf(stream, "  %-12s %s (", format->name, format->summary);
        print_list(stream, format->endings);
        fputs(")\n", stream);
        if (format->profiles[0]) {
            fprintf(stream, "  %-12s --profile ", "");
            print_list(stream, format->profiles);
            fputc('\n', stream);
        }
    }
}

void cli_print_overview(FILE *stream)
{
    fprintf(stream,
            "mangluoi %s: the network behind Vietnamese political and administrative news\n\n"
            "Usage: mangluoi COMMAND [OPTION]... [ARGUMENT]...\n\nCommands:\n",
            ml_version());
    for (size_t i = 0; cli_commands[i]; i++)
        fprintf(stream, "  %-11s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fprintf(stream, "\nOptions of every command:\n");
    print_options(stream, cli_common_options);
    fprintf(stream, "\nExamples:\n");
    for (size_t i = 0; cli_commands[i]; i++)
        fprintf(stream, "  %s\n      %s\n", cli_commands[i]->examples[0].line, cli_commands[i]->examples[0].purpose);
    fprintf(stream, "\n%s\n`mangluoi COMMAND --help` says more about one command.\n", exit_codes);
}

void cli_print_help(const cli_command *command)
{
    printf("Usage: mangluoi %s [OPTION]... %s\n\n%s\n", command->name, command->operands, command->summary);
    if (command->details)
        printf("\n%s\n", command->details);
    printf("\nOptions:\n");
    print_options(stdout, command->options);
    print_options(stdout, cli_common_options);
    if (command->writes_networks)
        print_formats(stdout);
    printf("\nExamples:\n");
    for (const cli_example *example = command->examples; example->line; example++)
        printf("  %s\n      %s\n", example->line, example->purpose);
    printf("\n%s", exit_codes);
}
