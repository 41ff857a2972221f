#include "store/inside.h"

#include <stdlib.h>

/* A person, perhaps: those who share an id and hold posts in one unit over the years of one career. */
typedef struct {
    ml_str unit, name; /* ids; the unit is empty where no post is told */
    uint32_t first_claim, claim_count;
    uint32_t group; /* another node of the same person, or itself */
    bool local;     /* the unit is a district or commune */
    int64_t row;
} person_node;

/* A row of `vertex` as it was before. */
typedef struct {
    int64_t id, part_of, leader;
} person_row;

typedef struct {
    int64_t unit, old_node; /* rows; old_node 0: a new claim */
    uint32_t year, node;
    bool local;
    ml_str unit_name;
} person_claim;

typedef struct {
    ml_store *store;
    ml_arena *arena;
    int64_t entity;
    ml_str name;           /* the id that they share */
    bool official;         /* the tables have this id */
    person_claim *claims;  /* by the id of the unit and year */
    person_claim **by_row; /* by the row of the unit and year */
    person_node *nodes;
    person_row *rows; /* by id */
    uint32_t claim_count, claim_cap, node_count, row_count, row_cap;
} person_group;

/* Room for one more element in a list of the arena. */
static void *room_for_one(ml_arena *arena, void *list, uint32_t count, uint32_t *cap, size_t size)
{
    if (count < *cap)
        return list;
    uint32_t more = *cap ? *cap * 2 : 8;
    void *grown = ml_arena_array(arena, more, size);
    if (grown && count)
        memcpy(grown, list, count * size);
    if (grown)
        *cap = more;
    return grown;
}

static ml_status load_claims(person_group *group, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(group->store, ML_SQL_CLAIM_LIST, error, "i", group->entity);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(group->store, list, &row, error));
    while (row) {
        person_claim *claims =
            room_for_one(group->arena, group->claims, group->claim_count, &group->claim_cap, sizeof *claims);
        if (!claims)
            return ml_fail_memory(error);
        group->claims = claims;
        ml_str level = ml_store_text(list, 4);
        claims[group->claim_count++] =
            (person_claim){.unit = sqlite3_column_int64(list, 0),
                           .year = (uint32_t)sqlite3_column_int64(list, 1),
                           .old_node = sqlite3_column_int64(list, 2),
                           .local = ml_str_equal(level, ML_STR("district")) || ml_str_equal(level, ML_STR("commune")),
                           .unit_name = ml_arena_copy(group->arena, ml_store_text(list, 3))};
        ML_TRY(ml_store_step(group->store, list, &row, error));
    }
    sqlite3_reset(list);
    return group->arena->failed ? ml_fail_memory(error) : ML_OK;
}

static int compare_claims(const void *a, const void *b)
{
    const person_claim *left = *(person_claim *const *)a;
    const person_claim *right = *(person_claim *const *)b;
    if (left->unit != right->unit)
        return left->unit < right->unit ? -1 : 1;
    return (left->year > right->year) - (left->year < right->year);
}

static ml_status sort_claims(person_group *group, ml_error *error)
{
    group->by_row = ml_arena_array(group->arena, group->claim_count, sizeof(person_claim *));
    if (!group->by_row)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < group->claim_count; i++)
        group->by_row[i] = &group->claims[i];
    if (group->claim_count)
        qsort(group->by_row, group->claim_count, sizeof(person_claim *), compare_claims);
    return ML_OK;
}

static int compare_rows(const void *a, const void *b)
{
    const person_row *left = a;
    const person_row *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

static ml_status load_rows(person_group *group, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(group->store, ML_SQL_NODE_LIST, error, "i", group->entity);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(group->store, list, &row, error));
    while (row) {
        person_row *rows = room_for_one(group->arena, group->rows, group->row_count, &group->row_cap, sizeof *rows);
        if (!rows)
            return ml_fail_memory(error);
        group->rows = rows;
        rows[group->row_count++] = (person_row){.id = sqlite3_column_int64(list, 0),
                                                .part_of = sqlite3_column_int64(list, 2),
                                                .leader = sqlite3_column_int64(list, 3)};
        if (sqlite3_column_int64(list, 0) == group->entity)
            group->name = ml_arena_copy(group->arena, ml_store_text(list, 1));
        ML_TRY(ml_store_step(group->store, list, &row, error));
    }
    sqlite3_reset(list);
    if (group->row_count)
        qsort(group->rows, group->row_count, sizeof *group->rows, compare_rows);
    return group->arena->failed ? ml_fail_memory(error) : ML_OK;
}

static const person_row *row_of(const person_group *group, int64_t id)
{
    const person_row key = {.id = id};
    return group->row_count ? bsearch(&key, group->rows, group->row_count, sizeof key, compare_rows) : NULL;
}

/* The vertex that a node's row stood for before. */
static int64_t leader_before(const person_group *group, int64_t id)
{
    const person_row *row = row_of(group, id);
    if (row && row->part_of) {
        id = row->part_of;
        row = row_of(group, id);
    }
    return row && row->leader ? row->leader : id;
}

ml_str ml_store__node_name(ml_store *store, ml_str id, ml_str unit, uint32_t year, ml_arena *arena)
{
    if (!unit.len)
        return id;
    ml_buffer *out = &store->scratch;
    ml_buffer_clear(out);
    ml_buffer_str(out, id);
    ml_buffer_format(out, "-%06x", (unsigned)(ml_str_hash(unit) & 0xffffff));
    if (year)
        ml_buffer_format(out, "-%u", year);
    return ml_arena_copy(arena, ml_buffer_view(out));
}

/* Claims come by unit and year. Undated ones (year 0) come first and belong to the first career. An official has a node
 * without a unit in any case. */
static ml_status make_nodes(person_group *group, ml_error *error)
{
    group->nodes = ml_arena_array(group->arena, (size_t)group->claim_count + 1, sizeof *group->nodes);
    if (!group->nodes)
        return ml_fail_memory(error);
    if (group->official && group->claim_count && group->claims[0].unit)
        group->nodes[group->node_count++] = (person_node){.name = group->name, .row = group->entity};
    for (uint32_t i = 0; i < group->claim_count; i++) {
        person_claim *claim = &group->claims[i];
        const person_claim *before = i ? claim - 1 : NULL;
        bool same_unit = before && before->unit == claim->unit;
        bool later = same_unit && before->year && claim->year - before->year > ML_STORE_CAREER_YEARS;
        if (!same_unit || later) {
            group->nodes[group->node_count] =
                (person_node){.unit = claim->unit_name,
                              .name = ml_store__node_name(group->store, group->name, claim->unit_name,
                                                          later ? claim->year : 0, group->arena),
                              .first_claim = i,
                              .local = claim->local,
                              .row = group->entity};
            person_node *node = &group->nodes[group->node_count];
            node->group = group->node_count++;
            if (node->unit.len)
                ML_TRY(ml_store__vertex(group->store, node->name, group->entity, &node->row, error));
        }
        claim->node = group->node_count - 1;
        group->nodes[claim->node].claim_count++;
    }
    return ML_OK;
}

static uint32_t find(const person_group *group, uint32_t node)
{
    while (group->nodes[node].group != node) {
        group->nodes[node].group = group->nodes[group->nodes[node].group].group;
        node = group->nodes[node].group;
    }
    return node;
}

static uint32_t node_named(const person_group *group, ml_str name)
{
    for (uint32_t i = 0; i < group->node_count; i++) {
        if (ml_str_equal(group->nodes[i].name, name))
            return i;
    }
    return UINT32_MAX;
}

/* Makes two nodes one person, unless a judgement says that somebody of the one is not somebody of the other. The person is
 * called by the node that has no unit, else by the first name. */
static void unite(person_group *group, uint32_t a, uint32_t b)
{
    a = find(group, a);
    b = find(group, b);
    if (a == b)
        return;
    for (uint32_t i = 0; i < group->store->judgement_count; i++) {
        const ml_store__judgement *judgement = &group->store->judgements[i];
        uint32_t left = judgement->same ? UINT32_MAX : node_named(group, judgement->a);
        uint32_t right = judgement->same ? UINT32_MAX : node_named(group, judgement->b);
        if (left == UINT32_MAX || right == UINT32_MAX)
            continue;
        left = find(group, left);
        right = find(group, right);
        if ((left == a && right == b) || (left == b && right == a))
            return;
    }
    bool a_leads = !group->nodes[a].unit.len ||
                   (group->nodes[b].unit.len && ml_str_compare(group->nodes[a].name, group->nodes[b].name) < 0);
    group->nodes[a_leads ? b : a].group = a_leads ? a : b;
}

static uint32_t node_of_claim(const person_group *group, int64_t unit, uint32_t year)
{
    person_claim key = {.unit = unit, .year = year};
    person_claim *wanted = &key;
    person_claim *const *found = !group->claim_count ? NULL
                                                     : bsearch(&wanted, group->by_row, group->claim_count,
                                                               sizeof(person_claim *), compare_claims);
    return found ? (*found)->node : UINT32_MAX;
}

static void unite_judged(person_group *group)
{
    for (uint32_t i = 0; i < group->store->judgement_count; i++) {
        const ml_store__judgement *judgement = &group->store->judgements[i];
        uint32_t a = judgement->same ? node_named(group, judgement->a) : UINT32_MAX;
        uint32_t b = judgement->same ? node_named(group, judgement->b) : UINT32_MAX;
        if (a != UINT32_MAX && b != UINT32_MAX)
            unite(group, a, b);
    }
}

/* Posts that one article gives one person. */
static ml_status unite_bonds(person_group *group, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(group->store, ML_SQL_BOND_LIST, error, "i", group->entity);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(group->store, list, &row, error));
    while (row) {
        uint32_t year = (uint32_t)sqlite3_column_int64(list, 1);
        uint32_t a = node_of_claim(group, sqlite3_column_int64(list, 0), year);
        uint32_t b = node_of_claim(group, sqlite3_column_int64(list, 2), year);
        if (a != UINT32_MAX && b != UINT32_MAX)
            unite(group, a, b);
        ML_TRY(ml_store_step(group->store, list, &row, error));
    }
    sqlite3_reset(list);
    return ML_OK;
}

ml_status ml_store__is_official(ml_store *store, ml_str id, bool *official, ml_error *error)
{
    sqlite3_stmt *find = ml_store__ask(store, ML_SQL_OFFICIAL_FIND, error, "s", id);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, official, error));
    sqlite3_reset(find);
    return ML_OK;
}

/* An official of the tables is whoever bears the name, but for those who are only known to lead a district or commune. */
static void unite_official(person_group *group)
{
    uint32_t before = UINT32_MAX;
    for (uint32_t i = 0; i < group->node_count; i++) {
        if (group->nodes[i].local)
            continue;
        if (before != UINT32_MAX)
            unite(group, before, i);
        before = i;
    }
}

/* Who is named without a post is the one whom the archive knows by this name, if that is one. */
static void unite_unplaced(person_group *group)
{
    uint32_t unplaced = UINT32_MAX, placed = UINT32_MAX, persons = 0;
    for (uint32_t i = 0; i < group->node_count; i++) {
        if (!group->nodes[i].unit.len)
            unplaced = i;
        else if (find(group, i) == i && group->nodes[find(group, i)].unit.len) {
            placed = i;
            persons++;
        }
    }
    if (unplaced != UINT32_MAX && persons == 1)
        unite(group, unplaced, placed);
}

static ml_status unite_all(person_group *group, ml_error *error)
{
    unite_judged(group);
    ML_TRY(unite_bonds(group, error));
    if (group->official)
        unite_official(group);
    else
        unite_unplaced(group);
    return ML_OK;
}

/* Is there but one person? Then it is called by the id alone, whatever the unit. */
static bool is_one(const person_group *group)
{
    for (uint32_t i = 1; i < group->node_count; i++) {
        if (find(group, i) != find(group, 0))
            return false;
    }
    return true;
}

/* Articles move where the person behind one of their claims changes. */
static ml_status write_claim(person_group *group, const person_claim *claim, bool one, ml_error *error)
{
    ml_store *store = group->store;
    const person_node *node = &group->nodes[claim->node];
    if (claim->old_node != node->row)
        ML_TRY(ml_store__do(
            store,
            ml_store__ask(store, ML_SQL_CLAIM_NODE, error, "iiui", group->entity, claim->unit, claim->year, node->row),
            error));
    if (!claim->old_node)
        return ML_OK;
    int64_t person = one ? group->entity : group->nodes[find(group, claim->node)].row;
    const person_row *row = row_of(group, person);
    int64_t after = row && row->leader ? row->leader : person;
    int64_t before = leader_before(group, claim->old_node);
    return before == after ? ML_OK : ml_store__note_moved(store, before, group->entity, error);
}

/* Rows of nodes that no claim has any more count as nobody's: as parts of the id alone. */
static ml_status retire_rows(person_group *group, ml_error *error)
{
    for (uint32_t i = 0; i < group->row_count; i++) {
        const person_row *row = &group->rows[i];
        bool used = row->id == group->entity || row->part_of == group->entity;
        for (uint32_t n = 0; n < group->node_count && !used; n++)
            used = group->nodes[n].row == row->id;
        if (!used)
            ML_TRY(ml_store__do(group->store,
                                ml_store__ask(group->store, ML_SQL_NODE_PART, error, "ii", row->id, group->entity),
                                error));
    }
    return ML_OK;
}

static ml_status write_nodes(person_group *group, ml_error *error)
{
    bool one = is_one(group);
    for (uint32_t i = 0; i < group->node_count; i++) {
        const person_node *node = &group->nodes[i];
        const person_row *row = row_of(group, node->row);
        int64_t person = one ? group->entity : group->nodes[find(group, i)].row;
        int64_t part_of = person == node->row ? 0 : person;
        if ((row ? row->part_of : 0) != part_of)
            ML_TRY(ml_store__do(group->store,
                                ml_store__ask(group->store, ML_SQL_NODE_PART, error, "ii", node->row, part_of), error));
    }
    for (uint32_t i = 0; i < group->claim_count; i++)
        ML_TRY(write_claim(group, &group->claims[i], one, error));
    return retire_rows(group, error);
}

static ml_status tell_apart(person_group *group, ml_error *error)
{
    ML_TRY(load_claims(group, error));
    ML_TRY(sort_claims(group, error));
    ML_TRY(load_rows(group, error));
    ML_TRY(ml_store__is_official(group->store, group->name, &group->official, error));
    ML_TRY(make_nodes(group, error));
    ML_TRY(unite_all(group, error));
    return group->node_count ? write_nodes(group, error) : ML_OK;
}

ml_status ml_store__tell_apart(ml_store *store, int64_t entity, ml_error *error)
{
    ml_arena arena = {0};
    person_group group = {.store = store, .arena = &arena, .entity = entity, .name = ML_STR("")};
    ml_status status = tell_apart(&group, error);
    ml_arena_dispose(&arena);
    store->joins_due = store->joins_due || store->judgement_count;
    return status;
}
