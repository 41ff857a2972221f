/* query.h - questions to a store, each answered as a table: who, what, when, and the sentences that say so.
 *
 *     question --find names, compile--> | SQL | --rows--> table, TSV, CSV, JSON lines
 *
 * Nothing here changes a store or loads a gazetteer: a question is answered in the time that its own rows take. The doors
 * for programs are the ml_store_ functions of mangluoi.h that take an ml_question.
 */
#ifndef ML_QUERY_QUERY_H
#define ML_QUERY_QUERY_H

#include "base/buffer.h"
#include "store/store.h"

/* ---- answers ---- */

typedef enum { ML_COLUMN_TEXT, ML_COLUMN_NUMBER, ML_COLUMN_ENTITY } ml_column_kind;

typedef struct {
    ml_str name; /* must outlive the answer */
    ml_column_kind kind;
} ml_column;

enum { ML_ANSWER_COLUMNS = 16 };

/* Rows of a table that is being put together; dispose what was begun. */
typedef struct {
    ml_column column[ML_ANSWER_COLUMNS];
    uint32_t column_count;
    bool has_evidence;
    ml_buffer text;  /* of all cells */
    ml_buffer cells; /* ml_answer_cell after ml_answer_cell */
    uint64_t rows;
} ml_answer;

void ml_answer_column(ml_answer *answer, ml_str name, ml_column_kind kind);

/* The next cell of the row: a text, a number in digits, or an entity's label with its id. Rows need no further ado. */
void ml_answer_text(ml_answer *answer, ml_str text);
void ml_answer_number(ml_answer *answer, int64_t number);
void ml_answer_entity(ml_answer *answer, ml_str label, ml_str id);

/* A sentence that says what the last row says. */
void ml_answer_evidence(ml_answer *answer, ml_str article, ml_str date, uint32_t start, uint32_t end, ml_str sentence);

/* Writes all. `format` is that of ml_question. ML_E_USAGE: no such format; ML_E_MEMORY, or what the sink says. */
ml_status ml_answer_write(const ml_answer *answer, const char *format, ml_sink sink, ml_error *error);
void ml_answer_dispose(ml_answer *answer);

/* ---- names and filters ---- */

/* Rows of vertices, in an arena. */
typedef struct {
    int64_t *row;
    uint32_t count;
} ml_vertices;

/* The vertices that a name or id means: one, or, with an `as_of`, a locality and what became part of it. ML_E_USAGE: nothing
 * bears the name, or several do; the message lists them. */
ml_status ml_query_find(ml_store *store, ml_str name, const ml_question *question, ml_arena *arena, ml_vertices *out,
                        ml_error *error);

/* Checks dates and format of a question. ML_E_USAGE. */
ml_status ml_query_check(const ml_question *question, ml_error *error);

/* The row of a relation type, 0 where no article has one. */
ml_status ml_query_term(const ml_store *store, ml_str text, int64_t *out, ml_error *error);

/* Appends ` AND ...` that keeps the edges of alias `edge` which the question's filters let pass. The dates are bound by
 * ml_query_bind() to the parameters :since, :until and :as_of. */
void ml_query_filter(const ml_question *question, const char *edge, ml_buffer *sql);
void ml_query_bind(sqlite3_stmt *statement, const ml_question *question);

/* Adds the cell of a vertex: its label, or with `as_of` that of what it is part of by then. */
ml_status ml_query_entity(ml_store *store, int64_t vertex, const ml_question *question, ml_answer *answer,
                          ml_error *error);

/* A vertex's id and label, copied into `arena`; of a locality, with an `as_of` (may be NULL), those of its successor. */
ml_status ml_query_successor(ml_store *store, int64_t vertex, const char *as_of, ml_arena *arena, ml_str *id,
                             ml_str *label, ml_error *error);

/* Adds the rows of a statement that is bound already and is finalised here: `kinds` has a letter for each of its columns,
 * `e` the row of a vertex, `t` a text, `n` a number, `w` an edge whose sentences say so, which is no column. */
ml_status ml_query_rows(ml_store *store, sqlite3_stmt *rows, const char *kinds, const ml_question *question,
                        ml_answer *answer, ml_error *error);

/* Appends `(1, 2, 3)`. */
void ml_query_list(const ml_vertices *vertices, ml_buffer *sql);

/* Appends ` ORDER BY` the words of `order` (may be empty) and ` LIMIT`, and a NUL; compiles and binds the dates. */
ml_status ml_query_prepare(ml_store *store, const ml_question *question, const char *order, ml_buffer *sql,
                           sqlite3_stmt **out, ml_error *error);

/* Adds the sentences of an edge to the last row, some of the surest, if the question asks why. */
ml_status ml_query_why(ml_store *store, int64_t edge, const ml_question *question, ml_answer *answer, ml_error *error);

#endif
