#include "store/inside.h"

#include <stdlib.h>

/* Dates are kept as the 10 bytes that they are at most. */
typedef struct {
    char text[11];
} short_date;

typedef struct {
    int64_t source, type, target, title; /* the key; source 0: not asked for */
    int64_t id;
    int64_t weight;
    short_date first, last;
    uint64_t article; /* that was counted last */
    uint16_t confidence_milli;
    bool is_new, measure, holds;
} edge_tally;

typedef struct {
    int64_t id;
    int64_t documents;
    short_date first, last;                 /* of what was added */
    short_date removed_first, removed_last; /* of what was taken away */
    uint64_t article;                       /* that was counted last */
    bool measure, forms_changed, shrank;
} vertex_tally;

typedef struct {
    int64_t vertex, form, documents;
} form_tally;

/* Open addressing from hashes to places in a list; 0 is free, places count from 1. */
typedef struct {
    uint32_t *slots;
    uint32_t slot_count, used;
} places;

struct ml_store__tally {
    edge_tally *edges;
    vertex_tally *vertices;
    form_tally *forms;
    uint32_t edge_count, edge_cap, vertex_count, vertex_cap, form_count, form_cap;
    places edge_keys, edge_ids, vertex_ids, form_keys;
    uint64_t article;  /* the number of the one that is being counted */
    bool shrank;       /* something was taken away from a vertex */
    int64_t next_edge; /* 0: not asked for in this transaction */
};

bool ml_store__tally_new(ml_store__tally **out)
{
    *out = calloc(1, sizeof **out);
    return *out != NULL;
}

void ml_store__tally_free(ml_store__tally *tally)
{
    if (!tally)
        return;
    free(tally->edges);
    free(tally->vertices);
    free(tally->forms);
    free(tally->edge_keys.slots);
    free(tally->edge_ids.slots);
    free(tally->vertex_ids.slots);
    free(tally->form_keys.slots);
    free(tally);
}

static void clear_places(places *map)
{
    if (map->used)
        memset(map->slots, 0, map->slot_count * sizeof *map->slots);
    map->used = 0;
}

void ml_store__tally_clear(ml_store__tally *tally)
{
    tally->edge_count = tally->vertex_count = tally->form_count = 0;
    tally->next_edge = 0;
    tally->shrank = false;
    clear_places(&tally->edge_keys);
    clear_places(&tally->edge_ids);
    clear_places(&tally->vertex_ids);
    clear_places(&tally->form_keys);
}

void ml_store__tally_begin(ml_store__tally *tally)
{
    tally->article++;
}

/* Finaliser of splitmix64: https://prng.di.unimi.it/splitmix64.c */
static uint64_t mix(uint64_t value)
{
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

static uint64_t edge_hash(const ml_store__tally *tally, uint32_t place)
{
    const edge_tally *edge = &tally->edges[place];
    return mix((uint64_t)edge->source ^
               mix((uint64_t)edge->target ^ mix((uint64_t)edge->type ^ mix((uint64_t)edge->title))));
}

static uint64_t edge_id_hash(const ml_store__tally *tally, uint32_t place)
{
    return mix((uint64_t)tally->edges[place].id);
}

static uint64_t vertex_hash(const ml_store__tally *tally, uint32_t place)
{
    return mix((uint64_t)tally->vertices[place].id);
}

static uint64_t form_hash(const ml_store__tally *tally, uint32_t place)
{
    return mix((uint64_t)tally->forms[place].vertex ^ mix((uint64_t)tally->forms[place].form));
}

typedef uint64_t (*place_hash)(const ml_store__tally *tally, uint32_t place);

/* Enters a place that is not there yet. */
static bool enter(const ml_store__tally *tally, places *map, place_hash hash, uint32_t place)
{
    if (map->used * 2 >= map->slot_count) {
        places grown = {.slot_count = map->slot_count ? map->slot_count * 2 : 1024};
        grown.slots = calloc(grown.slot_count, sizeof *grown.slots);
        if (!grown.slots)
            return false;
        for (uint32_t i = 0; i < map->slot_count; i++) {
            if (map->slots[i])
                (void)enter(tally, &grown, hash, map->slots[i] - 1);
        }
        free(map->slots);
        *map = grown;
    }
    uint32_t at = (uint32_t)hash(tally, place) & (map->slot_count - 1);
    while (map->slots[at])
        at = (at + 1) & (map->slot_count - 1);
    map->slots[at] = place + 1;
    map->used++;
    return true;
}

/* A list with room for one more element. */
static void *room_for_one(void *list, uint32_t count, uint32_t *cap, size_t size)
{
    if (count < *cap)
        return list;
    uint32_t more = *cap ? *cap * 2 : 256;
    void *grown = realloc(list, more * size);
    if (grown)
        *cap = more;
    return grown;
}

static edge_tally *add_edge(ml_store__tally *tally, edge_tally edge)
{
    edge_tally *list = room_for_one(tally->edges, tally->edge_count, &tally->edge_cap, sizeof *list);
    if (!list)
        return NULL;
    tally->edges = list;
    list[tally->edge_count] = edge;
    if (!enter(tally, &tally->edge_ids, edge_id_hash, tally->edge_count))
        return NULL;
    return &list[tally->edge_count++];
}

static edge_tally *edge_of_id(ml_store__tally *tally, int64_t id)
{
    const places *map = &tally->edge_ids;
    for (uint32_t at = (uint32_t)mix((uint64_t)id); map->slot_count; at++) {
        uint32_t place = map->slots[at & (map->slot_count - 1)];
        if (!place)
            break;
        if (tally->edges[place - 1].id == id)
            return &tally->edges[place - 1];
    }
    return add_edge(tally, (edge_tally){.id = id});
}

static edge_tally *edge_of_key(ml_store__tally *tally, const edge_tally *key)
{
    const places *map = &tally->edge_keys;
    uint64_t hash =
        mix((uint64_t)key->source ^ mix((uint64_t)key->target ^ mix((uint64_t)key->type ^ mix((uint64_t)key->title))));
    for (uint32_t at = (uint32_t)hash; map->slot_count; at++) {
        uint32_t place = map->slots[at & (map->slot_count - 1)];
        if (!place)
            break;
        edge_tally *edge = &tally->edges[place - 1];
        if (edge->source == key->source && edge->target == key->target && edge->type == key->type &&
            edge->title == key->title)
            return edge;
    }
    return NULL;
}

/* The row of an edge in the table, 0 where there is none. */
static ml_status find_row(ml_store *store, const edge_tally *key, int64_t *out, ml_error *error)
{
    bool row;
    sqlite3_stmt *find =
        ml_store__ask(store, ML_SQL_EDGE_FIND, error, "iiii", key->source, key->type, key->target, key->title);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, &row, error));
    *out = row ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    return ML_OK;
}

static ml_status next_edge(ml_store *store, int64_t *out, ml_error *error)
{
    ml_store__tally *tally = store->tally;
    if (!tally->next_edge) {
        sqlite3_stmt *last;
        bool row;
        ML_TRY(ml_store_prepare(store, "SELECT ifnull(max(id), 0) FROM edge", &last, error));
        ml_status status = ml_store_step(store, last, &row, error);
        tally->next_edge = 1 + (row ? sqlite3_column_int64(last, 0) : 0);
        sqlite3_finalize(last);
        ML_TRY(status);
    }
    *out = tally->next_edge++;
    return ML_OK;
}

ml_status ml_store__edge(ml_store *store, int64_t source, int64_t type, int64_t target, int64_t title, bool holds,
                         int64_t *out, ml_error *error)
{
    ml_store__tally *tally = store->tally;
    const edge_tally key = {.source = source, .type = type, .target = target, .title = title};
    edge_tally *edge = edge_of_key(tally, &key);
    if (!edge) {
        int64_t id;
        ML_TRY(find_row(store, &key, &id, error));
        bool is_new = !id;
        if (is_new)
            ML_TRY(next_edge(store, &id, error));
        edge = edge_of_id(tally, id);
        if (!edge)
            return ml_fail_memory(error);
        edge->source = source;
        edge->type = type;
        edge->target = target;
        edge->title = title;
        edge->is_new = is_new;
        edge->holds = holds;
        if (!enter(tally, &tally->edge_keys, edge_hash, (uint32_t)(edge - tally->edges)))
            return ml_fail_memory(error);
    }
    *out = edge->id;
    return ML_OK;
}

static short_date shorten(ml_str date)
{
    short_date out = {{0}};
    memcpy(out.text, date.ptr, date.len < 10 ? date.len : 10);
    return out;
}

static void widen(short_date *first, short_date *last, ml_str text)
{
    if (!text.len)
        return;
    short_date date = shorten(text);
    if (!first->text[0] || memcmp(date.text, first->text, sizeof date) < 0)
        *first = date;
    if (memcmp(date.text, last->text, sizeof date) > 0)
        *last = date;
}

ml_status ml_store__tally_edge(ml_store *store, int64_t id, int sign, ml_str date, uint16_t confidence_milli,
                               ml_error *error)
{
    edge_tally *edge = edge_of_id(store->tally, id);
    if (!edge)
        return ml_fail_memory(error);
    if (sign <= 0) {
        edge->measure = true;
        return ML_OK;
    }
    edge->weight += edge->article != store->tally->article;
    edge->article = store->tally->article;
    if (confidence_milli > edge->confidence_milli)
        edge->confidence_milli = confidence_milli;
    widen(&edge->first, &edge->last, date);
    return ML_OK;
}

static vertex_tally *vertex_of_id(ml_store__tally *tally, int64_t id)
{
    const places *map = &tally->vertex_ids;
    for (uint32_t at = (uint32_t)mix((uint64_t)id); map->slot_count; at++) {
        uint32_t place = map->slots[at & (map->slot_count - 1)];
        if (!place)
            break;
        if (tally->vertices[place - 1].id == id)
            return &tally->vertices[place - 1];
    }
    vertex_tally *list = room_for_one(tally->vertices, tally->vertex_count, &tally->vertex_cap, sizeof *list);
    if (!list)
        return NULL;
    tally->vertices = list;
    list[tally->vertex_count] = (vertex_tally){.id = id};
    if (!enter(tally, &tally->vertex_ids, vertex_hash, tally->vertex_count))
        return NULL;
    return &list[tally->vertex_count++];
}

static bool tally_form(ml_store__tally *tally, int64_t vertex, int64_t form, int sign)
{
    const places *map = &tally->form_keys;
    for (uint32_t at = (uint32_t)mix((uint64_t)vertex ^ mix((uint64_t)form)); map->slot_count; at++) {
        uint32_t place = map->slots[at & (map->slot_count - 1)];
        if (!place)
            break;
        form_tally *found = &tally->forms[place - 1];
        if (found->vertex == vertex && found->form == form) {
            found->documents += sign;
            return true;
        }
    }
    form_tally *list = room_for_one(tally->forms, tally->form_count, &tally->form_cap, sizeof *list);
    if (!list)
        return false;
    tally->forms = list;
    list[tally->form_count] = (form_tally){vertex, form, sign};
    return enter(tally, &tally->form_keys, form_hash, tally->form_count++);
}

ml_status ml_store__tally_vertex(ml_store *store, int64_t id, int64_t form, int sign, ml_str date, ml_error *error)
{
    vertex_tally *vertex = vertex_of_id(store->tally, id);
    if (!vertex || (sign && !tally_form(store->tally, id, form, sign)))
        return ml_fail_memory(error);
    vertex->shrank = vertex->shrank || sign <= 0;
    store->tally->shrank = store->tally->shrank || sign <= 0;
    if (!sign)
        vertex->measure = true;
    else if (vertex->article != store->tally->article)
        vertex->documents += sign;
    vertex->article = store->tally->article;
    if (sign > 0)
        widen(&vertex->first, &vertex->last, date);
    else if (sign < 0)
        widen(&vertex->removed_first, &vertex->removed_last, date);
    return ML_OK;
}

/* ---- writing ---- */

static int compare_edges(const void *a, const void *b)
{
    const edge_tally *left = a;
    const edge_tally *right = b;
    if (left->source != right->source)
        return left->source < right->source ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

static int compare_vertices(const void *a, const void *b)
{
    const vertex_tally *left = a;
    const vertex_tally *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

static int compare_forms(const void *a, const void *b)
{
    const form_tally *left = a;
    const form_tally *right = b;
    if (left->vertex != right->vertex)
        return left->vertex < right->vertex ? -1 : 1;
    return (left->form > right->form) - (left->form < right->form);
}

/* Weight, dates and confidence anew from the statements; an edge without any goes. */
static ml_status measure_edge(ml_store *store, int64_t id, bool *gone, ml_error *error)
{
    bool row;
    sqlite3_stmt *ask = ml_store__ask(store, ML_SQL_EDGE_MEASURE, error, "i", id);
    if (!ask)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, ask, &row, error));
    int64_t weight = sqlite3_column_int64(ask, 0);
    short_date first = shorten(ml_store_text(ask, 1));
    short_date last = shorten(ml_store_text(ask, 2));
    int64_t confidence = sqlite3_column_int64(ask, 3);
    sqlite3_reset(ask);
    *gone = weight == 0;
    store->new_edges -= *gone;
    if (weight)
        return ml_store__do(
            store, ml_store__ask(store, ML_SQL_EDGE_SET, error, "iizzi", id, weight, first.text, last.text, confidence),
            error);
    ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_POSITION_DROP, error, "i", id), error));
    return ml_store__do(store, ml_store__ask(store, ML_SQL_EDGE_DROP, error, "i", id), error);
}

/* A new post, and one that may not be over any more, or may be by now. */
static ml_status place_anew(ml_store *store, const edge_tally *edge, ml_error *error)
{
    bool place = edge->holds && edge->is_new;
    if (!place && (edge->holds || edge->measure)) {
        sqlite3_stmt *find = ml_store__ask(store, ML_SQL_POSITION_FIND, error, "iu", edge->id, (uint32_t)edge->measure);
        if (!find)
            return ML_E_STORE;
        ML_TRY(ml_store_step(store, find, &place, error));
        sqlite3_reset(find);
    }
    return place ? ml_store__place_edge(store, edge->id, error) : ML_OK;
}

static ml_status flush_edge(ml_store *store, const edge_tally *edge, ml_error *error)
{
    bool gone = false;
    store->new_edges += edge->is_new;
    if (edge->is_new)
        ML_TRY(ml_store__do(store,
                            ml_store__ask(store, ML_SQL_EDGE_ADD, error, "iiiiiizzu", edge->id, edge->source,
                                          edge->type, edge->target, edge->title, edge->weight, edge->first.text,
                                          edge->last.text, (uint32_t)edge->confidence_milli),
                            error));
    else if (edge->weight || edge->confidence_milli)
        ML_TRY(ml_store__do(store,
                            ml_store__ask(store, ML_SQL_EDGE_CHANGE, error, "iizzu", edge->id, edge->weight,
                                          edge->first.text, edge->last.text, (uint32_t)edge->confidence_milli),
                            error));
    if (edge->measure || (edge->is_new && !edge->weight))
        ML_TRY(measure_edge(store, edge->id, &gone, error));
    return gone ? ML_OK : place_anew(store, edge, error);
}

/* In how many articles the vertex has the form, with those of the tally. Most forms are new: that takes one statement. */
static ml_status count_form(ml_store *store, const form_tally *form, int64_t *documents, ml_error *error)
{
    bool row;
    *documents = form->documents;
    if (form->documents > 0) {
        ML_TRY(ml_store__do(
            store,
            ml_store__ask(store, ML_SQL_VERTEX_FORM_ADD, error, "iii", form->vertex, form->form, form->documents),
            error));
        if (sqlite3_changes(store->handle))
            return ML_OK;
    }
    ML_TRY(ml_store__do(
        store, ml_store__ask(store, ML_SQL_VERTEX_FORM_CHANGE, error, "iii", form->vertex, form->form, form->documents),
        error));
    sqlite3_stmt *get = ml_store__ask(store, ML_SQL_VERTEX_FORM_GET, error, "ii", form->vertex, form->form);
    if (!get)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, get, &row, error));
    *documents = row ? sqlite3_column_int64(get, 0) : 0;
    sqlite3_reset(get);
    return ML_OK;
}

static ml_status flush_form(ml_store *store, const form_tally *form, ml_error *error)
{
    int64_t documents;
    if (!form->documents)
        return ML_OK;
    ML_TRY(count_form(store, form, &documents, error));
    if (documents == form->documents || !documents) {
        vertex_tally *vertex = vertex_of_id(store->tally, form->vertex);
        if (!vertex)
            return ml_fail_memory(error);
        vertex->forms_changed = true;
    }
    if (documents)
        return ML_OK;
    return ml_store__do(store, ml_store__ask(store, ML_SQL_VERTEX_FORM_DROP, error, "ii", form->vertex, form->form),
                        error);
}

static ml_status measure_vertex(ml_store *store, const vertex_tally *vertex, int64_t *documents, ml_error *error)
{
    bool row;
    sqlite3_stmt *ask = ml_store__ask(store, ML_SQL_VERTEX_DATES, error, "i", vertex->id);
    if (!ask)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, ask, &row, error));
    short_date first = shorten(ml_store_text(ask, 0));
    short_date last = shorten(ml_store_text(ask, 1));
    *documents = sqlite3_column_int64(ask, 2);
    sqlite3_reset(ask);
    return ml_store__do(
        store,
        ml_store__ask(store, ML_SQL_VERTEX_SET_DATES, error, "izzi", vertex->id, first.text, last.text, *documents),
        error);
}

/* Was what is gone at the beginning or the end of the vertex's time? */
static bool touches(const short_date *removed, const short_date *bound, int direction)
{
    int order = memcmp(removed->text, bound->text, sizeof *bound);
    return removed->text[0] && (direction < 0 ? order <= 0 : order >= 0);
}

/* Adds the tally to the vertex's row. Two plain statements: one that changes and returns would have SQLite keep a journal
 * for itself, and the full-text index write itself out, for each vertex. */
static ml_status change_vertex(ml_store *store, const vertex_tally *vertex, int64_t *documents, bool *measure,
                               ml_error *error)
{
    bool row;
    sqlite3_stmt *get = ml_store__ask(store, ML_SQL_VERTEX_GET, error, "i", vertex->id);
    if (!get)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, get, &row, error));
    *documents = sqlite3_column_int64(get, 0) + vertex->documents;
    short_date first = shorten(ml_store_text(get, 1));
    short_date last = shorten(ml_store_text(get, 2));
    sqlite3_reset(get);
    widen(&first, &last, ml_str_from(vertex->first.text));
    widen(&first, &last, ml_str_from(vertex->last.text));
    *measure =
        vertex->measure || touches(&vertex->removed_first, &first, -1) || touches(&vertex->removed_last, &last, 1);
    return ml_store__do(
        store,
        ml_store__ask(store, ML_SQL_VERTEX_SET_DATES, error, "izzi", vertex->id, first.text, last.text, *documents),
        error);
}

static ml_status flush_vertex(ml_store *store, const vertex_tally *vertex, ml_error *error)
{
    int64_t documents;
    bool measure;
    ML_TRY(change_vertex(store, vertex, &documents, &measure, error));
    bool was_there = documents - vertex->documents > 0;
    if (measure)
        ML_TRY(measure_vertex(store, vertex, &documents, error));
    store->new_vertices += (documents > 0) - was_there;
    if (vertex->forms_changed || documents > 1)
        ML_TRY(ml_store__name_vertex(store, vertex->id, vertex->forms_changed, error));
    return ML_OK;
}

/* Forms and vertices that no article has any more go; the caches may know them. */
static ml_status sweep(ml_store *store, ml_error *error)
{
    const ml_store__tally *tally = store->tally;
    for (uint32_t i = 0; i < tally->form_count; i++) {
        if (tally->forms[i].documents <= 0)
            ML_TRY(
                ml_store__do(store, ml_store__ask(store, ML_SQL_FORM_DROP, error, "i", tally->forms[i].form), error));
    }
    for (uint32_t i = 0; i < tally->vertex_count; i++) {
        if (!tally->vertices[i].shrank)
            continue;
        ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_VERTEX_DROP, error, "i", tally->vertices[i].id), error));
        ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_NODE_DROP, error, "i", tally->vertices[i].id), error));
    }
    ml_store__forget_rows(store);
    return ML_OK;
}

/* In the order of the tables' keys, so that each of their pages is visited once. */
static ml_status flush_all(ml_store *store, ml_error *error)
{
    ml_store__tally *tally = store->tally;
    if (tally->form_count)
        qsort(tally->forms, tally->form_count, sizeof *tally->forms, compare_forms);
    for (uint32_t i = 0; i < tally->form_count; i++)
        ML_TRY(flush_form(store, &tally->forms[i], error));
    if (tally->vertex_count)
        qsort(tally->vertices, tally->vertex_count, sizeof *tally->vertices, compare_vertices);
    for (uint32_t i = 0; i < tally->vertex_count; i++)
        ML_TRY(flush_vertex(store, &tally->vertices[i], error));
    if (tally->edge_count)
        qsort(tally->edges, tally->edge_count, sizeof *tally->edges, compare_edges);
    for (uint32_t i = 0; i < tally->edge_count; i++)
        ML_TRY(flush_edge(store, &tally->edges[i], error));
    return tally->shrank ? sweep(store, error) : ML_OK;
}

ml_status ml_store__flush(ml_store *store, ml_error *error)
{
    if (store->joins_due) {
        ML_TRY(ml_store__join(store, error));
        ML_TRY(ml_store__settle(store, error));
        store->joins_due = false;
    }
    ML_TRY(flush_all(store, error));
    ml_store__tally_clear(store->tally);
    ML_TRY(ml_store__do(store,
                        ml_store__ask(store, ML_SQL_TOTAL_CHANGE, error, "iii", store->new_documents,
                                      store->new_vertices, store->new_edges),
                        error));
    store->new_documents = store->new_vertices = store->new_edges = 0;
    return ML_OK;
}
