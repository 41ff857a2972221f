#include "relate/reader.h"

/* Roles are read in three steps: each title takes what it is the title of; each person takes the titles about the name;
 * then what was taken is said as holds_position. */

static const ml_title *title_of(const ml_reader *reader, const ml_title_span *span)
{
    return &reader->gazetteer->title[span->row];
}

static uint32_t sentence_of(const ml_reader *reader, uint32_t token)
{
    return reader->tokens->token[token].sentence;
}

/* The entity that is this row of bodies.tsv or localities.tsv, if the article names it. */
static uint32_t entity_of_id(const ml_reader *reader, ml_str id)
{
    uint32_t entity = ML_NONE;
    return id.len && ml_map_find(&reader->ids, id, &entity) ? entity : ML_NONE;
}

/* Equal for all spellings of the words [begin, end). */
static uint64_t key_of(const ml_reader *reader, uint32_t begin, uint32_t end)
{
    uint64_t key = 0xcbf29ce484222325u;
    for (uint32_t at = begin; at < end; at++)
        key = (key ^ reader->tokens->token[at].key) * 0x100000001b3u;
    return key;
}

static const ml_match *longest(const ml_reader *reader, uint32_t at, ml_list list)
{
    return ml_matches_longest(reader->matches, reader->gazetteer->patterns, at, list);
}

/* The body or locality that begins at `at` or behind a `của` there. */
static uint32_t organisation_at(const ml_reader *reader, uint32_t at)
{
    uint32_t index = ml_reader_mention_at(reader, at);
    uint32_t of = ml_reader_cue(reader, at, ML_CUE_OF);
    if (index == ML_NONE && of > at)
        index = ml_reader_mention_at(reader, of);
    if (index == ML_NONE || reader->entities->of[index] == ML_NONE)
        return ML_NONE;
    ml_entity_type type = reader->mentions->mention[index].type;
    return type == ML_BODY || type == ML_LOCALITY ? index : ML_NONE;
}

/* The body whose name begins within the title: `Trưởng đoàn đại biểu Quốc hội ...`, `Tổng Thanh tra Chính phủ`; or ML_NONE. */
static uint32_t organisation_inside(const ml_reader *reader, const ml_title_span *span)
{
    for (uint32_t at = span->begin + 1; at < span->end; at++) {
        uint32_t mention = organisation_at(reader, at);
        if (mention != ML_NONE)
            return mention;
    }
    return ML_NONE;
}

/* Takes the mention into the role: it names what the title is of and is no actor of its own. */
static void take(ml_reader *reader, ml_role *role, uint32_t mention)
{
    role->target = reader->entities->of[mention];
    role->end = reader->mentions->mention[mention].end;
    reader->consumed[mention] = true;
}

/* `Đại sứ Lào tại Việt Nam`: where the post is held belongs to it too. */
static void take_place(ml_reader *reader, ml_role *role)
{
    uint32_t at = ml_reader_cue(reader, role->end, ML_CUE_LOCATIVE);
    uint32_t mention = at > role->end ? ml_reader_mention_at(reader, at) : ML_NONE;
    if (mention != ML_NONE && reader->mentions->mention[mention].type == ML_LOCALITY) {
        role->end = reader->mentions->mention[mention].end;
        reader->consumed[mention] = true;
    }
}

static void read_role(ml_reader *reader, uint32_t index)
{
    const ml_title_span *span = &reader->mentions->title[index];
    const ml_title *title = title_of(reader, span);
    const ml_title_span *before = index ? span - 1 : span;
    bool several = before->end == span->begin && before->kind == ML_TITLE_ADDRESS && ml_reader_plural(reader, before);
    ml_role role = {span->begin, span->end, index, span->end, ML_NONE, ML_NONE, span->plural || several};
    uint32_t at = span->end;
    const ml_match *field = title->flags & ML_FLAG_FIELD ? longest(reader, at, ML_IN_FIELDS) : NULL;
    uint32_t mention = ML_NONE;
    if (title->flags & ML_FLAG_INSIDE_BODY)
        mention = organisation_inside(reader, span);
    if (mention == ML_NONE)
        mention = organisation_at(reader, at);
    if (mention != ML_NONE) {
        take(reader, &role, mention);
        if (reader->entities->entity[role.target].type == ML_LOCALITY)
            take_place(reader, &role);
    } else if (field) {
        const ml_field *row =
            &reader->gazetteer->field[ml_patterns_at(reader->gazetteer->patterns, field->pattern)->row];
        role.end = field->end;
        uint32_t country = organisation_at(reader, field->end);
        if (country != ML_NONE && reader->mentions->mention[country].type == ML_LOCALITY) {
            role.text_end = field->end;
            take(reader, &role, country);
        } else {
            role.target = entity_of_id(reader, row->ministry);
        }
    } else {
        role.target = entity_of_id(reader, title->body);
    }
    for (uint32_t i = ml_reader_mention_from(reader, role.begin);
         i < reader->mentions->count && reader->mentions->mention[i].begin < role.end; i++)
        reader->consumed[i] = true; /* what lies within a role is no actor of its own */
    reader->role[reader->role_count++] = role;
}

/* The role whose last token is the one before `end`, looking back from role `from`; or ML_NONE. */
static uint32_t role_ending(const ml_reader *reader, uint32_t end, uint32_t from)
{
    for (uint32_t i = from; i-- > 0 && reader->role[i].begin + 40 > end;) {
        if (reader->role[i].end == end)
            return i;
    }
    return ML_NONE;
}

static uint32_t first_role_at(const ml_reader *reader, uint32_t token)
{
    uint32_t low = 0, high = reader->role_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->role[middle].begin < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where the name with its address or rank begins: `đồng chí Đại tá X`. */
static uint32_t address_begin(const ml_reader *reader, uint32_t name)
{
    enum { TITLE_TOKENS = 6 };
    for (uint32_t back = 1; back <= TITLE_TOKENS && back <= name; back++) {
        const ml_title_span *title = ml_reader_title_at(reader, name - back);
        if (title && title->end == name && title->kind != ML_TITLE_POST) {
            name = title->begin;
            back = 0;
        }
    }
    return name;
}

/* May a role before a person's name belong to it: nobody has taken it? */
static bool is_free(const ml_reader *reader, uint32_t role)
{
    return role != ML_NONE && reader->role[role].person == ML_NONE && !reader->role[role].plural;
}

/* Only a comma, hyphen, colon or bracket stands in [begin, end). */
static bool set_apart(const ml_reader *reader, uint32_t begin, uint32_t end)
{
    if (end <= begin || end - begin > 2)
        return false;
    for (uint32_t at = begin; at < end; at++) {
        bool mark = ml_token_is(reader->tokens, at, ',') || ml_token_is(reader->tokens, at, '-') ||
                    ml_token_is(reader->tokens, at, '(') || ml_token_is(reader->tokens, at, ':') ||
                    ml_str_equal(ml_tokens_text(reader->tokens, at, at + 1), ML_STR("\xe2\x80\x93"));
        if (!mark)
            return false;
    }
    return true;
}

/* Are the two roles one person's: nothing, a mark or `kiêm` between them? */
static bool chained(const ml_reader *reader, const ml_role *left, const ml_role *right)
{
    return left->end == right->begin || set_apart(reader, left->end, right->begin) ||
           ml_reader_cue(reader, left->end, ML_CUE_ALSO) == right->begin;
}

/* Takes the roles before the name, from the nearest back over commas. */
static void take_before(ml_reader *reader, uint32_t mention, uint32_t barrier)
{
    uint32_t person = reader->entities->of[mention];
    uint32_t at = address_begin(reader, reader->mentions->mention[mention].begin);
    uint32_t from = first_role_at(reader, at);
    reader->from[mention] = at;
    reader->to[mention] = reader->mentions->mention[mention].end;
    uint32_t role = role_ending(reader, at, from);
    /* `Chủ tịch Tập đoàn X, Nguyễn Văn A`: a comma may stand between. */
    if (role == ML_NONE && at > barrier + 1 && ml_token_is(reader->tokens, at - 1, ','))
        role = role_ending(reader, at - 1, from);
    while (is_free(reader, role) && reader->role[role].begin >= barrier) {
        reader->role[role].person = person;
        reader->from[mention] = reader->role[role].begin;
        if (role == 0 || !chained(reader, &reader->role[role - 1], &reader->role[role]) ||
            sentence_of(reader, reader->role[role - 1].begin) != sentence_of(reader, reader->role[role].begin))
            break;
        role--;
    }
}

/* Takes the roles behind the name: `A, Ủy viên Bộ Chính trị, Bí thư Thành ủy Hà Nội`. `next` is the next person's mention:
 * a role that leads right up to that name is that person's. */
static void take_behind(ml_reader *reader, uint32_t mention, uint32_t next)
{
    uint32_t person = reader->entities->of[mention];
    uint32_t at = reader->mentions->mention[mention].end;
    uint32_t next_begin = next == ML_NONE ? ML_NONE : address_begin(reader, reader->mentions->mention[next].begin);
    uint32_t first = first_role_at(reader, at);
    /* Who has titles before the name has none behind it: `Chủ tịch nước X, Thủ tướng Y khẳng định`. */
    if (reader->from[mention] < address_begin(reader, reader->mentions->mention[mention].begin))
        return;
    for (uint32_t i = first; i < reader->role_count; i++) {
        ml_role *role = &reader->role[i];
        if (!set_apart(reader, at, role->begin) || role->person != ML_NONE || role->plural || role->end == next_begin ||
            sentence_of(reader, role->begin) != sentence_of(reader, at - 1))
            return;
        role->person = person;
        at = reader->to[mention] = role->end;
    }
}

/* The title as the tables write it where it is one of their names, as the article does where it is an alias. */
static ml_str title_words(const ml_reader *reader, const ml_role *role)
{
    enum { PIECES = 12 };
    ml_str piece[PIECES];
    size_t count = 0;
    for (uint32_t at = role->begin; at < role->text_end && count + 2 <= PIECES;) {
        const ml_match *match = longest(reader, at, ML_IN_TITLES);
        uint32_t end = match && match->end <= role->text_end ? match->end : at + 1;
        const ml_pattern *pattern =
            match && match->end == end ? ml_patterns_at(reader->gazetteer->patterns, match->pattern) : NULL;
        if (count)
            piece[count++] = ML_STR(" ");
        const ml_title *title = pattern ? &reader->gazetteer->title[pattern->row] : NULL;
        bool by_name = title && (pattern->is_name || (title->flags & ML_FLAG_ABBREVIATION));
        piece[count++] = by_name ? title->name : ml_tokens_name(reader->tokens, at, end, reader->arena);
        at = end;
    }
    return ml_arena_concat(reader->arena, piece, count);
}

/* `các Phó Chủ tịch UBND tỉnh: A, B, C`: a plural role belongs to all that follow the colon; in a list of titles before
 * names only up to the semicolon. */
static void share_plural(ml_reader *reader, uint32_t index)
{
    const ml_role role = reader->role[index];
    if (!ml_token_is(reader->tokens, role.end, ':'))
        return;
    enum { HOLDERS = 32, MENTIONS = 256 };
    uint32_t end = reader->tokens->sentence[sentence_of(reader, role.begin)].end;
    bool titles_lead = ml_reader_title_at(reader, role.end + 1) != NULL;
    uint32_t from = ml_reader_mention_from(reader, role.end), at = role.end, holders = 0;
    for (uint32_t i = from; i < reader->mentions->count && holders < HOLDERS && i - from < MENTIONS; i++) {
        const ml_mention *mention = &reader->mentions->mention[i];
        if (mention->begin >= end)
            return;
        for (; titles_lead && at < mention->begin; at++) {
            if (ml_token_is(reader->tokens, at, ';'))
                return;
        }
        if (mention->type != ML_PERSON || reader->entities->of[i] == ML_NONE)
            continue;
        holders++;
        ml_relation relation = {.type = ML_STR("holds_position"),
                                .title = title_words(reader, &role),
                                .title_key = key_of(reader, role.begin, role.text_end),
                                .source = reader->entities->of[i],
                                .target = role.target,
                                .sentence = sentence_of(reader, role.begin),
                                .rule = ML_STR("role.plural"),
                                .confidence_milli = 900};
        ml_reader_say(reader, relation);
    }
}

/* `không phải là`, `thôi giữ chức`: a word of denial within a few tokens before the role. */
static bool denied(const ml_reader *reader, uint32_t at)
{
    enum { BACK_TOKENS = 6 };
    for (uint32_t back = 1; back <= BACK_TOKENS && back <= at; back++) {
        uint32_t end = ml_reader_cue(reader, at - back, ML_CUE_NEGATED);
        if (end > at - back && end <= at && sentence_of(reader, at - back) == sentence_of(reader, at))
            return true;
    }
    return false;
}

/* `bầu ông A giữ chức Chủ tịch B`: the role behind such a word is the person's before it. */
static void take_appointments(ml_reader *reader)
{
    enum { BACK_TOKENS = 4, NAME_TOKENS = 30 };
    for (uint32_t i = 0; i < reader->role_count; i++) {
        ml_role *role = &reader->role[i];
        bool appointed = false;
        for (uint32_t back = 1; back <= BACK_TOKENS && back <= role->begin; back++)
            appointed |= ml_reader_cue(reader, role->begin - back, ML_CUE_APPOINT) == role->begin;
        if (!appointed || role->person != ML_NONE || denied(reader, role->begin))
            continue;
        for (uint32_t m = ml_reader_mention_from(reader, role->begin); m-- > 0;) {
            const ml_mention *mention = &reader->mentions->mention[m];
            if (role->begin - mention->end > NAME_TOKENS ||
                sentence_of(reader, mention->begin) != sentence_of(reader, role->begin))
                break;
            if (mention->type != ML_PERSON || reader->entities->of[m] == ML_NONE)
                continue;
            role->person = reader->entities->of[m];
            break;
        }
    }
}

static void say_positions(ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->role_count; i++) {
        const ml_role *role = &reader->role[i];
        if (role->plural) {
            share_plural(reader, i);
            continue;
        }
        if (role->person == ML_NONE || role->target == ML_NONE)
            continue;
        ml_relation relation = {.type = ML_STR("holds_position"),
                                .title = title_words(reader, role),
                                .title_key = key_of(reader, role->begin, role->text_end),
                                .source = role->person,
                                .target = role->target,
                                .sentence = sentence_of(reader, role->begin),
                                .rule = ML_STR("role.title"),
                                .confidence_milli = 950};
        ml_reader_say(reader, relation);
    }
}

void ml_read_roles(ml_reader *reader)
{
    for (uint32_t i = 0; i < reader->mentions->title_count; i++) {
        if (reader->mentions->title[i].kind == ML_TITLE_POST)
            read_role(reader, i);
    }
    uint32_t barrier = 0, previous = ML_NONE;
    for (uint32_t i = 0; i < reader->mentions->count; i++) {
        if (reader->mentions->mention[i].type != ML_PERSON || reader->entities->of[i] == ML_NONE)
            continue;
        if (previous != ML_NONE)
            take_behind(reader, previous, i);
        take_before(reader, i, barrier);
        barrier = reader->mentions->mention[i].end;
        previous = i;
    }
    if (previous != ML_NONE)
        take_behind(reader, previous, ML_NONE);
    take_appointments(reader);
    say_positions(reader);
}
