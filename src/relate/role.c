#include "relate/reader.h"

/* Roles are read in two steps: each title takes what it is the title of; each person takes the titles about the name. */

static const ml_title *title_of(const ml_reader *reader, const ml_title_span *span)
{
    return &reader->gazetteer->title[span->row];
}

/* The entity that is this row of bodies.tsv or localities.tsv, if the article names it. */
static uint32_t entity_of_id(const ml_reader *reader, ml_str id)
{
    uint32_t entity = ML_NONE;
    return id.len && ml_map_find(&reader->ids, id, &entity) ? entity : ML_NONE;
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
    /* `Diễn đàn Kinh tế Thế giới (WEF)` */
    uint32_t again =
        ml_token_is(reader->tokens, role->end, '(') ? ml_reader_mention_at(reader, role->end + 1) : ML_NONE;
    if (again != ML_NONE && reader->entities->of[again] == role->target &&
        ml_token_is(reader->tokens, reader->mentions->mention[again].end, ')')) {
        role->end = reader->mentions->mention[again].end + 1;
        reader->consumed[again] = true;
    }
}

/* `Bí thư TP.HCM`, `Chủ tịch Hà Nội`: the unit's own organ that has such a post, if the article names it; ML_NONE if not. */
static uint32_t organ_of_unit(const ml_reader *reader, const ml_title *title, uint32_t unit)
{
    ml_str kinds = title->level;
    while (kinds.ptr) {
        ml_str kind = ml_str_split(&kinds, '|');
        for (uint32_t i = 0; i < reader->entities->count && i < ML_READER_ENTITIES; i++) {
            const ml_entity *entity = &reader->entities->entity[i];
            if (entity->type == ML_BODY && entity->unit == unit && ml_str_equal(entity->kind, kind))
                return i;
        }
    }
    return ML_NONE;
}

static bool is_domestic_unit(const ml_reader *reader, uint32_t entity)
{
    uint32_t row = reader->entities->entity[entity].row;
    if (reader->entities->entity[entity].type != ML_LOCALITY || row == ML_NONE)
        return false;
    ml_level level = reader->gazetteer->locality[row].level;
    return level == ML_LEVEL_PROVINCE || level == ML_LEVEL_DISTRICT || level == ML_LEVEL_COMMUNE;
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

/* The body of this field that belongs to the country, if the article names it: `Bộ Quốc phòng Mỹ`. */
static uint32_t ministry_of(const ml_reader *reader, const ml_match *field, uint32_t country)
{
    const ml_token *token = reader->tokens->token;
    for (uint32_t i = 0; i < reader->entities->count && i < ML_READER_ENTITIES; i++) {
        const ml_entity *entity = &reader->entities->entity[i];
        if (entity->type != ML_BODY || entity->unit != country)
            continue;
        uint32_t at = reader->mentions->mention[entity->first].begin + 1, same = 0;
        while (same < field->end - field->begin && at + same < reader->tokens->count &&
               token[at + same].key == token[field->begin + same].key)
            same++;
        if (same == field->end - field->begin)
            return i;
    }
    return ML_NONE;
}

/* `khóa XIV`, `nhiệm kỳ 2016-2021` behind a post: the end of the term, or `at`. */
static uint32_t term_end(const ml_reader *reader, uint32_t at)
{
    enum { LONGEST = 5 };
    uint32_t end = ml_reader_cue(reader, at, ML_CUE_TERM);
    if (end == at || end >= reader->tokens->count)
        return at;
    const ml_token *token = reader->tokens->token;
    if (token[end].kind != ML_NUMBER && !token[end].upper &&
        !(token[end].capital && token[end].end - token[end].begin == 1))
        return at;
    end++;
    for (uint32_t words = 0; words < LONGEST && end + 1 < reader->tokens->count && token[end].kind == ML_MARK &&
                             token[end + 1].kind == ML_NUMBER && token[end].sentence == token[at].sentence;
         words++)
        end += 2;
    return end;
}

/* What lies within a role is no actor of its own. */
static void consume(ml_reader *reader, uint32_t begin, uint32_t end)
{
    for (uint32_t i = ml_reader_mention_from(reader, begin);
         i < reader->mentions->count && reader->mentions->mention[i].begin < end; i++)
        reader->consumed[i] = true;
}

static void read_role(ml_reader *reader, uint32_t index)
{
    const ml_title_span *span = &reader->mentions->title[index];
    const ml_title *title = title_of(reader, span);
    const ml_title_span *before = index ? span - 1 : span;
    bool several = before->end == span->begin && before->kind == ML_TITLE_ADDRESS && ml_reader_plural(reader, before);
    /* `7 Phó tổng giám đốc` */
    several |= span->begin && reader->tokens->token[span->begin - 1].kind == ML_NUMBER &&
               reader->tokens->token[span->begin].gap == ML_GAP_SPACE;
    ml_role role = {.begin = span->begin,
                    .end = span->end,
                    .title = index,
                    .text_end = span->end,
                    .target = ML_NONE,
                    .person = ML_NONE,
                    .plural = span->plural || several};
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
        if (is_domestic_unit(reader, role.target))
            role.target = organ_of_unit(reader, title, role.target);
    } else if (field) {
        const ml_field *row =
            &reader->gazetteer->field[ml_patterns_at(reader->gazetteer->patterns, field->pattern)->row];
        role.end = field->end;
        uint32_t country = organisation_at(reader, field->end);
        if (country != ML_NONE && reader->mentions->mention[country].type == ML_LOCALITY) {
            uint32_t ministry = ministry_of(reader, field, reader->entities->of[country]);
            role.text_end = ministry == ML_NONE ? field->end : span->end;
            take(reader, &role, country);
            role.target = ministry == ML_NONE ? role.target : ministry;
        } else {
            role.target = entity_of_id(reader, row->ministry);
        }
    } else {
        role.target = entity_of_id(reader, title->body);
    }
    role.end = term_end(reader, role.end);
    consume(reader, role.begin, role.end);
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

bool ml_reader_chained(const ml_reader *reader, const ml_role *left, const ml_role *right)
{
    uint32_t next = ml_token_is(reader->tokens, left->end, ',') ? left->end + 1 : left->end;
    return left->end == right->begin || set_apart(reader, left->end, right->begin) ||
           ml_reader_cue(reader, next, ML_CUE_ALSO) == right->begin;
}

static bool is_dash(const ml_reader *reader, uint32_t at)
{
    return ml_token_is(reader->tokens, at, '-') ||
           ml_str_equal(ml_tokens_text(reader->tokens, at, at + 1), ML_STR("\xe2\x80\x93"));
}

/* `Chủ tịch UBND quận Hoàn Kiếm (Hà Nội) Phạm Tuấn Long`: where the bracket that closes right before `end` begins, or `end`. */
static uint32_t before_bracket(const ml_reader *reader, uint32_t end, uint32_t barrier)
{
    enum { BRACKET_TOKENS = 10 };
    if (end <= barrier + 1 || !ml_token_is(reader->tokens, end - 1, ')'))
        return end;
    for (uint32_t at = end - 1; at-- > barrier && at + BRACKET_TOKENS > end;) {
        if (ml_token_is(reader->tokens, at, '('))
            return at;
    }
    return end;
}

/* Does the role before a comma speak of the person behind it: `Đại sứ Mỹ tại Việt Nam, ông Ted Osius`? It must say of what,
 * stand where a clause begins or behind a word like `với`, and the name must be whole: `khi gặp Thủ tướng Đức, bà May nói`. */
static bool is_apposed(const ml_reader *reader, uint32_t role, uint32_t mention, uint32_t barrier)
{
    if (role == ML_NONE || reader->role[role].end == reader->role[role].text_end)
        return false;
    uint32_t begin = reader->role[role].begin, name = reader->mentions->mention[mention].begin;
    const ml_title_span *address = ml_reader_title_at(reader, name - 1);
    bool whole = reader->mentions->mention[mention].end > name + 1;
    bool free = begin > barrier + 1 && (begin == reader->tokens->sentence[ml_reader_sentence(reader, begin)].begin ||
                                        reader->tokens->token[begin - 1].kind == ML_MARK ||
                                        ml_reader_cue_before(reader, begin, ML_CUE_AGENT) != ML_NONE);
    return whole && free && address && address->kind == ML_TITLE_ADDRESS && address->end == name &&
           address_begin(reader, name) == name - 1;
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
    /* `Chủ tịch Tập đoàn X, Nguyễn Văn A`, `Thống đốc tỉnh Aichi - ông Hideaki Omura`: a mark may stand between. */
    bool plain = at == reader->mentions->mention[mention].begin;
    bool comma = plain && at > barrier + 1 && ml_token_is(reader->tokens, at - 1, ',');
    if (role == ML_NONE && (comma || (at > barrier + 1 && is_dash(reader, at - 1))))
        role = role_ending(reader, at - 1, from);
    if (role == ML_NONE && at > barrier + 1 && ml_token_is(reader->tokens, at - 1, ',')) {
        uint32_t apposed = role_ending(reader, at - 1, from);
        role = is_apposed(reader, apposed, mention, barrier) ? apposed : ML_NONE;
    }
    if (role == ML_NONE) {
        role = role_ending(reader, before_bracket(reader, at, barrier), from);
        if (is_free(reader, role))
            consume(reader, reader->role[role].end, at);
    }
    while (is_free(reader, role) && reader->role[role].begin >= barrier) {
        reader->role[role].person = person;
        reader->from[mention] = reader->role[role].begin;
        if (role == 0 || !ml_reader_chained(reader, &reader->role[role - 1], &reader->role[role]) ||
            ml_reader_sentence(reader, reader->role[role - 1].begin) !=
                ml_reader_sentence(reader, reader->role[role].begin))
            break;
        role--;
    }
}

/* The roles behind the name that make one list, from `first` on; the index behind the last. */
static uint32_t list_behind(const ml_reader *reader, uint32_t name_end, uint32_t first)
{
    uint32_t at = name_end, i = first;
    for (; i < reader->role_count; i++) {
        const ml_role *role = &reader->role[i];
        if (!set_apart(reader, at, role->begin) || role->person != ML_NONE || role->plural ||
            ml_reader_sentence(reader, role->begin) != ml_reader_sentence(reader, name_end - 1))
            break;
        at = role->end;
    }
    return i;
}

/* Who has titles before the name has those behind it only if they say of what and stand apart on both sides: `ĐB A, Phó Bí thư
 * Tỉnh ủy X, nói`, but not `Chủ tịch nước X, Thủ tướng Y khẳng định`. */
static bool is_insertion(const ml_reader *reader, uint32_t first, uint32_t last, uint32_t next_begin)
{
    if (first == last)
        return false;
    uint32_t end = reader->role[last - 1].end;
    bool closed =
        ml_token_is(reader->tokens, end, ',') || ml_token_is(reader->tokens, end, ')') || is_dash(reader, end);
    for (uint32_t i = first; i < last; i++)
        closed &= reader->role[i].target != ML_NONE && reader->role[i].end > reader->role[i].text_end &&
                  reader->entities->entity[reader->role[i].target].type == ML_BODY;
    return closed && end + 1 < next_begin;
}

/* Takes the roles behind the name: `A, Ủy viên Bộ Chính trị, Bí thư Thành ủy Hà Nội`. `next` is the next person's mention:
 * a role that leads right up to that name is that person's. */
static void take_behind(ml_reader *reader, uint32_t mention, uint32_t next)
{
    uint32_t name = reader->mentions->mention[mention].begin, name_end = reader->mentions->mention[mention].end;
    uint32_t next_begin = next == ML_NONE ? ML_NONE : address_begin(reader, reader->mentions->mention[next].begin);
    uint32_t first = first_role_at(reader, name_end), last = list_behind(reader, name_end, first);
    bool titled = reader->from[mention] < address_begin(reader, name);
    /* `Đại biểu A - Phó trưởng đoàn đại biểu Quốc hội tỉnh B cho rằng` */
    bool dashed = first < last && reader->role[first].begin == name_end + 1 && is_dash(reader, name_end);
    if (titled && !dashed && !is_insertion(reader, first, last, next_begin))
        return;
    for (uint32_t i = first; i < last && reader->role[i].end != next_begin; i++) {
        reader->role[i].person = reader->entities->of[mention];
        reader->to[mention] = reader->role[i].end;
    }
}

/* `ĐB Nguyễn Văn A (Nam Định) hỏi`, `Thủ tướng A (trái) và B`: a short bracket behind the name in which nobody else is named and no
 * title stands belongs to the name. */
static void take_bracket(ml_reader *reader, uint32_t mention)
{
    enum { BRACKET_TOKENS = 8 };
    uint32_t open = reader->to[mention], close = open + 1;
    if (!ml_token_is(reader->tokens, open, '('))
        return;
    while (close < reader->tokens->count && close - open <= BRACKET_TOKENS &&
           !ml_token_is(reader->tokens, close, ')')) {
        uint32_t inside = ml_reader_mention_at(reader, close);
        ml_entity_type type = inside == ML_NONE ? ML_LOCALITY : reader->mentions->mention[inside].type;
        if (type == ML_PERSON || type == ML_EVENT || ml_reader_title_at(reader, close))
            return;
        close++;
    }
    if (!ml_token_is(reader->tokens, close, ')'))
        return;
    consume(reader, open, close);
    reader->to[mention] = close + 1;
}

/* `Thủ tướng A và Phu nhân cùng đoàn đại biểu cấp cao Việt Nam thăm`: those who come along, and whose they are, belong to the name. */
static void take_company(ml_reader *reader, uint32_t mention)
{
    uint32_t behind = reader->to[mention];
    uint32_t end = ml_reader_cue(reader, behind, ML_CUE_COMPANY);
    uint32_t next = end > behind ? ml_reader_mention_at(reader, end) : ML_NONE;
    if (end == behind || (next != ML_NONE && reader->mentions->mention[next].type == ML_PERSON) ||
        ml_reader_cue(reader, end, ML_CUE_OF) > end)
        return;
    if (next != ML_NONE && reader->mentions->mention[next].type == ML_LOCALITY)
        end = reader->mentions->mention[next].end;
    consume(reader, behind, end);
    reader->to[mention] = end;
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
    for (uint32_t i = 0; i < reader->mentions->count; i++) {
        if (reader->mentions->mention[i].type != ML_PERSON || reader->entities->of[i] == ML_NONE)
            continue;
        take_bracket(reader, i);
        take_company(reader, i);
    }
}
