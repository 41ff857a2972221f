#!/bin/sh
# Functions that overrun, depend on the locale or keep hidden state are used nowhere; the library neither prints nor ends
# the process nor reads the environment.
# shellcheck disable=SC2044,SC2046 # file names have no spaces here
set -eu
status=0

# find_calls NAMES WHERE...: prints the calls, true when there are none.
find_calls() {
    names=$1
    shift
    ! grep -rnE "(^|[^A-Za-z0-9_>.])($names) *\(" --include='*.[ch]' "$@"
}

everywhere='strcpy|strncpy|strcat|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|setlocale|rand|srand|localtime|gmtime|ctime|alloca'
everywhere="$everywhere|isalpha|isdigit|isalnum|isspace|isupper|islower|ispunct|toupper|tolower|strcasecmp|strcoll|system|popen"
find_calls "$everywhere" src || { echo "banned: not to be used here at all"; status=1; }

rooms=$(find src -mindepth 1 -maxdepth 1 -type d ! -name cli ! -name train) # but for the programs
# shellcheck disable=SC2086 # one word a room
find_calls 'printf|fprintf|vfprintf|puts|fputs|putchar|perror|exit|_exit|abort|getenv|signal|isatty' $rooms src/mangluoi.c ||
    { echo "banned: not to be used in the library"; status=1; }

# What is static is const, and nothing else stands outside functions.
# shellcheck disable=SC2086
! grep -nE '^ *static [^(]*[;=]|^[a-z_][a-z_0-9 *]* [*]*[a-z_0-9]+(\[.*\])?( = .*)?;' $(find $rooms -name '*.c') |
    grep -vE 'const|typedef|return|extern|goto' || { echo "banned: state that outlives a call"; status=1; }
exit $status
