/* Any bytes as a record: what is read and written is read again as the same. */
#include "fuzz.h"

#include "record/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ml_arena arena = {0};
    ml_buffer first = {0}, second = {0};
    ml_record record, again;
    if (ml_record_read((ml_str){(const char *)data, (uint32_t)size}, &arena, &record, NULL) == ML_OK) {
        ml_record_write(&record, &first);
        if (ml_record_read(ml_buffer_view(&first), &arena, &again, NULL) != ML_OK)
            abort();
        ml_record_write(&again, &second);
        if (!ml_str_equal(ml_buffer_view(&first), ml_buffer_view(&second)))
            abort();
    }
    ml_buffer_dispose(&second);
    ml_buffer_dispose(&first);
    ml_arena_dispose(&arena);
    return 0;
}
