#include "evaluate/bootstrap.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
    const ml_article_scores *x = a, *y = b;
    int order = ml_str_compare(x->id, y->id);
    for (int i = 0; !order && i < ML_SCORES; i++) {
        const ml_counts *one = &x->scores.at[i], *other = &y->scores.at[i];
        const uint64_t these[] = {one->right, one->gold, one->said}, those[] = {other->right, other->gold, other->said};
        for (int k = 0; !order && k < 3; k++)
            order = (these[k] > those[k]) - (these[k] < those[k]);
    }
    return order;
}

void ml_bootstrap_sort(ml_article_scores *articles, size_t count)
{
    if (count)
        qsort(articles, count, sizeof *articles, by_id);
}

uint64_t ml_bootstrap__next(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

/* A number below `bound`: the upper half of the generator's, scaled down. */
static size_t draw(uint64_t *state, size_t bound)
{
    return (size_t)((ml_bootstrap__next(state) >> 32) * bound >> 32);
}

/* What the measure divides by; 0: it says nothing. */
static uint64_t base_of(const ml_counts *counts, ml_measure measure)
{
    if (measure == ML_PRECISION)
        return counts->said;
    return measure == ML_RECALL ? counts->gold : counts->gold + counts->said;
}

static bool has_two_bases(const ml_article_scores *articles, size_t count, int place, ml_measure measure)
{
    int found = 0;
    for (size_t i = 0; i < count && found < 2; i++)
        found += base_of(&articles[i].scores.at[place], measure) > 0;
    return found == 2;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The smallest of the sorted values that at least `milli` thousandths of them do not exceed. */
static double quantile(const double *values, size_t count, size_t milli)
{
    return values[(count * milli + 999) / 1000 - 1];
}

static ml_interval interval_of(const ml_scores *sums, int place, ml_measure measure, double *values)
{
    const size_t tail_milli = (1000 - ML_BOOTSTRAP_LEVEL_MILLI) / 2;
    size_t count = 0;
    for (int i = 0; i < ML_BOOTSTRAP_RESAMPLES; i++) {
        if (base_of(&sums[i].at[place], measure))
            values[count++] = ml_counts_measure(&sums[i].at[place], measure);
    }
    if (!count)
        return (ml_interval){0};
    qsort(values, count, sizeof *values, by_value);
    return (ml_interval){quantile(values, count, tail_milli), quantile(values, count, 1000 - tail_milli), true};
}

ml_status ml_bootstrap_intervals(const ml_article_scores *articles, size_t count, ml_arena *scratch,
                                 ml_interval out[ML_SCORES][ML_MEASURES], ml_error *error)
{
    uint64_t state = ML_BOOTSTRAP_SEED;
    ml_scores *sums = ml_arena_array(scratch, ML_BOOTSTRAP_RESAMPLES, sizeof *sums);
    double *values = ml_arena_array(scratch, ML_BOOTSTRAP_RESAMPLES, sizeof *values);
    if (!sums || !values)
        return ml_fail_memory(error);
    for (int resample = 0; resample < ML_BOOTSTRAP_RESAMPLES; resample++) {
        for (size_t i = 0; i < count; i++)
            ml_scores_add(&sums[resample], &articles[draw(&state, count)].scores);
    }
    for (int place = 0; place < ML_SCORES; place++) {
        for (int measure = 0; measure < ML_MEASURES; measure++) {
            bool known = has_two_bases(articles, count, place, (ml_measure)measure);
            out[place][measure] = known ? interval_of(sums, place, (ml_measure)measure, values) : (ml_interval){0};
        }
    }
    return ML_OK;
}

ml_status ml_figures_make(ml_article_scores *articles, size_t count, ml_arena *scratch, ml_figures *out,
                          ml_error *error)
{
    ml_figures figures = {.documents = count};
    ml_bootstrap_sort(articles, count);
    for (size_t i = 0; i < count; i++)
        ml_scores_add(&figures.total, &articles[i].scores);
    ML_TRY(ml_bootstrap_intervals(articles, count, scratch, figures.intervals, error));
    *out = figures;
    return ML_OK;
}
