/* model.h - learned weights: what features say of a run of words.
 *
 *     models/name-weights.tsv --load, check--> | model | --> a class for features, and how sure
 *
 * A linear model of several classes. It knows no words, only numbers that the features were hashed to; what they mean is
 * `mention`'s matter, how the weights came about `train`'s. Immutable once loaded. docs/DATA.md describes the file.
 */
#ifndef ML_MODEL_MODEL_H
#define ML_MODEL_MODEL_H

#include "base/table.h"

typedef enum { ML_CLASS_NONE, ML_CLASS_PERSON, ML_CLASS_BODY, ML_CLASS_LOCALITY, ML_CLASSES } ml_class;

typedef struct {
    ml_class best;
    int32_t margin; /* by which it leads the second best */
} ml_verdict;

typedef struct ml_model ml_model;

/* The file in a folder of models. */
#define ML_MODEL_FILE "name-weights.tsv"

/* Loads it from folder `models`; *out is NULL where the folder has no such file. Faults are collected. The caller owns *out.
 * ML_E_IO, ML_E_MEMORY. */
ml_status ml_model_new(const char *models, ml_model **out, ml_faults *faults, ml_error *error);
void ml_model_free(ml_model *model);

/* Adds the weights of the features to `score`. A feature that the model does not know weighs nothing. */
void ml_model_weigh(const ml_model *model, const uint32_t *feature, uint32_t count, int32_t score[ML_CLASSES]);

/* The class that scores best. */
ml_verdict ml_model_decide(const int32_t score[ML_CLASSES]);

/* How often such an answer was right on held-out data, in thousandths; 0 where that is too seldom to say it, and for
 * ML_CLASS_NONE. */
uint16_t ml_model_confidence(const ml_model *model, ml_verdict verdict);

#endif
