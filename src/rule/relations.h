/* relations.h - the reader of models/relations.rules; for this room only. */
#ifndef ML_RULE_RELATIONS_H
#define ML_RULE_RELATIONS_H

#include "base/table.h"
#include "rule/rule.h"

struct ml_rules_storage {
    ml_arena arena;
    ml_table designators, cues, events;
    ml_buffer relations;
    ml_model *model;
};

ml_status ml_rules__read_relations(ml_rules *rules, const char *models, ml_gazetteer *gazetteer, ml_faults *faults,
                                   ml_error *error);

#endif
