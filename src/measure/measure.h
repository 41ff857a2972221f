/* measure.h - what igraph knows of a graph: ranks, communities, paths.
 *
 *     plain links --> | igraph | --> a number for each vertex, a path
 *
 * igraph keeps handlers and random numbers for the whole process: nothing of this room may run on two threads at once. Each
 * function leaves them as it found them. Debian's igraph 0.10.2 is what this is written and tested for; its PageRank wants
 * weights above zero, which the functions check.
 */
#ifndef ML_MEASURE_MEASURE_H
#define ML_MEASURE_MEASURE_H

#include "base/arena.h"
#include "base/error.h"

#include <igraph/igraph.h>

/* Links without direction, each pair of vertices at most once and no vertex with itself. */
typedef struct {
    uint32_t vertex_count, link_count;
    const uint32_t *ends;  /* two for each link */
    const double *weights; /* how well each is attested, above 0 */
} ml_links;

typedef enum {
    ML_BY_DEGREE,      /* links of the vertex */
    ML_BY_STRENGTH,    /* their weights, summed up */
    ML_BY_BETWEENNESS, /* shortest paths through it, the better attested a link the shorter */
    ML_BY_CLOSENESS,   /* the inverse of the mean distance to those that can be reached */
    ML_BY_PAGERANK,    /* damping 0.85, by weights; they sum up to 1 */
    ML_BY_CORE,        /* the largest k such that it is in a part where all have k links */
    ML_MEASURES,
} ml_measure;

/* Static; NULL behind the last. */
const char *ml_measure_name(ml_measure measure);

/* The measure for every vertex; `out` has room for all. ML_E_USAGE: too large for a measure that looks at all pairs;
 * ML_E_GRAPH, ML_E_MEMORY. */
ml_status ml_measure_rank(const ml_links *links, ml_measure measure, double *out, ml_error *error);

/* Leiden communities by modularity (Traag, Waltman, van Eck 2019, arXiv:1810.08473), largest first, the same each time.
 * `community` has room for all vertices. */
ml_status ml_measure_communities(const ml_links *links, double resolution, uint32_t *community, uint32_t *count,
                                 double *modularity, ml_error *error);

/* The connected component of each vertex, largest first. */
ml_status ml_measure_components(const ml_links *links, uint32_t *component, uint32_t *count, ml_error *error);

/* The cheapest path, where a link of weight w costs 1 + 1 / w: few links, and well attested ones. `links_out` has room for
 * vertex_count links; *length is UINT32_MAX where there is no path. */
ml_status ml_measure_path(const ml_links *links, uint32_t from, uint32_t to, uint32_t *links_out, uint32_t *length,
                          ml_error *error);

/* Pairs of the second kind's vertices that have neighbors in common: the projection of a graph whose links lead from
 * [0, first_count) to the others. `pairs` and `common` (how many neighbors) are the arena's. */
ml_status ml_measure_project(const ml_links *links, uint32_t first_count, ml_arena *arena, uint32_t **pairs,
                             uint32_t **common, uint32_t *pair_count, ml_error *error);

/* ---- igraph's process-wide state ---- */

/* Replaced while igraph is used: its own handlers abort the process or print, its random numbers start from the clock. */
typedef struct {
    igraph_error_handler_t *on_error;
    igraph_warning_handler_t *on_warning;
    igraph_rng_t random, saved_random;
} ml_igraph_session;

igraph_error_t ml_igraph_begin(ml_igraph_session *session);
void ml_igraph_end(ml_igraph_session *session);
ml_status ml_igraph_report(igraph_error_t code, ml_error *error);

#endif
