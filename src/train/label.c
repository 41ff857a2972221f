#include "train/train.h"

enum { UNLABELLED = ML_CLASSES, AMBIGUOUS };

/* How often an example counts. */
enum { WEIGHT_RULES = 1, WEIGHT_TOLD = 2, WEIGHT_MARKED = 6 };

static ml_class class_of(ml_entity_type type)
{
    switch (type) {
    case ML_PERSON:
        return ML_CLASS_PERSON;
    case ML_BODY:
        return ML_CLASS_BODY;
    case ML_LOCALITY:
        return ML_CLASS_LOCALITY;
    default:
        return ML_CLASS_NONE;
    }
}

/* Leaves out the features of a section; they are kept by sections, in order. */
static void add(ml_examples *examples, const ml_candidate *candidate, uint32_t group, uint32_t label, uint8_t weight,
                unsigned left_out, bool held_out)
{
    ml_example example = {.first = examples->feature.len / sizeof(uint32_t),
                          .group = group,
                          .label = (uint8_t)label,
                          .weight = weight,
                          .held_out = held_out};
    for (uint32_t section = 0; section < ML_SECTIONS; section++) {
        uint32_t begin = section ? candidate->section_end[section - 1] : 0, end = candidate->section_end[section];
        if (left_out >> section & 1)
            continue;
        ml_buffer_bytes(&examples->feature, (const char *)&candidate->feature[begin],
                        (size_t)(end - begin) * sizeof(uint32_t));
        example.count += end - begin;
    }
    ml_buffer_bytes(&examples->example, (const char *)&example, sizeof example);
    examples->labels[label]++;
}

static ml_case_count cases_of(const ml_census *census, uint64_t key)
{
    uint32_t at;
    if (!ml_index_find(&census->cases, key, &at))
        return (ml_case_count){0};
    return ((const ml_case_count *)(const void *)census->case_counts.ptr)[at];
}

enum { TIMES = 5, LEAST = 8 };

static bool is_small(ml_case_count count)
{
    return count.small >= LEAST && count.small > TIMES * count.capital;
}

/* An ordinary word with a capital: the corpus mostly writes it small. */
static bool is_ordinary(const ml_census *census, const ml_train_article *article, const ml_candidate *candidate)
{
    const ml_token *token = &article->tokens.token[candidate->begin];
    return candidate->end - candidate->begin == 1 && !token->upper && is_small(cases_of(census, token->key));
}

/* The last syllable and the small one behind it are a word that the corpus mostly writes small. */
static bool word_goes_on(const ml_census *census, const ml_train_article *article, const ml_candidate *candidate)
{
    const ml_token *last = &article->tokens.token[candidate->end - 1], *next = last + 1;
    if (candidate->end >= article->tokens.count || last->upper || next->capital || next->kind != ML_WORD ||
        next->sentence != last->sentence || next->gap != ML_GAP_SPACE)
        return false;
    return is_small(cases_of(census, ml_train_mix(last->key) ^ next->key));
}

/* A lone syllable whom nobody in the article is called: a word, where the corpus also writes it and the next one small, or mostly
 * writes it so alone. */
static uint32_t label_of_pretended(const ml_census *census, const ml_train_article *article,
                                   const ml_candidate *candidate)
{
    const ml_token *token = &article->tokens.token[candidate->begin];
    bool pair = candidate->end < article->tokens.count && !token[1].capital && token[1].kind == ML_WORD &&
                token[1].sentence == token->sentence && token[1].gap == ML_GAP_SPACE;
    bool word = pair && cases_of(census, ml_train_mix(token->key) ^ token[1].key).small >= LEAST;
    return word || is_ordinary(census, article, candidate) ? ML_CLASS_NONE : AMBIGUOUS;
}

/* What nearly all articles that claim the words take them for. */
static uint32_t usual_class(const ml_census *census, uint64_t words)
{
    enum { ARTICLES = 3, MOST_PERCENT = 95 };
    uint32_t at;
    if (!ml_index_find(&census->names, words, &at))
        return UNLABELLED;
    const ml_name_count *count = (const ml_name_count *)(const void *)census->name_counts.ptr + at;
    uint32_t all = 0, best = 0;
    for (uint32_t i = 1; i < ML_CLASSES; i++) {
        all += count->claimed[i];
        best = count->claimed[i] > count->claimed[best] ? i : best;
    }
    if (all < ARTICLES)
        return all ? AMBIGUOUS : UNLABELLED;
    return count->claimed[best] * 100 >= all * MOST_PERCENT ? best : AMBIGUOUS;
}

/* Has somebody told that the words are no name? */
static bool is_told_none(const ml_census *census, const ml_candidate *candidate)
{
    uint32_t class;
    return ml_index_find(&census->seeds, candidate->words, &class) && class == ML_CLASS_NONE;
}

/* The label of a span that the rules leave free. */
static uint32_t label_of(const ml_census *census, const ml_train_article *article, const ml_candidate *candidate)
{
    uint32_t told;
    bool alone = candidate->end - candidate->begin == 1;
    if (candidate->pretended)
        return label_of_pretended(census, article, candidate);
    if (ml_index_find(&census->seeds, candidate->words, &told))
        return told;
    if (candidate->behind_letters && candidate->known != 1u << ML_PERSON)
        return AMBIGUOUS;
    if (word_goes_on(census, article, candidate))
        return ML_CLASS_NONE;
    if (is_ordinary(census, article, candidate))
        return candidate->known ? AMBIGUOUS : ML_CLASS_NONE;
    if (candidate->known == 1u << ML_PERSON)
        return ML_CLASS_PERSON;
    if (candidate->known == 1u << ML_BODY)
        return ML_CLASS_BODY;
    if (candidate->known == 1u << ML_LOCALITY)
        return ML_CLASS_LOCALITY;
    if (candidate->known || (alone && candidate->opens) || candidate->dropped != ML_NONE)
        return AMBIGUOUS;
    return usual_class(census, candidate->words);
}

static bool overlap(const ml_candidate *a, const ml_candidate *b)
{
    return a->begin < b->end && b->begin < a->end;
}

/* A claimed mention as an example, without what gave it away. */
static void add_claimed(ml_examples *examples, const ml_mention *mention, const ml_candidate *candidate, uint32_t group,
                        uint64_t chance)
{
    if (chance % 4)
        return;
    unsigned left_out = 0;
    bool told = mention->via == ML_VIA_TITLE || mention->via == ML_VIA_CAPTION || mention->via == ML_VIA_HEAD ||
                mention->name_begin > mention->begin;
    if (told)
        left_out |= 1u << ML_SECTION_BEFORE;
    if (chance >> 8 & 1)
        left_out |= 1u << ML_SECTION_WORDS; /* that the rest is learned from as well */
    add(examples, candidate, group, class_of(mention->type), WEIGHT_RULES, left_out, false);
}

/* Gives each candidate's words in the article a group. */
static uint32_t group_of(ml_index *groups, ml_examples *examples, uint64_t words)
{
    uint32_t group;
    if (!ml_index_find(groups, words, &group)) {
        group = examples->group_count++;
        ml_index_set(groups, words, group);
    }
    return group;
}

/* Of the spans of a run that holds a name only the name is one, the longest first. */
static uint32_t label_in_run(const ml_census *census, const ml_candidates *all, const uint8_t *label, uint32_t index)
{
    const ml_candidate *candidate = &all->candidate[index];
    uint32_t first = index;
    while (first > 0 && all->candidate[first - 1].run == candidate->run)
        first--;
    for (uint32_t i = first; i < all->count && all->candidate[i].run == candidate->run; i++) {
        bool name = label[i] != ML_CLASS_NONE && label[i] < ML_CLASSES;
        bool shorter = i < index || label[index] >= ML_CLASSES;
        if (i < index && is_told_none(census, &all->candidate[i]))
            return ML_CLASS_NONE;
        if (i != index && name && shorter && overlap(candidate, &all->candidate[i]))
            return ML_CLASS_NONE;
    }
    return label[index];
}

void ml_examples_add(ml_examples *examples, const ml_census *census, const ml_train_article *article)
{
    const ml_candidates *all = &article->candidates;
    ml_arena arena = {0};
    ml_index groups;
    ml_index_init(&groups, &arena, all->count);
    uint8_t *label = ml_arena_array(&arena, (size_t)all->count + 1, 1);
    examples->example.failed |= arena.failed;
    for (uint32_t i = 0; label && i < all->count; i++) {
        if (all->candidate[i].claimed == ML_NONE)
            label[i] = (uint8_t)label_of(census, article, &all->candidate[i]);
    }
    for (uint32_t i = 0; label && i < all->count; i++) {
        const ml_candidate *candidate = &all->candidate[i];
        uint32_t group = group_of(&groups, examples, candidate->words);
        uint64_t chance = ml_train_mix(examples->example.len ^ candidate->words);
        if (candidate->claimed != ML_NONE) {
            add_claimed(examples, &article->mentions.mention[candidate->claimed], candidate, group, chance);
            continue;
        }
        /* Half of what the article knows is learned as if it did not: its word is not to decide alone. */
        uint32_t said = label_in_run(census, all, label, i);
        unsigned left_out = said != ML_CLASS_NONE && candidate->known && chance & 1 ? 1u << ML_SECTION_MEMORY : 0;
        if (candidate->pretended && chance % 8)
            continue;
        if (said < ML_CLASSES)
            add(examples, candidate, group, said, WEIGHT_TOLD, left_out, false);
        else if (said == UNLABELLED && chance % 2 == 0)
            add(examples, candidate, group, ML_CLASS_NONE, WEIGHT_RULES, 0, false);
    }
    ml_arena_dispose(&arena);
}

/* Where the span stands in the text, in code points. */
static ml_judged place_of(const ml_train_article *article, const ml_candidate *candidate)
{
    const ml_token *token = article->tokens.token;
    return (ml_judged){.start = ml_text_point(&article->text, token[candidate->begin].begin, false),
                       .end = ml_text_point(&article->text, token[candidate->end - 1].end, true)};
}

void ml_examples_add_judged(ml_examples *examples, const ml_train_article *article, ml_str id, const ml_judged *judged,
                            size_t judged_count)
{
    const ml_candidates *all = &article->candidates;
    ml_arena arena = {0};
    ml_index groups;
    ml_index_init(&groups, &arena, all->count);
    for (uint32_t i = 0; i < all->count; i++) {
        const ml_candidate *candidate = &all->candidate[i];
        ml_judged place = place_of(article, candidate);
        uint32_t label = ML_CLASSES;
        bool measure = false;
        for (size_t k = 0; k < judged_count; k++) {
            if (!ml_str_equal(judged[k].article, id))
                continue;
            measure |= judged[k].measure;
            if (judged[k].start == place.start && judged[k].end == place.end)
                label = judged[k].class;
        }
        if (candidate->claimed == ML_NONE && !candidate->pretended && (measure || label < ML_CLASSES))
            add(examples, candidate, group_of(&groups, examples, candidate->words), label, measure ? 0 : WEIGHT_MARKED,
                0, measure);
    }
    ml_arena_dispose(&arena);
}

void ml_examples_add_marked(ml_examples *examples, const ml_train_article *article, const ml_gold *gold)
{
    for (uint32_t i = 0; i < article->candidates.count; i++) {
        const ml_candidate *candidate = &article->candidates.candidate[i];
        ml_judged place = place_of(article, candidate);
        uint32_t label = ML_CLASS_NONE;
        for (uint32_t k = 0; k < gold->record.mention_count; k++) {
            const ml_record_mention *mention = &gold->record.mentions[k];
            if (mention->start == place.start && mention->end == place.end)
                label = class_of(mention->type);
            if (mention->type == ML_SITE && mention->start < place.end && place.start < mention->end)
                label = AMBIGUOUS;
        }
        if (candidate->claimed == ML_NONE && !candidate->pretended && label < ML_CLASSES)
            add(examples, candidate, examples->group_count++, label, WEIGHT_MARKED, 0, false);
    }
}
