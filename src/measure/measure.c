#include "measure/measure.h"

#include <math.h>
#include <stdlib.h>

/* Looking at all pairs takes vertices times links steps: up to here about a minute. */
static const double most_steps = 3e10;

static const char *const names[ML_MEASURES] = {"degree", "strength", "betweenness", "closeness", "pagerank", "core"};

const char *ml_measure_name(ml_measure measure)
{
    return measure < ML_MEASURES ? names[measure] : NULL;
}

/* A graph and the weights of its edges, in igraph's own kinds. */
typedef struct {
    igraph_t graph;
    igraph_vector_t weights;
} built_graph;

static igraph_error_t build_edges(const ml_links *links, igraph_t *graph)
{
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_int_init(&ends, 2 * (igraph_integer_t)links->link_count);
    if (code != IGRAPH_SUCCESS)
        return code;
    for (size_t i = 0; i < 2 * (size_t)links->link_count; i++)
        VECTOR(ends)[i] = links->ends[i];
    code = igraph_create(graph, &ends, links->vertex_count, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&ends);
    return code;
}

/* `distances`: weights become lengths, 1 + 1 / weight. */
static igraph_error_t build(const ml_links *links, bool distances, built_graph *out)
{
    igraph_error_t code = build_edges(links, &out->graph);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_vector_init(&out->weights, links->link_count);
    if (code != IGRAPH_SUCCESS) {
        igraph_destroy(&out->graph);
        return code;
    }
    for (size_t i = 0; i < links->link_count; i++)
        VECTOR(out->weights)[i] = distances ? 1 + 1 / links->weights[i] : links->weights[i];
    return code;
}

static void destroy(built_graph *built)
{
    igraph_vector_destroy(&built->weights);
    igraph_destroy(&built->graph);
}

static ml_status check(const ml_links *links, ml_error *error)
{
    for (size_t i = 0; i < links->link_count; i++) {
        if (!(links->weights[i] > 0) || !isfinite(links->weights[i]))
            return ml_fail(error, ML_E_GRAPH, ML_STR(""), "a link without a weight above 0");
    }
    return ML_OK;
}

static igraph_error_t core(const igraph_t *graph, igraph_vector_t *result)
{
    igraph_vector_int_t cores;
    igraph_error_t code = igraph_vector_int_init(&cores, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_coreness(graph, &cores, IGRAPH_ALL);
    for (igraph_integer_t i = 0; code == IGRAPH_SUCCESS && i < igraph_vector_int_size(&cores); i++)
        VECTOR(*result)[i] = (double)VECTOR(cores)[i];
    igraph_vector_int_destroy(&cores);
    return code;
}

static igraph_error_t measure_built(const built_graph *built, ml_measure measure, igraph_vector_t *result)
{
    switch (measure) {
    case ML_BY_DEGREE:
        return igraph_strength(&built->graph, result, igraph_vss_all(), IGRAPH_ALL, true, NULL);
    case ML_BY_STRENGTH:
        return igraph_strength(&built->graph, result, igraph_vss_all(), IGRAPH_ALL, true, &built->weights);
    case ML_BY_BETWEENNESS:
        return igraph_betweenness(&built->graph, result, igraph_vss_all(), false, &built->weights);
    case ML_BY_CLOSENESS:
        return igraph_closeness(&built->graph, result, NULL, NULL, igraph_vss_all(), IGRAPH_ALL, &built->weights, true);
    case ML_BY_PAGERANK:
        return igraph_pagerank(&built->graph, IGRAPH_PAGERANK_ALGO_PRPACK, result, NULL, igraph_vss_all(), false, 0.85,
                               &built->weights, NULL);
    case ML_BY_CORE:
        return core(&built->graph, result);
    case ML_MEASURES:
        break;
    }
    return IGRAPH_EINVAL;
}

static igraph_error_t rank(const ml_links *links, ml_measure measure, double *out)
{
    built_graph built;
    igraph_vector_t result;
    bool distances = measure == ML_BY_BETWEENNESS || measure == ML_BY_CLOSENESS;
    igraph_error_t code = igraph_vector_init(&result, links->vertex_count);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = build(links, distances, &built);
    if (code == IGRAPH_SUCCESS) {
        code = measure_built(&built, measure, &result);
        /* igraph has NaN for who has no link. */
        for (size_t i = 0; code == IGRAPH_SUCCESS && i < links->vertex_count; i++)
            out[i] = isfinite(VECTOR(result)[i]) ? VECTOR(result)[i] : 0;
        destroy(&built);
    }
    igraph_vector_destroy(&result);
    return code;
}

ml_status ml_measure_rank(const ml_links *links, ml_measure measure, double *out, ml_error *error)
{
    ml_igraph_session session;
    bool pairs = measure == ML_BY_BETWEENNESS || measure == ML_BY_CLOSENESS;
    if (pairs && (double)links->vertex_count * links->link_count > most_steps)
        return ml_fail(
            error, ML_E_USAGE, ML_STR(""),
            "%s of %u vertices and %u links would take hours: narrow it with --view, --since or --min-weight",
            ml_measure_name(measure), links->vertex_count, links->link_count);
    ML_TRY(check(links, error));
    ML_TRY(ml_igraph_report(ml_igraph_begin(&session), error));
    igraph_error_t code = rank(links, measure, out);
    ml_igraph_end(&session);
    return ml_igraph_report(code, error);
}

/* ---- parts ---- */

typedef struct {
    uint32_t number, size, first;
} sized_part;

static int compare_parts(const void *a, const void *b)
{
    const sized_part *left = a;
    const sized_part *right = b;
    if (left->size != right->size)
        return left->size < right->size ? 1 : -1;
    return (left->first > right->first) - (left->first < right->first);
}

/* Numbers parts by size, equal ones by their first vertex. */
static igraph_error_t number_parts(const igraph_vector_int_t *membership, uint32_t count, uint32_t *part)
{
    sized_part *parts = calloc((size_t)count + 1, sizeof *parts);
    uint32_t *number = calloc((size_t)count + 1, sizeof *number);
    igraph_integer_t vertices = igraph_vector_int_size(membership);
    igraph_error_t code = parts && number ? IGRAPH_SUCCESS : IGRAPH_ENOMEM;
    for (igraph_integer_t i = 0; code == IGRAPH_SUCCESS && i < vertices; i++) {
        sized_part *of = &parts[VECTOR(*membership)[i]];
        if (!of->size++)
            of->first = (uint32_t)i;
    }
    for (uint32_t i = 0; code == IGRAPH_SUCCESS && i < count; i++)
        parts[i].number = i;
    if (code == IGRAPH_SUCCESS)
        qsort(parts, count, sizeof *parts, compare_parts);
    for (uint32_t i = 0; code == IGRAPH_SUCCESS && i < count; i++)
        number[parts[i].number] = i;
    for (igraph_integer_t i = 0; code == IGRAPH_SUCCESS && i < vertices; i++)
        part[i] = number[VECTOR(*membership)[i]];
    free(parts);
    free(number);
    return code;
}

static igraph_error_t leiden(const built_graph *built, double resolution, igraph_vector_int_t *membership,
                             igraph_integer_t *count, igraph_real_t *quality)
{
    igraph_vector_t strength;
    igraph_error_t code = igraph_vector_init(&strength, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_strength(&built->graph, &strength, igraph_vss_all(), IGRAPH_ALL, true, &built->weights);
    double total = code == IGRAPH_SUCCESS ? igraph_vector_sum(&strength) : 0;
    if (code == IGRAPH_SUCCESS) /* with these the quality is the modularity */
        code = igraph_community_leiden(&built->graph, &built->weights, &strength, total > 0 ? resolution / total : 1,
                                       0.01, false, 10, membership, count, quality);
    igraph_vector_destroy(&strength);
    return code;
}

typedef igraph_error_t (*divide)(const built_graph *built, double resolution, igraph_vector_int_t *membership,
                                 igraph_integer_t *count, igraph_real_t *quality);

static igraph_error_t components(const built_graph *built, double resolution, igraph_vector_int_t *membership,
                                 igraph_integer_t *count, igraph_real_t *quality)
{
    (void)resolution;
    *quality = 0;
    return igraph_connected_components(&built->graph, membership, NULL, count, IGRAPH_WEAK);
}

static ml_status divide_links(const ml_links *links, divide how, double resolution, uint32_t *part, uint32_t *count,
                              double *quality, ml_error *error)
{
    ml_igraph_session session;
    igraph_vector_int_t membership;
    built_graph built;
    igraph_integer_t parts = 0;
    igraph_real_t found = 0;
    ML_TRY(check(links, error));
    ML_TRY(ml_igraph_report(ml_igraph_begin(&session), error));
    igraph_error_t code = igraph_vector_int_init(&membership, 0);
    if (code == IGRAPH_SUCCESS) {
        code = build(links, false, &built);
        if (code == IGRAPH_SUCCESS) {
            code = how(&built, resolution, &membership, &parts, &found);
            destroy(&built);
        }
        if (code == IGRAPH_SUCCESS)
            code = number_parts(&membership, (uint32_t)parts, part);
        igraph_vector_int_destroy(&membership);
    }
    ml_igraph_end(&session);
    *count = (uint32_t)parts;
    *quality = isfinite(found) ? found : 0;
    return ml_igraph_report(code, error);
}

ml_status ml_measure_communities(const ml_links *links, double resolution, uint32_t *community, uint32_t *count,
                                 double *modularity, ml_error *error)
{
    return divide_links(links, leiden, resolution, community, count, modularity, error);
}

ml_status ml_measure_components(const ml_links *links, uint32_t *component, uint32_t *count, ml_error *error)
{
    double ignored;
    return divide_links(links, components, 1, component, count, &ignored, error);
}

/* ---- paths ---- */

static igraph_error_t find_path(const ml_links *links, uint32_t from, uint32_t to, uint32_t *out, uint32_t *length)
{
    built_graph built;
    igraph_vector_int_t edges;
    igraph_error_t code = igraph_vector_int_init(&edges, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = build(links, true, &built);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_get_shortest_path_dijkstra(&built.graph, NULL, &edges, from, to, &built.weights, IGRAPH_ALL);
        destroy(&built);
    }
    *length = (uint32_t)igraph_vector_int_size(&edges);
    for (uint32_t i = 0; code == IGRAPH_SUCCESS && i < *length; i++)
        out[i] = (uint32_t)VECTOR(edges)[i];
    if (!*length && from != to)
        *length = UINT32_MAX;
    igraph_vector_int_destroy(&edges);
    return code;
}

ml_status ml_measure_path(const ml_links *links, uint32_t from, uint32_t to, uint32_t *links_out, uint32_t *length,
                          ml_error *error)
{
    ml_igraph_session session;
    ML_TRY(check(links, error));
    ML_TRY(ml_igraph_report(ml_igraph_begin(&session), error));
    igraph_error_t code = find_path(links, from, to, links_out, length);
    ml_igraph_end(&session);
    return ml_igraph_report(code, error);
}

/* ---- projection ---- */

static igraph_error_t project(const ml_links *links, uint32_t first_count, ml_arena *arena, uint32_t **pairs,
                              uint32_t **common, uint32_t *pair_count)
{
    igraph_t graph, projected;
    igraph_vector_bool_t types;
    igraph_vector_int_t multiplicity;
    igraph_error_t code = build_edges(links, &graph);
    if (code != IGRAPH_SUCCESS)
        return code;
    bool has_types = igraph_vector_bool_init(&types, links->vertex_count) == IGRAPH_SUCCESS;
    bool has_count = igraph_vector_int_init(&multiplicity, 0) == IGRAPH_SUCCESS;
    code = has_types && has_count ? IGRAPH_SUCCESS : IGRAPH_ENOMEM;
    for (uint32_t i = 0; code == IGRAPH_SUCCESS && i < links->vertex_count; i++)
        VECTOR(types)[i] = i >= first_count;
    if (code == IGRAPH_SUCCESS)
        code = igraph_bipartite_projection(&graph, &types, NULL, &projected, NULL, &multiplicity, -1);
    if (code == IGRAPH_SUCCESS) {
        *pair_count = (uint32_t)igraph_ecount(&projected);
        *pairs = ml_arena_array(arena, 2 * (size_t)*pair_count, sizeof **pairs);
        *common = ml_arena_array(arena, *pair_count, sizeof **common);
        for (uint32_t i = 0; !arena->failed && i < *pair_count; i++) {
            (*pairs)[2 * (size_t)i] = first_count + (uint32_t)IGRAPH_FROM(&projected, i);
            (*pairs)[2 * (size_t)i + 1] = first_count + (uint32_t)IGRAPH_TO(&projected, i);
            (*common)[i] = (uint32_t)VECTOR(multiplicity)[i];
        }
        igraph_destroy(&projected);
        code = arena->failed ? IGRAPH_ENOMEM : code;
    }
    if (has_types)
        igraph_vector_bool_destroy(&types);
    if (has_count)
        igraph_vector_int_destroy(&multiplicity);
    igraph_destroy(&graph);
    return code;
}

ml_status ml_measure_project(const ml_links *links, uint32_t first_count, ml_arena *arena, uint32_t **pairs,
                             uint32_t **common, uint32_t *pair_count, ml_error *error)
{
    ml_igraph_session session;
    ML_TRY(ml_igraph_report(ml_igraph_begin(&session), error));
    igraph_error_t code = project(links, first_count, arena, pairs, common, pair_count);
    ml_igraph_end(&session);
    return ml_igraph_report(code, error);
}
