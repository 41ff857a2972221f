#include "mention/mention.h"

#include "support.h"

#include <stdio.h>
#include <string.h>

/* A text with what the rules find in it and what the model would be asked. */
typedef struct {
    ml_arena arena;
    ml_tokens tokens;
    ml_mentions mentions;
    ml_candidates candidates;
} test_reading;

static void reading_open(test_reading *reading, const struct ml_context *context, const char *text)
{
    ml_matches matches;
    memset(reading, 0, sizeof *reading);
    assert_int_equal(ml_tokens_read(context->gazetteer->vocabulary, NULL, ml_str_from(text), &reading->arena,
                                    &reading->tokens, NULL),
                     ML_OK);
    assert_int_equal(ml_patterns_find(context->gazetteer->patterns, &reading->tokens, &reading->arena, &matches, NULL),
                     ML_OK);
    assert_int_equal(ml_mentions_candidates(context->gazetteer, context->rules, &reading->tokens, &matches,
                                            (ml_date){0}, &reading->arena, &reading->mentions, &reading->candidates,
                                            NULL),
                     ML_OK);
}

/* The free candidate that is spelled like this, or NULL. */
static const ml_candidate *candidate_spelled(const test_reading *reading, const char *words)
{
    for (uint32_t i = 0; i < reading->candidates.count; i++) {
        const ml_candidate *candidate = &reading->candidates.candidate[i];
        ml_str text = ml_tokens_text(&reading->tokens, candidate->begin, candidate->end);
        if (candidate->claimed == ML_NONE && !candidate->pretended && ml_str_equal(text, ml_str_from(words)))
            return candidate;
    }
    return NULL;
}

static void assert_asked(void **state, const char *text, const char *words, bool expected)
{
    test_reading reading;
    reading_open(&reading, *state, text);
    if ((candidate_spelled(&reading, words) != NULL) != expected)
        fail_msg("`%s` in `%s` is %s", words, text, expected ? "not asked" : "asked");
    ml_arena_dispose(&reading.arena);
}

static void free_runs_of_capitals_are_asked(void **state)
{
    assert_asked(state, "Hôm qua họ gặp Zork Vleeman ở nhà.", "Zork Vleeman", true);
    assert_asked(state, "Theo Vleeman, việc này khó.", "Vleeman", true); /* behind a word that opens the sentence */
    assert_asked(state, "Họ xem QKX Vleeman nói.", "Vleeman", true);
    assert_asked(state, "Họ gặp Vleeman van Zork ở nhà.", "Vleeman van Zork", true);
}

static void what_cannot_be_a_name_is_not_asked(void **state)
{
    assert_asked(state, "Họ đi trên đường Zork Vleeman.", "Zork Vleeman", false);
    assert_asked(state, "Họ mua Zork X8 hôm qua.", "Zork X8", false);
    assert_asked(state, "Chị N.T.L. nói.", "N.T.L", false);
    assert_asked(state, "Ông Zork Vleeman nói.", "Zork Vleeman", false); /* the rules have it */
    assert_asked(state, "Các Zork đều vui.", "Zork", false);
    assert_asked(state, "Họ làm theo Nghị quyết mới.", "Nghị", false);
}

static void lone_syllables_are_asked_where_the_article_names_somebody_so(void **state)
{
    assert_asked(state, "Trinh rất vui.", "Trinh", false);
    assert_asked(state, "Nguyễn Thị Ngọc Trinh đã đến. Trinh rất vui.", "Trinh", true);
}

/* models/name-weights.tsv knows features by these numbers: they are the same at every reading, on every machine, and change only
 * together with the weights. */
static void features_are_stable(void **state)
{
    test_reading reading, other;
    reading_open(&reading, *state, "Hôm qua họ gặp Zork Vleeman ở nhà.");
    reading_open(&other, *state, "Trời mưa.\nHôm qua họ gặp Zork Vleeman ở nhà. Trời mưa.");
    const ml_candidate *one = candidate_spelled(&reading, "Zork Vleeman");
    const ml_candidate *two = candidate_spelled(&other, "Zork Vleeman");
    assert_non_null(one);
    assert_non_null(two);
    assert_int_equal(one->words, two->words);
    for (int i = 0; i < ML_SECTIONS; i++)
        assert_int_equal(one->section_end[i], two->section_end[i]);
    uint32_t count = one->section_end[ML_SECTIONS - 1];
    assert_memory_equal(one->feature, two->feature, count * sizeof *one->feature);
    assert_int_equal(one->feature[0], 0xff3cd4bf);
    assert_int_equal(one->feature[one->section_end[ML_SECTION_SHAPE]], 0x612436d3); /* of the words */
    ml_arena_dispose(&reading.arena);
    ml_arena_dispose(&other.arena);
}

/* The project's models with weights of one's own. */
static void assert_decided(void **state, const char *rows, const char *text, const char *expected)
{
    static const char *const names[] = {"fold.tsv", "designators.tsv", "cues.tsv", "events.tsv", "relations.rules"};
    test_folder models;
    char gazetteers[PATH_BYTES], from[64], weights[1024];
    ml_context *context;
    test_article article;
    ml_buffer got = {0};
    (void)state;
    folder_make(&models);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(from, sizeof from, "models/%s", names[i]);
        folder_copy(&models, names[i], from);
    }
    snprintf(weights, sizeof weights, "#schema ml-name-weights/1\nfeature\tperson\tbody\tlocality\n%s", rows);
    folder_write(&models, ML_MODEL_FILE, weights);
    assert_int_equal(ml_context_new(project_path("gazetteers", gazetteers), models.path, &context, NULL), ML_OK);
    article_open(&article, context, "a", "", text);
    for (uint32_t i = 0; i < article.record.mention_count; i++) {
        const ml_record_mention *mention = &article.record.mentions[i];
        ml_str words = points_slice(article.text, mention->start, mention->end);
        ml_str type = ml_entity_type_name(mention->type);
        ml_buffer_format(&got, "%.*s:%.*s:%.*s:%d;", (int)type.len, type.ptr, (int)words.len, words.ptr,
                         (int)mention->rule.len, mention->rule.ptr, (int)mention->confidence_milli);
    }
    assert_str(ml_buffer_view(&got), expected);
    assert_sound(&article);
    ml_buffer_dispose(&got);
    article_close(&article);
    ml_context_free(context);
    folder_remove(&models);
}

static void the_model_decides(void **state)
{
    static const char text[] = "Hôm qua họ gặp Zork Vleeman ở nhà.";
    test_reading reading;
    char rows[256];
    reading_open(&reading, *state, text);
    const ml_candidate *candidate = candidate_spelled(&reading, "Zork Vleeman");
    assert_non_null(candidate);
    uint32_t feature = candidate->feature[candidate->section_end[ML_SECTION_SHAPE]];
    ml_arena_dispose(&reading.arena);
    snprintf(rows, sizeof rows, "confidence-930\t50\t50\t50\nconfidence-970\t90\t90\t90\n%08x\t60\t0\t0\n", feature);
    assert_decided(state, rows, text, "person:Zork Vleeman:mention.model:930;");
    snprintf(rows, sizeof rows, "confidence-930\t50\t50\t50\nconfidence-970\t90\t90\t90\n%08x\t0\t95\t0\n", feature);
    assert_decided(state, rows, text, "body:Zork Vleeman:mention.model:970;");
    snprintf(rows, sizeof rows, "confidence-930\t50\t50\t50\n%08x\t0\t0\t51\n", feature);
    assert_decided(state, rows, text, "locality:Zork Vleeman:mention.model:930;");
    /* Two that are close. */
    snprintf(rows, sizeof rows, "confidence-930\t50\t50\t50\n%08x\t90\t60\t0\n", feature);
    assert_decided(state, rows, text, "");
    snprintf(rows, sizeof rows, "confidence-930\t50\t50\t50\n%08x\t49\t0\t0\n", feature);
    assert_decided(state, rows, text, "");
    /* The rules' names stay, and abbreviations keep to theirs. */
    snprintf(rows, sizeof rows, "confidence-930\t50\t50\t50\n%08x\t60\t0\t0\n", feature);
    assert_decided(state, rows, "Zork Vleeman thăm Tổ chức Thương mại Thế giới (WTO). WTO vui.",
                   "person:Zork Vleeman:mention.model:930;body:Tổ chức Thương mại Thế giới:mention.table:950;"
                   "body:WTO:mention.table:950;body:WTO:mention.table:950;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(free_runs_of_capitals_are_asked),
        cmocka_unit_test(what_cannot_be_a_name_is_not_asked),
        cmocka_unit_test(lone_syllables_are_asked_where_the_article_names_somebody_so),
        cmocka_unit_test(features_are_stable),
        cmocka_unit_test(the_model_decides),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
