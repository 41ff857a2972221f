#include "evaluate/bootstrap.h"
#include "evaluate/excerpt.h"
#include "evaluate/fold.h"
#include "evaluate/repr.h"

#include "support.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* tests/evaluate_matches_score.py compares whole outputs with the guide's own scorer; here are the cases that matter. */

typedef struct {
    char folder[32], gold[64], records[64];
    ml_arena arena;
    ml_buffer out;
    char complaint[512];
} fixture;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    fixture *test = calloc(1, sizeof *test);
    strcpy(test->folder, "evaluate_test.XXXXXX");
    assert_non_null(mkdtemp(test->folder));
    snprintf(test->gold, sizeof test->gold, "%s/one.gold", test->folder);
    snprintf(test->records, sizeof test->records, "%s/records.jsonl", test->folder);
    write_file(test->records, "");
    *state = test;
    return 0;
}

static int tear_down(void **state)
{
    fixture *test = *state;
    unlink(test->gold);
    unlink(test->records);
    rmdir(test->folder);
    ml_buffer_dispose(&test->out);
    ml_arena_dispose(&test->arena);
    free(test);
    return 0;
}

static ml_status take(void *payload, const char *bytes, size_t len)
{
    ml_buffer_bytes(payload, bytes, len);
    return ML_OK;
}

static ml_status refuse(void *payload, const char *bytes, size_t len)
{
    (void)payload, (void)bytes, (void)len;
    return ML_E_IO;
}

static void complain(void *payload, const ml_error *error)
{
    fixture *test = payload;
    strcpy(test->complaint, error->message);
}

static ml_status evaluate(fixture *test, const char *gold, const char *records, ml_evaluate_options options,
                          ml_error *error)
{
    write_file(test->gold, gold);
    write_file(test->records, records);
    const char *golds[] = {test->gold};
    options.complain = complain;
    options.payload = test;
    ml_buffer_clear(&test->out);
    ml_sink sink = {take, &test->out};
    ml_status status = ml_evaluate(golds, 1, test->records, &options, sink, error);
    ml_buffer_char(&test->out, '\0');
    return status;
}

static void assert_folded(fixture *test, const char *a, const char *b, bool equal)
{
    ml_str x = ml_fold(ml_str_from(a), &test->arena), y = ml_fold(ml_str_from(b), &test->arena);
    if (ml_str_equal(x, y) != equal)
        fail_msg("`%s` became `%.*s`, `%s` became `%.*s`", a, (int)x.len, x.ptr, b, (int)y.len, y.ptr);
}

static void spelling_is_folded(void **state)
{
    fixture *test = *state;
    assert_folded(test, "Uỷ ban hoà bình", "ỦY BAN  hòa-bình", true);
    assert_folded(test, "UBND TP.Nam Định", "Ủy ban nhân dân Thành phố Nam Định", true);
    assert_folded(test, "Ban Chấp hành T.Ư", "BCH Trung ương", true);
    assert_folded(test, "TPHCM", "thành phố HCM", true);
    assert_folded(test, "Ban TW", "Ban TWO", false);
    assert_folded(test, "ubnda", "ủy ban nhân dân a", false);
    assert_folded(test, "hoa", "hòa", false);
    assert_folded(test, "a_b", "a b", true);
    assert_folded(test, "", " . ", true);
}

static void assert_designator(fixture *test, const char *text, uint32_t expected)
{
    uint32_t count;
    const uint32_t *points = ml_fold_points(ml_str_from(text), &test->arena, &count);
    if (ml_fold_designator(points, count) != expected)
        fail_msg("%s: %u", text, ml_fold_designator(points, count));
}

static void designators_are_found(void **state)
{
    fixture *test = *state;
    assert_designator(test, "tỉnh Nam Định", 5);
    assert_designator(test, "TP. Nam Định", 4);
    assert_designator(test, "Các  tỉnh", 9);
    assert_designator(test, "huyện đảo Trường Sa", 10);
    assert_designator(test, "xãy", 0);
    assert_designator(test, "các Nam Định", 0);
    assert_designator(test, "Nam Định", 0);
}

static const char good_gold[] = "@id one\r\n@date 2019-08-17\n@entities\nb1 body UBND tỉnh Nam Định = UBND tỉnh\n"
                                "l1 locality Thành phố Nam Định\np1 person Trần Văn A\ns1 site Chợ Rồng\n@relations\n"
                                "holds_position p1 b1 Chủ tịch\ncooperates_with b1 l1\n"
                                "@text\n{{b1|UBND tỉnh}} và {{l1|thành phố Nam Định}}, {{p1|A}}, {{s1|chợ Rồng}}";

static void gold_is_read(void **state)
{
    fixture *test = *state;
    ml_error error = {0};
    ml_buffer golds = {0};
    write_file(test->gold, good_gold);
    assert_int_equal(ml_gold_read(test->gold, &test->arena, &golds, &error), ML_OK);
    assert_int_equal(golds.len, sizeof(ml_gold));
    const ml_gold *gold = (const ml_gold *)(const void *)golds.ptr;
    assert_true(ml_str_equal(gold->record.id, ML_STR("one")));
    assert_int_equal(gold->record.entity_count, 4);
    assert_int_equal(gold->record.relation_count, 2);
    assert_true(ml_str_equal(gold->record.relations[0].title, ML_STR("Chủ tịch")));
    assert_int_equal(gold->names[0].count, 2);
    assert_int_equal(gold->record.mention_count, 4);
    assert_int_equal(gold->record.mentions[1].start, 13);
    assert_int_equal(gold->record.mentions[1].end, 31);
    assert_int_equal(gold->record.mentions[3].type, ML_SITE);
    assert_int_equal(gold->point_count, 44);
    ml_buffer_dispose(&golds);
}

static void malformed_gold_is_refused(void **state)
{
    static const struct {
        const char *gold, *message;
        uint32_t line;
    } cases[] = {
        {"@id x\n", "no @text", 0},
        {"@date x\n@text\na", "no @id", 1},
        {"@id x\nfree\n@text\na", "free", 2},
        {"@id x\n@entities\np1 animal Cat\n@text\n{{p1|a}}", "ID TYPE NAME", 3},
        {"@id x\n@entities\np1 person A\np1 person B\n@text\n{{p1|a}}", "before", 4},
        {"@id x\n@entities\np1 person A\n@text\na", "never mentioned: p1", 0},
        {"@id x\n@text\n{{p1|a}}", "not declared: p1", 0},
        {"@id x\n@text\n{{p1|a}", "broken mention", 0},
        {"@id x\n@entities\np1 person A\n@relations\nchaired p1 p1\n@text\n{{p1|a}}", "does not take: p1", 5},
        {"@id x\n@entities\np1 person A\nb1 body B\n@relations\nholds_position p1 b1\n@text\n{{p1|a}}", "title", 6},
        {"@id x\n@entities\np1 person A\n@relations\nchaired p1 e1\n@text\n{{p1|a}}", "not declared: e1", 5},
        {"@id x\n@relations\nknows a b\n@text\na", "TYPE SOURCE TARGET", 3},
    };
    fixture *test = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ml_error error = {0};
        assert_int_equal(evaluate(test, cases[i].gold, "", (ml_evaluate_options){0}, &error), ML_E_SYNTAX);
        assert_string_equal(error.where, test->gold);
        assert_int_equal(error.line, cases[i].line);
        if (!strstr(error.message, cases[i].message))
            fail_msg("%s does not say %s", error.message, cases[i].message);
    }
    ml_error error = {0};
    assert_int_equal(evaluate(test, "@id x\n@text\n\xFF", "", (ml_evaluate_options){0}, &error), ML_E_ENCODING);
    assert_int_equal(error.line, 3);
}

#define HEAD "{\"schema\":\"mangluoi-record/1\",\"id\":\"one\","
#define ENTITIES                                                                                                       \
    "\"entities\":[{\"id\":\"A\",\"type\":\"body\",\"name\":\"UBND "                                                   \
    "Tỉnh\"},{\"id\":\"B\",\"type\":\"locality\",\"name\":\"X\"},"                                                   \
    "{\"id\":\"C\",\"type\":\"site\",\"name\":\"S\"},{\"id\":\"D\",\"type\":\"person\",\"name\":\"D\"}],"

static void figures_are_right(void **state)
{
    static const char records[] =
        "\n" HEAD "\"mentions\":[{\"start\":0,\"end\":9,\"type\":\"body\",\"entity\":\"A\"},"
        "{\"start\":23,\"end\":31,\"type\":\"locality\",\"entity\":\"B\"},"
        "{\"start\":38,\"end\":44,\"type\":\"locality\",\"entity\":\"B\"},"
        "{\"start\":10,\"end\":12,\"type\":\"person\",\"entity\":\"D\"}]," ENTITIES
        "\"relations\":[{\"type\":\"cooperates_with\",\"source\":\"B\",\"target\":\"A\"},"
        "{\"type\":\"visited\",\"source\":\"D\",\"target\":\"C\"},"
        "{\"type\":\"holds_position\",\"source\":\"D\",\"target\":\"A\",\"title\":\"chủ tịch\","
        "\"evidence\":{\"start\":0,\"end\":12}}]}\n";
    fixture *test = *state;
    ml_error error = {0};
    assert_int_equal(evaluate(test, good_gold, records, (ml_evaluate_options){.show_errors = true}, &error), ML_OK);
    assert_string_equal(test->out.ptr,
                        "one: name: 'Thành phố Nam Định' was named 'X'\n"
                        "    UBND tỉnh và [thành phố Nam Định], A, chợ Rồng\n"
                        "one: missed person 'A' at 33\n"
                        "    UBND tỉnh và thành phố Nam Định, [A], chợ Rồng\n"
                        "one: wrong person 'và' at 10\n"
                        "    UBND tỉnh [và] thành phố Nam Định, A, chợ Rồng\n"
                        "one: missed holds_position: Trần Văn A -> UBND tỉnh Nam Định Chủ tịch\n"
                        "    [UBND tỉnh] và thành phố Nam Định, [A], chợ Rồng\n"
                        "one: wrong holds_position: ?D -> UBND tỉnh Nam Định chủ tịch\n"
                        "    [UBND tỉnh] [và]\n"
                        "errors    5, by kind:\n"
                        "         1  mention   missed  person\n"
                        "         1  mention   wrong   person\n"
                        "         1  name      wrong   locality\n"
                        "         1  relation  missed  holds_position\n"
                        "         1  relation  wrong   holds_position\n"
                        "1 articles\n"
                        "mention   all              P 0.667  R 0.667  F1 0.667   (2 right of 3 gold, 3 said)\n"
                        "mention   person           P 0.000  R 0.000  F1 0.000   (0 right of 1 gold, 1 said)\n"
                        "mention   body             P 1.000  R 1.000  F1 1.000   (1 right of 1 gold, 1 said)\n"
                        "mention   locality         P 1.000  R 1.000  F1 1.000   (1 right of 1 gold, 1 said)\n"
                        "entity    all              P 0.667  R 0.667  F1 0.667   (2 right of 3 gold, 3 said)\n"
                        "entity    person           P 0.000  R 0.000  F1 0.000   (0 right of 1 gold, 1 said)\n"
                        "entity    body             P 1.000  R 1.000  F1 1.000   (1 right of 1 gold, 1 said)\n"
                        "entity    locality         P 1.000  R 1.000  F1 1.000   (1 right of 1 gold, 1 said)\n"
                        "relation  all              P 0.500  R 0.500  F1 0.500   (1 right of 2 gold, 2 said)\n"
                        "relation  holds_position   P 0.000  R 0.000  F1 0.000   (0 right of 1 gold, 1 said)\n"
                        "relation  cooperates_with  P 1.000  R 1.000  F1 1.000   (1 right of 1 gold, 1 said)\n"
                        "mention   (any overlap)    P 0.667\n"
                        "names     canonical name right for 0.500 of the entities found\n"
                        "intervals none: fewer than two articles do not show how much articles differ\n");
    assert_string_equal(test->complaint, "");
}

static void missing_records_count_as_nothing_found(void **state)
{
    fixture *test = *state;
    ml_error error = {0};
    const char records[] = "{\"schema\":\"mangluoi-record/1\",\"id\":\"other\"}\n";
    assert_int_equal(evaluate(test, good_gold, records, (ml_evaluate_options){.json = true}, &error), ML_OK);
    assert_string_equal(test->complaint, "no record for 1 of 1 marked articles: one");
    assert_non_null(strstr(test->out.ptr,
                           " \"mention\": {\n  \"all\": {\n   \"precision\": 0.0,\n   \"recall\": 0.0,\n"
                           "   \"f1\": 0.0,\n   \"right\": 0,\n   \"gold\": 3,\n   \"predicted\": 0\n  },"));
    assert_non_null(strstr(test->out.ptr, " \"name_accuracy\": 0.0,\n"));
}

static void wrong_records_are_refused(void **state)
{
    fixture *test = *state;
    ml_error error = {0};
    const char records[] = "{\"schema\":\"mangluoi-record/1\",\"id\":\"other\"}\n{\"id\":5}\n";
    assert_int_equal(evaluate(test, good_gold, records, (ml_evaluate_options){0}, &error), ML_E_SYNTAX);
    assert_string_equal(error.where, test->records);
    assert_int_equal(error.line, 2);
}

static void files_that_are_not_there_are_named(void **state)
{
    fixture *test = *state;
    ml_sink sink = {take, &test->out};
    const char *missing[] = {"evaluate.missing.gold"};
    ml_error error = {0};
    assert_int_equal(ml_evaluate(missing, 1, test->records, NULL, sink, &error), ML_E_IO);
    assert_string_equal(error.where, missing[0]);
    error = (ml_error){0};
    assert_int_equal(ml_evaluate(NULL, 0, "evaluate.missing", NULL, sink, &error), ML_E_IO);
    assert_string_equal(error.where, "evaluate.missing");
    sink.write = refuse;
    assert_int_equal(ml_evaluate(NULL, 0, test->records, NULL, sink, NULL), ML_E_IO);
}

static void assert_written(ml_buffer *out, const char *expected)
{
    ml_buffer_char(out, '\0');
    assert_string_equal(out->ptr, expected);
    ml_buffer_clear(out);
}

static void numbers_are_written_as_by_python(void **state)
{
    fixture *test = *state;
    static const struct {
        double number;
        const char *exact, *rounded;
    } cases[] = {{0, "0.0", "0.000"},
                 {1, "1.0", "1.000"},
                 {0.1, "0.1", "0.100"},
                 {2.0 / 3, "0.6666666666666666", "0.667"},
                 {0.1 + 0.2, "0.30000000000000004", "0.300"},
                 {0.00001, "1e-05", "0.000"},
                 {0.0005, "0.0005", "0.001"}};
    /* Where such a locale is installed, its decimal comma must not show. */
    const char *locale = setlocale(LC_ALL, "vi_VN.UTF-8");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ml_evaluate__write_exact(cases[i].number, &test->out);
        assert_written(&test->out, cases[i].exact);
        ml_evaluate__write_rounded(cases[i].number, &test->out);
        assert_written(&test->out, cases[i].rounded);
    }
    if (locale)
        setlocale(LC_ALL, "C");
}

static void strings_are_quoted_as_by_python(void **state)
{
    fixture *test = *state;
    ml_evaluate__write_repr(ML_STR("it's"), &test->out);
    assert_written(&test->out, "\"it's\"");
    ml_evaluate__write_repr(ML_STR("'\"\\"), &test->out);
    assert_written(&test->out, "'\\'\"\\\\'");
    ml_evaluate__write_repr(ML_STR("ủ\t\n\x7f\u00a0\u200b\U000e0001"), &test->out);
    assert_written(&test->out, "'ủ\\t\\n\\x7f\\xa0\\u200b\\U000e0001'");
}

/* ---- intervals ---- */

static void random_numbers_are_splitmix64(void **state)
{
    (void)state;
    /* The first numbers of the reference implementation. */
    uint64_t seed = 1234567;
    assert_true(ml_bootstrap__next(&seed) == 6457827717110365317u);
    assert_true(ml_bootstrap__next(&seed) == 3203168211198807973u);
    assert_true(ml_bootstrap__next(&seed) == 9817491932198370423u);
}

enum { PLACE = ML_MENTION_SCORES };

typedef struct {
    ml_interval of[ML_SCORES][ML_MEASURES];
} all_intervals;

/* Articles of which only the mentions have counts. */
static all_intervals intervals_of(fixture *test, const ml_counts *counts, size_t count)
{
    all_intervals out;
    ml_error error = {0};
    ml_article_scores *articles = ml_arena_array(&test->arena, count, sizeof *articles);
    for (size_t i = 0; i < count; i++)
        articles[i].scores.at[PLACE] = counts[i];
    assert_int_equal(ml_bootstrap_intervals(articles, count, &test->arena, out.of, &error), ML_OK);
    return out;
}

static void assert_interval(const all_intervals *all, ml_measure measure, double low, double high)
{
    const ml_interval *interval = &all->of[PLACE][measure];
    assert_true(interval->known);
    assert_float_equal(interval->low, low, 0);
    assert_float_equal(interval->high, high, 0);
}

static void intervals_of_small_cases(void **state)
{
    fixture *test = *state;
    /* One article of four is all wrong. How often it is drawn is binomial: four times of four in 0.4 % of the draws, three times or
     * more in 5.1 %; never in 32 %. So the lowest 2.5 % reach into "three times". */
    const ml_counts one_wrong[] = {{2, 2, 2}, {2, 2, 2}, {0, 2, 2}, {2, 2, 2}};
    all_intervals found = intervals_of(test, one_wrong, 4);
    for (int measure = 0; measure < ML_MEASURES; measure++)
        assert_interval(&found, (ml_measure)measure, 0.25, 1);
    /* Of two articles each is all that is drawn in a quarter of the draws. */
    const ml_counts two[] = {{1, 1, 2}, {3, 4, 3}};
    found = intervals_of(test, two, 2);
    assert_interval(&found, ML_PRECISION, 0.5, 1);
    assert_interval(&found, ML_RECALL, 0.75, 1);
    assert_interval(&found, ML_F1, 2 * 0.5 / 1.5, 2 * 0.75 / 1.75);
}

static void intervals_want_two_articles(void **state)
{
    fixture *test = *state;
    const ml_counts counts[] = {{1, 1, 1}, {0, 0, 0}, {0, 0, 1}, {0, 0, 0}};
    all_intervals found = intervals_of(test, counts, 1);
    assert_false(found.of[PLACE][ML_F1].known);
    found = intervals_of(test, counts, 2);
    assert_false(found.of[PLACE][ML_F1].known);
    found = intervals_of(test, counts, 4);
    assert_true(found.of[PLACE][ML_PRECISION].known);
    assert_false(found.of[PLACE][ML_RECALL].known);
    assert_true(found.of[PLACE][ML_F1].known);
    assert_false(found.of[ML_RELATION_SCORES][ML_F1].known);
    assert_false(intervals_of(test, NULL, 0).of[PLACE][ML_F1].known);
    /* In a tenth of the draws neither of two articles among ten is there: these say nothing, not zero. */
    const ml_counts rare[10] = {{1, 1, 1}, {1, 1, 1}};
    found = intervals_of(test, rare, 10);
    assert_interval(&found, ML_F1, 1, 1);
}

static void intervals_hold_the_figure_and_repeat(void **state)
{
    enum { ARTICLES = 20, ROUNDS = 10 };
    fixture *test = *state;
    uint64_t chance = 7;
    ml_error error = {0};
    for (int round = 0; round < ROUNDS; round++) {
        char ids[ARTICLES][8];
        ml_article_scores articles[ARTICLES] = {0};
        for (int i = 0; i < ARTICLES; i++) {
            snprintf(ids[i], sizeof ids[i], "a%d", (int)random_below(&chance, ARTICLES));
            articles[i].id = ml_str_from(ids[i]);
            for (int place = 0; place < ML_SCORES; place++) {
                uint64_t right = random_below(&chance, 9);
                articles[i].scores.at[place] =
                    (ml_counts){right, right + random_below(&chance, 3), right + random_below(&chance, 3)};
            }
        }
        ml_figures first, again;
        memset(&first, 0, sizeof first);
        memset(&again, 0, sizeof again);
        assert_int_equal(ml_figures_make(articles, ARTICLES, &test->arena, &first, &error), ML_OK);
        for (int i = 0; i < ARTICLES; i++) { /* another order */
            uint32_t other = random_below(&chance, ARTICLES);
            ml_article_scores kept = articles[i];
            articles[i] = articles[other];
            articles[other] = kept;
        }
        assert_int_equal(ml_figures_make(articles, ARTICLES, &test->arena, &again, &error), ML_OK);
        for (int place = 0; place < ML_SCORES; place++) {
            for (int measure = 0; measure < ML_MEASURES; measure++) {
                const ml_interval *interval = &first.intervals[place][measure],
                                  *same = &again.intervals[place][measure];
                double figure = ml_counts_measure(&first.total.at[place], (ml_measure)measure);
                assert_true(interval->known && interval->low <= figure && figure <= interval->high);
                assert_float_equal(interval->low, same->low, 0);
                assert_float_equal(interval->high, same->high, 0);
            }
        }
    }
}

/* ---- sentences ---- */

static void sentences_are_parted(void **state)
{
    static const struct {
        const char *text, *parted;
    } cases[] = {
        {"", ""},
        {" \n ", ""},
        {"Một. Hai! Ba? Bốn… Năm", "Một.|Hai!|Ba?|Bốn…|Năm"},
        {"Đề mục\nÔng An nói.  \r\n\r\nHết", "Đề mục|Ông An nói.|Hết"},
        {"Tại TP. Vinh, ThS. V. An nói: “Vâng.” Ông đi", "Tại TP. Vinh, ThS. V. An nói: “Vâng.”|Ông đi"},
        {"Ngày 17.8.2019 tại UBND. 5 người... nói", "Ngày 17.8.2019 tại UBND.|5 người... nói"},
        {"Ở ấp 3. Rồi", "Ở ấp 3.|Rồi"},
    };
    fixture *test = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t count;
        const uint32_t *points = ml_fold_points(ml_str_from(cases[i].text), &test->arena, &count);
        ml_sentences found = ml_sentences_find(points, count, &test->arena);
        ml_buffer_clear(&test->out);
        for (uint32_t k = 0; k < found.count; k++) {
            ml_str sentence = ml_fold_encode(points, found.list[k].start, found.list[k].end, count, &test->arena);
            ml_buffer_str(&test->out, k ? ML_STR("|") : ML_STR(""));
            ml_buffer_str(&test->out, sentence);
            assert_int_equal(ml_sentences_at(&found, found.list[k].start), k);
            assert_int_equal(ml_sentences_at(&found, found.list[k].end), k);
        }
        assert_str(ml_buffer_view(&test->out), cases[i].parted);
    }
}

static void assert_excerpt(fixture *test, const char *text, ml_stretch stretch, const ml_stretch *marks,
                           uint32_t mark_count, const char *expected)
{
    uint32_t count;
    const uint32_t *points = ml_fold_points(ml_str_from(text), &test->arena, &count);
    stretch.end = stretch.end < count ? stretch.end : count;
    ml_buffer_clear(&test->out);
    ml_excerpt_write(points, stretch, marks, mark_count, &test->out);
    assert_str(ml_buffer_view(&test->out), expected);
}

static void words_are_marked_in_their_sentence(void **state)
{
    fixture *test = *state;
    const ml_stretch all = {0, UINT32_MAX};
    assert_excerpt(test, "Ở Nam Định", all, (ml_stretch[]){{2, 10}}, 1, "Ở [Nam Định]");
    assert_excerpt(test, "Ở\nNam\tĐịnh\x1b[2J\u00a0", all, (ml_stretch[]){{2, 10}}, 1, "Ở [Nam Định] [2J ");
    assert_excerpt(test, "An và Bình", all, (ml_stretch[]){{0, 2}, {6, 10}}, 2, "[An] và [Bình]");
    assert_excerpt(test, "An và Bình", (ml_stretch){3, 5}, (ml_stretch[]){{0, 2}, {4, 9}, {6, 10}}, 3, "v[à]");
    assert_excerpt(test, "An và Bình", all, (ml_stretch[]){{3, 6}, {4, 5}, {6, 2}}, 3, "An [và ][]Bình");
    assert_excerpt(test, "An", all, NULL, 0, "An");
}

#define TEN "một hai " /* eight letters, two words */
#define EIGHTY TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static void long_sentences_are_shortened(void **state)
{
    fixture *test = *state;
    const ml_stretch all = {0, UINT32_MAX};
    /* 160 code points are not long, 161 are. */
    assert_excerpt(test, EIGHTY EIGHTY, all, NULL, 0, EIGHTY EIGHTY);
    assert_excerpt(test, EIGHTY EIGHTY "X", all, (ml_stretch[]){{160, 161}}, 1, "… hai " TEN TEN TEN TEN TEN "[X]");
    assert_excerpt(test, "X " EIGHTY EIGHTY, all, (ml_stretch[]){{0, 1}}, 1, "[X] " TEN TEN TEN TEN TEN "một …");
    assert_excerpt(test, EIGHTY EIGHTY "X " EIGHTY "Y", all, (ml_stretch[]){{160, 161}, {242, 243}}, 2,
                   "… hai " TEN TEN TEN TEN TEN "[X] " EIGHTY "[Y]");
    assert_excerpt(test, "X " EIGHTY EIGHTY "Y", all, (ml_stretch[]){{0, 1}, {162, 163}}, 2,
                   "[X] " TEN TEN TEN TEN TEN "một … hai " TEN TEN TEN TEN TEN "[Y]");
    /* Without words to show, the beginning; of many words, their ends; of letters without end, none. */
    assert_excerpt(test, EIGHTY EIGHTY TEN, all, NULL, 0, EIGHTY EIGHTY "…");
    assert_excerpt(test, EIGHTY EIGHTY "X", all, (ml_stretch[]){{0, 161}}, 1,
                   "[" TEN TEN TEN TEN TEN TEN "… hai " TEN TEN TEN TEN TEN "X]");
}

static const char pair_gold[] =
    "@id one\n@entities\np1 person An\np2 person Bình\ne1 event hội nghị\n@relations\n"
    "met_with p1 p2\nattended p2 e1\n@text\n"
    "{{p1|An}} nói. {{e1|Hội nghị}} họp. Hết. {{p2|Bình}} dự {{e1|hội nghị}}. {{p1|An}} cười. "
    "{{p2|Bình}} rời {{e1|hội nghị}}.";

static void missed_relations_show_where_both_ends_are_named(void **state)
{
    fixture *test = *state;
    ml_error error = {0};
    assert_int_equal(evaluate(test, pair_gold, "", (ml_evaluate_options){.show_errors = true}, &error), ML_OK);
    assert_non_null(strstr(test->out.ptr, "one: missed attended: Bình -> hội nghị \n    [Bình] dự [hội nghị].\none: "));
    assert_non_null(
        strstr(test->out.ptr, "one: missed met_with: An -> Bình \n    [Bình] dự hội nghị.\n    [An] cười.\nerrors"));
}

static void mistakes_outside_of_the_text_are_told(void **state)
{
    fixture *test = *state;
    ml_error error = {0};
    const char records[] =
        HEAD "\"mentions\":[{\"start\":900,\"end\":905,\"type\":\"person\",\"entity\":\"D\"}]," ENTITIES
             "\"relations\":[{\"type\":\"visited\",\"source\":\"D\",\"target\":\"A\",\"evidence\":{\"start\":900,"
             "\"end\":990}}]}\n";
    assert_int_equal(evaluate(test, pair_gold, records, (ml_evaluate_options){.show_errors = true}, &error), ML_OK);
    assert_non_null(strstr(test->out.ptr, "one: wrong person '' at 900\n    (not in the text)\none: "));
    assert_non_null(strstr(test->out.ptr, "one: wrong visited: ?D -> ?A \nerrors    "));
}

static void all_that_is_right_has_no_errors(void **state)
{
    fixture *test = *state;
    ml_error error = {0};
    assert_int_equal(evaluate(test, "@id one\n@text\nX", "", (ml_evaluate_options){.show_errors = true}, &error),
                     ML_OK);
    assert_memory_equal(test->out.ptr, "errors    none\n1 articles\n", 26);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(spelling_is_folded),
        TEST(designators_are_found),
        TEST(gold_is_read),
        TEST(malformed_gold_is_refused),
        TEST(figures_are_right),
        TEST(missing_records_count_as_nothing_found),
        TEST(wrong_records_are_refused),
        TEST(files_that_are_not_there_are_named),
        TEST(numbers_are_written_as_by_python),
        TEST(strings_are_quoted_as_by_python),
        TEST(random_numbers_are_splitmix64),
        TEST(intervals_of_small_cases),
        TEST(intervals_want_two_articles),
        TEST(intervals_hold_the_figure_and_repeat),
        TEST(sentences_are_parted),
        TEST(words_are_marked_in_their_sentence),
        TEST(long_sentences_are_shortened),
        TEST(missed_relations_show_where_both_ends_are_named),
        TEST(mistakes_outside_of_the_text_are_told),
        TEST(all_that_is_right_has_no_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
