/* fuzz.h - what libFuzzer calls; replay.c calls it with stored inputs, without a fuzzer. */
#ifndef ML_FUZZ_FUZZ_H
#define ML_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* One input; returns 0. Ends the process when something is wrong. Run from the folder of the sources. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
