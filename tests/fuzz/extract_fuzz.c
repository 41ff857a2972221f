/* Any bytes as an article: a record comes out that can be read back and merged, or an error record. */
#include "fuzz.h"

#include "explain/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *bytes;
    size_t len;
} text;

static ml_status append(void *payload, const char *bytes, size_t len)
{
    text *out = payload;
    char *grown = realloc(out->bytes, out->len + len + 1);
    if (!grown)
        return ML_E_MEMORY;
    memcpy(grown + out->len, bytes, len);
    out->bytes = grown;
    out->len += len;
    return ML_OK;
}

static ml_status discard(void *payload, const char *bytes, size_t len)
{
    (void)payload;
    (void)bytes;
    (void)len;
    return ML_OK;
}

static void expect(int right)
{
    if (!right)
        abort();
}

/* The network of a record can be written in every format. */
static void merge(ml_str record)
{
    ml_network *network = NULL;
    expect(ml_network_new(&network, NULL) == ML_OK);
    expect(ml_network_add(network, record, NULL) == ML_OK);
    const ml_format *format;
    for (size_t i = 0; (format = ml_network_format_at(i)); i++)
        expect(ml_network_write(network, format->name, NULL, (ml_sink){discard, NULL}, NULL) == ML_OK);
    expect(ml_network_summary(network, 10, (ml_sink){discard, NULL}, NULL) == ML_OK);
    ml_network_free(network);
}

/* The article can be explained in every form, or in none. */
static void explain(ml_worker *worker, const ml_article *article, ml_status status)
{
    for (ml_explain_form form = ML_FORM_TEXT; form < ML_EXPLAIN_FORMS; form++) {
        ml_buffer out = {0};
        expect(ml_explain_article(worker, article, form, &out, NULL) == status);
        ml_buffer_dispose(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Loaded once: a fuzzer makes thousands of calls a second. */
    static ml_context *context;
    static ml_worker *worker;
    if (!worker) {
        ml_error error = {0};
        if (ml_context_new("gazetteers", "models", &context, &error) != ML_OK) {
            fprintf(stderr, "%s:%u: %s\n", error.where, error.line, error.message);
            abort();
        }
        expect(ml_worker_new(context, &worker, NULL) == ML_OK);
        ml_worker_keep_sentences(worker, true);
    }
    text record = {0};
    ml_article article = {.id = {"fuzz", 4}, .text = {(const char *)data, (uint32_t)size}};
    ml_status status = ml_extract(worker, &article, (ml_sink){append, &record}, NULL);
    expect(status == ML_OK || status == ML_E_PARTIAL);
    expect(record.len > 1 && record.bytes[record.len - 1] == '\n');
    merge((ml_str){record.bytes, (uint32_t)record.len - 1});
    free(record.bytes);
    explain(worker, &article, status);
    return 0;
}
