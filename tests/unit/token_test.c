#include "token/token.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text in tokens, with the project's letters. */
typedef struct {
    ml_arena arena;
    ml_tokens tokens;
} splitting;

static const ml_vocabulary *vocabulary_of(void **state)
{
    return ((const struct ml_context *)*state)->gazetteer->vocabulary;
}

static void split(splitting *out, void **state, ml_str text)
{
    ml_error error = {0};
    memset(out, 0, sizeof *out);
    assert_int_equal(ml_tokens_read(vocabulary_of(state), NULL, text, &out->arena, &out->tokens, &error), ML_OK);
}

static void finish(splitting *out)
{
    ml_arena_dispose(&out->arena);
}

/* Words as `expected` has them, separated by spaces, sentences by ` | `. */
static void assert_split(void **state, const char *text, const char *expected)
{
    splitting got;
    ml_buffer line = {0};
    split(&got, state, ml_str_from(text));
    for (uint32_t i = 0; i < got.tokens.count; i++) {
        bool begins = i > 0 && got.tokens.token[i].sentence != got.tokens.token[i - 1].sentence;
        ml_buffer_str(&line, begins ? ML_STR(" | ") : i ? ML_STR(" ") : ML_STR(""));
        ml_buffer_str(&line, ml_tokens_text(&got.tokens, i, i + 1));
    }
    assert_str(ml_buffer_view(&line), expected);
    ml_buffer_dispose(&line);
    finish(&got);
}

static bool is_white(ml_str text, uint32_t *at)
{
    static const char *const spaces[] = {"\xc2\x85",     "\xc2\xa0",     "\xe2\x80\x80", "\xe2\x80\x83",
                                         "\xe2\x80\x8b", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
                                         "\xe3\x80\x80", "\xef\xbb\xbf"};
    if ((unsigned char)text.ptr[*at] <= 0x20 || text.ptr[*at] == 0x7f) {
        *at += 1;
        return true;
    }
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        if (ml_str_starts(ml_str_slice(text, *at, text.len), ml_str_from(spaces[i]))) {
            *at += (uint32_t)strlen(spaces[i]);
            return true;
        }
    }
    return false;
}

static void assert_white(ml_str text, uint32_t begin, uint32_t end)
{
    while (begin < end)
        assert_true(is_white(text, &begin));
    assert_int_equal(begin, end);
}

static void assert_tiled(const ml_tokens *tokens)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < tokens->count; i++) {
        const ml_token *token = &tokens->token[i];
        assert_true(token->begin >= at);
        assert_true(token->end > token->begin);
        assert_true(token->end <= tokens->text.len);
        assert_int_equal(token->gap == ML_GAP_NONE, token->begin == at);
        assert_white(tokens->text, at, token->begin);
        at = token->end;
    }
    assert_white(tokens->text, at, tokens->text.len);
}

static void assert_partitioned(const ml_tokens *tokens)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < tokens->sentence_count; i++) {
        assert_int_equal(tokens->sentence[i].begin, at);
        assert_true(tokens->sentence[i].end > at);
        for (; at < tokens->sentence[i].end; at++)
            assert_int_equal(tokens->token[at].sentence, i);
    }
    assert_int_equal(at, tokens->count);
}

static void tokens_tile_any_text_and_sentences_partition_them(void **state)
{
    static const char *const pieces[] = {
        "Hoà",
        "V",
        ".",
        ".",
        "!",
        "?",
        "\xe2\x80\xa6",
        "\"",
        ")",
        "(",
        "\xe2\x80\x9d",
        "\xe2\x80\x9c",
        "\xc2\xbb",
        "17",
        "-",
        "8",
        "News",
        "com",
        "au",
        " ",
        " ",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\xc2\xa0",
        "\xe2\x80\x8b",
        "\xef\xbb\xbf",
        "\xe4\xb8\xad",
        "\xd0\x9f",
        "\xcc\x81",
        "\xf0\x9f\x98\x80",
        "TP",
        "ThS",
        "đ",
        "\x01",
        "%",
        "'",
        "\xe3\x80\x80",
        "\xe2\x80\xa8",
        "\xe2\x80\x83",
    };
    uint64_t seed = 4;
    for (int round = 0; round < 4000; round++) {
        ml_buffer text = {0};
        for (uint32_t i = random_below(&seed, 40); i > 0; i--)
            ml_buffer_str(&text, ml_str_from(pieces[random_below(&seed, sizeof pieces / sizeof *pieces)]));
        splitting got;
        split(&got, state, ml_buffer_view(&text));
        assert_tiled(&got.tokens);
        assert_partitioned(&got.tokens);
        finish(&got);
        ml_buffer_dispose(&text);
    }
}

static void no_text_has_no_tokens(void **state)
{
    static const char *const texts[] = {"", "  ", "\n\n", "\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        splitting got;
        split(&got, state, ml_str_from(texts[i]));
        assert_int_equal(got.tokens.count, 0);
        assert_int_equal(got.tokens.sentence_count, 0);
        finish(&got);
    }
}

static void words_numbers_and_marks_are_told_apart(void **state)
{
    assert_split(state, "Sáng 17-8, ông An (Nam Định).", "Sáng 17 - 8 , ông An ( Nam Định ) .");
    assert_split(state, "17/8/2019 5.000 12h30 G20", "17 / 8 / 2019 5 . 000 12h30 G20");
    assert_split(state, "54-NQ/TƯ GD&ĐT", "54 - NQ / TƯ GD & ĐT");
    assert_split(state, "News.com.au 24h.com.vn", "News . com . au 24h . com . vn");
    assert_split(state,
                 "\xef\xbb\xbf"
                 "Hà\xc2\xa0Nội",
                 "Hà Nội");
    assert_split(state, "Пу\xcc\x81тин 中文", "Пу\xcc\x81тин 中文");
}

static void kinds_gaps_and_capitals_are_kept(void **state)
{
    splitting got;
    split(&got, state, ML_STR("Ông ĐỖ văn\nG20 17-8 Ơ"));
    const ml_token *token = got.tokens.token;
    assert_int_equal(got.tokens.count, 8);
    assert_int_equal(token[0].kind, ML_WORD);
    assert_true(token[0].capital && !token[0].upper);
    assert_true(token[1].capital && token[1].upper);
    assert_int_equal(token[1].gap, ML_GAP_SPACE);
    assert_false(token[2].capital || token[2].upper);
    assert_int_equal(token[3].gap, ML_GAP_LINE);
    assert_int_equal(token[4].kind, ML_NUMBER);
    assert_int_equal(token[5].kind, ML_MARK);
    assert_int_equal(token[5].gap, ML_GAP_NONE);
    assert_true(token[7].capital && !token[7].upper); /* one letter is no word in capitals */
    finish(&got);
}

/* ---- sentences ------------------------------------------------------------------------------------------------------ */

static void sentences_end_at_their_marks(void **state)
{
    assert_split(state, "Ông đến. Bà đi! Ai nói? Họ về.", "Ông đến . | Bà đi ! | Ai nói ? | Họ về .");
    assert_split(state, "Họ đến. 17 người về.", "Họ đến . | 17 người về .");
    assert_split(state, "Họ đến. \"Chào\".", "Họ đến . | \" Chào \" .");
    assert_split(state, "giá 5. đồng", "giá 5 . đồng"); /* goes on in small letters */
}

static void abbreviations_end_no_sentence(void **state)
{
    assert_split(state, "Ông V. Putin đến TP. Vinh.", "Ông V . Putin đến TP . Vinh .");
    assert_split(state, "Ông Đ. Khoát ở TX. Sơn Tây.", "Ông Đ . Khoát ở TX . Sơn Tây .");
    assert_split(state, "Ông đến Tp. Vinh.", "Ông đến Tp . Vinh .");
    assert_split(state, "Gặp ThS. An.", "Gặp ThS . An .");
    assert_split(state, "Ông đến Vinh. Bà đi.", "Ông đến Vinh . | Bà đi .");
    assert_split(state, "Ông ở phường An. Bà đi.", "Ông ở phường An . | Bà đi .");
    assert_split(state, "Khắp châu Á. Bà đi.", "Khắp châu Á . | Bà đi .");
}

static void points_inside_names_and_numbers_end_nothing(void **state)
{
    assert_split(state, "Theo News.com.au hôm qua.", "Theo News . com . au hôm qua .");
    assert_split(state, "Có 5.000 người, 3.5 Tỷ.", "Có 5 . 000 người , 3 . 5 Tỷ .");
}

static void closing_quotes_belong_to_the_sentence_that_ends(void **state)
{
    assert_split(state, "\"Tôi đến.\" Bà đi.", "\" Tôi đến . \" | Bà đi .");
    assert_split(state, "\xe2\x80\x9cTôi đến.\xe2\x80\x9d Bà đi.", "\xe2\x80\x9c Tôi đến . \xe2\x80\x9d | Bà đi .");
    assert_split(state, "\xc2\xabTôi đến!\xc2\xbb Bà đi.", "\xc2\xab Tôi đến ! \xc2\xbb | Bà đi .");
    assert_split(state, "(Ảnh: An.) Bà đi.", "( Ảnh : An . ) | Bà đi .");
    assert_split(state, "(Họ nói \"đến.\") Bà đi.", "( Họ nói \" đến . \" ) | Bà đi .");
}

static void an_ellipsis_ends_a_sentence_before_a_capital(void **state)
{
    assert_split(state, "Họ đến\xe2\x80\xa6 Bà đi.", "Họ đến \xe2\x80\xa6 | Bà đi .");
    assert_split(state, "Họ đến\xe2\x80\xa6 rồi đi.", "Họ đến \xe2\x80\xa6 rồi đi .");
    assert_split(state, "Họ đến... Bà đi.", "Họ đến . . . | Bà đi .");
    assert_split(state, "Họ đến... rồi đi.", "Họ đến . . . rồi đi .");
}

static void line_ends_end_sentences(void **state)
{
    assert_split(state, "Hội nghị tỉnh\nông đến", "Hội nghị tỉnh | ông đến");
    assert_split(state,
                 "Một\r\nhai\rba\xe2\x80\xa8"
                 "bốn",
                 "Một | hai | ba | bốn");
    assert_split(state, "Một \n\n hai", "Một | hai");
}

/* ---- folding --------------------------------------------------------------------------------------------------------- */

static uint64_t key_of(void **state, const char *word)
{
    splitting got;
    split(&got, state, ml_str_from(word));
    assert_int_equal(got.tokens.count, 1);
    uint64_t key = got.tokens.token[0].key;
    finish(&got);
    return key;
}

static void spellings_of_a_syllable_have_one_key(void **state)
{
    static const char *const same[][4] = {
        {"Hoà", "hòa", "HÒA", "Hòa"}, {"Thuỵ", "Thụy", "THUỴ", "thụy"}, {"uỷ", "ủy", "UỶ", "Ủy"},
        {"Đ", "đ", "Ð", "đ"},         {"Nghị", "NGHỊ", "nghị", "nghị"}, {"khoẻ", "khỏe", "KHOẺ", "Khỏe"},
        {"Ước", "ước", "ƯỚC", "ước"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        for (int j = 1; j < 4; j++)
            assert_true(key_of(state, same[i][0]) == key_of(state, same[i][j]));
    }
}

static void other_syllables_have_other_keys(void **state)
{
    static const char *const words[] = {"hoa", "hoà", "hoá",  "hoả", "hoã", "hoạ", "da",  "đa", "an", "ăn",
                                        "ân",  "oan", "uôn",  "ươn", "uon", "u",   "ư",   "o",  "ô",  "ơ",
                                        "e",   "ê",   "khoa", "hao", "aho", "17",  "171", "i",  "y"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (size_t j = 0; j < i; j++)
            assert_true(key_of(state, words[i]) != key_of(state, words[j]));
    }
}

static void folding_writes_letters_then_the_tone(void **state)
{
    char out[ML_FOLD_BYTES];
    ml_str folded = {out, ml_vocabulary_fold(vocabulary_of(state), ML_STR("HÒA"), out)};
    assert_str(folded, "hoa\x01");
    folded.len = ml_vocabulary_fold(vocabulary_of(state), ML_STR("Đường"), out);
    assert_str(folded, "đương\x01");
    folded.len = ml_vocabulary_fold(vocabulary_of(state), ML_STR(""), out);
    assert_int_equal(folded.len, 0);
}

static void no_digit_imitates_a_tone(void **state)
{
    assert_true(key_of(state, "Lao1") != key_of(state, "Lào"));
    assert_true(key_of(state, "A5") != key_of(state, "ạ"));
}

static void long_syllables_are_cut_within_bounds(void **state)
{
    char text[4 * ML_FOLD_BYTES], *out = test_malloc(ML_FOLD_BYTES);
    for (size_t i = 0; i + 3 <= sizeof text; i += 3)
        memcpy(text + i, "\xe1\xba\xa1", 3); /* ạ */
    uint32_t len = ml_vocabulary_fold(vocabulary_of(state), (ml_str){text, sizeof text / 3 * 3}, out);
    assert_in_range(len, 1, ML_FOLD_BYTES);
    test_free(out);
}

static void slugs_are_bare(void **state)
{
    static const char *const pairs[][2] = {
        {"UBND tỉnh Nam Định", "ubnd-tinh-nam-dinh"},
        {"Đà Nẵng", "da-nang"},
        {"  (Hội)  \"X\" ", "hoi-x"},
        {"Ðồng Tháp", "dong-thap"},
        {"中文", ""},
        {"17-8", "17-8"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ml_buffer slug = {0};
        ml_vocabulary_slug(vocabulary_of(state), ml_str_from(pairs[i][0]), &slug);
        assert_str(ml_buffer_view(&slug), pairs[i][1]);
        ml_buffer_dispose(&slug);
    }
}

/* ---- the vocabulary --------------------------------------------------------------------------------------------------- */

static void symbols_are_given_once(void **state)
{
    (void)state;
    char models[PATH_BYTES];
    ml_vocabulary *vocabulary;
    ml_faults faults = {0};
    ml_arena arena = {0};
    ml_tokens tokens;
    assert_int_equal(ml_vocabulary_new(project_path("models", models), &vocabulary, &faults, NULL), ML_OK);
    assert_int_equal(faults.count, 0);
    assert_int_equal(ml_vocabulary_size(vocabulary), 1);
    assert_int_equal(ml_tokens_read(vocabulary, NULL, ML_STR("Hoà Hòa bình"), &arena, &tokens, NULL), ML_OK);
    assert_int_equal(tokens.token[0].symbol, 0);
    assert_int_equal(ml_tokens_learn(vocabulary, &tokens, NULL), ML_OK);
    assert_int_equal(tokens.token[0].symbol, 1);
    assert_int_equal(tokens.token[1].symbol, 1);
    assert_int_equal(tokens.token[2].symbol, 2);
    assert_int_equal(ml_vocabulary_size(vocabulary), 3);
    assert_int_equal(ml_vocabulary_find(vocabulary, ML_STR("hoa\x01")), 1);
    assert_int_equal(ml_vocabulary_find(vocabulary, ML_STR("hoa\x02")), 0);
    for (uint32_t i = 0; i < 2000; i++) { /* old symbols hold while it grows */
        char word[16];
        int len = snprintf(word, sizeof word, "w%u", i);
        assert_int_equal(ml_vocabulary_add(vocabulary, (ml_str){word, (uint32_t)len}), i + 3);
    }
    assert_int_equal(ml_vocabulary_find(vocabulary, ML_STR("w1234")), 1237);
    assert_int_equal(ml_vocabulary_add(vocabulary, ML_STR("binh\x01")), 2);
    ml_arena_dispose(&arena);
    ml_vocabulary_free(vocabulary);
}

/* Words of 0 to 20 bytes out of a few letters, so that many share bytes, lengths and places of the memo. */
static ml_str random_words(uint64_t *seed, ml_arena *arena)
{
    static const char *const letters[] = {"a", "b", "A", "\xc3\xa0", "\xe1\xba\xbf", "\xc4\x90", " ", " ", "."};
    ml_buffer text = {0};
    for (int i = 0; i < 400; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u; /* Knuth, MMIX */
        ml_buffer_str(&text, ml_str_from(letters[(*seed >> 33) % (sizeof letters / sizeof *letters)]));
    }
    ml_str words = ml_arena_copy(arena, ml_buffer_view(&text));
    ml_buffer_dispose(&text);
    return words;
}

static void a_memo_answers_what_folding_would(void **state)
{
    ml_token_memo *memo = calloc(1, sizeof *memo);
    uint64_t seed = 11;
    assert_non_null(memo);
    for (int round = 0; round < 200; round++) {
        splitting plain;
        ml_tokens tokens;
        ml_arena arena = {0};
        ml_str text = random_words(&seed, &arena);
        split(&plain, state, text);
        assert_int_equal(ml_tokens_read(vocabulary_of(state), memo, text, &arena, &tokens, NULL), ML_OK);
        assert_int_equal(tokens.count, plain.tokens.count);
        for (uint32_t i = 0; i < tokens.count; i++) {
            assert_true(tokens.token[i].key == plain.tokens.token[i].key);
            assert_int_equal(tokens.token[i].symbol, plain.tokens.token[i].symbol);
        }
        ml_arena_dispose(&arena);
        finish(&plain);
    }
    free(memo);
}

static void faults_of_the_letter_table_are_all_named(void **state)
{
    (void)state;
    test_folder folder;
    ml_buffer lines = {0};
    ml_faults faults = {.lines = &lines};
    ml_vocabulary *vocabulary;
    folder_make(&folder);
    folder_write(&folder, "fold.tsv",
                 "#schema ml-fold/1\nletter\tplain\ttone\tbare\tkind\n"
                 "A\ta\t0\ta\tupper\n"
                 "AB\ta\t0\ta\tupper\n"
                 "B\tb\t6\tb\tupper\n"
                 "C\tc\t0\tc\tcapital\n"
                 "D\td\t0\n"
                 "中\tc\t0\tc\tlower\n");
    assert_int_equal(ml_vocabulary_new(folder.path, &vocabulary, &faults, NULL), ML_OK);
    assert_int_equal(faults.count, 5);
    for (uint32_t line = 4; line <= 8; line++) {
        char place[32];
        snprintf(place, sizeof place, "fold.tsv:%u:1: ", line);
        assert_holds(ml_buffer_view(&lines), place);
    }
    ml_vocabulary_free(vocabulary);
    ml_buffer_dispose(&lines);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_tile_any_text_and_sentences_partition_them),
        cmocka_unit_test(no_text_has_no_tokens),
        cmocka_unit_test(words_numbers_and_marks_are_told_apart),
        cmocka_unit_test(kinds_gaps_and_capitals_are_kept),
        cmocka_unit_test(sentences_end_at_their_marks),
        cmocka_unit_test(abbreviations_end_no_sentence),
        cmocka_unit_test(points_inside_names_and_numbers_end_nothing),
        cmocka_unit_test(closing_quotes_belong_to_the_sentence_that_ends),
        cmocka_unit_test(an_ellipsis_ends_a_sentence_before_a_capital),
        cmocka_unit_test(line_ends_end_sentences),
        cmocka_unit_test(spellings_of_a_syllable_have_one_key),
        cmocka_unit_test(other_syllables_have_other_keys),
        cmocka_unit_test(folding_writes_letters_then_the_tone),
        cmocka_unit_test(no_digit_imitates_a_tone),
        cmocka_unit_test(long_syllables_are_cut_within_bounds),
        cmocka_unit_test(slugs_are_bare),
        cmocka_unit_test(symbols_are_given_once),
        cmocka_unit_test(a_memo_answers_what_folding_would),
        cmocka_unit_test(faults_of_the_letter_table_are_all_named),
    };
    return cmocka_run_group_tests(tests, context_setup, context_teardown);
}
