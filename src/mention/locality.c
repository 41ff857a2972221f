#include "mention/finder.h"

static ml_mention blank(uint32_t at)
{
    return (ml_mention){.begin = at,
                        .end = at,
                        .name_begin = at,
                        .name_end = at,
                        .type = ML_LOCALITY,
                        .row = ML_NONE,
                        .designator = ML_NONE,
                        .inner = ML_NONE,
                        .same_as = ML_NONE};
}

/* The row of this name that fits designator and date best. Ties go to the row that ended last, then to the first. */
static uint32_t choose_row(const ml_finder *finder, uint32_t at, uint32_t end, uint32_t levels, ml_str designator,
                           bool *risky)
{
    uint32_t best = ML_NONE;
    int best_rank = -1;
    for (uint32_t i = finder->matches->first[at]; i < finder->matches->first[at + 1]; i++) {
        const ml_match *match = &finder->matches->match[i];
        const ml_pattern *pattern = ml_finder_pattern(finder, match);
        if (pattern->list != ML_IN_LOCALITIES || match->end != end)
            continue;
        const ml_locality *row = &finder->gazetteer->locality[pattern->row];
        if (levels && !(levels & 1u << row->level))
            continue;
        /* Communes and numbered units go by their designator; a district may have changed it. */
        bool exact = row->level == ML_LEVEL_COMMUNE || finder->tokens->token[at].kind == ML_NUMBER;
        if (levels && exact && !ml_str_equal(designator, row->designator))
            continue;
        if (!levels && (row->flags & ML_FLAG_DESIGNATED) && pattern->is_name)
            continue;
        int rank = 0;
        rank += ml_date_within(finder->date, row->since, row->until) ? 8 : 0;
        rank += designator.len && ml_str_equal(designator, row->designator) ? 16 : 0;
        rank += row->level == ML_LEVEL_COUNTRY || row->level == ML_LEVEL_PROVINCE ? 4 : 0;
        rank += row->level == ML_LEVEL_DISTRICT || row->level == ML_LEVEL_REGION || row->level == ML_LEVEL_CITY ? 2 : 0;
        rank += pattern->risky ? 0 : 1;
        if (rank > best_rank) {
            best = pattern->row;
            best_rank = rank;
            *risky = pattern->risky;
        }
    }
    return best;
}

/* `bản Tuyên bố`: the one capitalised syllable before `at` is the first of a word that goes on in lower case. */
static bool word_goes_on(const ml_finder *finder, uint32_t at)
{
    if (!ml_finder_goes_on(finder, at) || finder->tokens->token[at].kind != ML_WORD ||
        finder->tokens->token[at].capital)
        return false;
    static const ml_cue_class ends[] = {ML_CUE_FUNCTION, ML_CUE_LOCATIVE, ML_CUE_JOIN, ML_CUE_OF, ML_CUE_EVENT_END};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ml_finder_cue(finder, at, ends[i]) > at)
            return false;
    }
    return !ml_finder_longest(finder, at, ML_IN_TRIGGERS) && !ml_finder_longest(finder, at, ML_IN_DESIGNATORS);
}

/* `văn bản`, `nông thôn`: the syllable is the second of a common word, not a designator. */
static bool ends_a_word(const ml_finder *finder, const ml_match *word)
{
    return word->end - word->begin == 1 && !finder->tokens->token[word->begin].capital &&
           ml_finder_goes_on(finder, word->begin) && ml_finder_cue_before(finder, word->begin, ML_CUE_COMPOUND);
}

/* The end of an unknown name: up to three capitalised words, or a number. */
static uint32_t open_name(const ml_finder *finder, const ml_designator *kind, uint32_t at)
{
    enum { LONGEST = 3 };
    if (at < finder->tokens->count && finder->tokens->token[at].kind == ML_NUMBER && ml_finder_goes_on(finder, at))
        return kind->numbered ? at + 1 : at;
    if (ml_token_is(finder->tokens, at - 1, '.') || ml_finder_cue(finder, at, ML_CUE_FUNCTION) > at)
        return at;
    uint32_t end = at;
    while (end - at < LONGEST && ml_finder_goes_on(finder, end) && ml_finder_capital(finder, end) &&
           !finder->tokens->token[end].upper)
        end++;
    return end - at == 1 && word_goes_on(finder, end) ? at : end;
}

bool ml_parse_designated(ml_finder *finder, uint32_t at, ml_mention *out)
{
    const ml_match *word = ml_finder_longest(finder, at, ML_IN_DESIGNATORS);
    if (!word || !ml_finder_goes_on(finder, word->end) || ends_a_word(finder, word))
        return false;
    uint32_t designator = ml_finder_pattern(finder, word)->row;
    const ml_designator *kind = &finder->rules->designator[designator];
    uint32_t name = word->end;
    ml_mention mention = blank(at);
    mention.designator = designator;
    mention.name_begin = name;
    for (uint32_t i = finder->matches->first[name + 1]; i-- > finder->matches->first[name];) {
        const ml_match *match = &finder->matches->match[i];
        /* The tables know no villages: `ấp 3` is not the ward of that number. */
        bool village = kind->open && !kind->unit;
        if (village || ml_finder_pattern(finder, match)->list != ML_IN_LOCALITIES || match->end <= mention.end)
            continue;
        bool risky = false;
        uint32_t row = choose_row(finder, name, match->end, kind->levels, kind->canonical, &risky);
        if (row != ML_NONE) {
            mention.row = row;
            mention.end = mention.name_end = match->end;
            mention.via = ML_VIA_TABLE;
        }
    }
    if (mention.row == ML_NONE) {
        /* `tỉnh Phạm Đình Nghị`: a person's name, not a unit's. */
        bool known =
            ml_finder_longest(finder, name, ML_IN_LOCALITIES) != NULL && (kind->levels & 1u << ML_LEVEL_PROVINCE);
        bool open = kind->open && !known && ml_finder_full_name(finder, name) == name;
        uint32_t end = open ? open_name(finder, kind, name) : name;
        if (end == name || ml_finder_longest(finder, name, ML_IN_TITLES))
            return false;
        mention.end = mention.name_end = end;
        mention.via = ML_VIA_DESIGNATOR;
    } else if (mention.end - name == 1 && ml_finder_full_name(finder, name) > mention.end) {
        return false;
    }
    if (kind->outside)
        mention.begin = name;
    *out = mention;
    return true;
}

/* Do the words around the name make it part of a longer one, such as `Thái Bình Dương` or `Hà Nội Mới`? */
static bool runs_on(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    const ml_token *token = finder->tokens->token;
    bool covered = finder->count && finder->mention[finder->count - 1].end >= begin;
    bool titled = finder->title_count && finder->title[finder->title_count - 1].end >= begin;
    bool joined = begin > 0 && ml_finder_goes_on(finder, begin) && token[begin].gap == ML_GAP_SPACE &&
                  ml_finder_capital(finder, begin - 1) && ml_finder_goes_on(finder, begin - 1);
    if (joined && !covered && !titled && token[begin - 1].symbol == 0)
        return true;
    if (!ml_finder_goes_on(finder, end) || !ml_finder_capital(finder, end) || token[end].gap != ML_GAP_SPACE)
        return false;
    ml_syllable next = ml_finder_syllable(finder, end);
    bool begins_name = next.family >= 3 || (next.flags & ML_FLAG_FAMILY);
    return next.known && !begins_name && !ml_finder_longest(finder, end, ML_IN_TITLES) &&
           !ml_finder_longest(finder, end, ML_IN_LOCALITIES) && !ml_finder_longest(finder, end, ML_IN_ORGANS) &&
           !ml_finder_longest(finder, end, ML_IN_BODIES) && !ml_finder_longest(finder, end, ML_IN_OFFICIALS);
}

/* `Phương Nga`, `Tuấn Anh`, `Phù Đức`: a country's name of one syllable that is the last of a longer name. */
static bool ends_a_name(const ml_finder *finder, uint32_t at)
{
    if (!ml_finder_goes_on(finder, at) || !ml_finder_capital(finder, at - 1) || !ml_finder_goes_on(finder, at - 1))
        return false;
    bool covered = finder->count && finder->mention[finder->count - 1].end == at;
    bool titled = finder->title_count && finder->title[finder->title_count - 1].end == at;
    const ml_token *before = &finder->tokens->token[at - 1];
    return !covered && !titled && !before->upper && ml_finder_syllable(finder, at - 1).known &&
           finder->tokens->token[at].gap == ML_GAP_SPACE;
}

/* A name that is also a word or a person's counts where something about it says place. */
static bool has_place_context(const ml_finder *finder, uint32_t begin)
{
    if (ml_finder_cue_before(finder, begin, ML_CUE_LOCATIVE) || ml_finder_cue_before(finder, begin, ML_CUE_OF))
        return true;
    if (finder->title_count && finder->title[finder->title_count - 1].end == begin &&
        finder->title[finder->title_count - 1].kind == ML_TITLE_POST)
        return true;
    if (finder->count) {
        const ml_mention *last = &finder->mention[finder->count - 1];
        bool listed = last->type == ML_LOCALITY && begin - last->end <= 1;
        return listed || (last->end == begin && last->type == ML_BODY);
    }
    return false;
}

/* `các xã Nam Thanh, Nam Hồng`: communes that share the designator of the one named before them. */
static bool in_list_of_communes(const ml_finder *finder, uint32_t begin, uint32_t end)
{
    if (!finder->count || end - begin < 2 || !ml_finder_goes_on(finder, begin))
        return false;
    const ml_mention *last = &finder->mention[finder->count - 1];
    bool commune = last->type == ML_LOCALITY && last->row != ML_NONE &&
                   finder->gazetteer->locality[last->row].level == ML_LEVEL_COMMUNE && !last->risky;
    bool joined = last->end + 1 == begin && (ml_token_is(finder->tokens, last->end, ',') ||
                                             ml_finder_cue(finder, last->end, ML_CUE_JOIN) == begin);
    bool longer = ml_finder_goes_on(finder, end) && ml_finder_capital(finder, end);
    return commune && joined && !longer;
}

bool ml_parse_locality(ml_finder *finder, uint32_t at, ml_mention *out)
{
    if (ml_parse_designated(finder, at, out))
        return true;
    const ml_match *match = ml_finder_longest(finder, at, ML_IN_LOCALITIES);
    if (!match)
        return false;
    ml_mention mention = blank(at);
    mention.row = choose_row(finder, at, match->end, 0, ML_STR(""), &mention.risky);
    if (mention.row == ML_NONE || finder->tokens->token[at].kind != ML_WORD)
        return false;
    const ml_locality *row = &finder->gazetteer->locality[mention.row];
    if (row->level == ML_LEVEL_COUNTRY && ml_finder_cue_before(finder, at, ML_CUE_NATION))
        return false;
    mention.end = mention.name_end = match->end;
    mention.via = ML_VIA_TABLE;
    bool compound = match->end == at + 1 && ml_finder_goes_on(finder, match->end) &&
                    ml_finder_cue(finder, match->end, ML_CUE_COMPOUND_END) > match->end; /* `Pháp luật` */
    bool common = row->level == ML_LEVEL_COUNTRY && (row->flags & ML_FLAG_COMMON) && match->end == at + 1;
    if (compound || runs_on(finder, at, match->end) || (common && ends_a_name(finder, at)))
        return false;
    bool placed = has_place_context(finder, at);
    switch (row->level) {
    case ML_LEVEL_COMMUNE:
        mention.risky = !in_list_of_communes(finder, at, match->end);
        break;
    case ML_LEVEL_DISTRICT:
        mention.risky |= !(row->flags & ML_FLAG_BARE) && !(placed && match->end - at >= 2);
        break;
    default:
        if ((row->flags & ML_FLAG_COMMON) && row->level != ML_LEVEL_COUNTRY)
            mention.risky |= !placed;
        break;
    }
    *out = mention;
    return true;
}
