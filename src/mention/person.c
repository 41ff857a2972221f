#include "mention/finder.h"

enum { LONGEST_NAME = 6 };

/* `Benedict XVI`, `Theodore Osius III`. */
static bool is_ordinal(const ml_finder *finder, uint32_t at)
{
    ml_str word = ml_tokens_text(finder->tokens, at, at + 1);
    for (uint32_t i = 0; i < word.len; i++) {
        if (word.ptr[i] != 'I' && word.ptr[i] != 'V' && word.ptr[i] != 'X')
            return false;
    }
    return true;
}

/* Does something that is no part of a personal name begin here? */
static bool other_begins(ml_finder *finder, uint32_t at)
{
    const ml_match *title = ml_finder_longest(finder, at, ML_IN_TITLES);
    if (title &&
        (title->end - at >= 2 || finder->gazetteer->title[ml_finder_pattern(finder, title)->row].kind == ML_TITLE_POST))
        return true;
    ml_mention body;
    uint32_t kept = finder->inner_count;
    bool found = ml_parse_body(finder, at, &body);
    finder->inner_count = kept;
    /* `Vũ Đình Khải`: a head of one syllable, such as the temple's, is rather a part of the name. */
    bool head = found && body.form == ML_FORM_HEAD && finder->tokens->token[at + 1].capital;
    return found && body.end - at >= 2 && body.type == ML_BODY && !head;
}

/* `Ảnh: T.PHAN Thu hồi ...`: behind a name in capitals a word that goes on small begins a sentence. */
static bool case_changes(const ml_finder *finder, uint32_t at, uint32_t end)
{
    const ml_token *token = finder->tokens->token;
    return token[end - 1].upper && ml_finder_syllable(finder, end - 1).known && ml_finder_capital(finder, end) &&
           !token[end].upper && end - at >= 2 && !ml_finder_initial(finder, end);
}

/* The end of the capitalised run that may be one name. */
static uint32_t run_end(ml_finder *finder, uint32_t at)
{
    uint32_t end = at + 1;
    for (int parts = 1; parts < LONGEST_NAME; parts++) {
        uint32_t next = ml_finder_next_part(finder, end);
        /* `... Thu Giang Sáng 3/7, ...`: the next sentence begins, unless the word is also a given name. */
        bool given = parts == 2 && ml_finder_goes_on(finder, end) && ml_finder_syllable(finder, end).given >= 5 &&
                     !(ml_finder_goes_on(finder, end + 1) && finder->tokens->token[end + 1].kind == ML_NUMBER);
        uint32_t opener = ml_finder_cue(finder, end, ML_CUE_OPENER);
        bool may_end = parts >= 2 || finder->tokens->token[at].upper || !finder->tokens->token[at].symbol ||
                       ml_finder_initial(finder, at);
        bool opens = may_end && opener > end && !(given && opener == end + 1);
        bool letters = ml_finder_goes_on(finder, end) && finder->tokens->token[end].upper &&
                       !finder->tokens->token[at].upper && !is_ordinal(finder, end);
        if (next == end || opens || letters || case_changes(finder, at, end) || other_begins(finder, end))
            break;
        end = next;
    }
    return end;
}

static bool is_vietnamese(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        bool marked = i - begin <= 2 && ml_finder_marked_name(finder, begin);
        if (finder->tokens->token[i].kind != ML_WORD || !(ml_finder_syllable(finder, i).known || marked))
            return false;
    }
    return true;
}

/* Four syllables are the usual limit of a Vietnamese name; a fifth counts where it is a frequent given one. */
static uint32_t vietnamese_end(const ml_finder *finder, uint32_t at, uint32_t run)
{
    uint32_t end = at + 1;
    if (ml_finder_marked_name(finder, at) && run >= at + 3)
        end = at + 3;
    while (end < run && end - at < 5 && finder->tokens->token[end].kind == ML_WORD &&
           ml_finder_syllable(finder, end).known) {
        bool rare = ml_finder_syllable(finder, end).given < 20;
        bool verb = finder->tokens->token[end].upper && ml_finder_longest(finder, end, ML_IN_TRIGGERS);
        if (rare && (end - at >= 4 || (end - at == 3 && verb))) /* `PHẠM ĐÌNH NGHỊ DỰ LỄ` */
            break;
        end++;
    }
    return end;
}

/* `Chủ tịch Trung Quốc Tập Cận Bình`: a place of the tables with another full name directly behind it. */
static bool place_and_name(ml_finder *finder, uint32_t at)
{
    ml_mention place;
    if (!ml_parse_locality(finder, at, &place) || place.risky || place.row == ML_NONE || place.end - at < 2)
        return false;
    bool goes_on = ml_finder_goes_on(finder, place.end) && ml_finder_capital(finder, place.end);
    bool country = finder->gazetteer->locality[place.row].level == ML_LEVEL_COUNTRY;
    return goes_on && ((country && !ml_finder_syllable(finder, place.end).known) ||
                       ml_finder_longest(finder, place.end, ML_IN_OFFICIALS) ||
                       ml_finder_full_name(finder, place.end) > place.end);
}

/* `lãnh đạo Sở`, `Giám đốc Trung tâm`, `người dân TP`: a head, organ or designator alone, or letters that stand for something. */
static bool common_noun(const ml_finder *finder, uint32_t at)
{
    static const ml_list lists[] = {ML_IN_HEADS, ML_IN_ORGANS, ML_IN_DESIGNATORS};
    enum { LETTERS = 5 };
    const ml_token *token = &finder->tokens->token[at];
    bool alone = !ml_finder_goes_on(finder, at + 1) || !ml_finder_capital(finder, at + 1);
    if (token->upper && token->end - token->begin <= LETTERS && alone && !ml_token_is(finder->tokens, at + 1, '.'))
        return true;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const ml_match *match = ml_finder_longest(finder, at, lists[i]);
        if (match && !(ml_finder_goes_on(finder, match->end) && ml_finder_capital(finder, match->end)))
            return true;
    }
    return false;
}

/* Does the name of a place, body or field begin here, and no full personal name? */
static bool names_something_else(ml_finder *finder, uint32_t at, const ml_title_span *title)
{
    if (place_and_name(finder, at))
        return true;
    if (ml_finder_full_name(finder, at) > at)
        return false;
    if (ml_finder_cue(finder, at, ML_CUE_FUNCTION) > at || ml_finder_cue(finder, at, ML_CUE_EVENT_NUMBER) > at)
        return true;
    ml_mention other;
    uint32_t kept = finder->inner_count;
    bool body = ml_parse_body(finder, at, &other);
    bool place = !body && ml_parse_locality(finder, at, &other) && !other.risky;
    finder->inner_count = kept;
    bool personal = title && (title->kind == ML_TITLE_ADDRESS || title->kind == ML_TITLE_RANK);
    if (place && other.row != ML_NONE && other.end == at + 1 && personal)
        return !(finder->gazetteer->locality[other.row].flags & ML_FLAG_COMMON); /* `ông Đức`, but `Thủ tướng Đức` */
    const ml_match *field = ml_finder_longest(finder, at, ML_IN_FIELDS);
    bool takes_field = title && (finder->gazetteer->title[title->row].flags & ML_FLAG_FIELD);
    bool of_field = field && ((!personal && takes_field) || field->end - at >= 2);
    return body || place || of_field || (title && !personal && common_noun(finder, at));
}

/* A place that goes by its bare name, as no commune does. */
static bool known_place(const ml_finder *finder, uint32_t at)
{
    const ml_match *place = ml_finder_longest(finder, at, ML_IN_LOCALITIES);
    return place && finder->gazetteer->locality[ml_finder_pattern(finder, place)->row].level != ML_LEVEL_COMMUNE;
}

/* `Tạ Quang Hiệt`: behind a family name and a syllable of names the last one may be any. */
static bool has_rare_given(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    if (end - begin != 3 || !ml_finder_family(finder, begin) || finder->tokens->token[end - 1].kind != ML_WORD ||
        finder->tokens->token[end - 1].upper != finder->tokens->token[begin].upper)
        return false;
    ml_syllable middle = ml_finder_syllable(finder, begin + 1);
    return middle.known && middle.middle + middle.given > 0 && !ml_finder_syllable(finder, end - 1).known &&
           !ml_finder_longest(finder, end - 1, ML_IN_LOCALITIES) && !known_place(finder, begin);
}

/* The title or address directly before `at`, or NULL. */
static const ml_title_span *title_before(const ml_finder *finder, uint32_t at)
{
    if (!finder->title_count || !ml_finder_goes_on(finder, at))
        return NULL;
    const ml_title_span *title = &finder->title[finder->title_count - 1];
    return title->end == at ? title : NULL;
}

/* `Tổng thư ký Hiệp hội X (ABC) `: where the bracket of letters that ends before `at` begins, or `at`. */
static uint32_t before_letters(const ml_finder *finder, uint32_t at)
{
    bool letters = at >= 3 && ml_token_is(finder->tokens, at - 1, ')') && finder->tokens->token[at - 2].upper &&
                   ml_token_is(finder->tokens, at - 3, '(');
    return letters ? at - 3 : at;
}

/* `Tổng thống Mỹ Donald Trump`: a title and what it is the title of stand directly before the name. */
static bool titled_body_before(const ml_finder *finder, uint32_t at)
{
    if (!finder->count || !finder->title_count || !ml_finder_goes_on(finder, at))
        return false;
    uint32_t behind = before_letters(finder, at), count = finder->count;
    if (behind < at && count >= 2 && finder->mention[count - 1].begin == behind + 1)
        count--;
    const ml_mention *last = &finder->mention[count - 1];
    const ml_title_span *title = &finder->title[finder->title_count - 1];
    bool comma = last->end + 1 == at && ml_token_is(finder->tokens, last->end, ',');
    if ((last->end != behind && !comma) || (last->type != ML_BODY && last->type != ML_LOCALITY))
        return false;
    const ml_token *token = finder->tokens->token;
    bool fits = title->kind == ML_TITLE_POST || title->kind == ML_TITLE_RANK ||
                (title->kind == ML_TITLE_PROFESSION && last->type == ML_LOCALITY);
    return title->end <= last->begin && fits && last->begin - title->begin <= 10 &&
           token[title->begin].sentence == token[last->begin].sentence && last->begin - title->end <= 4;
}

/* `Thứ trưởng Ngoại giao Sedat Onal`: a title with its field stands directly before the name. */
static bool titled_field_before(const ml_finder *finder, uint32_t at)
{
    const ml_title_span *title = finder->title_count ? &finder->title[finder->title_count - 1] : NULL;
    if (!title || !(finder->gazetteer->title[title->row].flags & ML_FLAG_FIELD) || !ml_finder_goes_on(finder, at))
        return false;
    const ml_match *field = title->end < at ? ml_finder_longest(finder, title->end, ML_IN_FIELDS) : NULL;
    return field && field->end == at;
}

/* `Ảnh: VGP/Quang Hiếu`: the source and a stroke stand between the caption's word and the name. */
static bool behind_source(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST = 5 };
    if (at == 0 || !ml_token_is(finder->tokens, at - 1, '/'))
        return false;
    for (uint32_t back = 2; back <= LONGEST && back < at; back++) {
        if (ml_token_is(finder->tokens, at - back, ':'))
            return ml_finder_cue_before(finder, at - back, ML_CUE_CAPTION);
    }
    return false;
}

/* Behind `Ảnh:`, `Theo`, or alone at the end of the article. */
static bool in_caption(const ml_finder *finder, uint32_t at, uint32_t end)
{
    const ml_tokens *tokens = finder->tokens;
    uint32_t before = at;
    if (before > 0 && ml_token_is(tokens, before - 1, ':'))
        before--;
    if (before < at && ml_finder_cue_before(finder, before, ML_CUE_CAPTION))
        return true;
    if (behind_source(finder, at))
        return true;
    if (!is_vietnamese(finder, at, end))
        return false;
    const ml_token_span *sentence = &tokens->sentence[tokens->token[at].sentence];
    bool near_end = tokens->token[at].sentence + 3 >= tokens->sentence_count;
    bool begins = sentence->begin == at || ml_token_is(tokens, at - 1, '-') || ml_token_is(tokens, at - 1, ',');
    bool ends = end == sentence->end || tokens->token[end].kind == ML_MARK;
    return near_end && begins && ends && sentence->end - sentence->begin <= 12 && !ml_token_is(tokens, end, ':');
}

/* Words alone, no part of them a figure or a place: `U23 Malaysia` is no name. */
static bool plain_words(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        ml_str word = ml_tokens_text(finder->tokens, i, i + 1);
        for (uint32_t k = 0; k < word.len; k++) {
            if (word.ptr[k] >= '0' && word.ptr[k] <= '9')
                return false;
        }
        const ml_match *place = ml_finder_longest(finder, i, ML_IN_LOCALITIES);
        if (place && i > begin &&
            finder->gazetteer->locality[ml_finder_pattern(finder, place)->row].level == ML_LEVEL_COUNTRY)
            return false;
    }
    return true;
}

/* `Maxine Waters, nghị sĩ ...`: a title follows that is set apart by a mark. */
static bool described_behind(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    bool mark = ml_token_is(finder->tokens, end, ',') || ml_token_is(finder->tokens, end, '(');
    if (!mark || !ml_finder_goes_on(finder, end + 1) || !plain_words(finder, begin, end))
        return false;
    const ml_match *title = ml_finder_longest(finder, end + 1, ML_IN_TITLES);
    if (!title)
        return false;
    ml_title_class kind = finder->gazetteer->title[ml_finder_pattern(finder, title)->row].kind;
    return kind == ML_TITLE_POST || kind == ML_TITLE_PROFESSION;
}

/* Does a street, square or prize bear this name? */
static bool names_a_place(const ml_finder *finder, uint32_t at)
{
    bool behind_name = finder->count && finder->mention[finder->count - 1].end == at; /* `UBND thành phố` + name */
    return !behind_name && ml_finder_cue_before(finder, at, ML_CUE_STREET);
}

/* `Chủ tịch SOM APEC`: short words all in capitals, none of them a syllable of names, stand for something else. */
static bool is_letters(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    enum { LETTERS = 5 };
    const ml_token *token = finder->tokens->token;
    if (token[begin].end - token[begin].begin > LETTERS)
        return false;
    for (uint32_t i = begin; i < end; i++) {
        if (!token[i].upper || ml_finder_syllable(finder, i).known)
            return false;
    }
    return true;
}

/* A word with a letter that no other language has: `Đặt`, `Hội`. */
static bool has_marks(const ml_finder *finder, uint32_t at)
{
    ml_str word = ml_tokens_text(finder->tokens, at, at + 1);
    for (uint32_t i = 0; i < word.len; i++) {
        if ((unsigned char)word.ptr[i] >= 0x80)
            return true;
    }
    return false;
}

/* Does the name belong to a longer one or to what the word before says: `USS Carl Vinson`, `hãng Alexander Historical`? */
static bool belongs_to_word_before(const ml_finder *finder, uint32_t at)
{
    enum { LONGEST_HEAD = 3 };
    if (!ml_finder_goes_on(finder, at))
        return false;
    const ml_token *before = &finder->tokens->token[at - 1];
    bool covered = finder->count && finder->mention[finder->count - 1].end == at;
    bool titled = finder->title_count && finder->title[finder->title_count - 1].end == at;
    if (before->capital && !covered && !titled && (before->upper || !before->symbol))
        return true;
    for (uint32_t back = 1; back <= LONGEST_HEAD && back <= at; back++) {
        const ml_match *head = ml_finder_longest(finder, at - back, ML_IN_HEADS);
        if (head && head->end == at)
            return true;
    }
    return false;
}

/* `Jamie Vardy` without a title: the end of a given name of other languages and a word or two more, or `at`. A club or place
 * that follows (`Joel Campbell Arsenal`) is another name. */
static uint32_t given_and_surname(const ml_finder *finder, uint32_t at, uint32_t run)
{
    enum { LONGEST = 4 };
    uint32_t given = ml_finder_cue(finder, at, ML_CUE_GIVEN), end = given + 1;
    if (given == at || given >= run || belongs_to_word_before(finder, at))
        return at;
    while (end < run && !ml_finder_longest(finder, end, ML_IN_BODIES) &&
           !ml_finder_longest(finder, end, ML_IN_LOCALITIES))
        end++;
    bool fits = end - at <= LONGEST && !finder->tokens->token[end - 1].upper && plain_words(finder, at, end);
    return fits && finder->tokens->token[end - 1].kind == ML_WORD ? end : at;
}

static ml_mention person(uint32_t begin, uint32_t end, ml_via via, uint32_t row)
{
    return (ml_mention){.begin = begin,
                        .end = end,
                        .name_begin = begin,
                        .name_end = end,
                        .type = ML_PERSON,
                        .via = via,
                        .row = row,
                        .designator = ML_NONE,
                        .inner = ML_NONE,
                        .same_as = ML_NONE};
}

/* `Thành phố Hồ Chí Minh`: the place, whoever it is named after. */
static bool behind_designator(const ml_finder *finder, uint32_t at)
{
    for (uint32_t back = 1; back <= 2 && back <= at && ml_finder_longest(finder, at, ML_IN_LOCALITIES); back++) {
        const ml_match *word = ml_finder_longest(finder, at - back, ML_IN_DESIGNATORS);
        if (word && word->end == at && ml_finder_goes_on(finder, at))
            return finder->mention == NULL || !finder->count || finder->mention[finder->count - 1].end < at;
    }
    return false;
}

/* A name of the officials' table; a longer run of name syllables is somebody else's. */
static bool parse_official(const ml_finder *finder, uint32_t at, uint32_t run, ml_mention *out)
{
    const ml_match *match = ml_finder_longest(finder, at, ML_IN_OFFICIALS);
    if (!match || behind_designator(finder, at))
        return false;
    const ml_pattern *pattern = ml_finder_pattern(finder, match);
    if (match->end < run && is_vietnamese(finder, at, match->end) && vietnamese_end(finder, at, run) > match->end &&
        match->end - at < 4)
        return false;
    *out = person(at, match->end, ML_VIA_TABLE, pattern->row);
    out->foreign = !is_vietnamese(finder, at, match->end);
    out->risky = pattern->risky && !title_before(finder, at);
    return true;
}

bool ml_parse_person(ml_finder *finder, uint32_t at, ml_mention *out)
{
    bool particle = ml_finder_cue(finder, at, ML_CUE_NAME_PARTICLE) > at && ml_finder_next_part(finder, at) > at + 1;
    if (!ml_finder_capital(finder, at) && !particle)
        return false;
    const ml_title_span *title = title_before(finder, at);
    if (!title && names_a_place(finder, at))
        return false;
    uint32_t run = particle ? ml_finder_next_part(finder, at) : at;
    run = particle ? run_end(finder, run - 1) : run_end(finder, at);
    if (parse_official(finder, at, run, out))
        return true;
    if (names_something_else(finder, at, title))
        return false;
    bool rare = has_rare_given(finder, at, run);
    bool foreign = !rare && !is_vietnamese(finder, at, run);
    uint32_t end = ml_finder_family(finder, at) && !rare ? vietnamese_end(finder, at, run) : run;
    if (foreign && ml_finder_family(finder, at) && end - at < 2)
        end = run;
    bool titled = title && !title->plural && title->kind != ML_TITLE_MODIFIER;
    bool lone_foreign = foreign && end - at == 1 && !has_marks(finder, at);
    bool personal = title && (title->kind == ML_TITLE_ADDRESS || title->kind == ML_TITLE_RANK);
    if (!personal && is_letters(finder, at, end))
        return false;
    if (titled) {
        *out = person(at, end, ML_VIA_TITLE, ML_NONE);
    } else if ((titled_body_before(finder, at) || titled_field_before(finder, at)) && (end - at >= 2 || lone_foreign) &&
               !common_noun(finder, at)) {
        *out = person(at, end, ML_VIA_TITLE, ML_NONE);
    } else if (ml_finder_family(finder, at) && end - at >= 3) {
        *out = person(at, end, ML_VIA_FAMILY, ML_NONE);
    } else if (end - at >= 2 && end - at <= 4 && described_behind(finder, at, end)) {
        *out = person(at, end, ML_VIA_TITLE, ML_NONE);
    } else if (end - at >= 2 && end - at <= 4 && in_caption(finder, at, end)) {
        *out = person(at, end, ML_VIA_CAPTION, ML_NONE);
    } else if (given_and_surname(finder, at, run) > at) {
        run = end = given_and_surname(finder, at, run);
        *out = person(at, end, ML_VIA_FAMILY, ML_NONE);
    } else {
        return false;
    }
    out->foreign = foreign && end == run;
    /* `Chủ tịch Thượng viện`: behind a post one syllable may be the first of a common word. */
    out->risky = titled && end == at + 1 && !foreign && title->kind != ML_TITLE_ADDRESS && title->kind != ML_TITLE_RANK;
    return true;
}
