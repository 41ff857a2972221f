#include "query/query.h"

#include "base/date.h"

static ml_status check_date(const char *option, const char *date, ml_error *error)
{
    ml_date read;
    if (date && (!*date || !ml_date_read(ml_str_from(date), &read)))
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "--%s %s: give a day, month or year as 2017-05-31, 2017-05, 2017",
                       option, date);
    return ML_OK;
}

ml_status ml_query_check(const ml_question *question, ml_error *error)
{
    static const char *const formats[] = {"table", "tsv", "csv", "jsonl"};
    bool known = !question->format;
    for (size_t i = 0; i < sizeof formats / sizeof *formats && !known; i++)
        known = strcmp(question->format, formats[i]) == 0;
    if (!known)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "--format %s: there are table, tsv, csv and jsonl",
                       question->format);
    ML_TRY(check_date("since", question->since, error));
    ML_TRY(check_date("until", question->until, error));
    return check_date("as-of", question->as_of, error);
}

/* A month or year ends behind its last day: `~` is greater than any character of a date. */
static const char said[] =
    "CASE WHEN s.date <> '' THEN s.date ELSE (SELECT date FROM document d WHERE d.id = s.document) END";

void ml_query_filter(const ml_question *question, const char *edge, ml_buffer *sql)
{
    if (question->min_weight > 1)
        ml_buffer_format(sql, " AND %s.weight >= %u", edge, question->min_weight);
    if (question->since)
        ml_buffer_format(sql, " AND %s.last >= :since", edge);
    if (question->until)
        ml_buffer_format(sql, " AND %s.first <> '' AND %s.first <= :until || '~'", edge, edge);
    if (question->since && question->until)
        ml_buffer_format(
            sql, " AND EXISTS (SELECT 1 FROM statement s WHERE s.edge = %s.id AND %s BETWEEN :since AND :until || '~')",
            edge, said);
    if (question->as_of)
        ml_buffer_format(
            sql,
            " AND CASE WHEN EXISTS (SELECT 1 FROM position p WHERE p.edge = %s.id) THEN EXISTS"
            " (SELECT 1 FROM position p WHERE p.edge = %s.id AND CASE WHEN p.since <> '' THEN"
            " p.since <= :as_of || '~' AND (p.until = '' OR p.until >= :as_of) ELSE p.status <> 'ended'"
            " AND (%s.first = '' OR %s.first <= :as_of || '~') AND (%s.last = '' OR %s.last >= :as_of) END)"
            " ELSE %s.first <= :as_of || '~' END",
            edge, edge, edge, edge, edge, edge, edge);
}

static void bind_date(sqlite3_stmt *statement, const char *name, const char *date)
{
    int place = sqlite3_bind_parameter_index(statement, name);
    if (place && date)
        sqlite3_bind_text(statement, place, date, -1, SQLITE_STATIC);
}

void ml_query_bind(sqlite3_stmt *statement, const ml_question *question)
{
    bind_date(statement, ":since", question->since);
    bind_date(statement, ":until", question->until);
    bind_date(statement, ":as_of", question->as_of);
}

ml_status ml_query_term(const ml_store *store, ml_str text, int64_t *out, ml_error *error)
{
    sqlite3_stmt *find;
    bool row;
    ML_TRY(ml_store_prepare(store, "SELECT id FROM term WHERE text = ?", &find, error));
    ml_store_bind(find, "s", text);
    ml_status status = ml_store_step(store, find, &row, error);
    *out = row ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_finalize(find);
    return status;
}

/* The id that a locality's successors lead to by a day, and its name in the tables. */
static ml_status follow(ml_store *store, ml_str id, const char *as_of, ml_arena *arena, ml_str *out, ml_str *name,
                        ml_error *error)
{
    *out = id;
    for (int hop = 0; hop < 4; hop++) {
        sqlite3_stmt *get;
        bool row;
        ML_TRY(ml_store_prepare(store, "SELECT until, successors, names FROM known WHERE id = ?", &get, error));
        ml_store_bind(get, "s", *out);
        ml_status status = ml_store_step(store, get, &row, error);
        ml_str until = row ? ml_arena_copy(arena, ml_store_text(get, 0)) : ML_STR("");
        ml_str next = row ? ml_arena_copy(arena, ml_store_text(get, 1)) : ML_STR("");
        ml_str names = row ? ml_arena_copy(arena, ml_store_text(get, 2)) : ML_STR("");
        sqlite3_finalize(get);
        ML_TRY(status);
        if (hop) { /* its name with the designator is the second, where there is one */
            ml_str first = ml_str_split(&names, '|');
            ml_str second = names.ptr ? ml_str_split(&names, '|') : first;
            *name = ml_str_ends(second, first) ? second : first;
        }
        bool gone = until.len && ml_str_compare(until, ml_str_from(as_of)) < 0;
        if (!gone || !next.len || ml_str_find(next, '|', 0) < next.len)
            return ML_OK;
        *out = next;
    }
    return ML_OK;
}

ml_status ml_query_successor(ml_store *store, int64_t vertex, const char *as_of, ml_arena *arena, ml_str *id,
                             ml_str *label, ml_error *error)
{
    sqlite3_stmt *get;
    bool row;
    ML_TRY(ml_store_prepare(store, "SELECT name, label, type FROM vertex WHERE id = ?", &get, error));
    ml_store_bind(get, "i", vertex);
    ml_status status = ml_store_step(store, get, &row, error);
    *id = ml_arena_copy(arena, ml_store_text(get, 0));
    *label = ml_arena_copy(arena, ml_store_text(get, 1));
    bool locality = row && sqlite3_column_int(get, 2) == ML_LOCALITY;
    sqlite3_finalize(get);
    if (status == ML_OK && locality && as_of)
        status = follow(store, *id, as_of, arena, id, label, error);
    return status == ML_OK && arena->failed ? ml_fail_memory(error) : status;
}

ml_status ml_query_entity(ml_store *store, int64_t vertex, const ml_question *question, ml_answer *answer,
                          ml_error *error)
{
    ml_arena arena = {0};
    ml_str id, label;
    ml_status status = ml_query_successor(store, vertex, question->as_of, &arena, &id, &label, error);
    if (status == ML_OK)
        ml_answer_entity(answer, label, id);
    ml_arena_dispose(&arena);
    return status;
}

ml_status ml_query_why(ml_store *store, int64_t edge, const ml_question *question, ml_answer *answer, ml_error *error)
{
    sqlite3_stmt *list;
    bool row;
    if (!question->why)
        return ML_OK;
    ML_TRY(ml_store_prepare(store,
                            "SELECT d.name, CASE WHEN s.date <> '' THEN s.date ELSE d.date END, s.start, s.stop,"
                            " coalesce(x.text, '') FROM statement s JOIN document d ON d.id = s.document"
                            " LEFT JOIN sentence x ON x.document = s.document AND x.start = s.start AND x.stop = s.stop"
                            " WHERE s.edge = ? ORDER BY s.confidence DESC, 2 DESC, d.name, s.number LIMIT 3",
                            &list, error));
    ml_store_bind(list, "i", edge);
    ml_status status = ml_store_step(store, list, &row, error);
    while (status == ML_OK && row) {
        ml_answer_evidence(answer, ml_store_text(list, 0), ml_store_text(list, 1),
                           (uint32_t)sqlite3_column_int64(list, 2), (uint32_t)sqlite3_column_int64(list, 3),
                           ml_store_text(list, 4));
        status = ml_store_step(store, list, &row, error);
    }
    sqlite3_finalize(list);
    return status;
}
