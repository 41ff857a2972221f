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
    ml_buffer line;
};

/* Reads one article into a record that lives in the worker until its next article. An article that cannot be read gives a
 * record with an error and ML_E_PARTIAL. */
ml_status ml_document_read(struct ml_worker *worker, const ml_article *article, ml_record *out, ml_error *error);

/* Runs every example of the relation rules; those that fail are added to `faults`. */
ml_status ml_document_check_rules(const struct ml_context *context, ml_faults *faults, ml_error *error);

#endif
