/* document.h - one article through all the rooms, in a straight line; no linguistics here.
 *
 *     article --> text --> tokens --> matches --> mentions --> entities --> relations --> record
 */
#ifndef ML_DOCUMENT_DOCUMENT_H
#define ML_DOCUMENT_DOCUMENT_H

#include "base/table.h"
#include "record/record.h"
#include "relate/relate.h"

struct ml_context {
    ml_gazetteer *gazetteer;
    ml_rules *rules;
};

struct ml_worker {
    const struct ml_context *context;
    ml_arena arena; /* reset for each article */
    ml_token_memo memo;
    ml_buffer line;
    bool with_sentences;
};

/* The products of the rooms, one after the other. */
typedef struct {
    ml_text text;
    ml_tokens tokens;
    ml_matches matches;
    ml_mentions mentions;
    ml_entities entities;
    ml_relations relations;
} ml_products;

/* Reads one article into a record that lives in the worker until its next article, and so do the products, which are handed
 * out where `products` is not NULL. The record's relations and claims are those of the products, in their order; its mentions
 * are those that have an entity. An article that cannot be read gives a record with an error and ML_E_PARTIAL. */
ml_status ml_document_read(struct ml_worker *worker, const ml_article *article, ml_products *products, ml_record *out,
                           ml_error *error);

/* Runs every example of the relation rules; those that fail are added to `faults`. */
ml_status ml_document_check_rules(const struct ml_context *context, ml_faults *faults, ml_error *error);

#endif
