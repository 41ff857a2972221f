/* Any bytes as tables and rules of models/: faults are named, or an article can be read by them. */
#include "fuzz.h"
#include "tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tables(data, size);
    return 0;
}
