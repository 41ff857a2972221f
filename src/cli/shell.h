/* shell.h - what shells and `man` want to know of the command line, made from the same tables as the help. */
#ifndef ML_CLI_SHELL_H
#define ML_CLI_SHELL_H

#include <stdio.h>

void cli_print_bash(FILE *stream);
void cli_print_zsh(FILE *stream);
void cli_print_fish(FILE *stream);
void cli_print_man(FILE *stream);

#endif
