/* walk.h - all shortest paths between two vertices, found from both ends; inside this room only. */
#ifndef ML_VIEW_WALK_H
#define ML_VIEW_WALK_H

#include "view/view.h"

typedef struct {
    int64_t from, to, edge; /* rows */
    double weight;
} ml_walk_link;

typedef struct {
    ml_walk_link *links; /* all links of all paths with the fewest links; none: there is no path */
    uint32_t count, cap;
} ml_walk;

/* Walks the edges that pass the question's filters, of `type` where it is not 0. Reads no more than what lies within half the
 * distance of either end. */
ml_status ml_view__walk(ml_store *store, const ml_question *question, int64_t type, int64_t from, int64_t to,
                        ml_arena *arena, ml_walk *out, ml_error *error);

#endif
