#include "query/query.h"

typedef struct {
    ml_store *store;
    const ml_question *question;
    ml_vertices who;
    int64_t parent_hash; /* of what `who` is part of */
    ml_answer answer;
    ml_arena arena;
    ml_buffer sql;
} inquiry;

static const char label_order[] = "(SELECT label || ' ' || name FROM vertex WHERE id = %s)";

static void add_columns(ml_answer *answer, const char *const *names, const char *kinds)
{
    for (size_t i = 0; kinds[i]; i++) {
        if (kinds[i] != 'w')
            ml_answer_column(answer, ml_str_from(names[i]),
                             kinds[i] == 'e'   ? ML_COLUMN_ENTITY
                             : kinds[i] == 'n' ? ML_COLUMN_NUMBER
                                               : ML_COLUMN_TEXT);
    }
}

static ml_status begin(inquiry *work, const char *name, ml_error *error)
{
    ML_TRY(ml_query_check(work->question, error));
    return name ? ml_query_find(work->store, ml_str_from(name), work->question, &work->arena, &work->who, error)
                : ML_OK;
}

static ml_status finish(inquiry *work, ml_status status, ml_sink sink, ml_error *error)
{
    if (status == ML_OK)
        status = ml_answer_write(&work->answer, work->question->format, sink, error);
    ml_answer_dispose(&work->answer);
    ml_arena_dispose(&work->arena);
    ml_buffer_dispose(&work->sql);
    return status;
}

/* Adds the rows of what stands in work->sql. */
static ml_status add_rows(inquiry *work, const char *order, const char *kinds, ml_error *error)
{
    sqlite3_stmt *rows;
    ML_TRY(ml_query_prepare(work->store, work->question, order, &work->sql, &rows, error));
    ml_buffer_clear(&work->sql);
    return ml_query_rows(work->store, rows, kinds, work->question, &work->answer, error);
}

static ml_status put_type(inquiry *work, ml_error *error)
{
    int64_t type = 0;
    if (!work->question->type)
        return ML_OK;
    ML_TRY(ml_query_term(work->store, ml_str_from(work->question->type), &type, error));
    if (!type)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "--type %s: no article states such a relation",
                       work->question->type);
    ml_buffer_format(&work->sql, " AND e.type = %lld", (long long)type);
    return ML_OK;
}

/* ---- neighbors ---- */

static ml_status put_side(inquiry *work, const char *near, const char *far, const char *arrow, ml_error *error)
{
    ml_buffer_format(&work->sql,
                     "SELECT e.%s AS other, (SELECT text FROM term WHERE id = e.type) AS relation, '%s' AS way,"
                     " (SELECT text FROM term WHERE id = e.title) AS title, e.weight AS weight, e.first, e.last,"
                     " e.id FROM edge e WHERE e.%s IN ",
                     far, arrow, near);
    ml_query_list(&work->who, &work->sql);
    ML_TRY(put_type(work, error));
    ml_query_filter(work->question, "e", &work->sql);
    return ML_OK;
}

static ml_status list_neighbors(inquiry *work, const char *name, ml_error *error)
{
    static const char *const names[] = {"neighbor", "relation", "way", "title", "articles", "first", "last"};
    ML_TRY(begin(work, name, error));
    add_columns(&work->answer, names, "etttntt");
    ml_buffer_str(&work->sql, ML_STR("SELECT * FROM ("));
    ML_TRY(put_side(work, "source", "target", "->", error));
    ml_buffer_str(&work->sql, ML_STR(" UNION ALL "));
    ML_TRY(put_side(work, "target", "source", "<-", error));
    ml_buffer_char(&work->sql, ')');
    ml_buffer order = {0};
    ml_buffer_str(&order, ML_STR("weight DESC, "));
    ml_buffer_format(&order, label_order, "other");
    ml_buffer_str(&order, ML_STR(", relation, way, title"));
    ml_buffer_char(&order, '\0');
    ml_status status = order.failed ? ml_fail_memory(error) : add_rows(work, order.ptr, "etttnttw", error);
    ml_buffer_dispose(&order);
    return status;
}

ml_status ml_store_neighbors(ml_store *store, const char *name, const ml_question *question, ml_sink sink,
                             ml_error *error)
{
    inquiry work = {.store = store, .question = question};
    return finish(&work, list_neighbors(&work, name, error), sink, error);
}

/* ---- timeline ---- */

static ml_status list_days(inquiry *work, const char *name, ml_error *error)
{
    static const char *const names[] = {"date", "source", "relation", "target", "title", "article"};
    ML_TRY(begin(work, name, error));
    add_columns(&work->answer, names, "tetett");
    for (int side = 0; side < 2; side++) {
        ml_buffer_str(&work->sql, side ? ML_STR(" UNION ")
                                       : ML_STR("SELECT day, source, relation, target, title, article, edge FROM ("));
        ml_buffer_str(
            &work->sql,
            ML_STR("SELECT CASE WHEN s.date <> '' THEN s.date ELSE d.date END AS day, e.source AS source,"
                   " (SELECT text FROM term WHERE id = e.type) AS relation, e.target AS target,"
                   " (SELECT text FROM term WHERE id = e.title) AS title, d.name AS article, s.number AS number,"
                   " e.id AS edge FROM edge e JOIN statement s ON s.edge = e.id JOIN document d ON d.id = s.document"));
        ml_buffer_str(&work->sql, side ? ML_STR(" WHERE e.target IN ") : ML_STR(" WHERE e.source IN "));
        ml_query_list(&work->who, &work->sql);
        ML_TRY(put_type(work, error));
        if (work->question->min_weight > 1)
            ml_buffer_format(&work->sql, " AND e.weight >= %u", work->question->min_weight);
    }
    ml_buffer_str(&work->sql, ML_STR(") WHERE 1"));
    if (work->question->since)
        ml_buffer_str(&work->sql, ML_STR(" AND day >= :since"));
    if (work->question->until)
        ml_buffer_str(&work->sql, ML_STR(" AND day <> '' AND day <= :until || '~'"));
    if (work->question->as_of)
        ml_buffer_str(&work->sql, ML_STR(" AND day <= :as_of || '~'"));
    return add_rows(work, "day = '', day, article, number, relation, title, edge", "tetettw", error);
}

ml_status ml_store_timeline(ml_store *store, const char *name, const ml_question *question, ml_sink sink,
                            ml_error *error)
{
    inquiry work = {.store = store, .question = question};
    return finish(&work, list_days(&work, name, error), sink, error);
}

/* ---- show ---- */

/* Rows `what, value, articles, first, last`; :v is the vertex. */
static ml_status add_facts(inquiry *work, const char *sql, bool limited, ml_error *error)
{
    sqlite3_stmt *rows;
    ML_TRY(ml_store_prepare(work->store, sql, &rows, error));
    int place = sqlite3_bind_parameter_index(rows, ":v");
    if (place)
        sqlite3_bind_int64(rows, place, work->who.row[0]);
    place = sqlite3_bind_parameter_index(rows, ":hash");
    if (place)
        sqlite3_bind_int64(rows, place, work->parent_hash);
    place = sqlite3_bind_parameter_index(rows, ":limit");
    if (place)
        sqlite3_bind_int64(rows, place, limited && work->question->limit ? (int64_t)work->question->limit : -1);
    ml_query_bind(rows, work->question);
    return ml_query_rows(work->store, rows, "tttnttw", work->question, &work->answer, error);
}

static const char sql_identity[] =
    "SELECT 'name', label, name, documents, first, last, 0 FROM vertex WHERE id = :v"
    " UNION ALL SELECT 'type', CASE type WHEN 0 THEN 'person' WHEN 1 THEN 'body' WHEN 2 THEN 'locality' WHEN 3 THEN "
    "'event'"
    " ELSE 'site' END, '', documents, '', '', 0 FROM vertex WHERE id = :v"
    " UNION ALL SELECT 'date', date, '', documents, '', '', 0 FROM vertex WHERE id = :v AND date <> ''"
    " UNION ALL SELECT 'part of', coalesce((SELECT label FROM vertex p WHERE p.hash = :hash AND p.name = v.parent AND "
    "p.documents > 0),"
    " substr(k.names, 1, instr(k.names || '|', '|') - 1), v.parent), v.parent, documents, '', '', 0 FROM vertex v"
    " LEFT JOIN known k ON k.id = v.parent WHERE v.id = :v AND v.parent <> ''";

static const char sql_names[] =
    "SELECT 'also called', f.name, '', sum(x.documents), '', '', 0 FROM vertex_form x JOIN form f ON f.id = x.form"
    " WHERE x.vertex = :v AND f.name <> (SELECT label FROM vertex WHERE id = :v) GROUP BY f.name"
    " ORDER BY 4 DESC, f.name LIMIT :limit";

static const char sql_posts[] =
    "SELECT 'post', t.text || ', ' || b.label || CASE WHEN p.since || p.until = '' THEN '' ELSE ' (' || p.since || ' - "
    "'"
    " || p.until || ')' END || CASE p.status WHEN 'unknown' THEN '' ELSE ', ' || p.status END, b.name, e.weight, "
    "e.first,"
    " e.last, e.id FROM edge e JOIN position p ON p.edge = e.id JOIN term t ON t.id = e.title JOIN vertex b ON b.id = "
    "e.target"
    " WHERE e.source = :v ORDER BY e.weight DESC, t.text, b.label, b.name, p.since LIMIT :limit";

static const char sql_relations[] =
    "SELECT 'relations', t.text || ' ' || x.way, '', count(*), '', '', 0 FROM"
    " (SELECT type, '->' AS way FROM edge WHERE source = :v UNION ALL SELECT type, '<-' FROM edge WHERE target = :v) x"
    " JOIN term t ON t.id = x.type GROUP BY t.text, x.way ORDER BY 4 DESC, 2";

/* Who is taken for this one: each id, or id and unit, with how many articles, and why. */
static const char sql_parts[] =
    "SELECT 'told by', CASE WHEN u.name IS NULL THEN 'no post named' ELSE 'post in '"
    " || coalesce(nullif(u.label, ''), u.name) END"
    " || CASE WHEN min(nullif(c.year, 0)) IS NULL THEN '' ELSE ', ' || min(nullif(c.year, 0)) || '-' || max(c.year) "
    "END,"
    " n.name, sum(c.documents), '', '', 0 FROM vertex m JOIN claim c ON c.entity = m.id JOIN vertex n ON n.id = c.node"
    " LEFT JOIN vertex u ON u.id = c.unit WHERE m.id IN (SELECT CASE entity WHEN 0 THEN id ELSE entity END FROM vertex"
    " WHERE id = :v UNION SELECT CASE entity WHEN 0 THEN id ELSE entity END FROM vertex WHERE leader = :v AND leader "
    "<> 0) AND :v IN (n.id, n.part_of, n.leader, (SELECT leader FROM vertex WHERE id = "
    "n.part_of))"
    " GROUP BY n.id, u.id ORDER BY 4 DESC, n.name LIMIT :limit";

static const char sql_others[] =
    "WITH own(id) AS (SELECT CASE entity WHEN 0 THEN id ELSE entity END FROM vertex WHERE id = :v AND type = 0)"
    " SELECT 'not the same', o.label, o.name, o.documents, o.first, o.last, 0 FROM (SELECT id FROM own UNION"
    " SELECT v.id FROM own JOIN vertex v ON v.entity = own.id AND v.entity <> 0) x JOIN vertex o ON o.id = x.id"
    " WHERE o.documents > 0 AND o.id <> :v ORDER BY o.documents DESC, o.name LIMIT :limit";

static const char sql_judged[] =
    "WITH own(id) AS (SELECT CASE entity WHEN 0 THEN id ELSE entity END FROM vertex WHERE id = :v),"
    " part(name) AS (SELECT name FROM vertex WHERE id = :v UNION SELECT v.name FROM own JOIN vertex v ON v.entity = "
    "own.id"
    " AND v.entity <> 0 UNION SELECT name FROM vertex WHERE leader = :v AND leader <> 0)"
    " SELECT 'judged', CASE same WHEN 1 THEN 'same ' ELSE 'different ' END || a, b, 0, '', '', 0 FROM judgement"
    " WHERE a IN (SELECT name FROM part) OR b IN (SELECT name FROM part) ORDER BY 2, 3";

static ml_status add_place(inquiry *work, ml_error *error)
{
    ml_str id, label;
    if (!work->question->as_of)
        return ML_OK;
    ML_TRY(ml_query_successor(work->store, work->who.row[0], work->question->as_of, &work->arena, &id, &label, error));
    ml_str own_id, own_label;
    ML_TRY(ml_query_successor(work->store, work->who.row[0], NULL, &work->arena, &own_id, &own_label, error));
    if (ml_str_equal(id, own_id))
        return ML_OK;
    ml_answer_text(&work->answer, ML_STR("since within"));
    ml_answer_text(&work->answer, label);
    ml_answer_text(&work->answer, id);
    ml_answer_number(&work->answer, 0);
    ml_answer_text(&work->answer, ML_STR(""));
    ml_answer_text(&work->answer, ML_STR(""));
    return ML_OK;
}

/* Vertices are found by the hashes of their ids. */
static ml_status hash_parent(inquiry *work, ml_error *error)
{
    sqlite3_stmt *get;
    bool row;
    ML_TRY(ml_store_prepare(work->store, "SELECT parent FROM vertex WHERE id = ?", &get, error));
    ml_store_bind(get, "i", work->who.row[0]);
    ml_status status = ml_store_step(work->store, get, &row, error);
    work->parent_hash = (int64_t)ml_str_hash(ml_store_text(get, 0));
    sqlite3_finalize(get);
    return status;
}

static ml_status show(inquiry *work, const char *name, ml_error *error)
{
    static const char *const names[] = {"what", "value", "id", "articles", "first", "last"};
    ML_TRY(begin(work, name, error));
    add_columns(&work->answer, names, "tttntt");
    ML_TRY(hash_parent(work, error));
    ML_TRY(add_facts(work, sql_identity, false, error));
    ML_TRY(add_place(work, error));
    ML_TRY(add_facts(work, sql_names, true, error));
    ML_TRY(add_facts(work, sql_posts, true, error));
    ML_TRY(add_facts(work, sql_relations, false, error));
    ML_TRY(add_facts(work, sql_parts, true, error));
    ML_TRY(add_facts(work, sql_others, true, error));
    return add_facts(work, sql_judged, true, error);
}

ml_status ml_store_show(ml_store *store, const char *name, const ml_question *question, ml_sink sink, ml_error *error)
{
    inquiry work = {.store = store, .question = question};
    return finish(&work, show(&work, name, error), sink, error);
}

/* ---- stats ---- */

static const char sql_stats[] =
    "SELECT 'articles', '', count(*), coalesce(min(nullif(date, '')), ''), max(date) FROM document"
    " UNION ALL SELECT * FROM (SELECT 'entities', CASE type WHEN 0 THEN 'person' WHEN 1 THEN 'body' WHEN 2 THEN "
    "'locality'"
    " WHEN 3 THEN 'event' ELSE 'site' END, count(*), coalesce(min(nullif(first, '')), ''), max(last) FROM vertex"
    " WHERE documents > 0 GROUP BY type ORDER BY type)"
    " UNION ALL SELECT * FROM (SELECT 'relations', t.text, count(*), coalesce(min(nullif(e.first, '')), ''), "
    "max(e.last)"
    " FROM edge e JOIN term t ON t.id = e.type GROUP BY e.type ORDER BY t.text)"
    " UNION ALL SELECT 'statements', '', count(*), '', '' FROM statement"
    " UNION ALL SELECT 'mentions', '', count(*), '', '' FROM mention"
    " UNION ALL SELECT 'judgements', '', count(*), '', '' FROM judgement";

ml_status ml_store_stats(ml_store *store, const ml_question *question, ml_sink sink, ml_error *error)
{
    static const char *const names[] = {"what", "type", "number", "first", "last"};
    inquiry work = {.store = store, .question = question};
    sqlite3_stmt *rows = NULL;
    ml_status status = begin(&work, NULL, error);
    add_columns(&work.answer, names, "ttntt");
    if (status == ML_OK)
        status = ml_store_prepare(store, sql_stats, &rows, error);
    if (status == ML_OK)
        status = ml_query_rows(store, rows, "ttntt", question, &work.answer, error);
    return finish(&work, status, sink, error);
}
