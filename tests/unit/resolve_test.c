#include "resolve/resolve.h"

#include "support.h"

#include <string.h>

/* Two ways to write it, both in the same article and in two: one entity. */
static void assert_same_thing(void **state, const char *before, const char *one, const char *behind, const char *other,
                              const char *end)
{
    ml_buffer text = {0};
    const char *const pieces[] = {before, one, behind, other, end};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        ml_buffer_str(&text, ml_str_from(pieces[i]));
    ml_buffer_char(&text, '\0');
    test_article article;
    article_open(&article, *state, "a", "", text.ptr);
    const ml_record_entity *a = entity_spelled(&article, one, 0), *b = entity_spelled(&article, other, 1);
    if (!a || !b || a != b)
        fail_msg("`%s` and `%s` are not the same in `%s`", one, other, text.ptr);
    article_close(&article);
    ml_buffer_dispose(&text);
}

static void copy_id(void **state, const char *article_id, const char *text, const char *words, char out[128])
{
    test_article article;
    article_open(&article, *state, article_id, "", text);
    const ml_record_entity *entity = entity_spelled(&article, words, 0);
    if (!entity)
        fail_msg("no `%s` in `%s`", words, text);
    else
        memcpy(out, entity->id.ptr, entity->id.len);
    out[entity ? entity->id.len : 0] = '\0';
    article_close(&article);
}

static void assert_ids(void **state, const char *text, const char *words, const char *other_text,
                       const char *other_words, bool same)
{
    char a[128], b[128];
    copy_id(state, "article-1", text, words, a);
    copy_id(state, "article-2", other_text, other_words, b);
    if ((strcmp(a, b) == 0) != same)
        fail_msg("`%s` is %s, `%s` is %s", words, a, other_words, b);
}

static void abbreviated_and_written_out_names_are_one_body(void **state)
{
    assert_same_thing(state, "", "UBND tỉnh Nam Định", " đã họp. ", "Ủy ban nhân dân tỉnh Nam Định", " báo cáo.");
    assert_same_thing(state, "", "Uỷ ban nhân dân tỉnh Nam Định", " đã họp. ", "UBND tỉnh Nam Định", " báo cáo.");
    assert_same_thing(state, "", "Bộ Giáo dục và Đào tạo", " đã họp. ", "Bộ GD&ĐT", " báo cáo.");
    assert_same_thing(state, "", "Tỉnh ủy Nam Định", " đã họp. ", "Tỉnh uỷ Nam Định", " báo cáo.");
}

static void names_are_completed_by_what_the_article_speaks_of(void **state)
{
    assert_same_thing(state, "Về phía ", "tỉnh Nam Định", " có người của ", "tỉnh Nam Định", ".");
    assert_same_thing(state, "", "UBND tỉnh Nam Định", " đã họp. Sau đó ", "UBND tỉnh", " báo cáo.");
    assert_same_thing(state, "Tại tỉnh Nam Định, ", "Tỉnh ủy", " đã họp với ", "Tỉnh ủy Nam Định", ".");
}

static void another_place_makes_another_body(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "",
                 "Tỉnh ủy Nam Định và Tỉnh ủy Ninh Bình họp. Ở tỉnh Hà Nam, UBND tỉnh báo cáo.");
    assert_non_null(entity_named(&article.record, "Tỉnh ủy Nam Định"));
    assert_non_null(entity_named(&article.record, "Tỉnh ủy Ninh Bình"));
    assert_non_null(entity_named(&article.record, "UBND tỉnh Hà Nam"));
    assert_null(entity_named(&article.record, "UBND tỉnh Nam Định"));
    article_close(&article);
}

static void short_names_go_to_the_full_one(void **state)
{
    assert_same_thing(state, "Ông ", "Đỗ Văn Lượng", " nói. Theo ông ", "Lượng", ", trời đẹp.");
    assert_same_thing(state, "Bà ", "Trần Thị Bích Ngà", " nói. Bà ", "Bích Ngà", " về.");
    assert_same_thing(state, "Ông ", "Nguyễn Văn An", " nói. Theo ông ", "An", ", trời đẹp.");
}

static void a_short_name_before_the_full_one_goes_to_it_too(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "", "Ông Lượng đã đến. Ông Đỗ Văn Lượng nói.");
    assert_ptr_equal(entity_spelled(&article, "Lượng", 0), entity_spelled(&article, "Đỗ Văn Lượng", 0));
    assert_int_equal(article.record.entity_count, 1);
    article_close(&article);
}

static void a_short_name_goes_to_the_one_named_last(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "", "Ông Đỗ Văn Lượng nói. Ông Lê Đăng Lượng nói. Theo ông Lượng, trời đẹp.");
    assert_ptr_equal(entity_spelled(&article, "Lượng", 0), entity_spelled(&article, "Lê Đăng Lượng", 0));
    article_close(&article);
}

static void other_people_stay_others(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "", "Ông Đỗ Văn Lượng gặp bà Trần Thị Bích Ngà và ông Lê Đăng Khoát.");
    assert_int_equal(article.record.entity_count, 3);
    article_close(&article);
}

static void ids_are_the_same_in_every_article(void **state)
{
    assert_ids(state, "Ông Đỗ Văn Lượng nói.", "Đỗ Văn Lượng", "Theo bà Ngà, ông Đỗ Văn Lượng về.", "Đỗ Văn Lượng",
               true);
    assert_ids(state, "Ông Đỗ Văn Lượng nói.", "Đỗ Văn Lượng", "ÔNG ĐỖ VĂN LƯỢNG NÓI", "ĐỖ VĂN LƯỢNG", true);
    assert_ids(state, "Ông Đỗ Hoà Thuỵ nói.", "Đỗ Hoà Thuỵ", "Ông Đỗ Hòa Thụy nói.", "Đỗ Hòa Thụy", true);
    assert_ids(state, "UBND tỉnh Nam Định họp.", "UBND tỉnh Nam Định", "Ủy ban nhân dân tỉnh Nam Định họp.",
               "Ủy ban nhân dân tỉnh Nam Định", true);
    assert_ids(state, "Họ ở tỉnh Nam Định.", "tỉnh Nam Định", "Tỉnh Nam Định vui.", "Tỉnh Nam Định", true);
    assert_ids(state, "Công ty Cổ phần Sông Lam mở cửa.", "Công ty Cổ phần Sông Lam",
               "Công ty cổ phần Sông Lam mở cửa.", "Công ty cổ phần Sông Lam", true);
}

static void other_names_have_other_ids(void **state)
{
    assert_ids(state, "Ông Đỗ Văn Lượng nói.", "Đỗ Văn Lượng", "Ông Đỗ Văn Lương nói.", "Đỗ Văn Lương", false);
    assert_ids(state, "UBND tỉnh Nam Định họp.", "UBND tỉnh Nam Định", "UBND tỉnh Hà Nam họp.", "UBND tỉnh Hà Nam",
               false);
}

static void what_only_the_article_explains_has_an_id_of_its_own(void **state)
{
    assert_ids(state, "Ông Khoát nói.", "Khoát", "Ông Khoát nói.", "Khoát", false);
    assert_ids(state, "Họ dự hội nghị.", "hội nghị", "Họ dự hội nghị.", "hội nghị", false);
}

static void abbreviations_are_what_they_stand_for(void **state)
{
    assert_same_thing(state, "", "Công ty Cổ phần Sông Lam", " (SLC) mở cửa. ", "SLC", " làm tốt.");
    assert_same_thing(state, "", "Hội Doanh nhân trẻ Đông Hải", " (HDT) mở cửa. ", "HDT", " làm tốt.");
}

static void assert_locality(void **state, const char *date, const char *text, const char *words, const char *name)
{
    test_article article;
    article_open(&article, *state, "a", date, text);
    const ml_record_entity *entity = entity_spelled(&article, words, 0);
    assert_non_null(entity);
    assert_str(entity->name, name);
    article_close(&article);
}

static void dates_choose_the_unit_of_a_name(void **state)
{
    assert_locality(state, "2017-08-17", "Họ đến Thủ Đức.", "Thủ Đức", "Quận Thủ Đức");
    assert_locality(state, "2022-08-17", "Họ đến Thủ Đức.", "Thủ Đức", "Thành phố Thủ Đức");
    assert_locality(state, "2022-08-17", "Họ đến TP. Thủ Đức.", "TP. Thủ Đức", "Thành phố Thủ Đức");
    assert_locality(state, "2017-08-17", "Họ đến Quận 9.", "Quận 9", "Quận 9");
}

static void assert_event_date(void **state, const char *date, const char *text, const char *expected)
{
    test_article article;
    article_open(&article, *state, "a", date, text);
    const ml_record_entity *event = NULL;
    for (uint32_t i = 0; i < article.record.entity_count; i++) {
        if (article.record.entities[i].type == ML_EVENT)
            event = &article.record.entities[i];
    }
    assert_non_null(event);
    assert_str(event->date, expected);
    article_close(&article);
}

static void an_event_has_the_day_its_sentence_names(void **state)
{
    assert_event_date(state, "2019-08-18", "Sáng 17-8, ông Đỗ Văn Lượng chủ trì hội nghị.", "2019-08-17");
    assert_event_date(state, "2019-08-18", "Ngày 17/8, ông Đỗ Văn Lượng chủ trì hội nghị.", "2019-08-17");
    assert_event_date(state, "2019-08-18", "Ngày 5.2.2017, ông Đỗ Văn Lượng chủ trì hội nghị.", "2017-02-05");
    assert_event_date(state, "", "Ngày 5/2/2017, ông Đỗ Văn Lượng chủ trì hội nghị.", "2017-02-05");
    assert_event_date(state, "", "Ngày 17/8, ông Đỗ Văn Lượng chủ trì hội nghị.", "");
    assert_event_date(state, "2019-08-18", "Ngày 30/2, ông Đỗ Văn Lượng chủ trì hội nghị.", "");
    assert_event_date(state, "2019-02-18", "Ngày 29/2/2020, ông Đỗ Văn Lượng chủ trì hội nghị.", "2020-02-29");
    assert_event_date(state, "2019-08-18", "Ông Đỗ Văn Lượng chủ trì hội nghị.", "");
}

static void an_event_spoken_of_again_is_the_same(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "", "Ông Đỗ Văn Lượng dự hội nghị. Phát biểu tại hội nghị, ông Lượng cảm ơn.");
    uint32_t events = 0;
    for (uint32_t i = 0; i < article.record.entity_count; i++)
        events += article.record.entities[i].type == ML_EVENT;
    assert_int_equal(events, 1);
    article_close(&article);
}

static void a_body_knows_the_unit_it_belongs_to(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "", "Họ ở tỉnh Nam Định. UBND tỉnh Nam Định họp.");
    const ml_record_entity *body = entity_named(&article.record, "UBND tỉnh Nam Định");
    const ml_record_entity *province = entity_spelled(&article, "tỉnh Nam Định", 0);
    assert_non_null(body);
    assert_non_null(province);
    assert_true(ml_str_equal(body->parent, province->id));
    article_close(&article);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abbreviated_and_written_out_names_are_one_body),
        cmocka_unit_test(names_are_completed_by_what_the_article_speaks_of),
        cmocka_unit_test(another_place_makes_another_body),
        cmocka_unit_test(short_names_go_to_the_full_one),
        cmocka_unit_test(a_short_name_before_the_full_one_goes_to_it_too),
        cmocka_unit_test(a_short_name_goes_to_the_one_named_last),
        cmocka_unit_test(other_people_stay_others),
        cmocka_unit_test(ids_are_the_same_in_every_article),
        cmocka_unit_test(other_names_have_other_ids),
        cmocka_unit_test(what_only_the_article_explains_has_an_id_of_its_own),
        cmocka_unit_test(abbreviations_are_what_they_stand_for),
        cmocka_unit_test(dates_choose_the_unit_of_a_name),
        cmocka_unit_test(an_event_has_the_day_its_sentence_names),
        cmocka_unit_test(an_event_spoken_of_again_is_the_same),
        cmocka_unit_test(a_body_knows_the_unit_it_belongs_to),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
