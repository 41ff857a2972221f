#include "store/import.h"

#include "base/file.h"

#include <stdlib.h>

static const size_t most_bytes = (size_t)2 * 1024 * 1024 * 1024;

ml_status ml_store__import_vertex(ml_store *store, const ml_import_vertex *vertex, ml_error *error)
{
    int64_t row, form;
    const ml_record_entity entity = {
        .id = vertex->id, .name = vertex->label, .type = vertex->type, .date = vertex->date, .parent = vertex->parent};
    ML_TRY(ml_store__vertex(store, vertex->id, 0, &row, error));
    ML_TRY(ml_store__form(store, &entity, row, &form, error));
    ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_VERTEX_FORM_ADD, error, "iii", row, form, vertex->documents),
                        error));
    ML_TRY(ml_store__do(store,
                        ml_store__ask(store, ML_SQL_VERTEX_SET_DATES, error, "issi", row, vertex->first, vertex->last,
                                      vertex->documents > 0 ? vertex->documents : (int64_t)1),
                        error));
    store->new_vertices++;
    return ml_store__name_vertex(store, row, true, error);
}

static ml_status import_document(ml_store *store, ml_str name, int64_t *out, ml_error *error)
{
    bool row;
    int64_t hash = (int64_t)ml_str_hash(name);
    const ml_str none = ML_STR("");
    sqlite3_stmt *find = ml_store__ask(store, ML_SQL_DOCUMENT_FIND, error, "is", hash, name);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, &row, error));
    *out = row ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    if (*out)
        return ML_OK;
    ML_TRY(ml_store__do(
        store, ml_store__ask(store, ML_SQL_DOCUMENT_ADD, error, "issssi", hash, name, none, none, none, (int64_t)0),
        error));
    *out = sqlite3_last_insert_rowid(store->handle);
    store->new_documents++;
    return ML_OK;
}

static uint32_t read_digits(ml_str text)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
        number = number * 10 + (uint32_t)(text.ptr[i] - '0');
    return number;
}

/* `ARTICLE#START-END`, or an article alone. The file dates edges, not statements: they bear the date of the edge's last. */
static ml_status import_statement(ml_store *store, const ml_import_edge *edge, int64_t row, int64_t type, int64_t title,
                                  ml_str evidence, uint32_t number, ml_error *error)
{
    ml_str article = evidence;
    uint32_t start = 0, stop = 0;
    for (uint32_t i = evidence.len; i-- > 0;) {
        if (evidence.ptr[i] != '#')
            continue;
        ml_str rest = ml_str_slice(evidence, i + 1, evidence.len);
        article = ml_str_slice(evidence, 0, i);
        start = read_digits(ml_str_split(&rest, '-'));
        stop = rest.ptr ? read_digits(rest) : 0;
        break;
    }
    int64_t document, none;
    ML_TRY(import_document(store, article, &document, error));
    ML_TRY(ml_store__term(store, ML_STR(""), &none, error));
    return ml_store__do(store,
                        ml_store__ask(store, ML_SQL_STATEMENT_ADD, error, "iiiuuisiiuuui", document,
                                      row * 100000 + (int64_t)number, type, 0u, 0u, title,
                                      number ? edge->last : edge->first, none, none, edge->confidence_milli, start,
                                      stop, row),
                        error);
}

ml_status ml_store__import_edge(ml_store *store, const ml_import_edge *edge, ml_error *error)
{
    int64_t source, target, type, title;
    ML_TRY(ml_store__find_vertex(store, edge->source, &source, error));
    ML_TRY(ml_store__find_vertex(store, edge->target, &target, error));
    if (!source || !target)
        return ml_fail(error, ML_E_SYNTAX, ML_STR(""), "an edge leads to a vertex that is not there");
    ML_TRY(ml_store__term(store, edge->type, &type, error));
    ML_TRY(ml_store__term(store, edge->title, &title, error));
    sqlite3_stmt *add = ml_store__ask(store, ML_SQL_EDGE_ADD, error, "iiiiiissu", (int64_t)0, source, type, target,
                                      title, edge->weight, edge->first, edge->last, edge->confidence_milli);
    if (add)
        sqlite3_bind_null(add, 1);
    ML_TRY(ml_store__do(store, add, error));
    int64_t row = sqlite3_last_insert_rowid(store->handle);
    store->new_edges++;
    ml_str rest = edge->evidence;
    for (uint32_t number = 0; rest.ptr && rest.len; number++)
        ML_TRY(
            import_statement(store, edge, row, type, title, ml_str_split(&rest, ML_IMPORT_SEPARATOR), number, error));
    return ml_str_equal(edge->type, ML_STR("holds_position")) ? ml_store__place_edge(store, row, error) : ML_OK;
}

static ml_status import_file(ml_store *store, const char *path, ml_error *error)
{
    ml_buffer text = {0};
    ml_str name = ml_str_from(path);
    ml_status status = ml_file_read(path, most_bytes, &text, error);
    if (status == ML_OK)
        status = ml_store__begin(store, error);
    ml_error why = {0};
    if (status == ML_OK) {
        status = ml_str_ends(name, ML_STR(".json")) ? ml_store__import_json(store, ml_buffer_view(&text), &why)
                                                    : ml_store__import_graphml(store, ml_buffer_view(&text), &why);
        if (status != ML_OK)
            (void)ml_fail_at(error, status, name, why.line, why.column, "%s", why.message);
    }
    ml_buffer_dispose(&text);
    return status == ML_OK ? ml_store__commit(store, error) : status;
}

ml_status ml_store_import(const char *path, ml_store **out, ml_error *error)
{
    ml_store *store = NULL;
    ML_TRY(ml_store_open(":memory:", true, &store, error));
    ml_status status = import_file(store, path, error);
    if (status == ML_OK)
        *out = store;
    else
        ml_store_close(store);
    return status;
}
