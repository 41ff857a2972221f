#include "article/article.h"
#include "train/train.h"

#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "train [--without ID,...] -o FILE GAZETTEERS MODELS CORPUS GOLD...\n"
    "Writes the weights of the learned model, made from the articles of CORPUS as the rules alone read them, the "
    "marked\n"
    "articles GOLD and the tables of MODELS/tools. Nothing is learned from the articles named by --without.\n";

typedef struct {
    const char *gazetteers, *models, *corpus, *without, *out;
    const char *const *gold;
    int gold_count;
} arguments;

typedef struct {
    ml_gazetteer *gazetteer;
    ml_rules *rules;
    ml_census census;
    ml_examples examples;
    ml_arena marked, arena;
    ml_buffer golds;  /* array of ml_gold */
    ml_buffer judged; /* array of ml_judged */
    ml_buffer report;
} trainer;

static bool is_without(const char *without, ml_str id)
{
    ml_str rest = ml_str_from(without);
    while (rest.ptr) {
        if (ml_str_equal(ml_str_split(&rest, ','), id))
            return true;
    }
    return false;
}

static bool is_marked(const trainer *work, ml_str id)
{
    const ml_gold *gold = (const ml_gold *)(const void *)work->golds.ptr;
    for (size_t i = 0; i < work->golds.len / sizeof *gold; i++) {
        if (ml_str_equal(gold[i].record.id, id))
            return true;
    }
    return false;
}

static bool is_judged(const trainer *work, ml_str id)
{
    const ml_judged *judged = (const ml_judged *)(const void *)work->judged.ptr;
    for (size_t i = 0; i < work->judged.len / sizeof *judged; i++) {
        if (ml_str_equal(judged[i].article, id))
            return true;
    }
    return false;
}

/* Counts an article of the corpus, or makes examples of it. */
static ml_status use_article(trainer *work, const ml_article *given, bool count, uint32_t number, ml_error *error)
{
    ml_train_article article;
    ML_TRY(ml_train_read(work->gazetteer, work->rules, given, &work->arena, &article, error));
    const ml_judged *judged = (const ml_judged *)(const void *)work->judged.ptr;
    if (count)
        ml_census_add(&work->census, &article, number);
    else if (is_judged(work, given->id))
        ml_examples_add_judged(&work->examples, &article, given->id, judged, work->judged.len / sizeof *judged);
    else
        ml_examples_add(&work->examples, &work->census, &article);
    return ML_OK;
}

/* Goes through the corpus, but for marked articles. */
static ml_status read_corpus(trainer *work, const arguments *given, bool count, ml_error *error)
{
    ml_article_reader *reader;
    const char *const inputs[] = {given->corpus};
    ML_TRY(ml_article_reader_new(inputs, 1, NULL, NULL, &reader, error));
    ml_status status = ML_OK;
    bool more = true;
    for (uint32_t number = 0; status == ML_OK && more; number++) {
        ml_item item;
        ml_arena_reset(&work->arena);
        status = ml_article_next(reader, &work->arena, &item, &more, error);
        if (status != ML_OK || !more)
            break;
        ml_article_parse(&item, &work->arena);
        if (item.kind != ML_ITEM_ARTICLE)
            status = ml_fail(error, ML_E_IO, item.file, "no article: %s", item.error.message);
        else if (!is_without(given->without, item.article.id) && !is_marked(work, item.article.id))
            status = use_article(work, &item.article, count, number, error);
    }
    ml_article_reader_free(reader);
    return status;
}

static void append_point(ml_buffer *out, uint32_t point)
{
    uint32_t len = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    ml_buffer_char(out, (char)(len == 1 ? point : (0xf0u << (4 - len) & 0xffu) | point >> (6 * (len - 1))));
    for (uint32_t i = 1; i < len; i++)
        ml_buffer_char(out, (char)(0x80u | (point >> (6 * (len - 1 - i)) & 0x3fu)));
}

static ml_status learn_marked(trainer *work, const ml_gold *gold, ml_error *error)
{
    ml_train_article article;
    ml_buffer text = {0};
    for (uint32_t i = 0; i < gold->point_count; i++)
        append_point(&text, gold->points[i]);
    ml_article given = {.id = gold->record.id, .date = gold->record.date, .text = ml_buffer_view(&text)};
    ml_arena_reset(&work->arena);
    ml_status status = text.failed ? ml_fail_memory(error)
                                   : ml_train_read(work->gazetteer, work->rules, &given, &work->arena, &article, error);
    if (status == ML_OK)
        ml_examples_add_marked(&work->examples, &article, gold);
    ml_buffer_dispose(&text);
    return status;
}

static ml_status read_marked(trainer *work, const arguments *given, ml_error *error)
{
    for (int i = 0; i < given->gold_count; i++)
        ML_TRY(ml_gold_read(given->gold[i], &work->marked, &work->golds, error));
    const ml_gold *gold = (const ml_gold *)(const void *)work->golds.ptr;
    for (size_t i = 0; i < work->golds.len / sizeof *gold; i++) {
        if (!is_without(given->without, gold[i].record.id))
            ML_TRY(learn_marked(work, &gold[i], error));
    }
    return ML_OK;
}

static ml_status run(trainer *work, const arguments *given, ml_buffer *out, ml_error *error)
{
    ml_faults faults = {0};
    ML_TRY(ml_gazetteer_new(given->gazetteers, given->models, &work->gazetteer, &faults, error));
    ML_TRY(ml_rules_new(given->models, work->gazetteer, &work->rules, &faults, error));
    ML_TRY(ml_census_init(&work->census, error));
    ml_str pieces[] = {ml_str_from(given->models), ML_STR("/tools")};
    ml_str tools = ml_arena_concat(&work->marked, pieces, 2);
    if (work->marked.failed)
        return ml_fail_memory(error);
    ML_TRY(ml_census_read_seeds(&work->census, work->gazetteer->vocabulary, tools.ptr, &faults, error));
    ML_TRY(ml_judged_read(tools.ptr, &work->marked, &work->judged, &faults, error));
    if (faults.count) {
        *error = faults.first;
        return ML_E_DATA;
    }
    ML_TRY(read_marked(work, given, error));
    ML_TRY(read_corpus(work, given, true, error));
    ML_TRY(read_corpus(work, given, false, error));
    ML_TRY(ml_train_learn(&work->examples, out, &work->report, error));
    return work->report.failed ? ml_fail_memory(error) : ML_OK;
}

static bool read_arguments(int count, char **argument, arguments *out)
{
    int at = 1;
    for (; at + 1 < count && argument[at][0] == '-'; at += 2) {
        if (strcmp(argument[at], "--without") == 0)
            out->without = argument[at + 1];
        else if (strcmp(argument[at], "-o") == 0)
            out->out = argument[at + 1];
        else
            return false;
    }
    if (count - at < 4 || !out->out)
        return false;
    out->gazetteers = argument[at];
    out->models = argument[at + 1];
    out->corpus = argument[at + 2];
    out->gold = (const char *const *)argument + at + 3;
    out->gold_count = count - at - 3;
    return true;
}

static bool write_file(const char *path, const ml_buffer *bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool written = fwrite(bytes->ptr, 1, bytes->len, file) == bytes->len;
    return fclose(file) == 0 && written;
}

static void dispose(trainer *work)
{
    ml_rules_free(work->rules);
    ml_gazetteer_free(work->gazetteer);
    ml_census_dispose(&work->census);
    ml_buffer_dispose(&work->examples.example);
    ml_buffer_dispose(&work->examples.feature);
    ml_buffer_dispose(&work->golds);
    ml_buffer_dispose(&work->judged);
    ml_buffer_dispose(&work->report);
    ml_arena_dispose(&work->marked);
    ml_arena_dispose(&work->arena);
}

int main(int count, char **argument)
{
    arguments given = {.without = ""};
    if (!read_arguments(count, argument, &given)) {
        fputs(usage, stderr);
        return 2;
    }
    trainer work = {0};
    ml_buffer out = {0};
    ml_error error = {0};
    ml_status status = run(&work, &given, &out, &error);
    if (status == ML_OK && !write_file(given.out, &out))
        status = ml_fail(&error, ML_E_IO, ml_str_from(given.out), "cannot be written");
    if (status == ML_OK)
        printf("%.*s", (int)work.report.len, work.report.ptr);
    else
        fprintf(stderr, "train: %s: %s\n", error.where, error.message);
    ml_buffer_dispose(&out);
    dispose(&work);
    return status == ML_OK ? 0 : 1;
}
