#include "record/record.h"

static const ml_str type_names[ML_ENTITY_TYPES] = {
    [ML_PERSON] = {"person", 6}, [ML_BODY] = {"body", 4}, [ML_LOCALITY] = {"locality", 8},
    [ML_EVENT] = {"event", 5},   [ML_SITE] = {"site", 4},
};

ml_str ml_entity_type_name(ml_entity_type type)
{
    return type_names[type];
}

bool ml_entity_type_find(ml_str name, ml_entity_type *out)
{
    for (ml_entity_type type = ML_PERSON; type < ML_ENTITY_TYPES; type++) {
        if (ml_str_equal(type_names[type], name)) {
            *out = type;
            return true;
        }
    }
    return false;
}

bool ml_relation_symmetric(ml_str type)
{
    return ml_str_equal(type, ML_STR("cooperates_with")) || ml_str_equal(type, ML_STR("met_with")) ||
           ml_str_equal(type, ML_STR("met_at_events"));
}
