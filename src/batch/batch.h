/* batch.h - all articles of the inputs, one record each, in order.
 *
 *     article reader --> | queue | --worker threads--> | queue, in input order | --> sink or network
 *
 * One thread, the caller's, reads, hands the records on and calls back; the others parse and extract. Without threads the
 * caller's does it all. The queue is bounded in articles and in bytes, so memory does not grow with the inputs.
 * The room's products are ml_extract_inputs(), ml_explain_inputs() and ml_network_build() of mangluoi.h.
 */
#ifndef ML_BATCH_BATCH_H
#define ML_BATCH_BATCH_H

#include "article/article.h"
#include "base/buffer.h"
#include "explain/explain.h"

enum { ML_BATCH_SLOTS = 64, ML_BATCH_BYTES = 32 * 1024 * 1024 };

/* An article on its way through the queue. */
typedef struct {
    ml_arena arena;   /* of the item */
    ml_item item;     /* if it failed, with the reason */
    ml_buffer record; /* the line that it became, error records too */
    size_t bytes;     /* of text or line, for the bound of the queue */
    ml_status status; /* not ML_OK ends the run, for the reason in `error` */
    ml_error error;
    bool done; /* guarded by the queue's lock */
} ml_batch_slot;

/* What becomes of an article. */
typedef struct {
    ml_explain_form form;
    bool sentences;     /* as ml_worker_keep_sentences() */
    bool check_records; /* or does the receiver check those that come as input? */
} ml_batch_way;

typedef struct {
    const ml_context *context;
    const char *const *inputs;
    size_t input_count;
    const ml_run_options *options; /* may be NULL */
    ml_batch_way way;
    /* Receives the record of a slot on the caller's thread; may make a failure of the slot's item. */
    ml_status (*receive)(void *payload, ml_batch_slot *slot, ml_error *error);
    void *payload;
} ml_batch_job;

/* Does the job. ML_E_PARTIAL, ML_E_IO as ml_extract_inputs(); `report` (may be NULL) is written even then. */
ml_status ml_batch__run(const ml_batch_job *job, ml_run_report *report, ml_error *error);

/* Parses and extracts the item of a slot; thread-safe for different slots and workers. */
void ml_batch__work(ml_batch_slot *slot, ml_worker *worker, const ml_batch_way *way);

/* ---- the threads ---- */

typedef struct ml_batch_crew ml_batch_crew;

/* `thread_count` of 0 starts no thread: put() does the work. The caller owns *out. ML_E_MEMORY: also when no thread can be
 * started; whatever ml_worker_new() says. */
ml_status ml_batch__crew_new(const ml_context *context, unsigned thread_count, const ml_batch_way *way,
                             ml_batch_crew **out, ml_error *error);

/* Ends the threads as soon as each is done with its article. */
void ml_batch__crew_free(ml_batch_crew *crew);

/* A slot to fill, or NULL if the queue is full. */
ml_batch_slot *ml_batch__crew_free_slot(ml_batch_crew *crew);

/* Queues the slot that free_slot() gave, with item and bytes filled in. */
void ml_batch__crew_put(ml_batch_crew *crew);

/* The oldest slot of the queue. NULL if the queue is empty or, without `wait`, if that slot is not done. */
ml_batch_slot *ml_batch__crew_oldest(ml_batch_crew *crew, bool wait);

/* Frees the slot that oldest() gave for the next article. */
void ml_batch__crew_drop(ml_batch_crew *crew);

#endif
