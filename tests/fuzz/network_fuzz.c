/* Any bytes as lines of records, from whoever wrote them: network, page and store take the same of them, in every format. */
#include "fuzz.h"

#include <string.h>

static void write_all(ml_network *network)
{
    const ml_format *format;
    for (size_t i = 0; (format = ml_network_format_at(i)); i++) {
        if (strcmp(format->name, "png") != 0) /* the SVG, painted by librsvg: slow, and not ours */
            fuzz_expect(ml_network_write(network, format->name, NULL, fuzz_discard(), NULL) == ML_OK);
    }
    fuzz_expect(ml_network_summary(network, 10, fuzz_discard(), NULL) == ML_OK);
}

static void ask_all(ml_store *store)
{
    const ml_question question = {.limit = 20, .why = true, .format = "table"};
    const char *word;
    for (size_t i = 0; (word = ml_store_word_at(i, NULL)); i++) {
        ml_status status = ml_store_ask(store, word, NULL, 0, &question, fuzz_discard(), NULL);
        fuzz_expect(status == ML_OK || status == ML_E_USAGE); /* some need a name */
    }
    fuzz_expect(ml_store_stats(store, &question, fuzz_discard(), NULL) == ML_OK);
    fuzz_expect(ml_store_rank(store, &question, fuzz_discard(), NULL) == ML_OK);
    fuzz_expect(ml_store_communities(store, &question, fuzz_discard(), NULL) == ML_OK);
    static const char *const views[] = {"full", "people", "provinces", "posts", "meetings"};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        const ml_question view = {.view = views[i]};
        fuzz_expect(ml_store_export(store, "json", &view, NULL, fuzz_discard(), NULL) == ML_OK);
    }
}

/* Each line is a record to all three, or to none. */
static void add_all(ml_str text, ml_network *network, ml_page *page, ml_store *store)
{
    while (text.ptr) {
        ml_str line = ml_str_split(&text, '\n');
        ml_error error = {0};
        ml_status status = ml_network_add(network, line, &error);
        fuzz_expect(status == ML_OK || (status == ML_E_SYNTAX && error.message[0]));
        fuzz_expect(ml_page_add(page, line, NULL) == status);
        fuzz_expect(ml_store_add(store, line, false, NULL) == status);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ml_network *network = NULL;
    ml_page *page = NULL;
    ml_store *store = NULL;
    fuzz_expect(ml_network_new(&network, NULL) == ML_OK && ml_page_new(&page, NULL) == ML_OK);
    fuzz_expect(ml_store_open(":memory:", true, &store, NULL) == ML_OK);
    add_all((ml_str){size ? (const char *)data : "", (uint32_t)size}, network, page, store);
    ml_network_size in_memory, in_store;
    fuzz_expect(ml_network_measure(network, &in_memory, NULL) == ML_OK);
    fuzz_expect(ml_store_measure(store, &in_store, NULL) == ML_OK);
    fuzz_expect(in_memory.documents == in_store.documents);
    if (in_memory.documents) {
        write_all(network);
        fuzz_expect(ml_page_write(page, NULL, fuzz_discard(), NULL) == ML_OK);
        ask_all(store);
    }
    ml_store_close(store);
    ml_page_free(page);
    ml_network_free(network);
    return 0;
}
