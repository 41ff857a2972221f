#include "train/train.h"

#include <stdlib.h>

/* What is right less often than the first of these is not said. */
static const uint32_t confidence_milli[] = {940, 960, 980};
enum { STEPS = sizeof confidence_milli / sizeof *confidence_milli, LEAST_SAID = 20, NEVER = 1000000000 };

typedef struct {
    int32_t margin;
    bool right;
} outcome;

static int by_margin(const void *a, const void *b)
{
    const outcome *first = a, *second = b;
    int order = (first->margin < second->margin) - (first->margin > second->margin);
    return order ? order : (int)second->right - (int)first->right;
}

/* The answers of this class to judged spans, the surest first; their number. */
static uint32_t list_outcomes(const ml_held_out *held_out, uint32_t class, outcome *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < held_out->example_count; i++) {
        const ml_example *example = &held_out->example[i];
        if (!example->held_out || example->label >= ML_CLASSES)
            continue;
        ml_verdict verdict = ml_model_decide(held_out->score[example->group]);
        if (verdict.best == (ml_class) class)
            out[count++] = (outcome){verdict.margin, example->label == class};
    }
    qsort(out, count, sizeof *out, by_margin);
    return count;
}

/* The lowest margin from which so many answers are right. */
static int32_t margin_for(const outcome *outcomes, uint32_t count, uint32_t milli)
{
    int32_t margin = NEVER;
    uint64_t right = 0;
    for (uint32_t i = 0; i < count; i++) {
        right += outcomes[i].right;
        bool last = i + 1 == count || outcomes[i + 1].margin < outcomes[i].margin;
        if (last && i + 1 >= LEAST_SAID && right * 1000 >= (uint64_t)milli * (i + 1))
            margin = outcomes[i].margin;
    }
    return margin;
}

static void report_class(const char *name, const outcome *outcomes, uint32_t count, int32_t margin, ml_buffer *report)
{
    uint32_t said = 0, right = 0;
    for (uint32_t i = 0; i < count && outcomes[i].margin >= margin; i++) {
        said++;
        right += outcomes[i].right;
    }
    ml_buffer_format(report, "judged spans: %s said of %u, rightly of %u\n", name, said, right);
}

void ml_train_write_margins(const ml_held_out *held_out, ml_buffer *out, ml_buffer *report)
{
    static const char *const names[ML_CLASSES] = {"none", "person", "body", "locality"};
    int32_t margin[STEPS][ML_CLASSES] = {{0}};
    outcome *outcomes = calloc((size_t)held_out->example_count + 1, sizeof *outcomes);
    if (!outcomes) {
        out->failed = true;
        return;
    }
    for (uint32_t class = 1; class < ML_CLASSES; class ++) {
        uint32_t count = list_outcomes(held_out, class, outcomes);
        for (uint32_t i = 0; i < STEPS; i++)
            margin[i][class] = margin_for(outcomes, count, confidence_milli[i]);
        report_class(names[class], outcomes, count, margin[0][class], report);
    }
    for (uint32_t i = 0; i < STEPS; i++)
        ml_buffer_format(out, "confidence-%u\t%d\t%d\t%d\n", confidence_milli[i], margin[i][ML_CLASS_PERSON],
                         margin[i][ML_CLASS_BODY], margin[i][ML_CLASS_LOCALITY]);
    free(outcomes);
}
