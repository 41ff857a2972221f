/* error.h - a status that is returned and a detail that the caller owns. */
#ifndef ML_BASE_ERROR_H
#define ML_BASE_ERROR_H

#include "base/str.h"

/* Fills `error` (which may be NULL) unless it already holds a failure, and returns `status`. The first failure wins. */
__attribute__((format(printf, 4, 5))) ml_status ml_fail(ml_error *error, ml_status status, ml_str where,
                                                        const char *format, ...);

/* The same with a place in a file; line and column count from 1, 0 is unknown. */
__attribute__((format(printf, 6, 7))) ml_status ml_fail_at(ml_error *error, ml_status status, ml_str where,
                                                           uint32_t line, uint32_t column, const char *format, ...);

/* The one message for memory that is short. */
ml_status ml_fail_memory(ml_error *error);

/* Returns from the caller what is not ML_OK; only where nothing needs cleaning up. */
#define ML_TRY(expression)                                                                                             \
    do {                                                                                                               \
        ml_status try_status = (expression);                                                                           \
        if (try_status != ML_OK)                                                                                       \
            return try_status;                                                                                         \
    } while (0)

#endif
