#include "evaluate/evaluate.h"
#include "evaluate/fold.h"

#include "base/file.h"
#include "base/utf8.h"

enum {
    PERSON = 1 << ML_PERSON,
    BODY = 1 << ML_BODY,
    LOCALITY = 1 << ML_LOCALITY,
    EVENT = 1 << ML_EVENT,
    SITE = 1 << ML_SITE,
    MOST_PARTS = 4
};

static const size_t file_limit_bytes = (size_t)1 << 30;

const ml_relation_type ml_relation_types[ML_RELATION_TYPES] = {
    {{"holds_position", 14}, PERSON, BODY | LOCALITY},
    {{"chaired", 7}, PERSON | BODY, EVENT},
    {{"attended", 8}, PERSON | BODY | LOCALITY, EVENT},
    {{"spoke_at", 8}, PERSON | BODY, EVENT},
    {{"organized", 9}, BODY | LOCALITY | PERSON, EVENT},
    {{"held_at", 7}, EVENT, LOCALITY | SITE | BODY},
    {{"cooperates_with", 15}, LOCALITY | BODY, LOCALITY | BODY},
    {{"visited", 7}, PERSON | BODY, LOCALITY | BODY | SITE},
    {{"met_with", 8}, PERSON | BODY, PERSON | BODY},
    {{"donated_to", 10}, PERSON | BODY | LOCALITY, BODY | LOCALITY | PERSON | SITE},
};

int ml_relation_type_find(ml_str name)
{
    for (int i = 0; i < ML_RELATION_TYPES; i++) {
        if (ml_str_equal(ml_relation_types[i].name, name))
            return i;
    }
    return -1;
}

/* An article in the making. Its arrays are as large as the source can make them. */
typedef struct {
    ml_str path;
    uint32_t line;
    enum { NO_SECTION, ENTITIES, RELATIONS } section;
    ml_arena *arena;
    ml_error *error;
    ml_str id, date;
    ml_record_entity *entities;
    ml_gold_names *names;
    bool *mentioned; /* of each entity */
    ml_record_relation *relations;
    ml_record_mention *mentions;
    uint32_t entity_count, relation_count, mention_count;
} marked;

static ml_status malformed(const marked *article, const char *reason, ml_str what)
{
    ml_str shown = ml_str_slice(what, 0, 200);
    return ml_fail_at(article->error, ML_E_SYNTAX, article->path, article->line, 0, "%s: %.*s", reason, (int)shown.len,
                      shown.len ? shown.ptr : "");
}

/* The bytes of white space at `at`, of any script; 0 for none. */
static uint32_t space_at(ml_str text, uint32_t at)
{
    uint32_t point, len = at < text.len ? ml_utf8_read(text, at, &point) : 0;
    return len && ml_fold_is_space(point) ? len : 0;
}

static ml_str strip(ml_str text)
{
    uint32_t begin = 0, end, len;
    while ((len = space_at(text, begin)) > 0)
        begin += len;
    end = begin;
    for (uint32_t at = begin; at < text.len;) {
        len = space_at(text, at);
        at += len ? len : 1;
        end = len ? end : at;
    }
    return ml_str_slice(text, begin, end);
}

/* Splits a stripped line at white space into at most `most` parts, the last of which is the rest. */
static uint32_t split(ml_str line, uint32_t most, ml_str parts[MOST_PARTS])
{
    uint32_t count = 0, at = 0, len;
    while (at < line.len) {
        uint32_t begin = at;
        while (at < line.len && (!space_at(line, at) || count + 1 == most))
            at++;
        parts[count++] = ml_str_slice(line, begin, at);
        while ((len = space_at(line, at)) > 0)
            at += len;
    }
    return count;
}

/* The byte at which `part` begins, or the text's length. */
static uint32_t find(ml_str text, ml_str part)
{
    uint32_t at = 0;
    while (at < text.len && !ml_str_starts(ml_str_slice(text, at, text.len), part))
        at = ml_str_find(text, part.ptr[0], at + 1);
    return at;
}

/* The names `A = B = C`. */
static ml_gold_names read_names(ml_str text, ml_arena *arena)
{
    static const ml_str separator = {" = ", 3};
    ml_str *list = ml_arena_array(arena, (size_t)text.len / 3 + 1, sizeof *list);
    uint32_t count = 0;
    for (bool more = true; list && more;) {
        uint32_t end = find(text, separator);
        more = end < text.len;
        list[count++] = strip(ml_str_slice(text, 0, end));
        text = ml_str_slice(text, end + separator.len, text.len);
    }
    return (ml_gold_names){list, count};
}

static bool find_entity(const marked *article, ml_str id, uint32_t *out)
{
    for (uint32_t i = 0; i < article->entity_count; i++) {
        if (ml_str_equal(article->entities[i].id, id)) {
            *out = i;
            return true;
        }
    }
    return false;
}

static ml_status read_entity(marked *article, ml_str line)
{
    ml_str parts[MOST_PARTS];
    ml_entity_type type;
    uint32_t known;
    if (split(line, 3, parts) < 3 || !ml_entity_type_find(parts[1], &type))
        return malformed(article, "not `ID TYPE NAME`", line);
    if (find_entity(article, parts[0], &known))
        return malformed(article, "an entity that was declared before", parts[0]);
    ml_gold_names names = read_names(parts[2], article->arena);
    if (!names.list)
        return ml_fail_memory(article->error);
    article->names[article->entity_count] = names;
    article->entities[article->entity_count++] =
        (ml_record_entity){.id = parts[0], .type = type, .name = names.list[0]};
    return ML_OK;
}

static ml_status read_end(const marked *article, ml_str id, unsigned allowed, uint32_t *out)
{
    if (!find_entity(article, id, out))
        return malformed(article, "an entity that is not declared", id);
    if (!(allowed >> article->entities[*out].type & 1))
        return malformed(article, "an entity of a type that this relation does not take", id);
    return ML_OK;
}

static ml_status read_relation(marked *article, ml_str line)
{
    ml_str parts[MOST_PARTS];
    uint32_t count = split(line, MOST_PARTS, parts);
    int type = count >= 3 ? ml_relation_type_find(parts[0]) : -1;
    if (type < 0)
        return malformed(article, "not `TYPE SOURCE TARGET [TITLE]`", line);
    ml_record_relation relation = {.type = ml_relation_types[type].name, .title = ML_STR("")};
    ML_TRY(read_end(article, parts[1], ml_relation_types[type].sources, &relation.source));
    ML_TRY(read_end(article, parts[2], ml_relation_types[type].targets, &relation.target));
    if (ml_str_equal(parts[0], ML_STR("holds_position"))) {
        if (count < 4)
            return malformed(article, "holds_position needs a title", line);
        relation.title = parts[3];
    }
    article->relations[article->relation_count++] = relation;
    return ML_OK;
}

static void read_directive(marked *article, ml_str line)
{
    uint32_t cut = ml_str_find(line, ' ', 0);
    ml_str word = ml_str_slice(line, 1, cut), rest = strip(ml_str_slice(line, cut, line.len));
    if (ml_str_equal(word, ML_STR("entities")))
        article->section = ENTITIES;
    else if (ml_str_equal(word, ML_STR("relations")))
        article->section = RELATIONS;
    else if (ml_str_equal(word, ML_STR("id")))
        article->id = rest;
    else if (ml_str_equal(word, ML_STR("date")))
        article->date = rest;
}

static ml_status read_head(marked *article, ml_str head)
{
    while (head.ptr) {
        ml_str line = strip(ml_str_split(&head, '\n'));
        article->line++;
        if (line.len == 0)
            continue;
        if (line.ptr[0] == '@')
            read_directive(article, line);
        else if (article->section == ENTITIES)
            ML_TRY(read_entity(article, line));
        else if (article->section == RELATIONS)
            ML_TRY(read_relation(article, line));
        else
            return malformed(article, "neither a directive nor in a section", line);
    }
    if (article->id.len == 0)
        return malformed(article, "no @id", ML_STR(""));
    return ML_OK;
}

/* Bytes from `at` on that are all in `first` to `last`. */
static uint32_t run_of(ml_str text, uint32_t at, char first, char last)
{
    uint32_t len = 0;
    while (at + len < text.len && text.ptr[at + len] >= first && text.ptr[at + len] <= last)
        len++;
    return len;
}

/* Is there a mention `{{id|surface}}` at `at`? */
static bool mention_at(ml_str text, uint32_t at, ml_str *id, ml_str *surface)
{
    if (!ml_str_starts(ml_str_slice(text, at, text.len), ML_STR("{{")))
        return false;
    uint32_t begin = at + 2, letters = run_of(text, begin, 'a', 'z');
    uint32_t numbers = run_of(text, begin + letters, '0', '9');
    uint32_t bar = begin + letters + numbers, end = bar + 1;
    if (!letters || !numbers || bar >= text.len || text.ptr[bar] != '|')
        return false;
    while (end < text.len && text.ptr[end] != '{' && text.ptr[end] != '}' && text.ptr[end] != '|')
        end++;
    *id = ml_str_slice(text, begin, bar);
    *surface = ml_str_slice(text, bar + 1, end);
    return surface->len && ml_str_starts(ml_str_slice(text, end, text.len), ML_STR("}}"));
}

/* Writes the text without its markup to `plain`, and its mentions to the article. */
static ml_status read_body(marked *article, ml_str body, ml_buffer *plain)
{
    uint32_t point = 0;
    for (uint32_t at = 0; at < body.len;) {
        ml_str id, surface;
        if (!mention_at(body, at, &id, &surface)) {
            point += ((unsigned char)body.ptr[at] & 0xc0) != 0x80;
            ml_buffer_char(plain, body.ptr[at++]);
            continue;
        }
        uint32_t entity, length = ml_utf8_count(surface);
        if (!find_entity(article, id, &entity))
            return malformed(article, "a mention of an entity that is not declared", id);
        article->mentioned[entity] = true;
        article->mentions[article->mention_count++] = (ml_record_mention){
            .start = point, .end = point + length, .type = article->entities[entity].type, .entity = entity};
        ml_buffer_str(plain, surface);
        point += length;
        at += surface.len + id.len + 5;
    }
    return plain->failed ? ml_fail_memory(article->error) : ML_OK;
}

static ml_status check_body(const marked *article, ml_str plain)
{
    uint32_t open = find(plain, ML_STR("{{")), close = find(plain, ML_STR("}}"));
    uint32_t broken = open < close ? open : close;
    if (broken < plain.len)
        return malformed(article, "a broken mention", ml_str_slice(plain, broken, broken + 60));
    for (uint32_t i = 0; i < article->entity_count; i++) {
        if (!article->mentioned[i])
            return malformed(article, "an entity that is never mentioned", article->entities[i].id);
    }
    return ML_OK;
}

static uint32_t count_bytes(ml_str text, char byte)
{
    uint32_t count = 0;
    for (uint32_t at = ml_str_find(text, byte, 0); at < text.len; at = ml_str_find(text, byte, at + 1))
        count++;
    return count;
}

static ml_status take_all(marked *article, ml_str head, ml_str body, ml_gold *out)
{
    size_t lines = (size_t)count_bytes(head, '\n') + 1, mentions = count_bytes(body, '|');
    ml_arena *arena = article->arena;
    ml_buffer plain = {0};
    article->entities = ml_arena_array(arena, lines, sizeof *article->entities);
    article->names = ml_arena_array(arena, lines, sizeof *article->names);
    article->mentioned = ml_arena_array(arena, lines, sizeof *article->mentioned);
    article->relations = ml_arena_array(arena, lines, sizeof *article->relations);
    article->mentions = ml_arena_array(arena, mentions, sizeof *article->mentions);
    if (arena->failed)
        return ml_fail_memory(article->error);
    ml_status status = read_head(article, head);
    article->line = 0;
    if (status == ML_OK)
        status = read_body(article, body, &plain);
    if (status == ML_OK)
        status = check_body(article, ml_buffer_view(&plain));
    if (status == ML_OK) {
        *out = (ml_gold){.record = {.id = article->id,
                                    .date = article->date,
                                    .mentions = article->mentions,
                                    .entities = article->entities,
                                    .relations = article->relations,
                                    .mention_count = article->mention_count,
                                    .entity_count = article->entity_count,
                                    .relation_count = article->relation_count},
                         .names = article->names};
        out->points = ml_fold_points(ml_buffer_view(&plain), arena, &out->point_count);
    }
    ml_buffer_dispose(&plain);
    return status == ML_OK && arena->failed ? ml_fail_memory(article->error) : status;
}

ml_status ml_gold__parse(ml_str source, ml_str path, ml_arena *arena, ml_gold *out, ml_error *error)
{
    marked article = {.path = path, .arena = arena, .error = error, .id = ML_STR(""), .date = ML_STR("")};
    static const ml_str separator = {"\n@text\n", 7};
    uint32_t cut = find(source, separator);
    if (cut == source.len)
        return malformed(&article, "no @text section", ML_STR(""));
    return take_all(&article, ml_str_slice(source, 0, cut), ml_str_slice(source, cut + separator.len, source.len), out);
}

/* Makes one line feed of each carriage return, with or without a line feed behind it. */
static void unify_line_ends(ml_buffer *bytes)
{
    size_t len = 0;
    for (size_t i = 0; i < bytes->len; i++) {
        bool pair = bytes->ptr[i] == '\r' && i + 1 < bytes->len && bytes->ptr[i + 1] == '\n';
        if (pair)
            continue;
        if (bytes->ptr[i] == '\r')
            bytes->ptr[i] = '\n';
        bytes->ptr[len++] = bytes->ptr[i];
    }
    bytes->len = len;
}

static ml_status check_utf8(ml_str text, ml_str path, ml_error *error)
{
    uint32_t line = 1, point;
    for (uint32_t at = 0, len; at < text.len; at += len) {
        len = ml_utf8_read(text, at, &point);
        if (!len)
            return ml_fail_at(error, ML_E_ENCODING, path, line, 0, "not UTF-8: convert the file");
        line += point == '\n';
    }
    return ML_OK;
}

static ml_status read_lines(ml_str text, ml_str path, ml_arena *arena, ml_buffer *golds, ml_error *error)
{
    for (uint32_t number = 1; text.ptr; number++) {
        ml_gold gold;
        ml_str line = strip(ml_str_split(&text, '\n'));
        if (line.len == 0)
            continue;
        ML_TRY(ml_gold__parse_json(line, path, number, arena, &gold, error));
        ml_buffer_bytes(golds, (const char *)&gold, sizeof gold);
    }
    return ML_OK;
}

ml_status ml_gold_read(const char *path, ml_arena *arena, ml_buffer *golds, ml_error *error)
{
    ml_gold gold;
    ml_str name = ml_str_from(path);
    ml_buffer bytes = {0};
    ml_status status = ml_file_read(path, file_limit_bytes, &bytes, error);
    if (status != ML_OK)
        goto out;
    unify_line_ends(&bytes);
    ml_str text = ml_arena_copy(arena, ml_buffer_view(&bytes));
    status = arena->failed ? ml_fail_memory(error) : check_utf8(text, name, error);
    if (status != ML_OK)
        goto out;
    if (ml_str_ends(name, ML_STR(".jsonl"))) {
        status = read_lines(text, name, arena, golds, error);
    } else {
        status = ml_gold__parse(text, name, arena, &gold, error);
        if (status == ML_OK)
            ml_buffer_bytes(golds, (const char *)&gold, sizeof gold);
    }
    if (status == ML_OK && golds->failed)
        status = ml_fail_memory(error);
out:
    ml_buffer_dispose(&bytes);
    return status;
}
