/* view.h - a store, or a part of it, as a graph: to be exported, ranked, divided, walked.
 *
 *     store --filter, project--> | ml_graph, ml_links | --> export, measure --> answers
 *
 * The views: `full` has everything; `posts` who holds which; `meetings` who came to what; `people` persons who sat at the same
 * meetings; `provinces` what provinces, and the bodies in them, have to do with each other. docs/STORE.md.
 */
#ifndef ML_VIEW_VIEW_H
#define ML_VIEW_VIEW_H

#include "measure/measure.h"
#include "network/network.h"
#include "query/query.h"

/* The view with its evidence, as ml_network_merge() gives a network; lives in `arena`. ML_E_USAGE: no such view. */
ml_status ml_view_graph(ml_store *store, const ml_question *question, ml_arena *arena, ml_graph *out, ml_error *error);

/* Links between rows of vertices, parallel ones made one. */
typedef struct {
    ml_links links;
    const int64_t *row;      /* of each vertex; of `provinces` NULL */
    const ml_vertex *vertex; /* of `provinces` and `people`, else NULL */
} ml_view_links;

/* The same without what only an export needs. */
ml_status ml_view_load(ml_store *store, const ml_question *question, ml_arena *arena, ml_view_links *out,
                       ml_error *error);

#endif
