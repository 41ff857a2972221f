#include "query/pattern.h"

enum { WORDS = 64 };

typedef struct {
    ml_str text;
    bool quoted;
} pattern_word;

typedef struct {
    ml_store *store;
    const ml_question *question;
    ml_arena *arena;
    ml_pattern *out;
    ml_error *error;
} pattern_reader;

static ml_status fail(const pattern_reader *reader, const char *why, ml_str text)
{
    return ml_fail(reader->error, ML_E_USAGE, ML_STR(""),
                   "%s `%.*s`: a pattern is like ?who chaired ?event . ?event held_at \"Nam Định\"", why,
                   text.len < 200 ? (int)text.len : 200, text.ptr);
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The next word or quoted text of `rest`. False where a quote is not closed. */
static bool next_word(ml_str *rest, pattern_word *out)
{
    *rest = ml_str_trim(*rest);
    *out = (pattern_word){.quoted = rest->len && rest->ptr[0] == '"'};
    if (out->quoted) {
        uint32_t closing = ml_str_find(*rest, '"', 1);
        bool closed = closing < rest->len;
        out->text = ml_str_slice(*rest, 1, closing);
        *rest = ml_str_slice(*rest, closing + 1, rest->len);
        return closed && out->text.len;
    }
    uint32_t end = 0;
    while (end < rest->len && !is_space(rest->ptr[end]))
        end++;
    out->text = ml_str_slice(*rest, 0, end);
    *rest = ml_str_slice(*rest, end, rest->len);
    return true;
}

/* *type is 0 where the word is none. */
static ml_status find_relation_name(const pattern_reader *reader, const pattern_word *word, int64_t *type)
{
    static const char sql[] =
        "SELECT t.id FROM term t WHERE t.text = ? AND EXISTS (SELECT 1 FROM edge WHERE type = t.id)";
    sqlite3_stmt *find;
    bool row = false;
    *type = 0;
    if (word->quoted)
        return ML_OK;
    ML_TRY(ml_store_prepare(reader->store, sql, &find, reader->error));
    ml_store_bind(find, "s", word->text);
    ml_status status = ml_store_step(reader->store, find, &row, reader->error);
    *type = row ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_finalize(find);
    return status;
}

static ml_status number_variable(const pattern_reader *reader, ml_pattern_term *term, bool relation)
{
    ml_pattern *out = reader->out;
    for (uint32_t i = 0; i < out->variable_count; i++) {
        if (!ml_str_equal(out->variable[i], term->text))
            continue;
        term->number = i;
        return out->is_relation[i] == relation ? ML_OK
                                               : fail(reader, "an entity and a relation are called", term->text);
    }
    if (out->variable_count == ML_PATTERN_VARIABLES)
        return fail(reader, "too many variables at", term->text);
    term->number = out->variable_count;
    out->is_relation[out->variable_count] = relation;
    out->variable[out->variable_count++] = term->text;
    return ML_OK;
}

/* A term of the words [0, count): bare names may have several. */
static ml_status read_term(const pattern_reader *reader, const pattern_word *words, uint32_t count,
                           ml_pattern_term *out)
{
    ml_buffer name = {0};
    if (!count)
        return fail(reader, "there is something missing beside", words[count].text);
    if (!words[0].quoted && words[0].text.ptr[0] == '?') {
        *out = (ml_pattern_term){.variable = true, .text = ml_str_slice(words[0].text, 1, words[0].text.len)};
        if (count > 1 || !out->text.len)
            return fail(reader, "not a variable:", words[0].text);
        return number_variable(reader, out, false);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            ml_buffer_char(&name, ' ');
        ml_buffer_str(&name, words[i].text);
    }
    bool complete = !name.failed;
    *out = (ml_pattern_term){.text = ml_arena_copy(reader->arena, ml_buffer_view(&name))};
    ml_buffer_dispose(&name);
    if (!complete || reader->arena->failed)
        return ml_fail_memory(reader->error);
    return ml_query_find(reader->store, out->text, reader->question, reader->arena, &out->rows, reader->error);
}

static ml_status fail_relation(const pattern_reader *reader, ml_str word)
{
    ml_buffer known = {0};
    sqlite3_stmt *list;
    bool row = false;
    ML_TRY(ml_store_prepare(reader->store,
                            "SELECT text FROM term t WHERE EXISTS (SELECT 1 FROM edge WHERE type = t.id) ORDER BY text",
                            &list, reader->error));
    ml_status status = ml_store_step(reader->store, list, &row, reader->error);
    while (status == ML_OK && row) {
        ml_str text = ml_store_text(list, 0);
        ml_buffer_format(&known, "%s%.*s", known.len ? ", " : "", (int)text.len, text.ptr);
        status = ml_store_step(reader->store, list, &row, reader->error);
    }
    sqlite3_finalize(list);
    if (status == ML_OK && known.failed)
        status = ml_fail_memory(reader->error);
    if (status == ML_OK)
        status = ml_fail(reader->error, ML_E_USAGE, ML_STR(""), "`%.*s` is no relation of this store; there are %.*s",
                         (int)word.len, word.ptr, (int)known.len, known.len ? known.ptr : "");
    ml_buffer_dispose(&known);
    return status;
}

/* The place of the relation: a variable in the middle of three, or the first word that is a relation's name. */
static ml_status find_relation(const pattern_reader *reader, const pattern_word *words, uint32_t count, uint32_t *at,
                               ml_triple *triple)
{
    for (uint32_t i = 1; i + 1 < count; i++) {
        const pattern_word *word = &words[i];
        triple->is_kind = !word->quoted && ml_str_equal(word->text, ML_STR("is")) && i + 2 == count &&
                          ml_entity_type_find(words[i + 1].text, &triple->kind);
        bool variable = count == 3 && !word->quoted && word->text.ptr[0] == '?';
        *at = i;
        if (triple->is_kind)
            return ML_OK;
        if (variable) {
            triple->relation = (ml_pattern_term){.variable = true, .text = ml_str_slice(word->text, 1, word->text.len)};
            return number_variable(reader, &triple->relation, true);
        }
        ML_TRY(find_relation_name(reader, word, &triple->type));
        if (triple->type) {
            triple->relation = (ml_pattern_term){.text = word->text};
            triple->symmetric = ml_relation_symmetric(word->text);
            return ML_OK;
        }
    }
    return fail_relation(reader, count > 1 ? words[1].text : words[0].text);
}

static ml_status read_triple(const pattern_reader *reader, const pattern_word *words, uint32_t count)
{
    ml_pattern *out = reader->out;
    uint32_t at = 0;
    if (out->triple_count == ML_PATTERN_TRIPLES)
        return fail(reader, "too many triples at", words[0].text);
    if (count < 3)
        return fail(reader, "no triple of three terms:", count ? words[0].text : ML_STR("."));
    ml_triple triple = {.type = 0};
    ML_TRY(find_relation(reader, words, count, &at, &triple));
    ML_TRY(read_term(reader, words, at, &triple.source));
    if (!triple.is_kind)
        ML_TRY(read_term(reader, words + at + 1, count - at - 1, &triple.target));
    else if (!triple.source.variable)
        return fail(reader, "only a variable can be said to be a kind of thing:", words[0].text);
    out->triple[out->triple_count++] = triple;
    return ML_OK;
}

ml_status ml_pattern__read(ml_store *store, ml_str text, const ml_question *question, ml_arena *arena, ml_pattern *out,
                           ml_error *error)
{
    pattern_reader reader = {store, question, arena, out, error};
    pattern_word words[WORDS];
    uint32_t count = 0;
    *out = (ml_pattern){.triple_count = 0};
    ml_str rest = ml_str_trim(text);
    if (!rest.len)
        return fail(&reader, "nothing is asked:", text);
    while (rest.len) {
        pattern_word word;
        if (!next_word(&rest, &word))
            return fail(&reader, "a quote is empty or not closed:", text);
        rest = ml_str_trim(rest);
        if (!word.quoted && ml_str_equal(word.text, ML_STR("."))) {
            ML_TRY(read_triple(&reader, words, count));
            count = 0;
            continue;
        }
        if (count == WORDS)
            return fail(&reader, "too many words at", word.text);
        words[count++] = word;
    }
    if (count || !out->triple_count)
        ML_TRY(read_triple(&reader, words, count));
    return out->variable_count ? ML_OK : fail(&reader, "there is no ?variable in", text);
}
