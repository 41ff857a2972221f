#include "mention/finder.h"

enum { DEPTH = 4, GAP_WORDS = 3 };

static bool parse(ml_finder *finder, uint32_t at, int depth, ml_mention *out);

static ml_mention blank(uint32_t at, ml_form form, uint32_t row, uint32_t end)
{
    return (ml_mention){.begin = at,
                        .end = end,
                        .name_begin = at,
                        .name_end = end,
                        .type = ML_BODY,
                        .form = form,
                        .row = row,
                        .designator = ML_NONE,
                        .inner = ML_NONE,
                        .same_as = ML_NONE};
}

static bool any_capital(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        if (finder->tokens->token[i].capital)
            return true;
    }
    return false;
}

static bool level_fits(const ml_finder *finder, const ml_mention *locality, uint32_t levels)
{
    if (locality->row == ML_NONE)
        return finder->rules->designator[locality->designator].levels & levels;
    ml_level level = finder->gazetteer->locality[locality->row].level;
    if (levels & 1u << level)
        return true;
    return level == ML_LEVEL_FOREIGN_PROVINCE && levels & 1u << ML_LEVEL_PROVINCE;
}

/* The locality that may complete an organ of these levels. A person's name in front of which no designator stands is none. */
static bool completing_locality(ml_finder *finder, uint32_t at, uint32_t levels, ml_mention *out)
{
    if (!ml_finder_goes_on(finder, at) || !ml_parse_locality(finder, at, out))
        return false;
    if (out->designator == ML_NONE && ml_finder_full_name(finder, at) > out->end)
        return false;
    return level_fits(finder, out, levels);
}

/* `tỉnh` alone behind `UBND`: the row of the designator, or ML_NONE. */
static uint32_t lone_designator(const ml_finder *finder, uint32_t at, uint32_t levels, uint32_t *end)
{
    if (!ml_finder_goes_on(finder, at))
        return ML_NONE;
    const ml_match *match = ml_finder_longest(finder, at, ML_IN_DESIGNATORS);
    /* Behind a lone `TP` the point ends the sentence; the match of the organ stands in front of all of them. */
    while (match && match->begin == at && match->end - 1 > at && ml_token_is(finder->tokens, match->end - 1, '.'))
        match--;
    if (!match || ml_finder_pattern(finder, match)->list != ML_IN_DESIGNATORS || match->begin != at)
        return ML_NONE;
    uint32_t row = ml_finder_pattern(finder, match)->row;
    const ml_designator *designator = &finder->rules->designator[row];
    if (!designator->unit || !(designator->levels & levels))
        return ML_NONE;
    *end = match->end;
    return row;
}

/* Takes `inner` into the name of `mention`. */
static bool complete(ml_finder *finder, ml_mention *mention, const ml_mention *inner, bool of)
{
    uint32_t kept = ml_finder_keep_inner(finder, inner);
    if (kept == ML_NONE)
        return false;
    mention->inner = kept;
    mention->of = of;
    mention->of_begin = mention->end;
    mention->end = inner->end;
    return true;
}

/* What follows an organ: a locality, a body, or a designator alone, with or without `của`. */
static bool complete_organ(ml_finder *finder, const ml_organ *organ, int depth, ml_mention *mention)
{
    uint32_t plain = mention->end, behind = ml_finder_cue(finder, plain, ML_CUE_OF);
    ml_mention inner;
    for (int of = 0; of <= (behind > plain); of++) {
        uint32_t at = of ? behind : plain;
        if (completing_locality(finder, at, organ->levels, &inner))
            return complete(finder, mention, &inner, of);
        uint32_t end = at;
        uint32_t designator = of ? ML_NONE : lone_designator(finder, at, organ->levels, &end);
        if (designator != ML_NONE) {
            mention->designator = designator;
            mention->end = end;
            return true;
        }
        bool takes_body = organ->levels & 1u << ML_LEVEL_BODY;
        if (takes_body && ml_finder_goes_on(finder, at) && parse(finder, at, depth + 1, &inner) &&
            inner.type == ML_BODY)
            return complete(finder, mention, &inner, of);
    }
    return false;
}

static bool has_place_for(ml_str pattern, const char *word)
{
    size_t len = strlen(word);
    for (uint32_t i = 0; i + len <= pattern.len; i++) {
        if (memcmp(pattern.ptr + i, word, len) == 0)
            return true;
    }
    return false;
}

/* `đại biểu Nguyễn Văn A (đoàn Sóc Trăng)`. */
static bool behind_name(const ml_finder *finder, uint32_t at)
{
    if (!finder->count || finder->mention[finder->count - 1].type != ML_PERSON)
        return false;
    uint32_t end = finder->mention[finder->count - 1].end;
    return end + 1 == at && finder->tokens->token[end].kind == ML_MARK;
}

static bool parse_organ(ml_finder *finder, uint32_t at, const ml_match *match, int depth, ml_mention *out)
{
    const ml_pattern *pattern = ml_finder_pattern(finder, match);
    const ml_organ *organ = &finder->gazetteer->organ[pattern->row];
    ml_mention mention = blank(at, ML_FORM_ORGAN, pattern->row, match->end);
    mention.via = ML_VIA_ORGAN;
    if (has_place_for(organ->pattern, "{field}")) {
        const ml_match *field = ml_finder_longest(finder, mention.end, ML_IN_FIELDS);
        if (!field || !ml_finder_goes_on(finder, mention.end) || !any_capital(finder, at, field->end))
            return false;
        mention.field_begin = field->begin;
        mention.field_end = mention.end = field->end;
    }
    uint32_t kept = finder->inner_count;
    bool completed = complete_organ(finder, organ, depth, &mention);
    bool capital = any_capital(finder, at, match->end);
    if (organ->flags & ML_FLAG_CAPITAL_HEAD)
        capital = finder->tokens->token[at].capital;
    capital |= (organ->flags & ML_FLAG_BEHIND_NAME) && behind_name(finder, at);
    bool counts = completed ? capital || (organ->flags & ML_FLAG_LOWER) || depth > 0
                            : (capital || (depth > 0 && (organ->flags & ML_FLAG_LOWER))) &&
                                  ((organ->flags & ML_FLAG_BARE) || mention.field_end) && !pattern->risky;
    if (!counts) {
        finder->inner_count = kept;
        return false;
    }
    *out = mention;
    return true;
}

/* A few lower-case words that belong to the name, when a capital follows: `Bất động sản TP.HCM`. */
static uint32_t bridge(ml_finder *finder, uint32_t at)
{
    uint32_t end = at;
    for (int words = 0; words <= GAP_WORDS && ml_finder_goes_on(finder, end); words++, end++) {
        const ml_token *token = &finder->tokens->token[end];
        if (token->kind != ML_WORD || token->gap != ML_GAP_SPACE)
            return at;
        if (token->capital)
            return words ? end : at;
        if (ml_finder_cue(finder, end, ML_CUE_FUNCTION) > end || ml_finder_cue(finder, end, ML_CUE_JOIN) > end ||
            ml_finder_longest(finder, end, ML_IN_TITLES) || ml_finder_longest(finder, end, ML_IN_TRIGGERS) ||
            ml_finder_longest(finder, end, ML_IN_DESIGNATORS))
            return at;
    }
    return at;
}

/* Where a run of capitals may go on over `và`, `&` or a hyphen, or `at`. */
static uint32_t joined(const ml_finder *finder, uint32_t at)
{
    if (!ml_finder_goes_on(finder, at))
        return at;
    uint32_t end = ml_finder_cue(finder, at, ML_CUE_JOIN);
    if (end == at && (ml_token_is(finder->tokens, at, '-') || ml_token_is(finder->tokens, at, '&') ||
                      ml_token_is(finder->tokens, at, '.') || ml_token_is(finder->tokens, at, '\'')))
        end = at + 1;
    bool tight = end == at + 1 && finder->tokens->token[at].gap == ML_GAP_NONE;
    if (end == at || !ml_finder_goes_on(finder, end) || !ml_finder_capital(finder, end))
        return at;
    if (ml_token_is(finder->tokens, at, '.') && !tight)
        return at;
    /* A new name behind the joint ends this one. */
    if (!tight && (ml_finder_longest(finder, end, ML_IN_ORGANS) || ml_finder_longest(finder, end, ML_IN_BODIES) ||
                   ml_finder_longest(finder, end, ML_IN_LOCALITIES) || ml_finder_longest(finder, end, ML_IN_TITLES) ||
                   ml_finder_longest(finder, end, ML_IN_HEADS) || ml_finder_full_name(finder, end) > end))
        return at;
    return end;
}

/* A syllable that tables have in other words than names: not `Vamed`, `Reuters`. */
static bool is_common(const ml_finder *finder, uint32_t at)
{
    return finder->tokens->token[at].symbol && ml_finder_cue(finder, at, ML_CUE_GIVEN) == at &&
           !ml_finder_longest(finder, at, ML_IN_BODIES) && !ml_finder_longest(finder, at, ML_IN_LOCALITIES) &&
           !ml_finder_longest(finder, at, ML_IN_OFFICIALS);
}

/* `Ban Chấp hành`: a lone capitalised syllable of the language whose word goes on in lower case takes the next one in. */
static uint32_t word_goes_on(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    const ml_token *token = finder->tokens->token;
    bool lone = end - begin == 1 || (end - begin >= 2 && !token[end - 2].capital);
    if (!lone || token[end - 1].upper || !ml_finder_goes_on(finder, end) || !is_common(finder, end - 1))
        return end;
    bool word = token[end].kind == ML_WORD && !token[end].capital && token[end].gap == ML_GAP_SPACE;
    bool other = ml_finder_cue(finder, end, ML_CUE_FUNCTION) > end || ml_finder_cue(finder, end, ML_CUE_JOIN) > end ||
                 ml_finder_longest(finder, end, ML_IN_TRIGGERS) || ml_finder_longest(finder, end, ML_IN_TITLES) ||
                 ml_finder_longest(finder, end, ML_IN_DESIGNATORS);
    return word && !other ? end + 1 : end;
}

static bool stops_run(const ml_finder *finder, uint32_t begin, uint32_t at)
{
    if (at == begin)
        return false;
    if (ml_finder_opens_sentence(finder, at))
        return true;
    const ml_match *title = ml_finder_longest(finder, at, ML_IN_TITLES);
    if (title && title->end - at >= 2 && !finder->tokens->token[at].upper)
        return true;
    if (ml_finder_longest(finder, at, ML_IN_OFFICIALS))
        return true;
    return ml_finder_full_name(finder, at) > at;
}

/* A word or number that the run takes in, as far as a table or the language carries it: `Tài nguyên và Môi trường`. */
static uint32_t take_word(const ml_finder *finder, uint32_t at, uint32_t end)
{
    const ml_match *field = ml_finder_longest(finder, end, ML_IN_FIELDS);
    const ml_match *body = ml_finder_longest(finder, end, ML_IN_BODIES);
    uint32_t next = field ? field->end : end + 1;
    if (body && body->end > next)
        return body->end;
    return field ? next : word_goes_on(finder, at, next);
}

/* Where the run goes on over small words or a joint, or `end`. */
static uint32_t go_over(ml_finder *finder, uint32_t at, uint32_t end)
{
    /* `Tập đoàn BRG và Hilton Worldwide`: letters are a name by themselves. */
    bool letters = end == at + 1 && finder->tokens->token[at].upper && ml_finder_cue(finder, end, ML_CUE_JOIN) > end;
    uint32_t next = letters ? end : joined(finder, end);
    return next == end ? bridge(finder, end) : next;
}

uint32_t ml_parse_capitals(ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 14 };
    uint32_t end = at;
    while (end - at < LONGEST && ml_finder_goes_on(finder, end)) {
        const ml_token *token = &finder->tokens->token[end];
        ml_mention place;
        if (end > at && ml_finder_capital(finder, end) && ml_parse_designated(finder, end, &place) &&
            place.via == ML_VIA_TABLE)
            break;
        bool word =
            ml_finder_capital(finder, end) || (token->kind == ML_NUMBER && end > at && token->gap != ML_GAP_LINE);
        if (word && !stops_run(finder, at, end)) {
            end = take_word(finder, at, end);
            continue;
        }
        uint32_t next = end > at && !word ? go_over(finder, at, end) : end;
        if (next == end || stops_run(finder, at, next))
            break;
        end = next;
    }
    return end;
}

/* `"..."` directly behind the head: the end behind the closing mark, or `at`. */
static uint32_t quoted(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 12 };
    if (!ml_finder_goes_on(finder, at) || !ml_token_is(finder->tokens, at, '"'))
        return at;
    for (uint32_t end = at + 1; end - at < LONGEST && ml_finder_goes_on(finder, end); end++) {
        if (ml_token_is(finder->tokens, end, '"'))
            return end + 1;
    }
    return at;
}

/* The end of what names one thing of the head's kind, or `at`. */
static uint32_t tail_end(ml_finder *finder, const ml_head *head, uint32_t at)
{
    uint32_t end = at;
    if (head->tail & ML_TAIL_FIELD) {
        const ml_match *field = ml_finder_longest(finder, at, ML_IN_FIELDS);
        if (field && ml_finder_goes_on(finder, at) && any_capital(finder, field->begin, field->end))
            end = field->end;
    }
    if ((head->tail & ML_TAIL_NUMBER) && end == at && ml_finder_goes_on(finder, at)) {
        uint32_t number = ml_finder_cue(finder, at, ML_CUE_EVENT_NUMBER);
        if (ml_finder_goes_on(finder, number) && finder->tokens->token[number].kind == ML_NUMBER)
            end = number + 1;
    }
    if ((head->tail & ML_TAIL_CAPITALS) && ml_finder_goes_on(finder, at) && ml_finder_capital(finder, at)) {
        uint32_t run = ml_parse_capitals(finder, at);
        end = run > end ? run : end;
    }
    if ((head->tail & ML_TAIL_QUOTED) && end == at)
        end = quoted(finder, at);
    return end;
}

/* The locality or body behind the tail that the name ends in: `của tỉnh Nam Định`, `tỉnh Hà Tĩnh`, `Việt Nam`. */
static void complete_head(ml_finder *finder, int depth, ml_mention *mention)
{
    uint32_t plain = mention->end, behind = ml_finder_cue(finder, plain, ML_CUE_OF);
    ml_mention inner;
    uint32_t all = ~0u;
    if (completing_locality(finder, plain, all, &inner) && !inner.risky)
        complete(finder, mention, &inner, false);
    else if (behind > plain && completing_locality(finder, behind, all, &inner) && inner.designator != ML_NONE)
        complete(finder, mention, &inner, true);
    else if (ml_finder_goes_on(finder, plain) && parse(finder, plain, depth + 1, &inner) && inner.type == ML_BODY &&
             inner.form != ML_FORM_HEAD && inner.form != ML_FORM_WORDS)
        complete(finder, mention, &inner, false);
    else if (behind > plain && ml_finder_goes_on(finder, behind) && parse(finder, behind, depth + 1, &inner) &&
             inner.type == ML_BODY)
        complete(finder, mention, &inner, true);
}

/* `phòng Quản lý đô thị`: a field with its capital makes even a lower-case head of one syllable a name; not where several
 * are spoken of (`các sở Y tế, Nội vụ`). */
static bool field_of_one(const ml_finder *finder, uint32_t head, uint32_t at)
{
    const ml_match *field = ml_finder_longest(finder, at, ML_IN_FIELDS);
    return field && !ml_finder_longest(finder, head, ML_IN_BODIES) && ml_finder_goes_on(finder, at) &&
           finder->tokens->token[at].capital && !ml_finder_cue_before(finder, at - 1, ML_CUE_PLURAL) &&
           !ml_finder_cue_before(finder, head, ML_CUE_COMPOUND); /* `yêu cầu Công an` */
}

/* `Phòng Thương mại Hà Lan - Việt Nam`: a second place or body that a hyphen ties to the one the name ends in. */
static void take_partner(ml_finder *finder, int depth, ml_mention *mention)
{
    uint32_t at = mention->end;
    bool hyphen = ml_token_is(finder->tokens, at, '-') ||
                  (at < finder->tokens->count &&
                   ml_str_equal(ml_tokens_text(finder->tokens, at, at + 1), ML_STR("\xe2\x80\x93")));
    uint32_t kept = finder->inner_count;
    ml_mention partner;
    bool found =
        hyphen && ml_finder_goes_on(finder, at) && ml_finder_goes_on(finder, at + 1) &&
        ((ml_parse_locality(finder, at + 1, &partner) && !partner.risky) ||
         (parse(finder, at + 1, depth + 1, &partner) && partner.type == ML_BODY && partner.form == ML_FORM_FIXED));
    finder->inner_count = kept;
    if (!found || (mention->inner != ML_NONE && finder->inner[mention->inner].designator != ML_NONE))
        return;
    mention->end = mention->name_end = partner.end;
    mention->form = ML_FORM_WORDS;
    mention->row = ML_NONE;
    mention->inner = ML_NONE;
}

/* `Hội An-Quảng Nam`, `Trường Chinh`: a place or person of the tables, of which the head would be the first syllable. */
static bool begins_name(const ml_finder *finder, uint32_t at)
{
    const ml_match *person = ml_finder_longest(finder, at, ML_IN_OFFICIALS);
    if (person && person->end >= at + 2 &&
        !(ml_finder_goes_on(finder, person->end) && ml_finder_capital(finder, person->end)))
        return true;
    const ml_match *place = ml_finder_longest(finder, at, ML_IN_LOCALITIES);
    if (!place || place->end < at + 2 || ml_finder_pattern(finder, place)->risky)
        return false;
    bool longer = ml_finder_goes_on(finder, place->end) && ml_finder_capital(finder, place->end);
    ml_level level = finder->gazetteer->locality[ml_finder_pattern(finder, place)->row].level;
    return !longer && level != ML_LEVEL_COMMUNE;
}

/* `Thanh tra Phan Văn Sáu`: somebody's full name, not the body's. */
static bool names_person(const ml_finder *finder, uint32_t at)
{
    return ml_finder_goes_on(finder, at) &&
           (ml_finder_longest(finder, at, ML_IN_OFFICIALS) || ml_finder_full_name(finder, at) > at) &&
           !ml_finder_longest(finder, at, ML_IN_FIELDS) && !ml_finder_longest(finder, at, ML_IN_LOCALITIES);
}

/* `thành phố cổ Mosul`: the head's first word is the end of a designator. */
static bool inside_designator(const ml_finder *finder, uint32_t at)
{
    const ml_match *word =
        at && ml_finder_goes_on(finder, at) ? ml_finder_longest(finder, at - 1, ML_IN_DESIGNATORS) : NULL;
    return word && word->end > at;
}

/* `căn cứ không quân Shayrat`: a town or province of another country, of which papers have seldom more than one such site. */
static bool abroad(const ml_finder *finder, const ml_match *place)
{
    ml_level level = finder->gazetteer->locality[ml_finder_pattern(finder, place)->row].level;
    return level == ML_LEVEL_CITY || level == ML_LEVEL_FOREIGN_PROVINCE;
}

static bool parse_head(ml_finder *finder, uint32_t at, const ml_match *match, int depth, ml_mention *out)
{
    const ml_head *head = &finder->gazetteer->head[ml_finder_pattern(finder, match)->row];
    bool site = head->flags & ML_FLAG_SITE;
    /* A single lower-case syllable is too often part of a word: `cảnh báo Trung Quốc`. */
    bool small = !finder->tokens->token[at].capital;
    bool outside = head->flags & ML_FLAG_OUTSIDE || (small && head->flags & ML_FLAG_OUTSIDE_SMALL);
    bool wants_capital = (head->flags & ML_FLAG_CAPITAL_HEAD) || (match->end == at + 1 && !outside);
    if (wants_capital && !finder->tokens->token[at].capital && !field_of_one(finder, at, match->end))
        return false;
    if (head->flags & ML_FLAG_GROUP || (match->end == at + 1 && begins_name(finder, at)) ||
        (!(head->flags & ML_FLAG_NAMED_AFTER) && names_person(finder, match->end)))
        return false;
    uint32_t end = tail_end(finder, head, match->end);
    /* `tập đoàn Mỹ`: a small head and a place name none. */
    const ml_match *locality = small ? ml_finder_longest(finder, match->end, ML_IN_LOCALITIES) : NULL;
    if (locality && locality->end >= end && !(site && abroad(finder, locality) && !inside_designator(finder, at)))
        return false;
    ml_mention mention = blank(at, ML_FORM_HEAD, ml_finder_pattern(finder, match)->row, end);
    mention.via = ML_VIA_HEAD;
    mention.type = site ? ML_SITE : ML_BODY;
    if (end == match->end) {
        ml_mention place;
        /* `Hội Nông dân tỉnh X` has a tail; `Bệnh viện tỉnh Y` is named by the locality alone. */
        if (!finder->tokens->token[at].capital || !ml_finder_goes_on(finder, end) ||
            !ml_parse_designated(finder, end, &place))
            return false;
        complete(finder, &mention, &place, false);
    } else if (!site) {
        complete_head(finder, depth, &mention);
    }
    /* `trụ sở UBND tỉnh`: the body within a place's name is taken in whole. */
    ml_mention owner;
    uint32_t kept = finder->inner_count;
    if (site && ml_finder_goes_on(finder, match->end) && parse(finder, match->end, depth + 1, &owner) &&
        owner.end > mention.end)
        mention.end = mention.name_end = owner.end;
    if (site)
        finder->inner_count = kept;
    if (outside) {
        const ml_match *fixed = ml_finder_longest(finder, match->end, ML_IN_BODIES);
        if (fixed && fixed->end >= mention.end)
            return false; /* the table's row begins behind the head */
        mention.begin = mention.name_begin = match->end;
    }
    *out = mention;
    return true;
}

static bool parse_fixed(ml_finder *finder, uint32_t at, const ml_match *match, ml_mention *out)
{
    const ml_pattern *pattern = ml_finder_pattern(finder, match);
    const ml_body *row = &finder->gazetteer->body[pattern->row];
    /* In lower case at its beginning a body's name counts behind a title (`Trưởng ban Tuyên giáo`), or when it is long. */
    bool lower_first = (pattern->capitals & 1) && !finder->tokens->token[at].capital;
    bool titled = finder->title_count && finder->title[finder->title_count - 1].end > at;
    if (lower_first && !titled && (match->end - at < 4 || pattern->risky))
        return false;
    /* `FLC Faros` is not FLC: a word no table knows goes on in the name. */
    bool letters = match->end == at + 1 && finder->tokens->token[at].upper;
    if (letters && ml_finder_goes_on(finder, match->end) && ml_finder_capital(finder, match->end) &&
        !finder->tokens->token[match->end].symbol && finder->tokens->token[match->end].gap == ML_GAP_SPACE)
        return false;
    ml_mention mention = blank(at, ML_FORM_FIXED, pattern->row, match->end);
    mention.via = ML_VIA_TABLE;
    mention.type = row->flags & ML_FLAG_SITE ? ML_SITE : ML_BODY;
    mention.risky = pattern->risky;
    *out = mention;
    return true;
}

/* The fixed body of the longest name here; among rows of the same name the one of the article's time. */
static const ml_match *longest_fixed(const ml_finder *finder, uint32_t at)
{
    const ml_match *best = NULL;
    if (!ml_finder_longest(finder, at, ML_IN_BODIES))
        return NULL;
    for (uint32_t i = finder->matches->first[at + 1]; i-- > finder->matches->first[at];) {
        const ml_match *match = &finder->matches->match[i];
        const ml_pattern *pattern = ml_finder_pattern(finder, match);
        if (pattern->list != ML_IN_BODIES)
            continue;
        if (best && match->end < best->end)
            break;
        const ml_body *row = &finder->gazetteer->body[pattern->row];
        bool now = ml_date_within(finder->date, row->since, row->until);
        if (!best || (now && !pattern->risky))
            best = match;
    }
    return best;
}

/* Of equally long readings the one that reads a designator knows more: `Công an` + `huyện X` rather than `Công an huyện` + `X`. */
static void keep_longer(const ml_finder *finder, const ml_mention *candidate, ml_mention *best, bool *found)
{
    bool designated = *found && candidate->end == best->end && candidate->form == ML_FORM_ORGAN &&
                      best->form == ML_FORM_ORGAN && candidate->inner != ML_NONE &&
                      finder->inner[candidate->inner].designator != ML_NONE;
    if (!*found || candidate->end > best->end || designated) {
        *best = *candidate;
        *found = true;
    }
}

/* `báo Thanh Niên`: before a body of its kind a small head of one syllable belongs to the name. */
static bool parse_small_head(ml_finder *finder, uint32_t at, ml_mention *out)
{
    const ml_match *match = ml_finder_longest(finder, at, ML_IN_HEADS);
    if (!match || match->end != at + 1 || finder->tokens->token[at].capital || !ml_finder_goes_on(finder, at + 1) ||
        !ml_finder_capital(finder, at + 1) || ml_finder_cue(finder, at, ML_CUE_WORD) > at)
        return false;
    const ml_head *head = &finder->gazetteer->head[ml_finder_pattern(finder, match)->row];
    const ml_match *fixed = longest_fixed(finder, at + 1);
    if (!fixed || head->flags & (ML_FLAG_OUTSIDE | ML_FLAG_OUTSIDE_SMALL | ML_FLAG_SITE) ||
        !ml_str_equal(finder->gazetteer->body[ml_finder_pattern(finder, fixed)->row].kind, head->kind) ||
        !parse_fixed(finder, at + 1, fixed, out))
        return false;
    out->begin = out->name_begin = at;
    out->risky = false;
    return true;
}

static bool parse(ml_finder *finder, uint32_t at, int depth, ml_mention *out)
{
    enum { KINDS = 1 << ML_IN_BODIES | 1 << ML_IN_ORGANS | 1 << ML_IN_HEADS };
    if (at >= finder->tokens->count || depth > DEPTH || !(finder->matches->lists[at] & KINDS))
        return false;
    bool found = parse_small_head(finder, at, out);
    uint32_t known = at; /* the end of the words that a table knows as an organ */
    ml_mention candidate;
    const ml_match *fixed = longest_fixed(finder, at);
    if (fixed && parse_fixed(finder, at, fixed, &candidate))
        keep_longer(finder, &candidate, out, &found);
    const ml_match *first = finder->matches->match + finder->matches->first[at];
    const ml_match *end = finder->matches->match + finder->matches->first[at + 1];
    for (const ml_match *match = end; match-- > first;) {
        if (ml_finder_pattern(finder, match)->list == ML_IN_ORGANS &&
            parse_organ(finder, at, match, depth, &candidate)) {
            keep_longer(finder, &candidate, out, &found);
            known = match->end > known ? match->end : known;
        }
    }
    /* What a table knows as an organ is not grown from a shorter head: `Ban Thường vụ Tỉnh ủy giao UBND`. */
    for (const ml_match *match = end; match-- > first;) {
        if (ml_finder_pattern(finder, match)->list == ML_IN_HEADS && match->end > known &&
            parse_head(finder, at, match, depth, &candidate))
            keep_longer(finder, &candidate, out, &found);
    }
    if (found && out->type == ML_BODY && out->inner != ML_NONE)
        take_partner(finder, depth, out);
    return found;
}

bool ml_parse_body(ml_finder *finder, uint32_t at, ml_mention *out)
{
    return parse(finder, at, 0, out);
}
