#include "batch/batch.h"

#include "record/record.h"

static ml_status append(void *payload, const char *bytes, size_t len)
{
    ml_buffer *out = payload;
    ml_buffer_bytes(out, bytes, len);
    return out->failed ? ML_E_MEMORY : ML_OK;
}

/* The worker has written the error record itself: only the place is still to be told. */
static void extract(ml_batch_slot *slot, ml_worker *worker)
{
    ml_error why = {0};
    ml_sink sink = {append, &slot->record};
    slot->status = ml_extract(worker, &slot->item.article, sink, &why);
    if (slot->status == ML_E_PARTIAL) {
        slot->status = ML_OK;
        ml_item_fail(&slot->item, "extract", why.status, why.column, "%s", why.message);
    }
    if (slot->status == ML_E_MEMORY)
        (void)ml_fail_memory(&why); /* the sink, which is ours, says no more than that */
    if (slot->status != ML_OK)
        slot->error = why;
}

/* Nothing stands in the place of an article that cannot be read; it is told. */
static void explain(ml_batch_slot *slot, ml_worker *worker, ml_explain_form form)
{
    ml_error why = {0};
    slot->status = ml_explain_article(worker, &slot->item.article, form, &slot->record, &why);
    if (slot->status == ML_E_PARTIAL) {
        slot->status = ML_OK;
        ml_item_fail(&slot->item, "explain", why.status, why.column, "%s", why.message);
    }
    if (slot->status != ML_OK)
        slot->error = why;
}

static void pass_record(ml_batch_slot *slot, bool check)
{
    ml_record record;
    ml_error why = {0};
    ml_status status = check ? ml_record_read(slot->item.line, &slot->arena, &record, &why) : ML_OK;
    if (status == ML_E_SYNTAX) {
        ml_item_fail(&slot->item, "bad_json", status, 0, "not a record: %s", why.message);
    } else if (status != ML_OK) {
        slot->status = status;
        slot->error = why;
    } else {
        ml_buffer_str(&slot->record, slot->item.line);
        ml_buffer_char(&slot->record, '\n');
    }
}

static void make_record(ml_batch_slot *slot, ml_worker *worker, bool check_records)
{
    if (slot->item.kind == ML_ITEM_ARTICLE)
        extract(slot, worker);
    else if (slot->item.kind == ML_ITEM_RECORD)
        pass_record(slot, check_records);
    if (slot->item.kind == ML_ITEM_FAILED && !slot->record.len) {
        const ml_record record = {.id = slot->item.article.id,
                                  .error_code = slot->item.code,
                                  .error_message = ml_str_from(slot->item.error.message)};
        ml_record_write(&record, &slot->record);
    }
}

static void make_explanation(ml_batch_slot *slot, ml_worker *worker, ml_explain_form form)
{
    if (slot->item.kind == ML_ITEM_ARTICLE)
        explain(slot, worker, form);
    else if (slot->item.kind == ML_ITEM_RECORD)
        ml_item_fail(&slot->item, "record", ML_E_SYNTAX, 0, "a record has no text to show: give the article itself");
}

void ml_batch__work(ml_batch_slot *slot, ml_worker *worker, const ml_batch_way *way)
{
    slot->status = ML_OK;
    ml_buffer_renew(&slot->record);
    ml_article_parse(&slot->item, &slot->arena);
    if (!slot->arena.failed && way->form == ML_FORM_RECORD)
        make_record(slot, worker, way->check_records);
    else if (!slot->arena.failed)
        make_explanation(slot, worker, way->form);
    if (slot->status == ML_OK && (slot->arena.failed || slot->record.failed)) {
        slot->error = (ml_error){0};
        slot->status = ml_fail_memory(&slot->error);
    }
}
