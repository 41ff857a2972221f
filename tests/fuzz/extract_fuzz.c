/* Any bytes as an article: a record comes out that can be read back and merged, or an error record. */
#include "fuzz.h"

#include "explain/explain.h"

#include <string.h>

/* The network of a record can be written in every format. */
static void merge(ml_str record)
{
    ml_network *network = NULL;
    fuzz_expect(ml_network_new(&network, NULL) == ML_OK);
    fuzz_expect(ml_network_add(network, record, NULL) == ML_OK);
    const ml_format *format;
    for (size_t i = 0; (format = ml_network_format_at(i)); i++) {
        if (strcmp(format->name, "png") != 0) /* the SVG, painted by librsvg: slow, and not ours */
            fuzz_expect(ml_network_write(network, format->name, NULL, fuzz_discard(), NULL) == ML_OK);
    }
    fuzz_expect(ml_network_summary(network, 10, fuzz_discard(), NULL) == ML_OK);
    ml_network_free(network);
}

/* The article can be explained in every form, or in none. */
static void explain(ml_worker *worker, const ml_article *article, ml_status status)
{
    for (ml_explain_form form = ML_FORM_TEXT; form < ML_EXPLAIN_FORMS; form++) {
        ml_buffer out = {0};
        fuzz_expect(ml_explain_article(worker, article, form, &out, NULL) == status);
        ml_buffer_dispose(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ml_worker *worker;
    if (!worker) {
        fuzz_expect(ml_worker_new(fuzz_context(), &worker, NULL) == ML_OK);
        ml_worker_keep_sentences(worker, true);
    }
    ml_buffer record = {0};
    ml_article article = {.id = {"fuzz", 4}, .text = {(const char *)data, (uint32_t)size}};
    ml_status status = ml_extract(worker, &article, fuzz_append(&record), NULL);
    fuzz_expect(status == ML_OK || status == ML_E_PARTIAL);
    fuzz_expect(record.len > 1 && record.ptr[record.len - 1] == '\n');
    record.len--;
    merge(ml_buffer_view(&record));
    ml_buffer_dispose(&record);
    explain(worker, &article, status);
    return 0;
}
