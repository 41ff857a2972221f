/* bootstrap.h - how far a figure could have been off with other articles of the same kind.
 *
 *     scores of each article --resample--> 1,000 sums --sort--> interval of each figure
 */
#ifndef ML_EVALUATE_BOOTSTRAP_H
#define ML_EVALUATE_BOOTSTRAP_H

#include "evaluate/evaluate.h"

enum {
    ML_BOOTSTRAP_RESAMPLES = 1000,
    ML_BOOTSTRAP_SEED = 1993,
    ML_BOOTSTRAP_LEVEL_MILLI = 950, /* of resamples whose figure is in the interval */
};

/* Finds the 95 % interval of each figure: non-parametric percentile bootstrap over articles (Efron and Tibshirani, An
 * Introduction to the Bootstrap, 1993, chapter 13). As many articles as there are are drawn with replacement, summed up and
 * measured, again and again; the interval leaves out 2.5 % of what was measured at either side. Draws in which a figure has
 * nothing to divide by do not count for it. A figure to which fewer than two articles contribute has no interval: nobody knows how
 * much articles differ in it.
 *
 * `articles` must be in an order that depends on nothing but what they are, such as that of ml_bootstrap_sort(): which are drawn
 * follows from their places and the seed alone. `scratch` is for working space. `count` is below 2^32. ML_E_MEMORY. */
ml_status ml_bootstrap_intervals(const ml_article_scores *articles, size_t count, ml_arena *scratch,
                                 ml_interval out[ML_SCORES][ML_MEASURES], ml_error *error);

/* Puts the articles in the order of their ids, those of one id in that of their counts. */
void ml_bootstrap_sort(ml_article_scores *articles, size_t count);

/* The next number of splitmix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014; in the form of
 * https://prng.di.unimi.it/splitmix64.c). */
uint64_t ml_bootstrap__next(uint64_t *state);

#endif
