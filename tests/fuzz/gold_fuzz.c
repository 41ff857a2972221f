/* Any bytes as marked articles, as `.gold` file or JSON line: refused with a reason, or each mark lies in its text. */
#include "fuzz.h"

#include "evaluate/evaluate.h"

static void check(const ml_gold *gold)
{
    const ml_record *record = &gold->record;
    for (uint32_t i = 0; i < record->mention_count; i++) {
        const ml_record_mention *mention = &record->mentions[i];
        fuzz_expect(mention->start < mention->end && mention->end <= gold->point_count);
        fuzz_expect(mention->entity < record->entity_count);
    }
    for (uint32_t i = 0; i < record->relation_count; i++) {
        fuzz_expect(record->relations[i].source < record->entity_count);
        fuzz_expect(record->relations[i].target < record->entity_count);
    }
    for (uint32_t i = 0; i < record->entity_count; i++)
        fuzz_expect(gold->names[i].count > 0);
}

/* Scores records that say what the marks say. */
static void score(const char *path, ml_buffer *golds)
{
    ml_buffer lines = {0};
    const ml_gold *gold = (const ml_gold *)golds->ptr;
    for (size_t i = 0; i < golds->len / sizeof *gold; i++) {
        check(&gold[i]);
        ml_record_write(&gold[i].record, &lines);
    }
    const char *records = fuzz_file("records.jsonl", (const uint8_t *)lines.ptr, lines.len);
    const ml_evaluate_options options = {.show_errors = true};
    ml_error error = {0};
    /* Marks may say what no record says, such as a relation of something with itself. */
    fuzz_expect(ml_evaluate(&path, 1, records, &options, fuzz_discard(), &error) == ML_OK || error.message[0]);
    ml_buffer_dispose(&lines);
}

static void read_as(const char *name, const uint8_t *data, size_t size)
{
    ml_arena arena = {0};
    ml_buffer golds = {0};
    ml_error error = {0};
    const char *path = fuzz_file(name, data, size);
    ml_status status = ml_gold_read(path, &arena, &golds, &error);
    if (status == ML_OK)
        score(path, &golds);
    else
        fuzz_expect(error.message[0] && status != ML_E_MEMORY);
    ml_buffer_dispose(&golds);
    ml_arena_dispose(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as(size && data[0] == '{' ? "marked.jsonl" : "marked.gold", data, size);
    return 0;
}
