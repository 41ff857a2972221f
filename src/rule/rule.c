#include "rule/rule.h"

#include "rule/relations.h"

#include <stdlib.h>

static const char *const cue_names[ML_CUES] = {
    "function", "join",         "locative", "caption",      "pair",         "plural",        "barrier",
    "planned",  "negated",      "proposed", "of",           "event-number", "name-particle", "delegation",
    "street",   "law",          "group",    "agent",        "opener",       "quote",         "event-end",
    "compound", "compound-end", "new",      "pair-country", "pair-any",     "with",          "also",
    "appoint",  "word",         "together", "aside",        "ongoing",      "order",         "reported",
    "lost",     "decree",       "affects",  "passive",      "nominated",    "namely",        "nation",
    "term",     "on",           "source",   "instead",      "given",        "setting",       "company",
};

typedef struct {
    ml_rules *rules;
    ml_gazetteer *gazetteer;
    ml_faults *faults;
    ml_error *error;
} rule_loader;

static ml_status learn(rule_loader *loader, ml_pattern of, const ml_table *table, uint32_t column)
{
    return ml_gazetteer_learn(loader->gazetteer, of, ml_table_field(table, of.row, column), loader->faults, table->file,
                              table->lines[of.row], loader->error);
}

/* The name in column `column` and the aliases in column `aliases` of row `row`. */
static ml_status learn_names(rule_loader *loader, ml_list list, const ml_table *table, uint32_t row, uint32_t column,
                             uint32_t aliases)
{
    ml_pattern of = {.row = row, .list = (uint8_t)list, .is_name = true};
    ML_TRY(learn(loader, of, table, column));
    of.is_name = false;
    return learn(loader, of, table, aliases);
}

static uint32_t read_levels(rule_loader *loader, const ml_table *table, uint32_t row, uint32_t column)
{
    uint32_t bits = 0;
    ml_str rest = ml_table_field(table, row, column);
    while (rest.ptr && rest.len) {
        ml_str name = ml_str_split(&rest, '|');
        ml_level level = ml_level_find(name);
        if (level == ML_LEVEL_NONE)
            ml_faults_add(loader->faults, table->file, table->lines[row], column + 1,
                          "unknown level `%.*s`: see docs/DATA.md", (int)name.len, name.ptr);
        bits |= 1u << level;
    }
    return bits;
}

static ml_status load_designators(rule_loader *loader, const char *models)
{
    struct ml_rules_storage *storage = loader->rules->storage;
    ml_table *table = &storage->designators;
    ML_TRY(ml_table_read(models, "designators.tsv", "ml-designators/1", "id|name|canonical|aliases|levels|flags",
                         &storage->arena, table, loader->faults, loader->error));
    ml_designator *out = ml_arena_array(&storage->arena, (size_t)table->row_count + 1, sizeof *out);
    if (!out)
        return ml_fail_memory(loader->error);
    for (uint32_t i = 0; i < table->row_count; i++) {
        ml_str flags = ml_table_field(table, i, 5);
        out[i] = (ml_designator){.id = ml_table_field(table, i, 0),
                                 .name = ml_table_field(table, i, 1),
                                 .canonical = ml_table_field(table, i, 2),
                                 .levels = read_levels(loader, table, i, 4),
                                 .unit = ml_str_listed(flags, ML_STR("unit")),
                                 .open = ml_str_listed(flags, ML_STR("open")),
                                 .numbered = ml_str_listed(flags, ML_STR("numbered")),
                                 .outside = ml_str_listed(flags, ML_STR("outside"))};
        ML_TRY(learn_names(loader, ML_IN_DESIGNATORS, table, i, 1, 3));
    }
    loader->rules->designator = out;
    loader->rules->designator_count = table->row_count;
    return ML_OK;
}

static ml_status load_cues(rule_loader *loader, const char *models)
{
    struct ml_rules_storage *storage = loader->rules->storage;
    ml_table *table = &storage->cues;
    ML_TRY(ml_table_read(models, "cues.tsv", "ml-cues/1", "class|word", &storage->arena, table, loader->faults,
                         loader->error));
    ml_cue *out = ml_arena_array(&storage->arena, (size_t)table->row_count + 1, sizeof *out);
    if (!out)
        return ml_fail_memory(loader->error);
    for (uint32_t i = 0; i < table->row_count; i++) {
        ml_str name = ml_table_field(table, i, 0);
        uint32_t kind = 0;
        while (kind < ML_CUES && !ml_str_equal(name, ml_str_from(cue_names[kind])))
            kind++;
        if (kind == ML_CUES) {
            ml_faults_add(loader->faults, table->file, table->lines[i], 1, "unknown class `%.*s`: see docs/DATA.md",
                          (int)name.len, name.ptr);
            continue;
        }
        out[i] = (ml_cue){ml_table_field(table, i, 1), (ml_cue_class)kind};
        ml_pattern of = {.row = i, .list = ML_IN_CUES, .word_class = (uint8_t)kind, .is_name = true};
        ML_TRY(learn(loader, of, table, 1));
    }
    loader->rules->cue = out;
    loader->rules->cue_count = table->row_count;
    return ML_OK;
}

static ml_status load_events(rule_loader *loader, const char *models)
{
    struct ml_rules_storage *storage = loader->rules->storage;
    ml_table *table = &storage->events;
    ML_TRY(ml_table_read(models, "events.tsv", "ml-events/1", "id|name|aliases|kind|flags", &storage->arena, table,
                         loader->faults, loader->error));
    ml_event_head *out = ml_arena_array(&storage->arena, (size_t)table->row_count + 1, sizeof *out);
    if (!out)
        return ml_fail_memory(loader->error);
    for (uint32_t i = 0; i < table->row_count; i++) {
        out[i] = (ml_event_head){.id = ml_table_field(table, i, 0),
                                 .name = ml_table_field(table, i, 1),
                                 .kind = ml_table_field(table, i, 3),
                                 .proper = ml_str_listed(ml_table_field(table, i, 4), ML_STR("proper")),
                                 .alone = ml_str_listed(ml_table_field(table, i, 4), ML_STR("alone")),
                                 .plain = ml_str_listed(ml_table_field(table, i, 4), ML_STR("plain"))};
        ML_TRY(learn_names(loader, ML_IN_EVENTS, table, i, 1, 2));
    }
    loader->rules->event = out;
    loader->rules->event_count = table->row_count;
    return ML_OK;
}

ml_status ml_rules_new(const char *models, ml_gazetteer *gazetteer, ml_rules **out, ml_faults *faults, ml_error *error)
{
    ml_rules *rules = calloc(1, sizeof *rules);
    struct ml_rules_storage *storage = calloc(1, sizeof *storage);
    if (!rules || !storage) {
        free(rules);
        free(storage);
        return ml_fail_memory(error);
    }
    rules->storage = storage;
    rule_loader loader = {rules, gazetteer, faults, error};
    ml_status status = load_designators(&loader, models);
    if (status == ML_OK)
        status = load_cues(&loader, models);
    if (status == ML_OK)
        status = load_events(&loader, models);
    if (status == ML_OK)
        status = ml_rules__read_relations(rules, models, gazetteer, faults, error);
    if (status == ML_OK)
        status = ml_model_new(models, &rules->storage->model, faults, error);
    rules->model = rules->storage->model;
    if (status != ML_OK) {
        ml_rules_free(rules);
        return status;
    }
    *out = rules;
    return ML_OK;
}

void ml_rules_free(ml_rules *rules)
{
    if (!rules)
        return;
    ml_table_dispose(&rules->storage->designators);
    ml_table_dispose(&rules->storage->cues);
    ml_table_dispose(&rules->storage->events);
    ml_buffer_dispose(&rules->storage->relations);
    ml_model_free(rules->storage->model);
    ml_arena_dispose(&rules->storage->arena);
    free(rules->storage);
    free(rules);
}
