#include "batch/batch.h"

static ml_status write_record(void *payload, ml_batch_slot *slot, ml_error *error)
{
    const ml_sink *sink = payload;
    ml_status status = sink->write(sink->payload, slot->record.ptr, slot->record.len);
    if (status != ML_OK)
        return ml_fail(error, status, ML_STR(""), "the records cannot be written");
    return ML_OK;
}

ml_status ml_extract_inputs(const ml_context *context, const char *const *inputs, size_t input_count,
                            const ml_run_options *options, ml_sink sink, ml_run_report *report, ml_error *error)
{
    const ml_batch_job job = {.context = context,
                              .inputs = inputs,
                              .input_count = input_count,
                              .options = options,
                              .check_records = true,
                              .receive = write_record,
                              .payload = &sink};
    return ml_batch__run(&job, report, error);
}

/* The network checks records that come as input; one that is none fails like an article. */
static ml_status add_record(void *payload, ml_batch_slot *slot, ml_error *error)
{
    ml_network *network = payload;
    ml_error why = {0};
    ml_status status = ml_network_add(network, ml_buffer_view(&slot->record), &why);
    if (status == ML_E_SYNTAX && slot->item.kind == ML_ITEM_RECORD) {
        ml_item_fail(&slot->item, "bad_json", status, 0, "not a record: %s", why.message);
        return ML_OK;
    }
    if (status != ML_OK && error && error->status == ML_OK)
        *error = why;
    return status;
}

ml_status ml_network_build(ml_network *network, const ml_context *context, const char *const *inputs,
                           size_t input_count, const ml_run_options *options, ml_run_report *report, ml_error *error)
{
    const ml_batch_job job = {.context = context,
                              .inputs = inputs,
                              .input_count = input_count,
                              .options = options,
                              .receive = add_record,
                              .payload = network};
    return ml_batch__run(&job, report, error);
}

typedef struct {
    ml_store *store;
    bool replace;
} store_target;

/* The sentences that are evidence are kept of articles; a record has only their places. */
static ml_status store_record(void *payload, ml_batch_slot *slot, ml_error *error)
{
    const store_target *target = payload;
    const ml_store_addition addition = {slot->item.article.text, target->replace};
    ml_error why = {0};
    ml_status status = ml_store_add(target->store, ml_buffer_view(&slot->record), &addition, &why);
    if (status == ML_E_SYNTAX && slot->item.kind == ML_ITEM_RECORD) {
        ml_item_fail(&slot->item, "bad_json", status, 0, "not a record: %s", why.message);
        return ML_OK;
    }
    if (status != ML_OK && error && error->status == ML_OK)
        *error = why;
    return status;
}

ml_status ml_store_build(ml_store *store, const ml_context *context, bool replace, const char *const *inputs,
                         size_t input_count, const ml_run_options *options, ml_run_report *report, ml_error *error)
{
    store_target target = {store, replace};
    const ml_batch_job job = {.context = context,
                              .inputs = inputs,
                              .input_count = input_count,
                              .options = options,
                              .receive = store_record,
                              .payload = &target};
    ML_TRY(ml_store_learn(store, context, error));
    ml_status status = ml_batch__run(&job, report, error);
    bool done = status == ML_OK || status == ML_E_PARTIAL || status == ML_E_IO;
    ml_error why = {0};
    ml_status committed = done ? ml_store_commit(store, &why) : ML_OK;
    if (committed != ML_OK && error)
        *error = why;
    return committed == ML_OK ? status : committed;
}
