#include "base/json.h"

#include "base/scan.h"
#include "base/utf8.h"

typedef struct {
    ml_str text;
    uint32_t at;
    bool utf8;          /* all of it, so that strings need no look at each code point */
    const char *reason; /* NULL as long as nothing is wrong */
} checker;

static bool fail(checker *check, const char *reason)
{
    check->reason = reason;
    return false;
}

/* The byte here; -1 at the end. */
static int peek(const checker *check)
{
    return check->at < check->text.len ? (unsigned char)check->text.ptr[check->at] : -1;
}

static bool take(checker *check, int byte)
{
    if (peek(check) != byte)
        return false;
    check->at++;
    return true;
}

static void skip_space(checker *check)
{
    while (take(check, ' ') || take(check, '\n') || take(check, '\r') || take(check, '\t'))
        ;
}

static int hex_digit(int byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* The four digits behind `\u`; -1 when they are not. */
static int32_t hex_unit(checker *check)
{
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(peek(check));
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
        check->at++;
    }
    return unit;
}

static bool unicode_escape(checker *check)
{
    int32_t unit = hex_unit(check);
    if (unit < 0)
        return fail(check, "\\u needs four hexadecimal digits");
    if (unit == 0)
        return fail(check, "the character \\u0000 is not allowed");
    if (unit >= 0xdc00 && unit <= 0xdfff)
        return fail(check, "a low surrogate without a high one");
    if (unit >= 0xd800 && unit <= 0xdbff) {
        int32_t low = take(check, '\\') && take(check, 'u') ? hex_unit(check) : -1;
        if (low < 0xdc00 || low > 0xdfff)
            return fail(check, "a high surrogate without a low one");
    }
    return true;
}

static bool escape(checker *check)
{
    int byte = peek(check);
    if (byte < 0 || !byte || !strchr("\"\\/bfnrtu", byte))
        return fail(check, "unknown escape");
    check->at++;
    return byte != 'u' || unicode_escape(check);
}

static bool string(checker *check)
{
    if (!take(check, '"'))
        return fail(check, "expected a string");
    for (;;) {
        check->at += check->utf8 ? ml_scan_json(check->text, check->at) : 0;
        int byte = peek(check);
        if (byte < 0)
            return fail(check, "a string that does not end");
        if (byte < 0x20)
            return fail(check, "a control character in a string must be escaped");
        if (byte < 0x80) {
            check->at++;
            if (byte == '"')
                return true;
            if (byte == '\\' && !escape(check))
                return false;
            continue;
        }
        uint32_t code_point;
        uint32_t len = ml_utf8_read(check->text, check->at, &code_point);
        if (!len)
            return fail(check, "not UTF-8");
        check->at += len;
    }
}

static bool digits(checker *check)
{
    uint32_t begin = check->at;
    while (peek(check) >= '0' && peek(check) <= '9')
        check->at++;
    return check->at > begin || fail(check, "expected a digit");
}

static bool number(checker *check)
{
    take(check, '-');
    if (!take(check, '0') && !digits(check))
        return false;
    if (take(check, '.') && !digits(check))
        return false;
    if (!take(check, 'e') && !take(check, 'E'))
        return true;
    if (!take(check, '+'))
        take(check, '-');
    return digits(check);
}

/* A value that holds no other. */
static bool scalar(checker *check)
{
    static const ml_str words[] = {{"true", 4}, {"false", 5}, {"null", 4}};
    int byte = peek(check);
    if (byte == '"')
        return string(check);
    if (byte == '-' || (byte >= '0' && byte <= '9'))
        return number(check);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ml_str_starts(ml_str_slice(check->text, check->at, check->text.len), words[i])) {
            check->at += words[i].len;
            return true;
        }
    }
    return fail(check, "expected a value");
}

static bool key(checker *check)
{
    skip_space(check);
    if (!string(check))
        return false;
    skip_space(check);
    return take(check, ':') || fail(check, "expected ':' behind a key");
}

/* Behind a value: closes what ends here and stops where the next value begins, or with *depth 0 at the end. */
static bool after_value(checker *check, const char *open, uint32_t *depth)
{
    for (;;) {
        skip_space(check);
        if (*depth == 0)
            return peek(check) < 0 || fail(check, "something behind the value");
        bool object = open[*depth - 1] == '{';
        if (take(check, ','))
            return !object || key(check);
        if (!take(check, object ? '}' : ']'))
            return fail(check, object ? "expected ',' or '}'" : "expected ',' or ']'");
        --*depth;
    }
}

static bool document(checker *check)
{
    char open[ML_JSON_DEPTH];
    uint32_t depth = 0;
    do {
        skip_space(check);
        bool object = peek(check) == '{';
        if (object || peek(check) == '[') {
            if (depth == ML_JSON_DEPTH)
                return fail(check, "nested too deeply");
            open[depth++] = object ? '{' : '[';
            check->at++;
            skip_space(check);
            if (peek(check) != (object ? '}' : ']')) {
                if (object && !key(check))
                    return false;
                continue;
            }
        } else if (!scalar(check)) {
            return false;
        }
        if (!after_value(check, open, &depth))
            return false;
    } while (depth);
    return true;
}

bool ml_json_check(ml_str text, uint32_t *fault, const char **reason)
{
    checker check = {.text = text, .utf8 = ml_scan_is_utf8(text)};
    if (document(&check))
        return true;
    *fault = check.at;
    *reason = check.reason;
    return false;
}

/* ---- a flat object, known to be good ---- */

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static uint32_t behind_space(ml_str text, uint32_t at)
{
    while (at < text.len && is_space(text.ptr[at]))
        at++;
    return at;
}

/* The place behind the string that begins at `at`. */
static uint32_t behind_string(ml_str text, uint32_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"';) {
        at += text.ptr[at] == '\\' ? 2 : 1;
        at += at < text.len ? ml_scan_json(text, at) : 0;
    }
    return at + 1;
}

/* The place behind the value that begins at `at`. */
static uint32_t behind_value(ml_str text, uint32_t at)
{
    uint32_t depth = 0;
    for (; at < text.len; at++) {
        char byte = text.ptr[at];
        if (byte == '"')
            at = behind_string(text, at) - 1;
        else if (byte == '{' || byte == '[')
            depth++;
        else if (depth && (byte == '}' || byte == ']'))
            depth--;
        else if (!depth && (byte == ',' || byte == '}' || is_space(byte)))
            break;
    }
    return at;
}

bool ml_json_next(ml_str text, uint32_t *at, ml_json_member *out)
{
    uint32_t begin = behind_space(text, *at);
    if (begin == text.len || text.ptr[begin] != (*at ? ',' : '{'))
        return false;
    begin = behind_space(text, begin + 1);
    if (begin == text.len || text.ptr[begin] != '"')
        return false;
    uint32_t end = behind_string(text, begin);
    out->key = ml_str_slice(text, begin, end);
    begin = behind_space(text, behind_space(text, end) + 1);
    *at = behind_value(text, begin);
    out->value = ml_str_slice(text, begin, *at);
    return true;
}

static uint32_t read_unit(const char *digits)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++)
        unit = unit * 16 + (uint32_t)hex_digit((unsigned char)digits[i]);
    return unit;
}

/* Writes what the escape behind a backslash means; both move on. An escape is never shorter than what it means. */
static void unescape(const char **from, char **to)
{
    static const char names[] = "b\bf\fn\nr\rt\t";
    char name = *(*from)++;
    if (name != 'u') {
        const char *meant = strchr(names, name);
        *(*to)++ = meant ? meant[1] : name;
        return;
    }
    uint32_t point = read_unit(*from);
    *from += 4;
    if (point >= 0xd800 && point <= 0xdbff) {
        point = 0x10000 + ((point & 0x3ff) << 10) + (read_unit(*from + 2) & 0x3ff);
        *from += 6;
    }
    *to += ml_utf8_write(point, *to);
}

ml_str ml_json_string(ml_str value, ml_arena *arena)
{
    ml_str inside = ml_str_slice(value, 1, value.len - 1);
    if (ml_str_find(inside, '\\', 0) == inside.len)
        return inside;
    char *out = ml_arena_room(arena, inside.len, 1);
    if (!out)
        return ML_STR("");
    char *to = out;
    const char *from = inside.ptr, *end = inside.ptr + inside.len;
    while (from < end) {
        const char *slash = memchr(from, '\\', (size_t)(end - from));
        size_t plain = (size_t)((slash ? slash : end) - from);
        memcpy(to, from, plain);
        to += plain;
        from += plain;
        if (slash) {
            from++;
            unescape(&from, &to);
        }
    }
    return (ml_str){out, (uint32_t)(to - out)};
}
