#include "store/inside.h"

/* The units of one person in one article, and what is known of each: all that a claim can change. */
typedef struct {
    int64_t entity;
    ml_str id; /* of the entity */
    uint32_t year;
    uint32_t count;
    int64_t unit[ML_STORE_UNITS];
    ml_str name[ML_STORE_UNITS];
    int64_t node[ML_STORE_UNITS]; /* 0: the unit is new */
    bool full;                    /* the person must be told apart anew, from all claims */
} person_units;

static ml_status find_claim(ml_store *store, const person_units *units, uint32_t i, int64_t *documents, int64_t *node,
                            ml_error *error)
{
    bool row;
    sqlite3_stmt *find =
        ml_store__ask(store, ML_SQL_CLAIM_FIND, error, "iiu", units->entity, units->unit[i], units->year);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, &row, error));
    *documents = row ? sqlite3_column_int64(find, 0) : 0;
    *node = row ? sqlite3_column_int64(find, 1) : 0;
    sqlite3_reset(find);
    return ML_OK;
}

/* The dated claim next before or behind a year: its year and node, zeros where there is none. */
static ml_status find_beside(ml_store *store, ml_store__sql sql, const person_units *units, uint32_t i, uint32_t *year,
                             int64_t *node, ml_error *error)
{
    bool row;
    sqlite3_stmt *find = ml_store__ask(store, sql, error, "iiu", units->entity, units->unit[i], units->year);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, &row, error));
    *year = row ? (uint32_t)sqlite3_column_int64(find, 0) : 0;
    *node = row ? sqlite3_column_int64(find, 1) : 0;
    sqlite3_reset(find);
    return ML_OK;
}

/* The node of a unit for a year that it had not yet: that of the years beside it, if they leave no doubt. */
static ml_status place_year(ml_store *store, person_units *units, uint32_t i, ml_error *error)
{
    uint32_t before, after;
    int64_t node_before, node_after;
    ML_TRY(find_beside(store, ML_SQL_CLAIM_BEFORE, units, i, &before, &node_before, error));
    ML_TRY(find_beside(store, ML_SQL_CLAIM_AFTER, units, i, &after, &node_after, error));
    uint32_t year = units->year;
    if (!node_before && !node_after)
        return ML_OK;
    if (node_before && node_after && before)
        units->full = units->full || node_before != node_after;
    else if (year)
        units->full = units->full || (before && year - before > ML_STORE_CAREER_YEARS) ||
                      (after && after - year > ML_STORE_CAREER_YEARS);
    units->node[i] = node_before ? node_before : node_after;
    return ML_OK;
}

static ml_status part_of(ml_store *store, int64_t node, int64_t *person, ml_str *name, ml_error *error)
{
    bool row;
    sqlite3_stmt *ask = ml_store__ask(store, ML_SQL_VERTEX_LEADER, error, "i", node);
    if (!ask)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, ask, &row, error));
    int64_t whole = row ? sqlite3_column_int64(ask, 1) : 0;
    *person = whole ? whole : node;
    *name = ml_arena_copy(&store->gathering, ml_store_text(ask, 2));
    sqlite3_reset(ask);
    return ML_OK;
}

/* Are at least two persons of this id known by their units? Then one more changes nothing for the others. */
static ml_status are_several(ml_store *store, int64_t entity, bool *several, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_NODE_PERSONS, error, "i", entity);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    if (row)
        ML_TRY(ml_store_step(store, list, &row, error));
    *several = row;
    sqlite3_reset(list);
    return ML_OK;
}

static ml_status make_node(ml_store *store, person_units *units, uint32_t i, int64_t person, ml_str *name,
                           ml_error *error)
{
    *name = ml_store__node_name(store, units->id, units->name[i], 0, &store->gathering);
    if (store->gathering.failed)
        return ml_fail_memory(error);
    ML_TRY(ml_store__vertex(store, *name, units->entity, &units->node[i], error));
    if (units->name[i].len) /* the row may be an old one */
        ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_NODE_PART, error, "ii", units->node[i], person), error));
    return ML_OK;
}

/* The one person behind the units that are known, 0 where none is; several become one, which concerns all claims. */
static ml_status find_person(ml_store *store, person_units *units, int64_t *person, ml_str *leads, ml_error *error)
{
    *person = 0;
    *leads = ML_STR("");
    for (uint32_t i = 0; i < units->count && !units->full; i++) {
        int64_t other;
        ml_str name;
        if (!units->node[i])
            continue;
        ML_TRY(part_of(store, units->node[i], &other, &name, error));
        units->full = *person && other != *person;
        *person = other;
        if (other != units->entity && other != units->node[i])
            ML_TRY(part_of(store, other, &other, &name, error));
        *leads = name;
    }
    return ML_OK;
}

/* New units of a person who is known by another one, or of somebody new beside several others: nobody else is concerned, so
 * that a name that thousands bear costs no more than a rare one. */
static ml_status place_units(ml_store *store, person_units *units, uint32_t new_count, ml_error *error)
{
    int64_t person;
    ml_str leads;
    if (units->full)
        return ML_OK;
    ML_TRY(find_person(store, units, &person, &leads, error));
    if (units->full || !new_count)
        return ML_OK;
    bool several = false;
    if (!person)
        ML_TRY(are_several(store, units->entity, &several, error));
    units->full = !person && !several;
    for (uint32_t i = 0; i < units->count && !units->full; i++) {
        ml_str name;
        if (units->node[i])
            continue;
        ML_TRY(make_node(store, units, i, person, &name, error));
        if (!person) {
            person = units->node[i];
            leads = name;
        } else if (person != units->entity && ml_str_compare(name, leads) < 0) {
            units->full = true;
        }
    }
    return ML_OK;
}

static ml_status add_claims(ml_store *store, person_units *units, ml_error *error)
{
    uint32_t new_units = 0;
    bool is_new[ML_STORE_UNITS] = {false};
    for (uint32_t i = 0; i < units->count; i++) {
        int64_t documents;
        ML_TRY(find_claim(store, units, i, &documents, &units->node[i], error));
        is_new[i] = documents == 0;
        if (is_new[i])
            ML_TRY(place_year(store, units, i, error));
        new_units += units->node[i] == 0;
    }
    bool official = false;
    if (new_units)
        ML_TRY(ml_store__is_official(store, units->id, &official, error));
    /* What judgements keep apart depends on all claims at once, and so does who is an official. */
    units->full = units->full || store->judgement_count || official;
    ML_TRY(place_units(store, units, new_units, error));
    for (uint32_t i = 0; i < units->count; i++) {
        sqlite3_stmt *change = is_new[i] ? ml_store__ask(store, ML_SQL_CLAIM_ADD, error, "iiui", units->entity,
                                                         units->unit[i], units->year, units->full ? 0 : units->node[i])
                                         : ml_store__ask(store, ML_SQL_CLAIM_CHANGE, error, "iiui", units->entity,
                                                         units->unit[i], units->year, (int64_t)1);
        ML_TRY(ml_store__do(store, change, error));
    }
    return ML_OK;
}

static ml_status drop_claims(ml_store *store, person_units *units, ml_error *error)
{
    for (uint32_t i = 0; i < units->count; i++) {
        int64_t documents;
        ML_TRY(find_claim(store, units, i, &documents, &units->node[i], error));
        units->full = units->full || documents <= 1;
        if (documents <= 1 && units->unit[i]) /* the unit may be nobody's any more */
            ML_TRY(ml_store__tally_vertex(store, units->unit[i], 0, 0, ML_STR(""), error));
        sqlite3_stmt *change = documents > 1 ? ml_store__ask(store, ML_SQL_CLAIM_CHANGE, error, "iiui", units->entity,
                                                             units->unit[i], units->year, (int64_t)-1)
                                             : ml_store__ask(store, ML_SQL_CLAIM_DROP, error, "iiu", units->entity,
                                                             units->unit[i], units->year);
        ML_TRY(ml_store__do(store, change, error));
    }
    return ML_OK;
}

/* Posts that one article gives one person hold together, each with the next. */
static ml_status count_bonds(ml_store *store, person_units *units, int sign, ml_error *error)
{
    for (uint32_t i = 1; i < units->count; i++) {
        bool row;
        sqlite3_stmt *change = ml_store__ask(store, ML_SQL_BOND_CHANGE, error, "iiuii", units->entity,
                                             units->unit[i - 1], units->year, units->unit[i], (int64_t)sign);
        if (!change)
            return ML_E_STORE;
        ML_TRY(ml_store_step(store, change, &row, error));
        int64_t documents = sqlite3_column_int64(change, 0);
        sqlite3_reset(change);
        if (documents)
            continue;
        units->full = true;
        ML_TRY(ml_store__do(store,
                            ml_store__ask(store, ML_SQL_BOND_DROP, error, "iiui", units->entity, units->unit[i - 1],
                                          units->year, units->unit[i]),
                            error));
    }
    return ML_OK;
}

static ml_status claim_person(ml_store *store, const ml_store__article *article, uint32_t index, int sign,
                              ml_error *error)
{
    ml_store__appearance *appearance = &article->appearance[index];
    person_units units = {.entity = appearance->entity, .id = appearance->id};
    units.count = ml_store__units(article, index, units.name);
    units.year = units.name[0].len ? ml_store__year(article->date) : 0;
    for (uint32_t i = 0; i < units.count; i++) {
        if (units.name[i].len)
            ML_TRY(ml_store__vertex(store, units.name[i], 0, &units.unit[i], error));
    }
    ML_TRY(sign > 0 ? add_claims(store, &units, error) : drop_claims(store, &units, error));
    ML_TRY(count_bonds(store, &units, sign, error));
    appearance->node = units.full ? 0 : units.node[0];
    return units.full ? ml_store__tell_apart(store, units.entity, error) : ML_OK;
}

ml_status ml_store__claim(ml_store *store, const ml_store__article *article, int sign, ml_error *error)
{
    ml_arena_reset(&store->gathering);
    for (uint32_t i = 0; i < article->appearance_count; i++) {
        if (article->appearance[i].type == ML_PERSON)
            ML_TRY(claim_person(store, article, i, sign, error));
    }
    return ML_OK;
}
