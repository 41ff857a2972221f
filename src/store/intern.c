#include "store/inside.h"

static void trim(ml_store__cache *cache)
{
    if (cache->rows.used < ML_STORE_CACHE_ROWS)
        return;
    ml_map_clear(&cache->rows);
    ml_arena_reset(&cache->arena);
}

/* Keeps the row of a text for next time. */
static ml_status keep(ml_store__cache *cache, ml_str text, int64_t row, ml_error *error)
{
    trim(cache);
    ml_str copy = ml_arena_copy(&cache->arena, text);
    uint32_t value = (uint32_t)row;
    if (row > UINT32_MAX)
        return ml_fail(error, ML_E_LIMIT, ML_STR(""), "the store is full: more than %u rows of one kind", UINT32_MAX);
    if (cache->arena.failed || !ml_map_add(&cache->rows, copy, &value, NULL))
        return ml_fail_memory(error);
    return ML_OK;
}

static bool recall(const ml_store__cache *cache, ml_str text, int64_t *row)
{
    uint32_t value;
    if (!cache->rows.used || !ml_map_find(&cache->rows, text, &value))
        return false;
    *row = value;
    return true;
}

/* The first column of the first row; 0 where there is none. */
static ml_status first_row(ml_store *store, sqlite3_stmt *statement, int64_t *out, ml_error *error)
{
    if (!statement)
        return ML_E_STORE;
    bool row;
    ML_TRY(ml_store_step(store, statement, &row, error));
    *out = row ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return ML_OK;
}

ml_status ml_store__term(ml_store *store, ml_str text, int64_t *out, ml_error *error)
{
    if (!text.ptr)
        text = ML_STR("");
    if (recall(&store->terms, text, out))
        return ML_OK;
    ML_TRY(first_row(store, ml_store__ask(store, ML_SQL_TERM_FIND, error, "s", text), out, error));
    if (!*out) {
        ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_TERM_ADD, error, "s", text), error));
        *out = sqlite3_last_insert_rowid(store->handle);
    }
    return keep(&store->terms, text, *out, error);
}

ml_status ml_store__find_vertex(ml_store *store, ml_str name, int64_t *out, ml_error *error)
{
    if (recall(&store->vertices, name, out))
        return ML_OK;
    int64_t hash = (int64_t)ml_str_hash(name);
    return first_row(store, ml_store__ask(store, ML_SQL_VERTEX_FIND, error, "is", hash, name), out, error);
}

ml_status ml_store__vertex(ml_store *store, ml_str name, int64_t entity, int64_t *out, ml_error *error)
{
    int64_t row;
    ML_TRY(ml_store__find_vertex(store, name, &row, error));
    if (!row) {
        int64_t hash = (int64_t)ml_str_hash(name);
        ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_VERTEX_ADD, error, "isi", hash, name, entity), error));
        row = sqlite3_last_insert_rowid(store->handle);
    }
    *out = row;
    return keep(&store->vertices, name, row, error);
}

ml_status ml_store__form(ml_store *store, const ml_record_entity *form, int64_t entity, int64_t *out, ml_error *error)
{
    ml_buffer *key = &store->scratch;
    ml_buffer_clear(key);
    ml_buffer_format(key, "%lld %d ", (long long)entity, (int)form->type);
    ml_buffer_str(key, form->name);
    ml_buffer_char(key, '\n');
    ml_buffer_str(key, form->date);
    ml_buffer_char(key, '\n');
    ml_buffer_str(key, form->parent);
    if (key->failed)
        return ml_fail_memory(error);
    if (recall(&store->forms, ml_buffer_view(key), out))
        return ML_OK;
    ML_TRY(first_row(store,
                     ml_store__ask(store, ML_SQL_FORM_FIND, error, "iusss", entity, (uint32_t)form->type, form->name,
                                   form->date, form->parent),
                     out, error));
    if (!*out) {
        ML_TRY(ml_store__do(store,
                            ml_store__ask(store, ML_SQL_FORM_ADD, error, "iusss", entity, (uint32_t)form->type,
                                          form->name, form->date, form->parent),
                            error));
        *out = sqlite3_last_insert_rowid(store->handle);
    }
    return keep(&store->forms, ml_buffer_view(key), *out, error);
}
