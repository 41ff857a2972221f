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
                              .way = {.check_records = true},
                              .receive = write_record,
                              .payload = &sink};
    return ml_batch__run(&job, report, error);
}

/* What the records are merged into. */
typedef struct {
    ml_status (*add)(void *target, ml_str record, ml_error *error);
    void *target;
} merge_receiver;

/* The target checks records that come as input; one that is none fails like an article. */
static ml_status add_record(void *payload, ml_batch_slot *slot, ml_error *error)
{
    const merge_receiver *into = payload;
    ml_error why = {0};
    ml_status status = into->add(into->target, ml_buffer_view(&slot->record), &why);
    if (status == ML_E_SYNTAX && slot->item.kind == ML_ITEM_RECORD) {
        ml_item_fail(&slot->item, "bad_json", status, 0, "not a record: %s", why.message);
        return ML_OK;
    }
    if (status != ML_OK && error && error->status == ML_OK)
        *error = why;
    return status;
}

static ml_status add_to_network(void *target, ml_str record, ml_error *error)
{
    return ml_network_add(target, record, error);
}

ml_status ml_network_build(ml_network *network, const ml_context *context, const char *const *inputs,
                           size_t input_count, const ml_run_options *options, ml_run_report *report, ml_error *error)
{
    merge_receiver into = {add_to_network, network};
    const ml_batch_job job = {.context = context,
                              .inputs = inputs,
                              .input_count = input_count,
                              .options = options,
                              .receive = add_record,
                              .payload = &into};
    return ml_batch__run(&job, report, error);
}

static ml_status add_to_page(void *target, ml_str record, ml_error *error)
{
    return ml_page_add(target, record, error);
}

ml_status ml_page_build(ml_page *page, const ml_context *context, const char *const *inputs, size_t input_count,
                        const ml_run_options *options, ml_run_report *report, ml_error *error)
{
    merge_receiver into = {add_to_page, page};
    const ml_batch_job job = {.context = context,
                              .inputs = inputs,
                              .input_count = input_count,
                              .options = options,
                              .way = {.sentences = true},
                              .receive = add_record,
                              .payload = &into};
    return ml_batch__run(&job, report, error);
}

typedef struct {
    ml_store *store;
    bool replace;
} store_target;

static ml_status add_to_store(void *target, ml_str record, ml_error *error)
{
    const store_target *to = target;
    return ml_store_add(to->store, record, to->replace, error);
}

ml_status ml_store_build(ml_store *store, const ml_context *context, bool replace, const char *const *inputs,
                         size_t input_count, const ml_run_options *options, ml_run_report *report, ml_error *error)
{
    store_target target = {store, replace};
    merge_receiver into = {add_to_store, &target};
    const ml_batch_job job = {.context = context,
                              .inputs = inputs,
                              .input_count = input_count,
                              .options = options,
                              .way = {.sentences = true},
                              .receive = add_record,
                              .payload = &into};
    ML_TRY(ml_store_learn(store, context, error));
    ml_status status = ml_batch__run(&job, report, error);
    bool done = status == ML_OK || status == ML_E_PARTIAL || status == ML_E_IO;
    ml_error why = {0};
    ml_status committed = done ? ml_store_commit(store, &why) : ML_OK;
    if (committed != ML_OK && error)
        *error = why;
    return committed == ML_OK ? status : committed;
}

/* Where explanations go, and how many articles there were: files of an archive are called after their number. */
typedef struct {
    ml_explain_form form;
    ml_sink sink;
    uint64_t count;
    ml_buffer packed;
} explain_receiver;

static ml_status send(const explain_receiver *receiver, const ml_buffer *bytes, ml_error *error)
{
    if (bytes->failed)
        return ml_fail_memory(error);
    ml_status status = bytes->len ? receiver->sink.write(receiver->sink.payload, bytes->ptr, bytes->len) : ML_OK;
    return status == ML_OK ? ML_OK : ml_fail(error, status, ML_STR(""), "the explanation cannot be written");
}

static ml_status receive_explanation(void *payload, ml_batch_slot *slot, ml_error *error)
{
    explain_receiver *receiver = payload;
    if (slot->item.kind == ML_ITEM_FAILED)
        return ML_OK;
    receiver->count++;
    if (receiver->form != ML_FORM_BRAT)
        return send(receiver, &slot->record, error);
    ml_buffer_clear(&receiver->packed);
    ml_explain_pack(receiver->count, slot->item.article.text, ml_buffer_view(&slot->record), &receiver->packed);
    return send(receiver, &receiver->packed, error);
}

static ml_status send_frame(explain_receiver *receiver, void (*frame)(ml_explain_form, ml_buffer *), ml_error *error)
{
    ml_buffer_clear(&receiver->packed);
    frame(receiver->form, &receiver->packed);
    return send(receiver, &receiver->packed, error);
}

ml_status ml_explain_inputs(const ml_context *context, const char *const *inputs, size_t input_count,
                            const ml_run_options *options, const char *form, ml_sink sink, ml_run_report *report,
                            ml_error *error)
{
    explain_receiver receiver = {.sink = sink};
    if (!ml_explain_find_form(form, &receiver.form) || receiver.form == ML_FORM_RECORD)
        return ml_fail(error, ML_E_USAGE, ml_str_from(form), "no such form: there are text, color, html, conll, brat");
    const ml_batch_job job = {.context = context,
                              .inputs = inputs,
                              .input_count = input_count,
                              .options = options,
                              .way = {.form = receiver.form},
                              .receive = receive_explanation,
                              .payload = &receiver};
    ml_status status = send_frame(&receiver, ml_explain_begin, error);
    if (status == ML_OK)
        status = ml_batch__run(&job, report, error);
    ml_error ignored = {0};
    bool some_done = status == ML_OK || status == ML_E_PARTIAL || status == ML_E_IO;
    if (some_done) {
        ml_status ended = send_frame(&receiver, ml_explain_end, status == ML_OK ? error : &ignored);
        status = status == ML_OK ? ended : status;
    }
    ml_buffer_dispose(&receiver.packed);
    return status;
}
