#include "evaluate/mistakes.h"

#include "evaluate/excerpt.h"
#include "evaluate/fold.h"
#include "evaluate/repr.h"

#include <stdlib.h>

typedef struct {
    const ml_record_mention *list; /* in the order of the text, those that begin in it */
    uint32_t count;
} mention_list;

/* What the lines of one article are written from. */
typedef struct {
    const ml_comparison *compare;
    ml_sentences sentences;
    mention_list gold, said;
    ml_stretch *marks; /* room for those of one sentence */
    ml_buffer *out;
} listing;

static int by_start(const void *a, const void *b)
{
    const ml_record_mention *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static mention_list sort_mentions(const ml_record *record, const ml_gold *gold, ml_arena *arena)
{
    ml_record_mention *list = ml_arena_array(arena, record->mention_count, sizeof *list);
    uint32_t count = 0;
    for (uint32_t i = 0; list && i < record->mention_count; i++) {
        if (record->mentions[i].start < gold->point_count)
            list[count++] = record->mentions[i];
    }
    if (count)
        qsort(list, count, sizeof *list, by_start);
    return (mention_list){list, count};
}

/* ---- sentences ---- */

static void write_excerpt(const listing *list, ml_stretch stretch, const ml_stretch *marks, uint32_t mark_count)
{
    ml_buffer_str(list->out, ML_STR("    "));
    ml_excerpt_write(list->compare->gold->points, stretch, marks, mark_count, list->out);
    ml_buffer_char(list->out, '\n');
}

/* The sentence of a stretch of words, or the sentences into which it reaches. */
static void write_words(const listing *list, uint32_t start, uint32_t end)
{
    const ml_sentences *sentences = &list->sentences;
    uint32_t count = list->compare->gold->point_count;
    if (start >= count || !sentences->count) {
        ml_buffer_str(list->out, ML_STR("    (not in the text)\n"));
        return;
    }
    ml_stretch words = {start, end < count ? end : count};
    uint32_t last = words.end > start ? words.end - 1 : start;
    ml_stretch whole = {sentences->list[ml_sentences_at(sentences, start)].start,
                        sentences->list[ml_sentences_at(sentences, last)].end};
    /* Words of another program may lie between sentences. */
    whole.start = whole.start < words.start ? whole.start : words.start;
    whole.end = whole.end > words.end ? whole.end : words.end;
    write_excerpt(list, whole, &words, 1);
}

/* A sentence with the ends of the relation marked in it. */
static void write_ends(const listing *list, const mention_list *mentions, const ml_record_relation *relation,
                       ml_stretch sentence)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < mentions->count; i++) {
        const ml_record_mention *mention = &mentions->list[i];
        bool inside = mention->start >= sentence.start && mention->start < sentence.end;
        if (inside && (mention->entity == relation->source || mention->entity == relation->target))
            list->marks[count++] = (ml_stretch){mention->start, mention->end};
    }
    write_excerpt(list, sentence, list->marks, count);
}

/* The two nearest sentences that name one end of the relation each, the first of such; one sentence may name both. */
static bool nearest_sentences(const listing *list, const mention_list *mentions, const ml_record_relation *relation,
                              uint32_t out[2])
{
    enum { NOWHERE = -1 };
    int64_t source = NOWHERE, target = NOWHERE, least = INT64_MAX;
    for (uint32_t i = 0; i < mentions->count; i++) {
        const ml_record_mention *mention = &mentions->list[i];
        uint32_t here = ml_sentences_at(&list->sentences, mention->start);
        if (mention->entity == relation->source)
            source = here;
        if (mention->entity == relation->target)
            target = here;
        int64_t apart = source < target ? target - source : source - target;
        if (source == NOWHERE || target == NOWHERE || apart >= least)
            continue;
        least = apart;
        out[0] = (uint32_t)(source < target ? source : target);
        out[1] = (uint32_t)(source < target ? target : source);
    }
    return least < INT64_MAX && list->sentences.count;
}

static void write_evidence(const listing *list, const mention_list *mentions, const ml_record_relation *relation)
{
    uint32_t end = relation->end, count = list->compare->gold->point_count, places[2];
    ml_stretch given = {relation->start, end < count ? end : count};
    if (given.start < given.end) {
        write_ends(list, mentions, relation, given);
    } else if (nearest_sentences(list, mentions, relation, places)) {
        write_ends(list, mentions, relation, list->sentences.list[places[0]]);
        if (places[1] > places[0])
            write_ends(list, mentions, relation, list->sentences.list[places[1]]);
    }
}

/* ---- mistakes ---- */

/* The first mention by which the two entities came to be paired. */
static const ml_record_mention *shared_mention(const listing *list, ml_pair pair)
{
    for (uint32_t g = 0; g < list->gold.count; g++) {
        const ml_record_mention *gold = &list->gold.list[g];
        for (uint32_t s = 0; gold->entity == pair.gold && s < list->said.count; s++) {
            const ml_record_mention *said = &list->said.list[s];
            if (said->entity == pair.said && said->type == gold->type && ml_evaluate__overlap(gold, said))
                return gold;
        }
    }
    return NULL;
}

static void write_names(const listing *list)
{
    const ml_comparison *compare = list->compare;
    for (uint32_t i = 0; i < compare->alignment.pair_count; i++) {
        ml_pair pair = compare->alignment.pairs[i];
        const ml_record_entity *gold = &compare->gold->record.entities[pair.gold];
        if (!ml_evaluate__place(gold->type) || ml_evaluate__name_right(&compare->alignment, pair.gold, pair.said))
            continue;
        ml_buffer_str(list->out, compare->gold->record.id);
        ml_buffer_str(list->out, ML_STR(": name: "));
        ml_evaluate__write_repr(gold->name, list->out);
        ml_buffer_str(list->out, ML_STR(" was named "));
        ml_evaluate__write_repr(compare->said->entities[pair.said].name, list->out);
        ml_buffer_char(list->out, '\n');
        const ml_record_mention *mention = shared_mention(list, pair);
        if (mention)
            write_words(list, mention->start, mention->end);
    }
}

/* Those of `these` that are not among `those`. */
static void write_spans(const listing *list, const ml_span_set *these, const ml_span_set *those, const char *verdict)
{
    const ml_gold *gold = list->compare->gold;
    for (uint32_t i = 0; i < these->count; i++) {
        const ml_evaluate_span *span = &these->list[i];
        if (ml_span_set_holds(those, span))
            continue;
        ml_str id = gold->record.id, type = ml_entity_type_name(span->type);
        ml_str words = ml_fold_encode(gold->points, span->start, span->end, gold->point_count, list->compare->arena);
        ml_buffer_format(list->out, "%.*s: %s %.*s ", (int)id.len, id.ptr, verdict, (int)type.len, type.ptr);
        ml_evaluate__write_repr(words, list->out);
        ml_buffer_format(list->out, " at %u\n", span->start);
        write_words(list, span->start, span->end);
    }
}

static void write_statements(const listing *list, const mention_list *mentions, const ml_statement_set *these,
                             const ml_statement_set *those, const char *verdict)
{
    for (uint32_t i = 0; i < these->count; i++) {
        const ml_statement *one = &these->list[i];
        if (ml_statement_set_holds(those, one))
            continue;
        const ml_str pieces[] = {list->compare->gold->record.id,
                                 ML_STR(": "),
                                 ml_str_from(verdict),
                                 ML_STR(" "),
                                 ml_relation_types[one->type].name,
                                 ML_STR(": "),
                                 one->source,
                                 ML_STR(" -> "),
                                 one->target,
                                 ML_STR(" "),
                                 one->relation->title,
                                 ML_STR("\n")};
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++)
            ml_buffer_str(list->out, pieces[k]);
        write_evidence(list, mentions, one->relation);
    }
}

ml_status ml_mistakes_write(const ml_comparison *compare, ml_buffer *out, ml_error *error)
{
    const ml_gold *gold = compare->gold;
    ml_arena *arena = compare->arena;
    size_t most = (size_t)gold->record.mention_count + compare->said->mention_count;
    listing list = {.compare = compare,
                    .sentences = ml_sentences_find(gold->points, gold->point_count, arena),
                    .gold = sort_mentions(&gold->record, gold, arena),
                    .said = sort_mentions(compare->said, gold, arena),
                    .marks = ml_arena_array(arena, most, sizeof *list.marks),
                    .out = out};
    if (arena->failed)
        return ml_fail_memory(error);
    write_names(&list);
    write_spans(&list, &compare->gold_spans, &compare->said_spans, "missed");
    write_spans(&list, &compare->said_spans, &compare->gold_spans, "wrong");
    write_statements(&list, &list.gold, &compare->gold_statements, &compare->said_statements, "missed");
    write_statements(&list, &list.said, &compare->said_statements, &compare->gold_statements, "wrong");
    return arena->failed || out->failed ? ml_fail_memory(error) : ML_OK;
}
