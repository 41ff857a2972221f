#include "article/article.h"

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"

#include <stdio.h>

/* Whole numbers up to this are exact in JSON readers; 2^53. */
static const int64_t exact_number = 9007199254740992;

/* What begins a record that was written by us: no need to look further. */
static const ml_str record_head = {"{\"schema\":\"mangluoi-record/1\"", 29};

typedef enum { ID, TEXT, TITLE, DATE, SOURCE, SCHEMA, FIELDS } field;

static const char *const field_names[FIELDS] = {"id", "text", "title", "date", "source", "schema"};

/* A value of the object: a string that is `said`, or only the bytes of something else. A missing one has no bytes. */
typedef struct {
    ml_str bytes, said;
} json_value;

static bool is_there(const json_value *value)
{
    return value->bytes.len != 0;
}

static bool is_string(const json_value *value)
{
    return value->bytes.len && value->bytes.ptr[0] == '"';
}

/* The members that we read; of a key that comes twice the last one, as in most readers of JSON. `null` counts as missing. */
static void find_fields(ml_str object, json_value found[FIELDS], ml_arena *arena)
{
    ml_json_member member;
    for (uint32_t at = 0; ml_json_next(object, &at, &member);) {
        ml_str key = ml_json_string(member.key, arena);
        for (int i = 0; i < FIELDS; i++) {
            if (ml_str_equal(key, ml_str_from(field_names[i])))
                found[i].bytes = ml_str_equal(member.value, ML_STR("null")) ? ML_STR("") : member.value;
        }
    }
    for (int i = 0; i < FIELDS; i++)
        found[i].said = is_string(&found[i]) ? ml_json_string(found[i].bytes, arena) : ML_STR("");
}

/* Reads a JSON number that is whole and below 2^53, however it is written. */
static bool whole_number(ml_str text, int64_t *out)
{
    int64_t number = 0, exponent = 0, written = 0;
    bool negative = text.ptr[0] == '-', fraction = false;
    uint32_t at = negative;
    if (at == text.len || text.ptr[at] < '0' || text.ptr[at] > '9')
        return false;
    for (; at < text.len && (text.ptr[at] | 0x20) != 'e'; at++) {
        if (text.ptr[at] == '.') {
            fraction = true;
            continue;
        }
        if (number >= exact_number)
            return false;
        number = number * 10 + (text.ptr[at] - '0');
        exponent -= fraction;
    }
    bool small = at + 1 < text.len && text.ptr[at + 1] == '-';
    for (at++; at < text.len && written < exact_number / 10; at++)
        written = text.ptr[at] >= '0' && text.ptr[at] <= '9' ? written * 10 + (text.ptr[at] - '0') : written;
    for (exponent += small ? -written : written; exponent < 0 && number; exponent++, number /= 10) {
        if (number % 10)
            return false;
    }
    for (; exponent > 0 && number && number < exact_number; exponent--)
        number *= 10;
    *out = negative ? -number : number;
    return number < exact_number;
}

/* False, with the item failed, if the id is neither a string nor a whole number. A missing or empty one keeps the id that
 * the item has. */
static bool read_id(const json_value *value, ml_item *item, ml_arena *arena)
{
    if (!is_there(value))
        return true;
    if (is_string(value)) {
        if (value->said.len)
            item->article.id = value->said;
        return true;
    }
    int64_t number;
    if (!whole_number(value->bytes, &number)) {
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

static ml_str read_optional(const json_value *value, const char *complaint, ml_item *item)
{
    if (is_there(value) && !is_string(value))
        complain(item, complaint);
    return value->said;
}

/* A day; of a day with a time of the clock behind it (`2017-05-03T10:00:00`) the day. */
static void read_date(const json_value *value, ml_item *item)
{
    ml_str text = value->said;
    if (is_string(value) && text.len == 0)
        return;
    ml_date date;
    ml_str day = ml_str_slice(text, 0, 10);
    bool clock = text.len > 10 && (text.ptr[10] == 'T' || text.ptr[10] == ' ');
    if (day.len == 10 && (text.len == 10 || clock) && ml_date_read(day, &date))
        item->article.date = day;
    else if (is_there(value))
        complain(item, "the date is passed over: write it as \"YYYY-MM-DD\"");
}

static void read_article(const json_value found[FIELDS], ml_item *item, ml_arena *arena)
{
    if (!read_id(&found[ID], item, arena))
        return;
    if (!is_string(&found[TEXT])) {
        ml_item_fail(item, "no_text", ML_E_SYNTAX, 0, "no \"text\", or it is no string: put the article there");
        return;
    }
    ml_str text = found[TEXT].said;
    if (text.len == 0) {
        ml_item_fail(item, "empty", ML_E_SYNTAX, 0, "the \"text\" is empty");
        return;
    }
    if (text.len > ML_ARTICLE_TEXT_BYTES) {
        ml_item_fail(item, "too_large", ML_E_LIMIT, 0, "the \"text\" has more than the 8 MiB that an article may have");
        return;
    }
    item->kind = ML_ITEM_ARTICLE;
    item->article.text = text;
    item->article.title = read_optional(&found[TITLE], "the title is passed over: it is no string", item);
    item->article.source = read_optional(&found[SOURCE], "the source is passed over: it is no string", item);
    read_date(&found[DATE], item);
}

static void read_object(ml_item *item, ml_arena *arena)
{
    json_value found[FIELDS] = {0};
    find_fields(item->line, found, arena);
    ml_str schema = found[SCHEMA].said;
    if (ml_str_equal(schema, ML_STR("mangluoi-record/1")))
        item->kind = ML_ITEM_RECORD;
    else if (ml_str_starts(schema, ML_STR("mangluoi-record/")))
        ml_item_fail(item, "bad_json", ML_E_SYNTAX, 0, "a record of another version: extract the article again");
    else
        read_article(found, item, arena);
}

/* Refuses what a strict reader refuses. */
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

void ml_article_parse(ml_item *item, ml_arena *arena)
{
    if (item->kind != ML_ITEM_LINE || !check(item))
        return;
    if (ml_str_starts(item->line, record_head))
        item->kind = ML_ITEM_RECORD;
    else if (ml_str_trim(item->line).ptr[0] != '{')
        ml_item_fail(item, "bad_json", ML_E_SYNTAX, 1,
                     "not a JSON object: expected {\"id\": ..., \"text\": ...} in each line");
    else
        read_object(item, arena);
}
