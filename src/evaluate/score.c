#include "evaluate/evaluate.h"
#include "evaluate/fold.h"
#include "evaluate/repr.h"

#include <stdlib.h>

/* One article under the comparison. */
typedef struct {
    const ml_gold *gold;
    const ml_record *said;
    ml_alignment alignment;
    ml_arena *arena;
    ml_scores *scores;
    ml_buffer *errors; /* NULL for none */
} comparison;

typedef struct {
    ml_evaluate_span *list; /* sorted, each once */
    uint32_t count;
} span_set;

/* What a relation states; equal statements have equal keys. */
typedef struct {
    ml_str key;
    int type;
    ml_str source, target; /* as they are shown */
    ml_str title;
    uint32_t place; /* among the relations, to tell the last of equal ones */
} statement;

typedef struct {
    statement *list; /* sorted by key, each once */
    uint32_t count;
} statement_set;

static void count_in(ml_counts *counts, uint64_t right, uint64_t gold, uint64_t said)
{
    counts->right += right;
    counts->gold += gold;
    counts->said += said;
}

/* The place of a type in the scores, from 1; 0 if it is not scored. */
static int scored_place(ml_entity_type type)
{
    for (int i = 0; i < ML_SCORED_TYPES; i++) {
        if (ml_scored_types[i] == type)
            return i + 1;
    }
    return 0;
}

/* Is the said mention scored? What overlaps a site is neither right nor wrong. */
static bool counts_as_said(const comparison *compare, const ml_record_mention *mention)
{
    const ml_record *gold = &compare->gold->record;
    for (uint32_t i = 0; i < gold->mention_count; i++) {
        if (gold->mentions[i].type == ML_SITE && ml_evaluate__overlap(mention, &gold->mentions[i]))
            return false;
    }
    return scored_place(mention->type) > 0;
}

/* ---- mentions ---- */

static int by_place(const void *a, const void *b)
{
    const ml_evaluate_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return ml_str_compare(ml_entity_type_name(x->type), ml_entity_type_name(y->type));
}

static span_set collect_spans(const comparison *compare, const ml_record *from, bool said)
{
    span_set set = {ml_arena_array(compare->arena, from->mention_count, sizeof *set.list), 0};
    uint32_t kept = 0;
    for (uint32_t i = 0; set.list && i < from->mention_count; i++) {
        const ml_record_mention *mention = &from->mentions[i];
        if (said ? counts_as_said(compare, mention) : scored_place(mention->type) > 0)
            set.list[set.count++] = ml_evaluate__core(compare->gold, mention);
    }
    if (set.count)
        qsort(set.list, set.count, sizeof *set.list, by_place);
    for (uint32_t i = 0; i < set.count; i++) {
        if (!kept || by_place(&set.list[kept - 1], &set.list[i]) != 0)
            set.list[kept++] = set.list[i];
    }
    set.count = kept;
    return set;
}

static bool holds_span(const span_set *set, const ml_evaluate_span *span)
{
    return set->count && bsearch(span, set->list, set->count, sizeof *set->list, by_place);
}

static void list_spans(const comparison *compare, const span_set *these, const span_set *those, const char *verdict)
{
    for (uint32_t i = 0; compare->errors && i < these->count; i++) {
        const ml_evaluate_span *span = &these->list[i];
        if (holds_span(those, span))
            continue;
        ml_str id = compare->gold->record.id, type = ml_entity_type_name(span->type);
        ml_buffer_format(compare->errors, "%.*s: %s %.*s ", (int)id.len, id.ptr, verdict, (int)type.len, type.ptr);
        ml_evaluate__write_repr(
            ml_fold_encode(compare->gold->points, span->start, span->end, compare->gold->point_count, compare->arena),
            compare->errors);
        ml_buffer_format(compare->errors, " at %u\n", span->start);
    }
}

static void score_spans(const comparison *compare, const span_set *gold, const span_set *said)
{
    for (uint32_t i = 0; i < gold->count; i++) {
        bool right = holds_span(said, &gold->list[i]);
        count_in(&compare->scores->mention[0], right, 1, 0);
        count_in(&compare->scores->mention[scored_place(gold->list[i].type)], right, 1, 0);
    }
    for (uint32_t i = 0; i < said->count; i++) {
        count_in(&compare->scores->mention[0], 0, 0, 1);
        count_in(&compare->scores->mention[scored_place(said->list[i].type)], 0, 0, 1);
    }
}

static bool overlaps_equal_type(const comparison *compare, const ml_record_mention *mention)
{
    const ml_record *gold = &compare->gold->record;
    for (uint32_t i = 0; i < gold->mention_count; i++) {
        if (gold->mentions[i].type == mention->type && ml_evaluate__overlap(mention, &gold->mentions[i]))
            return true;
    }
    return false;
}

static void score_overlap(const comparison *compare)
{
    const ml_record *gold = &compare->gold->record, *said = compare->said;
    for (uint32_t i = 0; i < gold->mention_count; i++)
        count_in(&compare->scores->overlap, 0, scored_place(gold->mentions[i].type) > 0, 0);
    for (uint32_t i = 0; i < said->mention_count; i++) {
        if (counts_as_said(compare, &said->mentions[i]))
            count_in(&compare->scores->overlap, overlaps_equal_type(compare, &said->mentions[i]), 0, 1);
    }
}

/* ---- entities ---- */

static void score_entities(const comparison *compare)
{
    const ml_record *gold = &compare->gold->record, *said = compare->said;
    ml_counts *counts = compare->scores->entity;
    for (uint32_t i = 0; i < gold->entity_count; i++) {
        int place = scored_place(gold->entities[i].type);
        bool right = compare->alignment.to_said[i] != ML_UNPAIRED;
        if (place) {
            count_in(&counts[0], right, 1, 0);
            count_in(&counts[place], right, 1, 0);
        }
    }
    /* A said entity has the type of its last mention. */
    int *places = ml_arena_array(compare->arena, said->entity_count, sizeof *places);
    for (uint32_t i = 0; places && i < said->mention_count; i++) {
        if (counts_as_said(compare, &said->mentions[i]))
            places[said->mentions[i].entity] = scored_place(said->mentions[i].type);
    }
    for (uint32_t i = 0; places && i < said->entity_count; i++) {
        if (places[i]) {
            count_in(&counts[0], 0, 0, 1);
            count_in(&counts[places[i]], 0, 0, 1);
        }
    }
}

static void score_names(const comparison *compare)
{
    for (uint32_t i = 0; i < compare->alignment.pair_count; i++) {
        ml_pair pair = compare->alignment.pairs[i];
        const ml_record_entity *gold = &compare->gold->record.entities[pair.gold];
        if (!scored_place(gold->type))
            continue;
        bool right = ml_evaluate__name_right(&compare->alignment, pair.gold, pair.said);
        count_in(&compare->scores->names, right, 1, 1);
        if (right || !compare->errors)
            continue;
        ml_buffer_str(compare->errors, compare->gold->record.id);
        ml_buffer_str(compare->errors, ML_STR(": name: "));
        ml_evaluate__write_repr(gold->name, compare->errors);
        ml_buffer_str(compare->errors, ML_STR(" was named "));
        ml_evaluate__write_repr(compare->said->entities[pair.said].name, compare->errors);
        ml_buffer_char(compare->errors, '\n');
    }
}

/* ---- relations ---- */

static int by_key(const void *a, const void *b)
{
    const statement *x = a, *y = b;
    int order = ml_str_compare(x->key, y->key);
    return order ? order : (x->place > y->place) - (x->place < y->place);
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
static ml_str end_id(const comparison *compare, uint32_t entity, bool said)
{
    if (!said)
        return compare->gold->record.entities[entity].id;
    uint32_t gold = compare->alignment.to_gold[entity];
    if (gold != ML_UNPAIRED)
        return compare->gold->record.entities[gold].id;
    const ml_str pieces[] = {ML_STR("?"), compare->said->entities[entity].id};
    return ml_arena_concat(compare->arena, pieces, 2);
}

static ml_str end_label(const comparison *compare, ml_str id)
{
    const ml_record *gold = &compare->gold->record;
    for (uint32_t i = 0; i < gold->entity_count; i++) {
        if (ml_str_equal(gold->entities[i].id, id))
            return gold->entities[i].name;
    }
    return id;
}

static bool is_site(const comparison *compare, uint32_t entity, bool said)
{
    const ml_record *gold = &compare->gold->record;
    if (!said)
        return gold->entities[entity].type == ML_SITE;
    uint32_t paired = compare->alignment.to_gold[entity];
    return compare->said->entities[entity].type == ML_SITE ||
           (paired != ML_UNPAIRED && gold->entities[paired].type == ML_SITE);
}

static statement make_statement(const comparison *compare, const ml_record_relation *relation, bool said)
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
    return (statement){.key = key_of(type, source, target, title, compare->arena),
                       .type = type,
                       .source = end_label(compare, source),
                       .target = end_label(compare, target),
                       .title = relation->title};
}

static statement_set collect_statements(const comparison *compare, const ml_record *from, bool said)
{
    statement_set set = {ml_arena_array(compare->arena, from->relation_count, sizeof *set.list), 0};
    uint32_t kept = 0;
    for (uint32_t i = 0; set.list && i < from->relation_count; i++) {
        const ml_record_relation *relation = &from->relations[i];
        if (ml_relation_type_find(relation->type) < 0 || is_site(compare, relation->source, said) ||
            is_site(compare, relation->target, said))
            continue;
        set.list[set.count] = make_statement(compare, relation, said);
        set.list[set.count++].place = i;
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

static bool holds_statement(const statement_set *set, const statement *wanted)
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

static void list_statements(const comparison *compare, const statement_set *these, const statement_set *those,
                            const char *verdict)
{
    for (uint32_t i = 0; compare->errors && i < these->count; i++) {
        const statement *one = &these->list[i];
        if (holds_statement(those, one))
            continue;
        const ml_str pieces[] = {compare->gold->record.id,
                                 ML_STR(": "),
                                 ml_str_from(verdict),
                                 ML_STR(" "),
                                 ml_relation_types[one->type].name,
                                 ML_STR(": "),
                                 one->source,
                                 ML_STR(" -> "),
                                 one->target,
                                 ML_STR(" "),
                                 one->title,
                                 ML_STR("\n")};
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++)
            ml_buffer_str(compare->errors, pieces[k]);
    }
}

static void score_statements(const comparison *compare, const statement_set *gold, const statement_set *said)
{
    ml_counts *counts = compare->scores->relation;
    for (uint32_t i = 0; i < gold->count; i++) {
        bool right = holds_statement(said, &gold->list[i]);
        count_in(&counts[0], right, 1, 0);
        count_in(&counts[1 + gold->list[i].type], right, 1, 0);
    }
    for (uint32_t i = 0; i < said->count; i++) {
        count_in(&counts[0], 0, 0, 1);
        count_in(&counts[1 + said->list[i].type], 0, 0, 1);
    }
}

ml_status ml_score_add(ml_scores *scores, const ml_gold *gold, const ml_record *said, ml_arena *scratch,
                       ml_buffer *errors, ml_error *error)
{
    comparison compare = {.gold = gold, .said = said, .arena = scratch, .scores = scores, .errors = errors};
    compare.alignment = ml_evaluate__align(gold, said, scratch);
    span_set gold_spans = collect_spans(&compare, &gold->record, false),
             said_spans = collect_spans(&compare, said, true);
    if (scratch->failed)
        return ml_fail_memory(error);
    statement_set gold_statements = collect_statements(&compare, &gold->record, false);
    statement_set said_statements = collect_statements(&compare, said, true);
    if (scratch->failed)
        return ml_fail_memory(error);
    scores->documents++;
    score_spans(&compare, &gold_spans, &said_spans);
    score_overlap(&compare);
    score_entities(&compare);
    score_names(&compare);
    score_statements(&compare, &gold_statements, &said_statements);
    list_spans(&compare, &gold_spans, &said_spans, "missed");
    list_spans(&compare, &said_spans, &gold_spans, "wrong");
    list_statements(&compare, &gold_statements, &said_statements, "missed");
    list_statements(&compare, &said_statements, &gold_statements, "wrong");
    return scratch->failed || (errors && errors->failed) ? ml_fail_memory(error) : ML_OK;
}
