#include "mention/learned.h"

enum { LONGEST_RUN = 7 };

typedef struct {
    const ml_reading *reading;
    ml_candidate *list;
    uint32_t count, cap, run, next_dropped;
    bool training;
} collector;

static bool is_free(const ml_reading *reading, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        if (reading->owner[i] != ML_OWNER_NONE)
            return false;
    }
    return true;
}

/* Does a word here have a capital whatever it is? */
static bool opens(const ml_finder *finder, uint32_t at)
{
    if (!ml_finder_goes_on(finder, at))
        return true;
    const ml_token *before = &finder->tokens->token[at - 1];
    if (before->kind != ML_MARK)
        return false;
    return !ml_token_is(finder->tokens, at - 1, ',') && !ml_token_is(finder->tokens, at - 1, '/') &&
           !ml_token_is(finder->tokens, at - 1, '(') && !ml_token_is(finder->tokens, at - 1, ';');
}

/* Does a name or word of the tables begin within the span and go on behind it, or is the span a word of theirs, such as `Sở`? */
static bool is_part(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    for (uint32_t at = begin; at < end; at++) {
        for (uint32_t list = 0; list < ML_LISTS; list++) {
            const ml_match *match = ml_finder_longest(finder, at, (ml_list)list);
            bool name = list == ML_IN_BODIES || list == ML_IN_OFFICIALS || list == ML_IN_LOCALITIES;
            bool word = list == ML_IN_CUES || list == ML_IN_TRIGGERS;
            if (match && (match->end > end || (!name && !word && at == begin && match->end == end)))
                return true;
        }
    }
    return false;
}

/* `Phương Nga`, `Honda Việt Nam`: does a name stand right beside the span that may rather be a part of the same name? */
static bool runs_on(const ml_reading *reading, uint32_t begin, uint32_t end)
{
    const ml_finder *finder = reading->finder;
    const ml_token *token = finder->tokens->token;
    bool before = ml_finder_goes_on(finder, begin) && ml_finder_capital(finder, begin - 1) &&
                  (reading->owner[begin - 1] == ML_OWNER_PASSED || reading->owner[begin - 1] >= ML_OWNER_MENTION);
    bool behind = ml_finder_goes_on(finder, end) && reading->owner[end] != ML_OWNER_NONE &&
                  ml_finder_capital(finder, end) && token[end].gap == ML_GAP_SPACE;
    return behind || (before && end - begin == 1);
}

/* `Galaxy S8`, `U23`, `M16`. */
static bool has_digits(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    ml_str text = ml_tokens_text(finder->tokens, begin, end);
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    }
    return false;
}

/* Initials alone name nobody, nor do codes; a street's name is no person's, and several have no name. What the rules refuse, but
 * for people, they refuse with reason. */
static bool is_refused(const ml_reading *reading, uint32_t begin, uint32_t end, uint32_t dropped)
{
    const ml_finder *finder = reading->finder;
    bool word = false;
    for (uint32_t i = begin; i < end; i++)
        word |= finder->tokens->token[i].end - finder->tokens->token[i].begin >= 2;
    bool person = dropped == ML_NONE || finder->dropped[dropped].type == ML_PERSON;
    return !word || !person || ml_finder_cue_before(finder, begin, ML_CUE_STREET) ||
           ml_finder_cue_before(finder, begin, ML_CUE_PLURAL) || is_part(finder, begin, end) ||
           runs_on(reading, begin, end) || has_digits(finder, begin, end);
}

/* A lone syllable of the language is a name only where the article has it as one: most are words. */
static bool is_asked(const ml_reading *reading, uint32_t begin, uint32_t end, uint32_t dropped)
{
    const ml_finder *finder = reading->finder;
    const ml_token *token = &finder->tokens->token[begin];
    if (is_refused(reading, begin, end, dropped))
        return false;
    if (end - begin >= 2 || dropped != ML_NONE)
        return true;
    ml_uses uses = ml_reading_uses(reading, begin, end, NULL);
    if (ml_finder_syllable(finder, begin).known && !token->upper)
        return uses.person || uses.part;
    bool ascii = true;
    for (uint32_t i = token->begin; i < token->end; i++)
        ascii &= (unsigned char)finder->tokens->text.ptr[i] < 0x80;
    return ascii || uses.person || uses.part || uses.body || uses.locality;
}

static uint8_t known_types(ml_uses uses)
{
    return (uint8_t)((uses.person || uses.part ? 1u << ML_PERSON : 0) | (uses.body ? 1u << ML_BODY : 0) |
                     (uses.locality ? 1u << ML_LOCALITY : 0));
}

typedef struct {
    uint32_t begin, end, claimed, dropped;
    bool behind_letters, pretended;
} span;

/* False when memory is short. */
static bool add(collector *all, span form)
{
    if (all->count == all->cap) {
        uint32_t cap = all->cap * 2 + 16;
        ml_candidate *grown = ml_arena_room(all->reading->arena, cap, sizeof *grown);
        if (!grown)
            return false;
        if (all->count)
            memcpy(grown, all->list, all->count * sizeof *grown);
        all->list = grown;
        all->cap = cap;
    }
    const ml_finder *finder = all->reading->finder;
    const ml_mention *mention = form.claimed == ML_NONE ? NULL : &finder->mention[form.claimed];
    ml_candidate *candidate = &all->list[all->count++];
    candidate->begin = form.begin;
    candidate->end = form.end;
    candidate->run = all->run;
    candidate->claimed = form.claimed;
    candidate->dropped = form.dropped;
    candidate->behind_letters = form.behind_letters;
    candidate->pretended = form.pretended;
    candidate->opens = opens(finder, form.begin);
    candidate->known = known_types(ml_reading_uses(all->reading, form.begin, form.end, mention));
    candidate->words = ml_reading_words(all->reading, form.begin, form.end);
    ml_write_features(all->reading, mention, candidate);
    return true;
}

/* The mention without support that is exactly this span, or ML_NONE. */
static uint32_t dropped_at(const ml_finder *finder, uint32_t from, uint32_t begin, uint32_t end)
{
    for (uint32_t i = from; i < finder->dropped_count && finder->dropped[i].begin <= begin; i++) {
        if (finder->dropped[i].begin == begin && finder->dropped[i].end == end)
            return i;
    }
    return ML_NONE;
}

/* The token behind the first word of the run where that may be none of the name: one that opens a sentence, or letters that
 * stand for a title. `Quỳnh Hoa` is whole. */
static uint32_t after_first(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    uint32_t next = begin + 1;
    if (next >= end || !ml_finder_capital(finder, next))
        return begin;
    bool letters = finder->tokens->token[begin].upper && !finder->tokens->token[end - 1].upper;
    bool whole = ml_finder_syllable(finder, begin).known && ml_finder_syllable(finder, next).known;
    return letters || (opens(finder, begin) && !whole) ? next : begin;
}

/* Lists the run's spans, the longest first. */
static bool add_spans(collector *all, uint32_t begin, uint32_t end)
{
    const ml_finder *finder = all->reading->finder;
    uint32_t inside = after_first(finder, begin, end), last = end;
    if (end - begin >= 3 && ml_finder_cue(finder, end - 1, ML_CUE_OPENER) == end)
        last = end - 1; /* `... Ernst Wastler Tại cuộc tiếp`: a sentence begins without a full stop */
    bool letters = inside > begin && !opens(finder, begin);
    const span spans[] = {
        {.begin = begin, .end = end},
        {.begin = inside, .end = end, .behind_letters = letters},
        {.begin = begin, .end = last},
        {.begin = inside, .end = last, .behind_letters = letters},
    };
    bool wanted[] = {true, inside > begin, last<end, inside> begin && last < end && inside < last};
    all->run++;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        span form = spans[i];
        if (!wanted[i])
            continue;
        form.claimed = ML_NONE;
        form.dropped = dropped_at(finder, all->next_dropped, form.begin, form.end);
        bool asked = is_asked(all->reading, form.begin, form.end, form.dropped);
        form.pretended = !asked && all->training && end == begin + 1 && ml_finder_syllable(finder, begin).known &&
                         !is_refused(all->reading, begin, end, form.dropped);
        if ((asked || form.pretended) && !add(all, form))
            return false;
    }
    return true;
}

/* The end of the free run of capitals that begins at `at`. */
static uint32_t run_end(const ml_reading *reading, uint32_t at)
{
    uint32_t end = at + 1;
    for (;;) {
        uint32_t next = ml_finder_next_part(reading->finder, end);
        if (next == end || !is_free(reading, end, next))
            return end;
        end = next;
    }
}

/* A mention that could have been a candidate: words and joints of names alone. */
static bool add_claimed(collector *all, uint32_t index)
{
    const ml_finder *finder = all->reading->finder;
    const ml_mention *mention = &finder->mention[index];
    if (mention->type != ML_PERSON && mention->type != ML_BODY && mention->type != ML_LOCALITY)
        return true;
    uint32_t begin = mention->type == ML_BODY ? mention->begin : mention->name_begin, end = mention->end;
    const ml_match *head = mention->form == ML_FORM_HEAD ? ml_finder_longest(finder, begin, ML_IN_HEADS) : NULL;
    if (head && head->end < end) { /* `Tập đoàn Vamed` is also `Vamed` */
        begin = head->end;
        end = mention->inner == ML_NONE ? end : mention->of ? mention->of_begin : finder->inner[mention->inner].begin;
    }
    bool fits = begin < end && end - begin <= LONGEST_RUN && ml_finder_capital(finder, begin);
    for (uint32_t at = begin + 1; fits && at < end;) {
        uint32_t next = ml_finder_next_part(finder, at);
        fits = next > at && next <= end;
        at = next;
    }
    all->run++;
    return !fits || add(all, (span){.begin = begin, .end = end, .claimed = index, .dropped = ML_NONE});
}

ml_status ml_find_candidates(const ml_reading *reading, bool training, ml_candidates *out, ml_error *error)
{
    const ml_finder *finder = reading->finder;
    collector all = {.reading = reading, .training = training};
    bool enough = true;
    for (uint32_t at = 0; at < finder->tokens->count && enough;) {
        uint32_t owner = reading->owner[at];
        if (owner >= ML_OWNER_MENTION) {
            uint32_t index = owner - ML_OWNER_MENTION;
            enough = !training || add_claimed(&all, index);
            at = finder->mention[index].end;
        } else if (owner == ML_OWNER_NONE && ml_finder_capital(finder, at)) {
            uint32_t end = run_end(reading, at);
            while (all.next_dropped < finder->dropped_count && finder->dropped[all.next_dropped].begin < at)
                all.next_dropped++;
            enough = end - at > LONGEST_RUN || add_spans(&all, at, end);
            at = end;
        } else {
            at++;
        }
    }
    if (!enough)
        return ml_fail_memory(error);
    *out = (ml_candidates){all.list, all.count};
    return ML_OK;
}
