/* network.h - records merged into one graph.
 *
 *     records --add--> | network | --merge--> | graph | --> export; components and layout by igraph
 *
 * A network keeps what each article contributes and merges when asked, so that no order of arrival can matter. docs/SCHEMA.md
 * gives the rules: an article counts once; of two different records of an article the one whose contents come first in
 * byte order stays; relations that are not stated as facts (with a modality) add no edge.
 *
 * igraph works on process-wide handlers and is used from one thread only: the functions of this room that call it
 * (ml_graph_components, ml_graph_layout) must not run on two threads at once. They leave the handlers as they were.
 */
#ifndef ML_NETWORK_NETWORK_H
#define ML_NETWORK_NETWORK_H

#include "base/error.h"
#include "record/record.h"

/* An entity. Where articles differ in name, type, date or parent, what most of them say holds, then the longest, then the
 * first in byte order. */
typedef struct {
    ml_str id, label;
    ml_entity_type type;
    ml_str date;        /* of an event, or empty */
    ml_str parent;      /* id of the unit or body that it belongs to, or empty; it need not be in the graph */
    uint32_t documents; /* articles that have it */
    ml_str first, last; /* dates of the first and last of them, empty where none has one */
} ml_vertex;

/* A sentence, in code points of the article; `end` 0 where the record does not tell. */
typedef struct {
    ml_str article;
    uint32_t start, end;
} ml_evidence;

/* A relation. Of a symmetric one the source is the end whose id comes first. */
typedef struct {
    ml_str type, title;
    uint32_t source, target;     /* indices of vertices */
    uint32_t weight;             /* articles that say so */
    ml_str first, last;          /* dates: the relation's, else the article's */
    uint16_t confidence_milli;   /* of the surest statement */
    const ml_evidence *evidence; /* by article, then by place: at least one per article */
    uint32_t evidence_count;
} ml_edge;

/* Vertices by id; edges by type, source, target and title. Byte order. */
typedef struct {
    const ml_vertex *vertices;
    const ml_edge *edges;
    uint32_t vertex_count, edge_count;
    uint64_t documents;
} ml_graph;

/* Merges what was added so far. *out belongs to the network and lives until the next ml_network_add() or _free(). */
ml_status ml_network_merge(ml_network *network, const ml_graph **out, ml_error *error);

typedef struct {
    double x, y;
} ml_point;

/* The connected component of each vertex, edges taken without direction: largest first, equal ones by their first vertex.
 * `component` has room for all vertices. ML_E_GRAPH, ML_E_MEMORY. */
ml_status ml_graph_components(const ml_graph *graph, uint32_t *component, uint32_t *component_count, ml_error *error);

/* A place for each vertex, each component by itself with its middle at 0, 0 and neighbours about 1 apart. The same graph is
 * always laid out the same. `component` as above. ML_E_GRAPH, ML_E_MEMORY. */
ml_status ml_graph_layout(const ml_graph *graph, const uint32_t *component, uint32_t component_count, ml_point *out,
                          ml_error *error);

#endif
