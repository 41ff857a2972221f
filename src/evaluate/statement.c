#include "evaluate/compare.h"
#include "evaluate/fold.h"
#include "evaluate/repr.h"

#include <stdlib.h>

/* The last of equal ones comes last. */
static int by_key(const void *a, const void *b)
{
    const ml_statement *x = a, *y = b;
    int order = ml_str_compare(x->key, y->key);
    return order ? order : (x->relation > y->relation) - (x->relation < y->relation);
}

/* The key is also what the scorer of the guide sorts its lists by: the tuple as Python shows it. */
static ml_str key_of(int type, ml_str source, ml_str target, ml_str title, ml_arena *arena)
{
    const ml_str parts[] = {ml_relation_types[type].name, source, target, title};
    ml_buffer key = {0};
    for (int i = 0; i < 4; i++) {
        ml_buffer_str(&key, i ? ML_STR(", ") : ML_STR("("));
        ml_evaluate__write_repr(parts[i], &key);
    }
    ml_buffer_char(&key, ')');
    ml_str copy = ml_arena_copy(arena, ml_buffer_view(&key));
    arena->failed = arena->failed || key.failed;
    ml_buffer_dispose(&key);
    return copy;
}

/* The id by which an entity of a relation is compared: that of the gold entity, or of a said one that has none `?` and its own. */
static ml_str end_id(const ml_comparison *compare, uint32_t entity, bool said)
{
    if (!said)
        return compare->gold->record.entities[entity].id;
    uint32_t gold = compare->alignment.to_gold[entity];
    if (gold != ML_UNPAIRED)
        return compare->gold->record.entities[gold].id;
    const ml_str pieces[] = {ML_STR("?"), compare->said->entities[entity].id};
    return ml_arena_concat(compare->arena, pieces, 2);
}

static ml_str end_label(const ml_comparison *compare, ml_str id)
{
    const ml_record *gold = &compare->gold->record;
    for (uint32_t i = 0; i < gold->entity_count; i++) {
        if (ml_str_equal(gold->entities[i].id, id))
            return gold->entities[i].name;
    }
    return id;
}

static bool is_site(const ml_comparison *compare, uint32_t entity, bool said)
{
    const ml_record *gold = &compare->gold->record;
    if (!said)
        return gold->entities[entity].type == ML_SITE;
    uint32_t paired = compare->alignment.to_gold[entity];
    return compare->said->entities[entity].type == ML_SITE ||
           (paired != ML_UNPAIRED && gold->entities[paired].type == ML_SITE);
}

static ml_statement make_statement(const ml_comparison *compare, const ml_record_relation *relation, bool said)
{
    int type = ml_relation_type_find(relation->type);
    ml_str source = end_id(compare, relation->source, said), target = end_id(compare, relation->target, said);
    if (ml_relation_symmetric(relation->type) && ml_str_compare(source, target) > 0) {
        ml_str swapped = source;
        source = target;
        target = swapped;
    }
    bool titled = ml_str_equal(relation->type, ML_STR("holds_position"));
    ml_str title = titled ? ml_fold(relation->title, compare->arena) : ML_STR("");
    return (ml_statement){.key = key_of(type, source, target, title, compare->arena),
                          .type = type,
                          .source = end_label(compare, source),
                          .target = end_label(compare, target),
                          .relation = relation};
}

ml_statement_set ml_evaluate__collect_statements(const ml_comparison *compare, const ml_record *from)
{
    bool said = from == compare->said;
    ml_statement_set set = {ml_arena_array(compare->arena, from->relation_count, sizeof *set.list), 0};
    uint32_t kept = 0;
    for (uint32_t i = 0; set.list && i < from->relation_count; i++) {
        const ml_record_relation *relation = &from->relations[i];
        if (ml_relation_type_find(relation->type) < 0 || is_site(compare, relation->source, said) ||
            is_site(compare, relation->target, said))
            continue;
        set.list[set.count++] = make_statement(compare, relation, said);
    }
    if (set.count)
        qsort(set.list, set.count, sizeof *set.list, by_key);
    for (uint32_t i = 0; i < set.count; i++) {
        if (kept && ml_str_equal(set.list[kept - 1].key, set.list[i].key))
            kept--;
        set.list[kept++] = set.list[i];
    }
    set.count = kept;
    return set;
}

bool ml_statement_set_holds(const ml_statement_set *set, const ml_statement *wanted)
{
    uint32_t low = 0, high = set->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = ml_str_compare(set->list[middle].key, wanted->key);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
