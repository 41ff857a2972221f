#include "view/walk.h"

#include <stdlib.h>

/* Farther than this nobody is of interest to anybody. */
enum { MOST_STEPS = 12 };

/* A vertex that was reached; `row` 0 is a free slot. */
typedef struct {
    int64_t row;
    uint32_t steps;
    bool marked; /* lies on a shortest path */
} reached;

/* A link that was taken, from a vertex to one that is a step farther. */
typedef struct {
    int64_t from, to, edge;
    double weight;
} taken;

typedef struct {
    reached *slots;
    size_t slot_count, used;
    int64_t *frontier;
    size_t frontier_count, frontier_cap;
    taken *links;
    size_t link_count, link_cap;
    uint32_t steps;
} side;

typedef struct {
    ml_store *store;
    sqlite3_stmt *neighbors;
    side sides[2];
    ml_error *error;
} walk;

static size_t place_of(const side *half, int64_t row)
{
    uint64_t hash = (uint64_t)row * 0x9e3779b97f4a7c15u;
    size_t at = (size_t)(hash >> 20) & (half->slot_count - 1);
    while (half->slots[at].row && half->slots[at].row != row)
        at = (at + 1) & (half->slot_count - 1);
    return at;
}

static reached *find(const side *half, int64_t row)
{
    reached *slot = &half->slots[place_of(half, row)];
    return slot->row ? slot : NULL;
}

static bool reach(side *half, int64_t row, uint32_t steps)
{
    if (half->used * 2 >= half->slot_count) {
        side grown = {.slot_count = half->slot_count ? half->slot_count * 2 : 4096};
        grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
        if (!grown.slots)
            return false;
        for (size_t i = 0; i < half->slot_count; i++) {
            if (half->slots[i].row)
                grown.slots[place_of(&grown, half->slots[i].row)] = half->slots[i];
        }
        free(half->slots);
        half->slots = grown.slots;
        half->slot_count = grown.slot_count;
    }
    half->slots[place_of(half, row)] = (reached){row, steps, false};
    half->used++;
    return true;
}

static void *room_for_one(void *list, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return list;
    size_t more = *cap ? *cap * 2 : 1024;
    void *grown = realloc(list, more * size);
    *cap = grown ? more : *cap;
    return grown;
}

static bool push(side *half, int64_t row)
{
    int64_t *grown = room_for_one(half->frontier, half->frontier_count, &half->frontier_cap, sizeof *grown);
    if (!grown)
        return false;
    half->frontier = grown;
    grown[half->frontier_count++] = row;
    return true;
}

/* Takes the link if it leads a step farther. */
static bool take(side *half, const taken *link)
{
    const reached *known = half->slot_count ? find(half, link->to) : NULL;
    if (known && known->steps != half->steps + 1)
        return true;
    if (!known && (!reach(half, link->to, half->steps + 1) || !push(half, link->to)))
        return false;
    taken *grown = room_for_one(half->links, half->link_count, &half->link_cap, sizeof *grown);
    if (!grown)
        return false;
    half->links = grown;
    grown[half->link_count++] = *link;
    return true;
}

static ml_status expand_vertex(walk *work, side *half, int64_t row)
{
    bool more;
    sqlite3_reset(work->neighbors);
    ml_store_bind(work->neighbors, "i", row);
    ML_TRY(ml_store_step(work->store, work->neighbors, &more, work->error));
    while (more) {
        const taken link = {row, sqlite3_column_int64(work->neighbors, 0), sqlite3_column_int64(work->neighbors, 1),
                            (double)sqlite3_column_int64(work->neighbors, 2)};
        if (!take(half, &link))
            return ml_fail_memory(work->error);
        ML_TRY(ml_store_step(work->store, work->neighbors, &more, work->error));
    }
    return ML_OK;
}

/* A step farther from all that were reached last. */
static ml_status expand(walk *work, side *half)
{
    size_t count = half->frontier_count;
    for (size_t i = 0; i < count; i++)
        ML_TRY(expand_vertex(work, half, half->frontier[i]));
    half->frontier_count -= count;
    memmove(half->frontier, half->frontier + count, half->frontier_count * sizeof *half->frontier);
    half->steps++;
    return ML_OK;
}

/* Marks where both sides met; false where they did not yet. */
static bool mark_meetings(walk *work, const side *half)
{
    bool met = false;
    for (size_t i = 0; i < half->frontier_count; i++) {
        reached *here = find(&work->sides[0], half->frontier[i]);
        reached *there = find(&work->sides[1], half->frontier[i]);
        if (!here || !there)
            continue;
        here->marked = there->marked = met = true;
    }
    return met;
}

/* Links are in the order of steps: read backwards, each is on a shortest path whose end is. */
static bool collect(side *half, ml_arena *arena, ml_walk *out)
{
    for (size_t i = half->link_count; i-- > 0;) {
        const taken *link = &half->links[i];
        if (!find(half, link->to)->marked)
            continue;
        find(half, link->from)->marked = true;
        if (out->count == out->cap) {
            uint32_t cap = out->cap ? out->cap * 2 : 256;
            ml_walk_link *grown = ml_arena_array(arena, cap, sizeof *grown);
            if (!grown)
                return false;
            if (out->count)
                memcpy(grown, out->links, out->count * sizeof *grown);
            out->links = grown;
            out->cap = cap;
        }
        out->links[out->count++] = (ml_walk_link){link->from, link->to, link->edge, link->weight};
    }
    return true;
}

static ml_status meet(walk *work, bool *met)
{
    *met = false;
    for (uint32_t steps = 0; steps < MOST_STEPS && !*met; steps++) {
        side *half = &work->sides[work->sides[0].frontier_count > work->sides[1].frontier_count];
        if (!half->frontier_count)
            return ML_OK;
        ML_TRY(expand(work, half));
        *met = mark_meetings(work, half);
    }
    return ML_OK;
}

static ml_status run(walk *work, int64_t from, int64_t to, ml_arena *arena, ml_walk *out)
{
    bool met;
    if (!reach(&work->sides[0], from, 0) || !push(&work->sides[0], from) || !reach(&work->sides[1], to, 0) ||
        !push(&work->sides[1], to))
        return ml_fail_memory(work->error);
    ML_TRY(meet(work, &met));
    if (met && (!collect(&work->sides[0], arena, out) || !collect(&work->sides[1], arena, out)))
        return ml_fail_memory(work->error);
    return ML_OK;
}

ml_status ml_view__walk(ml_store *store, const ml_question *question, int64_t type, int64_t from, int64_t to,
                        ml_arena *arena, ml_walk *out, ml_error *error)
{
    walk work = {.store = store, .error = error};
    ml_buffer sql = {0};
    for (int way = 0; way < 2; way++) {
        ml_buffer_format(&sql, "%sSELECT e.%s, e.id, e.weight FROM edge e WHERE e.%s = ?1", way ? " UNION ALL " : "",
                         way ? "source" : "target", way ? "target" : "source");
        if (type)
            ml_buffer_format(&sql, " AND e.type = %lld", (long long)type);
        ml_query_filter(question, "e", &sql);
    }
    *out = (ml_walk){.count = 0};
    const ml_question dates = {.since = question->since, .until = question->until, .as_of = question->as_of};
    ml_status status = ml_query_prepare(store, &dates, "", &sql, &work.neighbors, error);
    ml_buffer_dispose(&sql);
    ML_TRY(status);
    status = run(&work, from, to, arena, out);
    sqlite3_finalize(work.neighbors);
    for (int i = 0; i < 2; i++) {
        free(work.sides[i].slots);
        free(work.sides[i].frontier);
        free(work.sides[i].links);
    }
    return status;
}
