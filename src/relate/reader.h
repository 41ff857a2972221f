/* reader.h - what the steps of this room share. */
#ifndef ML_RELATE_READER_H
#define ML_RELATE_READER_H

#include "base/map.h"
#include "relate/relate.h"

/* A title with what it is the title of. */
typedef struct {
    uint32_t begin, end; /* tokens, the body or country included */
    uint32_t title;      /* index of the title span */
    uint32_t text_end;   /* the title's words are tokens [begin, text_end) */
    uint32_t target;     /* entity, or ML_NONE */
    uint32_t person;     /* entity of the holder, or ML_NONE */
    bool plural;
    bool lost; /* said to be held no longer */
    bool bare; /* what it is of is not said with it */
    ml_modality modality;
} ml_role;

/* A stretch of a sentence that stands for one entity: a name with its titles, or words that refer to it. */
typedef struct {
    uint32_t begin, end; /* tokens */
    uint32_t entity;
    ml_entity_type type;
    bool located; /* a locality behind `tại`, `ở`: a place, not an actor */
    bool aside;   /* behind `của`, `theo`: does not act */
    bool object;  /* right behind a verb: does not act on beyond a comma */
} ml_chunk;

/* A word that may say something, and the chunks [first, last) of its part of the text that lie near. */
typedef struct {
    uint32_t begin, end;
    uint32_t part, first, last;
    uint32_t behind; /* the first chunk that begins at the word or behind it */
} ml_trigger;

enum { ML_GROUP = 24 };

/* The entities that fill one end of a relation, and the tokens of the first of them that was found. */
typedef struct {
    uint32_t entity[ML_GROUP];
    uint32_t count, begin, end;
} ml_group;

typedef struct {
    const ml_gazetteer *gazetteer;
    const ml_rules *rules;
    const ml_tokens *tokens;
    const ml_matches *matches;
    const ml_mentions *mentions;
    const ml_entities *entities;
    ml_arena *arena;
    ml_role *role;
    ml_chunk *chunk;
    ml_token_span *part;    /* a sentence, or what a caption leaves of it: no statement goes beyond */
    uint32_t *part_of;      /* of each token; ML_NONE in a caption */
    uint32_t *first_chunk;  /* of each part; one more at the end */
    uint32_t *event_before; /* of each chunk the last event before it, or ML_NONE */
    uint32_t side[2][2];    /* whom `hai địa phương`, `hai nước` mean; or ML_NONE */
    uint32_t main_event;    /* the entity of the event that the article is about, or ML_NONE */
    bool *party;            /* of each entity: named with that event, or said to have met somebody or come to it */
    uint32_t *last_role;    /* of each person the role taken last, chained by role_before; or ML_NONE */
    uint32_t *role_before;
    bool *consumed;      /* of each mention: it belongs to a title */
    uint32_t *from, *to; /* of each person's mention the tokens of the name with the titles about it */
    ml_relation *relation;
    uint32_t *relation_bucket; /* the relations by their hash, chained by relation_next */
    uint32_t *relation_next;
    ml_map ids; /* the entities that the article names, by id */
    uint32_t role_count, chunk_count, part_count, relation_count, relation_cap, bucket_count;
} ml_reader;

/* The steps, in this order. */
void ml_read_roles(ml_reader *reader);
void ml_read_posts(ml_reader *reader);
void ml_read_parts(ml_reader *reader);
void ml_read_chunks(ml_reader *reader);
void ml_read_sides(ml_reader *reader);
void ml_read_frames(ml_reader *reader);

/* Adds a relation unless it is there; the surer one stays. */
void ml_reader_say(ml_reader *reader, ml_relation relation);

/* Fills `out` by the first of the ways that finds something. */
void ml_reader_seek(const ml_reader *reader, const ml_trigger *here, const ml_way *ways, uint32_t count, ml_group *out);

/* Is the entity an event of kind `visit`? */
bool ml_reader_is_visit(const ml_reader *reader, uint32_t entity);

/* Does one of the words begin at `at`? */
bool ml_reader_word_at(const ml_reader *reader, uint32_t at, const ml_words *words);

/* Does a cue of this class end right before `end`? Returns where it begins, or ML_NONE. */
static inline uint32_t ml_reader_cue_before(const ml_reader *reader, uint32_t end, ml_cue_class kind)
{
    return ml_cue_before(reader->gazetteer, reader->matches, end, kind);
}

static inline uint32_t ml_reader_sentence(const ml_reader *reader, uint32_t token)
{
    return reader->tokens->token[token].sentence;
}

/* Limits that keep the work on an article in proportion to its length. */
enum { ML_READER_ROLES = 64, ML_READER_ENTITIES = 1024 };

/* Are the two roles one person's: nothing, a mark or `kiêm` between them? */
bool ml_reader_chained(const ml_reader *reader, const ml_role *left, const ml_role *right);

/* The first mention that begins at `at` or behind it. */
uint32_t ml_reader_mention_from(const ml_reader *reader, uint32_t at);

/* The end of a cue of this class that begins at `at`, or `at`. */
static inline uint32_t ml_reader_cue(const ml_reader *reader, uint32_t at, ml_cue_class kind)
{
    return ml_cue_end(reader->gazetteer, reader->matches, at, kind);
}

/* Are the tokens [begin, end) only commas, hyphens, joining words and forms of address? Semicolons and colons count if
 * `wide`. */
bool ml_reader_joins(const ml_reader *reader, uint32_t begin, uint32_t end, bool wide);

/* The title span that begins at `at`, or NULL. */
const ml_title_span *ml_reader_title_at(const ml_reader *reader, uint32_t at);

/* Does the title speak of several: `các Phó Chủ tịch`, `các đồng chí`? */
bool ml_reader_plural(const ml_reader *reader, const ml_title_span *title);

/* The mention that begins at `at`, or ML_NONE. */
uint32_t ml_reader_mention_at(const ml_reader *reader, uint32_t at);

#endif
