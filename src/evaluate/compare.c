#include "evaluate/compare.h"

#include <stdlib.h>

int ml_evaluate__place(ml_entity_type type)
{
    for (int i = 0; i < ML_SCORED_TYPES; i++) {
        if (ml_scored_types[i] == type)
            return i + 1;
    }
    return 0;
}

bool ml_evaluate__scored(const ml_gold *gold, const ml_record_mention *said)
{
    for (uint32_t i = 0; i < gold->record.mention_count; i++) {
        if (gold->record.mentions[i].type == ML_SITE && ml_evaluate__overlap(said, &gold->record.mentions[i]))
            return false;
    }
    return ml_evaluate__place(said->type) > 0;
}

static int by_place(const void *a, const void *b)
{
    const ml_evaluate_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return ml_str_compare(ml_entity_type_name(x->type), ml_entity_type_name(y->type));
}

static ml_span_set collect_spans(const ml_comparison *compare, const ml_record *from)
{
    bool said = from == compare->said;
    ml_span_set set = {ml_arena_array(compare->arena, from->mention_count, sizeof *set.list), 0};
    uint32_t kept = 0;
    for (uint32_t i = 0; set.list && i < from->mention_count; i++) {
        const ml_record_mention *mention = &from->mentions[i];
        if (said ? ml_evaluate__scored(compare->gold, mention) : ml_evaluate__place(mention->type) > 0)
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

bool ml_span_set_holds(const ml_span_set *set, const ml_evaluate_span *span)
{
    return set->count && bsearch(span, set->list, set->count, sizeof *set->list, by_place);
}

ml_status ml_comparison_make(const ml_gold *gold, const ml_record *said, ml_arena *arena, ml_comparison *out,
                             ml_error *error)
{
    ml_comparison compare = {.gold = gold, .said = said, .arena = arena};
    compare.alignment = ml_evaluate__align(gold, said, arena);
    compare.gold_spans = collect_spans(&compare, &gold->record);
    compare.said_spans = collect_spans(&compare, said);
    if (arena->failed)
        return ml_fail_memory(error);
    compare.gold_statements = ml_evaluate__collect_statements(&compare, &gold->record);
    compare.said_statements = ml_evaluate__collect_statements(&compare, said);
    if (arena->failed)
        return ml_fail_memory(error);
    *out = compare;
    return ML_OK;
}
