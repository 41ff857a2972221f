/* Any bytes as a network in GraphML or JSON: refused with a reason, or what is written of it is read again as the same. */
#include "fuzz.h"

static void export(ml_store *store, const char *format, ml_buffer *out)
{
    const ml_question all = {.limit = 0};
    ml_error error = {0};
    fuzz_expect(ml_store_export(store, format, &all, NULL, fuzz_append(out), &error) == ML_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool json = size && data[0] != '<';
    ml_store *store = NULL, *again = NULL;
    ml_error error = {0};
    const char *path = fuzz_file(json ? "in.json" : "in.graphml", data, size);
    ml_status status = ml_store_import(path, &store, &error);
    if (status != ML_OK) {
        fuzz_expect(status != ML_E_MEMORY && error.message[0]);
        return 0;
    }
    ml_buffer first = {0}, second = {0}, graphml = {0};
    export(store, "json", &first);
    export(store, "graphml", &graphml);
    path = fuzz_file("out.json", (const uint8_t *)first.ptr, first.len);
    fuzz_expect(ml_store_import(path, &again, &error) == ML_OK);
    export(again, "json", &second);
    fuzz_expect(ml_str_equal(ml_buffer_view(&first), ml_buffer_view(&second)));
    ml_store_close(again);
    path = fuzz_file("out.graphml", (const uint8_t *)graphml.ptr, graphml.len);
    fuzz_expect(ml_store_import(path, &again, &error) == ML_OK);
    ml_store_close(again);
    ml_store_close(store);
    ml_buffer_dispose(&graphml);
    ml_buffer_dispose(&second);
    ml_buffer_dispose(&first);
    return 0;
}
