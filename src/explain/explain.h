/* explain.h - an article with everything marked that was found in it, and why.
 *
 *     article --document--> products, record --> | explain | --> terminal, page, CoNLL, brat
 *
 * It is what the author of a table or rule works with: each mention has the row and each relation the rule that made it, and names
 * that the tables know but nothing took are told too. docs/EXPLAIN.md shows the forms.
 */
#ifndef ML_EXPLAIN_EXPLAIN_H
#define ML_EXPLAIN_EXPLAIN_H

#include "document/document.h"

typedef enum {
    ML_FORM_RECORD, /* none of ours: the record as JSON */
    ML_FORM_TEXT,   /* for terminals without colours, and for other programs */
    ML_FORM_COLOR,
    ML_FORM_HTML,
    ML_FORM_CONLL,
    ML_FORM_BRAT,
    ML_EXPLAIN_FORMS,
} ml_explain_form;

/* False when no form bears this name, such as "html". */
bool ml_explain_find_form(const char *name, ml_explain_form *out);

/* What stands before the first article, and behind the last. */
void ml_explain_begin(ml_explain_form form, ml_buffer *out);
void ml_explain_end(ml_explain_form form, ml_buffer *out);

/* Reads the article and appends it in the form. Of brat this is the annotation alone: see ml_explain_pack(). ML_E_PARTIAL: it
 * cannot be read, nothing is appended; ML_E_MEMORY. Thread-safe for different workers. */
ml_status ml_explain_article(struct ml_worker *worker, const ml_article *article, ml_explain_form form, ml_buffer *out,
                             ml_error *error);

/* Appends files of a tar archive: the article's text and its annotation, both called after `number`, for an id is no safe name
 * of a file. */
void ml_explain_pack(uint64_t number, ml_str text, ml_str annotation, ml_buffer *out);

#endif
