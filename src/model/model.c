#include "model/model.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { STEPS = 8, HEX_DIGITS = 8, WEIGHT_LIMIT = 30000, FACTOR = 2 };

typedef struct {
    uint32_t feature;               /* 0 is a free slot */
    int16_t weight[ML_CLASSES - 1]; /* of all but ML_CLASS_NONE, which always scores 0 */
} weight_slot;

/* The margins from which an answer is right so often. */
typedef struct {
    uint16_t confidence_milli;
    int32_t margin[ML_CLASSES];
} confidence_step;

struct ml_model {
    ml_arena arena;
    weight_slot *slot; /* open addressing, linear probing */
    uint32_t slot_count;
    confidence_step step[STEPS]; /* rising */
    uint32_t step_count;
};

static uint32_t place(const ml_model *model, uint32_t feature)
{
    uint32_t at = feature & (model->slot_count - 1); /* features are hashes already */
    while (model->slot[at].feature && model->slot[at].feature != feature)
        at = (at + 1) & (model->slot_count - 1);
    return at;
}

/* A decimal number of `text`, or false. */
static bool read_number(ml_str text, int32_t limit, int32_t *out)
{
    bool negative = text.len && text.ptr[0] == '-';
    int64_t number = 0; /* ten times a limit is more than 32 bits hold */
    for (uint32_t i = negative; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        number = number * 10 + (text.ptr[i] - '0');
        if (number > limit)
            return false;
    }
    *out = (int32_t)(negative ? -number : number);
    return text.len > (uint32_t)negative;
}

static bool read_feature(ml_str text, uint32_t *out)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        char digit = text.ptr[i];
        bool decimal = digit >= '0' && digit <= '9';
        if (!decimal && (digit < 'a' || digit > 'f'))
            return false;
        number = number << 4 | (uint32_t)(decimal ? digit - '0' : digit - 'a' + 10);
    }
    *out = number;
    return text.len == HEX_DIGITS && number;
}

/* A row `confidence-NNN` with the margins from which that holds; false where it is none. */
static bool read_step(ml_model *model, const ml_table *table, uint32_t row)
{
    static const ml_str head = {"confidence-", 11};
    enum { LARGEST = 1000000000 };
    ml_str name = ml_table_field(table, row, 0);
    int32_t milli;
    confidence_step *step = &model->step[model->step_count];
    if (model->step_count == STEPS || !ml_str_starts(name, head) ||
        !read_number(ml_str_slice(name, head.len, name.len), 1000, &milli) || milli < 1)
        return false;
    for (uint32_t i = 1; i < ML_CLASSES; i++) {
        if (!read_number(ml_table_field(table, row, i), LARGEST, &step->margin[i]))
            return false;
        if (model->step_count && step->margin[i] < step[-1].margin[i])
            return false;
    }
    if (model->step_count && step[-1].confidence_milli >= milli)
        return false;
    step->confidence_milli = (uint16_t)milli;
    model->step_count++;
    return true;
}

static bool read_weights(ml_model *model, const ml_table *table, uint32_t row)
{
    uint32_t feature;
    if (!read_feature(ml_table_field(table, row, 0), &feature))
        return false;
    weight_slot *slot = &model->slot[place(model, feature)];
    if (slot->feature)
        return false;
    slot->feature = feature;
    for (uint32_t i = 1; i < ML_CLASSES; i++) {
        int32_t weight;
        if (!read_number(ml_table_field(table, row, i), WEIGHT_LIMIT, &weight))
            return false;
        slot->weight[i - 1] = (int16_t)weight;
    }
    return true;
}

static ml_status read_rows(ml_model *model, const ml_table *table, ml_faults *faults, ml_error *error)
{
    for (model->slot_count = 16; model->slot_count / FACTOR < table->row_count + 1;)
        model->slot_count *= 2;
    model->slot = ml_arena_array(&model->arena, model->slot_count, sizeof *model->slot);
    if (!model->slot)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < table->row_count; i++) {
        if (!read_step(model, table, i) && !read_weights(model, table, i))
            ml_faults_add(faults, table->file, table->lines[i], 1,
                          "neither weights of a new feature nor a higher confidence: see docs/DATA.md");
    }
    if (!model->step_count)
        ml_faults_add(faults, table->file, 1, 1, "no row `confidence-...`: see docs/DATA.md");
    return ML_OK;
}

static ml_status load(ml_model *model, const char *models, ml_faults *faults, ml_error *error)
{
    ml_arena scratch = {0};
    ml_table table = {0};
    ml_status status = ml_table_read(models, ML_MODEL_FILE, "ml-name-weights/1", "feature|person|body|locality",
                                     &scratch, &table, faults, error);
    if (status == ML_OK) {
        status = read_rows(model, &table, faults, error);
        ml_table_dispose(&table);
    }
    ml_arena_dispose(&scratch);
    return status;
}

/* A folder without the file is a folder without a model; whatever else is wrong is told by reading it. */
static bool exists(const char *models, bool *short_of_memory)
{
    ml_arena scratch = {0};
    ml_str pieces[] = {ml_str_from(models), ML_STR("/"), ML_STR(ML_MODEL_FILE)};
    ml_str path = ml_arena_concat(&scratch, pieces, 3);
    struct stat found;
    *short_of_memory = scratch.failed;
    bool missing = !scratch.failed && stat(path.ptr, &found) != 0 && errno == ENOENT;
    ml_arena_dispose(&scratch);
    return !missing;
}

ml_status ml_model_new(const char *models, ml_model **out, ml_faults *faults, ml_error *error)
{
    bool short_of_memory;
    *out = NULL;
    if (!exists(models, &short_of_memory))
        return ML_OK;
    ml_model *model = short_of_memory ? NULL : calloc(1, sizeof *model);
    if (!model)
        return ml_fail_memory(error);
    ml_status status = load(model, models, faults, error);
    if (status != ML_OK) {
        ml_model_free(model);
        return status;
    }
    *out = model;
    return ML_OK;
}

void ml_model_free(ml_model *model)
{
    if (!model)
        return;
    ml_arena_dispose(&model->arena);
    free(model);
}

void ml_model_weigh(const ml_model *model, const uint32_t *feature, uint32_t count, int32_t score[ML_CLASSES])
{
    for (uint32_t i = 0; i < count; i++) {
        const weight_slot *slot = &model->slot[place(model, feature[i])];
        for (uint32_t k = 1; k < ML_CLASSES; k++)
            score[k] += slot->weight[k - 1];
    }
}

ml_verdict ml_model_decide(const int32_t score[ML_CLASSES])
{
    ml_class best = ML_CLASS_NONE;
    for (uint32_t i = 1; i < ML_CLASSES; i++)
        best = score[i] > score[best] ? (ml_class)i : best;
    int32_t margin = INT32_MAX;
    for (uint32_t i = 0; i < ML_CLASSES; i++) {
        if (i != (uint32_t)best && score[best] - score[i] < margin)
            margin = score[best] - score[i];
    }
    return (ml_verdict){best, margin};
}

uint16_t ml_model_confidence(const ml_model *model, ml_verdict verdict)
{
    uint16_t milli = 0;
    for (uint32_t i = 0; verdict.best != ML_CLASS_NONE && i < model->step_count; i++) {
        if (verdict.margin >= model->step[i].margin[verdict.best])
            milli = model->step[i].confidence_milli;
    }
    return milli;
}
