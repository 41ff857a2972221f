#include "batch/batch.h"

typedef struct {
    const ml_batch_job *job;
    ml_run_options options;
    ml_article_reader *reader;
    ml_batch_crew *crew;
    ml_run_report report;
    bool unreadable; /* some input could not be read */
    ml_error first_failure;
} batch_run;

/* Reads the next article into the queue, if there is room; *end tells that there is no further one. */
static ml_status read_next(batch_run *run, bool *end, bool *full, ml_error *error)
{
    bool more = false;
    ml_batch_slot *slot = ml_batch__crew_free_slot(run->crew);
    *full = !slot;
    if (!slot)
        return ML_OK;
    ML_TRY(ml_article_next(run->reader, &slot->arena, &slot->item, &more, error));
    *end = !more;
    if (!more)
        return ML_OK;
    slot->bytes = (size_t)slot->item.line.len + slot->item.article.text.len;
    ml_batch__crew_put(run->crew);
    return ML_OK;
}

static void complain(batch_run *run, const ml_item *item)
{
    if (item->error.status == ML_OK)
        return;
    if (run->options.complain)
        run->options.complain(run->options.payload, &item->error);
    if (item->kind != ML_ITEM_FAILED)
        return;
    run->report.failed++;
    run->unreadable = run->unreadable || item->error.status == ML_E_IO;
    if (run->report.failed == 1)
        run->first_failure = item->error;
}

/* Hands the oldest article on and drops it. */
static ml_status hand_on(batch_run *run, ml_batch_slot *slot, ml_error *error)
{
    if (slot->status != ML_OK) {
        if (error && error->status == ML_OK)
            *error = slot->error;
        return slot->status;
    }
    ML_TRY(run->job->receive(run->job->payload, slot, error));
    complain(run, &slot->item);
    run->report.articles++;
    run->report.bytes += slot->item.article.text.len;
    ml_batch__crew_drop(run->crew);
    if (run->options.progress)
        run->options.progress(run->options.payload, run->report.articles, ml_article_reader_permille(run->reader));
    return ML_OK;
}

/* Hands on what is done, reads while there is room, and waits only when it can do neither. */
static ml_status run_all(batch_run *run, ml_error *error)
{
    bool end = false, full = false;
    for (;;) {
        ml_batch_slot *slot = ml_batch__crew_oldest(run->crew, end || full);
        full = false;
        if (slot)
            ML_TRY(hand_on(run, slot, error));
        else if (end)
            return ML_OK;
        else
            ML_TRY(read_next(run, &end, &full, error));
    }
}

static ml_status conclude(const batch_run *run, ml_error *error)
{
    if (run->report.failed == 0)
        return ML_OK;
    ml_status status = run->unreadable ? ML_E_IO : ML_E_PARTIAL;
    return ml_fail(error, status, ML_STR(""), "%llu of %llu articles failed; the first, of %s: %s",
                   (unsigned long long)run->report.failed, (unsigned long long)run->report.articles,
                   run->first_failure.where, run->first_failure.message);
}

ml_status ml_batch__run(const ml_batch_job *job, ml_run_report *report, ml_error *error)
{
    batch_run run = {.job = job};
    if (job->options)
        run.options = *job->options;
    ml_batch_way way = job->way;
    way.sentences = way.sentences || run.options.sentences;
    unsigned threads = run.options.threads > 1 ? run.options.threads : 0;
    ml_status status =
        ml_article_reader_new(job->inputs, job->input_count, run.options.format, run.options.date, &run.reader, error);
    if (status == ML_OK)
        status = ml_batch__crew_new(job->context, threads, &way, &run.crew, error);
    if (status == ML_OK)
        status = run_all(&run, error);
    ml_batch__crew_free(run.crew);
    ml_article_reader_free(run.reader);
    if (status == ML_OK)
        status = conclude(&run, error);
    if (report)
        *report = run.report;
    return status;
}
