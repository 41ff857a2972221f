#include "view/view.h"

#include <stdlib.h>

struct ml_view {
    ml_network *network;
    ml_passages passages;
    ml_arena reading; /* of one record */
};

ml_status ml_view_new(ml_view **out, ml_error *error)
{
    ml_view *view = calloc(1, sizeof *view);
    if (!view)
        return ml_fail_memory(error);
    ml_status status = ml_network_new(&view->network, error);
    if (status != ML_OK) {
        ml_view_free(view);
        return status;
    }
    *out = view;
    return ML_OK;
}

void ml_view_free(ml_view *view)
{
    if (!view)
        return;
    ml_network_free(view->network);
    ml_passages_dispose(&view->passages);
    ml_arena_dispose(&view->reading);
    free(view);
}

ml_status ml_view_add(ml_view *view, ml_str line, ml_error *error)
{
    ml_record record;
    ml_arena_reset(&view->reading);
    ML_TRY(ml_record_read(line, &view->reading, &record, error));
    if (record.error_code.len)
        return ML_OK;
    ML_TRY(ml_network_add(view->network, line, error));
    return ml_passages_add(&view->passages, &record, error);
}

ml_status ml_view_measure(ml_view *view, ml_network_size *out, ml_error *error)
{
    return ml_network_measure(view->network, out, error);
}

ml_status ml_view_write(ml_view *view, const ml_write_options *options, ml_sink sink, ml_error *error)
{
    const ml_graph *graph;
    ml_graph connected;
    ml_arena arena = {0};
    ML_TRY(ml_network_merge(view->network, &graph, error));
    if (options && options->no_isolates) {
        if (!ml_export_drop_isolates(graph, &arena, &connected)) {
            ml_arena_dispose(&arena);
            return ml_fail_memory(error);
        }
        graph = &connected;
    }
    ml_output out = {.sink = sink};
    ml_status status = ml_view__page(graph, &view->passages, &out, error);
    ml_status end = ml_output_end(&out, error);
    ml_arena_dispose(&arena);
    return status == ML_OK ? end : status;
}
