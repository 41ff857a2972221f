#include "train/train.h"

#include <stdlib.h>

/* Chosen by what the judged spans and marked articles said of the outcome, which hardly depends on them. STEP is the unit of
 * the weights. */
enum { ROUNDS = 6, LEAST_SEEN = 4, STEP = 64, MARGIN = 20 * 64, LEAST_WEIGHT = 64 };

typedef struct {
    int32_t weight[ML_CLASSES];
    int64_t total[ML_CLASSES]; /* of each step times the steps before it */
    uint32_t feature;
} column;

typedef struct {
    const ml_example *example;
    uint32_t example_count;
    uint32_t *feature; /* places in `column`, or ML_NONE */
    column *columns;
    uint32_t column_count;
    uint64_t steps;
} learner;

/* Replaces the features by places in a list of those that are seen often enough. */
static bool list_features(learner *state, ml_examples *examples, ml_arena *arena)
{
    uint64_t feature_count = examples->feature.len / sizeof(uint32_t);
    ml_index index;
    enum { MOST_FEATURES = 1 << 23 };
    ml_index_init(&index, arena, MOST_FEATURES);
    uint32_t *seen = calloc(MOST_FEATURES, sizeof *seen), distinct = 0;
    if (arena->failed || !seen) {
        free(seen);
        return false;
    }
    for (uint64_t i = 0; i < feature_count; i++) {
        uint32_t at;
        if (!ml_index_find(&index, state->feature[i], &at)) {
            ml_index_set(&index, state->feature[i], at = distinct);
            distinct += distinct + 1 < MOST_FEATURES;
        }
        seen[at]++;
    }
    state->columns = calloc((size_t)distinct + 1, sizeof *state->columns);
    if (!state->columns) {
        free(seen);
        return false;
    }
    for (uint32_t i = 0; i < distinct; i++)
        seen[i] = seen[i] >= LEAST_SEEN ? state->column_count++ : ML_NONE;
    for (uint64_t i = 0; i < feature_count; i++) {
        uint32_t at = 0, feature = state->feature[i];
        ml_index_find(&index, feature, &at);
        state->feature[i] = seen[at];
        if (seen[at] != ML_NONE)
            state->columns[seen[at]].feature = feature;
    }
    free(seen);
    return true;
}

static void weigh(const learner *state, const ml_example *example, int32_t score[ML_CLASSES])
{
    for (uint32_t i = 0; i < example->count; i++) {
        uint32_t at = state->feature[example->first + i];
        if (at == ML_NONE)
            continue;
        for (uint32_t k = 0; k < ML_CLASSES; k++)
            score[k] += state->columns[at].weight[k];
    }
}

static void move(learner *state, const ml_example *example, uint32_t class, int32_t step)
{
    for (uint32_t i = 0; i < example->count; i++) {
        uint32_t at = state->feature[example->first + i];
        if (at == ML_NONE)
            continue;
        state->columns[at].weight[class] += step;
        state->columns[at].total[class] += (int64_t)step * (int64_t)state->steps;
    }
}

/* One step of the perceptron with a margin: Collins, EMNLP 2002; Krauth and Mezard 1987. */
static void learn_from(learner *state, const ml_example *example)
{
    int32_t score[ML_CLASSES] = {0};
    uint32_t rival = example->label == 0;
    weigh(state, example, score);
    for (uint32_t i = 0; i < ML_CLASSES; i++) {
        if (i != example->label && score[i] > score[rival])
            rival = i;
    }
    if (score[example->label] - score[rival] < MARGIN) {
        move(state, example, example->label, STEP);
        move(state, example, rival, -STEP);
    }
    state->steps++;
}

static void learn_all(learner *state, uint32_t *order)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < state->example_count; i++) {
        for (uint32_t k = 0; !state->example[i].held_out && k < state->example[i].weight; k++)
            order[count++] = i;
    }
    uint64_t seed = 2017;
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = count; i > 1; i--) {
            seed = ml_train_mix(seed);
            uint32_t other = (uint32_t)(seed % i), kept = order[i - 1];
            order[i - 1] = order[other];
            order[other] = kept;
        }
        for (uint32_t i = 0; i < count; i++)
            learn_from(state, &state->example[order[i]]);
    }
    /* The mean over all steps, less what ML_CLASS_NONE weighs: differences alone decide. */
    for (uint32_t i = 0; i < state->column_count; i++) {
        column *at = &state->columns[i];
        for (uint32_t k = 0; k < ML_CLASSES; k++)
            at->weight[k] -= (int32_t)(at->total[k] / (int64_t)state->steps);
        int32_t none = at->weight[ML_CLASS_NONE], largest = 0;
        for (uint32_t k = 0; k < ML_CLASSES; k++) {
            at->weight[k] -= none;
            largest = abs(at->weight[k]) > largest ? abs(at->weight[k]) : largest;
        }
        for (uint32_t k = 0; k < ML_CLASSES && largest < LEAST_WEIGHT; k++)
            at->weight[k] = 0;
    }
}

static int by_feature(const void *a, const void *b)
{
    const column *first = a, *second = b;
    return (first->feature > second->feature) - (first->feature < second->feature);
}

/* The scores of held-out examples, by group: the mean over the same words in the same article, as `mention` has it. */
static void score_held_out(const learner *state, ml_held_out *out)
{
    for (uint32_t i = 0; i < state->example_count; i++) {
        const ml_example *example = &state->example[i];
        if (example->held_out) {
            weigh(state, example, out->score[example->group]);
            out->members[example->group]++;
        }
    }
    for (uint32_t i = 0; i < out->group_count; i++) {
        for (uint32_t k = 0; out->members[i] && k < ML_CLASSES; k++)
            out->score[i][k] /= (int32_t)out->members[i];
    }
}

static void write(learner *state, uint32_t group_count, ml_buffer *out, ml_buffer *report)
{
    ml_held_out held_out = {
        .example = state->example, .example_count = state->example_count, .group_count = group_count};
    held_out.score = calloc((size_t)group_count + 1, sizeof *held_out.score);
    held_out.members = calloc((size_t)group_count + 1, sizeof *held_out.members);
    ml_buffer_str(out, ML_STR("#schema ml-name-weights/1\nfeature\tperson\tbody\tlocality\n"));
    out->failed |= !held_out.score || !held_out.members;
    if (!out->failed) {
        score_held_out(state, &held_out);
        ml_train_write_margins(&held_out, out, report);
    }
    free(held_out.score);
    free(held_out.members);
    qsort(state->columns, state->column_count, sizeof *state->columns, by_feature);
    for (uint32_t i = 0; i < state->column_count; i++) {
        const int32_t *weight = state->columns[i].weight;
        if (weight[ML_CLASS_PERSON] || weight[ML_CLASS_BODY] || weight[ML_CLASS_LOCALITY])
            ml_buffer_format(out, "%08x\t%d\t%d\t%d\n", state->columns[i].feature, weight[ML_CLASS_PERSON],
                             weight[ML_CLASS_BODY], weight[ML_CLASS_LOCALITY]);
    }
}

ml_status ml_train_learn(ml_examples *examples, ml_buffer *out, ml_buffer *report, ml_error *error)
{
    ml_arena arena = {0};
    learner state = {.example = (const ml_example *)(const void *)examples->example.ptr,
                     .example_count = (uint32_t)(examples->example.len / sizeof(ml_example)),
                     .feature = (uint32_t *)(void *)examples->feature.ptr};
    size_t steps = 0;
    for (uint32_t i = 0; i < state.example_count; i++)
        steps += state.example[i].weight;
    uint32_t *order = calloc(steps + 1, sizeof *order);
    bool enough =
        order && !examples->example.failed && !examples->feature.failed && list_features(&state, examples, &arena);
    if (enough) {
        learn_all(&state, order);
        ml_buffer_format(report, "examples: none %llu, person %llu, body %llu, locality %llu\n",
                         (unsigned long long)examples->labels[ML_CLASS_NONE],
                         (unsigned long long)examples->labels[ML_CLASS_PERSON],
                         (unsigned long long)examples->labels[ML_CLASS_BODY],
                         (unsigned long long)examples->labels[ML_CLASS_LOCALITY]);
        write(&state, examples->group_count, out, report);
    }
    free(order);
    free(state.columns);
    ml_arena_dispose(&arena);
    return enough && !out->failed ? ML_OK : ml_fail_memory(error);
}
