/* What the loaded tables hold, for who asks; needs no worker. */
#include "document/document.h"

ml_status ml_gazetteer_lookup(const ml_context *context, ml_str name, const char *date, ml_sink sink, uint64_t *rows,
                              ml_error *error)
{
    ml_date day = {0};
    if (date && !ml_date_read(ml_str_from(date), &day))
        return ml_fail(error, ML_E_USAGE, ml_str_from(date), "no date: write YYYY-MM-DD");
    return ml_gazetteer_find_rows(context->gazetteer, name, day, sink, rows, error);
}

ml_status ml_gazetteer_list(const ml_context *context, const char *table, ml_sink sink, ml_error *error)
{
    return ml_gazetteer_write_rows(context->gazetteer, table, sink, error);
}
