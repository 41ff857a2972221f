#include "mention/finder.h"

/* `lần thứ 11`, `năm 2017`, `thứ 3`: the end of the numbers that belong to an event's name. */
static uint32_t numbers_end(const ml_finder *finder, uint32_t at)
{
    uint32_t end = at;
    while (ml_finder_goes_on(finder, end)) {
        uint32_t word = ml_finder_cue(finder, end, ML_CUE_EVENT_NUMBER);
        if (!ml_finder_goes_on(finder, word))
            break;
        const ml_token *token = &finder->tokens->token[word];
        bool roman = token->kind == ML_WORD && (token->upper || (token->capital && token->end - token->begin == 1));
        bool ordinal = word - end >= 2 && token->kind == ML_WORD; /* `lần thứ nhất` */
        if (token->kind != ML_NUMBER && !(roman && word > end) && !ordinal)
            break;
        end = word + 1;
    }
    return end;
}

/* `Hội nghị đối thoại với công nhân ... năm 2017`: the end of the year or number that closes a long name, or `at`. */
static uint32_t closing_number(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 20 };
    for (uint32_t end = at; end - at < LONGEST && ml_finder_goes_on(finder, end); end++) {
        const ml_token *token = &finder->tokens->token[end];
        bool hyphen = token->kind == ML_MARK && token->end - token->begin == 1 && ml_token_is(finder->tokens, end, '-');
        if ((token->kind == ML_MARK && !hyphen) || ml_finder_cue(finder, end, ML_CUE_EVENT_END) > end)
            return at;
        bool worded = ml_finder_cue(finder, end, ML_CUE_EVENT_NUMBER) > end;
        uint32_t numbered = worded ? numbers_end(finder, end) : end;
        if (numbered > end && end > at)
            return numbered;
    }
    return at;
}

/* The end of a country's name that begins at `at`, or `at`. */
static uint32_t country_end(const ml_finder *finder, uint32_t at)
{
    const ml_match *match = ml_finder_goes_on(finder, at) ? ml_finder_longest(finder, at, ML_IN_LOCALITIES) : NULL;
    bool country =
        match && finder->gazetteer->locality[ml_finder_pattern(finder, match)->row].level == ML_LEVEL_COUNTRY;
    return country ? match->end : at;
}

static bool is_dash(const ml_finder *finder, uint32_t at)
{
    return ml_finder_goes_on(finder, at) &&
           (ml_token_is(finder->tokens, at, '-') ||
            ml_str_equal(ml_tokens_text(finder->tokens, at, at + 1), ML_STR("\xe2\x80\x93")));
}

/* `Diễn đàn doanh nghiệp Việt - Séc`: the end of the countries, joined by dashes, that close a name, or `at`. */
static uint32_t closing_countries(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 8 };
    for (uint32_t end = at; end - at < LONGEST && ml_finder_goes_on(finder, end); end++) {
        uint32_t behind = country_end(finder, end), joined = 0;
        while (behind > end && is_dash(finder, behind) && country_end(finder, behind + 1) > behind + 1) {
            behind = country_end(finder, behind + 1);
            joined++;
        }
        if (joined)
            return behind;
        bool hyphen = is_dash(finder, end);
        if ((finder->tokens->token[end].kind == ML_MARK && !hyphen) ||
            ml_finder_cue(finder, end, ML_CUE_EVENT_END) > end)
            return at;
    }
    return at;
}

static ml_mention event(uint32_t begin, uint32_t end, uint32_t name, uint32_t row)
{
    return (ml_mention){.begin = begin,
                        .end = end,
                        .name_begin = name,
                        .name_end = end,
                        .type = ML_EVENT,
                        .via = ML_VIA_EVENT,
                        .row = row,
                        .designator = ML_NONE,
                        .inner = ML_NONE,
                        .same_as = ML_NONE};
}

/* `tại diễn đàn` behind `Diễn đàn Kinh tế thế giới`: the noun alone, where one may be, speaks of the event again. */
static bool taken_up(const ml_finder *finder, uint32_t at, uint32_t row)
{
    enum { LOOK = 128 };
    if (!ml_finder_cue_before(finder, at, ML_CUE_ON))
        return false;
    for (uint32_t i = finder->count; i-- > 0 && finder->count - i <= LOOK;) {
        if (finder->mention[i].type == ML_EVENT && finder->mention[i].row == row)
            return true;
    }
    return false;
}

bool ml_parse_event(ml_finder *finder, uint32_t at, ml_mention *out)
{
    const ml_match *match = ml_finder_longest(finder, at, ML_IN_EVENTS);
    if (!match || ml_finder_cue_before(finder, at, ML_CUE_PLURAL))
        return false;
    /* `mùa lễ hội diễn ra`: a verb takes the syllable. */
    if (match->end > at + 1 && ml_finder_cue(finder, match->end - 1, ML_CUE_EVENT_END) > match->end)
        return false;
    uint32_t row = ml_finder_pattern(finder, match)->row;
    const ml_event_head *head = &finder->rules->event[row];
    bool capital = finder->tokens->token[at].capital;
    uint32_t end = numbers_end(finder, match->end);
    /* `chuyến thăm Nhật Bản`: whom a visit goes to stands for itself. */
    bool named = !head->plain && end == match->end && ml_finder_goes_on(finder, end) &&
                 ml_finder_capital(finder, end) && !ml_finder_opens_sentence(finder, end);
    if (named) {
        uint32_t run = ml_parse_capitals(finder, end);
        ml_mention body;
        bool is_body = ml_parse_body(finder, end, &body);
        uint32_t numbered = numbers_end(finder, run);
        /* `kỳ họp Quốc hội` speaks of the body; `Hội nghị APEC ...`, `hội nghị Ban Thường vụ lần thứ 18` names the event. */
        bool international = is_body && body.form == ML_FORM_FIXED &&
                             ml_str_equal(finder->gazetteer->body[body.row].kind, ML_STR("international"));
        if (numbered > run || !is_body || capital || international)
            end = numbered > run ? numbered : run;
        if (is_body && !capital && numbers_end(finder, body.end) > body.end)
            end = numbers_end(finder, body.end);
    }
    uint32_t countries = head->plain ? end : closing_countries(finder, match->end);
    if (countries > end) {
        end = numbers_end(finder, countries);
        /* `Năm Đoàn kết hữu nghị Việt Nam - Lào 2017` */
        end += ml_finder_goes_on(finder, end) && finder->tokens->token[end].kind == ML_NUMBER;
    }
    /* `chương trình ... năm 2016`: a noun that names events only now and then wants a capital for a long name. */
    bool may_close = end == match->end ? !head->proper || capital : capital;
    uint32_t closing = may_close && !head->plain ? closing_number(finder, end) : end;
    end = closing > end ? closing : end;
    /* `Ngày 29/6` is a date. */
    bool numbered = match->end < finder->tokens->count && finder->tokens->token[match->end].kind == ML_NUMBER;
    /* `tham dự Diễn đàn Kinh tế Thế giới`: the event that the body is named after. */
    const ml_match *fixed = ml_finder_longest(finder, at, ML_IN_BODIES);
    if (fixed && fixed->end > end && ml_finder_cue_before(finder, at, ML_CUE_ON))
        end = fixed->end;
    if (head->alone && !ml_finder_cue_before(finder, at, ML_CUE_ON))
        return false;
    if (head->proper && end == match->end && match->end > at + 1 && taken_up(finder, at, row)) {
        *out = event(at, end, match->end, row);
        return true;
    }
    if (head->proper && (end == match->end || (match->end == at + 1 && (!capital || numbered))))
        return false;
    *out = event(at, end, match->end, row);
    return true;
}
