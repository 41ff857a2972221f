#include "mention/mention.h"

#include "mention/learned.h"

static const char *const via_names[ML_VIAS] = {
    "mention.table",  "mention.designator", "mention.organ", "mention.head",         "mention.title",
    "mention.family", "mention.caption",    "mention.event", "mention.abbreviation", "mention.model",
};

ml_str ml_via_name(ml_via via)
{
    return ml_str_from(via_names[via]);
}

/* The longest title here, but `ông` + `chủ trì` and not `ông chủ`: a verb takes its own syllable. */
static const ml_match *longest_title(const ml_finder *finder, uint32_t at)
{
    const ml_match *match = ml_finder_longest(finder, at, ML_IN_TITLES);
    const ml_match *verb =
        match && match->end > at + 1 ? ml_finder_longest(finder, match->end - 1, ML_IN_TRIGGERS) : NULL;
    if (!verb || verb->end <= match->end)
        return match;
    const ml_match *first = finder->matches->match + finder->matches->first[at];
    for (const ml_match *shorter = match; shorter-- > first;) {
        if (shorter->end < match->end && ml_finder_pattern(finder, shorter)->list == ML_IN_TITLES)
            return shorter;
    }
    return match;
}

/* The title that begins here with the modifiers before it; false where none does. */
static bool find_title(const ml_finder *finder, uint32_t at, ml_title_span *out)
{
    uint32_t begin = at;
    const ml_match *match = longest_title(finder, at);
    for (int modifiers = 0; match && modifiers < 3; modifiers++) {
        const ml_title *row = &finder->gazetteer->title[ml_finder_pattern(finder, match)->row];
        const ml_match *next =
            ml_finder_goes_on(finder, match->end) ? ml_finder_longest(finder, match->end, ML_IN_TITLES) : NULL;
        bool leads = next && finder->gazetteer->title[ml_finder_pattern(finder, next)->row].kind == ML_TITLE_POST;
        if (row->kind != ML_TITLE_MODIFIER || !leads || (row->flags & ML_FLAG_SUFFIX))
            break;
        if (row->flags & ML_FLAG_LINK)
            begin = match->end; /* `kiêm` is no part of the title */
        match = next;
    }
    /* `chính quyền Tổng thống X`: the syllable belongs to the word before. */
    if (!match || (!finder->tokens->token[begin].capital && ml_finder_cue_before(finder, begin, ML_CUE_COMPOUND)))
        return false;
    uint32_t row = ml_finder_pattern(finder, match)->row;
    const ml_title *title = &finder->gazetteer->title[row];
    if (title->kind == ML_TITLE_MODIFIER)
        return false;
    uint32_t end = match->end;
    /* `Ủy viên thường trực`: modifiers may follow as well. */
    const ml_match *behind = ml_finder_goes_on(finder, end) ? ml_finder_longest(finder, end, ML_IN_TITLES) : NULL;
    if (title->kind == ML_TITLE_POST && behind) {
        const ml_title *suffix = &finder->gazetteer->title[ml_finder_pattern(finder, behind)->row];
        if (suffix->kind == ML_TITLE_MODIFIER && (suffix->flags & ML_FLAG_SUFFIX))
            end = behind->end;
    }
    *out = (ml_title_span){begin, end, row, title->kind, ml_finder_cue_before(finder, begin, ML_CUE_PLURAL)};
    return true;
}

static void keep_better(const ml_mention *candidate, ml_mention *best, bool *found)
{
    /* Of equally long readings one grown from a head is the weakest: `Hồ Quốc Dũng` is no lake. */
    bool weaker = *found && best->form == ML_FORM_HEAD && (best->type == ML_SITE || candidate->via == ML_VIA_TABLE);
    if (!*found || candidate->end > best->end || (weaker && candidate->end == best->end)) {
        *best = *candidate;
        *found = true;
    }
}

/* `Thủ tướng Anh`: behind a post what might be a form of address is the country. */
static bool post_before(const ml_finder *finder, uint32_t at)
{
    if (!finder->title_count || !ml_finder_capital(finder, at))
        return false;
    const ml_title_span *last = &finder->title[finder->title_count - 1];
    return last->end == at && last->kind == ML_TITLE_POST;
}

/* The longest of what begins here; of equals the first in the order below. */
static bool find_mention(ml_finder *finder, uint32_t at, ml_mention *out)
{
    static bool (*const parsers[])(ml_finder *, uint32_t, ml_mention *) = {
        ml_parse_event,
        ml_parse_body,
        ml_parse_person,
        ml_parse_locality,
    };
    bool found = false;
    /* `Chủ tịch Diễn đàn Kinh tế Thế giới`: behind a post stands a body, no event. */
    ml_mention body;
    uint32_t kept = finder->inner_count;
    bool of_post = post_before(finder, at) && ml_parse_body(finder, at, &body);
    finder->inner_count = kept;
    for (size_t i = of_post; i < sizeof parsers / sizeof *parsers; i++) {
        ml_mention candidate;
        if (parsers[i](finder, at, &candidate))
            keep_better(&candidate, out, &found);
    }
    return found;
}

/* The end of the body or organ, complete or not, that begins at `at`; or `at`. */
static uint32_t member_end(ml_finder *finder, uint32_t at)
{
    uint32_t end = at, kept = finder->inner_count;
    ml_mention body;
    const ml_match *organ = ml_finder_longest(finder, at, ML_IN_ORGANS);
    if (organ)
        end = organ->end;
    if (ml_parse_body(finder, at, &body) && body.end > end)
        end = body.end;
    finder->inner_count = kept;
    return end;
}

/* A group such as `Thường trực HĐND, UBND thành phố` names no single body: the tokens up to its end are passed over. */
static uint32_t group_end(ml_finder *finder, uint32_t at)
{
    const ml_match *match = ml_finder_longest(finder, at, ML_IN_ORGANS);
    if (!match || !(finder->gazetteer->organ[ml_finder_pattern(finder, match)->row].flags & ML_FLAG_GROUP))
        return at;
    uint32_t end = match->end;
    for (uint32_t next = end; ml_finder_goes_on(finder, next);) {
        uint32_t behind = member_end(finder, next);
        if (behind == next)
            break;
        end = behind;
        next = ml_token_is(finder->tokens, end, ',') ? end + 1 : end;
        if (next == end)
            break;
    }
    /* `Thường trực Ban Bí thư Đinh Thế Huynh`: one person's post. */
    bool named = ml_finder_longest(finder, end, ML_IN_OFFICIALS) || ml_finder_full_name(finder, end) > end;
    return named && ml_finder_goes_on(finder, end) ? at : end;
}

/* `54-NQ/TƯ`: letters tied to a number by marks are a document's code. */
static bool in_code(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 8 };
    const ml_token *token = finder->tokens->token;
    for (uint32_t back = 0; back < LONGEST && at > 0 && token[at].gap == ML_GAP_NONE; back++) {
        at--;
        if (token[at].kind == ML_NUMBER)
            return back > 0;
        if (!token[at].upper && token[at].kind == ML_WORD)
            return false;
    }
    return false;
}

/* `Hiệp định Thương mại Tự do Việt Nam - EU`: the end of a law's or treaty's name that begins behind its noun. */
static uint32_t law_end(ml_finder *finder, uint32_t at)
{
    uint32_t end = ml_parse_capitals(finder, at);
    while (ml_token_is(finder->tokens, end, '-') && ml_finder_goes_on(finder, end + 1) &&
           ml_finder_capital(finder, end + 1))
        end = ml_parse_capitals(finder, end + 1);
    return end;
}

/* A quotation behind `về`, `chủ đề` and the like is a title: its end, or `at`. */
static uint32_t quotation_end(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 60 };
    const ml_tokens *tokens = finder->tokens;
    ml_str mark = ml_tokens_text(tokens, at, at + 1);
    bool curly = ml_str_equal(mark, ML_STR("\xe2\x80\x9c"));
    if ((!curly && !ml_token_is(tokens, at, '"')) || !ml_finder_cue_before(finder, at, ML_CUE_QUOTE))
        return at;
    for (uint32_t end = at + 1; end < tokens->count && end - at < LONGEST && ml_finder_goes_on(finder, end); end++) {
        mark = ml_tokens_text(tokens, end, end + 1);
        if (curly ? ml_str_equal(mark, ML_STR("\xe2\x80\x9d")) : ml_token_is(tokens, end, '"'))
            return end;
    }
    return at;
}

/* `Trưởng đoàn đại biểu Quốc hội ...`, `Tổng Thanh tra Chính phủ`: the body whose name begins within the title's words. */
static bool body_inside(ml_finder *finder, const ml_title_span *title, ml_mention *out)
{
    uint32_t kept = finder->inner_count;
    for (uint32_t at = title->begin + 1; at < title->end; at++) {
        if (ml_parse_body(finder, at, out) && out->end > title->end)
            return true;
        finder->inner_count = kept;
    }
    return false;
}

/* `các Bộ: Quốc phòng, Công Thương và Tài chính`: each field stands for its ministry. Adds them; the end, or `at`. */
static uint32_t find_ministries(ml_finder *finder, uint32_t at)
{
    const ml_match *word = ml_finder_longest(finder, at, ML_IN_ORGANS);
    if (!word || !(finder->gazetteer->organ[ml_finder_pattern(finder, word)->row].levels & 1u << ML_LEVEL_COUNTRY) ||
        word->end != at + 1 || !ml_finder_cue_before(finder, at, ML_CUE_PLURAL))
        return at;
    uint32_t next = ml_token_is(finder->tokens, word->end, ':') ? word->end + 1 : word->end, end = at;
    for (;;) {
        const ml_match *field = ml_finder_longest(finder, next, ML_IN_FIELDS);
        if (!field || !ml_finder_goes_on(finder, next) || !ml_finder_capital(finder, next))
            return end;
        ml_str ministry = finder->gazetteer->field[ml_finder_pattern(finder, field)->row].ministry;
        uint32_t row = ml_gazetteer_find_body(finder->gazetteer, ministry);
        if (row == ML_NO_ROW)
            return end;
        finder->mention[finder->count++] = (ml_mention){.begin = next,
                                                        .end = field->end,
                                                        .name_begin = next,
                                                        .name_end = field->end,
                                                        .type = ML_BODY,
                                                        .form = ML_FORM_FIXED,
                                                        .via = ML_VIA_TABLE,
                                                        .row = row,
                                                        .designator = ML_NONE,
                                                        .inner = ML_NONE,
                                                        .same_as = ML_NONE};
        end = field->end;
        uint32_t joined = ml_finder_cue(finder, end, ML_CUE_JOIN);
        next = joined > end ? joined : ml_token_is(finder->tokens, end, ',') ? end + 1 : end;
        if (next == end)
            return end;
    }
}

/* Marks, codes, quoted titles, laws, groups, and ministries named by their fields: the token to go on from, or `at` where none
 * of these begins. */
static uint32_t pass_over(ml_finder *finder, uint32_t at)
{
    if (finder->tokens->token[at].kind == ML_MARK || in_code(finder, at))
        return quotation_end(finder, at) + 1;
    uint32_t law = ml_finder_cue(finder, at, ML_CUE_LAW);
    if (law > at && finder->tokens->token[at].capital && ml_finder_capital(finder, law))
        return law_end(finder, law);
    uint32_t ministries = find_ministries(finder, at);
    return ministries > at ? ministries : group_end(finder, at);
}

/* `hai Quốc hội`, `Bộ Y tế hai nước`: bodies of a kind, none by name. */
static bool is_several(const ml_finder *finder, const ml_mention *mention)
{
    if (mention->type != ML_BODY || mention->form == ML_FORM_HEAD || mention->form == ML_FORM_WORDS ||
        mention->inner != ML_NONE)
        return false;
    bool counted = mention->end - mention->begin <= 2 && ml_finder_cue_before(finder, mention->begin, ML_CUE_PLURAL);
    return counted || ml_finder_cue(finder, mention->end, ML_CUE_PAIR) > mention->end;
}

/* Takes the title and the body whose name may begin within it; returns the token to go on from. */
static uint32_t take_title(ml_finder *finder, const ml_title_span *title)
{
    ml_mention body;
    finder->title[finder->title_count++] = *title;
    if (!(finder->gazetteer->title[title->row].flags & ML_FLAG_INSIDE_BODY) || !body_inside(finder, title, &body))
        return title->end;
    finder->mention[finder->count++] = body;
    return body.end;
}

/* `nghị sĩ Anh`, `thăm Anh`: with a capital within a sentence and no name behind it no form of address. */
static bool no_address(const ml_finder *finder, uint32_t at, uint32_t end)
{
    return ml_finder_capital(finder, at) && ml_finder_goes_on(finder, at) &&
           finder->tokens->token[at - 1].kind == ML_WORD &&
           !(ml_finder_goes_on(finder, end) && ml_finder_capital(finder, end));
}

/* Takes the longest name or title at `at`; returns the token to go on from. */
static uint32_t take(ml_finder *finder, uint32_t at)
{
    ml_mention mention;
    ml_title_span title;
    uint32_t kept = finder->inner_count;
    bool titled = find_title(finder, at, &title);
    bool named = find_mention(finder, at, &mention);
    /* `Ông Nguyễn Văn A`: a form of address that is also a family name. */
    bool address = titled && named && mention.type == ML_PERSON && mention.via != ML_VIA_TABLE;
    if (address || (named && is_several(finder, &mention)))
        named = false;
    if (!named || mention.inner == ML_NONE)
        finder->inner_count = kept; /* what was kept for readings that lost */
    bool country = named && titled && mention.type == ML_LOCALITY && mention.end == title.end &&
                   (post_before(finder, at) || no_address(finder, at, title.end));
    if (named && (!titled || mention.end > title.end || country)) {
        finder->mention[finder->count++] = mention;
        return mention.end;
    }
    return titled ? take_title(finder, &title) : at + 1;
}

/* Can nothing be passed over or taken at `at`: a small word apart from the one before, with which no name of a table begins? Most
 * words are so. */
static bool is_idle(const ml_finder *finder, uint32_t at)
{
    enum {
        NAMING = 1 << ML_IN_LOCALITIES | 1 << ML_IN_BODIES | 1 << ML_IN_ORGANS | 1 << ML_IN_HEADS | 1 << ML_IN_TITLES |
                 1 << ML_IN_DESIGNATORS | 1 << ML_IN_EVENTS,
    };
    const ml_token *token = &finder->tokens->token[at];
    return !token->capital && token->kind != ML_MARK && token->gap != ML_GAP_NONE &&
           !(finder->matches->lists[at] & NAMING) && ml_finder_cue(finder, at, ML_CUE_NAME_PARTICLE) == at;
}

/* Goes through the tokens once; at each takes the longest name or title and moves behind it. */
static void find_all(ml_finder *finder)
{
    for (uint32_t at = 0; at < finder->tokens->count;) {
        if (is_idle(finder, at)) {
            at++;
            continue;
        }
        uint32_t next = pass_over(finder, at);
        bool passed = next > at + 1 || (next > at && finder->tokens->token[at].kind != ML_MARK);
        for (uint32_t i = at; passed && i < next && i < finder->tokens->count; i++)
            finder->passed[i] = true;
        at = next > at ? next : take(finder, at);
    }
}

/* All that the rules find. */
static ml_status find_by_rules(ml_finder *finder, ml_arena *arena, ml_error *error)
{
    uint32_t count = finder->tokens->count;
    finder->inner_cap = count * 2 + 16;
    finder->mention = ml_arena_room(arena, (size_t)count + 1, sizeof *finder->mention);
    finder->inner = ml_arena_room(arena, finder->inner_cap, sizeof *finder->inner);
    finder->title = ml_arena_room(arena, (size_t)count + 1, sizeof *finder->title);
    finder->passed = ml_arena_array(arena, (size_t)count + 1, sizeof *finder->passed);
    if (!finder->mention || !finder->inner || !finder->title || !finder->passed)
        return ml_fail_memory(error);
    find_all(finder);
    ml_mention *kept = ml_arena_room(arena, (size_t)count + 1, sizeof *kept);
    ml_mention *merged = ml_arena_room(arena, (size_t)count + 1, sizeof *merged);
    finder->dropped = ml_arena_room(arena, (size_t)finder->count + 1, sizeof *finder->dropped);
    if (!kept || !merged || !finder->dropped || !ml_drop_unsupported(finder, kept, arena))
        return ml_fail_memory(error);
    ml_find_short_forms(finder, merged);
    return ML_OK;
}

static ml_mentions product(const ml_finder *finder)
{
    return (ml_mentions){finder->mention, finder->inner,       finder->title,
                         finder->count,   finder->inner_count, finder->title_count};
}

ml_status ml_mentions_find(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                           const ml_matches *matches, ml_date date, ml_arena *arena, ml_mentions *out, ml_error *error)
{
    ml_finder finder = {.gazetteer = gazetteer, .rules = rules, .tokens = tokens, .matches = matches, .date = date};
    ML_TRY(find_by_rules(&finder, arena, error));
    if (rules->model)
        ML_TRY(ml_find_learned(&finder, arena, error));
    *out = product(&finder);
    return ML_OK;
}

ml_status ml_mentions_candidates(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                                 const ml_matches *matches, ml_date date, ml_arena *arena, ml_mentions *out,
                                 ml_candidates *candidates, ml_error *error)
{
    ml_finder finder = {.gazetteer = gazetteer, .rules = rules, .tokens = tokens, .matches = matches, .date = date};
    ml_reading reading;
    ML_TRY(find_by_rules(&finder, arena, error));
    if (!ml_reading_init(&reading, &finder, arena))
        return ml_fail_memory(error);
    ML_TRY(ml_find_candidates(&reading, true, candidates, error));
    *out = product(&finder);
    return ML_OK;
}
