#include "relate/reader.h"

enum { GROUP = 24 };

/* The entities that fill one end of a relation. */
typedef struct {
    uint32_t entity[GROUP];
    uint32_t count;
} group;

/* A trigger in its sentence: chunks [first, last) stand there. */
typedef struct {
    uint32_t begin, end;
    uint32_t sentence, first, last;
} trigger;

static void push(group *out, uint32_t entity)
{
    for (uint32_t i = 0; i < out->count; i++) {
        if (out->entity[i] == entity)
            return;
    }
    if (out->count < GROUP)
        out->entity[out->count++] = entity;
}

static bool wanted(const ml_way *way, const ml_chunk *chunk)
{
    return way->types & 1u << chunk->type;
}

/* Does another clause begin within [begin, end)? */
static bool barred(const ml_reader *reader, uint32_t begin, uint32_t end)
{
    for (uint32_t at = begin; at < end; at++) {
        if (ml_reader_cue(reader, at, ML_CUE_BARRIER) > at)
            return true;
    }
    return false;
}

static void seek_left(const ml_reader *reader, const trigger *here, const ml_way *way, group *out)
{
    for (uint32_t i = here->last; i-- > here->first;) {
        const ml_chunk *chunk = &reader->chunk[i];
        if (chunk->end > here->begin)
            continue;
        if ((way->within && here->begin - chunk->end > way->within) || barred(reader, chunk->end, here->begin))
            return;
        if (!wanted(way, chunk) || (chunk->type == ML_LOCALITY && chunk->located))
            continue;
        push(out, chunk->entity);
        while (!way->one && i-- > here->first && wanted(way, &reader->chunk[i]) &&
               reader->chunk[i].type == chunk->type &&
               ml_reader_joins(reader, reader->chunk[i].end, reader->chunk[i + 1].begin, true))
            push(out, reader->chunk[i].entity);
        return;
    }
}

static void seek_right(const ml_reader *reader, const trigger *here, const ml_way *way, group *out)
{
    for (uint32_t i = here->first; i < here->last; i++) {
        const ml_chunk *chunk = &reader->chunk[i];
        if (chunk->begin < here->end)
            continue;
        if ((way->within && chunk->begin - here->end > way->within) || barred(reader, here->end, chunk->begin))
            return;
        if (!wanted(way, chunk))
            continue;
        push(out, chunk->entity);
        while (!way->one && ++i < here->last && wanted(way, &reader->chunk[i]) &&
               reader->chunk[i].type == chunk->type &&
               ml_reader_joins(reader, reader->chunk[i - 1].end, reader->chunk[i].begin, true))
            push(out, reader->chunk[i].entity);
        return;
    }
}

static void seek_list(const ml_reader *reader, const trigger *here, const ml_way *way, group *out)
{
    for (uint32_t i = here->first; i < here->last; i++) {
        const ml_chunk *chunk = &reader->chunk[i];
        if (chunk->begin >= here->end && wanted(way, chunk) &&
            !(way->within && chunk->begin - here->end > way->within && !out->count))
            push(out, chunk->entity);
    }
}

/* The event in the sentence that is nearest before the trigger, else the last one before the sentence. */
static void seek_salient(const ml_reader *reader, const trigger *here, const ml_way *way, group *out)
{
    for (uint32_t i = here->last; i-- > 0;) {
        const ml_chunk *chunk = &reader->chunk[i];
        if (wanted(way, chunk) && chunk->end <= here->begin) {
            push(out, chunk->entity);
            return;
        }
    }
}

static void seek_first(const ml_reader *reader, const trigger *here, const ml_way *way, group *out)
{
    for (uint32_t i = here->first; i < here->last && !out->count; i++) {
        if (wanted(way, &reader->chunk[i]))
            push(out, reader->chunk[i].entity);
    }
}

static uint32_t mention_count(const ml_reader *reader, uint32_t entity)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < reader->mentions->count; i++)
        count += reader->entities->of[i] == entity;
    return count;
}

static ml_level level_of(const ml_reader *reader, uint32_t entity)
{
    uint32_t row = reader->entities->entity[entity].row;
    return row == ML_NONE ? ML_LEVEL_NONE : reader->gazetteer->locality[row].level;
}

/* The two localities of one level that the article speaks of most: what `hai địa phương` means. */
static void two_sides(const ml_reader *reader, bool countries, group *out)
{
    uint32_t best[2] = {ML_NONE, ML_NONE}, most[2] = {0, 0};
    for (uint32_t i = 0; i < reader->entities->count; i++) {
        if (reader->entities->entity[i].type != ML_LOCALITY)
            continue;
        ml_level level = level_of(reader, i);
        if (countries ? level != ML_LEVEL_COUNTRY : level != ML_LEVEL_PROVINCE && level != ML_LEVEL_FOREIGN_PROVINCE)
            continue;
        uint32_t count = mention_count(reader, i);
        uint32_t place = count > most[0] ? 0 : count > most[1] ? 1 : 2;
        if (place == 0) {
            best[1] = best[0];
            most[1] = most[0];
        }
        if (place < 2) {
            best[place] = i;
            most[place] = count;
        }
    }
    if (most[1] >= 2) {
        push(out, best[0]);
        push(out, best[1]);
    }
}

static bool same_word(const ml_reader *reader, uint32_t at, ml_str word)
{
    return ml_str_equal(ml_tokens_text(reader->tokens, at, at + 1), word);
}

/* Two that `và`, `với` or a hyphen joins about the trigger, or those whom `hai bên` means. */
static void seek_pair(const ml_reader *reader, const trigger *here, const ml_way *way, group *out)
{
    for (uint32_t i = here->first; i + 1 < here->last; i++) {
        const ml_chunk *a = &reader->chunk[i], *b = &reader->chunk[i + 1];
        uint32_t distance = a->begin >= here->end   ? a->begin - here->end
                            : here->begin >= b->end ? here->begin - b->end
                                                    : 0;
        bool same = a->type == b->type && wanted(way, a) && a->entity != b->entity;
        bool joined = ml_reader_joins(reader, a->end, b->begin, false) ||
                      (b->begin == a->end + 1 && same_word(reader, a->end, ML_STR("với")));
        if (same && joined && (!way->within || distance <= way->within)) {
            push(out, a->entity);
            push(out, b->entity);
            return;
        }
    }
    const ml_token_span *sentence = &reader->tokens->sentence[here->sentence];
    for (uint32_t at = sentence->begin; at < sentence->end && !out->count; at++) {
        uint32_t end = ml_reader_cue(reader, at, ML_CUE_PAIR);
        if (end > at)
            two_sides(reader, same_word(reader, end - 1, ML_STR("nước")) || same_word(reader, end - 1, ML_STR("gia")),
                      out);
    }
}

static void seek(const ml_reader *reader, const trigger *here, const ml_way *ways, uint32_t count, group *out)
{
    static void (*const seekers[])(const ml_reader *, const trigger *, const ml_way *, group *) = {
        [ML_SEEK_LEFT] = seek_left,       [ML_SEEK_RIGHT] = seek_right, [ML_SEEK_LIST] = seek_list,
        [ML_SEEK_SALIENT] = seek_salient, [ML_SEEK_FIRST] = seek_first, [ML_SEEK_PAIR] = seek_pair,
    };
    for (uint32_t i = 0; i < count && !out->count; i++)
        seekers[ways[i].seek](reader, here, &ways[i], out);
}

/* Does a cue of this class stand within a few tokens before the trigger? */
static bool cue_before(const ml_reader *reader, const trigger *here, ml_cue_class kind)
{
    enum { BACK_TOKENS = 3 };
    uint32_t begin = reader->tokens->sentence[here->sentence].begin;
    for (uint32_t at = here->begin; at-- > begin && here->begin - at <= BACK_TOKENS;) {
        uint32_t end = ml_reader_cue(reader, at, kind);
        if (end > at && end <= here->begin)
            return true;
    }
    return false;
}

/* Does one of the needed words stand between the trigger and the first of the wanted types behind it? */
static bool needs_met(const ml_reader *reader, const ml_rule *rule, const trigger *here)
{
    if (!rule->needs.len)
        return true;
    uint32_t end = reader->tokens->sentence[here->sentence].end;
    for (uint32_t i = here->last; i-- > here->first;) {
        if (reader->chunk[i].begin >= here->end && wanted(&rule->source[0], &reader->chunk[i]))
            end = reader->chunk[i].begin;
    }
    for (uint32_t at = here->end; at < end; at++) {
        ml_str rest = rule->needs;
        while (rest.ptr) {
            if (same_word(reader, at, ml_str_trim(ml_str_split(&rest, '|'))))
                return true;
        }
    }
    return false;
}

static void apply(ml_reader *reader, const ml_rule *rule, const trigger *here)
{
    group sources = {.count = 0}, targets = {.count = 0};
    if (cue_before(reader, here, ML_CUE_NEGATED) || (!rule->proposed && cue_before(reader, here, ML_CUE_PROPOSED)))
        return;
    if (needs_met(reader, rule, here))
        seek(reader, here, rule->source, rule->source_count, &sources);
    if (!sources.count)
        return;
    seek(reader, here, rule->target, rule->target_count, &targets);
    bool planned = cue_before(reader, here, ML_CUE_PLANNED);
    bool pair = rule->source[0].seek == ML_SEEK_PAIR;
    for (uint32_t s = 0; s < (pair ? 1 : sources.count); s++) {
        for (uint32_t t = 0; t < targets.count; t++) {
            ml_relation relation = {.type = rule->relation,
                                    .title = ML_STR(""),
                                    .source = sources.entity[s],
                                    .target = targets.entity[t],
                                    .sentence = here->sentence,
                                    .rule = rule->id,
                                    .modality = planned ? ML_STR("planned") : ML_STR(""),
                                    .confidence_milli = rule->confidence_milli};
            ml_reader_say(reader, relation);
        }
    }
}

/* Is the token inside a mention's name or a title? Words there trigger nothing. */
static void mark_names(const ml_reader *reader, bool *inside)
{
    for (uint32_t i = 0; i < reader->mentions->count; i++) {
        for (uint32_t at = reader->mentions->mention[i].begin; at < reader->mentions->mention[i].end; at++)
            inside[at] = true;
    }
    for (uint32_t i = 0; i < reader->mentions->title_count; i++) {
        for (uint32_t at = reader->mentions->title[i].begin; at < reader->mentions->title[i].end; at++)
            inside[at] = true;
    }
}

/* Applies the rules of the longest trigger at `at`; returns the token to go on from. */
static uint32_t apply_at(ml_reader *reader, uint32_t at)
{
    uint32_t end = at;
    for (uint32_t i = reader->matches->first[at + 1]; i-- > reader->matches->first[at];) {
        const ml_match *match = &reader->matches->match[i];
        const ml_pattern *pattern = ml_patterns_at(reader->gazetteer->patterns, match->pattern);
        if (pattern->list != ML_IN_TRIGGERS || match->end < end)
            continue;
        end = match->end;
        uint32_t sentence = reader->tokens->token[at].sentence;
        trigger here = {at, end, sentence, reader->first_chunk[sentence], reader->first_chunk[sentence + 1]};
        apply(reader, &reader->rules->rule[pattern->row], &here);
    }
    return end > at ? end : at + 1;
}

void ml_read_frames(ml_reader *reader)
{
    bool *inside = ml_arena_array(reader->arena, (size_t)reader->tokens->count + 1, sizeof *inside);
    if (!inside)
        return;
    mark_names(reader, inside);
    for (uint32_t at = 0; at < reader->tokens->count;)
        at = inside[at] ? at + 1 : apply_at(reader, at);
}
