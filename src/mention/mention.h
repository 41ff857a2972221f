/* mention.h - which stretches of a text name something, and the titles that stand about them.
 *
 *     tokens, matches --> | mention | --> mentions in order, titles in order --> entities
 *
 * Mentions do not overlap. What a mention names is settled later; here it is only what its words say: a table's row, a
 * designator, the parts of a body's name.
 */
#ifndef ML_MENTION_MENTION_H
#define ML_MENTION_MENTION_H

#include "rule/rule.h"

#define ML_NONE UINT32_MAX

/* What a body's or site's name was built from. */
typedef enum {
    ML_FORM_NONE,
    ML_FORM_FIXED, /* a row of bodies.tsv */
    ML_FORM_ORGAN, /* a row of organs.tsv, completed by a locality or body */
    ML_FORM_HEAD,  /* a row of heads.tsv and what follows it */
    ML_FORM_WORDS, /* no row: its words alone */
} ml_form;

/* Why it is one; the names are what records show. */
typedef enum {
    ML_VIA_TABLE,        /* a name of the gazetteer */
    ML_VIA_DESIGNATOR,   /* an unknown name behind a designator */
    ML_VIA_ORGAN,        /* an organ and what completes it */
    ML_VIA_HEAD,         /* grown from an open head */
    ML_VIA_TITLE,        /* a title or address stands before the name */
    ML_VIA_FAMILY,       /* begins with a family name, goes on with syllables of names */
    ML_VIA_CAPTION,      /* behind `Ảnh:` and the like, or a byline */
    ML_VIA_EVENT,        /* an event's noun */
    ML_VIA_ABBREVIATION, /* an abbreviation that the article introduces */
    ML_VIA_MODEL,        /* the learned model takes it for one */
    ML_VIAS,
} ml_via;

typedef struct {
    uint32_t begin, end;           /* tokens */
    uint32_t name_begin, name_end; /* a locality's or person's bare name */
    ml_entity_type type;
    ml_form form;
    ml_via via;
    bool risky;          /* needs support from elsewhere in the article */
    bool foreign;        /* a person's name with other than Vietnamese syllables */
    uint32_t row;        /* of the table that form and type tell, or ML_NONE */
    uint32_t designator; /* row, or ML_NONE; alone behind an organ it stands for the unit: `UBND tỉnh` */
    uint32_t field_begin, field_end;
    uint32_t inner;            /* index into `inner` of the locality or body within the name, or ML_NONE */
    uint32_t of_begin;         /* where `của` before the inner part begins, if `of` */
    bool of;                   /* `của` stands before the inner part */
    uint32_t same_as;          /* the mention whose abbreviation this is: `Tổ chức X (ABC)`; or ML_NONE */
    uint16_t confidence_milli; /* of ML_VIA_MODEL; else 0 */
} ml_mention;

/* A title, rank or address, with the modifiers in front of it: `nguyên Phó Chủ tịch`. */
typedef struct {
    uint32_t begin, end; /* tokens */
    uint32_t row;        /* of titles.tsv */
    ml_title_class kind;
    bool plural; /* `các Ủy viên` */
} ml_title_span;

typedef struct {
    const ml_mention *mention;
    const ml_mention *inner;
    const ml_title_span *title;
    uint32_t count, inner_count, title_count;
} ml_mentions;

/* The name of a via as records show it, such as "mention.family"; static. */
ml_str ml_via_name(ml_via via);

/* Finds them; the product lives in `arena`. ML_E_MEMORY. Thread-safe for different arenas. */
ml_status ml_mentions_find(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                           const ml_matches *matches, ml_date date, ml_arena *arena, ml_mentions *out, ml_error *error);

/* ---- what the learned model is asked, for its trainer ---- */

/* The features of a candidate by what they look at. */
typedef enum {
    ML_SECTION_SHAPE,  /* its form */
    ML_SECTION_WORDS,  /* its words */
    ML_SECTION_BEFORE, /* what stands before it */
    ML_SECTION_BEHIND, /* what stands behind it */
    ML_SECTION_TABLES, /* what the tables say of it */
    ML_SECTION_MEMORY, /* what the rest of the article says of its words */
    ML_SECTIONS,
} ml_section;

enum { ML_FEATURES = 96 };

/* A span of capitalised words that may be a name. */
typedef struct {
    uint32_t begin, end; /* tokens */
    uint32_t run;        /* spans of one run have one number */
    uint32_t claimed;    /* the mention that it is, or ML_NONE */
    uint32_t dropped;    /* the mention without support that it is, or ML_NONE */
    bool opens;          /* stands where any word has a capital */
    bool behind_letters; /* the rest of a run behind an abbreviation: `HLV` or a place */
    bool pretended;      /* a lone syllable, asked as if it were the end of some person's name in the article */
    uint8_t known;       /* bits 1 << ml_entity_type: as what the article uses the words elsewhere */
    uint64_t words;      /* equal for the same words */
    uint32_t feature[ML_FEATURES];
    uint32_t section_end[ML_SECTIONS]; /* of `feature`, in order */
} ml_candidate;

typedef struct {
    const ml_candidate *candidate;
    uint32_t count;
} ml_candidates;

/* What the rules find, without the model, and what the model would then be asked: spans that nothing claims, mentions of such a
 * form, as if nothing claimed them, and lone syllables that it would be asked in other articles. As ml_mentions_find(). */
ml_status ml_mentions_candidates(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                                 const ml_matches *matches, ml_date date, ml_arena *arena, ml_mentions *out,
                                 ml_candidates *candidates, ml_error *error);

#endif
