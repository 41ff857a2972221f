/* fuzz.h - what libFuzzer calls, and what the targets share; replay.c calls a target with stored inputs, without a fuzzer. */
#ifndef ML_FUZZ_FUZZ_H
#define ML_FUZZ_FUZZ_H

#include "base/buffer.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* One input; returns 0. Ends the process when something is wrong. Run from the folder of the sources. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process, as a sanitizer would, unless this holds. */
void fuzz_expect(bool right);

/* Sinks: nowhere, and behind what is in the buffer. */
ml_sink fuzz_discard(void);
ml_sink fuzz_append(ml_buffer *buffer);

/* The project's own tables, loaded at the first call: a fuzzer makes thousands of calls a second. */
ml_context *fuzz_context(void);

/* Writes a file into a folder of this process, which is away again at its end, and returns its path; static. A name may be
 * `folder/name`. */
const char *fuzz_file(const char *name, const uint8_t *data, size_t size);

/* The path of a folder there. */
const char *fuzz_folder(const char *name);

#endif
