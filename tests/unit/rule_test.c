#include "rule/rule.h"

#include "support.h"

#include <stdio.h>
#include <string.h>

/* The project's tables with another relations.rules, and the faults of loading them. */
typedef struct {
    test_folder models;
    ml_gazetteer *gazetteer;
    ml_rules *rules;
    ml_buffer lines;
    ml_faults faults;
} rules_loading;

static void rules_load(rules_loading *loading, const char *file, const char *text)
{
    static const char *const names[] = {"fold.tsv", "designators.tsv", "cues.tsv", "events.tsv", "relations.rules"};
    ml_error error = {0};
    char gazetteers[PATH_BYTES];
    memset(loading, 0, sizeof *loading);
    loading->faults.lines = &loading->lines;
    folder_make(&loading->models);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char from[64];
        snprintf(from, sizeof from, "models/%s", names[i]);
        if (strcmp(names[i], file) == 0)
            folder_write(&loading->models, file, text);
        else
            folder_copy(&loading->models, names[i], from);
    }
    assert_int_equal(ml_gazetteer_new(project_path("gazetteers", gazetteers), loading->models.path, &loading->gazetteer,
                                      &loading->faults, &error),
                     ML_OK);
    assert_int_equal(loading->faults.count, 0);
    assert_int_equal(ml_rules_new(loading->models.path, loading->gazetteer, &loading->rules, &loading->faults, &error),
                     ML_OK);
}

static void rules_unload(rules_loading *loading)
{
    ml_rules_free(loading->rules);
    ml_gazetteer_free(loading->gazetteer);
    ml_buffer_dispose(&loading->lines);
    folder_remove(&loading->models);
}

/* One fault, at this place and with these words. */
static void assert_fault(const char *file, const char *text, const char *place, const char *words)
{
    rules_loading loading;
    rules_load(&loading, file, text);
    if (loading.faults.count != 1)
        fail_msg("%d faults in `%s`:\n%.*s", (int)loading.faults.count, text, (int)loading.lines.len,
                 loading.lines.len ? loading.lines.ptr : "");
    assert_true(ml_str_starts(ml_buffer_view(&loading.lines), ml_str_from(place)));
    assert_holds(ml_buffer_view(&loading.lines), words);
    rules_unload(&loading);
}

#define RULE_HEAD "rule chaired.test\nrelation chaired\ntrigger chủ trì | chủ tọa\n"
#define RULE_ENDS "source left person body within 9; first person\ntarget right event one; salient event\n"
#define RULE_EXAMPLES "+ Ông An chủ trì hội nghị. => An -> hội nghị\n- Ông An về.\n"

static void a_rule_is_read_as_it_is_written(void **state)
{
    (void)state;
    rules_loading loading;
    rules_load(&loading, "relations.rules",
               "# a comment\n\n" RULE_HEAD RULE_ENDS "needs có | gồm\nconfidence 910\nproposed yes\n" RULE_EXAMPLES);
    assert_int_equal(loading.faults.count, 0);
    assert_int_equal(loading.rules->rule_count, 1);
    const ml_rule *rule = &loading.rules->rule[0];
    assert_str(rule->id, "chaired.test");
    assert_str(rule->relation, "chaired");
    assert_int_equal(rule->line, 3);
    assert_int_equal(rule->source_count, 2);
    assert_int_equal(rule->source[0].seek, ML_SEEK_LEFT);
    assert_int_equal(rule->source[0].types, 1u << ML_PERSON | 1u << ML_BODY);
    assert_int_equal(rule->source[0].within, 9);
    assert_int_equal(rule->source[1].seek, ML_SEEK_FIRST);
    assert_int_equal(rule->target_count, 2);
    assert_true(rule->target[0].one);
    assert_int_equal(rule->target[1].seek, ML_SEEK_SALIENT);
    assert_int_equal(rule->confidence_milli, 910);
    assert_true(rule->proposed);
    assert_true(rule->needs.first != 0);
    assert_int_equal(loading.rules->example_count, 2);
    assert_str(loading.rules->example[0].text, "Ông An chủ trì hội nghị.");
    assert_str(loading.rules->example[0].source, "An");
    assert_str(loading.rules->example[0].target, "hội nghị");
    assert_true(loading.rules->example[0].must);
    assert_false(loading.rules->example[1].must);
    assert_int_equal(loading.rules->example[1].line, 12);
    rules_unload(&loading);
}

static void each_fault_of_a_rule_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *words;
    } cases[] = {
        {RULE_HEAD RULE_ENDS "weight 9\n" RULE_EXAMPLES, "relations.rules:6:1: ", "unknown key `weight`"},
        {RULE_HEAD "source above person\nsource left person\n" RULE_ENDS RULE_EXAMPLES,
         "relations.rules:4:1: ", "unknown place `above`"},
        {RULE_HEAD "source left human person\n" RULE_ENDS RULE_EXAMPLES,
         "relations.rules:4:1: ", "unknown type `human`"},
        {RULE_HEAD RULE_ENDS "- Ông An về.\n", "relations.rules:", "needs an example for"},
        {RULE_HEAD RULE_ENDS "+ Ông An chủ trì hội nghị. => An -> hội nghị\n",
         "relations.rules:", "needs an example for"},
        {RULE_HEAD RULE_ENDS "+ Ông An chủ trì hội nghị.\n- Ông An về.\n",
         "relations.rules:6:1: ", "=> SOURCE -> TARGET"},
        {RULE_HEAD "source left person\n" RULE_EXAMPLES, "relations.rules:", "is not complete"},
        {RULE_HEAD "target right event\n" RULE_EXAMPLES, "relations.rules:", "is not complete"},
        {"rule x\nrelation chaired\n" RULE_ENDS RULE_EXAMPLES, "relations.rules:", "is not complete"},
        {"rule x\ntrigger chủ trì\n" RULE_ENDS RULE_EXAMPLES, "relations.rules:", "is not complete"},
        {"relation chaired\n" RULE_HEAD RULE_ENDS RULE_EXAMPLES, "relations.rules:1:1: ", "outside a rule"},
        {RULE_HEAD RULE_ENDS RULE_EXAMPLES "- \377\n", "relations.rules:8:1: ", "not UTF-8 in NFC"},
        {RULE_HEAD "source left person; right person; first person; list person; salient person\n"
                   "target right event\n" RULE_EXAMPLES,
         "relations.rules:4:1: ", "more than 4 ways"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_fault("relations.rules", cases[i].text, cases[i].place, cases[i].words);
}

/* Not the line of the rule behind it, nor the end of the file. */
static void what_a_rule_lacks_is_named_with_the_rule_s_line(void **state)
{
    (void)state;
    assert_fault("relations.rules",
                 "# first\nrule lacks.target\nrelation chaired\ntrigger chủ trì\nsource left person\n" RULE_EXAMPLES
                 "\n" RULE_HEAD RULE_ENDS RULE_EXAMPLES,
                 "relations.rules:2:1: ", "`lacks.target` is not complete");
}

static void an_empty_trigger_is_none(void **state)
{
    (void)state;
    assert_fault("relations.rules", "rule x\nrelation chaired\ntrigger\n" RULE_ENDS RULE_EXAMPLES,
                 "relations.rules:", "is not complete");
}

static void all_faults_are_named_at_once(void **state)
{
    (void)state;
    rules_loading loading;
    rules_load(&loading, "relations.rules",
               "trigger a\n" RULE_HEAD "colour red\n" RULE_ENDS "rule other\nrelation chaired\nsource near person\n");
    ml_str lines = ml_buffer_view(&loading.lines);
    assert_holds(lines, "relations.rules:1:1: a line outside");
    assert_holds(lines, "relations.rules:5:1: unknown key `colour`");
    assert_holds(lines, "`chaired.test` needs an example");
    assert_holds(lines, "relations.rules:10:1: unknown place `near`");
    assert_holds(lines, "`other` is not complete");
    assert_holds(lines, "`other` needs an example");
    assert_int_equal(loading.faults.count, 6);
    assert_int_equal(loading.faults.first.line, 1);
    assert_string_equal(loading.faults.first.where, "relations.rules");
    rules_unload(&loading);
}

static void triggers_that_are_too_long_are_faults(void **state)
{
    (void)state;
    ml_buffer text = {0};
    ml_buffer_str(&text, ML_STR(RULE_HEAD RULE_ENDS RULE_EXAMPLES "trigger"));
    for (int i = 0; i < 40; i++)
        ml_buffer_str(&text, ML_STR(" a"));
    ml_buffer_bytes(&text, "\n", 2);
    assert_fault("relations.rules", text.ptr, "relations.rules:8:1: ", "1 to 32 syllables");
    ml_buffer_dispose(&text);
}

static void faults_of_the_word_lists_are_named(void **state)
{
    (void)state;
    assert_fault("cues.tsv", "#schema ml-cues/1\nclass\tword\nof\tcủa\nmagic\tphép\n",
                 "cues.tsv:4:1: ", "unknown class `magic`");
    assert_fault("designators.tsv",
                 "#schema ml-designators/1\nid\tname\tcanonical\taliases\tlevels\tflags\n"
                 "designator-tinh\ttỉnh\tTỉnh\t\tprovince|kingdom\tunit\n",
                 "designators.tsv:3:5: ", "unknown level `kingdom`");
    assert_fault("events.tsv", "#schema ml-events/2\nid\tname\taliases\tkind\tflags\n",
                 "events.tsv:1:1: ", "#schema ml-events/1");
    assert_fault("events.tsv", "#schema ml-events/1\nid\tname\taliases\tkind\tflags\nevent-x\thọp\n",
                 "events.tsv:3:1: ", "not 5 fields");
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    test_folder models;
    char gazetteers[PATH_BYTES];
    ml_gazetteer *gazetteer;
    ml_rules *rules = NULL;
    ml_faults faults = {0};
    ml_error error = {0};
    folder_make(&models);
    folder_copy(&models, "fold.tsv", "models/fold.tsv");
    assert_int_equal(ml_gazetteer_new(project_path("gazetteers", gazetteers), models.path, &gazetteer, &faults, &error),
                     ML_OK);
    assert_int_equal(ml_rules_new(models.path, gazetteer, &rules, &faults, &error), ML_E_IO);
    assert_null(rules);
    assert_holds(ml_str_from(error.where), "designators.tsv");
    ml_gazetteer_free(gazetteer);
    folder_remove(&models);
}

static void examples_that_fail_are_named_with_their_line(void **state)
{
    (void)state;
    test_folder models;
    char gazetteers[PATH_BYTES];
    static const char *const names[] = {"fold.tsv", "designators.tsv", "cues.tsv", "events.tsv"};
    ml_buffer lines = {0};
    uint64_t faults = 0;
    ml_error error = {0};
    folder_make(&models);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char from[64];
        snprintf(from, sizeof from, "models/%s", names[i]);
        folder_copy(&models, names[i], from);
    }
    folder_write(&models, "relations.rules",
                 RULE_HEAD RULE_ENDS "+ Ông Đỗ Văn Lượng ra về. => Đỗ Văn Lượng -> hội nghị\n"
                                     "+ Ông Đỗ Văn Lượng chủ trì hội nghị. => Đỗ Văn Lượng -> hội nghị\n"
                                     "- Ông Đỗ Văn Lượng ra về.\n"
                                     "- Ông Đỗ Văn Lượng chủ trì hội nghị.\n");
    assert_int_equal(
        ml_gazetteer_check(project_path("gazetteers", gazetteers), models.path, buffer_sink(&lines), &faults, &error),
        ML_E_DATA);
    assert_int_equal(faults, 2);
    assert_holds(ml_buffer_view(&lines), "relations.rules:6:1: rule `chaired.test`: its example must say chaired");
    assert_holds(ml_buffer_view(&lines), "relations.rules:9:1: rule `chaired.test`: its example must not say chaired");
    ml_buffer_dispose(&lines);
    folder_remove(&models);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_read_as_it_is_written),
        cmocka_unit_test(each_fault_of_a_rule_is_named_with_its_line),
        cmocka_unit_test(what_a_rule_lacks_is_named_with_the_rule_s_line),
        cmocka_unit_test(an_empty_trigger_is_none),
        cmocka_unit_test(all_faults_are_named_at_once),
        cmocka_unit_test(triggers_that_are_too_long_are_faults),
        cmocka_unit_test(faults_of_the_word_lists_are_named),
        cmocka_unit_test(a_missing_file_is_named),
        cmocka_unit_test(examples_that_fail_are_named_with_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
