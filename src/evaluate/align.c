#include "evaluate/compare.h"
#include "evaluate/fold.h"

#include <stdlib.h>

const ml_entity_type ml_scored_types[ML_SCORED_TYPES] = {ML_PERSON, ML_BODY, ML_LOCALITY};

/* A gold entity and a said one whose mentions overlap: 2 for each pair of mentions that agree but for a designator, 1 for each
 * other. `wrong_name` and the ids are what decides between equals. */
typedef struct {
    ml_pair pair;
    uint32_t shared;
    bool wrong_name;
    ml_str gold_id, said_id;
} candidate;

ml_evaluate_span ml_evaluate__core(const ml_gold *gold, const ml_record_mention *mention)
{
    uint32_t end = mention->end < gold->point_count ? mention->end : gold->point_count;
    uint32_t start = mention->start;
    while (mention->type == ML_LOCALITY && start < end) {
        uint32_t len = ml_fold_designator(gold->points + start, end - start);
        if (!len || len >= mention->end - start)
            break;
        start += len;
    }
    return (ml_evaluate_span){start, mention->end, mention->type};
}

static bool same_core(const ml_gold *gold, const ml_record_mention *a, const ml_record_mention *b)
{
    ml_evaluate_span core_a = ml_evaluate__core(gold, a), core_b = ml_evaluate__core(gold, b);
    return core_a.start == core_b.start && core_a.end == core_b.end;
}

static bool may_pair(const ml_record_mention *gold, const ml_record_mention *said)
{
    return gold->type == said->type && ml_evaluate__overlap(gold, said);
}

static int by_pair(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->pair.gold != y->pair.gold)
        return x->pair.gold < y->pair.gold ? -1 : 1;
    return (x->pair.said > y->pair.said) - (x->pair.said < y->pair.said);
}

static int by_rank(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->shared != y->shared)
        return x->shared > y->shared ? -1 : 1;
    if (x->wrong_name != y->wrong_name)
        return x->wrong_name - y->wrong_name;
    int order = ml_str_compare(x->gold_id, y->gold_id);
    return order ? order : ml_str_compare(x->said_id, y->said_id);
}

/* One candidate for each pair of mentions that overlap, not yet summed up. */
static candidate *find_candidates(const ml_gold *gold, const ml_record *said, ml_arena *arena, size_t *count)
{
    candidate *list = NULL;
    for (int fill = 0; fill < 2; fill++) {
        size_t found = 0;
        for (uint32_t g = 0; g < gold->record.mention_count; g++) {
            const ml_record_mention *one = &gold->record.mentions[g];
            for (uint32_t s = 0; s < said->mention_count; s++) {
                const ml_record_mention *other = &said->mentions[s];
                if (!may_pair(one, other))
                    continue;
                if (list)
                    list[found] = (candidate){.pair = {one->entity, other->entity},
                                              .shared = same_core(gold, one, other) ? 2 : 1};
                found++;
            }
        }
        if (!fill)
            list = ml_arena_array(arena, found, sizeof *list);
        if (!list)
            return NULL;
        *count = found;
    }
    return list;
}

/* One candidate for each pair of entities. */
static size_t sum_up(candidate *list, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(list, count, sizeof *list, by_pair);
    for (size_t i = 0; i < count; i++) {
        if (kept && by_pair(&list[kept - 1], &list[i]) == 0)
            list[kept - 1].shared += list[i].shared;
        else
            list[kept++] = list[i];
    }
    return kept;
}

static const ml_gold_names *fold_gold_names(const ml_gold *gold, ml_arena *arena)
{
    ml_gold_names *folded = ml_arena_array(arena, gold->record.entity_count, sizeof *folded);
    for (uint32_t i = 0; folded && i < gold->record.entity_count; i++) {
        ml_str *list = ml_arena_array(arena, gold->names[i].count, sizeof *list);
        if (!list)
            return NULL;
        for (uint32_t k = 0; k < gold->names[i].count; k++)
            list[k] = ml_fold(gold->names[i].list[k], arena);
        folded[i] = (ml_gold_names){list, gold->names[i].count};
    }
    return folded;
}

static const ml_str *fold_said_names(const ml_record *said, ml_arena *arena)
{
    ml_str *folded = ml_arena_array(arena, said->entity_count, sizeof *folded);
    for (uint32_t i = 0; folded && i < said->entity_count; i++)
        folded[i] = ml_fold(said->entities[i].name, arena);
    return folded;
}

bool ml_evaluate__name_right(const ml_alignment *alignment, uint32_t gold, uint32_t said)
{
    const ml_gold_names *names = &alignment->gold_names[gold];
    for (uint32_t i = 0; i < names->count; i++) {
        if (ml_str_equal(names->list[i], alignment->said_names[said]))
            return true;
    }
    return false;
}

static uint32_t *unpaired(uint32_t count, ml_arena *arena)
{
    uint32_t *list = ml_arena_array(arena, count, sizeof *list);
    for (uint32_t i = 0; list && i < count; i++)
        list[i] = ML_UNPAIRED;
    return list;
}

ml_alignment ml_evaluate__align(const ml_gold *gold, const ml_record *said, ml_arena *arena)
{
    size_t count = 0;
    ml_alignment out = {.to_said = unpaired(gold->record.entity_count, arena),
                        .to_gold = unpaired(said->entity_count, arena),
                        .pairs = ml_arena_array(arena, gold->record.entity_count, sizeof *out.pairs),
                        .said_names = fold_said_names(said, arena),
                        .gold_names = fold_gold_names(gold, arena)};
    candidate *list = find_candidates(gold, said, arena, &count);
    if (!list || !out.to_said || !out.to_gold || !out.pairs || !out.said_names || !out.gold_names)
        return out;
    count = sum_up(list, count);
    for (size_t i = 0; i < count; i++) {
        list[i].gold_id = gold->record.entities[list[i].pair.gold].id;
        list[i].said_id = said->entities[list[i].pair.said].id;
        list[i].wrong_name = !ml_evaluate__name_right(&out, list[i].pair.gold, list[i].pair.said);
    }
    if (count)
        qsort(list, count, sizeof *list, by_rank);
    for (size_t i = 0; i < count; i++) {
        ml_pair pair = list[i].pair;
        if (out.to_said[pair.gold] != ML_UNPAIRED || out.to_gold[pair.said] != ML_UNPAIRED)
            continue;
        out.to_said[pair.gold] = pair.said;
        out.to_gold[pair.said] = pair.gold;
        out.pairs[out.pair_count++] = pair;
    }
    return out;
}
