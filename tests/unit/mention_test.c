#include "mention/mention.h"

#include "support.h"

#include <string.h>

/* The mentions of a text as `type:words`, separated by `; `. */
static void write_mentions(const test_article *article, ml_buffer *out)
{
    for (uint32_t i = 0; i < article->record.mention_count; i++) {
        const ml_record_mention *mention = &article->record.mentions[i];
        ml_str type = ml_entity_type_name(mention->type);
        ml_str words = points_slice(article->text, mention->start, mention->end);
        ml_buffer_format(out, "%s%.*s:%.*s", i ? "; " : "", (int)type.len, type.ptr, (int)words.len, words.ptr);
    }
}

static void assert_mentions_on(void **state, const char *date, const char *text, const char *expected)
{
    test_article article;
    ml_buffer got = {0};
    article_open(&article, *state, "a", date, text);
    write_mentions(&article, &got);
    assert_str(ml_buffer_view(&got), expected);
    ml_buffer_dispose(&got);
    article_close(&article);
}

static void assert_mentions(void **state, const char *text, const char *expected)
{
    assert_mentions_on(state, "", text, expected);
}

static void assert_mentioned(void **state, const char *text, const char *type, const char *words, bool expected)
{
    test_article article;
    bool found = false;
    article_open(&article, *state, "a", "", text);
    for (uint32_t i = 0; i < article.record.mention_count; i++) {
        const ml_record_mention *mention = &article.record.mentions[i];
        found |= ml_str_equal(points_slice(article.text, mention->start, mention->end), ml_str_from(words)) &&
                 ml_str_equal(ml_entity_type_name(mention->type), ml_str_from(type));
    }
    if (found != expected)
        fail_msg("%s `%s` in `%s`", expected ? "no" : "a", words, text);
    article_close(&article);
}

static void localities_are_named_with_their_designators(void **state)
{
    assert_mentions(state, "Người dân tỉnh Nam Định và TP. Hải Phòng vui.",
                    "locality:tỉnh Nam Định; locality:TP. Hải Phòng");
    assert_mentions(state, "Đường đến huyện Hải Hậu rất xa.", "locality:huyện Hải Hậu");
}

static void bodies_take_in_the_unit_they_belong_to(void **state)
{
    assert_mentions(state, "UBND tỉnh Nam Định đã họp.", "body:UBND tỉnh Nam Định");
    assert_mentions(state, "Ủy ban nhân dân huyện Hải Hậu đã họp.", "body:Ủy ban nhân dân huyện Hải Hậu");
    assert_mentions(state, "Sở Y tế tỉnh Nam Định đã họp.", "body:Sở Y tế tỉnh Nam Định");
}

static void people_are_named_without_their_titles(void **state)
{
    assert_mentions(state, "Ông Đỗ Văn Lượng nói.", "person:Đỗ Văn Lượng");
    assert_mentions(state, "Đồng chí Trần Thị Bích Ngà nói.", "person:Trần Thị Bích Ngà");
    assert_mentions(state, "Giám đốc Lê Đăng Khoát nói.", "person:Lê Đăng Khoát");
    assert_mentions(state, "ÔNG ĐỖ VĂN LƯỢNG NÓI", "person:ĐỖ VĂN LƯỢNG");
}

static void events_are_nouns_of_meeting(void **state)
{
    assert_mentions(state, "Họ đến dự hội nghị.", "event:hội nghị");
}

static void codes_of_papers_name_no_body(void **state)
{
    static const char *const texts[] = {
        "Họ làm theo Nghị quyết 54-NQ/TƯ.",
        "Họ làm theo Nghị quyết số 54-NQ/TW.",
        "Họ làm theo Nghị định 15/2018/NĐ-CP.",
        "Họ làm theo Quyết định số 12/QĐ-UBND.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_mentions(state, texts[i], "");
}

static void words_of_the_language_are_no_names(void **state)
{
    static const char *const texts[] = {
        "Hôm nay trời đẹp, mọi người đều vui.",
        "Số lượng hàng hóa tăng, chất lượng tốt hơn.",
        "Nhiều người dân sống bằng nghề làm muối.",
        "nguyễn văn an là cách viết không có chữ hoa.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_mentions(state, texts[i], "");
}

static void streets_name_no_person(void **state)
{
    assert_mentioned(state, "Xe chạy trên đường Đỗ Văn Lượng.", "person", "Đỗ Văn Lượng", false);
}

static void abbreviations_are_mentions_once_they_are_introduced(void **state)
{
    assert_mentioned(state, "Công ty Cổ phần Sông Lam (SLC) mở cửa. SLC làm tốt.", "body", "SLC", true);
    assert_mentioned(state, "Hôm nay SLC làm tốt.", "body", "SLC", false);
}

static void a_name_may_be_completed_from_elsewhere(void **state)
{
    assert_mentioned(state, "Ông Đỗ Văn Lượng nói. Theo ông Lượng, trời đẹp.", "person", "Lượng", true);
}

/* `Thái` is a family name too: `Thái Bình Lê Đăng` is nobody. */
static void two_words_of_a_name_may_take_it_up(void **state)
{
    assert_mentioned(state, "Ông Đỗ Văn Minh Long nói. Hôm qua Minh Long ghi bàn.", "person", "Minh Long", true);
    assert_mentioned(state, "Ông Đỗ Văn Minh Long nói. Xe qua đường Minh Long.", "person", "Minh Long", false);
}

static void a_given_name_of_other_languages_begins_a_name(void **state)
{
    assert_mentioned(state, "Họ gặp Jamie Wexfordshire ở sân.", "person", "Jamie Wexfordshire", true);
    assert_mentioned(state, "Tàu USS Jamie Wexfordshire ra khơi.", "person", "Jamie Wexfordshire", false);
    assert_mentioned(state, "Họ bán hàng cho hãng Jamie Wexfordshire.", "person", "Jamie Wexfordshire", false);
}

static void communes_share_a_designator(void **state)
{
    assert_mentions(state, "Họ đến các xã Nam Thanh, Nam Hồng.", "locality:xã Nam Thanh; locality:Nam Hồng");
}

static void a_name_follows_the_letters_of_its_body(void **state)
{
    assert_mentioned(state, "Tổng thư ký Hiệp hội các quốc gia Đông Nam Á (ASEAN) Wexford Shire nói.", "person",
                     "Wexford Shire", true);
    assert_mentioned(state, "Ảnh: T.PHAN Thu hồi xe cũ.", "person", "T.PHAN Thu", false);
    assert_mentioned(state, "Chủ tịch nước yêu cầu Công an các tỉnh làm rõ.", "site", "cầu Công an", false);
    assert_mentioned(state, "Thường trực Thành ủy Hà Nội đã họp.", "body", "Thường trực Thành ủy Hà Nội", true);
    assert_mentioned(state, "Đêm qua U23 Việt Nam thắng.", "body", "U23 Việt Nam", true);
    assert_mentioned(state, "Trung tâm thành phố cổ Mosul vắng.", "locality", "Mosul", true);
}

static void letters_and_words_of_the_language_are_no_people(void **state)
{
    assert_mentioned(state, "Chủ tịch SOM APEC nói vậy.", "person", "SOM APEC", false);
    assert_mentioned(state, "Huấn luyện viên đến từ Philippines Đặt niềm tin.", "person", "Đặt", false);
    assert_mentioned(state, "Anh của Phương Nga nói.", "locality", "Nga", false);
}

static void a_person_begins_behind_the_locality_of_the_body(void **state)
{
    static const char *const text = "Bí thư Tỉnh ủy Thái Bình Lê Đăng Khoát nói.";
    assert_mentioned(state, text, "body", "Tỉnh ủy Thái Bình", true);
    assert_mentioned(state, text, "person", "Lê Đăng Khoát", true);
}

static void names_end_at_line_ends_and_sentences(void **state)
{
    assert_mentions(state, "Ông Đỗ Văn\nLượng hàng tăng.", "person:Đỗ Văn");
    assert_mentions(state, "Họ ở tỉnh Nam Định. Định mức tăng.", "locality:tỉnh Nam Định");
}

/* What this room hands on, before anything is resolved. */
static void mentions_are_sorted_apart_and_whole(void **state)
{
    static const char text[] = "Sáng 17-8, tại tỉnh Nam Định, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Đỗ Văn Lượng tiếp "
                               "đoàn công tác của Bộ Y tế do ông Lê Đăng Khoát dẫn đầu. Dự buổi tiếp có bà Trần Thị "
                               "Bích Ngà, Giám đốc Sở Y tế; Công ty Cổ phần Sông Lam (SLC).";
    const struct ml_context *context = *state;
    const ml_gazetteer *gazetteer = context->gazetteer;
    ml_arena arena = {0};
    ml_tokens tokens;
    ml_matches matches;
    ml_mentions mentions;
    assert_int_equal(ml_tokens_read(gazetteer->vocabulary, NULL, ml_str_from(text), &arena, &tokens, NULL), ML_OK);
    assert_int_equal(ml_patterns_find(gazetteer->patterns, &tokens, &arena, &matches, NULL), ML_OK);
    assert_int_equal(
        ml_mentions_find(gazetteer, context->rules, &tokens, &matches, (ml_date){0}, &arena, &mentions, NULL), ML_OK);
    assert_true(mentions.count >= 8);
    for (uint32_t i = 0, reached = 0; i < mentions.count; i++) {
        const ml_mention *mention = &mentions.mention[i];
        assert_true(mention->begin >= reached);
        assert_true(mention->begin < mention->end);
        assert_true(mention->end <= tokens.count);
        assert_int_equal(tokens.token[mention->begin].sentence, tokens.token[mention->end - 1].sentence);
        assert_true(mention->inner == ML_NONE || mention->inner < mentions.inner_count);
        assert_true(mention->same_as == ML_NONE || mention->same_as < mentions.count);
        assert_true(ml_via_name(mention->via).len > 0);
        reached = mention->end;
    }
    for (uint32_t i = 0; i < mentions.title_count; i++) {
        assert_true(mentions.title[i].begin < mentions.title[i].end);
        assert_true(mentions.title[i].end <= tokens.count);
        assert_true(i == 0 || mentions.title[i - 1].begin <= mentions.title[i].begin);
        assert_true(mentions.title[i].row < gazetteer->title_count);
    }
    ml_arena_dispose(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(localities_are_named_with_their_designators),
        cmocka_unit_test(bodies_take_in_the_unit_they_belong_to),
        cmocka_unit_test(people_are_named_without_their_titles),
        cmocka_unit_test(events_are_nouns_of_meeting),
        cmocka_unit_test(codes_of_papers_name_no_body),
        cmocka_unit_test(words_of_the_language_are_no_names),
        cmocka_unit_test(streets_name_no_person),
        cmocka_unit_test(abbreviations_are_mentions_once_they_are_introduced),
        cmocka_unit_test(a_name_may_be_completed_from_elsewhere),
        cmocka_unit_test(two_words_of_a_name_may_take_it_up),
        cmocka_unit_test(a_given_name_of_other_languages_begins_a_name),
        cmocka_unit_test(communes_share_a_designator),
        cmocka_unit_test(a_name_follows_the_letters_of_its_body),
        cmocka_unit_test(letters_and_words_of_the_language_are_no_people),
        cmocka_unit_test(a_person_begins_behind_the_locality_of_the_body),
        cmocka_unit_test(names_end_at_line_ends_and_sentences),
        cmocka_unit_test(mentions_are_sorted_apart_and_whole),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
