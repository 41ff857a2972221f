#include "cli/shell.h"

#include "cli/cli.h"
#include "mangluoi.h"

#include <string.h>

/* Calls `print` for each option of the command: its own, then the common ones. */
static void each_option(const cli_command *command, FILE *stream, void (*print)(FILE *, const cli_option *))
{
    for (size_t i = 0; command->options[i]; i++)
        print(stream, command->options[i]);
    for (size_t i = 0; cli_common_options[i]; i++)
        print(stream, cli_common_options[i]);
}

static bool takes_value(const cli_option *option)
{
    return option->argument && option->argument[0] != '[';
}

static bool takes_folder(const cli_option *option)
{
    return option->argument && strcmp(option->argument, "DIR") == 0;
}

static bool takes_file(const cli_option *option)
{
    return option->argument && strcmp(option->argument, "FILE") == 0;
}

/* Within single quotes of a shell; zsh gives brackets and colons a meaning there, too. */
static void put_quoted(FILE *stream, const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stream);
        else {
            if (strchr(special, *text))
                fputc('\\', stream);
            fputc(*text, stream);
        }
    }
}

/* ---- bash ---- */

static void put_bash_option(FILE *stream, const cli_option *option)
{
    fprintf(stream, " --%s", option->name);
    if (option->letter)
        fprintf(stream, " -%c", option->letter);
}

static void put_formats(FILE *stream)
{
    const ml_format *format;
    for (size_t i = 0; (format = ml_network_format_at(i)); i++)
        fprintf(stream, " %s", format->name);
}

void cli_print_bash(FILE *stream)
{
    fputs("# bash completion of mangluoi; made by `mangluoi completion bash`\n"
          "_mangluoi() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
          "        COMPREPLY=($(compgen -W \"help",
          stream);
    for (size_t i = 0; cli_commands[i]; i++)
        fprintf(stream, " %s", cli_commands[i]->name);
    fputs(" --help --version\" -- \"$word\"))\n        return\n    fi\n"
          "    case $before in\n"
          "    --gazetteers|--models) COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n"
          "    --input) words='text jsonl' ;;\n"
          "    --color) words='auto always never' ;;\n"
          "    --profile) words='gephi cytoscape yed igraph' ;;\n"
          "    --format)\n"
          "        if [ \"${COMP_WORDS[1]}\" = extract ]; then words='records conll brat'; else words='",
          stream);
    put_formats(stream);
    fputs("'; fi ;;\n    esac\n"
          "    if [ -n \"$words\" ]; then\n        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n        return\n "
          "   fi\n"
          "    case ${COMP_WORDS[1]} in\n",
          stream);
    for (size_t i = 0; cli_commands[i]; i++) {
        fprintf(stream, "    %s) words='", cli_commands[i]->name);
        each_option(cli_commands[i], stream, put_bash_option);
        fputs("' ;;\n", stream);
    }
    fputs("    esac\n"
          "    case $word in\n"
          "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
          "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
          "    esac\n"
          "}\n"
          "complete -o filenames -F _mangluoi mangluoi\n",
          stream);
}

/* ---- zsh ---- */

static void put_zsh_form(FILE *stream, const cli_option *option, bool letter)
{
    fputs(" \\\n            '*", stream);
    if (letter)
        fprintf(stream, "-%c", option->letter);
    else
        fprintf(stream, "--%s%s", option->name, takes_value(option) ? "=" : "");
    fputc('[', stream);
    put_quoted(stream, option->help, "[]:\\");
    fputc(']', stream);
    if (takes_value(option))
        fprintf(stream, ":%s:%s", option->argument,
                takes_folder(option) ? "_files -/"
                : takes_file(option) ? "_files"
                                     : "");
    fputc('\'', stream);
}

static void put_zsh_option(FILE *stream, const cli_option *option)
{
    if (option->letter)
        put_zsh_form(stream, option, true);
    put_zsh_form(stream, option, false);
}

void cli_print_zsh(FILE *stream)
{
    fputs("#compdef mangluoi\n# zsh completion of mangluoi; made by `mangluoi completion zsh`\n"
          "_mangluoi() {\n    local -a commands\n    commands=(\n",
          stream);
    for (size_t i = 0; cli_commands[i]; i++) {
        fprintf(stream, "        '%s:", cli_commands[i]->name);
        put_quoted(stream, cli_commands[i]->summary, "\\");
        fputs("'\n", stream);
    }
    fputs("    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
          "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $command in\n",
          stream);
    for (size_t i = 0; cli_commands[i]; i++) {
        fprintf(stream, "    %s)\n        _arguments", cli_commands[i]->name);
        each_option(cli_commands[i], stream, put_zsh_option);
        fputs(" \\\n            '*:file:_files' ;;\n", stream);
    }
    fputs("    esac\n}\ncompdef _mangluoi mangluoi\n", stream);
}

/* ---- fish ---- */

static void put_fish_option(FILE *stream, const char *command, const cli_option *option)
{
    fprintf(stream, "complete -c mangluoi -n '__fish_seen_subcommand_from %s' -l %s", command, option->name);
    if (option->letter)
        fprintf(stream, " -s %c", option->letter);
    if (takes_value(option))
        fputs(takes_file(option) || takes_folder(option) ? " -r -F" : " -x", stream);
    fputs(" -d '", stream);
    put_quoted(stream, option->help, "\\");
    fputs("'\n", stream);
}

void cli_print_fish(FILE *stream)
{
    fputs("# fish completion of mangluoi; made by `mangluoi completion fish`\n", stream);
    for (size_t i = 0; cli_commands[i]; i++) {
        fprintf(stream, "complete -c mangluoi -f -n __fish_use_subcommand -a %s -d '", cli_commands[i]->name);
        put_quoted(stream, cli_commands[i]->summary, "\\");
        fputs("'\n", stream);
        for (size_t k = 0; cli_commands[i]->options[k]; k++)
            put_fish_option(stream, cli_commands[i]->name, cli_commands[i]->options[k]);
        for (size_t k = 0; cli_common_options[k]; k++)
            put_fish_option(stream, cli_commands[i]->name, cli_common_options[k]);
    }
}

/* ---- man: https://man7.org/linux/man-pages/man7/groff_man.7.html ---- */

/* Text of roff: no backslash is one, no hyphen is typographic, and a line does not begin with a control character. */
static void put_roff(FILE *stream, const char *text)
{
    bool begins = true;
    for (; *text; text++) {
        if (begins && (*text == '.' || *text == '\''))
            fputs("\\&", stream);
        if (*text == '\\')
            fputs("\\e", stream);
        else if (*text == '-')
            fputs("\\-", stream);
        else
            fputc(*text, stream);
        begins = *text == '\n';
    }
}

static void put_man_option(FILE *stream, const cli_option *option)
{
    fputs(".TP\n.B ", stream);
    if (option->letter)
        fprintf(stream, "\\-%c, ", option->letter);
    fputs("\\-\\-", stream);
    put_roff(stream, option->name);
    if (option->argument) {
        fputs(option->argument[0] == '[' ? "" : " ", stream);
        put_roff(stream, option->argument);
    }
    fputc('\n', stream);
    put_roff(stream, option->help);
    fputc('\n', stream);
}

static void put_man_command(FILE *stream, const cli_command *command)
{
    fprintf(stream, ".SS mangluoi %s\n", command->name);
    fprintf(stream, ".B mangluoi %s\n", command->name);
    fputs("[OPTION]... ", stream);
    put_roff(stream, command->operands);
    fputs("\n.PP\n", stream);
    put_roff(stream, command->summary);
    fputs(".\n", stream);
    if (command->details) {
        fputs(".PP\n", stream);
        put_roff(stream, command->details);
        fputc('\n', stream);
    }
    for (size_t i = 0; command->options[i]; i++)
        put_man_option(stream, command->options[i]);
    for (const cli_example *example = command->examples; example->line; example++) {
        fputs(".PP\n.EX\n", stream);
        put_roff(stream, example->line);
        fputs("\n.EE\n", stream);
        put_roff(stream, example->purpose);
        fputc('\n', stream);
    }
}

static void put_man_formats(FILE *stream)
{
    const ml_format *format;
    fputs(".SH FORMATS\nBy the ending of the file's name, or\n.BR \\-\\-format .\n", stream);
    for (size_t i = 0; (format = ml_network_format_at(i)); i++) {
        fputs(".TP\n.B ", stream);
        put_roff(stream, format->name);
        fputc('\n', stream);
        put_roff(stream, format->summary);
        fputs(" (", stream);
        put_roff(stream, format->endings);
        fputs(")\n", stream);
    }
}

void cli_print_man(FILE *stream)
{
    fprintf(stream, ".TH MANGLUOI 1 \"\" \"mangluoi %s\"\n", ml_version());
    fputs(".SH NAME\nmangluoi \\- the network behind Vietnamese political and administrative news\n"
          ".SH SYNOPSIS\n.B mangluoi\nCOMMAND [OPTION]... [ARGUMENT]...\n"
          ".SH COMMANDS\n",
          stream);
    for (size_t i = 0; cli_commands[i]; i++)
        put_man_command(stream, cli_commands[i]);
    fputs(".SH OPTIONS OF EVERY COMMAND\n", stream);
    for (size_t i = 0; cli_common_options[i]; i++)
        put_man_option(stream, cli_common_options[i]);
    put_man_formats(stream);
    fputs(
        ".SH EXIT STATUS\n"
        "0 done, 1 some articles failed (the others were done), 2 usage, 3 bad gazetteer or model, 4 input or output.\n"
        ".SH ENVIRONMENT\n"
        ".B MANGLUOI_GAZETTEERS\nand\n.B MANGLUOI_MODELS\nname the folders of the tables;\n"
        ".B NO_COLOR\nforbids colours.\n",
        stream);
}
