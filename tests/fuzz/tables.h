/* tables.h - small tables of which an input replaces some; what the targets gazetteer and rule share. */
#ifndef ML_FUZZ_TABLES_H
#define ML_FUZZ_TABLES_H

#include <stddef.h>
#include <stdint.h>

/* Reads the input as tables, one behind the other, each behind a line `== gazetteers/bodies.tsv`; the others are those of
 * tests/fuzz/tables/, or the project's where there is none. All are checked; where nothing is wrong with them, an article is read by them. */
void fuzz_tables(const uint8_t *data, size_t size);

#endif
