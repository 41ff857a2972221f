#include "page/page.h"

#include <stdlib.h>

struct ml_page {
    ml_network *network;
    ml_passages passages;
    ml_arena reading; /* of one record */
};

ml_status ml_page_new(ml_page **out, ml_error *error)
{
    ml_page *page = calloc(1, sizeof *page);
    if (!page)
        return ml_fail_memory(error);
    ml_status status = ml_network_new(&page->network, error);
    if (status != ML_OK) {
        ml_page_free(page);
        return status;
    }
    *out = page;
    return ML_OK;
}

void ml_page_free(ml_page *page)
{
    if (!page)
        return;
    ml_network_free(page->network);
    ml_passages_dispose(&page->passages);
    ml_arena_dispose(&page->reading);
    free(page);
}

ml_status ml_page_add(ml_page *page, ml_str line, ml_error *error)
{
    ml_record record;
    ml_arena_reset(&page->reading);
    ML_TRY(ml_record_read(line, &page->reading, &record, error));
    if (record.error_code.len)
        return ML_OK;
    ML_TRY(ml_network_add(page->network, line, error));
    return ml_passages_add(&page->passages, &record, error);
}

ml_status ml_page_measure(ml_page *page, ml_network_size *out, ml_error *error)
{
    return ml_network_measure(page->network, out, error);
}

ml_status ml_page_write(ml_page *page, const ml_write_options *options, ml_sink sink, ml_error *error)
{
    const ml_graph *graph;
    ml_graph connected;
    ml_arena arena = {0};
    ML_TRY(ml_network_merge(page->network, &graph, error));
    if (options && options->no_isolates) {
        if (!ml_export_drop_isolates(graph, &arena, &connected)) {
            ml_arena_dispose(&arena);
            return ml_fail_memory(error);
        }
        graph = &connected;
    }
    ml_output out = {.sink = sink};
    ml_status status = ml_page__write(graph, &page->passages, &out, error);
    ml_status end = ml_output_end(&out, error);
    ml_arena_dispose(&arena);
    return status == ML_OK ? end : status;
}
