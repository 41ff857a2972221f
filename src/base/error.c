#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void fill(ml_error *error, ml_status status, ml_str where, uint32_t line, uint32_t column)
{
    error->status = status;
    error->line = line;
    error->column = column;
    size_t room = sizeof error->where - 1;
    size_t len = where.len < room ? where.len : room;
    if (len)
        memcpy(error->where, where.ptr, len);
    error->where[len] = '\0';
}

ml_status ml_fail(ml_error *error, ml_status status, ml_str where, const char *format, ...)
{
    if (error && error->status == ML_OK) {
        fill(error, status, where, 0, 0);
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

ml_status ml_fail_at(ml_error *error, ml_status status, ml_str where, uint32_t line, uint32_t column,
                     const char *format, ...)
{
    if (error && error->status == ML_OK) {
        fill(error, status, where, line, column);
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

ml_status ml_fail_memory(ml_error *error)
{
    return ml_fail(error, ML_E_MEMORY, ML_STR(""), "out of memory");
}
