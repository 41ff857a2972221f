#include "support.h"

#include "base/utf8.h"
#include "record/record.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char story[] =
    "Sáng 17-8, tại thành phố Nam Định, UBND tỉnh Nam Định tổ chức hội nghị xúc tiến đầu tư. "
    "Đồng chí Nguyễn Hoà Thuỵ, Chủ tịch UBND tỉnh Nam Định chủ trì hội nghị.\n"
    "Dự hội nghị có các đồng chí: Trần Thị Bích Ngà, Bí thư Tỉnh ủy Nam Định; Lê Đăng Khoát, Giám đốc Sở Y tế tỉnh "
    "Nam Định.\n"
    "Phát biểu tại hội nghị, ông Thuỵ nhấn mạnh nhiều điểm. Cùng ngày, bà Bích Ngà thăm tỉnh Hoà Bình.";

static char *normalised(const char *text, utf8proc_option_t form)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &out, UTF8PROC_NULLTERM | UTF8PROC_STABLE | form);
    assert_true(len > 0);
    return (char *)out;
}

static void assert_same_entities(const ml_record *a, const ml_record *b)
{
    assert_int_equal(a->entity_count, b->entity_count);
    for (uint32_t i = 0; i < a->entity_count; i++) {
        assert_true(ml_str_equal(a->entities[i].id, b->entities[i].id));
        assert_true(ml_str_equal(a->entities[i].name, b->entities[i].name));
        assert_true(ml_str_equal(a->entities[i].date, b->entities[i].date));
        assert_int_equal(a->entities[i].type, b->entities[i].type);
    }
}

static void assert_same_relations(const ml_record *a, const ml_record *b)
{
    assert_int_equal(a->relation_count, b->relation_count);
    for (uint32_t i = 0; i < a->relation_count; i++) {
        assert_int_equal(a->relations[i].source, b->relations[i].source);
        assert_int_equal(a->relations[i].target, b->relations[i].target);
        assert_true(ml_str_equal(a->relations[i].type, b->relations[i].type));
        assert_true(ml_str_equal(a->relations[i].title, b->relations[i].title));
    }
}

static void a_story_gives_mentions_entities_and_relations(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "2019-08-18", story);
    assert_non_null(entity_named(&article.record, "Nguyễn Hoà Thuỵ"));
    assert_non_null(entity_named(&article.record, "Trần Thị Bích Ngà"));
    assert_non_null(entity_named(&article.record, "UBND tỉnh Nam Định"));
    assert_non_null(entity_named(&article.record, "Tỉnh ủy Nam Định"));
    assert_true(article.record.relation_count >= 4);
    assert_int_equal(article.record.error_code.len, 0);
    article_close(&article);
}

static void the_same_article_gives_the_same_bytes_again(void **state)
{
    ml_error error = {0};
    ml_buffer lines[3] = {{0}};
    ml_article article = {.id = ML_STR("a"), .date = ML_STR("2019-08-18"), .text = ml_str_from(story)};
    ml_article other = {.id = ML_STR("b"), .text = ML_STR("Ông Đỗ Văn Lượng thăm tỉnh Thái Bình.")};
    for (int i = 0; i < 3; i++) { /* a new worker, and one that has read something else before */
        ml_worker *worker;
        ml_buffer between = {0};
        assert_int_equal(ml_worker_new(*state, &worker, &error), ML_OK);
        if (i == 2)
            assert_int_equal(ml_extract(worker, &other, buffer_sink(&between), &error), ML_OK);
        assert_int_equal(ml_extract(worker, &article, buffer_sink(&lines[i]), &error), ML_OK);
        ml_buffer_dispose(&between);
        ml_worker_free(worker);
    }
    assert_true(lines[0].len > 100);
    for (int i = 1; i < 3; i++)
        assert_true(ml_str_equal(ml_buffer_view(&lines[0]), ml_buffer_view(&lines[i])));
    for (int i = 0; i < 3; i++)
        ml_buffer_dispose(&lines[i]);
}

static void what_is_written_can_be_read_back(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "2019-08-18", story);
    ml_buffer line = {0}, again = {0};
    ml_arena arena = {0};
    ml_record back;
    ml_error error = {0};
    ml_record_write(&article.record, &line);
    assert_int_equal(ml_record_read(ml_buffer_view(&line), &arena, &back, &error), ML_OK);
    ml_record_write(&back, &again);
    assert_true(ml_str_equal(ml_buffer_view(&line), ml_buffer_view(&again)));
    ml_arena_dispose(&arena);
    ml_buffer_dispose(&line);
    ml_buffer_dispose(&again);
    article_close(&article);
}

static void decomposed_text_gives_the_same_entities_at_its_own_offsets(void **state)
{
    char *nfc = normalised(story, UTF8PROC_COMPOSE), *nfd = normalised(story, UTF8PROC_DECOMPOSE);
    assert_true(strlen(nfd) > strlen(nfc));
    test_article composed, decomposed;
    article_open(&composed, *state, "a", "2019-08-18", nfc);
    article_open(&decomposed, *state, "a", "2019-08-18", nfd);
    const ml_record *a = &composed.record, *b = &decomposed.record;
    assert_same_entities(a, b);
    assert_same_relations(a, b);
    assert_int_equal(a->mention_count, b->mention_count);
    for (uint32_t i = 0; i < a->mention_count; i++) {
        ml_str given = points_slice(decomposed.text, b->mentions[i].start, b->mentions[i].end);
        utf8proc_uint8_t *again = NULL;
        utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)given.ptr, (utf8proc_ssize_t)given.len, &again,
                                            UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        assert_true(len > 0);
        assert_true(ml_str_equal((ml_str){(char *)again, (uint32_t)len},
                                 points_slice(composed.text, a->mentions[i].start, a->mentions[i].end)));
        free(again);
    }
    article_close(&composed);
    article_close(&decomposed);
    free(nfc);
    free(nfd);
}

/* Everything but the people's own names: those are kept as the article has them, so only ids are compared. */
static void tone_placement_changes_no_entity(void **state)
{
    static const char *const pair[] = {
        "Ông Nguyễn Hoà Thuỵ thăm UBND tỉnh Hoà Bình. Ông Thuỵ dự hội nghị của Tỉnh uỷ Hoà Bình.",
        "Ông Nguyễn Hòa Thụy thăm UBND tỉnh Hòa Bình. Ông Thụy dự hội nghị của Tỉnh ủy Hòa Bình.",
    };
    test_article old, new;
    article_open(&old, *state, "a", "", pair[0]);
    article_open(&new, *state, "a", "", pair[1]);
    assert_true(old.record.entity_count >= 4);
    assert_int_equal(old.record.entity_count, new.record.entity_count);
    for (uint32_t i = 0; i < old.record.entity_count; i++) {
        ml_str a = old.record.entities[i].id, b = new.record.entities[i].id;
        if (old.record.entities[i].type != ML_EVENT)
            assert_true(ml_str_equal(a, b));
    }
    assert_same_relations(&old.record, &new.record);
    article_close(&old);
    article_close(&new);
}

static void a_byte_order_mark_is_one_point(void **state)
{
    test_article plain, marked;
    article_open(&plain, *state, "a", "", "Ông Trần Văn Khoát thăm tỉnh Nam Định.");
    article_open(&marked, *state, "a", "", "\xef\xbb\xbfÔng Trần Văn Khoát thăm tỉnh Nam Định.");
    assert_same_entities(&plain.record, &marked.record);
    assert_int_equal(plain.record.mention_count, marked.record.mention_count);
    assert_true(plain.record.mention_count >= 2);
    for (uint32_t i = 0; i < plain.record.mention_count; i++)
        assert_int_equal(plain.record.mentions[i].start + 1, marked.record.mentions[i].start);
    article_close(&plain);
    article_close(&marked);
}

static void evidence_is_the_sentence_that_says_it(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "",
                 "Trời mưa. Ông Trần Văn Khoát, Chủ tịch UBND tỉnh Nam Định chủ trì hội nghị. Trời tạnh.");
    const ml_record_relation *relation =
        relation_said(&article.record, "holds_position", "Trần Văn Khoát", "UBND tỉnh Nam Định", "Chủ tịch");
    assert_non_null(relation);
    assert_str(points_slice(article.text, relation->start, relation->end),
               "Ông Trần Văn Khoát, Chủ tịch UBND tỉnh Nam Định chủ trì hội nghị.");
    article_close(&article);
}

static void an_article_that_is_no_utf8_gives_an_error_record(void **state)
{
    ml_worker *worker;
    ml_error error = {0};
    ml_buffer out = {0};
    assert_int_equal(ml_worker_new(*state, &worker, &error), ML_OK);
    ml_article article = {.id = ML_STR("bad-1"), .text = ML_STR("T\xe1\xbb nh")};
    assert_int_equal(ml_extract(worker, &article, buffer_sink(&out), &error), ML_E_PARTIAL);
    assert_holds(ml_buffer_view(&out), "\"id\":\"bad-1\"");
    assert_holds(ml_buffer_view(&out), "not_utf8");
    assert_holds(ml_buffer_view(&out), "byte 2 ");
    assert_int_equal(error.status, ML_E_PARTIAL);
    assert_string_equal(error.where, "bad-1");

    ml_buffer_clear(&out); /* the worker goes on */
    ml_error none = {0};
    article = (ml_article){.id = ML_STR("good"), .text = ML_STR("Ông Trần Văn Khoát thăm tỉnh Nam Định.")};
    assert_int_equal(ml_extract(worker, &article, buffer_sink(&out), &none), ML_OK);
    assert_holds(ml_buffer_view(&out), "Trần Văn Khoát");
    ml_buffer_dispose(&out);
    ml_worker_free(worker);
}

static void an_article_that_is_too_large_gives_an_error_record(void **state)
{
    ml_worker *worker;
    ml_error error = {0};
    ml_record record;
    enum { TOO_LARGE = 8 * 1024 * 1024 + 1 };
    char *text = malloc(TOO_LARGE);
    assert_non_null(text);
    memset(text, 'a', TOO_LARGE);
    assert_int_equal(ml_worker_new(*state, &worker, &error), ML_OK);
    ml_article article = {.id = ML_STR("large"), .text = {text, TOO_LARGE}};
    assert_int_equal(ml_document_read(worker, &article, NULL, &record, &error), ML_E_PARTIAL);
    assert_str(record.error_code, "too_large");
    assert_int_equal(record.mention_count, 0);
    ml_worker_free(worker);
    free(text);
}

static void articles_without_words_are_empty_records(void **state)
{
    static const char *const texts[] = {"", " \n\t ", "...", "\xef\xbb\xbf", "12345", "\xcc\x81"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test_article article;
        article_open(&article, *state, "a", "", texts[i]);
        assert_int_equal(article.record.mention_count, 0);
        assert_int_equal(article.record.relation_count, 0);
        article_close(&article);
    }
}

static ml_status refuse(void *payload, const char *bytes, size_t len)
{
    (void)payload;
    (void)bytes;
    (void)len;
    return ML_E_IO;
}

static void failing_sinks_are_heard(void **state)
{
    ml_worker *worker;
    ml_error error = {0};
    assert_int_equal(ml_worker_new(*state, &worker, &error), ML_OK);
    ml_article article = {.id = ML_STR("a"), .text = ML_STR("Tỉnh Nam Định")};
    assert_int_equal(ml_extract(worker, &article, (ml_sink){refuse, NULL}, &error), ML_E_IO);
    ml_worker_free(worker);
}

/* Words of the trade thrown together at random: whatever comes, the record is sound, in either form of Unicode. */
static void nonsense_gives_sound_records(void **state)
{
    static const char *const words[] = {
        "Ông",      "bà",       "Nguyễn",    "Văn",   "Thị",      "An",       "Chủ tịch", "Phó",     "Bí thư",  "UBND",
        "tỉnh",     "Nam Định", "thành phố", "huyện", "Sở",       "Y tế",     "Ban",      "Chỉ đạo", "và",      ",",
        ";",        ".",        "\n",        "(",     ")",        "ABC",      "hội nghị", "dự",      "chủ trì", "gặp",
        "của",      "Bộ",       "Tỉnh ủy",   "17-8",  "sẽ",       "không",    "\"",       "về phía", "có",      "các",
        "đồng chí", ":",        "thăm",      "Đoàn",  "Quốc hội", "Việt Nam", "-",        "Quận 9",
    };
    uint64_t seed = 20190817;
    for (int round = 0; round < 300; round++) {
        ml_buffer text = {0};
        uint32_t count = 5 + random_below(&seed, 60);
        for (uint32_t i = 0; i < count; i++) {
            ml_buffer_str(&text, ml_str_from(words[random_below(&seed, sizeof words / sizeof *words)]));
            if (random_below(&seed, 8))
                ml_buffer_char(&text, ' ');
        }
        ml_buffer_char(&text, '\0');
        char *nfd = normalised(text.ptr, UTF8PROC_DECOMPOSE);
        test_article article, decomposed;
        article_open(&article, *state, "a", round % 2 ? "2019-08-17" : "", text.ptr);
        article_open(&decomposed, *state, "a", round % 2 ? "2019-08-17" : "", nfd);
        assert_same_entities(&article.record, &decomposed.record);
        assert_same_relations(&article.record, &decomposed.record);
        article_close(&article);
        article_close(&decomposed);
        ml_buffer_dispose(&text);
        free(nfd);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_gives_mentions_entities_and_relations),
        cmocka_unit_test(the_same_article_gives_the_same_bytes_again),
        cmocka_unit_test(what_is_written_can_be_read_back),
        cmocka_unit_test(decomposed_text_gives_the_same_entities_at_its_own_offsets),
        cmocka_unit_test(tone_placement_changes_no_entity),
        cmocka_unit_test(a_byte_order_mark_is_one_point),
        cmocka_unit_test(evidence_is_the_sentence_that_says_it),
        cmocka_unit_test(an_article_that_is_no_utf8_gives_an_error_record),
        cmocka_unit_test(an_article_that_is_too_large_gives_an_error_record),
        cmocka_unit_test(articles_without_words_are_empty_records),
        cmocka_unit_test(failing_sinks_are_heard),
        cmocka_unit_test(nonsense_gives_sound_records),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
