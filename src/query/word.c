#include "query/query.h"

typedef enum { WORD_MEETING, WORD_POSTS, WORD_PAIRS, WORD_TOGETHER } word_kind;

typedef struct {
    const char *word, *help, *relation;
    word_kind kind;
    size_t most_names;
} ready_word;

static const ready_word words[] = {
    {"chairs", "who chaired what; NAME is a person, body or event", "chaired", WORD_MEETING, 1},
    {"attends", "who attended what; NAME is a person, body or event", "attended", WORD_MEETING, 1},
    {"posts", "who holds which post where, since and until; NAME is a person or body", "holds_position", WORD_POSTS, 1},
    {"cooperates", "which localities and bodies cooperate most; of one, or of two", "cooperates_with", WORD_PAIRS, 2},
    {"co-attendance", "who sat at the same meetings, of one person or body", NULL, WORD_TOGETHER, 1},
};

enum { WORDS = sizeof words / sizeof *words };

const char *ml_store_word_at(size_t index, const char **help)
{
    if (index >= WORDS)
        return NULL;
    if (help)
        *help = words[index].help;
    return words[index].word;
}

typedef struct {
    ml_store *store;
    const ml_question *question;
    const ready_word *word;
    ml_vertices who[2];
    size_t who_count;
    ml_arena arena;
    ml_buffer sql;
    ml_answer answer;
} ready_question;

static void add_columns(ml_answer *answer, const char *const *names, const char *kinds)
{
    for (size_t i = 0; kinds[i]; i++)
        ml_answer_column(answer, ml_str_from(names[i]),
                         kinds[i] == 'e'   ? ML_COLUMN_ENTITY
                         : kinds[i] == 'n' ? ML_COLUMN_NUMBER
                                           : ML_COLUMN_TEXT);
}

/* ` AND (source IN (...) OR target IN (...))` for each name. */
static void put_names(ready_question *work)
{
    for (size_t i = 0; i < work->who_count; i++) {
        ml_buffer_str(&work->sql, ML_STR(" AND (e.source IN "));
        ml_query_list(&work->who[i], &work->sql);
        ml_buffer_str(&work->sql, ML_STR(" OR e.target IN "));
        ml_query_list(&work->who[i], &work->sql);
        ml_buffer_char(&work->sql, ')');
    }
}

static ml_status put_relation(ready_question *work, ml_error *error)
{
    int64_t type;
    ML_TRY(ml_query_term(work->store, ml_str_from(work->word->relation), &type, error));
    ml_buffer_format(&work->sql, " WHERE e.type = %lld", (long long)type);
    return ML_OK;
}

static ml_status run(ready_question *work, const char *order, const char *kinds, ml_error *error)
{
    sqlite3_stmt *rows;
    ML_TRY(ml_query_prepare(work->store, work->question, order, &work->sql, &rows, error));
    return ml_query_rows(work->store, rows, kinds, work->question, &work->answer, error);
}

static const char by_labels[] =
    "e.weight DESC, (SELECT label || ' ' || name FROM vertex WHERE id = e.source),"
    " (SELECT label || ' ' || name FROM vertex WHERE id = e.target), (SELECT text FROM term WHERE id = e.title)";

static ml_status ask_meeting(ready_question *work, ml_error *error)
{
    static const char *const names[] = {"who", "event", "where", "articles", "first", "last"};
    add_columns(&work->answer, names, "eetntt");
    ml_buffer_str(
        &work->sql,
        ML_STR("SELECT e.source, e.target, coalesce((SELECT min(v.label) FROM edge h JOIN term t ON t.id = h.type"
               " JOIN vertex v ON v.id = h.target WHERE h.source = e.target AND t.text = 'held_at'), ''),"
               " e.weight, e.first, e.last, e.id FROM edge e"));
    ML_TRY(put_relation(work, error));
    put_names(work);
    ml_query_filter(work->question, "e", &work->sql);
    return run(work, by_labels, "eetnttw", error);
}

static ml_status ask_posts(ready_question *work, ml_error *error)
{
    static const char *const names[] = {"who",    "title",    "where", "since", "until",
                                        "status", "articles", "first", "last"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ml_answer_column(&work->answer, ml_str_from(names[i]),
                         i == 0 || i == 2 ? ML_COLUMN_ENTITY
                         : i == 6         ? ML_COLUMN_NUMBER
                                          : ML_COLUMN_TEXT);
    ml_buffer_str(
        &work->sql,
        ML_STR("SELECT e.source, (SELECT text FROM term WHERE id = e.title), e.target, p.since, p.until, p.status,"
               " e.weight, e.first, e.last, e.id FROM edge e JOIN position p ON p.edge = e.id"));
    ML_TRY(put_relation(work, error));
    put_names(work);
    ml_query_filter(work->question, "e", &work->sql);
    if (work->question->as_of) /* of several terms of one post, the one of that day */
        ml_buffer_str(&work->sql, ML_STR(" AND (p.since = '' OR (p.since <= :as_of || '~' AND (p.until = '' OR"
                                         " p.until >= :as_of)))"));
    ml_buffer order = {0};
    ml_buffer_format(&order, "%s, p.since", by_labels);
    ml_buffer_char(&order, '\0');
    ml_status status = order.failed ? ml_fail_memory(error) : run(work, order.ptr, "etetttnttw", error);
    ml_buffer_dispose(&order);
    return status;
}

static ml_status ask_pairs(ready_question *work, ml_error *error)
{
    static const char *const names[] = {"one", "other", "articles", "first", "last"};
    add_columns(&work->answer, names, "eentt");
    ml_buffer_str(&work->sql, ML_STR("SELECT e.source, e.target, e.weight, e.first, e.last, e.id FROM edge e"));
    ML_TRY(put_relation(work, error));
    put_names(work);
    ml_query_filter(work->question, "e", &work->sql);
    return run(work, by_labels, "eenttw", error);
}

static ml_status ask_together(ready_question *work, ml_error *error)
{
    static const char *const names[] = {"who", "with", "meetings", "first", "last"};
    static const char kinds[] = "(SELECT id FROM term WHERE text IN ('chaired', 'attended', 'spoke_at'))";
    add_columns(&work->answer, names, "eentt");
    ml_buffer_format(&work->sql,
                     "SELECT e.source, o.source, count(DISTINCT e.target) AS meetings, min(nullif(e.first, '')),"
                     " max(e.last), min(o.id) FROM edge e JOIN edge o ON o.target = e.target AND o.type IN %s"
                     " WHERE e.type IN %s AND o.source <> e.source",
                     kinds, kinds);
    if (work->who_count) {
        ml_buffer_str(&work->sql, ML_STR(" AND e.source IN "));
        ml_query_list(&work->who[0], &work->sql);
    } else {
        ml_buffer_str(&work->sql, /* each pair once */
                      ML_STR(" AND (SELECT label || ' ' || name FROM vertex WHERE id = e.source) <"
                             " (SELECT label || ' ' || name FROM vertex WHERE id = o.source)"));
    }
    ml_query_filter(work->question, "e", &work->sql);
    ml_buffer_str(&work->sql, ML_STR(" GROUP BY e.source, o.source"));
    return run(work,
               "meetings DESC, (SELECT label || ' ' || name FROM vertex WHERE id = e.source),"
               " (SELECT label || ' ' || name FROM vertex WHERE id = o.source)",
               "eenttw", error);
}

static ml_status ask(ready_question *work, const char *const *names, size_t name_count, ml_error *error)
{
    ML_TRY(ml_query_check(work->question, error));
    if (name_count > work->word->most_names)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "%s is asked of %zu names at most; quote a name of several words",
                       work->word->word, work->word->most_names);
    for (; work->who_count < name_count; work->who_count++)
        ML_TRY(ml_query_find(work->store, ml_str_from(names[work->who_count]), work->question, &work->arena,
                             &work->who[work->who_count], error));
    switch (work->word->kind) {
    case WORD_MEETING:
        return ask_meeting(work, error);
    case WORD_POSTS:
        return ask_posts(work, error);
    case WORD_PAIRS:
        return ask_pairs(work, error);
    case WORD_TOGETHER:
        break;
    }
    return ask_together(work, error);
}

ml_status ml_store_ask(ml_store *store, const char *word, const char *const *names, size_t name_count,
                       const ml_question *question, ml_sink sink, ml_error *error)
{
    ready_question work = {.store = store, .question = question};
    for (size_t i = 0; i < WORDS; i++) {
        if (strcmp(words[i].word, word) == 0)
            work.word = &words[i];
    }
    if (!work.word)
        return ml_fail(error, ML_E_USAGE, ML_STR(""), "no such question: %s", word);
    ml_status status = ask(&work, names, name_count, error);
    if (status == ML_OK)
        status = ml_answer_write(&work.answer, question->format, sink, error);
    ml_answer_dispose(&work.answer);
    ml_buffer_dispose(&work.sql);
    ml_arena_dispose(&work.arena);
    return status;
}
