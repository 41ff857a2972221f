#include "store/inside.h"

/* Version 1. Names of tables and columns are described in docs/STORE.md. Dates are texts as records have them, '' where
 * unknown. `type` of vertices and forms is an ml_entity_type, of statements and edges a row of `term`. */
static const char *const version_1[] = {
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE total(documents INTEGER NOT NULL, vertices INTEGER NOT NULL, edges INTEGER NOT NULL) STRICT;"
    "INSERT INTO total VALUES(0, 0, 0);"
    "CREATE TABLE term(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
    /* What the articles say. */
    "CREATE TABLE document(id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,"
    " date TEXT NOT NULL, source TEXT NOT NULL, digest INTEGER NOT NULL) STRICT;"
    "CREATE INDEX document_hash ON document(hash);"
    "CREATE TABLE form(id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, type INTEGER NOT NULL, name TEXT NOT NULL,"
    " date TEXT NOT NULL, parent TEXT NOT NULL) STRICT;"
    "CREATE INDEX form_entity ON form(entity);"
    "CREATE TABLE appearance(document INTEGER NOT NULL, number INTEGER NOT NULL, form INTEGER NOT NULL,"
    " vertex INTEGER NOT NULL, PRIMARY KEY(document, number)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX appearance_vertex ON appearance(vertex, document);"
    "CREATE TABLE mention(document INTEGER NOT NULL, number INTEGER NOT NULL, appearance INTEGER NOT NULL,"
    " start INTEGER NOT NULL, stop INTEGER NOT NULL, type INTEGER NOT NULL, rule INTEGER NOT NULL,"
    " confidence INTEGER NOT NULL, PRIMARY KEY(document, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE statement(document INTEGER NOT NULL, number INTEGER NOT NULL, type INTEGER NOT NULL,"
    " source INTEGER NOT NULL, target INTEGER NOT NULL, title INTEGER NOT NULL, date TEXT NOT NULL,"
    " modality INTEGER NOT NULL, rule INTEGER NOT NULL, confidence INTEGER NOT NULL, start INTEGER NOT NULL,"
    " stop INTEGER NOT NULL, edge INTEGER, PRIMARY KEY(document, number)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX statement_edge ON statement(edge, document) WHERE edge IS NOT NULL;"
    "CREATE TABLE sentence(document INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    " text TEXT NOT NULL, PRIMARY KEY(document, start, stop)) STRICT, WITHOUT ROWID;",
    /* Who is who. */
    "CREATE TABLE claim(entity INTEGER NOT NULL, unit INTEGER NOT NULL, year INTEGER NOT NULL,"
    " documents INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY(entity, unit, year)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX claim_unit ON claim(unit);"
    "CREATE TABLE bond(entity INTEGER NOT NULL, unit_a INTEGER NOT NULL, year INTEGER NOT NULL,"
    " unit_b INTEGER NOT NULL, documents INTEGER NOT NULL, PRIMARY KEY(entity, unit_a, year, unit_b)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE judgement(a TEXT NOT NULL, b TEXT NOT NULL, same INTEGER NOT NULL, PRIMARY KEY(a, b)) STRICT,"
    " WITHOUT ROWID;",
    /* The network. */
    "CREATE TABLE vertex(id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, name TEXT NOT NULL, entity INTEGER NOT NULL,"
    " part_of INTEGER NOT NULL, leader INTEGER NOT NULL, documents INTEGER NOT NULL DEFAULT 0,"
    " type INTEGER NOT NULL DEFAULT 0, label TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '',"
    " parent TEXT NOT NULL DEFAULT '', first TEXT NOT NULL DEFAULT '', last TEXT NOT NULL DEFAULT '') STRICT;"
    "CREATE INDEX vertex_hash ON vertex(hash);"
    "CREATE INDEX vertex_entity ON vertex(entity) WHERE entity <> 0;"
    "CREATE INDEX vertex_leader ON vertex(leader) WHERE leader <> 0;"
    "CREATE TABLE vertex_form(vertex INTEGER NOT NULL, form INTEGER NOT NULL, documents INTEGER NOT NULL,"
    " PRIMARY KEY(vertex, form)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX vertex_form_form ON vertex_form(form);"
    "CREATE TABLE edge(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, type INTEGER NOT NULL, target INTEGER NOT NULL,"
    " title INTEGER NOT NULL, weight INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,"
    " confidence INTEGER NOT NULL) STRICT;"
    "CREATE UNIQUE INDEX edge_source ON edge(source, type, target, title);"
    "CREATE INDEX edge_target ON edge(target, type, source);"
    "CREATE INDEX edge_type ON edge(type);"
    "CREATE TABLE position(edge INTEGER NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, status TEXT NOT NULL,"
    " PRIMARY KEY(edge, since)) STRICT, WITHOUT ROWID;",
    /* Names, and what the gazetteers knew when articles were added last. */
    "CREATE TABLE name(id INTEGER PRIMARY KEY, vertex INTEGER NOT NULL, hash INTEGER NOT NULL, folded TEXT NOT NULL,"
    " bare TEXT NOT NULL) STRICT;"
    "CREATE INDEX name_hash ON name(hash);"
    "CREATE INDEX name_vertex ON name(vertex);"
    "CREATE VIRTUAL TABLE name_search USING fts5(bare, content='name', content_rowid='id', columnsize=0,"
    " tokenize='unicode61 remove_diacritics 0');"
    "CREATE TABLE known(id TEXT PRIMARY KEY, level TEXT NOT NULL, names TEXT NOT NULL, parent TEXT NOT NULL,"
    " since TEXT NOT NULL, until TEXT NOT NULL, successors TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE office(person TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,"
    " since TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY(person, number)) STRICT, WITHOUT ROWID;"
    "PRAGMA application_id = 0x6d6c7374; PRAGMA user_version = 1;",
    NULL,
};

/* migrations[n] brings a file of version n to n + 1; NULL behind the last text. */
static const char *const *const migrations[ML_STORE_VERSION] = {version_1};

/* All in one statement: another program may be making the store just now. */
static ml_status read_kind(const ml_store *store, int64_t *application, int64_t *version, int64_t *tables,
                           ml_error *error)
{
    sqlite3_stmt *statement;
    bool row = false;
    ML_TRY(ml_store_prepare(store,
                            "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
                            " FROM pragma_application_id, pragma_user_version",
                            &statement, error));
    ml_status status = ml_store_step(store, statement, &row, error);
    *application = row ? sqlite3_column_int64(statement, 0) : 0;
    *version = row ? sqlite3_column_int64(statement, 1) : 0;
    *tables = row ? sqlite3_column_int64(statement, 2) : 0;
    sqlite3_finalize(statement);
    return status;
}

static ml_status read_pragma(const ml_store *store, const char *sql, int64_t *out, ml_error *error)
{
    sqlite3_stmt *statement;
    bool row = false;
    ML_TRY(ml_store_prepare(store, sql, &statement, error));
    ml_status status = ml_store_step(store, statement, &row, error);
    *out = row ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return status;
}

static ml_status migrate(const ml_store *store, int64_t version, ml_error *error)
{
    ML_TRY(ml_store__run(store, "BEGIN IMMEDIATE", error));
    ml_status status =
        read_pragma(store, "PRAGMA user_version", &version, error); /* another writer may have been first */
    for (; status == ML_OK && version < ML_STORE_VERSION; version++) {
        for (size_t i = 0; status == ML_OK && migrations[version][i]; i++)
            status = ml_store__run(store, migrations[version][i], error);
    }
    if (status == ML_OK)
        return ml_store__run(store, "COMMIT", error);
    ml_error ignored = {0};
    (void)ml_store__run(store, "ROLLBACK", &ignored);
    return status;
}

ml_status ml_store__check_schema(const ml_store *store, bool write, ml_error *error)
{
    int64_t application, version, tables;
    ML_TRY(read_kind(store, &application, &version, &tables, error));
    if (application != ML_STORE_APPLICATION_ID && (tables || application || !write))
        return ml_fail(error, ML_E_STORE, ml_str_from(store->path), "this is no store of mangluoi: name another file");
    if (version > ML_STORE_VERSION)
        return ml_fail(error, ML_E_STORE, ml_str_from(store->path),
                       "the store was written by a newer mangluoi (schema %lld, this program knows %d): use that one",
                       (long long)version, ML_STORE_VERSION);
    if (version == ML_STORE_VERSION)
        return ML_OK;
    if (!write)
        return ml_fail(error, ML_E_STORE, ml_str_from(store->path),
                       "the store is of an older version: any `mangluoi build -o` to it brings it up to date");
    return migrate(store, version, error);
}
