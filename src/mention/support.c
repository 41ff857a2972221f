#include "base/index.h"
#include "mention/finder.h"

/* What the article names surely. */
typedef struct {
    ml_index rows;   /* of localities, bodies and officials, by row_key() */
    ml_index names;  /* the syllables that people's full names end in */
    ml_index places; /* the names of localities */
} sure_rows;

static uint64_t place_key(const ml_finder *finder, const ml_mention *mention)
{
    uint64_t key = 1;
    for (uint32_t at = mention->name_begin; at < mention->name_end; at++)
        key = (key ^ finder->tokens->token[at].key) * 0x100000001b3u;
    return key;
}

static uint64_t row_key(ml_entity_type type, uint32_t row)
{
    return (uint64_t)type << 32 | row;
}

static bool is_sure(const sure_rows *sure, ml_entity_type type, uint32_t row)
{
    uint32_t mention;
    return ml_index_find(&sure->rows, row_key(type, row), &mention);
}

static bool mark_sure(const ml_finder *finder, ml_arena *arena, sure_rows *out)
{
    ml_index_init(&out->rows, arena, finder->count);
    ml_index_init(&out->names, arena, finder->count);
    ml_index_init(&out->places, arena, finder->count);
    if (arena->failed)
        return false;
    for (uint32_t i = 0; i < finder->count; i++) {
        const ml_mention *mention = &finder->mention[i];
        if (mention->type == ML_PERSON && mention->end - mention->begin >= 2)
            ml_index_set(&out->names, finder->tokens->token[mention->end - 1].key, i);
        if (mention->risky || mention->row == ML_NONE)
            continue;
        if (mention->type == ML_LOCALITY) {
            ml_index_set(&out->rows, row_key(ML_LOCALITY, mention->row), i);
            ml_index_set(&out->places, place_key(finder, mention), i);
        } else if (mention->type == ML_PERSON)
            ml_index_set(&out->rows, row_key(ML_PERSON, mention->row), i);
        else if (mention->form == ML_FORM_FIXED)
            ml_index_set(&out->rows, row_key(ML_BODY, mention->row), i);
    }
    return true;
}

/* Is the row of a risky mention named surely elsewhere, or for a district the province that it lies in? */
static bool supported(const ml_finder *finder, const sure_rows *sure, const ml_mention *mention)
{
    uint32_t full;
    if (mention->type == ML_PERSON && mention->row == ML_NONE)
        return ml_index_find(&sure->names, finder->tokens->token[mention->begin].key, &full);
    if (mention->row == ML_NONE)
        return false;
    if (mention->type == ML_PERSON)
        return is_sure(sure, ML_PERSON, mention->row);
    if (mention->type != ML_LOCALITY)
        return mention->form == ML_FORM_FIXED && is_sure(sure, ML_BODY, mention->row);
    const ml_locality *row = &finder->gazetteer->locality[mention->row];
    bool district = row->level == ML_LEVEL_DISTRICT && row->parent != ML_NO_ROW;
    return is_sure(sure, ML_LOCALITY, mention->row) || (district && is_sure(sure, ML_LOCALITY, row->parent));
}

/* `theo Lao động`, `(Dân trí)`: a paper named as the source. */
static bool is_source(const ml_finder *finder, const ml_mention *mention)
{
    bool brackets = mention->begin && ml_token_is(finder->tokens, mention->begin - 1, '(') &&
                    ml_token_is(finder->tokens, mention->end, ')');
    bool colon = mention->begin > 1 && ml_token_is(finder->tokens, mention->begin - 1, ':') &&
                 ml_finder_cue_before(finder, mention->begin - 1, ML_CUE_CAPTION);
    return brackets || colon || ml_finder_cue_before(finder, mention->begin, ML_CUE_CAPTION) ||
           ml_finder_cue_before(finder, mention->begin, ML_CUE_SOURCE);
}

/* `Đảng`, `Nhà nước`, `Trung ương` name a body where they act or own, not in `lãnh đạo Đảng, Nhà nước`. */
static bool acts_or_owns(const ml_finder *finder, const sure_rows *sure, const ml_mention *mention,
                         const ml_mention *before, bool kept_before)
{
    uint32_t begin = mention->begin;
    bool listed = before && begin - before->end <= 1 && before->type == ML_BODY && ml_finder_goes_on(finder, begin);
    if (listed && before->risky)
        return kept_before;
    if (ml_finder_cue_before(finder, begin, ML_CUE_GROUP))
        return false;
    ml_str kind = finder->gazetteer->body[mention->row].kind;
    if (ml_str_equal(kind, ML_STR("media")) && is_source(finder, mention))
        return true;
    if (!ml_str_equal(kind, ML_STR("party")) && !ml_str_equal(kind, ML_STR("state")) && !listed)
        return ml_finder_cue_before(finder, begin, ML_CUE_OF) || supported(finder, sure, mention);
    bool starts = begin == 0 || !ml_finder_goes_on(finder, begin);
    return starts || listed || ml_finder_cue_before(finder, begin, ML_CUE_OF) ||
           ml_finder_cue_before(finder, begin, ML_CUE_AGENT) || supported(finder, sure, mention);
}

/* `Đồng Tâm (Mỹ Đức, Hà Nội)`: the commune of this name within the unit that stands directly behind it, or ML_NONE. */
static uint32_t commune_within(const ml_finder *finder, const ml_mention *mention, const ml_mention *next)
{
    enum { GAP_TOKENS = 1 };
    if (next->type != ML_LOCALITY || next->row == ML_NONE || next->begin - mention->end > GAP_TOKENS ||
        next->begin == mention->end || !ml_finder_goes_on(finder, next->begin))
        return ML_NONE;
    const ml_locality *locality = finder->gazetteer->locality;
    for (uint32_t i = finder->matches->first[mention->begin]; i < finder->matches->first[mention->begin + 1]; i++) {
        const ml_match *match = &finder->matches->match[i];
        const ml_pattern *pattern = ml_finder_pattern(finder, match);
        if (pattern->list != ML_IN_LOCALITIES || match->end != mention->end ||
            !ml_date_within(finder->date, locality[pattern->row].since, locality[pattern->row].until))
            continue;
        for (uint32_t up = locality[pattern->row].parent; up != ML_NO_ROW; up = locality[up].parent) {
            if (up == next->row && locality[up].level != ML_LEVEL_COUNTRY)
                return pattern->row;
        }
    }
    return ML_NONE;
}

bool ml_drop_unsupported(ml_finder *finder, ml_mention *kept, ml_arena *arena)
{
    sure_rows sure;
    if (!mark_sure(finder, arena, &sure))
        return false;
    uint32_t count = 0;
    bool kept_before = false;
    for (uint32_t i = 0; i < finder->count; i++) {
        ml_mention *mention = &finder->mention[i];
        uint32_t within = ML_NONE;
        if (mention->risky && mention->type == ML_LOCALITY && i + 1 < finder->count)
            within = commune_within(finder, mention, mention + 1);
        uint32_t named;
        if (within == ML_NONE && mention->risky && mention->type == ML_LOCALITY &&
            ml_index_find(&sure.places, place_key(finder, mention), &named))
            within = finder->mention[named].row; /* `xã Đồng Tâm`, then `Đồng Tâm` */
        if (within != ML_NONE) {
            mention->row = within;
            mention->risky = false;
        }
        bool keep = !mention->risky;
        if (mention->risky && mention->type == ML_BODY && mention->form == ML_FORM_FIXED)
            keep = acts_or_owns(finder, &sure, mention, i ? mention - 1 : NULL, kept_before);
        else if (mention->risky)
            keep = supported(finder, &sure, mention);
        kept_before = keep;
        if (keep)
            kept[count++] = *mention;
        else
            finder->dropped[finder->dropped_count++] = *mention;
    }
    finder->mention = kept;
    finder->count = count;
    return true;
}
