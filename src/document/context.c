#include "document/document.h"

#include <stdlib.h>

static ml_status load(const char *gazetteers, const char *models, ml_context *context, ml_faults *faults,
                      ml_error *error)
{
    ML_TRY(ml_gazetteer_new(gazetteers, models, &context->gazetteer, faults, error));
    return ml_rules_new(models, context->gazetteer, &context->rules, faults, error);
}

ml_status ml_context_new(const char *gazetteers, const char *models, ml_context **out, ml_error *error)
{
    ml_context *context = calloc(1, sizeof *context);
    if (!context)
        return ml_fail_memory(error);
    ml_faults faults = {0};
    ml_status status = load(gazetteers, models, context, &faults, error);
    if (status == ML_OK && faults.count)
        status = ml_fail_at(error, ML_E_DATA, ml_str_from(faults.first.where), faults.first.line, faults.first.column,
                            "%s (run `mangluoi gazetteer check` to see all %llu faults)", faults.first.message,
                            (unsigned long long)faults.count);
    if (status != ML_OK) {
        ml_context_free(context);
        return status;
    }
    *out = context;
    return ML_OK;
}

void ml_context_free(ml_context *context)
{
    if (!context)
        return;
    ml_rules_free(context->rules);
    ml_gazetteer_free(context->gazetteer);
    free(context);
}

ml_status ml_worker_new(const ml_context *context, ml_worker **out, ml_error *error)
{
    ml_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return ml_fail_memory(error);
    worker->context = context;
    *out = worker;
    return ML_OK;
}

void ml_worker_keep_sentences(ml_worker *worker, bool keep)
{
    worker->with_sentences = keep;
}

void ml_worker_free(ml_worker *worker)
{
    if (!worker)
        return;
    ml_arena_dispose(&worker->arena);
    ml_buffer_dispose(&worker->line);
    free(worker);
}

ml_status ml_extract(ml_worker *worker, const ml_article *article, ml_sink sink, ml_error *error)
{
    ml_record record;
    ml_status status = ml_document_read(worker, article, NULL, &record, error);
    if (status != ML_OK && status != ML_E_PARTIAL)
        return status;
    ml_buffer_renew(&worker->line);
    ml_record_write(&record, &worker->line);
    if (worker->line.failed)
        return ml_fail_memory(error);
    ml_status written = sink.write(sink.payload, worker->line.ptr, worker->line.len);
    return written == ML_OK ? status : written;
}

ml_status ml_gazetteer_check(const char *gazetteers, const char *models, ml_sink sink, uint64_t *faults,
                             ml_error *error)
{
    ml_context *context = calloc(1, sizeof *context);
    if (!context)
        return ml_fail_memory(error);
    ml_buffer lines = {0};
    ml_faults found = {.lines = &lines};
    ml_status status = load(gazetteers, models, context, &found, error);
    if (status == ML_OK)
        status = ml_document_check_rules(context, &found, error);
    if (status == ML_OK && lines.failed)
        status = ml_fail_memory(error);
    if (status == ML_OK && lines.len)
        status = sink.write(sink.payload, lines.ptr, lines.len);
    if (status == ML_OK) {
        *faults = found.count;
        if (found.count)
            status = ml_fail(error, ML_E_DATA, ml_str_from(gazetteers), "%llu faults", (unsigned long long)found.count);
    }
    ml_buffer_dispose(&lines);
    ml_context_free(context);
    return status;
}
