#include "article/article.h"

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <stdio.h>

/* Whole numbers up to this are exact in JSON readers; 2^53. */
static const double exact_number = 9007199254740992.0;

/* What begins a record that was written by us: no need to look further. */
static const ml_str record_head = {"{\"schema\":\"mangluoi-record/1\"", 29};

typedef enum { ID, TEXT, TITLE, DATE, SOURCE, SCHEMA, FIELDS } field;

static const char *const field_names[FIELDS] = {"id", "text", "title", "date", "source", "schema"};

/* The members that we read; of a key that comes twice the last one, as in most readers of JSON. NULL counts as missing. */
static void find_fields(const cJSON *object, const cJSON *found[FIELDS])
{
    for (const cJSON *member = object->child; member; member = member->next) {
        for (int i = 0; i < FIELDS; i++) {
            if (strcmp(member->string, field_names[i]) == 0)
                found[i] = cJSON_IsNull(member) ? NULL : member;
        }
    }
}

static ml_str string_of(const cJSON *value)
{
    return ml_str_from(value->valuestring);
}

/* False, with the item failed, if the id is neither a string nor a whole number. A missing or empty one keeps the id that
 * the item has. */
static bool read_id(const cJSON *value, ml_item *item, ml_arena *arena)
{
    if (!value)
        return true;
    if (cJSON_IsString(value)) {
        if (*value->valuestring)
            item->article.id = ml_arena_copy(arena, string_of(value));
        return true;
    }
    double number = value->valuedouble;
    if (!cJSON_IsNumber(value) || number >= exact_number || number <= -exact_number ||
        number != (double)(int64_t)number) {
        ml_item_fail(item, "bad_json", ML_E_SYNTAX, 0,
                     "the id is neither a string nor a whole number below 2^53: write it as a string");
        return false;
    }
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)number);
    item->article.id = ml_arena_copy(arena, (ml_str){digits, (uint32_t)len});
    return true;
}

static void complain(ml_item *item, const char *message)
{
    (void)ml_fail_at(&item->error, ML_E_SYNTAX, item->file, item->line_number, 0, "%s", message);
}

static ml_str read_optional(const cJSON *value, const char *complaint, ml_item *item, ml_arena *arena)
{
    if (value && !cJSON_IsString(value))
        complain(item, complaint);
    return value && cJSON_IsString(value) ? ml_arena_copy(arena, string_of(value)) : ML_STR("");
}

/* A day; of a day with a time of the clock behind it (`2017-05-03T10:00:00`) the day. */
static void read_date(const cJSON *value, ml_item *item, ml_arena *arena)
{
    ml_str text = value && cJSON_IsString(value) ? string_of(value) : ML_STR("");
    if (value && cJSON_IsString(value) && text.len == 0)
        return;
    ml_date date;
    ml_str day = ml_str_slice(text, 0, 10);
    bool clock = text.len > 10 && (text.ptr[10] == 'T' || text.ptr[10] == ' ');
    if (day.len == 10 && (text.len == 10 || clock) && ml_date_read(day, &date))
        item->article.date = ml_arena_copy(arena, day);
    else if (value)
        complain(item, "the date is passed over: write it as \"YYYY-MM-DD\"");
}

static void read_article(const cJSON *const found[FIELDS], ml_item *item, ml_arena *arena)
{
    if (!read_id(found[ID], item, arena))
        return;
    if (!found[TEXT] || !cJSON_IsString(found[TEXT])) {
        ml_item_fail(item, "no_text", ML_E_SYNTAX, 0, "no \"text\", or it is no string: put the article there");
        return;
    }
    ml_str text = string_of(found[TEXT]);
    if (text.len == 0) {
        ml_item_fail(item, "empty", ML_E_SYNTAX, 0, "the \"text\" is empty");
        return;
    }
    if (text.len > ML_ARTICLE_TEXT_BYTES) {
        ml_item_fail(item, "too_large", ML_E_LIMIT, 0, "the \"text\" has more than the 8 MiB that an article may have");
        return;
    }
    item->kind = ML_ITEM_ARTICLE;
    item->article.text = ml_arena_copy(arena, text);
    item->article.title = read_optional(found[TITLE], "the title is passed over: it is no string", item, arena);
    item->article.source = read_optional(found[SOURCE], "the source is passed over: it is no string", item, arena);
    read_date(found[DATE], item, arena);
}

static void read_object(const cJSON *object, ml_item *item, ml_arena *arena)
{
    const cJSON *found[FIELDS] = {NULL};
    find_fields(object, found);
    ml_str schema = found[SCHEMA] && cJSON_IsString(found[SCHEMA]) ? string_of(found[SCHEMA]) : ML_STR("");
    if (ml_str_equal(schema, ML_STR("mangluoi-record/1")))
        item->kind = ML_ITEM_RECORD;
    else if (ml_str_starts(schema, ML_STR("mangluoi-record/")))
        ml_item_fail(item, "bad_json", ML_E_SYNTAX, 0, "a record of another version: extract the article again");
    else
        read_article(found, item, arena);
}

/* Refuses what a strict reader refuses. cJSON alone would take control characters and what is behind the object, and cut
 * strings at \u0000. */
static bool check(ml_item *item)
{
    uint32_t fault, code_point;
    const char *reason;
    if (ml_json_check(item->line, &fault, &reason))
        return true;
    uint32_t column = ml_utf8_count(ml_str_slice(item->line, 0, fault)) + 1;
    if (fault < item->line.len && ml_utf8_read(item->line, fault, &code_point) == 0)
        ml_item_fail(item, "not_utf8", ML_E_ENCODING, column,
                     "not UTF-8: convert the file, or was it cut in the middle?");
    else
        ml_item_fail(item, "bad_json", ML_E_SYNTAX, column, "not JSON: %s", reason);
    return false;
}

/* cJSON gives up on numbers of 63 characters and more; on checked text nothing but short memory stops it otherwise. */
static bool has_long_number(ml_str line)
{
    uint32_t run = 0;
    for (uint32_t i = 0; i < line.len && run < 63; i++)
        run = line.ptr[i] && strchr("0123456789+-.eE", line.ptr[i]) ? run + 1 : 0;
    return run >= 63;
}

void ml_article_parse(ml_item *item, ml_arena *arena)
{
    if (item->kind != ML_ITEM_LINE || !check(item))
        return;
    if (ml_str_starts(item->line, record_head)) {
        item->kind = ML_ITEM_RECORD;
        return;
    }
    cJSON *json = cJSON_ParseWithLengthOpts(item->line.ptr, item->line.len, NULL, false);
    if (!json && !has_long_number(item->line))
        arena->failed = true;
    else if (!json)
        ml_item_fail(item, "bad_json", ML_E_SYNTAX, 0, "a number of 63 digits or more: write it as a string");
    else if (!cJSON_IsObject(json))
        ml_item_fail(item, "bad_json", ML_E_SYNTAX, 1,
                     "not a JSON object: expected {\"id\": ..., \"text\": ...} in each line");
    else
        read_object(json, item, arena);
    cJSON_Delete(json);
}
