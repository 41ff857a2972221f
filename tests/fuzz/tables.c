#include "tables.h"

#include "base/file.h"
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
    "gazetteers/localities.tsv", "gazetteers/bodies.tsv",  "gazetteers/organs.tsv",
    "gazetteers/heads.tsv",      "gazetteers/fields.tsv",  "gazetteers/titles.tsv",
    "gazetteers/officials.tsv",  "gazetteers/offices.tsv", "gazetteers/name-syllables.tsv",
    "models/fold.tsv",           "models/designators.tsv", "models/cues.tsv",
    "models/events.tsv",         "models/relations.rules", "models/name-weights.tsv",
};
enum { TABLES = sizeof names / sizeof *names };

/* The rows that the small tables have, and more than they have. */
static const ml_str article = {
    "Sáng 17-8, ông Đỗ Văn Lượng, Chủ tịch UBND tỉnh Nam Định, Bí thư Tỉnh ủy, chủ trì hội nghị tại thành phố Thủ Đức. "
    "Sở Y tế tỉnh Nam Định và Hội Chữ thập đỏ Việt Nam dự. Bộ Y tế hợp tác với EU.",
    sizeof(
        "Sáng 17-8, ông Đỗ Văn Lượng, Chủ tịch UBND tỉnh Nam Định, Bí thư Tỉnh ủy, chủ trì hội nghị tại thành phố Thủ "
        "Đức. Sở Y tế tỉnh Nam Định và Hội Chữ thập đỏ Việt Nam dự. Bộ Y tế hợp tác với EU.") -
        1};

static ml_buffer small[TABLES];

static void load_small(void)
{
    for (int i = 0; i < TABLES; i++) {
        char path[128];
        snprintf(path, sizeof path, "tests/fuzz/tables/%s", names[i]);
        if (ml_file_read(path, 1 << 20, &small[i], NULL) != ML_OK)
            fuzz_expect(ml_file_read(names[i], 1 << 20, &small[i], NULL) == ML_OK);
    }
}

/* Puts what stands behind each heading into its place. */
static void split(ml_str text, ml_str part[TABLES])
{
    ml_str *at = NULL;
    while (text.ptr) {
        ml_str line = ml_str_split(&text, '\n');
        int i = TABLES;
        if (ml_str_starts(line, ML_STR("== "))) {
            for (i = 0; i < TABLES && !ml_str_equal(ml_str_slice(line, 3, line.len), ml_str_from(names[i])); i++)
                ;
        }
        if (i < TABLES) {
            at = &part[i];
            *at = (ml_str){line.ptr + line.len + (text.ptr ? 1 : 0), 0};
        } else if (at) {
            at->len = (uint32_t)(line.ptr + line.len + (text.ptr ? 1 : 0) - at->ptr);
        }
    }
}

static void read_article(const char *gazetteers, const char *models)
{
    ml_context *context = NULL;
    ml_worker *worker = NULL;
    fuzz_expect(ml_context_new(gazetteers, models, &context, NULL) == ML_OK);
    fuzz_expect(ml_worker_new(context, &worker, NULL) == ML_OK);
    ml_article in = {.id = ML_STR("fuzz"), .text = article};
    fuzz_expect(ml_extract(worker, &in, fuzz_discard(), NULL) == ML_OK);
    uint64_t rows;
    fuzz_expect(ml_gazetteer_lookup(context, ML_STR("nam dinh"), NULL, fuzz_discard(), &rows, NULL) == ML_OK);
    ml_worker_free(worker);
    ml_context_free(context);
}

void fuzz_tables(const uint8_t *data, size_t size)
{
    if (!small[0].len)
        load_small();
    const char *gazetteers = fuzz_folder("gazetteers"), *models = fuzz_folder("models");
    ml_str part[TABLES] = {{NULL, 0}};
    if (size)
        split((ml_str){(const char *)data, (uint32_t)size}, part);
    for (int i = 0; i < TABLES; i++) {
        ml_str text = part[i].ptr ? part[i] : ml_buffer_view(&small[i]);
        fuzz_file(names[i], (const uint8_t *)text.ptr, text.len);
    }
    uint64_t faults = 0;
    ml_error error = {0};
    ml_buffer lines = {0};
    ml_status status = ml_gazetteer_check(gazetteers, models, fuzz_append(&lines), &faults, &error);
    fuzz_expect(status == ML_OK || (status == ML_E_DATA && faults && lines.len));
    if (status == ML_OK)
        read_article(gazetteers, models);
    ml_buffer_dispose(&lines);
}
