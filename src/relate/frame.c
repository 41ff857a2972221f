#include "relate/reader.h"

/* The chunks near the trigger; a text of many triggers is still read in time linear in its length. */
static ml_trigger trigger_at(const ml_reader *reader, uint32_t begin, uint32_t end)
{
    enum { NEAR_CHUNKS = 64 };
    uint32_t part = reader->part_of[begin];
    uint32_t first = reader->first_chunk[part], last = reader->first_chunk[part + 1];
    uint32_t low = first, high = last;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->chunk[middle].begin < begin)
            low = middle + 1;
        else
            high = middle;
    }
    if (low - first > NEAR_CHUNKS)
        first = low - NEAR_CHUNKS;
    if (last - low > NEAR_CHUNKS)
        last = low + NEAR_CHUNKS;
    return (ml_trigger){.begin = begin, .end = end, .part = part, .first = first, .last = last, .behind = low};
}

/* Does a cue of this class stand within a few tokens before the trigger? */
static bool cue_before(const ml_reader *reader, const ml_trigger *here, ml_cue_class kind)
{
    enum { BACK_TOKENS = 3 };
    uint32_t begin = reader->part[here->part].begin;
    for (uint32_t at = here->begin; at-- > begin && here->begin - at <= BACK_TOKENS;) {
        uint32_t end = ml_reader_cue(reader, at, kind);
        if (end > at && end <= here->begin)
            return true;
    }
    return false;
}

/* Does one of the words begin within [begin, end) of the trigger's part? */
static bool word_within(const ml_reader *reader, const ml_trigger *here, uint32_t begin, uint32_t end,
                        const ml_words *words)
{
    uint32_t last = reader->part[here->part].end;
    for (uint32_t at = begin; at < end && at < last; at++) {
        if (ml_reader_word_at(reader, at, words))
            return true;
    }
    return false;
}

/* Does what stands about the trigger allow the rule? */
static bool surroundings_fit(const ml_reader *reader, const ml_rule *rule, const ml_trigger *here)
{
    enum { BESIDE_TOKENS = 16, UNLESS_TOKENS = 3, WITHOUT_TOKENS = 60 };
    uint32_t begin = reader->part[here->part].begin;
    if (here->begin > begin + WITHOUT_TOKENS)
        begin = here->begin - WITHOUT_TOKENS;
    if (rule->without.first && word_within(reader, here, begin, here->begin, &rule->without))
        return false;
    bool next = here->end == reader->part[here->part].end || ml_reader_word_at(reader, here->end, &rule->next);
    return (!rule->next.first || next) &&
           (!rule->beside.first || word_within(reader, here, here->end, here->end + BESIDE_TOKENS, &rule->beside)) &&
           (!rule->unless.first || !word_within(reader, here, here->end, here->end + UNLESS_TOKENS, &rule->unless));
}

/* Does the trigger open its sentence: no name before it, and it begins a phrase? */
static bool opens(const ml_reader *reader, const ml_trigger *here)
{
    if (here->behind > reader->first_chunk[here->part])
        return false;
    return here->begin == reader->part[here->part].begin || reader->tokens->token[here->begin].capital ||
           reader->tokens->token[here->begin - 1].kind != ML_WORD;
}

/* What the words right before the trigger make of it: denied, wished for or told to be, or to come. */
static ml_modality modality_of(const ml_reader *reader, const ml_rule *rule, const ml_trigger *here)
{
    if (cue_before(reader, here, ML_CUE_NEGATED))
        return ML_DENIED;
    if (!rule->proposed &&
        (cue_before(reader, here, ML_CUE_PROPOSED) || (!rule->ordered && cue_before(reader, here, ML_CUE_ORDER))))
        return ML_PROPOSED;
    if (cue_before(reader, here, ML_CUE_REPORTED))
        return ML_REPORTED;
    return cue_before(reader, here, ML_CUE_PLANNED) ? ML_PLANNED : ML_STATED;
}

/* Does a word wish for or order what follows before the trigger, from where the source stands? */
static bool doubt_between(const ml_reader *reader, const ml_rule *rule, uint32_t begin, uint32_t end)
{
    enum { GAP_TOKENS = 40 };
    for (uint32_t at = begin; at < end && at < begin + GAP_TOKENS; at++) {
        uint32_t word = ml_reader_cue(reader, at, ML_CUE_WORD);
        at = word > at ? word : at; /* `khách mời` */
        if (ml_reader_cue(reader, at, ML_CUE_PROPOSED) > at ||
            (!rule->ordered && ml_reader_cue(reader, at, ML_CUE_ORDER) > at))
            return true;
    }
    return false;
}

/* Is somebody nearer whom the article does not name: `A tiếp (ông kia) đang thăm B`? */
static bool acts_from_afar(const ml_reader *reader, const ml_trigger *here, const ml_group *source)
{
    enum { NEAR_TOKENS = 6, BACK_TOKENS = 3 };
    bool ongoing = false;
    for (uint32_t back = 1; back <= BACK_TOKENS && back <= here->begin; back++)
        ongoing |= ml_reader_cue(reader, here->begin - back, ML_CUE_ONGOING) > here->begin - back;
    return ongoing && source->end + NEAR_TOKENS < here->begin;
}

/* Is the source only wished or told to do so: `mời ông A thăm`, `A yêu cầu báo cáo`? */
static bool source_is_told(const ml_reader *reader, const ml_rule *rule, const ml_trigger *here, const ml_group *source)
{
    if (ml_reader_cue_before(reader, source->begin, ML_CUE_PROPOSED) != ML_NONE)
        return true;
    if (!rule->proposed && !rule->ordered && ml_reader_cue_before(reader, source->begin, ML_CUE_ORDER) != ML_NONE)
        return true;
    return source->begin < here->end && !rule->proposed && doubt_between(reader, rule, source->end, here->begin);
}

/* Do several others act, whom the article does not name: `A cho biết ... các nhà lãnh đạo tham dự`? */
static bool others_act(const ml_reader *reader, const ml_trigger *here, const ml_group *source)
{
    enum { NEAR_TOKENS = 7 };
    uint32_t at = source->end;
    if (reader->entities->entity[source->entity[0]].type == ML_EVENT)
        return false;
    if (at < here->begin && (ml_reader_cue(reader, at, ML_CUE_JOIN) > at || ml_token_is(reader->tokens, at, ',')))
        at = ml_token_is(reader->tokens, at, ',') ? at + 1 : ml_reader_cue(reader, at, ML_CUE_JOIN);
    if (at != source->end &&
        (ml_reader_cue(reader, at, ML_CUE_PLURAL) > at || ml_reader_cue(reader, at, ML_CUE_JOIN) > at))
        return false;
    for (uint32_t i = source->end; i < here->begin; i++) {
        if (here->begin - i <= NEAR_TOKENS && ml_reader_cue(reader, i, ML_CUE_PLURAL) > i)
            return true;
    }
    return false;
}

/* A visit is where things happen: nobody chairs, attends or addresses it. */
static void drop_visits(const ml_reader *reader, ml_group *targets)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < targets->count; i++) {
        if (!ml_reader_is_visit(reader, targets->entity[i]))
            targets->entity[kept++] = targets->entity[i];
    }
    targets->count = kept;
}

/* At a meeting of parties only they speak: leaves those out of the sources who have no part in it. */
static void keep_parties(const ml_reader *reader, const ml_rule *rule, ml_group *sources, const ml_group *targets)
{
    uint32_t head = reader->entities->entity[targets->entity[0]].head;
    if (rule->target[0].seek != ML_SEEK_MAIN || !ml_str_equal(reader->rules->event[head].kind, ML_STR("talks")))
        return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sources->count; i++) {
        if (reader->party[sources->entity[i]])
            sources->entity[kept++] = sources->entity[i];
    }
    sources->count = kept;
}

/* Is it the source that acts, and do the words that are needed stand between the two? */
static bool source_fits(const ml_reader *reader, const ml_rule *rule, const ml_trigger *here, const ml_group *source)
{
    enum { NEEDS_TOKENS = 60 };
    bool behind = source->begin >= here->end;
    if (!behind && (acts_from_afar(reader, here, source) || others_act(reader, here, source)))
        return false;
    uint32_t begin = behind ? here->end : source->end, end = behind ? source->begin : here->begin;
    return !rule->needs.first || (end < begin + NEEDS_TOKENS && word_within(reader, here, begin, end, &rule->needs));
}

static void say_all(ml_reader *reader, const ml_rule *rule, const ml_trigger *here, const ml_group *sources,
                    const ml_group *targets, ml_modality modality)
{
    bool pair = rule->source[0].seek == ML_SEEK_PAIR;
    for (uint32_t s = 0; s < (pair ? 1 : sources->count); s++) {
        for (uint32_t t = 0; t < targets->count; t++) {
            ml_relation relation = {.type = rule->relation,
                                    .title = ML_STR(""),
                                    .source = sources->entity[s],
                                    .target = targets->entity[t],
                                    .sentence = reader->tokens->token[here->begin].sentence,
                                    .rule = rule->id,
                                    .modality = modality,
                                    .confidence_milli = rule->confidence_milli};
            ml_reader_say(reader, relation);
            bool met = ml_str_equal(rule->relation, ML_STR("met_with"));
            reader->party[relation.source] |= met || relation.target == reader->main_event;
            reader->party[relation.target] |= met;
        }
    }
}

static void apply(ml_reader *reader, const ml_rule *rule, const ml_trigger *here)
{
    ml_group sources = {.count = 0}, targets = {.count = 0};
    if (rule->opening && !opens(reader, here))
        return;
    ml_reader_seek(reader, here, rule->source, rule->source_count, &sources);
    if (!sources.count || !surroundings_fit(reader, rule, here) || !source_fits(reader, rule, here, &sources))
        return;
    ml_modality modality = modality_of(reader, rule, here);
    if (modality < ML_PROPOSED && source_is_told(reader, rule, here, &sources))
        modality = ML_PROPOSED;
    ml_reader_seek(reader, here, rule->target, rule->target_count, &targets);
    drop_visits(reader, &targets);
    if (targets.count)
        keep_parties(reader, rule, &sources, &targets);
    say_all(reader, rule, here, &sources, &targets, modality);
}

/* Is the token inside a mention's name or a title? Words there trigger nothing, but the noun that an event begins with may. */
static void mark_names(const ml_reader *reader, bool *inside)
{
    for (uint32_t i = 0; i < reader->mentions->count; i++) {
        const ml_mention *mention = &reader->mentions->mention[i];
        bool event = mention->type == ML_EVENT; /* `chuyến thăm` names an event and says who went where */
        for (uint32_t at = mention->begin + event; at < mention->end; at++)
            inside[at] = true;
    }
    for (uint32_t i = 0; i < reader->mentions->title_count; i++) {
        for (uint32_t at = reader->mentions->title[i].begin; at < reader->mentions->title[i].end; at++)
            inside[at] = true;
    }
}

/* Applies the rules of the longest trigger at `at` that goes beyond `covered`; returns the token that is covered then. */
static uint32_t apply_at(ml_reader *reader, uint32_t at, uint32_t covered)
{
    uint32_t word = ml_reader_cue(reader, at, ML_CUE_WORD);
    uint32_t end = word > covered ? word : covered + 1;
    bool found = false;
    bool triggers = reader->matches->lists[at] >> ML_IN_TRIGGERS & 1;
    for (uint32_t i = reader->matches->first[at + 1]; triggers && i-- > reader->matches->first[at];) {
        const ml_match *match = &reader->matches->match[i];
        const ml_pattern *pattern = ml_patterns_at(reader->gazetteer->patterns, match->pattern);
        if (pattern->list != ML_IN_TRIGGERS || match->end < end)
            continue;
        end = match->end;
        found = true;
        ml_trigger here = trigger_at(reader, at, end);
        apply(reader, &reader->rules->rule[pattern->row], &here);
    }
    return found ? end : word > covered ? word : covered;
}

void ml_read_frames(ml_reader *reader)
{
    bool *inside = ml_arena_array(reader->arena, (size_t)reader->tokens->count + 1, sizeof *inside);
    if (reader->arena->failed)
        return;
    mark_names(reader, inside);
    uint32_t covered = 0;
    enum { SPEAKING = 1 << ML_IN_TRIGGERS | 1 << ML_IN_CUES };
    for (uint32_t at = 0; at < reader->tokens->count; at++) {
        if (reader->matches->lists[at] & SPEAKING && !inside[at] && reader->part_of[at] != ML_NONE)
            covered = apply_at(reader, at, covered);
    }
}
