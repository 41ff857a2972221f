#include "network/contribution.h"

#include <stdlib.h>

/* From here on strings are called by their rank in byte order, which makes sorting a matter of numbers; 0 is empty. */
typedef struct {
    ml_str text;
    uint32_t symbol;
} ranked_text;

typedef struct {
    uint32_t id, name, date, parent, article_date; /* ranks */
    uint32_t type;
} entity_row;

typedef struct {
    uint32_t type, source, target, title; /* ranks: together the edge's key */
    uint32_t article, start, end;         /* `article` is a rank */
    uint32_t date;                        /* rank */
    uint32_t confidence_milli;
} relation_row;

typedef struct {
    const ml_network *network;
    ml_arena *out;       /* of the graph */
    ml_arena scratch;    /* of this merge */
    ranked_text *ranked; /* by rank */
    uint32_t *rank_of;   /* by symbol */
    uint32_t *vertex_of; /* by rank of the id */
    uint32_t *votes;
    entity_row *entities;
    relation_row *relations;
    uint32_t entity_count, relation_count;
} network_merger;

static int compare_texts(const void *a, const void *b)
{
    return ml_str_compare(((const ranked_text *)a)->text, ((const ranked_text *)b)->text);
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static int compare_entities(const void *a, const void *b)
{
    return compare_numbers(&((const entity_row *)a)->id, &((const entity_row *)b)->id);
}

static int compare_relations(const void *a, const void *b)
{
    const relation_row *left = a;
    const relation_row *right = b;
    const uint32_t *const pairs[][2] = {
        {&left->type, &right->type},   {&left->source, &right->source},   {&left->target, &right->target},
        {&left->title, &right->title}, {&left->article, &right->article}, {&left->start, &right->start},
        {&left->end, &right->end},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int order = compare_numbers(pairs[i][0], pairs[i][1]);
        if (order)
            return order;
    }
    return 0;
}

static bool rank_strings(network_merger *merger)
{
    const ml_network__strings *strings = &merger->network->strings;
    merger->ranked = ml_arena_array(&merger->scratch, strings->count, sizeof *merger->ranked);
    merger->rank_of = ml_arena_array(&merger->scratch, strings->count, sizeof *merger->rank_of);
    merger->vertex_of = ml_arena_array(&merger->scratch, strings->count, sizeof *merger->vertex_of);
    if (merger->scratch.failed)
        return false;
    for (uint32_t i = 0; i < strings->count; i++)
        merger->ranked[i] = (ranked_text){strings->texts[i], i};
    qsort(merger->ranked, strings->count, sizeof *merger->ranked, compare_texts);
    for (uint32_t i = 0; i < strings->count; i++)
        merger->rank_of[merger->ranked[i].symbol] = i;
    return true;
}

static ml_str text_of(const network_merger *merger, uint32_t rank)
{
    return merger->ranked[rank].text;
}

static void collect_article(network_merger *merger, const ml_network__contribution *article)
{
    const uint32_t *rank_of = merger->rank_of;
    for (uint32_t i = 0; i < article->entity_count; i++) {
        const ml_network__entity *entity = &article->entities[i];
        merger->entities[merger->entity_count++] = (entity_row){
            .id = rank_of[entity->id],
            .name = rank_of[entity->name],
            .date = rank_of[entity->date],
            .parent = rank_of[entity->parent],
            .article_date = rank_of[article->date],
            .type = entity->type,
        };
    }
    for (uint32_t i = 0; i < article->relation_count; i++) {
        const ml_network__relation *relation = &article->relations[i];
        merger->relations[merger->relation_count++] = (relation_row){
            .type = rank_of[relation->type],
            .source = rank_of[relation->source],
            .target = rank_of[relation->target],
            .title = rank_of[relation->title],
            .article = rank_of[article->article],
            .start = relation->start,
            .end = relation->end,
            .date = rank_of[relation->date ? relation->date : article->date],
            .confidence_milli = relation->confidence_milli,
        };
    }
}

static ml_status collect(network_merger *merger, ml_error *error)
{
    uint64_t entity_count = 0, relation_count = 0;
    for (uint32_t i = 0; i < merger->network->contribution_count; i++) {
        entity_count += merger->network->contributions[i].entity_count;
        relation_count += merger->network->contributions[i].relation_count;
    }
    if (entity_count > UINT32_MAX || relation_count > UINT32_MAX)
        return ml_fail(error, ML_E_LIMIT, ML_STR(""), "more than %u entities or relations in one network", UINT32_MAX);
    merger->entities = ml_arena_array(&merger->scratch, (size_t)entity_count, sizeof *merger->entities);
    merger->relations = ml_arena_array(&merger->scratch, (size_t)relation_count, sizeof *merger->relations);
    merger->votes = ml_arena_array(&merger->scratch, (size_t)entity_count, sizeof *merger->votes);
    if (merger->scratch.failed)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < merger->network->contribution_count; i++)
        collect_article(merger, &merger->network->contributions[i]);
    qsort(merger->entities, merger->entity_count, sizeof *merger->entities, compare_entities);
    qsort(merger->relations, merger->relation_count, sizeof *merger->relations, compare_relations);
    return ML_OK;
}

/* Sorts the votes and returns the string that most of them are for, then the longest, then the first. Empty ones do not
 * count. */
static ml_str elect(const network_merger *merger, uint32_t count)
{
    uint32_t *votes = merger->votes;
    ml_str best = ML_STR("");
    uint32_t best_votes = 0;
    qsort(votes, count, sizeof *votes, compare_numbers);
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        for (end = begin + 1; end < count && votes[end] == votes[begin];)
            end++;
        ml_str text = text_of(merger, votes[begin]);
        if (text.len && (end - begin > best_votes || (end - begin == best_votes && text.len > best.len))) {
            best = text;
            best_votes = end - begin;
        }
    }
    return best;
}

static ml_entity_type elect_type(const entity_row *rows, uint32_t count)
{
    uint32_t votes[ML_ENTITY_TYPES] = {0};
    ml_entity_type best = ML_PERSON;
    for (uint32_t i = 0; i < count; i++)
        votes[rows[i].type]++;
    for (ml_entity_type type = ML_PERSON; type < ML_ENTITY_TYPES; type++) {
        if (votes[type] > votes[best])
            best = type;
    }
    return best;
}

/* Widens first..last, ranks with 0 for unknown, to hold a date. */
static void widen(uint32_t *first, uint32_t *last, uint32_t date)
{
    if (date && (!*first || date < *first))
        *first = date;
    if (date > *last)
        *last = date;
}

static ml_vertex merge_vertex(const network_merger *merger, const entity_row *rows, uint32_t count)
{
    ml_vertex vertex = {.id = text_of(merger, rows->id), .type = elect_type(rows, count), .documents = count};
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < count; i++) {
        merger->votes[i] = rows[i].name;
        widen(&first, &last, rows[i].article_date);
    }
    vertex.label = elect(merger, count);
    for (uint32_t i = 0; i < count; i++)
        merger->votes[i] = rows[i].date;
    vertex.date = elect(merger, count);
    for (uint32_t i = 0; i < count; i++)
        merger->votes[i] = rows[i].parent;
    vertex.parent = elect(merger, count);
    vertex.first = text_of(merger, first);
    vertex.last = text_of(merger, last);
    return vertex;
}

static bool merge_vertices(network_merger *merger, ml_graph *graph)
{
    ml_vertex *vertices = ml_arena_array(merger->out, merger->entity_count, sizeof *vertices);
    if (!vertices)
        return false;
    uint32_t count = 0;
    const entity_row *rows = merger->entities;
    for (uint32_t begin = 0, end; begin < merger->entity_count; begin = end) {
        for (end = begin + 1; end < merger->entity_count && rows[end].id == rows[begin].id;)
            end++;
        merger->vertex_of[rows[begin].id] = count;
        vertices[count++] = merge_vertex(merger, &rows[begin], end - begin);
    }
    graph->vertices = vertices;
    graph->vertex_count = count;
    return true;
}

static bool same_edge(const relation_row *a, const relation_row *b)
{
    return a->type == b->type && a->source == b->source && a->target == b->target && a->title == b->title;
}

/* Appends the sentences of the rows, which are all of one edge, to `evidence`. */
static ml_edge merge_edge(const network_merger *merger, const relation_row *rows, uint32_t count, ml_evidence *evidence)
{
    ml_edge edge = {
        .type = text_of(merger, rows->type),
        .title = text_of(merger, rows->title),
        .source = merger->vertex_of[rows->source],
        .target = merger->vertex_of[rows->target],
        .evidence = evidence,
    };
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < count; i++) {
        const relation_row *row = &rows[i];
        bool same_article = i && row->article == rows[i - 1].article;
        if (!same_article)
            edge.weight++;
        if (!same_article || row->start != rows[i - 1].start || row->end != rows[i - 1].end)
            evidence[edge.evidence_count++] = (ml_evidence){text_of(merger, row->article), row->start, row->end};
        if (row->confidence_milli > edge.confidence_milli)
            edge.confidence_milli = (uint16_t)row->confidence_milli;
        widen(&first, &last, row->date);
    }
    edge.first = text_of(merger, first);
    edge.last = text_of(merger, last);
    return edge;
}

static bool merge_edges(network_merger *merger, ml_graph *graph)
{
    ml_edge *edges = ml_arena_array(merger->out, merger->relation_count, sizeof *edges);
    ml_evidence *evidence = ml_arena_array(merger->out, merger->relation_count, sizeof *evidence);
    if (!edges || !evidence)
        return false;
    uint32_t count = 0;
    const relation_row *rows = merger->relations;
    for (uint32_t begin = 0, end; begin < merger->relation_count; begin = end) {
        for (end = begin + 1; end < merger->relation_count && same_edge(&rows[end], &rows[begin]);)
            end++;
        edges[count] = merge_edge(merger, &rows[begin], end - begin, evidence);
        evidence += edges[count++].evidence_count;
    }
    graph->edges = edges;
    graph->edge_count = count;
    return true;
}

ml_status ml_network__merge_all(ml_network *network, ml_error *error)
{
    ml_arena_reset(&network->merged);
    network_merger merger = {.network = network, .out = &network->merged};
    ml_graph graph = {.documents = network->contribution_count};
    ml_status status = rank_strings(&merger) ? collect(&merger, error) : ml_fail_memory(error);
    if (status == ML_OK && (!merge_vertices(&merger, &graph) || !merge_edges(&merger, &graph)))
        status = ml_fail_memory(error);
    if (status == ML_OK)
        network->graph = graph;
    ml_arena_dispose(&merger.scratch);
    return status;
}
