#include "page/page.h"

#include <math.h>
#include <stdlib.h>

/* Between symbols, in lengths of edges, and how often all are pushed apart. */
static const double rim = 0.3;
enum { PUSHES = 80 };

/* Between components, in lengths of edges. */
static const double gap = 0.9;
static const double pi = 3.14159265358979323846;

/* Components come largest first, each with its middle at 0, 0. */
static double radius_of(const ml_point *place, const uint32_t *members, uint32_t count)
{
    double radius = 0.4;
    for (uint32_t i = 0; i < count; i++)
        radius = fmax(radius, hypot(place[members[i]].x, place[members[i]].y) + 0.4);
    return radius;
}

/* The members of component c are [begin[c], begin[c + 1]) of `members`. */
static bool collect(const uint32_t *component, uint32_t vertex_count, uint32_t count, ml_arena *arena,
                    uint32_t **members, uint32_t **begin)
{
    *members = ml_arena_array(arena, vertex_count, sizeof **members);
    *begin = ml_arena_array(arena, (size_t)count + 1, sizeof **begin);
    if (!*members || !*begin)
        return false;
    for (uint32_t i = 0; i < vertex_count; i++)
        (*begin)[component[i]]++;
    for (uint32_t c = 1; c <= count; c++)
        (*begin)[c] += (*begin)[c - 1];
    for (uint32_t i = vertex_count; i-- > 0;)
        (*members)[--(*begin)[component[i]]] = i;
    return true;
}

/* The ring that is being filled: its radius, how far round it is, and how wide its widest component. */
typedef struct {
    double radius, angle, widest;
} ring;

static ml_point next_place(ring *around, double radius)
{
    double step = around->radius > radius ? 2 * asin(fmin(1, (radius + gap / 2) / around->radius)) : pi;
    if (around->widest > 0 && around->angle + step > 2 * pi) {
        around->radius += around->widest + radius + gap;
        around->angle = around->widest = 0;
        step = 2 * asin(fmin(1, (radius + gap / 2) / around->radius));
    }
    if (around->widest <= 0)
        around->widest = radius;
    double angle = around->angle + step / 2;
    around->angle += step;
    return (ml_point){around->radius * cos(angle), around->radius * sin(angle)};
}

double ml_page__radius(uint32_t degree)
{
    return fmin(0.2 + 0.09 * sqrt(degree), 1.2);
}

/* ---- symbols apart from each other ---- */

typedef struct {
    ml_point at;
    double radius;
    uint32_t vertex;
} symbol;

static int compare_symbols(const void *a, const void *b)
{
    const symbol *left = a;
    const symbol *right = b;
    if (left->at.x != right->at.x)
        return left->at.x < right->at.x ? -1 : 1;
    return (left->vertex > right->vertex) - (left->vertex < right->vertex);
}

/* Moves two that are too near, the smaller one farther; two at one place go apart sideways. */
static bool push_pair(symbol *a, symbol *b)
{
    double wanted = a->radius + b->radius + rim;
    double x = b->at.x - a->at.x, y = b->at.y - a->at.y;
    double distance = hypot(x, y);
    if (distance >= wanted)
        return false;
    double move = distance > 1e-9 ? (wanted - distance) / distance : 0;
    ml_point by = distance > 1e-9 ? (ml_point){x * move, y * move} : (ml_point){wanted, 0};
    double share = b->radius * b->radius / (a->radius * a->radius + b->radius * b->radius);
    a->at = (ml_point){a->at.x - by.x * share, a->at.y - by.y * share};
    b->at = (ml_point){b->at.x + by.x * (1 - share), b->at.y + by.y * (1 - share)};
    return true;
}

/* From left to right, each is compared with those behind it that are near enough. */
static void push_all(symbol *symbols, uint32_t count)
{
    bool moved = true;
    for (int round = 0; moved && round < PUSHES; round++) {
        moved = false;
        qsort(symbols, count, sizeof *symbols, compare_symbols);
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t k = i + 1; k < count && symbols[k].at.x - symbols[i].at.x < 2.4 + rim; k++)
                moved |= push_pair(&symbols[i], &symbols[k]);
        }
    }
}

/* Makes room before anything is pushed: the box of all shall be larger than what the symbols need. */
static void make_room(symbol *symbols, uint32_t count)
{
    ml_point low = symbols[0].at, high = symbols[0].at;
    double needed = 0;
    for (uint32_t i = 0; i < count; i++) {
        low = (ml_point){fmin(low.x, symbols[i].at.x), fmin(low.y, symbols[i].at.y)};
        high = (ml_point){fmax(high.x, symbols[i].at.x), fmax(high.y, symbols[i].at.y)};
        needed += 1.8 * (2 * symbols[i].radius + rim) * (2 * symbols[i].radius + rim);
    }
    double present = fmax((high.x - low.x) * (high.y - low.y), 1e-9);
    double factor = fmin(sqrt(fmax(needed / present, 1)), 3);
    for (uint32_t i = 0; count > 2 && i < count; i++)
        symbols[i].at = (ml_point){symbols[i].at.x * factor, symbols[i].at.y * factor};
}

static uint32_t *count_degrees(const ml_graph *graph, ml_arena *arena)
{
    uint32_t *degree = ml_arena_array(arena, graph->vertex_count, sizeof *degree);
    for (uint32_t i = 0; degree && i < graph->edge_count; i++) {
        degree[graph->edges[i].source]++;
        degree[graph->edges[i].target]++;
    }
    return degree;
}

static bool push_apart(const ml_graph *graph, const uint32_t *members, const uint32_t *begin, uint32_t count,
                       ml_arena *arena, ml_point *place)
{
    uint32_t *degree = count_degrees(graph, arena);
    symbol *symbols = ml_arena_array(arena, graph->vertex_count, sizeof *symbols);
    if (!degree || !symbols)
        return false;
    for (uint32_t c = 0; c < count; c++) {
        uint32_t size = begin[c + 1] - begin[c];
        for (uint32_t i = 0; i < size; i++) {
            uint32_t vertex = members[begin[c] + i];
            symbols[i] = (symbol){place[vertex], ml_page__radius(degree[vertex]), vertex};
        }
        make_room(symbols, size);
        push_all(symbols, size);
        for (uint32_t i = 0; i < size; i++)
            place[symbols[i].vertex] = symbols[i].at;
    }
    return true;
}

/* ---- components around the largest ---- */

ml_status ml_page__place(const ml_graph *graph, ml_arena *arena, ml_point *out, ml_error *error)
{
    uint32_t count = 0;
    uint32_t *members, *begin;
    uint32_t *component = ml_arena_array(arena, graph->vertex_count, sizeof *component);
    if (!component)
        return ml_fail_memory(error);
    ML_TRY(ml_graph_components(graph, component, &count, error));
    ML_TRY(ml_graph_layout(graph, component, count, out, error));
    if (!collect(component, graph->vertex_count, count, arena, &members, &begin) ||
        !push_apart(graph, members, begin, count, arena, out))
        return ml_fail_memory(error);
    ring around = {0};
    for (uint32_t c = 0; c < count; c++) {
        double radius = radius_of(out, members + begin[c], begin[c + 1] - begin[c]);
        ml_point middle = {0, 0};
        if (c == 1)
            around.radius += radius;
        if (c > 0)
            middle = next_place(&around, radius);
        else
            around.radius = radius + gap;
        for (uint32_t i = begin[c]; i < begin[c + 1]; i++) {
            out[members[i]].x += middle.x;
            out[members[i]].y += middle.y;
        }
    }
    return ML_OK;
}
