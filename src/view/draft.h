/* draft.h - edges on their way to a graph; inside this room only. */
#ifndef ML_VIEW_DRAFT_H
#define ML_VIEW_DRAFT_H

#include "base/map.h"
#include "view/view.h"

/* An edge before those that are the same become one. */
typedef struct {
    ml_str type, title, source, target; /* ids */
    ml_evidence evidence;
    ml_str date;
    uint16_t confidence_milli;
} ml_draft;

typedef struct {
    ml_arena *arena;
    ml_draft *list;
    uint32_t count, cap;
    ml_vertex *vertices;
    uint32_t vertex_count, vertex_cap;
    ml_map known; /* ids of vertices */
} ml_drafts;

bool ml_view__draft(ml_drafts *drafts, const ml_draft *draft);

/* Adds a vertex, or joins it with the one of the same id. */
bool ml_view__vertex(ml_drafts *drafts, const ml_vertex *vertex);

/* Vertices by id, edges by type, source, target and title; the same are one, with all their evidence. Vertices without an
 * edge are left out unless `all`. */
ml_status ml_view__merge(ml_drafts *drafts, bool all, ml_graph *out, ml_error *error);

#endif
