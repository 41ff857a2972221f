#include "evaluate/evaluate.h"
#include "evaluate/mistakes.h"

#include "base/map.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_MISSING = 5 };

/* What was read. An article without a record counts as one in which nothing was found. */
typedef struct {
    ml_arena arena;
    ml_buffer golds;    /* of ml_gold */
    ml_map places;      /* from ids to the first gold article that has it */
    ml_record *records; /* of each such article */
    bool *answered;     /* is there a record? */
    ml_article_scores *scores;
    size_t gold_count;
} answers;

static const ml_gold *gold_at(const answers *all, size_t index)
{
    return (const ml_gold *)(const void *)all->golds.ptr + index;
}

static ml_status read_golds(answers *all, const char *const *paths, size_t count, ml_error *error)
{
    for (size_t i = 0; i < count; i++)
        ML_TRY(ml_gold_read(paths[i], &all->arena, &all->golds, error));
    all->gold_count = all->golds.len / sizeof(ml_gold);
    all->records = ml_arena_array(&all->arena, all->gold_count, sizeof *all->records);
    all->answered = ml_arena_array(&all->arena, all->gold_count, sizeof *all->answered);
    all->scores = ml_arena_array(&all->arena, all->gold_count, sizeof *all->scores);
    if (!all->records || !all->answered || !all->scores)
        return ml_fail_memory(error);
    for (size_t i = 0; i < all->gold_count; i++) {
        uint32_t place = (uint32_t)i;
        if (!ml_map_add(&all->places, gold_at(all, i)->record.id, &place, NULL))
            return ml_fail_memory(error);
    }
    return ML_OK;
}

/* Keeps the record of a line if its article is marked; of several the last. */
static ml_status keep_record(answers *all, ml_str line, ml_arena *scratch, ml_error *error)
{
    ml_record record;
    uint32_t place;
    ml_arena_reset(scratch);
    ML_TRY(ml_record_read(line, scratch, &record, error));
    if (!ml_map_find(&all->places, record.id, &place))
        return ML_OK;
    all->answered[place] = true;
    return ml_record_read(line, &all->arena, &all->records[place], error);
}

static ml_status take_line(answers *all, const char *bytes, size_t len, ml_str name, uint32_t number, ml_arena *scratch,
                           ml_error *error)
{
    if (len > UINT32_MAX)
        return ml_fail_at(error, ML_E_LIMIT, name, number, 0, "the line has more than 4 GiB");
    ml_error why = {0};
    ml_str line = ml_str_trim((ml_str){bytes, (uint32_t)len});
    ml_status status = line.len ? keep_record(all, line, scratch, &why) : ML_OK;
    if (status == ML_E_MEMORY)
        return ml_fail_memory(error);
    return status == ML_OK ? ML_OK : ml_fail_at(error, status, name, number, 0, "not a record: %s", why.message);
}

static ml_status read_lines(answers *all, FILE *stream, ml_str name, ml_error *error)
{
    ml_arena scratch = {0};
    char *bytes = NULL;
    size_t cap = 0;
    ml_status status = ML_OK;
    for (uint32_t number = 1; status == ML_OK; number++) {
        errno = 0;
        ssize_t len = getline(&bytes, &cap, stream);
        if (len < 0 && !ferror(stream) && !feof(stream))
            status = ml_fail_memory(error);
        if (len < 0 && ferror(stream))
            status = ml_fail(error, ML_E_IO, name, "cannot read: %s", strerror(errno));
        if (len < 0)
            break;
        status = take_line(all, bytes, (size_t)len, name, number, &scratch, error);
    }
    free(bytes);
    ml_arena_dispose(&scratch);
    return status;
}

static ml_status read_records(answers *all, const char *path, ml_error *error)
{
    bool standard_input = strcmp(path, "-") == 0;
    FILE *stream = standard_input ? stdin : fopen(path, "rb");
    if (!stream)
        return ml_fail(error, ML_E_IO, ml_str_from(path), "cannot open: %s", strerror(errno));
    ml_status status = read_lines(all, stream, standard_input ? ML_STR("stdin") : ml_str_from(path), error);
    if (!standard_input)
        fclose(stream);
    return status;
}

/* Hands on what was written so far and empties the buffer. */
static ml_status flush(ml_buffer *out, ml_sink sink, ml_error *error)
{
    if (out->failed)
        return ml_fail_memory(error);
    ml_status status = out->len ? sink.write(sink.payload, out->ptr, out->len) : ML_OK;
    ml_buffer_clear(out);
    return status == ML_OK ? ML_OK : ml_fail(error, status, ML_STR(""), "the figures cannot be written");
}

/* Scores article `index`; its mistakes, if they are asked for, go to `mistakes`, else NULL. */
static ml_status score_one(const answers *all, size_t index, ml_arena *scratch, ml_article_scores *out,
                           ml_buffer *mistakes, ml_error *error)
{
    const ml_gold *gold = gold_at(all, index);
    ml_comparison compare;
    uint32_t place = 0;
    (void)ml_map_find(&all->places, gold->record.id, &place);
    ml_arena_reset(scratch);
    ML_TRY(ml_comparison_make(gold, &all->records[place], scratch, &compare, error));
    out->id = gold->record.id;
    ML_TRY(ml_comparison_score(&compare, &out->scores, error));
    return mistakes ? ml_mistakes_write(&compare, mistakes, error) : ML_OK;
}

static ml_status report(const answers *all, const ml_evaluate_options *options, ml_sink sink, ml_arena *scratch,
                        ml_buffer *out, ml_error *error)
{
    ml_figures figures;
    for (size_t i = 0; i < all->gold_count; i++) {
        ML_TRY(score_one(all, i, scratch, &all->scores[i], options->show_errors ? out : NULL, error));
        ML_TRY(flush(out, sink, error));
    }
    ml_arena_reset(scratch);
    ML_TRY(ml_figures_make(all->scores, all->gold_count, scratch, &figures, error));
    if (options->show_errors)
        ml_mistakes_write_kinds(&figures.total, out);
    if (options->json)
        ml_figures_write_json(&figures, out);
    else
        ml_figures_write_table(&figures, out);
    return flush(out, sink, error);
}

/* Says which articles have no record: the first few of them. */
static void complain(const answers *all, const ml_evaluate_options *options)
{
    ml_buffer names = {0};
    size_t missing = 0;
    for (size_t i = 0; i < all->gold_count; i++) {
        ml_str id = gold_at(all, i)->record.id;
        uint32_t place = 0;
        if (!ml_map_find(&all->places, id, &place) || all->answered[place])
            continue;
        if (missing++ < SHOWN_MISSING)
            ml_buffer_format(&names, "%s%.*s", missing > 1 ? ", " : "", (int)id.len, id.ptr);
    }
    ml_error error = {0};
    if (missing) {
        (void)ml_fail(&error, ML_E_PARTIAL, ML_STR(""), "no record for %zu of %zu marked articles: %.*s%s", missing,
                      all->gold_count, (int)names.len, names.ptr, missing > SHOWN_MISSING ? ", ..." : "");
        options->complain(options->payload, &error);
    }
    ml_buffer_dispose(&names);
}

ml_status ml_evaluate(const char *const *gold, size_t gold_count, const char *records,
                      const ml_evaluate_options *options, ml_sink sink, ml_error *error)
{
    static const ml_evaluate_options defaults = {.show_errors = false};
    options = options ? options : &defaults;
    answers all = {0};
    ml_arena scratch = {0};
    ml_buffer out = {0};
    ml_status status = read_golds(&all, gold, gold_count, error);
    if (status == ML_OK)
        status = read_records(&all, records, error);
    if (status == ML_OK && options->complain)
        complain(&all, options);
    if (status == ML_OK)
        status = report(&all, options, sink, &scratch, &out, error);
    ml_buffer_dispose(&out);
    ml_arena_dispose(&scratch);
    ml_map_dispose(&all.places);
    ml_buffer_dispose(&all.golds);
    ml_arena_dispose(&all.arena);
    return status;
}
