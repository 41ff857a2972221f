#include "resolve/resolver.h"

static bool has_name(const ml_mention *mention)
{
    return mention->name_end > mention->name_begin;
}

static bool same_kind(const ml_resolver *resolver, uint32_t a, uint32_t b)
{
    return ml_str_equal(resolver->rules->event[a].kind, resolver->rules->event[b].kind);
}

/* Do the names agree: equal, or one the end of the other (`MRT 23` of `Hội nghị MRT 23`)? */
static bool names_agree(const ml_resolver *resolver, const ml_mention *a, const ml_mention *b)
{
    uint32_t a_len = a->name_end - a->name_begin, b_len = b->name_end - b->name_begin;
    uint32_t len = a_len < b_len ? a_len : b_len;
    return ml_resolver_same(resolver, a->name_begin, a->name_begin + len, b->name_begin, b->name_begin + len) ||
           ml_resolver_same(resolver, a->name_end - len, a->name_end, b->name_end - len, b->name_end);
}

/* Do two stretches spell the same letters, white space aside: `MRT 23`, `MRT23`? */
static bool same_letters(const ml_resolver *resolver, uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end)
{
    ml_str left = ml_tokens_text(resolver->tokens, a, a_end), right = ml_tokens_text(resolver->tokens, b, b_end);
    uint32_t i = 0, k = 0;
    for (;;) {
        while (i < left.len && (unsigned char)left.ptr[i] <= ' ')
            i++;
        while (k < right.len && (unsigned char)right.ptr[k] <= ' ')
            k++;
        if (i == left.len || k == right.len)
            return i == left.len && k == right.len;
        if (left.ptr[i++] != right.ptr[k++])
            return false;
    }
}

/* Is the mention named by the abbreviation that stood in brackets behind the event's full name? */
static bool named_by_abbreviation(const ml_resolver *resolver, const ml_mention *mention, uint32_t full)
{
    if (full + 1 >= resolver->mentions->count || !has_name(mention))
        return false;
    const ml_mention *bracket = &resolver->mentions->mention[full + 1];
    return bracket->same_as == full &&
           same_letters(resolver, mention->name_begin, mention->name_end, bracket->begin, bracket->end);
}

/* Is the noun the beginning of a longer one: `hội nghị` of `hội nghị tiếp xúc cử tri`? */
static bool begins_head(const ml_resolver *resolver, uint32_t noun, uint32_t longer)
{
    return ml_str_starts(resolver->rules->event[longer].name, resolver->rules->event[noun].name);
}

/* How well an event already known fits a mention; 0 not at all. */
static int fit(const ml_resolver *resolver, const ml_mention *mention, uint32_t event)
{
    const ml_entity *entity = &resolver->entity[event];
    const ml_mention *known = &resolver->mentions->mention[entity->fullest];
    bool same_head = entity->head == mention->row || begins_head(resolver, mention->row, entity->head);
    if (named_by_abbreviation(resolver, mention, entity->fullest))
        return 5;
    if (has_name(mention) && has_name(known))
        return names_agree(resolver, mention, known) && same_kind(resolver, entity->head, mention->row) ? 4 : 0;
    if (same_head)
        return has_name(mention) ? 2 : 3;
    return !has_name(mention) && same_kind(resolver, entity->head, mention->row) ? 1 : 0;
}

/* Does a cue of this class end right before the token? */
static bool cue_before(const ml_resolver *resolver, uint32_t end, ml_cue_class kind)
{
    return ml_cue_before(resolver->gazetteer->patterns, resolver->matches, end, kind) != ML_NO_ROW;
}

/* The event among those mentioned last that fits best; of equals the one named last. What a law is of, `Nghị quyết Hội
 * nghị Trung ương 5`, is not what `hội nghị` behind it speaks of. */
static uint32_t find(const ml_resolver *resolver, uint32_t index, const uint32_t *earlier, uint32_t earlier_count)
{
    enum { LOOK_BACK = 128 };
    const ml_mention *mention = &resolver->mentions->mention[index];
    /* `một hội nghị` has not been spoken of before. */
    if (cue_before(resolver, mention->begin, ML_CUE_NEW))
        return ML_NONE;
    uint32_t best = ML_NONE;
    int best_fit = 0;
    for (uint32_t i = earlier_count; i-- > 0 && earlier_count - i <= LOOK_BACK;) {
        if (!has_name(mention) && cue_before(resolver, resolver->mentions->mention[earlier[i]].begin, ML_CUE_LAW))
            continue;
        int how = fit(resolver, mention, resolver->of[earlier[i]]);
        if (how > best_fit) {
            best = resolver->of[earlier[i]];
            best_fit = how;
        }
    }
    return best;
}

/* A day and month in figures such as `17-8`, `5/7`, `5.2.2017`; the year by the article. */
static ml_date read_day(const ml_resolver *resolver, uint32_t at, uint32_t end)
{
    const ml_tokens *tokens = resolver->tokens;
    uint32_t number[3] = {0};
    uint32_t count = 0;
    while (at < end && count < 3 && tokens->token[at].kind == ML_NUMBER) {
        for (uint32_t i = tokens->token[at].begin; i < tokens->token[at].end && number[count] < 10000; i++) {
            char digit = tokens->text.ptr[i];
            if (digit < '0' || digit > '9')
                return (ml_date){0};
            number[count] = number[count] * 10 + (uint32_t)(digit - '0');
        }
        count++;
        bool joined =
            at + 2 < end && tokens->token[at + 1].gap == ML_GAP_NONE && tokens->token[at + 2].gap == ML_GAP_NONE &&
            (ml_token_is(tokens, at + 1, '/') || ml_token_is(tokens, at + 1, '-') || ml_token_is(tokens, at + 1, '.'));
        if (!joined)
            break;
        at += 2;
    }
    uint32_t year = count == 3 ? number[2] : resolver->date.year;
    if (count < 2 || year < 1900 || year > 2200 || number[1] > 12 || !number[0] ||
        (int)number[0] > ml_date_month_days((int)year, (int)number[1]))
        return (ml_date){0};
    return (ml_date){(uint16_t)year, (uint8_t)number[1], (uint8_t)number[0]};
}

/* The first day named in the sentence of the event's first mention. */
static ml_date date_of(const ml_resolver *resolver, uint32_t index)
{
    const ml_mention *mention = &resolver->mentions->mention[index];
    const ml_token_span *sentence = &resolver->tokens->sentence[resolver->tokens->token[mention->begin].sentence];
    enum { LONGEST = 200 };
    for (uint32_t at = sentence->begin; at < sentence->end && at - sentence->begin < LONGEST; at++) {
        if (resolver->tokens->token[at].kind != ML_NUMBER)
            continue;
        ml_date date = read_day(resolver, at, sentence->end);
        if (ml_date_known(date))
            return date;
    }
    return (ml_date){0};
}

static void make(ml_resolver *resolver, uint32_t index)
{
    uint32_t made = ml_resolver_add(resolver, ML_EVENT, index);
    if (made == ML_NONE)
        return;
    resolver->of[index] = made;
    resolver->entity[made].head = resolver->mentions->mention[index].row;
    resolver->entity[made].date = date_of(resolver, index);
}

/* Names and ids come last, from the fullest mention: an id is of the article and of the event's place in it. */
static void name_events(ml_resolver *resolver)
{
    uint64_t number = 0;
    for (uint32_t i = 0; i < resolver->count; i++) {
        ml_entity *entity = &resolver->entity[i];
        if (entity->type != ML_EVENT)
            continue;
        const ml_mention *fullest = &resolver->mentions->mention[entity->fullest];
        entity->name = ml_resolver_text(resolver, fullest->begin, fullest->end);
        entity->id =
            ml_resolver_id(resolver, ML_STR("event-x-"), entity->name, ml_str_hash(resolver->article) + ++number);
    }
}

void ml_resolve_events(ml_resolver *resolver)
{
    const ml_mentions *mentions = resolver->mentions;
    uint32_t *known = ml_arena_array(resolver->arena, (size_t)mentions->count + 1, sizeof *known);
    uint32_t count = 0;
    for (uint32_t i = 0; known && i < mentions->count; i++) {
        const ml_mention *mention = &mentions->mention[i];
        if (mention->type != ML_EVENT || mention->same_as != ML_NONE)
            continue;
        resolver->of[i] = find(resolver, i, known, count);
        if (resolver->of[i] == ML_NONE)
            make(resolver, i);
        if (resolver->of[i] == ML_NONE)
            continue;
        known[count++] = i;
        ml_entity *entity = &resolver->entity[resolver->of[i]];
        const ml_mention *fullest = &mentions->mention[entity->fullest];
        if (mention->end - mention->begin > fullest->end - fullest->begin)
            entity->fullest = i;
    }
    name_events(resolver);
}
