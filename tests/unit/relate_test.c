#include "relate/relate.h"

#include "support.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const char *type, *source, *target, *title; /* `title` NULL: any */
} statement;

static void fail_with(const test_article *article, const char *what, const statement *wanted)
{
    ml_buffer said = {0};
    for (uint32_t i = 0; i < article->record.relation_count; i++) {
        const ml_record_relation *relation = &article->record.relations[i];
        ml_str from = article->record.entities[relation->source].name;
        ml_str to = article->record.entities[relation->target].name;
        ml_buffer_format(&said, "\n  %.*s: %.*s -> %.*s [%.*s]", (int)relation->type.len, relation->type.ptr,
                         (int)from.len, from.ptr, (int)to.len, to.ptr, (int)relation->title.len,
                         relation->title.len ? relation->title.ptr : "");
    }
    ml_buffer_char(&said, '\0');
    fail_msg("%s %s: %s -> %s [%s] in `%.*s`, which says%s", what, wanted->type, wanted->source, wanted->target,
             wanted->title ? wanted->title : "", (int)article->text.len, article->text.ptr, said.ptr);
}

static const ml_record_relation *find(const test_article *article, const statement *wanted)
{
    const ml_record_relation *found =
        relation_said(&article->record, wanted->type, wanted->source, wanted->target, wanted->title);
    if (!found && ml_relation_symmetric(ml_str_from(wanted->type)))
        found = relation_said(&article->record, wanted->type, wanted->target, wanted->source, wanted->title);
    return found;
}

/* The text says all of these; up to the first with no type. */
static void assert_says(void **state, const char *text, const statement *wanted)
{
    test_article article;
    article_open(&article, *state, "a", "", text);
    for (; wanted->type; wanted++) {
        if (!find(&article, wanted))
            fail_with(&article, "no", wanted);
    }
    article_close(&article);
}

static void assert_says_none(void **state, const char *text, const char *type)
{
    test_article article;
    article_open(&article, *state, "a", "", text);
    if (relations_of(&article.record, type))
        fail_with(&article, "not to be said:", &(statement){type, "any", "any", NULL});
    article_close(&article);
}

#define SAYS(text, ...) assert_says(state, text, (const statement[]){__VA_ARGS__, {NULL, NULL, NULL, NULL}})

/* ---- posts -------------------------------------------------------------------------------------------------------- */

static void posts_are_completed_by_the_side_they_come_from(void **state)
{
    SAYS("Về phía tỉnh Nam Định có Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Nguyễn Văn An.",
         {"holds_position", "Nguyễn Văn An", "Tỉnh ủy Nam Định", "Phó Bí thư"},
         {"holds_position", "Nguyễn Văn An", "UBND tỉnh Nam Định", "Chủ tịch"});
}

static void posts_stand_before_names(void **state)
{
    SAYS("Chủ tịch UBND tỉnh Nam Định Đỗ Văn Lượng đã đến.",
         {"holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Chủ tịch"});
    SAYS("Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Nam Định Đỗ Văn Lượng đã đến.",
         {"holds_position", "Đỗ Văn Lượng", "Tỉnh ủy Nam Định", "Phó Bí thư"},
         {"holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Chủ tịch"});
}

static void posts_stand_behind_names(void **state)
{
    SAYS("Ông Đỗ Văn Lượng, Chủ tịch UBND tỉnh Nam Định đã đến.",
         {"holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Chủ tịch"});
    SAYS("Ông Đỗ Văn Lượng - Giám đốc Sở Y tế tỉnh Nam Định đã đến.",
         {"holds_position", "Đỗ Văn Lượng", "Sở Y tế tỉnh Nam Định", "Giám đốc"});
    SAYS("Ông Đỗ Văn Lượng (Giám đốc Sở Y tế tỉnh Nam Định) đã đến.",
         {"holds_position", "Đỗ Văn Lượng", "Sở Y tế tỉnh Nam Định", "Giám đốc"});
    SAYS("Ông Đỗ Văn Lượng, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Nam Định đã đến.",
         {"holds_position", "Đỗ Văn Lượng", "Tỉnh ủy Nam Định", "Phó Bí thư"},
         {"holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Chủ tịch"});
}

static void everybody_in_a_list_has_the_own_post(void **state)
{
    static const char text[] = "Dự hội nghị có các đồng chí: Đỗ Văn Lượng, Bí thư Tỉnh ủy Nam Định; Trần Thị Bích Ngà, "
                               "Chủ tịch HĐND tỉnh Nam Định; Lê Đăng Khoát, Giám đốc Sở Y tế tỉnh Nam Định.";
    SAYS(text, {"holds_position", "Đỗ Văn Lượng", "Tỉnh ủy Nam Định", "Bí thư"},
         {"holds_position", "Trần Thị Bích Ngà", "HĐND tỉnh Nam Định", "Chủ tịch"},
         {"holds_position", "Lê Đăng Khoát", "Sở Y tế tỉnh Nam Định", "Giám đốc"},
         {"attended", "Đỗ Văn Lượng", "hội nghị", NULL}, {"attended", "Trần Thị Bích Ngà", "hội nghị", NULL},
         {"attended", "Lê Đăng Khoát", "hội nghị", NULL});
    test_article article;
    article_open(&article, *state, "a", "", text);
    assert_int_equal(relations_of(&article.record, "holds_position"), 3);
    article_close(&article);
}

static void nobody_gets_the_neighbour_s_post(void **state)
{
    test_article article;
    article_open(
        &article, *state, "a", "",
        "Ông Đỗ Văn Lượng, Chủ tịch UBND tỉnh Nam Định và bà Trần Thị Bích Ngà, Giám đốc Sở Y tế tỉnh Nam Định "
        "đã đến.");
    assert_non_null(relation_said(&article.record, "holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Chủ tịch"));
    assert_non_null(
        relation_said(&article.record, "holds_position", "Trần Thị Bích Ngà", "Sở Y tế tỉnh Nam Định", "Giám đốc"));
    assert_int_equal(relations_of(&article.record, "holds_position"), 2);
    article_close(&article);
}

static void denied_and_proposed_posts_are_claims(void **state)
{
    static const struct {
        const char *text, *modality;
    } given[] = {
        {"Ông Đỗ Văn Lượng không phải là Chủ tịch UBND tỉnh Nam Định.", "denied"},
        {"Tỉnh ủy Nam Định giới thiệu ông Đỗ Văn Lượng giữ chức Chủ tịch UBND tỉnh Nam Định.", "proposed"},
    };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        test_article article;
        article_open(&article, *state, "a", "", given[i].text);
        assert_int_equal(relations_of(&article.record, "holds_position"), 0);
        assert_int_equal(article.record.claim_count, 1);
        assert_str(article.record.claims[0].type, "holds_position");
        assert_str(article.record.claims[0].title, "Chủ tịch");
        assert_str(article.record.claims[0].modality, given[i].modality);
        article_close(&article);
    }
}

static void lost_posts_are_former_ones(void **state)
{
    static const char *const texts[] = {
        "Ông Đỗ Văn Lượng không còn là Bí thư Tỉnh ủy Nam Định.",
        "Ông Đỗ Văn Lượng thôi giữ chức Bí thư Tỉnh ủy Nam Định.",
        "Ban Bí thư cách chức Bí thư Tỉnh ủy Nam Định nhiệm kỳ 2010-2015 đối với ông Đỗ Văn Lượng.",
        "Ông Đỗ Văn Lượng bị cách chức Bí thư Tỉnh ủy Nam Định.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test_article article;
        article_open(&article, *state, "a", "", texts[i]);
        const ml_record_relation *post =
            relation_said(&article.record, "holds_position", "Đỗ Văn Lượng", "Tỉnh ủy Nam Định", "nguyên Bí thư");
        assert_non_null(post);
        assert_str(post->modality, "past");
        article_close(&article);
    }
}

static void given_posts_are_the_person_s(void **state)
{
    SAYS("Ông Đỗ Văn Lượng được Bộ trưởng Bộ Y tế bổ nhiệm làm Giám đốc Bệnh viện Bạch Mai.",
         {"holds_position", "Đỗ Văn Lượng", "Bệnh viện Bạch Mai", "Giám đốc"});
    SAYS("HĐND tỉnh bầu ông Đỗ Văn Lượng giữ chức Chủ tịch UBND tỉnh Nam Định.",
         {"holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Chủ tịch"});
}

static void several_have_the_plural_post(void **state)
{
    SAYS("Hai Phó Chủ tịch UBND tỉnh Nam Định là ông Đỗ Văn Lượng và bà Trần Thị Bích Ngà.",
         {"holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Phó Chủ tịch"},
         {"holds_position", "Trần Thị Bích Ngà", "UBND tỉnh Nam Định", "Phó Chủ tịch"});
}

static void bare_titles_are_of_the_one_body_they_fit(void **state)
{
    SAYS("Bộ Nội vụ họp báo. Thứ trưởng Đỗ Văn Lượng điều hành.",
         {"holds_position", "Đỗ Văn Lượng", "Bộ Nội vụ", "Thứ trưởng"});
    assert_says_none(state, "Bộ Nội vụ, Bộ Y tế họp báo. Thứ trưởng Đỗ Văn Lượng điều hành.", "holds_position");
    SAYS("Hội đồng kỷ luật do ông Đỗ Văn Lượng làm chủ tịch đã họp.",
         {"holds_position", "Đỗ Văn Lượng", "Hội đồng kỷ luật", "Chủ tịch"});
}

static void who_has_titles_before_the_name_has_none_behind_it(void **state)
{
    assert_says_none(state, "Tại buổi tiếp Chủ tịch nước Đỗ Văn Lượng, Thủ tướng Belarus khẳng định tình hữu nghị.",
                     "holds_position");
    test_article article;
    article_open(&article, *state, "a", "", "Chủ tịch nước và Tổng thống Nga Đỗ Văn Lượng đã đến Việt Nam.");
    assert_int_equal(relations_of(&article.record, "holds_position"), 1);
    article_close(&article);
}

static void rare_given_names_belong_to_the_name(void **state)
{
    SAYS("Bộ trưởng Bộ Xây dựng Tạ Quang Hiệt phát biểu tại hội nghị.",
         {"holds_position", "Tạ Quang Hiệt", "Bộ Xây dựng", "Bộ trưởng"},
         {"spoke_at", "Tạ Quang Hiệt", "hội nghị", NULL});
}

static void titles_are_written_as_the_tables_write_them(void **state)
{
    SAYS("Ông Đỗ Văn Lượng, phó chủ tịch UBND tỉnh Nam Định đã đến.",
         {"holds_position", "Đỗ Văn Lượng", "UBND tỉnh Nam Định", "Phó Chủ tịch"});
}

/* What is stated takes the place of what was only planned, together with its sentence. */
static void a_fact_brings_its_own_evidence(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "",
                 "Thủ tướng Đỗ Văn Lượng sẽ thăm Lào. Hôm qua Thủ tướng Đỗ Văn Lượng đã thăm Lào.");
    const ml_record_relation *visited = relation_said(&article.record, "visited", "Đỗ Văn Lượng", "Lào", NULL);
    assert_non_null(visited);
    assert_int_equal(visited->modality.len, 0);
    assert_int_equal(visited->start, 36);
    article_close(&article);
}

static void no_relation_is_said_twice(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "",
                 "Chủ tịch UBND tỉnh Nam Định Đỗ Văn Lượng dự hội nghị. Ông Đỗ Văn Lượng, Chủ tịch UBND tỉnh Nam Định "
                 "cũng dự hội nghị.");
    for (uint32_t i = 0; i < article.record.relation_count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            const ml_record_relation *a = &article.record.relations[i], *b = &article.record.relations[j];
            assert_false(ml_str_equal(a->type, b->type) && a->source == b->source && a->target == b->target &&
                         ml_str_equal(a->title, b->title) && ml_str_equal(a->modality, b->modality));
        }
    }
    assert_int_equal(relations_of(&article.record, "holds_position"), 1);
    article_close(&article);
}

/* ---- what they do ----------------------------------------------------------------------------------------------------- */

static void verbs_lead_from_people_to_events(void **state)
{
    SAYS("Ông Đỗ Văn Lượng chủ trì hội nghị.", {"chaired", "Đỗ Văn Lượng", "hội nghị", NULL});
    SAYS("Ông Đỗ Văn Lượng dự hội nghị.", {"attended", "Đỗ Văn Lượng", "hội nghị", NULL});
    SAYS("Phát biểu tại hội nghị, ông Đỗ Văn Lượng cảm ơn.", {"spoke_at", "Đỗ Văn Lượng", "hội nghị", NULL});
    SAYS("UBND tỉnh Nam Định tổ chức hội nghị.", {"organized", "UBND tỉnh Nam Định", "hội nghị", NULL});
}

static void people_and_places_meet(void **state)
{
    SAYS("Thủ tướng Nguyễn Xuân Khoát gặp Tổng thống Trần Đăng Lượng.",
         {"met_with", "Nguyễn Xuân Khoát", "Trần Đăng Lượng", NULL});
    SAYS("Ông Đỗ Văn Lượng thăm tỉnh Nam Định.", {"visited", "Đỗ Văn Lượng", "Tỉnh Nam Định", NULL});
    SAYS("Tỉnh Nam Định và tỉnh Thái Bình ký kết hợp tác.",
         {"cooperates_with", "Tỉnh Nam Định", "Tỉnh Thái Bình", NULL});
}

static void short_names_act_for_the_full_ones(void **state)
{
    SAYS("Ông Đỗ Văn Lượng chủ trì hội nghị. Sau đó, ông Lượng phát biểu tại hội nghị.",
         {"chaired", "Đỗ Văn Lượng", "hội nghị", NULL}, {"spoke_at", "Đỗ Văn Lượng", "hội nghị", NULL});
}

static void what_did_not_happen_is_not_said(void **state)
{
    assert_says_none(state, "Ông Đỗ Văn Lượng không dự hội nghị.", "attended");
    assert_says_none(state, "Ông Đỗ Văn Lượng chưa dự hội nghị.", "attended");
    assert_says_none(state, "Ông Đỗ Văn Lượng không chủ trì hội nghị.", "chaired");
    assert_says_none(state, "Tỉnh Nam Định không ký kết hợp tác với tỉnh Thái Bình.", "cooperates_with");
}

static void what_is_to_come_is_planned(void **state)
{
    static const char *const texts[] = {"Ông Đỗ Văn Lượng sẽ dự hội nghị.", "Ông Đỗ Văn Lượng dự hội nghị."};
    for (int i = 0; i < 2; i++) {
        test_article article;
        article_open(&article, *state, "a", "", texts[i]);
        const ml_record_relation *relation =
            relation_said(&article.record, "attended", "Đỗ Văn Lượng", "hội nghị", NULL);
        assert_non_null(relation);
        assert_str(relation->modality, i == 0 ? "planned" : "");
        article_close(&article);
    }
}

static void a_relation_has_the_day_of_its_event(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "2019-08-18", "Sáng 17-8, ông Đỗ Văn Lượng chủ trì hội nghị.");
    const ml_record_relation *relation = relation_said(&article.record, "chaired", "Đỗ Văn Lượng", "hội nghị", NULL);
    assert_non_null(relation);
    assert_str(relation->date, "2019-08-17");
    article_close(&article);
}

static void names_side_by_side_say_nothing(void **state)
{
    test_article article;
    article_open(&article, *state, "a", "", "Ông Đỗ Văn Lượng quê ở tỉnh Nam Định. Bà Trần Thị Bích Ngà sống ở xa.");
    assert_int_equal(article.record.relation_count, 0);
    article_close(&article);
}

/* The evidence names both ends, or their sentence speaks of the event named before. */
static void evidence_holds_the_holder_and_the_post(void **state)
{
    test_article article;
    article_open(
        &article, *state, "a", "",
        "Trời đẹp. Ông Đỗ Văn Lượng, Chủ tịch UBND tỉnh Nam Định đã đến. Bà Trần Thị Bích Ngà, Giám đốc Sở Y tế "
        "tỉnh Nam Định về.");
    assert_int_equal(relations_of(&article.record, "holds_position"), 2);
    for (uint32_t i = 0; i < article.record.relation_count; i++) {
        const ml_record_relation *relation = &article.record.relations[i];
        ml_str evidence = points_slice(article.text, relation->start, relation->end);
        ml_str name = article.record.entities[relation->source].name;
        char words[128] = {0};
        memcpy(words, name.ptr, name.len);
        assert_holds(evidence, words);
        assert_true(ml_str_ends(evidence, ML_STR(".")));
    }
    article_close(&article);
}

static void a_pronoun_is_whom_the_sentence_before_was_about(void **state)
{
    SAYS("Sáng nay diễn ra cuộc họp. Ông Đỗ Văn Lượng nhắc tới bà Trần Thị Bích Ngà. Ông dự cuộc họp.",
         {"attended", "Đỗ Văn Lượng", "cuộc họp", NULL});
}

static void people_speak_at_the_session_that_an_article_is_about(void **state)
{
    SAYS("Chiều 3/7, Quốc hội tiếp tục kỳ họp thứ 3. Đại biểu Đỗ Văn Lượng nêu nhiều vấn đề của kỳ họp. Tại kỳ họp, "
         "nhiều ý kiến được nêu. Bà Trần Thị Bích Ngà cho rằng cần sửa luật.",
         {"spoke_at", "Trần Thị Bích Ngà", "kỳ họp thứ 3", NULL});
    assert_says_none(state, "Sáng nay diễn ra Lễ hội Đền Trần. Bà Trần Thị Bích Ngà cho rằng cần sửa luật.",
                     "spoke_at");
}

static void a_post_behind_a_dash_is_had_beside_the_one_before_the_name(void **state)
{
    SAYS("Phó Thủ tướng Chính phủ Đỗ Văn Lượng - Trưởng Ban Chỉ đạo 389 quốc gia biểu dương các đơn vị.",
         {"holds_position", "Đỗ Văn Lượng", "Chính phủ", "Phó Thủ tướng"},
         {"holds_position", "Đỗ Văn Lượng", "Ban Chỉ đạo 389 quốc gia", "Trưởng ban"});
}

static void who_comes_along_leaves_the_act_to_the_one_named(void **state)
{
    SAYS("Chiều 3/7, Thủ tướng Đỗ Văn Lượng và Phu nhân cùng đoàn đại biểu cấp cao Việt Nam đã đến Lào.",
         {"visited", "Đỗ Văn Lượng", "Lào", NULL});
}

static void who_invites_does_not_go(void **state)
{
    static const char text[] = "Nhận lời mời của Thủ tướng Trần Văn Bình và Thủ tướng Lê Văn Cường, Thủ tướng Đỗ Văn "
                               "Lượng sẽ thăm Lào.";
    SAYS(text, {"visited", "Đỗ Văn Lượng", "Lào", NULL});
    test_article article;
    article_open(&article, *state, "a", "", text);
    assert_int_equal(relations_of(&article.record, "visited"), 1);
    article_close(&article);
}

static void talks_without_another_noun_are_an_event_only_where_one_takes_place(void **state)
{
    SAYS("Tại hội đàm, ông Đỗ Văn Lượng nhấn mạnh nhiều điểm.", {"spoke_at", "Đỗ Văn Lượng", "hội đàm", NULL});
    assert_says_none(state, "Ông Đỗ Văn Lượng đã hội đàm, ông Trần Văn Bình nhấn mạnh nhiều điểm.", "spoke_at");
}

/* Every type that a rule may put at an end stands in docs/SCHEMA.md. */
static void rules_say_what_the_schema_knows(void **state)
{
    const struct ml_context *context = *state;
    for (uint32_t i = 0; i < context->rules->rule_count; i++) {
        const ml_rule *rule = &context->rules->rule[i];
        for (uint32_t way = 0; way < rule->source_count * rule->target_count; way++) {
            uint32_t source = rule->source[way / rule->target_count].types;
            uint32_t target = rule->target[way % rule->target_count].types;
            if (source && target && !relation_fits(rule->relation, source, target))
                fail_msg("rule `%.*s` says what docs/SCHEMA.md does not know", (int)rule->id.len, rule->id.ptr);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_are_completed_by_the_side_they_come_from),
        cmocka_unit_test(posts_stand_before_names),
        cmocka_unit_test(posts_stand_behind_names),
        cmocka_unit_test(everybody_in_a_list_has_the_own_post),
        cmocka_unit_test(nobody_gets_the_neighbour_s_post),
        cmocka_unit_test(denied_and_proposed_posts_are_claims),
        cmocka_unit_test(lost_posts_are_former_ones),
        cmocka_unit_test(given_posts_are_the_person_s),
        cmocka_unit_test(several_have_the_plural_post),
        cmocka_unit_test(bare_titles_are_of_the_one_body_they_fit),
        cmocka_unit_test(who_has_titles_before_the_name_has_none_behind_it),
        cmocka_unit_test(rare_given_names_belong_to_the_name),
        cmocka_unit_test(titles_are_written_as_the_tables_write_them),
        cmocka_unit_test(a_fact_brings_its_own_evidence),
        cmocka_unit_test(no_relation_is_said_twice),
        cmocka_unit_test(a_post_behind_a_dash_is_had_beside_the_one_before_the_name),
        cmocka_unit_test(a_pronoun_is_whom_the_sentence_before_was_about),
        cmocka_unit_test(people_speak_at_the_session_that_an_article_is_about),
        cmocka_unit_test(who_comes_along_leaves_the_act_to_the_one_named),
        cmocka_unit_test(who_invites_does_not_go),
        cmocka_unit_test(talks_without_another_noun_are_an_event_only_where_one_takes_place),
        cmocka_unit_test(verbs_lead_from_people_to_events),
        cmocka_unit_test(people_and_places_meet),
        cmocka_unit_test(short_names_act_for_the_full_ones),
        cmocka_unit_test(what_did_not_happen_is_not_said),
        cmocka_unit_test(what_is_to_come_is_planned),
        cmocka_unit_test(a_relation_has_the_day_of_its_event),
        cmocka_unit_test(names_side_by_side_say_nothing),
        cmocka_unit_test(evidence_holds_the_holder_and_the_post),
        cmocka_unit_test(rules_say_what_the_schema_knows),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
