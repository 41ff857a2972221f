#include "model/model.h"

#include "support.h"

#include <string.h>

#define HEAD "#schema ml-name-weights/1\nfeature\tperson\tbody\tlocality\n"

typedef struct {
    test_folder folder;
    ml_model *model;
    ml_buffer lines;
    ml_faults faults;
} model_loading;

static void model_load(model_loading *loading, const char *text)
{
    memset(loading, 0, sizeof *loading);
    loading->faults.lines = &loading->lines;
    folder_make(&loading->folder);
    if (text)
        folder_write(&loading->folder, ML_MODEL_FILE, text);
    assert_int_equal(ml_model_new(loading->folder.path, &loading->model, &loading->faults, NULL), ML_OK);
}

static void model_unload(model_loading *loading)
{
    ml_model_free(loading->model);
    ml_buffer_dispose(&loading->lines);
    folder_remove(&loading->folder);
}

static void a_folder_without_the_file_has_no_model(void **state)
{
    (void)state;
    model_loading loading;
    model_load(&loading, NULL);
    assert_null(loading.model);
    assert_int_equal(loading.faults.count, 0);
    model_unload(&loading);
}

static void weights_add_up_and_the_margin_tells_how_sure(void **state)
{
    (void)state;
    static const uint32_t known[] = {0x10, 0xfffffff0, 0x77};
    model_loading loading;
    model_load(&loading, HEAD "confidence-900\t50\t80\t90\nconfidence-950\t70\t90\t90\n"
                              "00000010\t40\t-5\t0\nfffffff0\t30\t10\t-7\n");
    assert_int_equal(loading.faults.count, 0);
    int32_t score[ML_CLASSES] = {0};
    ml_model_weigh(loading.model, known, 3, score);
    assert_int_equal(score[ML_CLASS_NONE], 0);
    assert_int_equal(score[ML_CLASS_PERSON], 70);
    assert_int_equal(score[ML_CLASS_BODY], 5);
    assert_int_equal(score[ML_CLASS_LOCALITY], -7);
    ml_verdict verdict = ml_model_decide(score);
    assert_int_equal(verdict.best, ML_CLASS_PERSON);
    assert_int_equal(verdict.margin, 65); /* over the body's 5 */
    assert_int_equal(ml_model_confidence(loading.model, verdict), 900);
    assert_int_equal(ml_model_confidence(loading.model, (ml_verdict){ML_CLASS_PERSON, 49}), 0);
    assert_int_equal(ml_model_confidence(loading.model, (ml_verdict){ML_CLASS_PERSON, 70}), 950);
    assert_int_equal(ml_model_confidence(loading.model, (ml_verdict){ML_CLASS_BODY, 79}), 0);
    assert_int_equal(ml_model_confidence(loading.model, (ml_verdict){ML_CLASS_NONE, 1000}), 0);
    model_unload(&loading);
}

static void faults_are_named_by_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place;
    } cases[] = {
        {"#schema ml-name-weights/2\nfeature\tperson\tbody\tlocality\nconfidence-900\t1\t1\t1\n", ML_MODEL_FILE ":1:"},
        {"#schema ml-name-weights/1\nfeature\tperson\tbody\nconfidence-900\t1\t1\t1\n", ML_MODEL_FILE ":2:"},
        {HEAD "confidence-900\t1\t1\t1\n0000001\t1\t2\t3\n", ML_MODEL_FILE ":4:"},  /* seven digits */
        {HEAD "confidence-900\t1\t1\t1\n0000001G\t1\t2\t3\n", ML_MODEL_FILE ":4:"}, /* no digit */
        {HEAD "confidence-900\t1\t1\t1\n00000000\t1\t2\t3\n", ML_MODEL_FILE ":4:"}, /* no feature has the number 0 */
        {HEAD "confidence-900\t1\t1\t1\n00000001\t1\t2\t99999\n", ML_MODEL_FILE ":4:"},
        {HEAD "confidence-900\t1\t1\t1\n00000001\t1\t\t3\n", ML_MODEL_FILE ":4:"},
        {HEAD "confidence-900\t1\t1\t1\n00000001\t1\t2\t3\n00000001\t1\t2\t3\n", ML_MODEL_FILE ":5:"},
        {HEAD "confidence-900\t1\t1\t1\n00000001\t1\t2\n", ML_MODEL_FILE ":4:"},
        {HEAD "confidence-900\t5\t5\t5\nconfidence-950\t4\t5\t5\n",
         ML_MODEL_FILE ":4:"}, /* surer, yet a lower margin */
        {HEAD "confidence-900\t5\t5\t5\nconfidence-800\t6\t6\t6\n", ML_MODEL_FILE ":4:"},
        {HEAD "confidence-1001\t5\t5\t5\n", ML_MODEL_FILE ":3:"},
        {HEAD "confidence-900\t9999999999\t5\t5\n", ML_MODEL_FILE ":3:"},
        {HEAD "00000001\t1\t2\t3\n", ML_MODEL_FILE ":1:"}, /* no confidences */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        model_loading loading;
        model_load(&loading, cases[i].text);
        if (loading.faults.count == 0 || !ml_str_starts(ml_buffer_view(&loading.lines), ml_str_from(cases[i].place)))
            fail_msg("`%s`: %d faults:\n%.*s", cases[i].text, (int)loading.faults.count, (int)loading.lines.len,
                     loading.lines.len ? loading.lines.ptr : "");
        model_unload(&loading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_without_the_file_has_no_model),
        cmocka_unit_test(weights_add_up_and_the_margin_tells_how_sure),
        cmocka_unit_test(faults_are_named_by_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
