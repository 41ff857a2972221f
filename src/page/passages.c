#include "page/page.h"

#include <stdlib.h>

void ml_passages_dispose(ml_passages *passages)
{
    ml_arena_dispose(&passages->kept);
    ml_map_dispose(&passages->places);
    ml_map_dispose(&passages->articles);
    free(passages->passages);
    free(passages->heads);
    *passages = (ml_passages){0};
}

/* Room for one more of `size` bytes; the grown array, or NULL. */
static void *make_room(void *array, uint32_t count, uint32_t *cap, size_t size)
{
    if (count < *cap)
        return array;
    uint32_t wider = *cap ? *cap * 2 : 256;
    void *grown = wider > *cap ? realloc(array, wider * size) : NULL;
    if (grown)
        *cap = wider;
    return grown;
}

static void put_place(ml_buffer *out, ml_str article, uint32_t start, uint32_t end)
{
    ml_buffer_clear(out);
    ml_buffer_str(out, article);
    ml_buffer_char(out, '#');
    ml_buffer_number(out, start);
    ml_buffer_char(out, '-');
    ml_buffer_number(out, end);
}

/* The byte at which code point `target` begins; *at and *point move on with it. */
static uint32_t walk_to(ml_str text, uint32_t target, uint32_t *at, uint32_t *point)
{
    for (; *point < target && *at < text.len; ++*point) {
        do
            ++*at;
        while (*at < text.len && ((unsigned char)text.ptr[*at] & 0xc0) == 0x80);
    }
    return *at;
}

/* Cuts the sentence where mentions begin and end. Those of a record do not overlap; of others' that do, the first counts. */
static void cut(ml_passages *passages, const ml_record *record, const ml_record_sentence *sentence, ml_passage *out)
{
    ml_passage_run *runs = ml_arena_array(&passages->kept, (size_t)record->mention_count * 2 + 1, sizeof *runs);
    uint32_t count = 0, at = 0, point = 0, begin = 0;
    ml_str text = ml_arena_copy(&passages->kept, sentence->text);
    for (uint32_t i = 0; runs && i < record->mention_count; i++) {
        const ml_record_mention *mention = &record->mentions[i];
        if (mention->start < sentence->start + point || mention->end > sentence->end || mention->start >= mention->end)
            continue;
        uint32_t from = walk_to(text, mention->start - sentence->start, &at, &point);
        uint32_t to = walk_to(text, mention->end - sentence->start, &at, &point);
        if (from > begin)
            runs[count++] = (ml_passage_run){ml_str_slice(text, begin, from), ML_STR("")};
        runs[count++] = (ml_passage_run){ml_str_slice(text, from, to),
                                         ml_arena_copy(&passages->kept, record->entities[mention->entity].id)};
        begin = to;
    }
    if (runs && begin < text.len)
        runs[count++] = (ml_passage_run){ml_str_slice(text, begin, text.len), ML_STR("")};
    *out = (ml_passage){text, runs, count};
}

static bool add_sentence(ml_passages *passages, const ml_record *record, const ml_record_sentence *sentence,
                         ml_buffer *scratch)
{
    ml_passage *grown = make_room(passages->passages, passages->passage_count, &passages->passage_cap, sizeof *grown);
    if (!grown)
        return false;
    passages->passages = grown;
    put_place(scratch, record->id, sentence->start, sentence->end);
    uint32_t index = passages->passage_count;
    bool added = false;
    ml_str key = ml_arena_copy(&passages->kept, ml_buffer_view(scratch));
    if (scratch->failed || passages->kept.failed || !ml_map_add(&passages->places, key, &index, &added))
        return false;
    if (!added && ml_str_compare(grown[index].text, sentence->text) <= 0)
        return true;
    passages->passage_count += added;
    cut(passages, record, sentence, &grown[index]);
    return !passages->kept.failed;
}

static int compare_heads(const ml_article_head *a, const ml_article_head *b)
{
    int order = ml_str_compare(a->title, b->title);
    order = order ? order : ml_str_compare(a->date, b->date);
    return order ? order : ml_str_compare(a->source, b->source);
}

static bool add_head(ml_passages *passages, const ml_record *record)
{
    ml_article_head *grown = make_room(passages->heads, passages->head_count, &passages->head_cap, sizeof *grown);
    if (!grown)
        return false;
    passages->heads = grown;
    ml_article_head head = {ml_arena_copy(&passages->kept, record->title), ml_arena_copy(&passages->kept, record->date),
                            ml_arena_copy(&passages->kept, record->source)};
    ml_str key = ml_arena_copy(&passages->kept, record->id);
    uint32_t index = passages->head_count;
    bool added = false;
    if (passages->kept.failed || !ml_map_add(&passages->articles, key, &index, &added))
        return false;
    if (added || compare_heads(&head, &grown[index]) < 0)
        grown[index] = head;
    passages->head_count += added;
    return true;
}

/* A record whose mentions are not in the order of the text shows its sentences without marks behind the first that is not. */
ml_status ml_passages_add(ml_passages *passages, const ml_record *record, ml_error *error)
{
    ml_buffer scratch = {0};
    bool kept = add_head(passages, record);
    for (uint32_t i = 0; kept && i < record->sentence_count; i++)
        kept = add_sentence(passages, record, &record->sentences[i], &scratch);
    ml_buffer_dispose(&scratch);
    return kept ? ML_OK : ml_fail_memory(error);
}

const ml_passage *ml_passages_find(const ml_passages *passages, const ml_evidence *evidence, ml_buffer *scratch)
{
    uint32_t index;
    put_place(scratch, evidence->article, evidence->start, evidence->end);
    if (scratch->failed || !ml_map_find(&passages->places, ml_buffer_view(scratch), &index))
        return NULL;
    return &passages->passages[index];
}
