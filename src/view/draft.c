#include "view/draft.h"

#include <stdlib.h>

static void *room_for_one(ml_arena *arena, void *list, uint32_t count, uint32_t *cap, size_t size)
{
    if (count < *cap)
        return list;
    uint32_t more = *cap ? *cap * 2 : 256;
    void *grown = ml_arena_array(arena, more, size);
    if (grown && count)
        memcpy(grown, list, count * size);
    *cap = grown ? more : *cap;
    return grown;
}

bool ml_view__draft(ml_drafts *drafts, const ml_draft *draft)
{
    ml_draft *list = room_for_one(drafts->arena, drafts->list, drafts->count, &drafts->cap, sizeof *list);
    if (!list)
        return false;
    drafts->list = list;
    list[drafts->count++] = *draft;
    return true;
}

static ml_str earlier(ml_str a, ml_str b)
{
    return !a.len || (b.len && ml_str_compare(b, a) < 0) ? b : a;
}

static ml_str later(ml_str a, ml_str b)
{
    return ml_str_compare(a, b) < 0 ? b : a;
}

bool ml_view__vertex(ml_drafts *drafts, const ml_vertex *vertex)
{
    uint32_t place = drafts->vertex_count;
    bool added;
    if (!ml_map_add(&drafts->known, vertex->id, &place, &added))
        return false;
    if (!added) {
        ml_vertex *present = &drafts->vertices[place];
        present->documents += vertex->documents;
        present->first = earlier(present->first, vertex->first);
        present->last = later(present->last, vertex->last);
        return true;
    }
    ml_vertex *list = room_for_one(drafts->arena, drafts->vertices, place, &drafts->vertex_cap, sizeof *list);
    if (!list)
        return false;
    drafts->vertices = list;
    list[drafts->vertex_count++] = *vertex;
    return true;
}

static int compare_keys(const ml_draft *a, const ml_draft *b)
{
    int order = ml_str_compare(a->type, b->type);
    if (!order)
        order = ml_str_compare(a->source, b->source);
    if (!order)
        order = ml_str_compare(a->target, b->target);
    return order ? order : ml_str_compare(a->title, b->title);
}

static int compare_drafts(const void *a, const void *b)
{
    const ml_draft *left = a;
    const ml_draft *right = b;
    int order = compare_keys(left, right);
    if (!order)
        order = ml_str_compare(left->evidence.article, right->evidence.article);
    if (!order)
        order = (left->evidence.start > right->evidence.start) - (left->evidence.start < right->evidence.start);
    return order ? order : (left->evidence.end > right->evidence.end) - (left->evidence.end < right->evidence.end);
}

static int compare_vertices(const void *a, const void *b)
{
    return ml_str_compare(((const ml_vertex *)a)->id, ((const ml_vertex *)b)->id);
}

static bool same_evidence(const ml_evidence *a, const ml_evidence *b)
{
    return a->start == b->start && a->end == b->end && ml_str_equal(a->article, b->article);
}

static ml_edge merge_edge(const ml_draft *drafts, uint32_t count, ml_evidence *evidence)
{
    ml_edge edge = {
        .type = drafts->type, .title = drafts->title, .first = ML_STR(""), .last = ML_STR(""), .evidence = evidence};
    for (uint32_t i = 0; i < count; i++) {
        const ml_draft *draft = &drafts[i];
        bool same_article = i && ml_str_equal(draft->evidence.article, draft[-1].evidence.article);
        edge.weight += !same_article;
        if (!same_article || !same_evidence(&draft->evidence, &draft[-1].evidence))
            evidence[edge.evidence_count++] = draft->evidence;
        if (draft->confidence_milli > edge.confidence_milli)
            edge.confidence_milli = draft->confidence_milli;
        edge.first = earlier(edge.first, draft->date);
        edge.last = later(edge.last, draft->date);
    }
    return edge;
}

/* Marks the vertices that edges need and numbers them anew. */
static void keep_vertices(ml_drafts *drafts, bool all, uint32_t *number)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; !all && i < drafts->count; i++) {
        uint32_t place = 0;
        if (ml_map_find(&drafts->known, drafts->list[i].source, &place))
            number[place] = 1;
        if (ml_map_find(&drafts->known, drafts->list[i].target, &place))
            number[place] = 1;
    }
    for (uint32_t i = 0; i < drafts->vertex_count; i++) {
        if (!all && !number[i])
            continue;
        drafts->vertices[kept++] = drafts->vertices[i];
    }
    drafts->vertex_count = kept;
}

static uint32_t vertex_of(const ml_graph *graph, ml_str id)
{
    const ml_vertex key = {.id = id};
    const ml_vertex *found = bsearch(&key, graph->vertices, graph->vertex_count, sizeof key, compare_vertices);
    return found ? (uint32_t)(found - graph->vertices) : 0;
}

ml_status ml_view__merge(ml_drafts *drafts, bool all, ml_graph *out, ml_error *error)
{
    uint32_t *number = ml_arena_array(drafts->arena, (size_t)drafts->vertex_count + 1, sizeof *number);
    ml_edge *edges = ml_arena_array(drafts->arena, (size_t)drafts->count + 1, sizeof *edges);
    ml_evidence *evidence = ml_arena_array(drafts->arena, (size_t)drafts->count + 1, sizeof *evidence);
    if (!number || !edges || !evidence)
        return ml_fail_memory(error);
    keep_vertices(drafts, all, number);
    if (drafts->vertex_count)
        qsort(drafts->vertices, drafts->vertex_count, sizeof *drafts->vertices, compare_vertices);
    if (drafts->count)
        qsort(drafts->list, drafts->count, sizeof *drafts->list, compare_drafts);
    out->vertices = drafts->vertices;
    out->vertex_count = drafts->vertex_count;
    out->edges = edges;
    out->edge_count = 0;
    for (uint32_t begin = 0, end; begin < drafts->count; begin = end) {
        for (end = begin + 1; end < drafts->count && !compare_keys(&drafts->list[begin], &drafts->list[end]);)
            end++;
        ml_edge *edge = &edges[out->edge_count++];
        *edge = merge_edge(&drafts->list[begin], end - begin, evidence);
        edge->source = vertex_of(out, drafts->list[begin].source);
        edge->target = vertex_of(out, drafts->list[begin].target);
        evidence += edge->evidence_count;
    }
    return ML_OK;
}
