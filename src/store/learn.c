#include "store/inside.h"

#include <stdio.h>

static ml_status collect(void *payload, const char *bytes, size_t len)
{
    ml_buffer *out = payload;
    ml_buffer_bytes(out, bytes, len);
    return out->failed ? ML_E_MEMORY : ML_OK;
}

enum { COLUMNS = 16 };

typedef struct {
    ml_str cell[COLUMNS];
    uint32_t count;
} tsv_row;

static tsv_row split_row(ml_str line)
{
    tsv_row row = {.count = 0};
    while (line.ptr && row.count < COLUMNS)
        row.cell[row.count++] = ml_str_split(&line, '\t');
    return row;
}

/* The cell of the column called so, empty where the table has no such column. */
static ml_str cell_of(const tsv_row *head, const tsv_row *row, const char *name)
{
    for (uint32_t i = 0; i < head->count && i < row->count; i++) {
        if (ml_str_equal(head->cell[i], ml_str_from(name)))
            return row->cell[i];
    }
    return ML_STR("");
}

/* Binds what the table of the store has of a row. `names` is room for a text. */
typedef void (*take_row)(sqlite3_stmt *insert, const tsv_row *head, const tsv_row *row, uint32_t number,
                         ml_buffer *names);

static ml_status learn_table(ml_store *store, const ml_context *context, const char *table, const char *sql,
                             take_row take, ml_error *error)
{
    ml_buffer text = {0}, names = {0};
    sqlite3_stmt *insert = NULL;
    ml_status status = ml_gazetteer_list(context, table, (ml_sink){collect, &text}, error);
    if (text.failed)
        status = ml_fail_memory(error);
    if (status == ML_OK)
        status = ml_store_prepare(store, sql, &insert, error);
    ml_str rest = ml_buffer_view(&text);
    ml_str first = ml_str_split(&rest, '\n');
    tsv_row head = split_row(first);
    for (uint32_t number = 0; status == ML_OK && rest.ptr && rest.len; number++) {
        bool row;
        tsv_row cells = split_row(ml_str_split(&rest, '\n'));
        sqlite3_reset(insert);
        ml_buffer_clear(&names);
        take(insert, &head, &cells, number, &names);
        status = names.failed ? ml_fail_memory(error) : ml_store_step(store, insert, &row, error);
    }
    sqlite3_finalize(insert);
    ml_buffer_dispose(&text);
    ml_buffer_dispose(&names);
    return status;
}

/* A row of localities, bodies or officials: all its names in one field. */
static void take_known(sqlite3_stmt *insert, const tsv_row *head, const tsv_row *row, uint32_t number, ml_buffer *names)
{
    (void)number;
    ml_str name = cell_of(head, row, "name"), designator = cell_of(head, row, "designator");
    ml_str aliases = cell_of(head, row, "aliases");
    ml_buffer_str(names, name);
    if (designator.len) {
        ml_buffer_char(names, '|');
        ml_buffer_str(names, designator);
        ml_buffer_char(names, ' ');
        ml_buffer_str(names, name);
    }
    if (aliases.len) {
        ml_buffer_char(names, '|');
        ml_buffer_str(names, aliases);
    }
    ml_store_bind(insert, "sssssss", cell_of(head, row, "id"), cell_of(head, row, "level"), ml_buffer_view(names),
                  cell_of(head, row, "parent"), cell_of(head, row, "since"), cell_of(head, row, "until"),
                  cell_of(head, row, "successors"));
}

static void take_office(sqlite3_stmt *insert, const tsv_row *head, const tsv_row *row, uint32_t number,
                        ml_buffer *names)
{
    (void)names;
    ml_store_bind(insert, "sussss", cell_of(head, row, "person"), number, cell_of(head, row, "title"),
                  cell_of(head, row, "body"), cell_of(head, row, "since"), cell_of(head, row, "until"));
}

/* Other tables than those that the store has? Their hash is kept with them. */
static ml_status is_new(ml_store *store, const ml_context *context, ml_str *hash, char out[20], bool *changed,
                        ml_error *error)
{
    static const char *const tables[] = {"localities", "bodies", "officials", "offices"};
    ml_buffer text = {0};
    ml_status status = ML_OK;
    for (size_t i = 0; status == ML_OK && i < sizeof tables / sizeof *tables; i++)
        status = ml_gazetteer_list(context, tables[i], (ml_sink){collect, &text}, error);
    snprintf(out, 20, "%016llx", (unsigned long long)ml_str_hash(ml_buffer_view(&text)));
    *hash = ml_str_from(out);
    ml_buffer_dispose(&text);
    ML_TRY(status);
    sqlite3_stmt *get;
    bool row;
    ML_TRY(ml_store_prepare(store, "SELECT value FROM setting WHERE name = 'gazetteers'", &get, error));
    status = ml_store_step(store, get, &row, error);
    *changed = !row || !ml_str_equal(ml_store_text(get, 0), *hash);
    sqlite3_finalize(get);
    return status;
}

static ml_status write_setting(ml_store *store, ml_str hash, ml_error *error)
{
    sqlite3_stmt *set;
    bool row;
    ML_TRY(ml_store_prepare(store, "INSERT OR REPLACE INTO setting VALUES('gazetteers', ?)", &set, error));
    ml_store_bind(set, "s", hash);
    ml_status status = ml_store_step(store, set, &row, error);
    sqlite3_finalize(set);
    return status;
}

static ml_status name_again(ml_store *store, int64_t vertex, ml_error *error)
{
    return ml_store__name_vertex(store, vertex, true, error);
}

/* Does something to every row that a query gives. */
static ml_status for_each(ml_store *store, const char *sql,
                          ml_status (*work)(ml_store *store, int64_t row, ml_error *error), ml_error *error)
{
    sqlite3_stmt *list;
    bool row;
    ML_TRY(ml_store_prepare(store, sql, &list, error));
    ml_status status = ml_store_step(store, list, &row, error);
    while (status == ML_OK && row) {
        status = work(store, sqlite3_column_int64(list, 0), error);
        if (status == ML_OK)
            status = ml_store_step(store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}

/* What was found with the tables of before: names, posts and who is an official may be others now. */
static ml_status apply(ml_store *store, ml_error *error)
{
    ML_TRY(for_each(store, "SELECT DISTINCT entity FROM claim ORDER BY 1", ml_store__tell_apart, error));
    ML_TRY(ml_store__settle(store, error));
    ML_TRY(ml_store__flush(store, error));
    ML_TRY(for_each(store, "SELECT id FROM vertex WHERE documents > 0 ORDER BY 1", name_again, error));
    return for_each(store, "SELECT edge FROM position GROUP BY edge ORDER BY 1", ml_store__place_edge, error);
}

static ml_status learn_all(ml_store *store, const ml_context *context, ml_str hash, ml_error *error)
{
    static const char insert[] = "INSERT OR IGNORE INTO known VALUES(?, ?, ?, ?, ?, ?, ?)";
    ML_TRY(ml_store__run(store, "DELETE FROM known; DELETE FROM office", error));
    ML_TRY(learn_table(store, context, "localities", insert, take_known, error));
    ML_TRY(learn_table(store, context, "bodies", insert, take_known, error));
    ML_TRY(learn_table(store, context, "officials", insert, take_known, error));
    ML_TRY(learn_table(store, context, "offices", "INSERT INTO office VALUES(?, ?, ?, ?, ?, ?)", take_office, error));
    ML_TRY(write_setting(store, hash, error));
    return apply(store, error);
}

ml_status ml_store_learn(ml_store *store, const ml_context *context, ml_error *error)
{
    ml_str hash;
    char digits[20];
    bool changed;
    ML_TRY(is_new(store, context, &hash, digits, &changed, error));
    if (!changed)
        return ML_OK;
    ML_TRY(ml_store__begin(store, error));
    ml_status status = ml_store__flush(store, error);
    if (status == ML_OK)
        status = learn_all(store, context, hash, error);
    if (status == ML_OK)
        return ml_store__commit(store, error);
    ml_store__rollback(store);
    return status;
}
