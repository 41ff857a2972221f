/* Any text, composed and decomposed: the same entities, statements and mentions, and offsets that lead to the same words. */
#include "fuzz.h"

#include "base/utf8.h"
#include "record/record.h"

#include <stdlib.h>
#include <utf8proc.h>

/* The bytes of code points [start, end). */
static ml_str points(ml_str text, uint32_t start, uint32_t end)
{
    uint32_t at = 0, begin = 0, code_point;
    for (uint32_t point = 0; point < end; point++) {
        if (point == start)
            begin = at;
        uint32_t len = ml_utf8_read(text, at, &code_point);
        fuzz_expect(len > 0);
        at += len;
    }
    return ml_str_slice(text, begin, at);
}

static char *normal(ml_str text, utf8proc_option_t form)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &out, UTF8PROC_STABLE | form);
    return len < 0 ? NULL : (char *)out;
}

static void extract(ml_worker *worker, ml_str text, ml_buffer *line, ml_arena *arena, ml_record *record)
{
    const ml_article article = {.id = ML_STR("fuzz"), .text = text};
    ml_status status = ml_extract(worker, &article, fuzz_append(line), NULL);
    fuzz_expect(status == ML_OK || status == ML_E_PARTIAL);
    fuzz_expect(ml_record_read(ml_str_slice(ml_buffer_view(line), 0, (uint32_t)line->len - 1), arena, record, NULL) ==
                ML_OK);
}

static void compare_mentions(const ml_record *a, ml_str text_a, const ml_record *b, ml_str text_b)
{
    fuzz_expect(a->mention_count == b->mention_count);
    for (uint32_t i = 0; i < a->mention_count; i++) {
        ml_str one = points(text_a, a->mentions[i].start, a->mentions[i].end);
        ml_str two = points(text_b, b->mentions[i].start, b->mentions[i].end);
        char *same = normal(two, UTF8PROC_COMPOSE);
        fuzz_expect(same && ml_str_equal(one, ml_str_from(same)));
        fuzz_expect(a->mentions[i].entity == b->mentions[i].entity);
        free(same);
    }
}

static void compare(const ml_record *a, ml_str text_a, const ml_record *b, ml_str text_b)
{
    fuzz_expect(ml_str_equal(a->error_code, b->error_code));
    fuzz_expect(a->entity_count == b->entity_count && a->relation_count == b->relation_count);
    for (uint32_t i = 0; i < a->entity_count; i++) {
        fuzz_expect(ml_str_equal(a->entities[i].id, b->entities[i].id));
        fuzz_expect(ml_str_equal(a->entities[i].name, b->entities[i].name));
    }
    for (uint32_t i = 0; i < a->relation_count; i++) {
        fuzz_expect(ml_str_equal(a->relations[i].type, b->relations[i].type));
        fuzz_expect(a->relations[i].source == b->relations[i].source &&
                    a->relations[i].target == b->relations[i].target);
    }
    compare_mentions(a, text_a, b, text_b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ml_worker *worker;
    if (!worker)
        fuzz_expect(ml_worker_new(fuzz_context(), &worker, NULL) == ML_OK);
    ml_str text = {(const char *)data, (uint32_t)size};
    for (uint32_t at = 0, code_point; at < text.len;) {
        uint32_t len = ml_utf8_read(text, at, &code_point);
        if (!len || !code_point)
            return 0;
        at += len;
    }
    char *composed = normal(text, UTF8PROC_COMPOSE), *apart = normal(text, UTF8PROC_DECOMPOSE);
    ml_buffer lines[2] = {{0}};
    ml_arena arena = {0};
    ml_record records[2];
    if (composed && apart) {
        extract(worker, ml_str_from(composed), &lines[0], &arena, &records[0]);
        extract(worker, ml_str_from(apart), &lines[1], &arena, &records[1]);
        compare(&records[0], ml_str_from(composed), &records[1], ml_str_from(apart));
    }
    ml_arena_dispose(&arena);
    ml_buffer_dispose(&lines[0]);
    ml_buffer_dispose(&lines[1]);
    free(composed);
    free(apart);
    return 0;
}
