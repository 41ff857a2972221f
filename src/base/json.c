#include "base/json.h"

#include "base/utf8.h"

typedef struct {
    ml_str text;
    uint32_t at;
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
    checker check = {.text = text};
    if (document(&check))
        return true;
    *fault = check.at;
    *reason = check.reason;
    return false;
}
