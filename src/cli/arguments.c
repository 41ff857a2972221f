#include "cli/arguments.h"

#include "cli/cli.h"
#include "cli/message.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Names longer than this are no misspelling of ours. */
enum { NAME_LIMIT = 31, NAMES_LIMIT = 64 };

bool cli_has(const cli_arguments *arguments, const cli_option *option)
{
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (arguments->given[i].option == option)
            return true;
    }
    return false;
}

const char *cli_value(const cli_arguments *arguments, const cli_option *option)
{
    for (size_t i = arguments->given_count; i-- > 0;) {
        if (arguments->given[i].option == option)
            return arguments->given[i].value;
    }
    return NULL;
}

size_t cli_values(const cli_arguments *arguments, const cli_option *option, const char **values)
{
    size_t count = 0;
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (arguments->given[i].option == option)
            values[count++] = arguments->given[i].value;
    }
    return count;
}

bool cli_read_number(const char *text, unsigned lowest, unsigned highest, unsigned *out)
{
    uint64_t number = 0;
    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        number = number * 10 + (uint64_t)(*text - '0');
        if (number > highest)
            return false;
    }
    if (number < lowest)
        return false;
    *out = (unsigned)number;
    return true;
}

/* How many letters must be put in, left out or changed (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    size_t row[NAME_LIMIT + 1];
    size_t a_len = strlen(a), b_len = strlen(b);
    if (a_len > NAME_LIMIT || b_len > NAME_LIMIT)
        return SIZE_MAX;
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b_len];
}

const char *cli_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    size_t len = strlen(word);
    for (size_t i = 0; i < count; i++) {
        bool head = len >= 2 && strncmp(word, candidates[i], len) == 0;
        size_t away = head ? 1 : distance(word, candidates[i]);
        if (away < least && away <= 1 + len / 3) {
            least = away;
            nearest = candidates[i];
        }
    }
    return nearest;
}

/* The n-th option of the command: its own, then the common ones; NULL behind the last. */
static const cli_option *option_at(const cli_command *command, size_t index)
{
    size_t own = 0;
    while (command->options[own])
        own++;
    return index < own ? command->options[index] : cli_common_options[index - own];
}

static const cli_option *find_long(const cli_command *command, const char *name, size_t len)
{
    const cli_option *option;
    for (size_t i = 0; (option = option_at(command, i)); i++) {
        if (strlen(option->name) == len && memcmp(option->name, name, len) == 0)
            return option;
    }
    return NULL;
}

static const cli_option *find_letter(const cli_command *command, char letter)
{
    const cli_option *option;
    for (size_t i = 0; (option = option_at(command, i)); i++) {
        if (option->letter == letter)
            return option;
    }
    return NULL;
}

static bool unknown_long(const cli_command *command, const char *name, size_t len)
{
    const char *names[NAMES_LIMIT];
    char word[NAME_LIMIT + 1];
    size_t count = 0;
    const cli_option *option;
    for (size_t i = 0; (option = option_at(command, i)) && count < NAMES_LIMIT; i++)
        names[count++] = option->name;
    const char *nearest = NULL;
    if (len <= NAME_LIMIT) {
        memcpy(word, name, len);
        word[len] = '\0';
        nearest = cli_nearest(word, names, count);
    }
    if (nearest)
        cli_usage_error(command, "there is no option --%.*s; did you mean --%s?", (int)len, name, nearest);
    else
        cli_usage_error(command, "there is no option --%.*s", (int)len, name);
    return false;
}

static void give(cli_arguments *out, const cli_option *option, const char *value)
{
    out->given[out->given_count++] = (cli_given){option, value};
}

/* Reads `--name`, `--name=value` or `--name value`; *at moves over what was taken. */
static bool read_long(cli_arguments *out, int argc, char **argv, int *at)
{
    const char *name = argv[*at] + 2;
    size_t len = strcspn(name, "=");
    const char *value = name[len] ? name + len + 1 : NULL;
    const cli_option *option = find_long(out->command, name, len);
    if (!option)
        return unknown_long(out->command, name, len);
    if (!option->argument && value) {
        cli_usage_error(out->command, "--%s takes no value", option->name);
        return false;
    }
    if (option->argument && option->argument[0] != '[' && !value) {
        if (*at + 1 >= argc) {
            cli_usage_error(out->command, "--%s needs a value: --%s %s", option->name, option->name, option->argument);
            return false;
        }
        value = argv[++*at];
    }
    give(out, option, value);
    return true;
}

/* Reads `-q`, `-qj2`, `-j 2`. */
static bool read_letters(cli_arguments *out, int argc, char **argv, int *at)
{
    for (const char *letter = argv[*at] + 1; *letter; letter++) {
        const cli_option *option = find_letter(out->command, *letter);
        if (!option) {
            cli_usage_error(out->command, "there is no option -%c", *letter);
            return false;
        }
        if (!option->argument) {
            give(out, option, NULL);
            continue;
        }
        if (!letter[1] && *at + 1 >= argc) {
            cli_usage_error(out->command, "-%c needs a value: -%c %s", *letter, *letter, option->argument);
            return false;
        }
        give(out, option, letter[1] ? letter + 1 : argv[++*at]);
        break;
    }
    return true;
}

bool cli_read_arguments(const cli_command *command, int argc, char **argv, cli_arguments *out)
{
    size_t letters = 1;
    for (int i = 0; i < argc; i++)
        letters += strlen(argv[i]);
    *out = (cli_arguments){.command = command};
    out->given = calloc(letters, sizeof *out->given);
    out->operands = calloc((size_t)argc + 1, sizeof *out->operands);
    if (!out->given || !out->operands) {
        cli_message("out of memory");
        return false;
    }
    bool options = true;
    for (int i = 0; i < argc; i++) {
        bool dash = options && argv[i][0] == '-' && argv[i][1];
        if (!dash)
            out->operands[out->operand_count++] = argv[i];
        else if (strcmp(argv[i], "--") == 0)
            options = false;
        else if (argv[i][1] == '-' ? !read_long(out, argc, argv, &i) : !read_letters(out, argc, argv, &i))
            return false;
    }
    return true;
}

void cli_dispose_arguments(cli_arguments *arguments)
{
    free(arguments->given);
    free(arguments->operands);
    *arguments = (cli_arguments){0};
}
