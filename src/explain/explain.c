#include "explain/explain.h"

#include "explain/notes.h"

static const char *const form_names[ML_EXPLAIN_FORMS] = {
    [ML_FORM_RECORD] = "records", [ML_FORM_TEXT] = "text",   [ML_FORM_COLOR] = "color",
    [ML_FORM_HTML] = "html",      [ML_FORM_CONLL] = "conll", [ML_FORM_BRAT] = "brat",
};

bool ml_explain_find_form(const char *name, ml_explain_form *out)
{
    for (ml_explain_form form = ML_FORM_RECORD; form < ML_EXPLAIN_FORMS; form++) {
        if (strcmp(form_names[form], name) == 0) {
            *out = form;
            return true;
        }
    }
    return false;
}

static ml_status write(struct ml_worker *worker, const ml_article *article, const ml_products *products,
                       const ml_record *record, ml_explain_form form, ml_buffer *out, ml_error *error)
{
    ml_explanation explanation = {0};
    if (form == ML_FORM_CONLL) {
        ml_explain__conll(article, products, out);
        return ML_OK;
    }
    if (form == ML_FORM_BRAT) {
        ml_explain__brat(article, record, out);
        return ML_OK;
    }
    ML_TRY(ml_explain__notes(worker, products, record, &explanation, error));
    if (form == ML_FORM_HTML)
        ml_explain__html(article, &explanation, out);
    else
        ml_explain__text(article, &explanation, form == ML_FORM_COLOR, out);
    return ML_OK;
}

ml_status ml_explain_article(struct ml_worker *worker, const ml_article *article, ml_explain_form form, ml_buffer *out,
                             ml_error *error)
{
    ml_products products;
    ml_record record;
    ML_TRY(ml_document_read(worker, article, &products, &record, error));
    ML_TRY(write(worker, article, &products, &record, form, out, error));
    return out->failed ? ml_fail_memory(error) : ML_OK;
}
