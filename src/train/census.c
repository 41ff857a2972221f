#include "train/train.h"

#include <stdlib.h>

enum { MOST_NAMES = 1 << 18, MOST_WORDS = 1 << 21, MOST_SEEDS = 1 << 13 };

ml_status ml_train_read(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_article *article,
                        ml_arena *arena, ml_train_article *out, ml_error *error)
{
    ml_matches matches;
    ml_date date = {0};
    ml_date_read(article->date, &date);
    ML_TRY(ml_text_read(article->text, article->id, arena, &out->text, error));
    ML_TRY(ml_tokens_read(gazetteer->vocabulary, NULL, out->text.nfc, arena, &out->tokens, error));
    ML_TRY(ml_patterns_find(gazetteer->patterns, &out->tokens, arena, &matches, error));
    return ml_mentions_candidates(gazetteer, rules, &out->tokens, &matches, date, arena, &out->mentions,
                                  &out->candidates, error);
}

ml_status ml_census_init(ml_census *census, ml_error *error)
{
    *census = (ml_census){0};
    ml_index_init(&census->names, &census->arena, MOST_NAMES);
    ml_index_init(&census->cases, &census->arena, MOST_WORDS);
    ml_index_init(&census->seeds, &census->arena, MOST_SEEDS);
    return census->arena.failed ? ml_fail_memory(error) : ML_OK;
}

void ml_census_dispose(ml_census *census)
{
    ml_arena_dispose(&census->arena);
    ml_buffer_dispose(&census->name_counts);
    ml_buffer_dispose(&census->case_counts);
}

/* The entry of the key among `size`-byte entries, made if need be; NULL when there is no room. */
static void *entry(ml_index *index, ml_buffer *entries, uint64_t key, size_t size)
{
    static const char zeros[64] = {0};
    uint32_t at;
    if (ml_index_find(index, key, &at))
        return entries->ptr + at * size;
    if (index->used >= index->slot_count / 2)
        return NULL;
    at = (uint32_t)(entries->len / size);
    ml_buffer_bytes(entries, zeros, size);
    if (entries->failed)
        return NULL;
    ml_index_set(index, key, at);
    return entries->ptr + at * size;
}

static void count_case(ml_census *census, uint64_t key, bool capital)
{
    ml_case_count *count = entry(&census->cases, &census->case_counts, key, sizeof *count);
    if (count)
        *(capital ? &count->capital : &count->small) += 1;
}

void ml_census_add(ml_census *census, const ml_train_article *article, uint32_t number)
{
    const ml_token *token = article->tokens.token;
    for (uint32_t i = 1; i < article->tokens.count; i++) {
        bool word = token[i].kind == ML_WORD && token[i - 1].kind == ML_WORD && token[i].gap == ML_GAP_SPACE;
        if (!word || token[i].sentence != token[i - 1].sentence)
            continue;
        count_case(census, token[i].key, token[i].capital);
        /* The pair counts as small or capital by its first word. */
        bool opens = i < 2 || token[i - 2].kind != ML_WORD || token[i - 2].sentence != token[i].sentence;
        if (!opens && !token[i].capital)
            count_case(census, ml_train_mix(token[i - 1].key) ^ token[i].key, token[i - 1].capital);
    }
    for (uint32_t i = 0; i < article->candidates.count; i++) {
        const ml_candidate *candidate = &article->candidates.candidate[i];
        if (candidate->claimed == ML_NONE)
            continue;
        ml_entity_type type = article->mentions.mention[candidate->claimed].type;
        ml_class class = type == ML_PERSON ? ML_CLASS_PERSON : type == ML_BODY ? ML_CLASS_BODY : ML_CLASS_LOCALITY;
        ml_name_count *count = entry(&census->names, &census->name_counts, candidate->words, sizeof *count);
        if (count && count->article != number + 1) {
            count->article = number + 1;
            count->claimed[class]++;
        }
    }
}

static bool read_class(ml_str name, uint32_t *out)
{
    static const char *const classes[ML_CLASSES] = {"none", "person", "body", "locality"};
    for (*out = 0; *out < ML_CLASSES; ++*out) {
        if (ml_str_equal(name, ml_str_from(classes[*out])))
            return true;
    }
    return false;
}

static bool read_number(ml_str text, uint32_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || *out > 100000000)
            return false;
        *out = *out * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return text.len > 0;
}

ml_status ml_judged_read(const char *folder, ml_arena *arena, ml_buffer *judged, ml_faults *faults, ml_error *error)
{
    ml_table table;
    ML_TRY(ml_table_read(folder, "judged.tsv", "ml-judged-spans/1", "article|start|end|class|use", arena, &table,
                         faults, error));
    for (uint32_t i = 0; i < table.row_count; i++) {
        uint32_t class = ML_CLASS_NONE;
        ml_judged row = {.article = ml_arena_copy(arena, ml_table_field(&table, i, 0))};
        if (!read_number(ml_table_field(&table, i, 1), &row.start) ||
            !read_number(ml_table_field(&table, i, 2), &row.end) || !read_class(ml_table_field(&table, i, 3), &class))
            ml_faults_add(faults, table.file, table.lines[i], 1, "not two numbers and a class");
        row.class = (ml_class) class;
        row.measure = ml_str_equal(ml_table_field(&table, i, 4), ML_STR("measure"));
        if (!row.measure && !ml_str_equal(ml_table_field(&table, i, 4), ML_STR("learn")))
            ml_faults_add(faults, table.file, table.lines[i], 5, "neither `learn` nor `measure`");
        ml_buffer_bytes(judged, (const char *)&row, sizeof row);
    }
    ml_table_dispose(&table);
    return arena->failed || judged->failed ? ml_fail_memory(error) : ML_OK;
}

ml_status ml_census_read_seeds(ml_census *census, const ml_vocabulary *vocabulary, const char *folder,
                               ml_faults *faults, ml_error *error)
{
    ml_table table;
    ML_TRY(
        ml_table_read(folder, "names.tsv", "ml-training-names/1", "class|name", &census->arena, &table, faults, error));
    for (uint32_t i = 0; i < table.row_count; i++) {
        uint32_t class;
        ml_tokens tokens;
        if (!read_class(ml_table_field(&table, i, 0), &class)) {
            ml_faults_add(faults, table.file, table.lines[i], 1, "no class: none, person, body or locality");
            continue;
        }
        ML_TRY(ml_tokens_read(vocabulary, NULL, ml_table_field(&table, i, 1), &census->arena, &tokens, error));
        uint64_t key = 0xcbf29ce484222325u;
        for (uint32_t k = 0; k < tokens.count; k++)
            key = (key ^ tokens.token[k].key) * 0x100000001b3u;
        ml_index_set(&census->seeds, key, class);
    }
    ml_table_dispose(&table);
    return census->arena.failed ? ml_fail_memory(error) : ML_OK;
}
