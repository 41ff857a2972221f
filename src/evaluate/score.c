#include "evaluate/compare.h"

static void count_in(ml_counts *counts, uint64_t right, uint64_t gold, uint64_t said)
{
    counts->right += right;
    counts->gold += gold;
    counts->said += said;
}

/* Counts for all types of the level and for the one at `place`. */
static void count_type(ml_counts *level, int place, uint64_t right, uint64_t gold, uint64_t said)
{
    count_in(&level[0], right, gold, said);
    count_in(&level[place], right, gold, said);
}

static void score_spans(const ml_comparison *compare, ml_scores *scores)
{
    ml_counts *counts = &scores->at[ML_MENTION_SCORES];
    const ml_span_set *gold = &compare->gold_spans, *said = &compare->said_spans;
    for (uint32_t i = 0; i < gold->count; i++) {
        bool right = ml_span_set_holds(said, &gold->list[i]);
        count_type(counts, ml_evaluate__place(gold->list[i].type), right, 1, 0);
    }
    for (uint32_t i = 0; i < said->count; i++)
        count_type(counts, ml_evaluate__place(said->list[i].type), 0, 0, 1);
}

static bool overlaps_equal_type(const ml_record *gold, const ml_record_mention *mention)
{
    for (uint32_t i = 0; i < gold->mention_count; i++) {
        if (gold->mentions[i].type == mention->type && ml_evaluate__overlap(mention, &gold->mentions[i]))
            return true;
    }
    return false;
}

static void score_overlap(const ml_comparison *compare, ml_scores *scores)
{
    ml_counts *counts = &scores->at[ML_OVERLAP_SCORE];
    const ml_record *gold = &compare->gold->record, *said = compare->said;
    for (uint32_t i = 0; i < gold->mention_count; i++)
        count_in(counts, 0, ml_evaluate__place(gold->mentions[i].type) > 0, 0);
    for (uint32_t i = 0; i < said->mention_count; i++) {
        if (ml_evaluate__scored(compare->gold, &said->mentions[i]))
            count_in(counts, overlaps_equal_type(gold, &said->mentions[i]), 0, 1);
    }
}

static void score_entities(const ml_comparison *compare, ml_scores *scores)
{
    ml_counts *counts = &scores->at[ML_ENTITY_SCORES];
    const ml_record *gold = &compare->gold->record, *said = compare->said;
    for (uint32_t i = 0; i < gold->entity_count; i++) {
        int place = ml_evaluate__place(gold->entities[i].type);
        if (place)
            count_type(counts, place, compare->alignment.to_said[i] != ML_UNPAIRED, 1, 0);
    }
    /* A said entity has the type of its last mention. */
    int *places = ml_arena_array(compare->arena, said->entity_count, sizeof *places);
    for (uint32_t i = 0; places && i < said->mention_count; i++) {
        if (ml_evaluate__scored(compare->gold, &said->mentions[i]))
            places[said->mentions[i].entity] = ml_evaluate__place(said->mentions[i].type);
    }
    for (uint32_t i = 0; places && i < said->entity_count; i++) {
        if (places[i])
            count_type(counts, places[i], 0, 0, 1);
    }
}

static void score_names(const ml_comparison *compare, ml_scores *scores)
{
    for (uint32_t i = 0; i < compare->alignment.pair_count; i++) {
        ml_pair pair = compare->alignment.pairs[i];
        int place = ml_evaluate__place(compare->gold->record.entities[pair.gold].type);
        bool right = ml_evaluate__name_right(&compare->alignment, pair.gold, pair.said);
        if (place)
            count_type(&scores->at[ML_NAME_SCORES], place, right, 1, 1);
    }
}

static void score_statements(const ml_comparison *compare, ml_scores *scores)
{
    ml_counts *counts = &scores->at[ML_RELATION_SCORES];
    const ml_statement_set *gold = &compare->gold_statements, *said = &compare->said_statements;
    for (uint32_t i = 0; i < gold->count; i++) {
        bool right = ml_statement_set_holds(said, &gold->list[i]);
        count_type(counts, 1 + gold->list[i].type, right, 1, 0);
    }
    for (uint32_t i = 0; i < said->count; i++)
        count_type(counts, 1 + said->list[i].type, 0, 0, 1);
}

ml_status ml_comparison_score(const ml_comparison *compare, ml_scores *out, ml_error *error)
{
    ml_scores scores = {0};
    score_spans(compare, &scores);
    score_overlap(compare, &scores);
    score_entities(compare, &scores);
    score_names(compare, &scores);
    score_statements(compare, &scores);
    if (compare->arena->failed)
        return ml_fail_memory(error);
    *out = scores;
    return ML_OK;
}

void ml_scores_add(ml_scores *scores, const ml_scores *more)
{
    for (int i = 0; i < ML_SCORES; i++)
        count_in(&scores->at[i], more->at[i].right, more->at[i].gold, more->at[i].said);
}

double ml_counts_measure(const ml_counts *counts, ml_measure measure)
{
    double precision = counts->said ? (double)counts->right / (double)counts->said : 0;
    double recall = counts->gold ? (double)counts->right / (double)counts->gold : 0;
    if (measure == ML_PRECISION)
        return precision;
    if (measure == ML_RECALL)
        return recall;
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}
