#include "gazetteer/gazetteer.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- small tables ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *head, *rows;
} good[] = {
    {"localities.tsv",
     "#schema ml-localities/1\n"
     "id\tlevel\tdesignator\tname\tparent\tsince\tuntil\tsuccessors\taliases\tflags\tsource\n",
     "p-nam-dinh\tprovince\tTỉnh\tNam Định\tvn\t1997\t2025-06-30\t\t\t\tt\n"
     "p-thu-duc-new\tdistrict\tThành phố\tThủ Đức\tvn\t2021\t\t\t\t\tt\n"
     "p-thu-duc-old\tdistrict\tQuận\tThủ Đức\tvn\t1997\t2020-12-31\tp-thu-duc-new\t\t\tt\n"
     "r-mien-trung\tregion\t\tMiền Trung\tvn\t\t\t\t\t\tt\n"
     "vn\tcountry\t\tViệt Nam\t\t\t\t\tVN\t\tt\n"},
    {"bodies.tsv", "#schema ml-bodies/1\nid\tname\taliases\tkind\tparent\tsince\tuntil\tsuccessors\tflags\tsource\n",
     "body-bo-y-te\tBộ Y tế\tBYT\tministry\t\t\t\t\t\tt\n"
     "body-eu\tLiên minh châu Âu\tEU\tforeign\t\t\t\t\t\tt\n"},
    {"organs.tsv", "#schema ml-organs/1\nid\tname\taliases\tkind\tlevels\tpattern\towner\tflags\tsource\n",
     "organ-tinh-uy\tTỉnh ủy\t\tparty\tprovince\t{organ} {place}\t\tbare\tt\n"},
    {"heads.tsv", "#schema ml-heads/1\nid\tname\taliases\tkind\ttail\tflags\tsource\n",
     "head-hoi\tHội\t\tmass\tcaps\tcaps-only-head\tt\n"},
    {"fields.tsv", "#schema ml-fields/1\nid\tname\taliases\tministry\tdepartment\tflags\tsource\n",
     "field-y-te\tY tế\t\tbody-bo-y-te\tSở\t\tt\n"},
    {"titles.tsv", "#schema ml-titles/1\nid\tname\taliases\tclass\tlevel\tbody\tflags\tsource\n",
     "title-chu-tich\tChủ tịch\tCT\tpost\t\t\t\tt\ntitle-ong\tông\t\taddress\t\t\t\tt\n"},
    {"officials.tsv", "#schema ml-officials/1\nid\tname\tbirth\taliases\tcountry\tflags\tsource\n",
     "person-do-van-luong\tĐỗ Văn Lượng\t1960-02-29\tLượng\tvn\t\tt\n"},
    {"offices.tsv", "#schema ml-offices/1\nid\tperson\ttitle\tbody\tsince\tuntil\tsource\n",
     "office-1\tperson-do-van-luong\tChủ tịch\tBộ Y tế\t2001\t2005-03\tt\n"},
    {"name-syllables.tsv", "#schema ml-name-syllables/1\nsyllable\tfamily\tmiddle\tgiven\tflags\tsource\n",
     "Lượng\t0\t3\t5\t\tt\nĐỗ\t9\t0\t1\tfamily\tt\n"},
};
enum { TABLES = sizeof good / sizeof *good };

typedef struct {
    test_folder folder;
    ml_gazetteer *gazetteer;
    ml_buffer lines;
    ml_faults faults;
    ml_status status;
    ml_error error;
} loaded_tables;

/* Loads the tables above; `file` (NULL for none) has these rows instead, and if `whole` these words alone. */
static void tables_load(loaded_tables *out, const char *file, const char *rows, bool whole)
{
    char models[PATH_BYTES];
    memset(out, 0, sizeof *out);
    out->faults.lines = &out->lines;
    folder_make(&out->folder);
    for (size_t i = 0; i < TABLES; i++) {
        bool changed = file && strcmp(good[i].name, file) == 0;
        ml_buffer text = {0};
        ml_buffer_str(&text, ml_str_from(changed && whole ? "" : good[i].head));
        ml_buffer_str(&text, ml_str_from(changed ? rows : good[i].rows));
        ml_buffer_char(&text, '\0');
        folder_write(&out->folder, good[i].name, text.ptr);
        ml_buffer_dispose(&text);
    }
    out->status =
        ml_gazetteer_new(out->folder.path, project_path("models", models), &out->gazetteer, &out->faults, &out->error);
}

static void tables_unload(loaded_tables *out)
{
    ml_gazetteer_free(out->gazetteer);
    ml_buffer_dispose(&out->lines);
    folder_remove(&out->folder);
}

/* ---- faults ------------------------------------------------------------------------------------------------------------ */

static void good_tables_have_no_faults(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, NULL, NULL, false);
    assert_int_equal(tables.status, ML_OK);
    if (tables.faults.count)
        fail_msg("%.*s", (int)tables.lines.len, tables.lines.ptr);
    assert_int_equal(tables.gazetteer->locality_count, 5);
    uint32_t row = ml_gazetteer_find_locality(tables.gazetteer, ML_STR("p-nam-dinh"));
    assert_int_equal(tables.gazetteer->locality[row].level, ML_LEVEL_PROVINCE);
    assert_int_equal(tables.gazetteer->locality[row].parent,
                     ml_gazetteer_find_locality(tables.gazetteer, ML_STR("vn")));
    assert_int_equal(tables.gazetteer->locality[row].until.day, 30);
    assert_int_equal(ml_gazetteer_find_body(tables.gazetteer, ML_STR("p-nam-dinh")), ML_NO_ROW);
    assert_int_equal(ml_gazetteer_find_body(tables.gazetteer, ML_STR("")), ML_NO_ROW);
    tables_unload(&tables);
}

static void each_fault_is_named_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *file, *rows, *place, *words;
    } cases[] = {
        {"localities.tsv", "vn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:4:1: ", "duplicate id `vn`"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\tX\tnowhere\t\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:5: ", "missing `nowhere`"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\tX\tvn\t\t\tp-y\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:8: ", "missing `p-y`"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\tX\tp-x\t\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:5: ", "cycle"},
        {"localities.tsv",
         "p-x\tprovince\tTỉnh\tX\tvn\t1997-02-29\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:6: ", "impossible date `1997-02-29`"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\tX\tvn\t\t1997/3/1\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:7: ", "impossible date `1997/3/1`"},
        {"localities.tsv",
         "p-x\tprovince\tTỉnh\tX\tvn\t2001\t2000-12-31\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:", "ends before it begins"},
        {"localities.tsv", "p-x\tkingdom\tTỉnh\tX\tvn\t\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:2: ", "unknown level"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\tX\tvn\t\t\t\t\tshiny\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:10: ", "unknown word `shiny`"},
        {"localities.tsv", "vn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\nop\tcountry\t\tÔ\t\t\t\t\t\t\tt\n",
         "localities.tsv:4:1: ", "`op` out of order"},
        {"localities.tsv", "1vn\tcountry\t\tÔ\t\t\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:1: ", "`1vn` is no id"},
        {"localities.tsv", "a.b\tcountry\t\tÔ\t\t\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:1: ", "`a.b` is no id"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\tX\tvn\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:1: ", "not 11 fields"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\tX\tvn\t\t\t\t\t\tt\textra\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:1: ", "not 11 fields"},
        {"localities.tsv", "p-x\tprovince\tTỉnh\t X\tvn\t\t\t\t\t\tt\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
         "localities.tsv:3:4: ", "space at an end"},
        {"localities.tsv", "\nvn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n", "localities.tsv:3:1: ", "empty line"},
        {"bodies.tsv",
         "body-a\tBộ A\tCHUNG\tministry\t\t\t\t\t\tt\nbody-b\tBộ B\tCHUNG\tministry\t\t\t\t\t\tt\n"
         "body-bo-y-te\tBộ Y tế\t\tministry\t\t\t\t\t\tt\n",
         "bodies.tsv:4:3: ", "`CHUNG` is a name of `body-a` too"},
        {"bodies.tsv", "body-a\tBộ A\t\tministry\tbody-b\t\t\t\t\tt\nbody-bo-y-te\tBộ Y tế\t\tministry\t\t\t\t\t\tt\n",
         "bodies.tsv:3:5: ", "missing `body-b`"},
        {"organs.tsv", "organ-x\tX\t\tparty\tprovinces\t{organ}\t\t\tt\n",
         "organs.tsv:3:5: ", "unknown word `provinces`"},
        {"heads.tsv", "head-x\tX\t\tparty\ttail\t\tt\n", "heads.tsv:3:5: ", "unknown word `tail`"},
        {"titles.tsv", "title-x\tX\t\tjob\t\t\t\tt\n", "titles.tsv:3:4: ", "unknown word `job`"},
        {"fields.tsv", "field-x\tX\t\tbody-none\t\t\tt\n", "fields.tsv:3:4: ", "missing `body-none`"},
        {"officials.tsv", "person-do-van-luong\tĐỗ\t1960-02-30\t\tvn\t\tt\n",
         "officials.tsv:3:3: ", "impossible date `1960-02-30`"},
        {"officials.tsv", "person-do-van-luong\tĐỗ\t\t\tzz\t\tt\n", "officials.tsv:3:5: ", "missing `zz`"},
        {"offices.tsv", "office-1\tperson-x\tA\tB\t\t\tt\n", "offices.tsv:3:2: ", "missing `person-x`"},
        {"offices.tsv", "office-1\tperson-do-van-luong\tA\tB\t2005-03\t2005-02\tt\n",
         "offices.tsv:3:", "ends before it begins"},
        {"name-syllables.tsv", "Lượng\t0\tba\t5\t\tt\n", "name-syllables.tsv:3:3: ", "not a number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        loaded_tables tables;
        tables_load(&tables, cases[i].file, cases[i].rows, false);
        assert_int_equal(tables.status, ML_OK);
        ml_str lines = ml_buffer_view(&tables.lines);
        bool found = false;
        for (ml_str rest = lines; rest.ptr;) {
            ml_str line = ml_str_split(&rest, '\n');
            found |= ml_str_starts(line, ml_str_from(cases[i].place)) && holds(line, cases[i].words);
        }
        if (!found)
            fail_msg("no `%s...%s` in `%.*s`", cases[i].place, cases[i].words, (int)lines.len, lines.ptr);
        tables_unload(&tables);
    }
}

static void text_that_is_not_composed_is_a_fault(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, "titles.tsv", "title-x\tChu\xcc\x89 tịch\t\tpost\t\t\t\tt\n", false);
    assert_holds(ml_buffer_view(&tables.lines), "titles.tsv:3:2: not UTF-8 in NFC");
    tables_unload(&tables);
    tables_load(&tables, "titles.tsv", "title-x\tCh\xff\t\tpost\t\t\t\tt\n", false);
    assert_holds(ml_buffer_view(&tables.lines), "titles.tsv:3:2: not UTF-8 in NFC");
    tables_unload(&tables);
}

static void wrong_heads_are_faults(void **state)
{
    (void)state;
    static const char *const heads[][2] = {
        {"#schema ml-titles/2\nid\tname\taliases\tclass\tlevel\tbody\tflags\tsource\n",
         "titles.tsv:1:1: wrong first line"},
        {"id\tname\taliases\tclass\tlevel\tbody\tflags\tsource\n", "titles.tsv:1:1: wrong first line"},
        {"#schema ml-titles/1\nid\tname\taliases\tclass\tbody\tlevel\tflags\tsource\n",
         "titles.tsv:2:1: wrong columns"},
        {"#schema ml-titles/1\nid\tname\n", "titles.tsv:2:1: wrong columns"},
        {"", "titles.tsv:1:1: wrong first line"},
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        loaded_tables tables;
        tables_load(&tables, "titles.tsv", heads[i][0], true);
        assert_int_equal(tables.status, ML_OK);
        assert_holds(ml_buffer_view(&tables.lines), heads[i][1]);
        tables_unload(&tables);
    }
}

static void all_faults_are_named_at_once(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, "localities.tsv",
                "p-a\tprovince\tTỉnh\tA\tnone\t2001-13\t\t\t\tred\tt\n"
                "p-a\tprovince\tTỉnh\tB\tp-b\t\t\t\t\t\tt\n"
                "p-b\tprovince\tTỉnh\tC\tp-c\t\t\t\t\t\tt\n"
                "p-c\tprovince\tTỉnh\tD\tp-b\t2002\t2001\t\t\t\tt\n"
                "only one field\n"
                "vn\tcountry\t\tViệt Nam\t\t\t\t\t\t\tt\n",
                false);
    static const char *const faults[] = {
        "localities.tsv:3:5: missing `none`", "localities.tsv:3:6: impossible date",
        "localities.tsv:3:10: unknown word",  "localities.tsv:4:1: duplicate id",
        "localities.tsv:5:5: cycle",          "localities.tsv:6:5: cycle",
        "localities.tsv:7:1: not 11 fields",
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        assert_holds(ml_buffer_view(&tables.lines), faults[i]);
    uint64_t lines = 0;
    for (size_t i = 0; i < tables.lines.len; i++)
        lines += tables.lines.ptr[i] == '\n';
    assert_int_equal(lines, tables.faults.count);
    tables_unload(&tables);
}

static void a_risky_or_dated_name_is_no_clash(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, "bodies.tsv",
                "body-a\tBộ A\tCHUNG\tministry\t\t\t\t\t\tt\nbody-b\tBộ B\t~CHUNG\tministry\t\t\t\t\t\tt\n"
                "body-bo-y-te\tBộ Y tế\t\tministry\t\t\t\t\t\tt\nbody-c\tBộ A\t\tministry\t\t\t2001\tbody-a\t\tt\n",
                false);
    if (tables.faults.count)
        fail_msg("%.*s", (int)tables.lines.len, tables.lines.ptr);
    tables_unload(&tables);
}

static void a_missing_table_is_named(void **state)
{
    (void)state;
    char models[PATH_BYTES];
    test_folder folder;
    ml_gazetteer *gazetteer = NULL;
    ml_faults faults = {0};
    ml_error error = {0};
    folder_make(&folder);
    assert_int_equal(ml_gazetteer_new(folder.path, project_path("models", models), &gazetteer, &faults, &error),
                     ML_E_IO);
    assert_null(gazetteer);
    assert_holds(ml_str_from(error.where), "localities.tsv");
    folder_remove(&folder);
}

static void a_context_tells_the_first_fault(void **state)
{
    (void)state;
    char models[PATH_BYTES];
    loaded_tables tables;
    ml_context *context = NULL;
    ml_error error = {0};
    tables_load(&tables, "officials.tsv", "person-do-van-luong\tĐỗ\t\t\tzz\t\tt\n", false);
    assert_int_equal(ml_context_new(tables.folder.path, project_path("models", models), &context, &error), ML_E_DATA);
    assert_null(context);
    assert_string_equal(error.where, "officials.tsv");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 5);
    tables_unload(&tables);
}

/* ---- lookup and list --------------------------------------------------------------------------------------------------- */

static void assert_lookup(const ml_gazetteer *gazetteer, const char *name, const char *day, const char *expected)
{
    ml_buffer out = {0};
    uint64_t rows = 99, lines = 0;
    ml_date date = {0};
    assert_true(ml_date_read(ml_str_from(day), &date));
    assert_int_equal(ml_gazetteer_find_rows(gazetteer, ml_str_from(name), date, buffer_sink(&out), &rows, NULL), ML_OK);
    assert_str(ml_buffer_view(&out), expected);
    for (size_t i = 0; i < out.len; i++)
        lines += out.ptr[i] == '\n';
    assert_int_equal(rows, lines);
    ml_buffer_dispose(&out);
}

static void names_are_looked_up_in_any_spelling(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, NULL, NULL, false);
    const ml_gazetteer *gazetteer = tables.gazetteer;
    static const char nam_dinh[] = "p-nam-dinh\tlocalities\tTỉnh Nam Định\t1997\t2025-06-30\t";
    char line[200];
    snprintf(line, sizeof line, "%sexact\n", nam_dinh);
    assert_lookup(gazetteer, "Nam Định", "", line);
    assert_lookup(gazetteer, "Tỉnh Nam Định", "", line);
    snprintf(line, sizeof line, "%sfolded\n", nam_dinh);
    assert_lookup(gazetteer, "NAM ĐỊNH", "", line);
    assert_lookup(gazetteer, "tỉnh nam định", "", line);
    snprintf(line, sizeof line, "%sno diacritics\n", nam_dinh);
    assert_lookup(gazetteer, "nam dinh", "", line);
    assert_lookup(gazetteer, "tinh nam dinh", "", line);
    assert_lookup(gazetteer, "Tỉnh uỷ", "", "organ-tinh-uy\torgans\tTỉnh ủy\t\t\tfolded\n");
    assert_lookup(gazetteer, "EU", "", "body-eu\tbodies\tLiên minh châu Âu\t\t\texact\n");
    assert_lookup(gazetteer, "Sao Hỏa", "", "");
    assert_lookup(gazetteer, "", "", "");
    tables_unload(&tables);
}

static void dates_choose_the_rows_of_a_name(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, NULL, NULL, false);
    static const char new_row[] = "p-thu-duc-new\tlocalities\tThành phố Thủ Đức\t2021\t\texact\n";
    static const char old_row[] = "p-thu-duc-old\tlocalities\tQuận Thủ Đức\t1997\t2020-12-31\texact\n";
    char both[200];
    snprintf(both, sizeof both, "%s%s", new_row, old_row);
    assert_lookup(tables.gazetteer, "Thủ Đức", "", both);
    assert_lookup(tables.gazetteer, "Thủ Đức", "2017-08-17", old_row);
    assert_lookup(tables.gazetteer, "Thủ Đức", "2020-12-31", old_row);
    assert_lookup(tables.gazetteer, "Thủ Đức", "2021-01-01", new_row);
    assert_lookup(tables.gazetteer, "Thủ Đức", "1990", "");
    tables_unload(&tables);
}

static void tables_are_listed(void **state)
{
    (void)state;
    loaded_tables tables;
    ml_buffer out = {0};
    ml_error error = {0};
    tables_load(&tables, NULL, NULL, false);
    assert_int_equal(ml_gazetteer_write_rows(tables.gazetteer, NULL, buffer_sink(&out), &error), ML_OK);
    assert_str(ml_buffer_view(&out),
               "localities\t5\nbodies\t2\norgans\t1\nheads\t1\nfields\t1\ntitles\t2\nofficials\t1\n"
               "offices\t1\nname-syllables\t2\n");
    ml_buffer_clear(&out);
    assert_int_equal(ml_gazetteer_write_rows(tables.gazetteer, "titles", buffer_sink(&out), &error), ML_OK);
    assert_str(ml_buffer_view(&out),
               "id\tname\taliases\tclass\tlevel\tbody\tflags\tsource\n"
               "title-chu-tich\tChủ tịch\tCT\tpost\t\t\t\tt\ntitle-ong\tông\t\taddress\t\t\t\tt\n");
    assert_int_equal(ml_gazetteer_write_rows(tables.gazetteer, "persons", buffer_sink(&out), &error), ML_E_USAGE);
    assert_string_equal(error.where, "persons");
    ml_buffer_dispose(&out);
    tables_unload(&tables);
}

static void syllables_are_known_in_any_case(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, NULL, NULL, false);
    uint32_t symbol = ml_vocabulary_find(tables.gazetteer->vocabulary, ML_STR("đô\x03"));
    ml_syllable syllable = ml_gazetteer_syllable(tables.gazetteer, symbol);
    assert_int_equal(symbol != 0, 1);
    assert_true(syllable.known);
    assert_int_equal(syllable.family, 9);
    assert_int_equal(syllable.given, 1);
    assert_true(syllable.flags & ML_FLAG_FAMILY);
    assert_false(ml_gazetteer_syllable(tables.gazetteer, 0).known);
    assert_false(ml_gazetteer_syllable(tables.gazetteer, UINT32_MAX).known);
    tables_unload(&tables);
}

/* ---- patterns ---------------------------------------------------------------------------------------------------------- */

/* The matches of a text as `list:words` in order, separated by `;`. */
static void assert_matches(const ml_gazetteer *gazetteer, const char *text, const char *expected)
{
    ml_arena arena = {0};
    ml_tokens tokens;
    ml_matches matches;
    ml_buffer got = {0};
    assert_int_equal(ml_tokens_read(gazetteer->vocabulary, NULL, ml_str_from(text), &arena, &tokens, NULL), ML_OK);
    assert_int_equal(ml_patterns_find(gazetteer->patterns, &tokens, &arena, &matches, NULL), ML_OK);
    for (uint32_t i = 0; i < matches.count; i++) {
        const ml_match *match = &matches.match[i];
        ml_str words = ml_tokens_text(&tokens, match->begin, match->end);
        ml_buffer_format(&got, "%s%u:%.*s", i ? ";" : "", ml_patterns_at(gazetteer->patterns, match->pattern)->list,
                         (int)words.len, words.ptr);
    }
    assert_str(ml_buffer_view(&got), expected);
    ml_buffer_dispose(&got);
    ml_arena_dispose(&arena);
}

static void capitals_count_as_the_list_wants(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, NULL, NULL, false);
    const ml_gazetteer *gazetteer = tables.gazetteer;
    /* 0 localities, 1 bodies, 2 organs, 5 titles, 6 officials */
    assert_matches(gazetteer, "ở Nam Định", "0:Nam Định");
    assert_matches(gazetteer, "ở NAM ĐỊNH", "0:NAM ĐỊNH");
    assert_matches(gazetteer, "nam định", "");
    assert_matches(gazetteer, "Nam định", "");
    assert_matches(gazetteer, "nam Định", "");
    assert_matches(gazetteer, "miền Trung", "0:miền Trung"); /* a region may begin small */
    assert_matches(gazetteer, "miền trung", "");
    assert_matches(gazetteer, "Đỗ Văn Lượng", "6:Đỗ Văn Lượng;6:Lượng");
    assert_matches(gazetteer, "số lượng", "");
    assert_matches(gazetteer, "bộ Y tế", "1:bộ Y tế;4:Y tế");
    assert_matches(gazetteer, "bộ y tế", "4:y tế");
    assert_matches(gazetteer, "EU", "1:EU");
    assert_matches(gazetteer, "eu", "");
    assert_matches(gazetteer, "Eu", "");
    assert_matches(gazetteer, "tỉnh uỷ TỈNH ỦY", "2:tỉnh uỷ;2:TỈNH ỦY");
    assert_matches(gazetteer, "chủ tịch Chủ Tịch", "5:chủ tịch;5:Chủ Tịch");
    assert_matches(gazetteer, "ct", "");
    tables_unload(&tables);
}

static void no_name_crosses_a_line_end(void **state)
{
    (void)state;
    loaded_tables tables;
    tables_load(&tables, NULL, NULL, false);
    assert_matches(tables.gazetteer, "Nam\nĐịnh", "");
    assert_matches(tables.gazetteer, "Nam \t Định", "0:Nam \t Định");
    tables_unload(&tables);
}

/* The naive way: every pattern at every token. */
typedef struct {
    ml_tokens tokens;
    ml_pattern pattern;
} learned_name;

static bool name_is_at(const learned_name *name, const ml_tokens *text, uint32_t at)
{
    bool some_capital = false, all_capitals = true, first_missing = false;
    for (uint32_t i = 0; i < name->tokens.count; i++) {
        const ml_token *own = &name->tokens.token[i];
        if (at + i >= text->count)
            return false;
        const ml_token *there = &text->token[at + i];
        if (own->symbol != there->symbol || (i > 0 && there->gap == ML_GAP_LINE) || (own->upper && !there->upper))
            return false;
        some_capital |= there->capital;
        if (own->capital && !there->capital) {
            first_missing |= i == 0;
            all_capitals &= i == 0 && name->pattern.small_first;
        }
    }
    switch (name->pattern.list) {
    case ML_IN_LOCALITIES:
        return all_capitals;
    case ML_IN_OFFICIALS:
        return all_capitals && !first_missing;
    case ML_IN_BODIES:
        return some_capital;
    default:
        return true;
    }
}

enum { NAMES = 120, NAME_TOKENS = 5 };

static ml_str random_words(ml_buffer *out, uint64_t *seed, uint32_t count)
{
    static const char *const words[] = {"an", "An", "AN", "bình", "Bình", "BÌNH", "chi", "Chi", "đô", "Đô", "-", "EU"};
    ml_buffer_clear(out);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            ml_buffer_char(out, random_below(seed, 12) ? ' ' : '\n');
        ml_buffer_str(out, ml_str_from(words[random_below(seed, sizeof words / sizeof *words)]));
    }
    return ml_buffer_view(out);
}

static void matches_are_those_of_a_naive_matcher(void **state)
{
    (void)state;
    char models[PATH_BYTES];
    uint64_t seed = 5;
    ml_faults faults = {0};
    for (int round = 0; round < 12; round++) {
        ml_vocabulary *vocabulary;
        ml_patterns *patterns;
        ml_arena arena = {0};
        ml_buffer words = {0};
        learned_name name[NAMES];
        assert_int_equal(ml_vocabulary_new(project_path("models", models), &vocabulary, &faults, NULL), ML_OK);
        assert_int_equal(ml_patterns_new(&patterns, NULL), ML_OK);
        for (uint32_t i = 0; i < NAMES; i++) {
            ml_str text = ml_arena_copy(&arena, random_words(&words, &seed, 1 + random_below(&seed, NAME_TOKENS)));
            name[i].pattern = (ml_pattern){
                .row = i, .list = (uint8_t)random_below(&seed, ML_LISTS), .small_first = random_below(&seed, 2)};
            assert_int_equal(ml_tokens_read(vocabulary, NULL, text, &arena, &name[i].tokens, NULL), ML_OK);
            assert_int_equal(ml_tokens_learn(vocabulary, &name[i].tokens, NULL), ML_OK);
            assert_int_equal(ml_patterns_add(patterns, &name[i].tokens, name[i].pattern, NULL), ML_OK);
        }
        for (int sequence = 0; sequence < 60; sequence++) {
            ml_tokens text;
            ml_matches matches;
            ml_str line = ml_arena_copy(&arena, random_words(&words, &seed, random_below(&seed, 30)));
            assert_int_equal(ml_tokens_read(vocabulary, NULL, line, &arena, &text, NULL), ML_OK);
            assert_int_equal(ml_patterns_find(patterns, &text, &arena, &matches, NULL), ML_OK);
            uint32_t expected = 0;
            for (uint32_t at = 0; at < text.count; at++) {
                assert_true(matches.first[at] <= matches.first[at + 1]);
                for (uint32_t i = 0; i < NAMES; i++) {
                    uint32_t found = 0;
                    for (uint32_t j = matches.first[at]; j < matches.first[at + 1]; j++)
                        found += matches.match[j].pattern == i && matches.match[j].begin == at &&
                                 matches.match[j].end == at + name[i].tokens.count;
                    if (found != name_is_at(&name[i], &text, at))
                        fail_msg("list %u, name `%.*s` at token %u of `%.*s`: %u", name[i].pattern.list,
                                 (int)name[i].tokens.text.len, name[i].tokens.text.ptr, at, (int)line.len, line.ptr,
                                 found);
                    expected += found;
                }
            }
            assert_int_equal(matches.count, expected);
            for (uint32_t j = 1; j < matches.count; j++) /* by begin, then length */
                assert_true(matches.match[j - 1].begin < matches.match[j].begin ||
                            matches.match[j - 1].end <= matches.match[j].end);
        }
        ml_buffer_dispose(&words);
        ml_arena_dispose(&arena);
        ml_patterns_free(patterns);
        ml_vocabulary_free(vocabulary);
    }
}

static void names_without_or_with_too_many_syllables_are_refused(void **state)
{
    (void)state;
    char models[PATH_BYTES];
    ml_vocabulary *vocabulary;
    ml_patterns *patterns;
    ml_faults faults = {0};
    ml_arena arena = {0};
    ml_tokens tokens;
    assert_int_equal(ml_vocabulary_new(project_path("models", models), &vocabulary, &faults, NULL), ML_OK);
    assert_int_equal(ml_patterns_new(&patterns, NULL), ML_OK);
    for (uint32_t count = 0; count <= 33; count++) {
        ml_buffer text = {0};
        for (uint32_t i = 0; i < count; i++)
            ml_buffer_str(&text, ML_STR("a "));
        assert_int_equal(ml_tokens_read(vocabulary, NULL, ml_buffer_view(&text), &arena, &tokens, NULL), ML_OK);
        assert_int_equal(ml_tokens_learn(vocabulary, &tokens, NULL), ML_OK);
        assert_int_equal(ml_patterns_add(patterns, &tokens, (ml_pattern){0}, NULL),
                         count >= 1 && count <= 32 ? ML_OK : ML_E_LIMIT);
        ml_buffer_dispose(&text);
    }
    ml_arena_dispose(&arena);
    ml_patterns_free(patterns);
    ml_vocabulary_free(vocabulary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_tables_have_no_faults),
        cmocka_unit_test(each_fault_is_named_with_its_place),
        cmocka_unit_test(text_that_is_not_composed_is_a_fault),
        cmocka_unit_test(wrong_heads_are_faults),
        cmocka_unit_test(all_faults_are_named_at_once),
        cmocka_unit_test(a_risky_or_dated_name_is_no_clash),
        cmocka_unit_test(a_missing_table_is_named),
        cmocka_unit_test(a_context_tells_the_first_fault),
        cmocka_unit_test(names_are_looked_up_in_any_spelling),
        cmocka_unit_test(dates_choose_the_rows_of_a_name),
        cmocka_unit_test(tables_are_listed),
        cmocka_unit_test(syllables_are_known_in_any_case),
        cmocka_unit_test(capitals_count_as_the_list_wants),
        cmocka_unit_test(no_name_crosses_a_line_end),
        cmocka_unit_test(matches_are_those_of_a_naive_matcher),
        cmocka_unit_test(names_without_or_with_too_many_syllables_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
