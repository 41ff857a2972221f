#include "batch/batch.h"

#include <pthread.h>
#include <stdlib.h>

/* Slots hold on to their memory from article to article unless it was more than this. */
static const size_t kept_bytes = 256 * 1024;

typedef struct {
    ml_batch_crew *crew;
    ml_worker *worker;
    pthread_t thread;
} member;

struct ml_batch_crew {
    pthread_mutex_t lock;
    pthread_cond_t queued, done;
    /* Slots ever put, taken up by a thread, and dropped; an article's slot is its number modulo the slots. */
    uint64_t put, started, dropped;
    bool stop;
    ml_batch_way way;
    size_t bytes; /* of the articles in the queue; only the caller's thread touches it */
    unsigned thread_count, worker_count;
    member *members;
    ml_batch_slot slots[ML_BATCH_SLOTS];
};

static void *run_member(void *payload)
{
    member *self = payload;
    ml_batch_crew *crew = self->crew;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (!crew->stop && crew->started == crew->put)
            pthread_cond_wait(&crew->queued, &crew->lock);
        if (crew->stop)
            break;
        ml_batch_slot *slot = &crew->slots[crew->started++ % ML_BATCH_SLOTS];
        pthread_mutex_unlock(&crew->lock);
        ml_batch__work(slot, self->worker, &crew->way);
        pthread_mutex_lock(&crew->lock);
        slot->done = true;
        pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static ml_status start_members(ml_batch_crew *crew, const ml_context *context, unsigned thread_count, ml_error *error)
{
    unsigned wanted = thread_count ? thread_count : 1;
    crew->members = calloc(wanted, sizeof *crew->members);
    if (!crew->members)
        return ml_fail_memory(error);
    for (; crew->worker_count < wanted; crew->worker_count++) {
        member *one = &crew->members[crew->worker_count];
        one->crew = crew;
        ML_TRY(ml_worker_new(context, &one->worker, error));
        ml_worker_keep_sentences(one->worker, crew->way.sentences);
    }
    for (; crew->thread_count < thread_count; crew->thread_count++) {
        member *one = &crew->members[crew->thread_count];
        int fault = pthread_create(&one->thread, NULL, run_member, one);
        if (fault)
            return ml_fail(error, ML_E_MEMORY, ML_STR(""), "cannot start thread %u of %u: %s: use fewer threads",
                           crew->thread_count + 1, thread_count, strerror(fault));
    }
    return ML_OK;
}

ml_status ml_batch__crew_new(const ml_context *context, unsigned thread_count, const ml_batch_way *way,
                             ml_batch_crew **out, ml_error *error)
{
    ml_batch_crew *crew = calloc(1, sizeof *crew);
    if (!crew)
        return ml_fail_memory(error);
    crew->way = *way;
    if (pthread_mutex_init(&crew->lock, NULL) || pthread_cond_init(&crew->queued, NULL) ||
        pthread_cond_init(&crew->done, NULL)) {
        free(crew);
        return ml_fail_memory(error);
    }
    ml_status status = start_members(crew, context, thread_count, error);
    if (status != ML_OK) {
        ml_batch__crew_free(crew);
        return status;
    }
    *out = crew;
    return ML_OK;
}

void ml_batch__crew_free(ml_batch_crew *crew)
{
    if (!crew)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->stop = true;
    pthread_cond_broadcast(&crew->queued);
    pthread_mutex_unlock(&crew->lock);
    for (unsigned i = 0; i < crew->thread_count; i++)
        pthread_join(crew->members[i].thread, NULL);
    for (unsigned i = 0; i < crew->worker_count; i++)
        ml_worker_free(crew->members[i].worker);
    for (size_t i = 0; i < ML_BATCH_SLOTS; i++) {
        ml_arena_dispose(&crew->slots[i].arena);
        ml_buffer_dispose(&crew->slots[i].record);
    }
    pthread_cond_destroy(&crew->done);
    pthread_cond_destroy(&crew->queued);
    pthread_mutex_destroy(&crew->lock);
    free(crew->members);
    free(crew);
}

/* Only the caller's thread changes `put` and `dropped`, so it may read them without the lock. */
ml_batch_slot *ml_batch__crew_free_slot(ml_batch_crew *crew)
{
    uint64_t most = crew->thread_count ? ML_BATCH_SLOTS : 1;
    if (crew->put - crew->dropped == most || crew->bytes >= ML_BATCH_BYTES)
        return NULL;
    ml_batch_slot *slot = &crew->slots[crew->put % ML_BATCH_SLOTS];
    ml_arena_reset(&slot->arena);
    return slot;
}

void ml_batch__crew_put(ml_batch_crew *crew)
{
    ml_batch_slot *slot = &crew->slots[crew->put % ML_BATCH_SLOTS];
    crew->bytes += slot->bytes;
    slot->done = !crew->thread_count;
    if (slot->done)
        ml_batch__work(slot, crew->members[0].worker, &crew->way);
    pthread_mutex_lock(&crew->lock);
    crew->put++;
    pthread_cond_signal(&crew->queued);
    pthread_mutex_unlock(&crew->lock);
}

ml_batch_slot *ml_batch__crew_oldest(ml_batch_crew *crew, bool wait)
{
    if (crew->put == crew->dropped)
        return NULL;
    ml_batch_slot *slot = &crew->slots[crew->dropped % ML_BATCH_SLOTS];
    pthread_mutex_lock(&crew->lock);
    while (wait && !slot->done)
        pthread_cond_wait(&crew->done, &crew->lock);
    bool done = slot->done;
    pthread_mutex_unlock(&crew->lock);
    return done ? slot : NULL;
}

void ml_batch__crew_drop(ml_batch_crew *crew)
{
    ml_batch_slot *slot = &crew->slots[crew->dropped++ % ML_BATCH_SLOTS];
    crew->bytes -= slot->bytes;
    if (slot->bytes > kept_bytes)
        ml_arena_dispose(&slot->arena);
    if (slot->record.cap > kept_bytes)
        ml_buffer_dispose(&slot->record);
}
