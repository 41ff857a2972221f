#include "mention/finder.h"

/* What the article takes up again in fewer words: `Tổ chức Thương mại Thế giới (WTO)` as `WTO`, `Tập đoàn Vamed` as `Vamed`,
 * `Sở Xây dựng` as `Sở`. */

enum { KNOWN_FORMS = 48 };

typedef enum {
    FORM_LETTERS, /* in brackets behind the name */
    FORM_TAIL,    /* the name without its head */
    FORM_HEAD,    /* the head alone: of several bodies the last one */
    FORM_GIVEN,   /* the last one or two words of a person's name: of several people the last one */
} form_kind;

typedef struct {
    uint32_t mention; /* that it is short for, an index into the merged ones */
    uint32_t begin, end;
    form_kind kind;
} short_form;

typedef struct {
    short_form form[KNOWN_FORMS];
    uint32_t count, next;
    uint64_t first; /* a bit for the first word of each: whatever else stands at a token is none of them */
} known_forms;

/* `Ban quản lý an toàn thực phẩm (ATTP)`: the letters are the initials of the name's last words, which begin small, not of all. */
static bool abbreviates_end(const ml_finder *finder, const ml_mention *mention, uint32_t at)
{
    ml_str letters = ml_tokens_text(finder->tokens, at, at + 1);
    if (mention->type != ML_BODY || letters.len >= mention->end - mention->begin)
        return false;
    uint32_t first = mention->end - letters.len;
    for (uint32_t i = 0; i < letters.len; i++) {
        char initial = finder->tokens->text.ptr[finder->tokens->token[first + i].begin];
        if ((initial | 0x20) != (letters.ptr[i] | 0x20))
            return false;
    }
    return !finder->tokens->token[first].capital;
}

/* An abbreviation in brackets behind a name: `Tổ chức Thương mại thế giới (WTO)`. */
static bool introduces(const ml_finder *finder, const ml_mention *mention, uint32_t *begin, uint32_t *end)
{
    enum { LONGEST = 3 };
    const ml_tokens *tokens = finder->tokens;
    uint32_t at = mention->end;
    if (mention->type == ML_PERSON || mention->end - mention->begin < 2 || !ml_token_is(tokens, at, '(') ||
        !ml_finder_goes_on(finder, at + 1))
        return false;
    *begin = at + 1;
    bool letters = false;
    for (*end = *begin; *end < tokens->count && *end - *begin < LONGEST && !ml_token_is(tokens, *end, ')'); ++*end) {
        const ml_token *token = &tokens->token[*end];
        bool event_word = mention->type == ML_EVENT && ml_finder_longest(finder, *begin, ML_IN_EVENTS);
        if (!token->upper && token->kind != ML_NUMBER && !(token->kind == ML_MARK && *end > *begin) && !event_word)
            return false;
        letters |= token->upper;
    }
    return letters && ml_token_is(tokens, *end, ')') && !abbreviates_end(finder, mention, *begin);
}

static bool same_tokens(const ml_finder *finder, uint32_t a, uint32_t b, uint32_t len)
{
    const ml_token *token = finder->tokens->token;
    if (b + len > finder->tokens->count)
        return false;
    for (uint32_t i = 0; i < len; i++) {
        if (token[a + i].key != token[b + i].key || token[a + i].upper != token[b + i].upper ||
            (i == 0 && token[a].capital && !token[b].capital))
            return false;
    }
    return true;
}

/* The mention that two forms are short for is one: the same row, or the same words. */
static bool same_named(const ml_finder *finder, const ml_mention *merged, uint32_t a, uint32_t b)
{
    const ml_mention *left = &merged[a], *right = &merged[b];
    if (left->row != ML_NONE && left->form == ML_FORM_FIXED)
        return right->form == ML_FORM_FIXED && left->row == right->row;
    return left->end - left->begin == right->end - right->begin &&
           same_tokens(finder, left->begin, right->begin, left->end - left->begin);
}

static void learn(const ml_finder *finder, const ml_mention *merged, known_forms *known, short_form form)
{
    for (uint32_t i = 0; i < known->count; i++) {
        short_form *old = &known->form[i];
        bool same = old->kind == form.kind && old->end - old->begin == form.end - form.begin &&
                    same_tokens(finder, old->begin, form.begin, form.end - form.begin);
        if (!same)
            continue;
        if (form.kind >= FORM_HEAD && !same_named(finder, merged, old->mention, form.mention))
            old->mention = form.mention;
        return;
    }
    known->first |= ml_words_bit(&finder->tokens->token[form.begin]);
    known->form[known->next] = form;
    known->next = (known->next + 1) % KNOWN_FORMS;
    known->count += known->count < KNOWN_FORMS;
}

/* The head that the body's name begins with and goes on behind, if it is of the body's own kind; or NULL. */
static const ml_match *head_of(const ml_finder *finder, const ml_mention *mention)
{
    const ml_match *match = ml_finder_longest(finder, mention->begin, ML_IN_HEADS);
    if (mention->type != ML_BODY || !match || match->end >= mention->end)
        return NULL;
    const ml_head *head = &finder->gazetteer->head[ml_finder_pattern(finder, match)->row];
    bool other =
        mention->form == ML_FORM_FIXED && !ml_str_equal(finder->gazetteer->body[mention->row].kind, head->kind);
    return other ? NULL : match;
}

/* Does the name without its head stand for the body: `Vamed`, `FLC Faros`, `Minh Phú`? */
static bool tail_names(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    enum { LONGEST = 4 };
    if (end <= begin || end - begin > LONGEST || ml_finder_longest(finder, begin, ML_IN_LOCALITIES) ||
        ml_finder_longest(finder, begin, ML_IN_FIELDS) || ml_finder_longest(finder, begin, ML_IN_DESIGNATORS))
        return false;
    for (uint32_t at = begin; at < end; at++) {
        if (!ml_finder_capital(finder, at))
            return false;
    }
    return end - begin >= 2 || finder->tokens->token[begin].upper || !ml_finder_syllable(finder, begin).known;
}

static void learn_parts(const ml_finder *finder, const ml_mention *merged, uint32_t index, known_forms *known)
{
    const ml_mention *mention = &merged[index];
    if (mention->type == ML_PERSON && mention->end - mention->begin >= 2)
        learn(finder, merged, known, (short_form){index, mention->end - 1, mention->end, FORM_GIVEN});
    if (mention->type == ML_PERSON && mention->foreign && mention->end - mention->begin >= 2 &&
        ml_finder_cue(finder, mention->begin, ML_CUE_GIVEN) == mention->begin + 1)
        learn(finder, merged, known, (short_form){index, mention->begin, mention->begin + 1, FORM_GIVEN});
    if (mention->type == ML_PERSON && mention->end - mention->begin >= 3 && !mention->foreign)
        learn(finder, merged, known, (short_form){index, mention->end - 2, mention->end, FORM_GIVEN});
    const ml_match *head = head_of(finder, mention);
    if (!head)
        return;
    uint32_t end = head->end;
    uint32_t flags = finder->gazetteer->head[ml_finder_pattern(finder, head)->row].flags;
    uint32_t tail_end = mention->inner == ML_NONE ? mention->end : finder->inner[mention->inner].begin;
    if (mention->form == ML_FORM_HEAD && flags & ML_FLAG_SHORT && tail_names(finder, end, tail_end))
        learn(finder, merged, known, (short_form){index, end, tail_end, FORM_TAIL});
    if (!ml_finder_capital(finder, mention->begin) || ml_finder_longest(finder, mention->begin, ML_IN_EVENTS))
        return;
    /* `Công ty` of a `Công ty Cổ phần`: each beginning of the head that is a head or an organ too. */
    for (uint32_t i = finder->matches->first[mention->begin]; i < finder->matches->first[mention->begin + 1]; i++) {
        const ml_match *match = &finder->matches->match[i];
        ml_list list = ml_finder_pattern(finder, match)->list;
        if ((list == ML_IN_HEADS || list == ML_IN_ORGANS) && match->end <= end)
            learn(finder, merged, known, (short_form){index, match->begin, match->end, FORM_HEAD});
    }
}

/* A word that may follow a name, as in `Sở đã kiểm tra`, not in `Bộ phim`. */
static bool name_may_end(const ml_finder *finder, uint32_t end)
{
    return !ml_finder_goes_on(finder, end) || finder->tokens->token[end].kind == ML_MARK ||
           ml_finder_cue(finder, end, ML_CUE_FUNCTION) > end || ml_finder_longest(finder, end, ML_IN_TRIGGERS);
}

/* A capital says that one body is meant, but not where a sentence begins or a longer name does. */
static bool head_stands_alone(const ml_finder *finder, uint32_t at, uint32_t end)
{
    bool longer = ml_finder_goes_on(finder, end) && ml_finder_capital(finder, end);
    if (longer || ml_finder_cue_before(finder, at, ML_CUE_PLURAL) || ml_finder_longest(finder, at, ML_IN_BODIES))
        return false;
    bool inside = ml_finder_goes_on(finder, at) && finder->tokens->token[at - 1].kind != ML_MARK;
    return (inside && end - at >= 2) || (name_may_end(finder, end) && (inside || ml_finder_goes_on(finder, end)));
}

/* `Minh Long`: a commune or a district that does not go by its bare name would be meant only where that is said: `ở Minh Long`. */
static bool small_place(const ml_finder *finder, uint32_t at)
{
    if (ml_finder_cue_before(finder, at, ML_CUE_LOCATIVE))
        return false;
    for (uint32_t i = finder->matches->first[at]; i < finder->matches->first[at + 1]; i++) {
        const ml_pattern *pattern = ml_finder_pattern(finder, &finder->matches->match[i]);
        if (pattern->list != ML_IN_LOCALITIES)
            continue;
        const ml_locality *row = &finder->gazetteer->locality[pattern->row];
        if (row->level != ML_LEVEL_COMMUNE && !(row->level == ML_LEVEL_DISTRICT && !(row->flags & ML_FLAG_BARE)))
            return false;
    }
    return true;
}

/* `Thành khai`, `của Thành`, `Minh Long`: the words, that no table has, stand between small ones. */
static bool given_stands_alone(const ml_finder *finder, uint32_t at, uint32_t end)
{
    static const ml_list others[] = {ML_IN_LOCALITIES,  ML_IN_BODIES, ML_IN_ORGANS, ML_IN_HEADS,
                                     ML_IN_DESIGNATORS, ML_IN_TITLES, ML_IN_FIELDS, ML_IN_EVENTS};
    bool two = end - at >= 2;
    for (size_t i = two && small_place(finder, at); i < sizeof others / sizeof *others; i++) {
        if (ml_finder_longest(finder, at, others[i]))
            return false;
    }
    bool before = ml_finder_goes_on(finder, at) && ml_finder_capital(finder, at - 1);
    bool behind = ml_finder_goes_on(finder, end) && ml_finder_capital(finder, end);
    if (before || behind || ml_finder_cue_before(finder, at, ML_CUE_STREET))
        return false;
    if (two)
        return true;
    /* `Nghị quyết`, `Hằng năm`: the first syllable of another word. */
    bool inside = ml_finder_goes_on(finder, at) && finder->tokens->token[at - 1].kind != ML_MARK;
    return !ml_finder_syllable(finder, at).known || (inside && name_may_end(finder, at + 1)) ||
           ml_finder_longest(finder, at + 1, ML_IN_TRIGGERS);
}

static bool taken_up(const ml_finder *finder, const short_form *form, uint32_t at, uint32_t limit)
{
    uint32_t len = form->end - form->begin;
    if (at < form->begin || at + len > limit || !same_tokens(finder, form->begin, at, len))
        return false;
    if (form->kind == FORM_HEAD)
        return head_stands_alone(finder, at, at + len);
    if (form->kind == FORM_GIVEN)
        return given_stands_alone(finder, at, at + len);
    return form->kind == FORM_LETTERS ||
           !(ml_finder_goes_on(finder, at + len) && ml_finder_capital(finder, at + len) && len == 1);
}

static ml_mention again(const ml_mention *of, uint32_t index, uint32_t begin, uint32_t end)
{
    return (ml_mention){.begin = begin,
                        .end = end,
                        .name_begin = begin,
                        .name_end = end,
                        .type = of->type,
                        .via = ML_VIA_ABBREVIATION,
                        .row = ML_NONE,
                        .designator = ML_NONE,
                        .inner = ML_NONE,
                        .same_as = index};
}

/* The known form that stands at `at` and ends at `limit` at the latest, or NULL. */
static const short_form *form_at(const ml_finder *finder, const known_forms *known, uint32_t at, uint32_t limit)
{
    const ml_token *token = &finder->tokens->token[at];
    if (!token->capital || !(known->first & ml_words_bit(token)))
        return NULL;
    for (uint32_t i = 0; i < known->count; i++) {
        if (taken_up(finder, &known->form[i], at, limit))
            return &known->form[i];
    }
    return NULL;
}

void ml_find_short_forms(ml_finder *finder, ml_mention *merged)
{
    uint32_t count = 0, next = 0, title = 0;
    known_forms known = {.count = 0};
    for (uint32_t at = 0; at < finder->tokens->count;) {
        if (next < finder->count && finder->mention[next].begin <= at) {
            ml_mention mention = finder->mention[next++];
            short_form letters = {.mention = count, .kind = FORM_LETTERS};
            merged[count++] = mention;
            at = mention.end > at ? mention.end : at + 1;
            if (introduces(finder, &mention, &letters.begin, &letters.end))
                learn(finder, merged, &known, letters);
            learn_parts(finder, merged, count - 1, &known);
            continue;
        }
        while (title < finder->title_count && finder->title[title].end <= at)
            title++;
        if (title < finder->title_count && finder->title[title].begin <= at) {
            at = finder->title[title].end;
            continue;
        }
        /* Up to the next mention or title only known forms can stand. */
        uint32_t limit = next < finder->count ? finder->mention[next].begin : finder->tokens->count;
        uint32_t stop =
            title < finder->title_count && finder->title[title].begin < limit ? finder->title[title].begin : limit;
        while (at < stop) {
            const short_form *form = form_at(finder, &known, at, limit);
            if (!form) {
                at++;
                continue;
            }
            uint32_t end = at + form->end - form->begin;
            merged[count++] = again(&merged[form->mention], form->mention, at, end);
            at = end;
        }
    }
    finder->mention = merged;
    finder->count = count;
}
