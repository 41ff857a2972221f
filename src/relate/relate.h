/* relate.h - what the article says of its entities: who holds which post, chaired, attended, met whom.
 *
 *     mentions, titles, entities, rules --> | relate | --> relations, each with the sentence that says it
 */
#ifndef ML_RELATE_RELATE_H
#define ML_RELATE_RELATE_H

#include "resolve/resolve.h"

/* How the article puts it, from the firmest on: of two ways the firmer holds. */
typedef enum {
    ML_STATED,
    ML_PAST,     /* a post once held */
    ML_PLANNED,  /* announced: `sẽ` */
    ML_REPORTED, /* others are said to say so: `được cho là` */
    ML_PROPOSED, /* wished for, ordered, put forward */
    ML_DENIED,
    ML_MODALITIES,
} ml_modality;

/* Its name as records have it, such as "planned"; empty for ML_STATED. Static. */
ml_str ml_modality_name(ml_modality modality);

typedef struct {
    ml_str type, title;      /* title of holds_position only */
    uint64_t title_key;      /* equal for all spellings of the title */
    uint32_t source, target; /* entities */
    uint32_t sentence;       /* that says it */
    ml_str rule;
    ml_modality modality;
    uint16_t confidence_milli;
} ml_relation;

typedef struct {
    const ml_relation *relation;
    uint32_t count;
} ml_relations;

/* ML_E_MEMORY. Thread-safe for different arenas. */
ml_status ml_relations_find(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                            const ml_matches *matches, const ml_mentions *mentions, const ml_entities *entities,
                            ml_arena *arena, ml_relations *out, ml_error *error);

#endif
