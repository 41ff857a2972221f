#include "relate/reader.h"

/* Posts are said by the roles about a name, and by words that give one or take it: `được bầu làm Chủ tịch UBND tỉnh`, `cách chức
 * Bí thư chi bộ đối với ông A`. What is lost counts as a post once held. */

enum { LEAD_TOKENS = 8, NAME_TOKENS = 30 };

static const ml_title *title_at(const ml_reader *reader, uint32_t at, uint32_t *end)
{
    const ml_match *match = ml_matches_longest(reader->matches, reader->gazetteer->patterns, at, ML_IN_TITLES);
    if (!match)
        return NULL;
    *end = match->end;
    return &reader->gazetteer->title[ml_patterns_at(reader->gazetteer->patterns, match->pattern)->row];
}

static bool is_former(const ml_reader *reader, const ml_role *role)
{
    uint32_t end;
    const ml_title *title = title_at(reader, role->begin, &end);
    return title && title->flags & ML_FLAG_FORMER;
}

/* The word that a lost post's title begins with, by the tables: `nguyên`. */
static ml_str former_word(const ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->gazetteer->title_count; i++) {
        if (reader->gazetteer->title[i].flags & ML_FLAG_LOST)
            return reader->gazetteer->title[i].name;
    }
    return ML_STR("");
}

/* The title as the tables write it where it is one of their names, as the article does where it is an alias. */
static ml_str title_words(const ml_reader *reader, const ml_role *role)
{
    enum { PIECES = 14 };
    ml_str piece[PIECES];
    size_t count = 0;
    if (role->lost)
        piece[count++] = former_word(reader);
    for (uint32_t at = role->begin; at < role->text_end && count + 2 <= PIECES;) {
        uint32_t end = at + 1;
        const ml_match *match = ml_matches_longest(reader->matches, reader->gazetteer->patterns, at, ML_IN_TITLES);
        bool whole = match && match->end <= role->text_end;
        const ml_pattern *pattern = whole ? ml_patterns_at(reader->gazetteer->patterns, match->pattern) : NULL;
        end = whole ? match->end : end;
        if (count)
            piece[count++] = ML_STR(" ");
        const ml_title *title = pattern ? &reader->gazetteer->title[pattern->row] : NULL;
        bool by_name = title && (pattern->is_name || (title->flags & ML_FLAG_ABBREVIATION));
        piece[count++] = by_name ? title->name : ml_tokens_name(reader->tokens, at, end, reader->arena);
        at = end;
    }
    return ml_arena_concat(reader->arena, piece, count);
}

/* Equal for all spellings of the title. */
static uint64_t title_key(const ml_reader *reader, const ml_role *role)
{
    uint64_t key = 0xcbf29ce484222325u;
    if (role->lost) {
        char folded[ML_FOLD_BYTES];
        ml_str word = {folded, ml_vocabulary_fold(reader->gazetteer->vocabulary, former_word(reader), folded)};
        key = (key ^ ml_str_hash(word)) * 0x100000001b3u;
    }
    for (uint32_t at = role->begin; at < role->text_end; at++)
        key = (key ^ reader->tokens->token[at].key) * 0x100000001b3u;
    return key;
}

/* Does the article take the post away? Then it is not also held. */
static bool is_taken_away(const ml_reader *reader, const ml_role *role, uint32_t person)
{
    uint32_t seen = 0;
    for (uint32_t i = reader->last_role[person]; i != ML_NONE && seen < ML_READER_ROLES && !role->lost; seen++) {
        ml_role other = reader->role[i];
        i = reader->role_before[i];
        if (!other.lost || other.modality != ML_STATED || other.target != role->target)
            continue;
        other.lost = false;
        if (title_key(reader, &other) == title_key(reader, role))
            return true;
    }
    return false;
}

static void say_post(ml_reader *reader, const ml_role *role, uint32_t person, const char *rule, uint16_t confidence)
{
    if (person == ML_NONE || role->target == ML_NONE || is_taken_away(reader, role, person))
        return;
    bool past = role->modality == ML_STATED && (role->lost || is_former(reader, role));
    ml_relation relation = {.type = ML_STR("holds_position"),
                            .title = title_words(reader, role),
                            .title_key = title_key(reader, role),
                            .source = person,
                            .target = role->target,
                            .sentence = ml_reader_sentence(reader, role->begin),
                            .rule = ml_str_from(rule),
                            .modality = past ? ML_PAST : role->modality,
                            .confidence_milli = confidence};
    ml_reader_say(reader, relation);
}

/* `các Phó Chủ tịch UBND tỉnh: A, B, C`, `các Thứ trưởng A, B`: a plural role belongs to all that follow the colon, in a list
 * of titles before names only up to the semicolon; without a colon to the names that are joined. */
static void share_plural(ml_reader *reader, const ml_role *role)
{
    enum { HOLDERS = 32, MENTIONS = 256 };
    uint32_t named = ml_reader_cue(reader, role->end, ML_CUE_NAMELY);
    bool colon = named > role->end;
    uint32_t end = reader->tokens->sentence[ml_reader_sentence(reader, role->begin)].end;
    bool titles_lead = colon && ml_reader_title_at(reader, named) != NULL;
    uint32_t from = ml_reader_mention_from(reader, role->end), at = role->end, holders = 0;
    for (uint32_t i = from; i < reader->mentions->count && holders < HOLDERS && i - from < MENTIONS; i++) {
        const ml_mention *mention = &reader->mentions->mention[i];
        if (mention->begin >= end || (!colon && !ml_reader_joins(reader, at, mention->begin, false)))
            return;
        for (; titles_lead && at < mention->begin; at++) {
            if (ml_token_is(reader->tokens, at, ';'))
                return;
        }
        bool person = mention->type == ML_PERSON && reader->entities->of[i] != ML_NONE;
        if (!colon && (!person || (holders && reader->from[i] < mention->begin)))
            return;
        at = titles_lead ? at : mention->end;
        if (!person)
            continue;
        holders++;
        say_post(reader, role, reader->entities->of[i], "role.plural", 900);
    }
}

/* Where a cue of the class stands that ends within a few tokens before `end`, back to `begin`; or ML_NONE. */
static uint32_t cue_within(const ml_reader *reader, uint32_t begin, uint32_t end, ml_cue_class kind)
{
    for (uint32_t at = end; at-- > begin;) {
        uint32_t behind = ml_reader_cue(reader, at, kind);
        if (behind > at && behind <= end)
            return at;
    }
    return ML_NONE;
}

/* The last person before `end` in its sentence, or, where only a form of address stands there, in the sentence before. */
static uint32_t person_before(const ml_reader *reader, uint32_t end)
{
    uint32_t sentence = ml_reader_sentence(reader, end - 1);
    uint32_t begin = reader->tokens->sentence[sentence].begin, nearest = end > NAME_TOKENS ? end - NAME_TOKENS : 0;
    bool addressed = false;
    for (uint32_t at = end; at-- > begin && at >= nearest;) {
        const ml_title_span *title = ml_reader_title_at(reader, at);
        addressed |= title && title->kind == ML_TITLE_ADDRESS && !ml_reader_plural(reader, title);
    }
    for (uint32_t i = ml_reader_mention_from(reader, end); i-- > 0;) {
        const ml_mention *mention = &reader->mentions->mention[i];
        uint32_t where = ml_reader_sentence(reader, mention->begin);
        if (where + addressed < sentence || (where == sentence && mention->end < nearest))
            return ML_NONE;
        if (mention->type == ML_PERSON && reader->entities->of[i] != ML_NONE)
            return reader->entities->of[i];
    }
    return ML_NONE;
}

/* `... đối với ông A`: the person behind such a word that follows the post, over its term. */
static uint32_t person_affected(const ml_reader *reader, uint32_t at)
{
    enum { TERM_TOKENS = 12, ADDRESS_TOKENS = 8 };
    uint32_t sentence = ml_reader_sentence(reader, at - 1);
    for (uint32_t end = at; end < at + TERM_TOKENS && end < reader->tokens->count; end++) {
        uint32_t behind = ml_reader_cue(reader, end, ML_CUE_AFFECTS);
        if (ml_reader_sentence(reader, end) != sentence || ml_reader_mention_at(reader, end) != ML_NONE)
            return ML_NONE;
        if (behind == end)
            continue;
        uint32_t i = ml_reader_mention_from(reader, behind);
        bool near = i < reader->mentions->count && reader->mentions->mention[i].begin <= behind + ADDRESS_TOKENS &&
                    reader->mentions->mention[i].type == ML_PERSON;
        return near ? reader->entities->of[i] : ML_NONE;
    }
    return ML_NONE;
}

/* The word that leads to the role, of this class; or ML_NONE. */
static uint32_t lead_of(const ml_reader *reader, const ml_role *role, ml_cue_class kind)
{
    for (uint32_t back = 1; back <= LEAD_TOKENS && back <= role->begin; back++) {
        if (ml_reader_cue(reader, role->begin - back, kind) == role->begin)
            return role->begin - back;
    }
    return ML_NONE;
}

/* Whom a decree gives or takes the post: who stands behind `đối với`, or before a passive word (`A được B bổ nhiệm làm`). */
static uint32_t person_of_decree(const ml_reader *reader, uint32_t lead, uint32_t chain_end)
{
    uint32_t person = person_affected(reader, chain_end);
    uint32_t begin = reader->tokens->sentence[ml_reader_sentence(reader, lead)].begin;
    begin = lead > begin + NAME_TOKENS ? lead - NAME_TOKENS : begin;
    uint32_t passive = person == ML_NONE ? cue_within(reader, begin, lead, ML_CUE_PASSIVE) : ML_NONE;
    return passive == ML_NONE || passive == 0 ? person : person_before(reader, passive);
}

static uint32_t person_of_lead(const ml_reader *reader, uint32_t lead, const ml_role *role, uint32_t chain_end)
{
    if (ml_reader_cue(reader, lead, ML_CUE_DECREE) == role->begin)
        return person_of_decree(reader, lead, chain_end);
    uint32_t person = lead ? person_before(reader, lead) : ML_NONE;
    return person == ML_NONE ? person_affected(reader, chain_end) : person;
}

/* What stands before the lead, or denies up to `denial_end`, makes it a proposal or no fact at all. */
static ml_modality modality_of(const ml_reader *reader, uint32_t lead, uint32_t denial_end)
{
    enum { BACK_TOKENS = 6, FAR_TOKENS = 25 };
    uint32_t begin = reader->tokens->sentence[ml_reader_sentence(reader, lead)].begin;
    uint32_t near = lead > begin + BACK_TOKENS ? lead - BACK_TOKENS : begin;
    uint32_t far = lead > begin + FAR_TOKENS ? lead - FAR_TOKENS : begin;
    if (cue_within(reader, near, denial_end, ML_CUE_NEGATED) != ML_NONE)
        return ML_DENIED;
    if (cue_within(reader, far, lead, ML_CUE_NOMINATED) != ML_NONE ||
        cue_within(reader, near, lead, ML_CUE_PROPOSED) != ML_NONE)
        return ML_PROPOSED;
    return ML_STATED;
}

/* The roles from `first` on that one lead speaks of; the index behind them. A role that leads up to a name is another's. */
static uint32_t chain_end(const ml_reader *reader, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < reader->role_count && reader->role[end].person == ML_NONE && !reader->role[end].plural &&
           ml_reader_chained(reader, &reader->role[end - 1], &reader->role[end]) &&
           ml_reader_sentence(reader, reader->role[end].begin) == ml_reader_sentence(reader, reader->role[first].begin))
        end++;
    return end;
}

/* The roles that words of appointment or loss lead to. */
static void take_led(ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->role_count; i++) {
        const ml_role *role = &reader->role[i];
        if (role->person != ML_NONE)
            continue;
        uint32_t lost = lead_of(reader, role, ML_CUE_LOST);
        uint32_t lead = lost == ML_NONE ? lead_of(reader, role, ML_CUE_APPOINT) : lost;
        if (lead == ML_NONE || role->plural)
            continue;
        uint32_t last = chain_end(reader, i);
        uint32_t person = person_of_lead(reader, lead, role, reader->role[last - 1].end);
        /* `không phải là` denies the post, `không còn là` is a word of loss. */
        ml_modality modality = modality_of(reader, lead, lost == ML_NONE ? role->begin : lead);
        for (; person != ML_NONE && i < last; i++) {
            reader->role[i].person = person;
            reader->role[i].modality = modality;
            reader->role[i].lost = lost != ML_NONE && !is_former(reader, &reader->role[i]);
        }
        i = last - 1;
    }
}

/* `Hội đồng kỷ luật do Thứ trưởng A làm chủ tịch`: the body that stands before the person and the word by which the person leads it. */
static uint32_t body_led(const ml_reader *reader, const ml_role *role, const ml_title *title)
{
    for (uint32_t i = ml_reader_mention_from(reader, role->begin); i-- > 0;) {
        const ml_mention *mention = &reader->mentions->mention[i];
        if (ml_reader_sentence(reader, mention->begin) != ml_reader_sentence(reader, role->begin))
            return ML_NONE;
        if (mention->type != ML_PERSON || reader->entities->of[i] != role->person)
            continue;
        uint32_t by = ml_reader_cue_before(reader, reader->from[i], ML_CUE_AGENT);
        uint32_t body = by == ML_NONE || !i ? ML_NONE : ml_reader_mention_from(reader, by) - 1;
        bool led =
            body < i && reader->mentions->mention[body].end == by && reader->mentions->mention[body].type == ML_BODY;
        uint32_t entity = led ? reader->entities->of[body] : ML_NONE;
        bool fits = entity != ML_NONE && ml_str_listed(title->level, reader->entities->entity[entity].kind);
        return fits ? entity : ML_NONE;
    }
    return ML_NONE;
}

static bool is_foreigner(const ml_reader *reader, uint32_t person)
{
    return person != ML_NONE && reader->mentions->mention[reader->entities->entity[person].first].foreign;
}

/* Does the person hold a post of these words already, so that the bare title only speaks of it again? */
static bool spoken_of_again(const ml_reader *reader, const ml_role *role)
{
    uint32_t seen = 0;
    for (uint32_t i = reader->last_role[role->person]; i != ML_NONE && seen < ML_READER_ROLES; seen++) {
        const ml_role *other = &reader->role[i];
        if (other->target != ML_NONE &&
            reader->mentions->title[other->title].row == reader->mentions->title[role->title].row)
            return true;
        i = reader->role_before[i];
    }
    return false;
}

/* Chains the roles of each person. */
static void chain_roles(ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->entities->count; i++)
        reader->last_role[i] = ML_NONE;
    for (uint32_t i = 0; i < reader->role_count; i++) {
        uint32_t person = reader->role[i].person;
        if (person == ML_NONE)
            continue;
        reader->role_before[i] = reader->last_role[person];
        reader->last_role[person] = i;
    }
}

/* The country of a foreign official whose title is one of states, if the article names it. */
static uint32_t country_of(const ml_reader *reader, const ml_role *role, const ml_title *title)
{
    uint32_t row = role->person == ML_NONE ? ML_NONE : reader->entities->entity[role->person].row, country = ML_NONE;
    ml_str id = row == ML_NONE ? ML_STR("") : reader->gazetteer->official[row].country;
    if (!ml_str_equal(title->body, ML_STR("country")) || ml_str_equal(id, ML_STR("country-vn")))
        return ML_NONE;
    return id.len && ml_map_find(&reader->ids, id, &country) ? country : ML_NONE;
}

/* Does the title name the body's head: `Trưởng đoàn` of a `Đoàn kiểm tra`, `Giám đốc trung tâm` of a `Trung tâm`? */
static bool names_head(const ml_reader *reader, const ml_role *role, uint32_t body)
{
    const ml_token *token = reader->tokens->token;
    uint32_t first = reader->mentions->mention[reader->entities->entity[body].first].begin;
    for (uint32_t at = role->begin; at < role->text_end; at++) {
        if (token[at].key == token[first].key)
            return true;
    }
    return role->end + 1 < reader->tokens->count && token[role->end].key == token[first].key &&
           token[role->end + 1].key == token[first + 1].key;
}

/* The body spoken of last before the title whose head the title names. */
static uint32_t body_by_head(const ml_reader *reader, const ml_role *role)
{
    enum { LOOK = 60 };
    uint32_t from = ml_reader_mention_from(reader, role->begin);
    for (uint32_t i = from; i-- > 0 && from - i <= LOOK;) {
        uint32_t entity = reader->entities->of[i];
        if (entity != ML_NONE && reader->entities->entity[entity].type == ML_BODY && names_head(reader, role, entity))
            return entity;
    }
    return ML_NONE;
}

/* The one body of the article that may have such a post, or ML_NONE where there are several. */
static uint32_t only_body(const ml_reader *reader, const ml_title *title)
{
    uint32_t found = ML_NONE;
    if (reader->entities->count > ML_READER_ENTITIES)
        return ML_NONE;
    for (uint32_t i = 0; i < reader->entities->count; i++) {
        const ml_entity *entity = &reader->entities->entity[i];
        if (entity->type != ML_BODY || !ml_str_listed(title->level, entity->kind) ||
            ml_str_equal(entity->kind, ML_STR("foreign")))
            continue;
        if (found != ML_NONE)
            return ML_NONE;
        found = i;
    }
    return found;
}

/* Of a foreigner whom the tables do not know with a title of states the one foreign country that the article names; ML_NONE where
 * it names several, or the person by one word only, which may be anything. */
static uint32_t only_country(const ml_reader *reader, const ml_role *role, const ml_title *title)
{
    const ml_entity *person = &reader->entities->entity[role->person];
    const ml_mention *name = &reader->mentions->mention[person->first];
    uint32_t found = ML_NONE;
    bool unknown = person->row == ML_NONE || !reader->gazetteer->official[person->row].country.len;
    if (!unknown || name->end - name->begin < 2 || !ml_str_equal(title->body, ML_STR("country")) ||
        reader->entities->count > ML_READER_ENTITIES)
        return ML_NONE;
    for (uint32_t i = 0; i < reader->entities->count; i++) {
        const ml_entity *entity = &reader->entities->entity[i];
        const ml_locality *row =
            entity->type == ML_LOCALITY && entity->row != ML_NONE ? &reader->gazetteer->locality[entity->row] : NULL;
        if (!row || row->level != ML_LEVEL_COUNTRY || ml_str_equal(row->id, ML_STR("country-vn")))
            continue;
        if (found != ML_NONE)
            return ML_NONE;
        found = i;
    }
    return found;
}

/* Is the title always of this one row, and of nothing else where the article does not name it? */
static bool names_row(const ml_reader *reader, ml_str id)
{
    return id.len && (ml_gazetteer_find_body(reader->gazetteer, id) != ML_NO_ROW ||
                      ml_gazetteer_find_locality(reader->gazetteer, id) != ML_NO_ROW);
}

/* `Chánh văn phòng, kiêm người phát ngôn của Bộ Nội vụ`: the body of the next title in the chain, if it may have the first. */
static uint32_t body_of_next(const ml_reader *reader, uint32_t index, const ml_title *title)
{
    if (index + 1 == reader->role_count)
        return ML_NONE;
    const ml_role *role = &reader->role[index], *next = role + 1;
    bool fits = next->target != ML_NONE && next->person == role->person && ml_reader_chained(reader, role, next) &&
                reader->entities->entity[next->target].type == ML_BODY;
    return fits && ml_str_listed(title->level, reader->entities->entity[next->target].kind) ? next->target : ML_NONE;
}

/* A title that is of the Vietnamese state where nothing else is said, such as `Thủ tướng`, is of a foreigner's own country. */
static void send_abroad(const ml_reader *reader, ml_role *role)
{
    const ml_title *title = &reader->gazetteer->title[reader->mentions->title[role->title].row];
    uint32_t row = role->person == ML_NONE ? ML_NONE : reader->entities->entity[role->person].row;
    bool implied = role->end == role->text_end && title->body.len;
    if (row == ML_NONE || !implied || ml_str_equal(reader->gazetteer->official[row].country, ML_STR("country-vn")) ||
        !reader->gazetteer->official[row].country.len)
        return;
    role->target = country_of(reader, role, title);
}

/* `ông Đỗ Như Tuấn giữ chức Tổng giám đốc`: a title that does not say of what is of the body spoken of. */
static void complete_bare(ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->role_count; i++) {
        ml_role *role = &reader->role[i];
        send_abroad(reader, role);
        if (role->target != ML_NONE || (role->person == ML_NONE && !role->plural) ||
            (!role->plural && spoken_of_again(reader, role)))
            continue;
        const ml_title *title = &reader->gazetteer->title[reader->mentions->title[role->title].row];
        role->bare = true;
        role->target = country_of(reader, role, title);
        if (role->target != ML_NONE || names_row(reader, title->body) || !title->level.len)
            continue;
        role->target = body_of_next(reader, i, title);
        if (role->target == ML_NONE)
            role->target = body_by_head(reader, role);
        if (role->target == ML_NONE)
            role->target = body_led(reader, role, title);
        if (role->target == ML_NONE)
            role->target =
                is_foreigner(reader, role->person) ? only_country(reader, role, title) : only_body(reader, title);
    }
}

/* `được bầu làm Chủ tịch HĐQT thay ông B`: who held the post before holds it no longer. */
static void say_predecessor(ml_reader *reader, const ml_role *role)
{
    uint32_t at = ml_token_is(reader->tokens, role->end, ',') ? role->end + 1 : role->end;
    uint32_t name = ml_reader_cue(reader, at, ML_CUE_INSTEAD);
    uint32_t i = ml_reader_mention_from(reader, name);
    if (name == at || role->lost || role->modality != ML_STATED || i == reader->mentions->count ||
        reader->mentions->mention[i].type != ML_PERSON || reader->from[i] != name)
        return;
    ml_role before = *role;
    before.lost = !is_former(reader, role);
    say_post(reader, &before, reader->entities->of[i], "role.before", 800);
}

void ml_read_posts(ml_reader *reader)
{
    take_led(reader);
    chain_roles(reader);
    complete_bare(reader);
    for (uint32_t i = 0; i < reader->role_count; i++) {
        const ml_role *role = &reader->role[i];
        if (role->plural) {
            share_plural(reader, role);
            continue;
        }
        say_post(reader, role, role->person, role->bare ? "role.bare" : "role.title", role->bare ? 700 : 950);
        say_predecessor(reader, role);
    }
}
