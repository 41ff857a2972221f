#include "query/query.h"

ml_status ml_query_rows(ml_store *store, sqlite3_stmt *rows, const char *kinds, const ml_question *question,
                        ml_answer *answer, ml_error *error)
{
    bool row;
    ml_status status = ml_store_step(store, rows, &row, error);
    while (status == ML_OK && row) {
        for (int i = 0; status == ML_OK && kinds[i]; i++) {
            int64_t number = kinds[i] == 't' ? 0 : sqlite3_column_int64(rows, i);
            if (kinds[i] == 'e')
                status = ml_query_entity(store, number, question, answer, error);
            else if (kinds[i] == 'n')
                ml_answer_number(answer, number);
            else if (kinds[i] == 't')
                ml_answer_text(answer, ml_store_text(rows, i));
            else if (number)
                status = ml_query_why(store, number, question, answer, error);
        }
        if (status == ML_OK)
            status = ml_store_step(store, rows, &row, error);
    }
    sqlite3_finalize(rows);
    return status;
}

void ml_query_list(const ml_vertices *vertices, ml_buffer *sql)
{
    for (uint32_t i = 0; i < vertices->count; i++)
        ml_buffer_format(sql, "%s%lld", i ? ", " : "(", (long long)vertices->row[i]);
    ml_buffer_char(sql, ')');
}

ml_status ml_query_prepare(ml_store *store, const ml_question *question, const char *order, ml_buffer *sql,
                           sqlite3_stmt **out, ml_error *error)
{
    if (*order)
        ml_buffer_format(sql, " ORDER BY %s", order);
    if (question->limit)
        ml_buffer_format(sql, " LIMIT %u", question->limit);
    ml_buffer_char(sql, '\0');
    if (sql->failed)
        return ml_fail_memory(error);
    ML_TRY(ml_store_prepare(store, sql->ptr, out, error));
    ml_query_bind(*out, question);
    return ML_OK;
}
