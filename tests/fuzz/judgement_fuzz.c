/* Any bytes as a file of judgements: refused with its line, or applied and taken back without a trace. */
#include "fuzz.h"

#include "base/file.h"

static void export(ml_store *store, ml_buffer *out)
{
    const ml_question all = {.limit = 0};
    fuzz_expect(ml_store_export(store, "json", &all, NULL, fuzz_append(out), NULL) == ML_OK);
}

static ml_store *open_store(ml_buffer *untouched)
{
    ml_store *store = NULL;
    ml_buffer text = {0};
    fuzz_expect(ml_file_read("tests/fuzz/corpus/network_fuzz/two-of-a-name.jsonl", 1 << 20, &text, NULL) == ML_OK);
    fuzz_expect(ml_store_open(":memory:", true, &store, NULL) == ML_OK);
    for (ml_str rest = ml_buffer_view(&text); rest.ptr && rest.len;)
        fuzz_expect(ml_store_add(store, ml_str_split(&rest, '\n'), false, NULL) == ML_OK);
    fuzz_expect(ml_store_commit(store, NULL) == ML_OK);
    export(store, untouched);
    ml_buffer_dispose(&text);
    return store;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ml_buffer untouched;
    static ml_store *store;
    if (!store)
        store = open_store(&untouched);
    ml_error error = {0};
    ml_buffer after = {0};
    ml_status status = ml_store_judge(store, (ml_str){size ? (const char *)data : "", (uint32_t)size}, &error);
    fuzz_expect(status == ML_OK || (status == ML_E_SYNTAX && error.line && error.message[0]));
    export(store, &after);
    ml_buffer_clear(&after);
    fuzz_expect(ml_store_judge(store, ML_STR(""), &error) == ML_OK);
    export(store, &after);
    fuzz_expect(ml_str_equal(ml_buffer_view(&after), ml_buffer_view(&untouched)));
    ml_buffer_dispose(&after);
    return 0;
}
