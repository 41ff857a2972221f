/* notes.h - what there is to say of an article, sentence by sentence; inside this room only. All memory is the worker's. */
#ifndef ML_EXPLAIN_NOTES_H
#define ML_EXPLAIN_NOTES_H

#include "explain/explain.h"

/* A stretch of the text, in bytes of its NFC form. */
typedef struct {
    uint32_t begin, end;
    ml_entity_type type;
    uint32_t number; /* of the note that explains it, from 1; 0 of a title */
} ml_explain_mark;

typedef enum { ML_NOTE_MENTION, ML_NOTE_TITLE, ML_NOTE_RELATION, ML_NOTE_UNUSED } ml_note_kind;

typedef struct {
    ml_note_kind kind;
    ml_entity_type type; /* of a mention */
    uint32_t number;     /* of a mention */
    ml_str words;        /* as the article has them; of a relation its type */
    ml_str says;         /* the entity, or the ends of the relation */
    ml_str because;      /* the rule and the rows */
} ml_explain_note;

typedef struct {
    uint32_t begin, end; /* bytes of the NFC text; begins with the white space before it */
    const ml_explain_mark *marks;
    const ml_explain_note *notes;
    uint32_t mark_count, note_count;
} ml_explain_sentence;

typedef struct {
    ml_str text; /* NFC */
    const ml_explain_sentence *sentences;
    uint32_t count;
} ml_explanation;

/* ML_E_MEMORY. */
ml_status ml_explain__notes(struct ml_worker *worker, const ml_products *products, const ml_record *record,
                            ml_explanation *out, ml_error *error);

/* ` organs.tsv:12 organ-x` and the like: the rows that a mention is made of. */
void ml_explain__cite_mention(const struct ml_context *context, const ml_products *products, const ml_mention *mention,
                              ml_buffer *out);
void ml_explain__cite_row(const struct ml_context *context, ml_list list, uint32_t row, ml_buffer *out);

/* The forms. */
void ml_explain__text(const ml_article *article, const ml_explanation *explanation, bool colour, ml_buffer *out);
void ml_explain__html_begin(ml_buffer *out);
void ml_explain__html(const ml_article *article, const ml_explanation *explanation, ml_buffer *out);
void ml_explain__conll(const ml_article *article, const ml_products *products, ml_buffer *out);
void ml_explain__brat(const ml_article *article, const ml_record *record, ml_buffer *out);

#endif
