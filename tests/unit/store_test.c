#include "store/store.h"

#include "measure/measure.h"
#include "query/query.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Every test has a store in a file of its own, and articles that are made from numbers. */
typedef struct {
    test_folder folder;
    char path[128];
    ml_store *store;
} test_store;

static void open_store(test_store *test)
{
    folder_make(&test->folder);
    snprintf(test->path, sizeof test->path, "%s/archive.db", test->folder.path);
    ml_error error = {0};
    assert_int_equal(ml_store_open(test->path, true, &test->store, &error), ML_OK);
}

static void close_store(test_store *test)
{
    ml_store_close(test->store);
    folder_remove(&test->folder);
}

/* Records are written with ' for ". */
static void add_text(ml_store *store, const char *record, bool replace)
{
    char line[8192];
    size_t len = strlen(record);
    assert_true(len < sizeof line);
    for (size_t i = 0; i < len; i++)
        line[i] = record[i] == '\'' ? '"' : record[i];
    ml_error error = {0};
    if (ml_store_add(store, (ml_str){line, (uint32_t)len}, replace, &error) != ML_OK)
        fail_msg("%s", error.message);
}

enum { ARTICLES = 60, RECORD_BYTES = 4096 };

/* An article of few persons, bodies and places, so that names, posts and years meet in every way; `version` varies it. */
static void make_record(uint32_t number, uint32_t version, char out[RECORD_BYTES])
{
    static const char *const relations[] = {"holds_position", "holds_position", "met_with", "attended",
                                            "cooperates_with"};
    uint64_t state = (uint64_t)number * 977 + version * 31 + 7;
    int len = snprintf(out, RECORD_BYTES, "{'schema':'mangluoi-record/1','id':'a%u','date':'%u-0%u-11','entities':[",
                       number, 1950 + random_below(&state, 70), 1 + random_below(&state, 9));
    for (uint32_t i = 0; i < 4; i++)
        len +=
            snprintf(out + len, (size_t)(RECORD_BYTES - len), "%s{'id':'person-x-p%u','type':'person','name':'%s %u'}",
                     i ? "," : "", i, random_below(&state, 2) ? "Nguyễn Văn" : "Ng. Văn", i);
    for (uint32_t i = 0; i < 4; i++)
        len += snprintf(out + len, (size_t)(RECORD_BYTES - len),
                        ",{'id':'body-x-b%u','type':'body','name':'Sở %u','parent':'place-x-%u'}", i, i,
                        random_below(&state, 3));
    len += snprintf(out + len, (size_t)(RECORD_BYTES - len),
                    ",{'id':'event-x-%u','type':'event','name':'hội nghị'}],'relations':[", number);
    uint32_t count = random_below(&state, 6);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t kind = random_below(&state, 5);
        char target[32], source[32];
        snprintf(source, sizeof source, kind == 4 ? "body-x-b%u" : "person-x-p%u", random_below(&state, 4));
        snprintf(target, sizeof target,
                 kind == 2   ? "person-x-p%u"
                 : kind == 3 ? "event-x-%u"
                             : "body-x-b%u",
                 kind == 3 ? number : random_below(&state, 4));
        len +=
            snprintf(out + len, (size_t)(RECORD_BYTES - len),
                     "%s{'type':'%s','source':'%s','target':'%s'%s,'confidence':0.%u,'evidence':{'start':%u,'end':%u}}",
                     i ? "," : "", relations[kind], source, target, kind < 2 ? ",'title':'Giám đốc'" : "",
                     1 + random_below(&state, 9), i * 10, i * 10 + 9);
    }
    snprintf(out + len, (size_t)(RECORD_BYTES - len), "]}");
}

static void add_number(ml_store *store, uint32_t number, uint32_t version, bool replace)
{
    char record[RECORD_BYTES];
    make_record(number, version, record);
    add_text(store, record, replace);
}

static void add_rows(ml_store *store, const char *sql, ml_buffer *out)
{
    sqlite3_stmt *rows;
    bool row;
    assert_int_equal(ml_store_prepare(store, sql, &rows, NULL), ML_OK);
    for (assert_int_equal(ml_store_step(store, rows, &row, NULL), ML_OK); row;
         assert_int_equal(ml_store_step(store, rows, &row, NULL), ML_OK)) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            ml_buffer_str(out, ml_store_text(rows, i));
            ml_buffer_char(out, '|');
        }
        ml_buffer_char(out, '\n');
    }
    sqlite3_finalize(rows);
}

/* Every vertex, edge, name, post, fact and dictionary row of the store, whatever their row numbers are. */
static void dump(ml_store *store, ml_buffer *out)
{
    ml_buffer_clear(out);
    assert_int_equal(ml_store_commit(store, NULL), ML_OK);
    add_rows(
        store,
        "SELECT name, type, label, date, parent, documents, first, last FROM vertex WHERE documents > 0 ORDER BY name",
        out);
    add_rows(
        store,
        "SELECT t.text, a.name, b.name, n.text, weight, e.first, e.last, confidence FROM edge e JOIN term t ON t.id ="
        " e.type JOIN vertex a ON a.id = source JOIN vertex b ON b.id = target JOIN term n ON n.id = title ORDER BY 1,"
        " 2, 3, 4",
        out);
    add_rows(store, "SELECT v.name, folded, bare FROM name JOIN vertex v ON v.id = vertex ORDER BY 1, 2, 3", out);
    add_rows(
        store,
        "SELECT a.name, b.name, p.since, p.until, p.status FROM position p JOIN edge e ON e.id = p.edge JOIN vertex a"
        " ON a.id = e.source JOIN vertex b ON b.id = e.target ORDER BY 1, 2, 3, 4, 5",
        out);
    add_rows(
        store,
        "SELECT d.name, number, v.name FROM appearance a JOIN document d ON d.id = document JOIN vertex v ON v.id ="
        " vertex ORDER BY 1, 2",
        out);
    add_rows(store,
             "SELECT v.name, u.name, year, c.documents, n.name FROM claim c JOIN vertex v ON v.id = c.entity LEFT JOIN"
             " vertex u ON u.id = unit JOIN vertex n ON n.id = node ORDER BY 1, 2, 3",
             out);
    add_rows(store, "SELECT name, count(*) FROM document GROUP BY name ORDER BY 1", out);
    add_rows(store, "SELECT count(*), sum(documents) FROM vertex_form", out);
    add_rows(store, "SELECT count(*) FROM form", out);
    /* What is counted along is what there is. */
    add_rows(store,
             "SELECT 'wrong total' FROM total WHERE documents <> (SELECT count(*) FROM document) OR edges <> (SELECT "
             "count(*)"
             " FROM edge) OR vertices <> (SELECT count(*) FROM vertex WHERE documents > 0)",
             out);
    assert_false(holds(ml_buffer_view(out), "wrong total"));
}

static void assert_same(ml_store *store, const ml_buffer *expected)
{
    ml_buffer actual = {0};
    dump(store, &actual);
    if (!ml_str_equal(ml_buffer_view(&actual), ml_buffer_view(expected))) {
        uint32_t at = 0;
        while (at < actual.len && at < expected->len && actual.ptr[at] == expected->ptr[at])
            at++;
        fail_msg("differs: %.200s\nfrom: %.200s", actual.ptr + (at > 80 ? at - 80 : 0),
                 expected->ptr + (at > 80 ? at - 80 : 0));
    }
    ml_buffer_dispose(&actual);
}

static void shuffle(uint32_t *numbers, uint32_t count, uint64_t *state)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t other = random_below(state, i);
        uint32_t swapped = numbers[i - 1];
        numbers[i - 1] = numbers[other];
        numbers[other] = swapped;
    }
}

/* The store of all articles, each once, in the order of their numbers. */
static void expect_all(ml_buffer *expected)
{
    test_store test;
    open_store(&test);
    for (uint32_t i = 0; i < ARTICLES; i++)
        add_number(test.store, i, 0, false);
    dump(test.store, expected);
    close_store(&test);
}

static void any_order_any_split_and_twice_give_one_network(void **state)
{
    (void)state;
    ml_buffer expected = {0};
    expect_all(&expected);
    for (uint64_t seed = 1; seed <= 6; seed++) {
        uint32_t numbers[2 * ARTICLES];
        uint64_t random = seed;
        test_store test;
        for (uint32_t i = 0; i < 2 * ARTICLES; i++)
            numbers[i] = i % ARTICLES;
        shuffle(numbers, 2 * ARTICLES, &random);
        open_store(&test);
        for (uint32_t i = 0; i < 2 * ARTICLES; i++) {
            add_number(test.store, numbers[i], 0, false);
            if (random_below(&random, 5) == 0)
                assert_int_equal(ml_store_commit(test.store, NULL), ML_OK);
            if (random_below(&random, 20) == 0) { /* another run of the program */
                assert_int_equal(ml_store_commit(test.store, NULL), ML_OK);
                ml_store_close(test.store);
                assert_int_equal(ml_store_open(test.path, true, &test.store, NULL), ML_OK);
            }
        }
        assert_same(test.store, &expected);
        close_store(&test);
    }
    ml_buffer_dispose(&expected);
}

static void forgetting_takes_back_exactly_the_facts(void **state)
{
    (void)state;
    ml_buffer half = {0}, all = {0};
    test_store test;
    open_store(&test);
    for (uint32_t i = 0; i < ARTICLES; i += 2)
        add_number(test.store, i, 0, false);
    dump(test.store, &half);
    for (uint32_t i = 1; i < ARTICLES; i += 2)
        add_number(test.store, i, 0, false);
    dump(test.store, &all);
    for (uint32_t round = 0; round < 3; round++) {
        uint32_t numbers[ARTICLES / 2];
        uint64_t random = round + 5;
        for (uint32_t i = 0; i < ARTICLES / 2; i++)
            numbers[i] = 2 * i + 1;
        shuffle(numbers, ARTICLES / 2, &random);
        for (uint32_t i = 0; i < ARTICLES / 2; i++) {
            char id[16];
            bool found = false;
            snprintf(id, sizeof id, "a%u", numbers[i]);
            assert_int_equal(ml_store_forget(test.store, id, &found, NULL), ML_OK);
            assert_true(found);
            if (round == 1)
                assert_int_equal(ml_store_commit(test.store, NULL), ML_OK);
        }
        assert_same(test.store, &half);
        for (uint32_t i = 0; i < ARTICLES / 2; i++)
            add_number(test.store, numbers[i], 0, false);
        assert_same(test.store, &all);
    }
    bool found = true;
    assert_int_equal(ml_store_forget(test.store, "nobody wrote this", &found, NULL), ML_OK);
    assert_false(found);
    close_store(&test);
    ml_buffer_dispose(&half);
    ml_buffer_dispose(&all);
}

static void emptied_store_knows_nobody(void **state)
{
    (void)state;
    ml_buffer nothing = {0};
    test_store test;
    open_store(&test);
    for (uint32_t i = 0; i < ARTICLES; i++)
        add_number(test.store, i, 0, false);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        char id[16];
        bool found;
        snprintf(id, sizeof id, "a%u", i);
        assert_int_equal(ml_store_forget(test.store, id, &found, NULL), ML_OK);
    }
    assert_int_equal(ml_store_commit(test.store, NULL), ML_OK);
    add_rows(test.store, "SELECT name FROM vertex WHERE name LIKE 'person%' UNION ALL SELECT name FROM form", &nothing);
    add_rows(test.store, "SELECT bare FROM name UNION ALL SELECT 'edge' FROM edge UNION ALL SELECT 'claim' FROM claim",
             &nothing);
    if (nothing.len)
        fail_msg("left: %.*s", (int)nothing.len, nothing.ptr);
    close_store(&test);
    ml_buffer_dispose(&nothing);
}

static void of_two_versions_one_stays_unless_replaced(void **state)
{
    (void)state;
    ml_buffer first = {0}, second = {0};
    test_store a, b;
    open_store(&a);
    open_store(&b);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        add_number(a.store, i, i % 3, false);
        add_number(a.store, i, 1, false);
        add_number(b.store, i, 1, false);
        add_number(b.store, i, i % 3, false);
    }
    dump(a.store, &first);
    assert_same(b.store, &first);
    for (uint32_t i = 0; i < ARTICLES; i++)
        add_number(a.store, i, 0, true);
    expect_all(&second);
    assert_same(a.store, &second);
    close_store(&a);
    close_store(&b);
    ml_buffer_dispose(&first);
    ml_buffer_dispose(&second);
}

static ml_status collect(void *payload, const char *bytes, size_t len)
{
    ml_buffer_bytes(payload, bytes, len);
    return ML_OK;
}

static void exported_store_is_the_network_that_memory_gives(void **state)
{
    const ml_context *context = *state;
    char paths[4][PATH_BYTES]; /* articles in which nobody shares a name with somebody else */
    const char *const inputs[] = {
        project_path("docs/samples/conference.txt", paths[0]), project_path("docs/samples/inspection.txt", paths[1]),
        project_path("docs/samples/visit.txt", paths[2]), project_path("docs/samples/appointment.txt", paths[3])};
    const ml_run_options options = {.date = "2019-10-15"};
    const ml_question question = {0};
    ml_buffer memory = {0}, stored = {0};
    ml_network *network = NULL;
    test_store test;
    ml_run_report report;
    ml_error error = {0};
    open_store(&test);
    assert_int_equal(ml_network_new(&network, NULL), ML_OK);
    assert_int_equal(ml_network_build(network, context, inputs, 4, &options, &report, &error), ML_OK);
    assert_int_equal(ml_store_build(test.store, context, false, inputs, 4, &options, &report, &error), ML_OK);
    assert_int_equal(ml_network_write(network, "json", NULL, (ml_sink){collect, &memory}, &error), ML_OK);
    assert_int_equal(ml_store_export(test.store, "json", &question, NULL, (ml_sink){collect, &stored}, &error), ML_OK);
    assert_true(memory.len > 1000);
    assert_true(ml_str_equal(ml_buffer_view(&memory), ml_buffer_view(&stored)));
    ml_network_free(network);
    close_store(&test);
    ml_buffer_dispose(&memory);
    ml_buffer_dispose(&stored);
}

/* ---- who is who ---- */

static const char bank[] =
    "{'schema':'mangluoi-record/1','id':'bank%u','date':'%u-05-02','entities':[{'id':'person-x-nguyen-van-binh','type':"
    "'person','name':'Nguyễn Văn Bình'},{'id':'body-ngan-hang','type':'body','name':'Ngân hàng Nhà nước Việt Nam'}],"
    "'relations':[{'type':'holds_position','source':'person-x-nguyen-van-binh','target':'body-ngan-hang','title':'"
    "Thống "
    "đốc'}]}";
static const char commune[] =
    "{'schema':'mangluoi-record/"
    "1','id':'commune','date':'2013-06-07','entities':[{'id':'person-x-nguyen-van-binh','type':"
    "'person','name':'Nguyễn Văn Bình'},{'id':'body-x-ubnd','type':'body','name':'UBND xã Hải "
    "Xuân','parent':'place-x-hai-"
    "xuan'}],'relations':[{'type':'holds_position','source':'person-x-nguyen-van-binh','target':'body-x-ubnd','title':'"
    "Chủ "
    "tịch'}]}";
static const char unplaced[] =
    "{'schema':'mangluoi-record/1','id':'unplaced','entities':[{'id':'person-x-nguyen-van-binh',"
    "'type':'person','name':'Nguyễn Văn Bình'}]}";
static const char both[] =
    "{'schema':'mangluoi-record/1','id':'both','date':'2013-08-01','entities':[{'id':'person-x-nguyen-van-binh','type':"
    "'person','name':'Nguyễn Văn Bình'},{'id':'body-x-ubnd','type':'body','name':'UBND xã Hải "
    "Xuân','parent':'place-x-hai-"
    "xuan'},{'id':'body-ngan-hang','type':'body','name':'Ngân hàng Nhà nước Việt Nam'}],'relations':[{'type':"
    "'holds_position','source':'person-x-nguyen-van-binh','target':'body-x-ubnd','title':'nguyên Chủ tịch'},{'type':"
    "'holds_position','source':'person-x-nguyen-van-binh','target':'body-ngan-hang','title':'Thống đốc'}]}";

static void add_bank(ml_store *store, uint32_t number, uint32_t year)
{
    char record[RECORD_BYTES];
    snprintf(record, sizeof record, bank, number, year);
    add_text(store, record, false);
}

static int64_t number_of(ml_store *store, const char *sql)
{
    sqlite3_stmt *ask;
    bool row;
    assert_int_equal(ml_store_commit(store, NULL), ML_OK);
    assert_int_equal(ml_store_prepare(store, sql, &ask, NULL), ML_OK);
    assert_int_equal(ml_store_step(store, ask, &row, NULL), ML_OK);
    int64_t number = sqlite3_column_int64(ask, 0);
    sqlite3_finalize(ask);
    return number;
}

static const char persons[] = "SELECT count(*) FROM vertex WHERE type = 0 AND documents > 0";

static void same_name_is_two_persons_where_posts_say_so(void **state)
{
    (void)state;
    test_store test;
    open_store(&test);
    add_bank(test.store, 1, 2013);
    add_text(test.store, unplaced, false);
    assert_int_equal(number_of(test.store, persons), 1); /* the one whom the archive knows */
    add_text(test.store, commune, false);
    assert_int_equal(number_of(test.store, persons),
                     3); /* whom the article without a post means is not known any more */
    add_text(test.store, both, false);
    assert_int_equal(number_of(test.store, persons), 1); /* one article gives one person both posts */
    bool found;
    assert_int_equal(ml_store_forget(test.store, "both", &found, NULL), ML_OK);
    assert_int_equal(number_of(test.store, persons), 3);
    close_store(&test);
}

static void same_post_a_lifetime_later_is_another_person(void **state)
{
    (void)state;
    test_store test;
    open_store(&test);
    add_bank(test.store, 1, 1960);
    add_bank(test.store, 2, 1975);
    assert_int_equal(number_of(test.store, persons), 1);
    add_bank(test.store, 3, 2013);
    assert_int_equal(number_of(test.store, persons), 2);
    add_bank(test.store, 4, 1995); /* bridges the years */
    assert_int_equal(number_of(test.store, persons), 1);
    close_store(&test);
}

/* Article `id` says that p held, or with `past` once held, a post. */
static void add_post(ml_store *store, const char *id, const char *title, const char *modality)
{
    char record[RECORD_BYTES];
    snprintf(record, sizeof record,
             "{'schema':'mangluoi-record/1','id':'%s','entities':[{'id':'person-x-p','type':'person','name':'P'},"
             "{'id':'body-x-b','type':'body','name':'B'}],'relations':[{'type':'holds_position','source':'person-x-p',"
             "'target':'body-x-b','title':'%s','modality':'%s'}]}",
             id, title, modality);
    add_text(store, record, false);
}

static void posts_are_over_where_all_say_so(void **state)
{
    (void)state;
    static const char ended[] = "SELECT count(*) FROM position WHERE status = 'ended'";
    bool found;
    test_store test;
    open_store(&test);
    add_post(test.store, "1", "Giám đốc", "past");
    assert_int_equal(number_of(test.store, ended), 1);
    add_post(test.store, "2", "Giám đốc", "");
    assert_int_equal(number_of(test.store, ended), 0);
    assert_int_equal(ml_store_forget(test.store, "2", &found, NULL), ML_OK);
    assert_int_equal(number_of(test.store, ended), 1);
    add_post(test.store, "3", "nguyên Bí thư", "");
    assert_int_equal(number_of(test.store, ended), 2);
    add_post(test.store, "4", "Chủ tịch", "planned");
    assert_int_equal(number_of(test.store, "SELECT count(*) FROM position"), 2);
    close_store(&test);
}

static void judge(ml_store *store, const char *text)
{
    ml_error error = {0};
    if (ml_store_judge(store, ml_str_from(text), &error) != ML_OK)
        fail_msg("%s", error.message);
}

static void judgements_join_part_and_are_taken_back(void **state)
{
    (void)state;
    ml_buffer before = {0};
    char name[2][96];
    test_store test;
    open_store(&test);
    add_bank(test.store, 1, 2013);
    add_text(test.store, commune, false);
    dump(test.store, &before);
    assert_int_equal(number_of(test.store, persons), 2);
    sqlite3_stmt *list;
    bool row;
    assert_int_equal(
        ml_store_prepare(test.store, "SELECT name FROM vertex WHERE entity <> 0 ORDER BY name", &list, NULL), ML_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ml_store_step(test.store, list, &row, NULL), ML_OK);
        snprintf(name[i], sizeof name[i], "%s", (const char *)sqlite3_column_text(list, 0));
    }
    sqlite3_finalize(list);
    char text[256];
    snprintf(text, sizeof text, "# who is who\nsame %s %s # the same man\n", name[0], name[1]);
    judge(test.store, text);
    assert_int_equal(number_of(test.store, persons), 1);
    judge(test.store, "");
    assert_same(test.store, &before);
    snprintf(text, sizeof text, "different %s %s\n", name[0], name[1]);
    judge(test.store, text);
    add_text(test.store, both, false); /* the article says one, the judgement two, and holds for what comes */
    assert_int_equal(number_of(test.store, persons), 2);
    judge(test.store, "");
    assert_int_equal(number_of(test.store, persons), 1);
    judge(test.store, "same body-x-ubnd body-ngan-hang\n");
    assert_int_equal(number_of(test.store, "SELECT count(*) FROM vertex WHERE type = 1 AND documents > 0"), 1);
    judge(test.store, "");
    assert_int_equal(number_of(test.store, "SELECT count(*) FROM vertex WHERE type = 1 AND documents > 0"), 2);
    ml_error error = {0};
    assert_int_equal(ml_store_judge(test.store, ML_STR("same one\n"), &error), ML_E_SYNTAX);
    assert_int_equal(error.line, 1);
    close_store(&test);
    ml_buffer_dispose(&before);
}

static void judgements_before_and_after_give_one_network(void **state)
{
    (void)state;
    static const char text[] =
        "same person-x-p0 person-x-p1\nsame body-x-b1 body-x-b2\ndifferent person-x-p2 person-x-p3\n";
    ml_buffer before = {0};
    test_store a, b;
    open_store(&a);
    open_store(&b);
    judge(a.store, text);
    for (uint32_t i = 0; i < ARTICLES; i++)
        add_number(a.store, i, 0, false);
    for (uint32_t i = ARTICLES; i-- > 0;)
        add_number(b.store, i, 0, false);
    judge(b.store, text);
    dump(a.store, &before);
    assert_same(b.store, &before);
    close_store(&a);
    close_store(&b);
    ml_buffer_dispose(&before);
}

/* ---- questions ---- */

static void assert_indexed(ml_store *store, const char *pattern)
{
    ml_buffer plan = {0};
    ml_error error = {0};
    const ml_question question = {.explain = true, .limit = 10, .since = "1960", .until = "2010"};
    if (ml_store_query(store, pattern, &question, (ml_sink){collect, &plan}, &error) != ML_OK)
        fail_msg("%s: %s", pattern, error.message);
    ml_str text = ml_buffer_view(&plan);
    assert_holds(text, "SEARCH e0 USING INDEX edge_");
    assert_false(holds(text, "SCAN e0"));
    assert_false(holds(text, "SCAN e1"));
    assert_false(holds(text, "SCAN s"));
    assert_false(holds(text, "SCAN d"));
    assert_false(holds(text, "SCAN vertex"));
    ml_buffer_dispose(&plan);
}

static void questions_never_scan_the_statements(void **state)
{
    (void)state;
    test_store test;
    open_store(&test);
    for (uint32_t i = 0; i < ARTICLES; i++)
        add_number(test.store, i, 0, false);
    assert_int_equal(ml_store_commit(test.store, NULL), ML_OK);
    assert_indexed(test.store, "?who holds_position body-x-b1");
    assert_indexed(test.store, "?who attended ?event . ?who holds_position body-x-b1");
    assert_indexed(test.store, "body-x-b1 cooperates_with ?other");
    assert_indexed(test.store, "body-x-b1 cooperates_with ?other . ?who holds_position ?other . ?who is person");
    assert_indexed(test.store, "?who ?how body-x-b1");
    close_store(&test);
}

static void wrong_patterns_say_what_is_wrong(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        ".",
                                        "?who",
                                        "?who holds_position",
                                        "?who unheard_of ?what",
                                        "a \"b",
                                        "? holds_position ?b",
                                        "body-x-b1 holds_position body-x-b2",
                                        "?x is person",
                                        "?who holds_position nobody-is-called-so",
                                        "?a ?b ?c . ?b holds_position ?d"};
    test_store test;
    open_store(&test);
    for (uint32_t i = 0; i < ARTICLES; i++)
        add_number(test.store, i, 0, false);
    const ml_question question = {0};
    ml_buffer out = {0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ml_error error = {0};
        assert_int_equal(ml_store_query(test.store, wrong[i], &question, (ml_sink){collect, &out}, &error), ML_E_USAGE);
        assert_true(error.message[0]);
    }
    assert_int_equal(out.len, 0);
    close_store(&test);
    ml_buffer_dispose(&out);
}

static void pattern_of_variables_alone_lists_all_edges(void **state)
{
    (void)state;
    test_store test;
    open_store(&test);
    add_text(test.store,
             "{'schema':'mangluoi-record/1','id':'a','entities':[{'id':'v1','type':'person','name':'An'},{'id':'v2',"
             "'type':'body','name':'Hai'}],'relations':[{'type':'met_with','source':'v1','target':'v2'}]}",
             false);
    const ml_question question = {.format = "tsv"};
    ml_buffer out = {0};
    ml_error error = {0};
    assert_int_equal(ml_store_commit(test.store, &error), ML_OK);
    assert_int_equal(ml_store_query(test.store, "?a ?r ?b", &question, (ml_sink){collect, &out}, &error), ML_OK);
    assert_holds(ml_buffer_view(&out), "met_with\t");
    ml_buffer_dispose(&out);
    close_store(&test);
}

static void other_files_and_newer_stores_are_refused(void **state)
{
    (void)state;
    test_store test;
    ml_store *other = NULL;
    ml_error error = {0};
    char path[160];
    open_store(&test);
    assert_int_equal(sqlite3_exec(ml_store_handle(test.store), "PRAGMA user_version = 99", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(ml_store_open(test.path, false, &other, &error), ML_E_STORE);
    assert_holds(ml_str_from(error.message), "newer");
    folder_write(&test.folder, "text.db", "this is no store, but a text that is long enough to be looked at");
    snprintf(path, sizeof path, "%s/text.db", test.folder.path);
    error = (ml_error){0};
    assert_int_equal(ml_store_open(path, true, &other, &error), ML_E_STORE);
    snprintf(path, sizeof path, "%s/missing.db", test.folder.path);
    error = (ml_error){0};
    assert_int_equal(ml_store_open(path, false, &other, &error), ML_E_STORE);
    close_store(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_any_split_and_twice_give_one_network),
        cmocka_unit_test(forgetting_takes_back_exactly_the_facts),
        cmocka_unit_test(emptied_store_knows_nobody),
        cmocka_unit_test(of_two_versions_one_stays_unless_replaced),
        cmocka_unit_test(exported_store_is_the_network_that_memory_gives),
        cmocka_unit_test(same_name_is_two_persons_where_posts_say_so),
        cmocka_unit_test(same_post_a_lifetime_later_is_another_person),
        cmocka_unit_test(posts_are_over_where_all_say_so),
        cmocka_unit_test(judgements_join_part_and_are_taken_back),
        cmocka_unit_test(judgements_before_and_after_give_one_network),
        cmocka_unit_test(questions_never_scan_the_statements),
        cmocka_unit_test(wrong_patterns_say_what_is_wrong),
        cmocka_unit_test(pattern_of_variables_alone_lists_all_edges),
        cmocka_unit_test(other_files_and_newer_stores_are_refused),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
