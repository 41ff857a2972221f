/* inside.h - what the files of this room share. */
#ifndef ML_STORE_INSIDE_H
#define ML_STORE_INSIDE_H

#include "base/arena.h"
#include "base/map.h"
#include "store/sql.h"
#include "store/store.h"

/* Row numbers of texts that were looked up before; forgotten when it grows too large, so that memory stays bounded. */
typedef struct {
    ml_arena arena;
    ml_map rows;
} ml_store__cache;

/* What the articles of the running transaction change in an edge or vertex; see tally.c. */
typedef struct ml_store__tally ml_store__tally;

/* `same` or `different`, with the ids that the file has. */
typedef struct {
    ml_str a, b;
    bool same;
} ml_store__judgement;

struct ml_store {
    sqlite3 *handle;
    char *path;
    bool writes, in_transaction;
    bool joins_due;   /* judgements across ids are to be applied anew */
    uint32_t pending; /* articles of the running transaction */
    sqlite3_stmt *statement[ML_SQLS];
    ml_store__cache terms, vertices, forms;
    ml_store__tally *tally;
    ml_arena reading;   /* of the record that is being added */
    ml_arena judging;   /* of the judgements */
    ml_arena gathering; /* of persons that are being told apart */
    ml_store__judgement *judgements;
    uint32_t judgement_count;
    ml_buffer text, folded, bare, scratch;
    int64_t new_documents, new_vertices, new_edges; /* of the running transaction; below 0: fewer */
    int64_t *moved;                                 /* documents whose vertices are to be found anew */
    size_t moved_count, moved_cap;
};

enum { ML_STORE_CACHE_ROWS = 400000, ML_STORE_BATCH = 20000 };

ml_status ml_store__check_schema(const ml_store *store, bool write, ml_error *error);

/* Runs SQL that gives no rows. */
ml_status ml_store__run(const ml_store *store, const char *sql, ml_error *error);

/* The compiled statement, reset and with its parameters bound as by ml_store_bind(); NULL after a failure. */
sqlite3_stmt *ml_store__ask(ml_store *store, ml_store__sql sql, ml_error *error, const char *types, ...);

/* Steps a statement that changes something; `statement` may be NULL after a failure. */
ml_status ml_store__do(ml_store *store, sqlite3_stmt *statement, ml_error *error);

/* ---- names of things, as row numbers (intern.c) ---- */

ml_status ml_store__term(ml_store *store, ml_str text, int64_t *out, ml_error *error);

/* The vertex row of an id, made if need be; a new one has no documents. `entity` is the row of the record's id that it is
 * a part of, 0 for itself. */
ml_status ml_store__vertex(ml_store *store, ml_str name, int64_t entity, int64_t *out, ml_error *error);

/* The row of an id, 0 where there is none. */
ml_status ml_store__find_vertex(ml_store *store, ml_str name, int64_t *out, ml_error *error);
ml_status ml_store__form(ml_store *store, const ml_record_entity *form, int64_t entity, int64_t *out, ml_error *error);

/* ---- an article's facts (article.c) ---- */

/* Something that an article has. `vertex` is what it is in the network. */
typedef struct {
    int64_t entity, form, vertex;
    int64_t node; /* of a person whose claims were just counted; 0: to be looked up */
    ml_str id, parent;
    ml_entity_type type;
} ml_store__appearance;

typedef struct {
    int64_t type, title, edge; /* edge 0: states no fact */
    uint32_t source, target;   /* appearances */
    ml_str date;
    uint16_t confidence_milli;
    bool symmetric, holds, stated;
} ml_store__statement;

/* An article as it is linked into the network. */
typedef struct {
    int64_t id;
    ml_str date;
    uint32_t appearance_count, statement_count;
    ml_store__appearance *appearance;
    ml_store__statement *statement;
} ml_store__article;

/* Reads the stored article; lives in `arena`. */
ml_status ml_store__load_article(ml_store *store, int64_t document, ml_arena *arena, ml_store__article *out,
                                 ml_error *error);

/* ---- the network (link.c, claim.c) ---- */

/* Finds the vertex of each appearance and the edge of each statement. */
ml_status ml_store__link(ml_store *store, ml_store__article *article, ml_error *error);

/* Adds (`sign` 1) the article's facts to the tallies of the transaction, or takes them away (-1). */
ml_status ml_store__tally_article(ml_store *store, const ml_store__article *article, int sign, ml_error *error);

/* Counts the claims of the article's persons up or down, tells those persons apart anew whose claims changed. */
ml_status ml_store__claim(ml_store *store, const ml_store__article *article, int sign, ml_error *error);

/* Links the articles anew whose persons moved. */
ml_status ml_store__settle(ml_store *store, ml_error *error);

/* ---- persons (person.c, judge.c) ---- */

enum {
    ML_STORE_UNITS = 16,
    ML_STORE_CAREER_YEARS = 25, /* posts in one unit further apart are two persons' */
};

/* The ids of the units of the posts that the article gives a person, sorted, each once; without any it is one, "". */
uint32_t ml_store__units(const ml_store__article *article, uint32_t appearance, ml_str units[ML_STORE_UNITS]);

/* The id of a node: `ID-UNIT`, and `ID-UNIT-YEAR` for a later career, the unit as six hexadecimal digits; without a unit the
 * id alone. */
ml_str ml_store__node_name(ml_store *store, ml_str id, ml_str unit, uint32_t year, ml_arena *arena);

/* The year of a date, 0 where it has none. */
uint32_t ml_store__year(ml_str date);

/* The vertex that stands for a node; `name` (may be NULL) becomes its id, copied into `arena`. */
ml_status ml_store__leader(ml_store *store, int64_t node, int64_t *out, ml_str *name, ml_arena *arena, ml_error *error);

/* Is it the id of an official of the tables? */
ml_status ml_store__is_official(ml_store *store, ml_str id, bool *official, ml_error *error);

/* Tells apart the persons that share the id of vertex row `entity`; notes the documents that move. */
ml_status ml_store__tell_apart(ml_store *store, int64_t entity, ml_error *error);
ml_status ml_store__load_judgements(ml_store *store, ml_error *error);

/* Joins what judgements across ids say is the same; notes the documents that move. */
ml_status ml_store__join(ml_store *store, ml_error *error);
ml_status ml_store__note_moved(ml_store *store, int64_t vertex, int64_t entity, ml_error *error);

/* ---- the running transaction (tally.c) ---- */

bool ml_store__tally_new(ml_store__tally **out);
void ml_store__tally_free(ml_store__tally *tally);

/* From here on another article is counted: an edge or vertex counts each once. */
void ml_store__tally_begin(ml_store__tally *tally);
void ml_store__tally_clear(ml_store__tally *tally);

/* The edge of a key, made if need be. */
ml_status ml_store__edge(ml_store *store, int64_t source, int64_t type, int64_t target, int64_t title, bool holds,
                         int64_t *out, ml_error *error);

/* `sign` 1 adds, -1 takes away, 0 has the row measured anew. */
ml_status ml_store__tally_edge(ml_store *store, int64_t edge, int sign, ml_str date, uint16_t confidence_milli,
                               ml_error *error);
ml_status ml_store__tally_vertex(ml_store *store, int64_t vertex, int64_t form, int sign, ml_str date, ml_error *error);

/* Writes the tallies to the tables. */
ml_status ml_store__flush(ml_store *store, ml_error *error);

/* ---- names (name.c), offices (position.c) ---- */

/* Elects a vertex's label, type, date and parent from its forms, and brings the names up to date by which it is found. */
ml_status ml_store__name_vertex(ml_store *store, int64_t vertex, bool forms_changed, ml_error *error);

/* Writes since, until and status of a holds_position edge. */
ml_status ml_store__place_edge(ml_store *store, int64_t edge, ml_error *error);

/* Forgets the row numbers that are remembered: rows may be gone. */
void ml_store__forget_rows(ml_store *store);

/* Starts the transaction if none runs; ends it, with everything written. */
ml_status ml_store__begin(ml_store *store, ml_error *error);
ml_status ml_store__commit(ml_store *store, ml_error *error);
void ml_store__rollback(ml_store *store);

#endif
