#include "store/inside.h"

#include <stdarg.h>
#include <stdlib.h>

ml_status ml_store_fail(const ml_store *store, ml_error *error)
{
    int code = sqlite3_errcode(store->handle);
    if (code == SQLITE_NOMEM)
        return ml_fail_memory(error);
    const char *advice = (code & 0xff) == SQLITE_BUSY ? ": another program writes to it; try again when that is done"
                         : (code & 0xff) == SQLITE_NOTADB ? ": this is no store of mangluoi; name another file"
                         : (code & 0xff) == SQLITE_FULL   ? ": make room on the disk"
                                                          : "";
    return ml_fail(error, ML_E_STORE, ml_str_from(store->path), "%s%s", sqlite3_errmsg(store->handle), advice);
}

sqlite3 *ml_store_handle(const ml_store *store)
{
    return store->handle;
}

ml_status ml_store_prepare(const ml_store *store, const char *sql, sqlite3_stmt **out, ml_error *error)
{
    if (sqlite3_prepare_v2(store->handle, sql, -1, out, NULL) != SQLITE_OK)
        return ml_store_fail(store, error);
    return ML_OK;
}

static void bind_text(sqlite3_stmt *statement, int place, ml_str text)
{
    sqlite3_bind_text(statement, place, text.len ? text.ptr : "", (int)text.len, SQLITE_STATIC);
}

static void bind_all(sqlite3_stmt *statement, const char *types, va_list values)
{
    for (int place = 1; *types; types++, place++) {
        switch (*types) {
        case 'i':
            sqlite3_bind_int64(statement, place, va_arg(values, int64_t));
            break;
        case 'u':
            sqlite3_bind_int64(statement, place, va_arg(values, uint32_t));
            break;
        case 'z':
            bind_text(statement, place, ml_str_from(va_arg(values, const char *)));
            break;
        default:
            bind_text(statement, place, va_arg(values, ml_str));
        }
    }
}

void ml_store_bind(sqlite3_stmt *statement, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    bind_all(statement, types, values);
    va_end(values);
}

ml_status ml_store_step(const ml_store *store, sqlite3_stmt *statement, bool *row, ml_error *error)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    return *row || code == SQLITE_DONE ? ML_OK : ml_store_fail(store, error);
}

ml_str ml_store_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return (ml_str){text ? text : "", (uint32_t)sqlite3_column_bytes(statement, column)};
}

ml_status ml_store__run(const ml_store *store, const char *sql, ml_error *error)
{
    return sqlite3_exec(store->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? ML_OK : ml_store_fail(store, error);
}

sqlite3_stmt *ml_store__ask(ml_store *store, ml_store__sql sql, ml_error *error, const char *types, ...)
{
    sqlite3_stmt **statement = &store->statement[sql];
    if (!*statement) {
        if (sqlite3_prepare_v3(store->handle, ml_store__sql_texts[sql], -1, SQLITE_PREPARE_PERSISTENT, statement,
                               NULL) != SQLITE_OK) {
            (void)ml_store_fail(store, error);
            return NULL;
        }
    }
    sqlite3_reset(*statement);
    va_list values;
    va_start(values, types);
    bind_all(*statement, types, values);
    va_end(values);
    return *statement;
}

ml_status ml_store__do(ml_store *store, sqlite3_stmt *statement, ml_error *error)
{
    if (!statement)
        return error && error->status != ML_OK ? error->status : ML_E_STORE;
    bool row;
    ml_status status = ml_store_step(store, statement, &row, error);
    sqlite3_reset(statement);
    return status;
}

enum { PATIENCE_MS = 5000, NAP_MS = 20 };

/* SQLite itself does not wait for other programs here. */
static ml_status write_ahead(ml_store *store, ml_error *error)
{
    int code = SQLITE_BUSY;
    for (int waited = 0; code == SQLITE_BUSY && waited < PATIENCE_MS; waited += NAP_MS) {
        if (waited)
            sqlite3_sleep(NAP_MS);
        code = sqlite3_exec(store->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) & 0xff;
    }
    return code == SQLITE_OK ? ML_OK : ml_store_fail(store, error);
}

static ml_status configure(ml_store *store, ml_error *error)
{
    if (!store->writes)
        return ml_store__run(store, "PRAGMA query_only = 1; PRAGMA mmap_size = 1073741824;", error);
    ML_TRY(write_ahead(store, error));
    return ml_store__run(store,
                         "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -262144;"
                         "PRAGMA wal_autocheckpoint = 65536; PRAGMA temp_store = MEMORY;",
                         error);
}

static ml_status open_file(ml_store *store, ml_error *error)
{
    int flags =
        SQLITE_OPEN_NOMUTEX | (store->writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    if (sqlite3_open_v2(store->path, &store->handle, flags, NULL) != SQLITE_OK)
        return store->handle ? ml_store_fail(store, error) : ml_fail_memory(error);
    sqlite3_busy_timeout(store->handle, PATIENCE_MS);
    ML_TRY(ml_store__check_schema(store, store->writes, error));
    ML_TRY(configure(store, error));
    return store->writes ? ml_store__load_judgements(store, error) : ML_OK;
}

static char *copy_path(const char *path)
{
    size_t len = strlen(path) + 1;
    char *copy = malloc(len);
    if (copy)
        memcpy(copy, path, len);
    return copy;
}

ml_status ml_store_open(const char *path, bool write, ml_store **out, ml_error *error)
{
    ml_store *store = calloc(1, sizeof *store);
    if (!store)
        return ml_fail_memory(error);
    store->writes = write;
    store->path = copy_path(path);
    ml_status status = store->path && ml_store__tally_new(&store->tally) ? ML_OK : ml_fail_memory(error);
    if (status == ML_OK)
        status = open_file(store, error);
    if (status != ML_OK) {
        ml_store_close(store);
        return status;
    }
    *out = store;
    return ML_OK;
}

static void dispose_cache(ml_store__cache *cache)
{
    ml_map_dispose(&cache->rows);
    ml_arena_dispose(&cache->arena);
}

void ml_store_close(ml_store *store)
{
    if (!store)
        return;
    if (store->in_transaction)
        ml_store__rollback(store);
    for (size_t i = 0; i < ML_SQLS; i++)
        sqlite3_finalize(store->statement[i]);
    sqlite3_close(store->handle);
    dispose_cache(&store->terms);
    dispose_cache(&store->vertices);
    dispose_cache(&store->forms);
    ml_store__tally_free(store->tally);
    ml_arena_dispose(&store->reading);
    ml_arena_dispose(&store->judging);
    ml_arena_dispose(&store->gathering);
    ml_buffer_dispose(&store->text);
    ml_buffer_dispose(&store->folded);
    ml_buffer_dispose(&store->bare);
    ml_buffer_dispose(&store->scratch);
    free(store->moved);
    free(store->path);
    free(store);
}

ml_status ml_store__begin(ml_store *store, ml_error *error)
{
    if (store->in_transaction)
        return ML_OK;
    ML_TRY(ml_store__run(store, "BEGIN IMMEDIATE", error));
    store->in_transaction = true;
    return ML_OK;
}

static void forget_cache(ml_store__cache *cache)
{
    ml_map_clear(&cache->rows);
    ml_arena_reset(&cache->arena);
}

void ml_store__forget_rows(ml_store *store)
{
    forget_cache(&store->terms);
    forget_cache(&store->vertices);
    forget_cache(&store->forms);
}

void ml_store__rollback(ml_store *store)
{
    for (size_t i = 0; i < ML_SQLS; i++)
        sqlite3_reset(store->statement[i]);
    (void)sqlite3_exec(store->handle, "ROLLBACK", NULL, NULL, NULL);
    ml_store__tally_clear(store->tally);
    ml_store__forget_rows(store);
    ml_buffer_renew(&store->text);
    ml_buffer_renew(&store->folded);
    ml_buffer_renew(&store->bare);
    ml_buffer_renew(&store->scratch);
    store->moved_count = 0;
    store->new_documents = store->new_vertices = store->new_edges = 0;
    store->in_transaction = false;
    store->pending = 0;
}

ml_status ml_store__commit(ml_store *store, ml_error *error)
{
    if (!store->in_transaction)
        return ML_OK;
    ml_status status = ml_store__flush(store, error);
    if (status == ML_OK && (store->text.failed || store->folded.failed || store->bare.failed || store->scratch.failed))
        status = ml_fail_memory(error);
    if (status == ML_OK)
        status = ml_store__run(store, "COMMIT", error);
    if (status != ML_OK) {
        ml_store__rollback(store);
        return status;
    }
    store->in_transaction = false;
    store->pending = 0;
    return ML_OK;
}

ml_status ml_store_commit(ml_store *store, ml_error *error)
{
    return ml_store__commit(store, error);
}

ml_status ml_store_measure(ml_store *store, ml_network_size *out, ml_error *error)
{
    sqlite3_stmt *ask;
    bool row;
    ML_TRY(ml_store__commit(store, error));
    ML_TRY(ml_store_prepare(store, "SELECT documents, vertices, edges FROM total", &ask, error));
    ml_status status = ml_store_step(store, ask, &row, error);
    *out = (ml_network_size){(uint64_t)sqlite3_column_int64(ask, 0), (uint64_t)sqlite3_column_int64(ask, 1),
                             (uint64_t)sqlite3_column_int64(ask, 2)};
    sqlite3_finalize(ask);
    return status;
}
