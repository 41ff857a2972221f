/* buffer.h - bytes that grow. Failure is sticky: write freely, check `failed` once at the end. */
#ifndef ML_BASE_BUFFER_H
#define ML_BASE_BUFFER_H

#include "base/str.h"

#include <stddef.h>

typedef struct {
    char *ptr;
    size_t len, cap;
    bool failed; /* memory was short; the bytes are no longer complete */
} ml_buffer;

/* A buffer of zeros is ready for use. */
void ml_buffer_dispose(ml_buffer *buffer);

/* Empties it; keeps the memory, and the failure: a buffer that is used for one piece after another is checked once, too. */
void ml_buffer_clear(ml_buffer *buffer);

/* Empties it and forgets the failure, which was told: for buffers that outlive what failed. */
void ml_buffer_renew(ml_buffer *buffer);

/* Room for `more` bytes behind `len`; false, with `failed` set, when memory is short. */
bool ml_buffer_reserve(ml_buffer *buffer, size_t more);

void ml_buffer_bytes(ml_buffer *buffer, const char *bytes, size_t len);
void ml_buffer_str(ml_buffer *buffer, ml_str text);
void ml_buffer_char(ml_buffer *buffer, char byte);
void ml_buffer_number(ml_buffer *buffer, uint64_t number);

/* Thousandths as a decimal fraction without trailing zeros: 1000 is `1`, 950 is `0.95`. */
void ml_buffer_milli(ml_buffer *buffer, uint64_t milli);

/* As printf; for messages and tables, not for the hot path. */
__attribute__((format(printf, 2, 3))) void ml_buffer_format(ml_buffer *buffer, const char *format, ...);

/* A JSON string with its quotes. Invalid UTF-8 must not come here; control characters are escaped. */
void ml_buffer_json(ml_buffer *buffer, ml_str text);

/* The bytes so far, as a view that the next write may move. Buffers above 4 GiB have no view: empty. */
ml_str ml_buffer_view(const ml_buffer *buffer);

#endif
