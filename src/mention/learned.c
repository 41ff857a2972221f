#include "mention/learned.h"

typedef struct {
    int32_t score[ML_CLASSES];
    uint32_t count;
} word_scores;

/* What the model answers of a candidate. */
typedef struct {
    ml_verdict verdict;
    uint16_t confidence_milli; /* 0: nothing is said */
} answer;

static ml_entity_type type_of(ml_class class)
{
    return class == ML_CLASS_PERSON ? ML_PERSON : class == ML_CLASS_BODY ? ML_BODY : ML_LOCALITY;
}

static ml_mention named(const ml_finder *finder, const ml_candidate *candidate, const answer *said)
{
    ml_mention mention = {.begin = candidate->begin,
                          .end = candidate->end,
                          .name_begin = candidate->begin,
                          .name_end = candidate->end,
                          .type = type_of(said->verdict.best),
                          .row = ML_NONE,
                          .designator = ML_NONE,
                          .inner = ML_NONE,
                          .same_as = ML_NONE};
    if (candidate->dropped != ML_NONE && finder->dropped[candidate->dropped].type == mention.type)
        mention = finder->dropped[candidate->dropped];
    else if (mention.type == ML_BODY)
        mention.form = ML_FORM_WORDS;
    for (uint32_t i = mention.begin; mention.type == ML_PERSON && i < mention.end; i++)
        mention.foreign |= !ml_finder_syllable(finder, i).known;
    mention.via = ML_VIA_MODEL;
    mention.risky = false;
    mention.confidence_milli = said->confidence_milli;
    return mention;
}

/* `HLV Mourinho` is a person's title and name, `CPA Việt Nam` is all one name; letters alone name no person whom the article
 * does not call so. */
static bool is_of_form(const ml_tokens *tokens, const ml_candidate *candidate, ml_class class)
{
    bool letters = true;
    for (uint32_t i = candidate->begin; i < candidate->end; i++)
        letters &= tokens->token[i].upper;
    if (class == ML_CLASS_PERSON)
        return !letters || candidate->known & 1u << ML_PERSON;
    return !candidate->behind_letters;
}

/* Weighs every candidate. The same words are one thing throughout an article: each occurrence counts for all of them. */
static bool weigh(const ml_model *model, const ml_tokens *tokens, const ml_candidates *candidates, ml_arena *arena,
                  answer *out)
{
    ml_index index;
    ml_index_init(&index, arena, candidates->count);
    word_scores *scores = ml_arena_array(arena, (size_t)candidates->count + 1, sizeof *scores);
    if (arena->failed)
        return false;
    for (uint32_t i = 0; i < candidates->count; i++) {
        const ml_candidate *candidate = &candidates->candidate[i];
        uint32_t at = i;
        if (!ml_index_find(&index, candidate->words, &at))
            ml_index_set(&index, candidate->words, at = i);
        ml_model_weigh(model, candidate->feature, candidate->section_end[ML_SECTIONS - 1], scores[at].score);
        scores[at].count++;
    }
    for (uint32_t i = 0; i < candidates->count; i++) {
        uint32_t at = i;
        ml_index_find(&index, candidates->candidate[i].words, &at);
        int32_t mean[ML_CLASSES];
        for (uint32_t k = 0; k < ML_CLASSES; k++)
            mean[k] = scores[at].score[k] / (int32_t)scores[at].count;
        out[i].verdict = ml_model_decide(mean);
        out[i].confidence_milli = ml_model_confidence(model, out[i].verdict);
        if (!is_of_form(tokens, &candidates->candidate[i], out[i].verdict.best))
            out[i].confidence_milli = 0;
    }
    return true;
}

/* Of the spans of the run that begins with candidate `first` the longest that is no `none`, if it is said, or ML_NONE; *next is
 * the next run. */
static uint32_t best_of_run(const ml_candidates *candidates, const answer *answers, uint32_t first, uint32_t *next)
{
    uint32_t longest = ML_NONE, at = first;
    for (; at < candidates->count && candidates->candidate[at].run == candidates->candidate[first].run; at++) {
        if (longest == ML_NONE && answers[at].verdict.best != ML_CLASS_NONE)
            longest = at;
    }
    *next = at;
    return longest != ML_NONE && answers[longest].confidence_milli ? longest : ML_NONE;
}

/* Adds a mention to those in front of `merged`, which tells where abbreviations now find the mention that they are short for. */
static void append(ml_mention *merged, uint32_t *count, uint32_t *moved, uint32_t old, const ml_mention *mention)
{
    merged[*count] = *mention;
    if (old != ML_NONE)
        moved[old] = *count;
    if (mention->same_as != ML_NONE)
        merged[*count].same_as = moved[mention->same_as];
    ++*count;
}

ml_status ml_find_learned(ml_finder *finder, ml_arena *arena, ml_error *error)
{
    ml_reading reading;
    ml_candidates candidates;
    if (!ml_reading_init(&reading, finder, arena))
        return ml_fail_memory(error);
    ML_TRY(ml_find_candidates(&reading, false, &candidates, error));
    answer *answers = ml_arena_room(arena, (size_t)candidates.count + 1, sizeof *answers);
    uint32_t *moved = ml_arena_room(arena, (size_t)finder->count + 1, sizeof *moved);
    ml_mention *merged = ml_arena_room(arena, (size_t)finder->count + candidates.count + 1, sizeof *merged);
    if (arena->failed || !weigh(finder->rules->model, finder->tokens, &candidates, arena, answers))
        return ml_fail_memory(error);
    uint32_t count = 0, old = 0;
    for (uint32_t at = 0; at < candidates.count;) {
        uint32_t best = best_of_run(&candidates, answers, at, &at);
        if (best == ML_NONE)
            continue;
        ml_mention mention = named(finder, &candidates.candidate[best], &answers[best]);
        for (; old < finder->count && finder->mention[old].begin < mention.begin; old++)
            append(merged, &count, moved, old, &finder->mention[old]);
        append(merged, &count, moved, ML_NONE, &mention);
    }
    for (; old < finder->count; old++)
        append(merged, &count, moved, old, &finder->mention[old]);
    finder->mention = merged;
    finder->count = count;
    return ML_OK;
}
