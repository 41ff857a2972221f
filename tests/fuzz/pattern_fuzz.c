/* Any bytes as a pattern and as a name, asked of a store of two articles: an answer, or a reason. */
#include "fuzz.h"

#include <string.h>

static const char *const articles[] = {
    "Sáng 8-10-2019, tại thành phố Hải Dương, ông Nguyễn Văn An, Chủ tịch UBND tỉnh Hải Dương chủ trì hội nghị. Cùng "
    "dự có "
    "ông Trần Bình, Bí thư Tỉnh ủy Lào Cai. Tỉnh Hải Dương hợp tác với tỉnh Lào Cai.",
    "Ngày 9-10-2019, bà Lê Thị Hoa, Giám đốc Sở Y tế tỉnh Lào Cai gặp ông Trần Bình tại Hà Nội.",
};

static ml_store *open_store(void)
{
    static ml_store *store;
    if (store)
        return store;
    ml_worker *worker = NULL;
    fuzz_expect(ml_store_open(":memory:", true, &store, NULL) == ML_OK);
    fuzz_expect(ml_store_learn(store, fuzz_context(), NULL) == ML_OK);
    fuzz_expect(ml_worker_new(fuzz_context(), &worker, NULL) == ML_OK);
    ml_worker_keep_sentences(worker, true);
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        ml_buffer record = {0};
        const ml_article article = {.id = i ? ML_STR("b") : ML_STR("a"), .text = ml_str_from(articles[i])};
        fuzz_expect(ml_extract(worker, &article, fuzz_append(&record), NULL) == ML_OK);
        record.len--; /* without the line end */
        fuzz_expect(ml_store_add(store, ml_buffer_view(&record), false, NULL) == ML_OK);
        ml_buffer_dispose(&record);
    }
    fuzz_expect(ml_store_commit(store, NULL) == ML_OK);
    ml_worker_free(worker);
    return store;
}

static void expect_answer(ml_status status, const ml_error *error)
{
    fuzz_expect(status == ML_OK || (status == ML_E_USAGE && error->message[0]));
}

static void ask(ml_store *store, const char *text)
{
    const ml_question plan = {.explain = true}, rows = {.limit = 10, .why = true, .format = "jsonl"};
    ml_error errors[5] = {{0}};
    ml_status status = ml_store_query(store, text, &plan, fuzz_discard(), &errors[0]);
    expect_answer(status, &errors[0]);
    /* What many triples that share nothing have in common is the one who asks's own affair. */
    if (status == ML_OK && strlen(text) < 60)
        expect_answer(ml_store_query(store, text, &rows, fuzz_discard(), &errors[1]), &errors[1]);
    expect_answer(ml_store_show(store, text, &rows, fuzz_discard(), &errors[2]), &errors[2]);
    expect_answer(ml_store_timeline(store, text, &rows, fuzz_discard(), &errors[3]), &errors[3]);
    const char *names[] = {text};
    expect_answer(ml_store_ask(store, "posts", names, 1, &rows, fuzz_discard(), &errors[4]), &errors[4]);
}

/* A line each: the pattern, then dates and a type that narrow the question. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ml_buffer text = {0};
    ml_buffer_bytes(&text, (const char *)data, size);
    ml_buffer_char(&text, '\0');
    ml_store *store = open_store();
    char *since = strchr(text.ptr, '\n');
    if (since) {
        *since++ = '\0';
        const ml_question narrow = {.since = since, .as_of = since, .type = since, .view = since};
        ml_error error = {0}, other = {0};
        expect_answer(ml_store_neighbors(store, text.ptr, &narrow, fuzz_discard(), &error), &error);
        expect_answer(ml_store_path(store, text.ptr, since, &(ml_question){.limit = 5}, fuzz_discard(), &other),
                      &other);
    }
    ask(store, text.ptr);
    ml_buffer_dispose(&text);
    return 0;
}
