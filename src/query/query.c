#include "query/pattern.h"

/* Which columns stand behind those of the variables. */
typedef struct {
    bool title, dates;
    uint32_t edge_count;
} extra_columns;

static extra_columns choose(const ml_pattern *pattern)
{
    extra_columns out = {.edge_count = 0};
    for (uint32_t i = 0; i < pattern->triple_count; i++) {
        const ml_triple *triple = &pattern->triple[i];
        out.edge_count += !triple->is_kind;
        out.title =
            out.title || triple->relation.variable || ml_str_equal(triple->relation.text, ML_STR("holds_position"));
    }
    out.dates = out.edge_count == 1;
    return out;
}

static ml_status put_text(ml_store *store, const char *sql, int64_t row, ml_answer *answer, ml_error *error)
{
    sqlite3_stmt *get;
    bool found;
    ML_TRY(ml_store_prepare(store, sql, &get, error));
    ml_store_bind(get, "i", row);
    ml_status status = ml_store_step(store, get, &found, error);
    for (int i = 0; status == ML_OK && i < sqlite3_column_count(get); i++)
        ml_answer_text(answer, found ? ml_store_text(get, i) : ML_STR(""));
    sqlite3_finalize(get);
    return status;
}

static ml_status put_titles(ml_store *store, sqlite3_stmt *row, int first, uint32_t count, ml_answer *answer,
                            ml_error *error)
{
    static const char sql[] = "SELECT t.text FROM edge e JOIN term t ON t.id = e.title WHERE e.id = ? AND t.text <> ''";
    for (uint32_t i = 0; i < count; i++) {
        sqlite3_stmt *get;
        bool found;
        ML_TRY(ml_store_prepare(store, sql, &get, error));
        ml_store_bind(get, "i", (int64_t)sqlite3_column_int64(row, first + (int)i));
        ml_status status = ml_store_step(store, get, &found, error);
        if (found)
            ml_answer_text(answer, ml_store_text(get, 0));
        sqlite3_finalize(get);
        if (status != ML_OK || found)
            return status;
    }
    ml_answer_text(answer, ML_STR(""));
    return ML_OK;
}

static ml_status put_row(ml_store *store, const ml_pattern *pattern, const ml_question *question,
                         const extra_columns *extra, sqlite3_stmt *row, ml_answer *answer, ml_error *error)
{
    int at = 0;
    for (uint32_t i = 0; i < pattern->variable_count; i++, at++) {
        int64_t id = sqlite3_column_int64(row, at);
        if (pattern->is_relation[i])
            ML_TRY(put_text(store, "SELECT text FROM term WHERE id = ?", id, answer, error));
        else
            ML_TRY(ml_query_entity(store, id, question, answer, error));
    }
    int64_t articles = sqlite3_column_int64(row, at++);
    if (extra->title)
        ML_TRY(put_titles(store, row, at, extra->edge_count, answer, error));
    ml_answer_number(answer, articles);
    if (extra->dates)
        ML_TRY(
            put_text(store, "SELECT first, last FROM edge WHERE id = ?", sqlite3_column_int64(row, at), answer, error));
    for (uint32_t i = 0; i < extra->edge_count; i++)
        ML_TRY(ml_query_why(store, sqlite3_column_int64(row, at + (int)i), question, answer, error));
    return ML_OK;
}

static ml_status answer_pattern(ml_store *store, const ml_pattern *pattern, const ml_question *question,
                                const char *sql, ml_answer *answer, ml_error *error)
{
    sqlite3_stmt *rows;
    bool row;
    extra_columns extra = choose(pattern);
    for (uint32_t i = 0; i < pattern->variable_count; i++)
        ml_answer_column(answer, pattern->variable[i], pattern->is_relation[i] ? ML_COLUMN_TEXT : ML_COLUMN_ENTITY);
    if (extra.title)
        ml_answer_column(answer, ML_STR("title"), ML_COLUMN_TEXT);
    ml_answer_column(answer, ML_STR("articles"), ML_COLUMN_NUMBER);
    if (extra.dates) {
        ml_answer_column(answer, ML_STR("first"), ML_COLUMN_TEXT);
        ml_answer_column(answer, ML_STR("last"), ML_COLUMN_TEXT);
    }
    ML_TRY(ml_store_prepare(store, sql, &rows, error));
    ml_query_bind(rows, question);
    ml_status status = ml_store_step(store, rows, &row, error);
    while (status == ML_OK && row) {
        status = put_row(store, pattern, question, &extra, rows, answer, error);
        if (status == ML_OK)
            status = ml_store_step(store, rows, &row, error);
    }
    sqlite3_finalize(rows);
    return status;
}

/* The SQL, and how SQLite goes about it. */
static ml_status explain(ml_store *store, const char *sql, const ml_question *question, ml_sink sink, ml_error *error)
{
    ml_buffer out = {0};
    sqlite3_stmt *plan = NULL;
    bool row;
    ml_buffer_format(&out, "EXPLAIN QUERY PLAN %s", sql);
    ml_buffer_char(&out, '\0');
    ml_status status = out.failed ? ml_fail_memory(error) : ml_store_prepare(store, out.ptr, &plan, error);
    ml_buffer_clear(&out);
    if (status != ML_OK) {
        ml_buffer_dispose(&out);
        return status;
    }
    ml_query_bind(plan, question);
    ml_buffer_format(&out, "%s\n\n", sql);
    status = ml_store_step(store, plan, &row, error);
    while (status == ML_OK && row) {
        ml_buffer_str(&out, ml_store_text(plan, 3));
        ml_buffer_char(&out, '\n');
        status = ml_store_step(store, plan, &row, error);
    }
    sqlite3_finalize(plan);
    if (status == ML_OK)
        status = out.failed ? ml_fail_memory(error) : sink.write(sink.payload, out.ptr, out.len);
    ml_buffer_dispose(&out);
    return status;
}

static ml_status run(ml_store *store, const char *text, const ml_question *question, ml_arena *arena, ml_buffer *sql,
                     ml_sink sink, ml_error *error)
{
    ml_pattern pattern;
    ML_TRY(ml_query_check(question, error));
    ML_TRY(ml_pattern__read(store, ml_str_from(text), question, arena, &pattern, error));
    ML_TRY(ml_pattern__compile(&pattern, question, sql, error));
    if (question->explain)
        return explain(store, sql->ptr, question, sink, error);
    ml_answer answer = {0};
    ml_status status = answer_pattern(store, &pattern, question, sql->ptr, &answer, error);
    if (status == ML_OK)
        status = ml_answer_write(&answer, question->format, sink, error);
    ml_answer_dispose(&answer);
    return status;
}

ml_status ml_store_query(ml_store *store, const char *pattern, const ml_question *question, ml_sink sink,
                         ml_error *error)
{
    ml_arena arena = {0};
    ml_buffer sql = {0};
    ml_status status = run(store, pattern, question, &arena, &sql, sink, error);
    ml_buffer_dispose(&sql);
    ml_arena_dispose(&arena);
    return status;
}
