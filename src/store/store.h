/* store.h - the archive in one SQLite file: what each article says, and the network that follows from all of them.
 *
 *     records --add--> | documents, statements | --link--> | vertices, edges, positions | --> query, view, graph
 *
 * docs/STORE.md describes the tables and how persons are told apart. What articles say is kept as it came; the network is
 * a function of the set of articles and of the judgements, kept up to date article by article. One writer at a time; any
 * number of readers, each with an ml_store of its own. An ml_store belongs to one thread.
 */
#ifndef ML_STORE_STORE_H
#define ML_STORE_STORE_H

#include "base/error.h"
#include "record/record.h"

#include <sqlite3.h>

enum { ML_STORE_APPLICATION_ID = 0x6d6c7374, ML_STORE_VERSION = 1 };

/* The connection, for rooms that ask. Borrowed. */
sqlite3 *ml_store_handle(const ml_store *store);

/* Compiles `sql`. The caller finalises *out. ML_E_STORE. */
ml_status ml_store_prepare(const ml_store *store, const char *sql, sqlite3_stmt **out, ml_error *error);

/* Binds the parameters in their order by the letters of `types`: `i` int64_t, `u` uint32_t, `s` ml_str, `z` char *. The
 * strings must live until the statement is reset. */
void ml_store_bind(sqlite3_stmt *statement, const char *types, ...);

/* Steps on; *row tells whether there is a row. ML_E_STORE. */
ml_status ml_store_step(const ml_store *store, sqlite3_stmt *statement, bool *row, ml_error *error);

/* A text column, a view that the next step ends. */
ml_str ml_store_text(sqlite3_stmt *statement, int column);

/* Reports the connection's last failure. */
ml_status ml_store_fail(const ml_store *store, ml_error *error);

#endif
