#include "document/document.h"

#include "base/table.h"

static bool says(const ml_record *record, ml_str type, ml_str source, ml_str target)
{
    for (uint32_t i = 0; i < record->relation_count; i++) {
        const ml_record_relation *relation = &record->relations[i];
        ml_str from = record->entities[relation->source].name, to = record->entities[relation->target].name;
        if (!ml_str_equal(relation->type, type))
            continue;
        if (!source.len)
            return true;
        bool turned = ml_relation_symmetric(type) && ml_str_equal(from, target) && ml_str_equal(to, source);
        if (turned || (ml_str_equal(from, source) && ml_str_equal(to, target)))
            return true;
    }
    return false;
}

/* What the record says of the type, for the author of the rule. */
static void describe(const ml_record *record, ml_str type, ml_buffer *out)
{
    for (uint32_t i = 0; i < record->relation_count; i++) {
        const ml_record_relation *relation = &record->relations[i];
        ml_str from = record->entities[relation->source].name, to = record->entities[relation->target].name;
        if (ml_str_equal(relation->type, type))
            ml_buffer_format(out, " %.*s -> %.*s;", (int)from.len, from.ptr, (int)to.len, to.ptr);
    }
    ml_buffer_str(out, out->len ? ML_STR("") : ML_STR(" nothing"));
}

static ml_status check_example(struct ml_worker *worker, const ml_rule_example *example, ml_faults *faults,
                               ml_error *error)
{
    const ml_rule *rule = &worker->context->rules->rule[example->rule];
    ml_article article = {.id = ML_STR("example"), .text = example->text};
    ml_record record;
    ML_TRY(ml_document_read(worker, &article, NULL, &record, error));
    if (says(&record, rule->relation, example->source, example->target) == example->must)
        return ML_OK;
    ml_buffer found = {0};
    describe(&record, rule->relation, &found);
    ml_str text = ml_buffer_view(&found);
    ml_faults_add(faults, ML_STR("relations.rules"), example->line, 1,
                  "rule `%.*s`: its example %s %.*s, but found:%.*s", (int)rule->id.len, rule->id.ptr,
                  example->must ? "must say" : "must not say", (int)rule->relation.len, rule->relation.ptr,
                  (int)text.len, text.ptr);
    ml_buffer_dispose(&found);
    return ML_OK;
}

ml_status ml_document_check_rules(const struct ml_context *context, ml_faults *faults, ml_error *error)
{
    ml_worker *worker;
    ML_TRY(ml_worker_new(context, &worker, error));
    ml_status status = ML_OK;
    for (uint32_t i = 0; i < context->rules->example_count && status == ML_OK; i++)
        status = check_example(worker, &context->rules->example[i], faults, error);
    ml_worker_free(worker);
    return status;
}
