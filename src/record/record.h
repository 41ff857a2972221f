/* record.h - what was read out of one article, as strings and numbers: the product that leaves the extraction.
 *
 *     relations --> | record | --write--> JSON line --read--> | record | --> network, evaluation
 *
 * docs/SCHEMA.md describes the JSON. All strings are NFC UTF-8 and borrowed; ids of entities match
 * [A-Za-z][A-Za-z0-9_-]*. Offsets count Unicode code points of the article as it was given.
 */
#ifndef ML_RECORD_RECORD_H
#define ML_RECORD_RECORD_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

typedef enum {
    ML_PERSON,
    ML_BODY,
    ML_LOCALITY,
    ML_EVENT,
    ML_SITE,
    ML_ENTITY_TYPES, /* how many there are */
} ml_entity_type;

/* The name of a type as records have it, such as "person"; static. */
ml_str ml_entity_type_name(ml_entity_type type);

/* False when no type bears this name. */
bool ml_entity_type_find(ml_str name, ml_entity_type *out);

typedef struct {
    uint32_t start, end; /* code points, end exclusive */
    ml_entity_type type;
    uint32_t entity; /* index into `entities` */
    uint16_t confidence_milli;
    ml_str rule; /* what found it */
} ml_record_mention;

typedef struct {
    ml_str id, name;
    ml_entity_type type;
    ml_str date;              /* of an event, ISO or empty */
    ml_str parent;            /* id of the unit or body that it belongs to, or empty */
    const ml_str *candidates; /* ids of the rows that it may be, where the article does not tell which */
    uint32_t candidate_count;
} ml_record_entity;

typedef struct {
    ml_str type;             /* "chaired", ... */
    uint32_t source, target; /* indices into `entities` */
    ml_str title;            /* of holds_position, else empty */
    ml_str date, modality, rule;
    uint32_t start, end; /* the sentence that says it, code points */
    uint16_t confidence_milli;
} ml_record_relation;

/* The words of a sentence that relations stand on, as the article has them. */
typedef struct {
    uint32_t start, end; /* as those of the relations */
    ml_str text;
} ml_record_sentence;

typedef struct {
    ml_str id, title, date, source;
    ml_str error_code, error_message; /* both empty unless the article could not be read */
    const ml_record_mention *mentions;
    const ml_record_entity *entities;
    const ml_record_relation *relations;
    const ml_record_relation *claims;    /* what the article speaks of as not so: denied, proposed, ordered */
    const ml_record_sentence *sentences; /* where they were asked for; by place, each once */
    uint32_t mention_count, entity_count, relation_count, claim_count, sentence_count;
} ml_record;

/* Is source -> target the same statement as target -> source? True of cooperates_with, met_with, and met_at_events,
 * which no record has but the projection onto people. */
bool ml_relation_symmetric(ml_str type);

/* Is it stated as a fact? What is planned or only reported is none; a post once held is one. */
bool ml_record_states(const ml_record_relation *relation);

/* The ends of the edge that the relation makes, indices into `entities`: of a symmetric one the source is the end whose id
 * comes first in byte order. */
void ml_record_ends(const ml_record *record, const ml_record_relation *relation, uint32_t *source, uint32_t *target);

/* The byte order of what two records of one article add to a network (docs/SCHEMA.md); zero when they add the same. */
int ml_record_compare(const ml_record *a, const ml_record *b);

/* Appends the record as one line of JSON with its line end; keys always in the same order. Check out->failed. */
void ml_record_write(const ml_record *record, ml_buffer *out);

/* Reads a line back, strings copied into `arena`. Also takes what other programs write by the contract: unknown keys are
 * passed over, missing optional ones are empty; what comes without a confidence has 1000. Reads the error record too.
 * ML_E_SYNTAX with `where` the record's id, if it has one; ML_E_MEMORY. */
ml_status ml_record_read(ml_str line, ml_arena *arena, ml_record *out, ml_error *error);

#endif
