/* resolve.h - what each mention names: one entity for all that name the same thing in the article.
 *
 *     mentions, article date --> | resolve | --> entities, and of each mention its entity --> relations
 *
 * Names are completed by context: `Tỉnh ủy` after `về phía tỉnh Nam Định` is the Tỉnh ủy of Nam Định. Short names go to the
 * fuller ones before them. Ids depend on the thing alone, but for events and short names nobody explains: those belong to
 * their article.
 */
#ifndef ML_RESOLVE_RESOLVE_H
#define ML_RESOLVE_RESOLVE_H

#include "mention/mention.h"

typedef struct {
    ml_entity_type type;
    ml_str id, name;
    ml_date date;              /* of an event */
    uint32_t row;              /* locality, fixed body or official; or ML_NONE */
    ml_form form;              /* of a body */
    uint32_t organ;            /* of a body: row of organs.tsv, or ML_NONE */
    ml_str kind;               /* of a body: what its table says, such as "company" */
    uint32_t unit;             /* of a body: the entity of the locality or body that it belongs to, or ML_NONE */
    uint32_t first;            /* its first mention */
    uint32_t fullest;          /* the mention with its fullest name */
    uint32_t head;             /* of an event: row of events.tsv */
    const uint32_t *candidate; /* rows that it may be, where the article does not tell which */
    uint32_t candidate_count;
} ml_entity;

typedef struct {
    const ml_entity *entity;
    uint32_t count;
    const uint32_t *of; /* of each mention its entity, or ML_NONE where the mention turned out to name none */
} ml_entities;

/* `article` is the article's id, by which what belongs to it alone is told apart. ML_E_MEMORY. Thread-safe for different
 * arenas. */
ml_status ml_entities_resolve(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                              const ml_matches *matches, const ml_mentions *mentions, ml_str article, ml_date date,
                              ml_arena *arena, ml_entities *out, ml_error *error);

#endif
