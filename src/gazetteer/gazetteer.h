/* gazetteer.h - what exists: localities, bodies, organs, titles, officials, and all their names.
 *
 *     gazetteers/ tables --load, check--> | gazetteer | --> matches in the tokens of a text
 *
 * Immutable once loaded; any number of threads may read it. Rows refer to each other by index into their list.
 * docs/DATA.md describes the tables; the knowledge is in them, none is here.
 */
#ifndef ML_GAZETTEER_GAZETTEER_H
#define ML_GAZETTEER_GAZETTEER_H

#include "base/date.h"
#include "gazetteer/patterns.h"

#define ML_NO_ROW UINT32_MAX

typedef enum {
    ML_LEVEL_NONE,
    ML_LEVEL_COUNTRY,
    ML_LEVEL_REGION,
    ML_LEVEL_PROVINCE,
    ML_LEVEL_DISTRICT,
    ML_LEVEL_COMMUNE,
    ML_LEVEL_CITY, /* abroad */
    ML_LEVEL_FOREIGN_PROVINCE,
    ML_LEVEL_BODY,    /* of organs only: completed by another body */
    ML_LEVEL_CENTRAL, /* of organs only */
    ML_LEVELS,
} ml_level;

enum {                            /* flags of rows, bits */
       ML_FLAG_BARE = 1,          /* counts without designator or complement */
       ML_FLAG_COMMON = 2,        /* also an ordinary word or a person's name */
       ML_FLAG_DESIGNATED = 4,    /* never counts without its designator */
       ML_FLAG_LOWER = 8,         /* may be written without capitals */
       ML_FLAG_GROUP = 16,        /* names a group: no mention */
       ML_FLAG_FIELD = 32,        /* a field of administration follows */
       ML_FLAG_CAPITAL_HEAD = 64, /* counts only when its own first letter is a capital */
       ML_FLAG_SITE = 128,
       ML_FLAG_INSIDE_BODY = 256, /* a title whose last syllable begins a body's name */
       ML_FLAG_FAMILY = 1024,
       ML_FLAG_ABBREVIATION = 4096,
       ML_FLAG_SUFFIX = 8192,           /* a modifier that may stand behind its title */
       ML_FLAG_LINK = 16384,            /* a modifier between two titles, no part of either: `kiêm` */
       ML_FLAG_SHORT = 131072,          /* of heads: what follows names the body alone too */
       ML_FLAG_NAMED_AFTER = 524288,    /* of heads: a person's name may follow */
       ML_FLAG_BEHIND_NAME = 2097152,   /* of organs: small letters will do behind a person's name */
       ML_FLAG_OUTSIDE_SMALL = 1048576, /* of heads: no part of the name where it begins small */
       ML_FLAG_OUTSIDE = 262144,        /* of heads: no part of the name */
       ML_FLAG_FORMER = 32768,          /* a modifier of posts once held */
       ML_FLAG_LOST = 65536,            /* and the one that titles of lost posts are written with */
};

typedef struct {
    ml_str id, name, designator;
    ml_date since, until;
    uint32_t parent; /* locality row, or ML_NO_ROW */
    ml_level level;
    uint32_t flags;
} ml_locality;

typedef struct {
    ml_str id, name, kind;
    ml_date since, until;
    uint32_t parent; /* body row, or ML_NO_ROW */
    uint32_t flags;  /* ML_FLAG_SITE: a named place, no body */
} ml_body;

typedef struct {
    ml_str id, name, kind, pattern;
    uint32_t levels; /* bits 1 << ml_level */
    uint32_t flags;
} ml_organ;

enum { ML_TAIL_CAPITALS = 1, ML_TAIL_FIELD = 2, ML_TAIL_NUMBER = 4, ML_TAIL_QUOTED = 8 };

typedef struct {
    ml_str id, name, kind;
    uint32_t tail; /* ML_TAIL_ bits */
    uint32_t flags;
} ml_head;

typedef struct {
    ml_str id, name, ministry;
} ml_field;

typedef enum { ML_TITLE_POST, ML_TITLE_RANK, ML_TITLE_ADDRESS, ML_TITLE_PROFESSION, ML_TITLE_MODIFIER } ml_title_class;

typedef struct {
    ml_str id, name, level, body;
    ml_title_class kind;
    uint32_t flags;
} ml_title;

typedef struct {
    ml_str id, name, country;
    ml_date birth;
    uint32_t flags;
} ml_official;

typedef struct {
    ml_str id, title, body;
    ml_date since, until;
} ml_office;

/* How often a syllable was seen in each place of a personal name. */
typedef struct {
    uint32_t family, middle, given;
    uint32_t flags;
    bool known;
} ml_syllable;

typedef struct ml_gazetteer {
    ml_vocabulary *vocabulary;
    ml_patterns *patterns;
    const ml_locality *locality;
    const ml_body *body;
    const ml_organ *organ;
    const ml_head *head;
    const ml_field *field;
    const ml_title *title;
    const ml_official *official;
    const ml_office *office;
    const ml_syllable *syllable; /* by symbol */
    uint32_t locality_count, body_count, organ_count, head_count, field_count, title_count, official_count,
        office_count, syllable_count;
    struct ml_gazetteer_storage *storage;
} ml_gazetteer;

/* Loads all tables of folder `gazetteers`, syllables folded by folder `models`. Faults are collected, all of them: the
 * product is fit for use only where there are none. The caller owns *out. ML_E_IO, ML_E_MEMORY. */
ml_status ml_gazetteer_new(const char *gazetteers, const char *models, ml_gazetteer **out, ml_faults *faults,
                           ml_error *error);
void ml_gazetteer_free(ml_gazetteer *gazetteer);

/* Adds `names`, separated by `|` (a `~` in front marks a risky one). `form` says of what: its list, row, kind and `is_name`
 * count, the rest is set here. While loading. */
ml_status ml_gazetteer_learn(ml_gazetteer *gazetteer, ml_pattern form, ml_str names, ml_faults *faults, ml_str file,
                             uint32_t line, ml_error *error);

/* The row of the body or locality with this id, or ML_NO_ROW. */
uint32_t ml_gazetteer_find_body(const ml_gazetteer *gazetteer, ml_str id);
uint32_t ml_gazetteer_find_locality(const ml_gazetteer *gazetteer, ml_str id);

/* What the tables know of a syllable as part of a personal name; all zeros where they know nothing. */
ml_syllable ml_gazetteer_syllable(const ml_gazetteer *gazetteer, uint32_t symbol);

/* Where a row stands. */
typedef struct {
    ml_str file; /* without folders */
    uint32_t line;
    ml_str id;
} ml_row_place;

/* False for lists that are not tables of the gazetteer, and rows that are not there. */
bool ml_gazetteer_row(const ml_gazetteer *gazetteer, ml_list list, uint32_t row, ml_row_place *out);

/* The level of a name such as "province"; ML_LEVEL_NONE for none. */
ml_level ml_level_find(ml_str name);

/* Writes the rows that bear `name` in any spelling; see ml_gazetteer_lookup() in mangluoi.h. */
ml_status ml_gazetteer_find_rows(const ml_gazetteer *gazetteer, ml_str name, ml_date date, ml_sink sink, uint64_t *rows,
                                 ml_error *error);

/* Writes the rows of a table, or the tables; see ml_gazetteer_list() in mangluoi.h. */
ml_status ml_gazetteer_write_rows(const ml_gazetteer *gazetteer, const char *table, ml_sink sink, ml_error *error);

#endif
