#include "query/query.h"

#include "base/utf8.h"

typedef struct {
    uint32_t begin, len; /* of the text */
    uint32_t id_len;     /* of the id behind it, for entities; of the sentence behind it, for evidence */
    uint32_t start, end;
    bool evidence; /* no cell, but a sentence for the row before */
} answer_cell;

static void add(ml_answer *answer, ml_str text, ml_str more, bool evidence, uint32_t start, uint32_t end)
{
    answer_cell cell = {.begin = (uint32_t)answer->text.len,
                        .len = text.len,
                        .id_len = more.len,
                        .start = start,
                        .end = end,
                        .evidence = evidence};
    ml_buffer_str(&answer->text, text);
    ml_buffer_str(&answer->text, more);
    ml_buffer_bytes(&answer->cells, (const char *)&cell, sizeof cell);
}

void ml_answer_column(ml_answer *answer, ml_str name, ml_column_kind kind)
{
    if (answer->column_count < ML_ANSWER_COLUMNS)
        answer->column[answer->column_count++] = (ml_column){name, kind};
}

void ml_answer_text(ml_answer *answer, ml_str text)
{
    add(answer, text, ML_STR(""), false, 0, 0);
}

void ml_answer_number(ml_answer *answer, int64_t number)
{
    ml_buffer digits = {0};
    ml_buffer_format(&digits, "%lld", (long long)number);
    add(answer, ml_buffer_view(&digits), ML_STR(""), false, 0, 0);
    answer->text.failed |= digits.failed;
    ml_buffer_dispose(&digits);
}

void ml_answer_entity(ml_answer *answer, ml_str label, ml_str id)
{
    add(answer, label, id, false, 0, 0);
}

void ml_answer_evidence(ml_answer *answer, ml_str article, ml_str date, uint32_t start, uint32_t end, ml_str sentence)
{
    ml_buffer where = {0};
    answer->has_evidence = true;
    ml_buffer_str(&where, article);
    ml_buffer_char(&where, '\t');
    ml_buffer_str(&where, date);
    add(answer, ml_buffer_view(&where), sentence, true, start, end);
    answer->text.failed |= where.failed;
    ml_buffer_dispose(&where);
}

static const answer_cell *cell_at(const ml_answer *answer, size_t index)
{
    return (const answer_cell *)(const void *)answer->cells.ptr + index;
}

static size_t cell_count(const ml_answer *answer)
{
    return answer->cells.len / sizeof(answer_cell);
}

static ml_str text_of(const ml_answer *answer, const answer_cell *cell)
{
    return (ml_str){answer->text.ptr + cell->begin, cell->len};
}

static ml_str more_of(const ml_answer *answer, const answer_cell *cell)
{
    return (ml_str){answer->text.ptr + cell->begin + cell->len, cell->id_len};
}

/* One line of it: line ends and tabs become spaces. */
static void put_line(ml_buffer *out, ml_str text)
{
    for (uint32_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        ml_buffer_char(out, (char)(byte < 0x20 || byte == 0x7f ? ' ' : byte));
    }
}

/* `ARTICLE#START-END (DATE): sentence` */
static void put_evidence(ml_buffer *out, const ml_answer *answer, const answer_cell *cell)
{
    ml_str date = text_of(answer, cell);
    ml_str article = ml_str_split(&date, '\t');
    ml_str sentence = more_of(answer, cell);
    put_line(out, article);
    if (cell->end)
        ml_buffer_format(out, "#%u-%u", cell->start, cell->end);
    if (date.len) {
        ml_buffer_str(out, ML_STR(" ("));
        ml_buffer_str(out, date);
        ml_buffer_char(out, ')');
    }
    if (sentence.len) {
        ml_buffer_str(out, ML_STR(": "));
        put_line(out, sentence);
    }
}

/* ---- aligned ---- */

static void put_padded(ml_buffer *out, ml_str text, uint32_t width, bool right, bool last)
{
    uint32_t points = ml_utf8_count(text);
    for (uint32_t i = points; right && i < width; i++)
        ml_buffer_char(out, ' ');
    put_line(out, text);
    for (uint32_t i = points; !right && !last && i < width; i++)
        ml_buffer_char(out, ' ');
    ml_buffer_str(out, last ? ML_STR("\n") : ML_STR("  "));
}

static void write_table(const ml_answer *answer, ml_buffer *out)
{
    uint32_t width[ML_ANSWER_COLUMNS] = {0};
    uint32_t columns = answer->column_count, column = 0;
    if (!columns)
        return;
    for (uint32_t i = 0; i < columns; i++)
        width[i] = ml_utf8_count(answer->column[i].name);
    for (size_t i = 0; i < cell_count(answer); i++) {
        if (cell_at(answer, i)->evidence)
            continue;
        uint32_t points = ml_utf8_count(text_of(answer, cell_at(answer, i)));
        width[column] = points > width[column] ? points : width[column];
        column = (column + 1) % columns;
    }
    for (uint32_t i = 0; i < columns; i++)
        put_padded(out, answer->column[i].name, width[i], answer->column[i].kind == ML_COLUMN_NUMBER, i + 1 == columns);
    column = 0;
    for (size_t i = 0; i < cell_count(answer); i++) {
        const answer_cell *cell = cell_at(answer, i);
        if (cell->evidence) {
            ml_buffer_str(out, ML_STR("    "));
            put_evidence(out, answer, cell);
            ml_buffer_char(out, '\n');
            continue;
        }
        bool number = answer->column[column].kind == ML_COLUMN_NUMBER;
        put_padded(out, text_of(answer, cell), width[column], number, column + 1 == columns);
        column = (column + 1) % columns;
    }
}

/* ---- separated ---- */

typedef void (*put_field)(ml_buffer *out, ml_str text);

/* https://www.rfc-editor.org/rfc/rfc4180 */
static void put_quoted(ml_buffer *out, ml_str text)
{
    bool plain = true;
    for (uint32_t i = 0; i < text.len; i++)
        plain = plain && !strchr(",\"\r\n", text.ptr[i]);
    if (plain) {
        ml_buffer_str(out, text);
        return;
    }
    ml_buffer_char(out, '"');
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            ml_buffer_char(out, '"');
        ml_buffer_char(out, text.ptr[i]);
    }
    ml_buffer_char(out, '"');
}

/* The evidence of a row, which begins at cell *at, as one field. */
static void put_why(const ml_answer *answer, size_t *at, put_field put, ml_buffer *scratch, ml_buffer *out)
{
    ml_buffer_clear(scratch);
    for (; *at < cell_count(answer) && cell_at(answer, *at)->evidence; ++*at) {
        if (scratch->len)
            ml_buffer_str(scratch, ML_STR(" | "));
        put_evidence(scratch, answer, cell_at(answer, *at));
    }
    put(out, ml_buffer_view(scratch));
}

static void write_separated(const ml_answer *answer, char separator, put_field put, ml_buffer *out)
{
    ml_buffer scratch = {0};
    for (uint32_t i = 0; i < answer->column_count; i++) {
        if (i)
            ml_buffer_char(out, separator);
        ml_buffer_str(out, answer->column[i].name);
        if (answer->column[i].kind == ML_COLUMN_ENTITY) {
            ml_buffer_char(out, separator);
            ml_buffer_str(out, answer->column[i].name);
            ml_buffer_str(out, ML_STR("_id"));
        }
    }
    if (answer->has_evidence) {
        ml_buffer_char(out, separator);
        ml_buffer_str(out, ML_STR("why"));
    }
    ml_buffer_char(out, '\n');
    for (size_t at = 0; at < cell_count(answer);) {
        for (uint32_t i = 0; i < answer->column_count && at < cell_count(answer); i++, at++) {
            const answer_cell *cell = cell_at(answer, at);
            if (i)
                ml_buffer_char(out, separator);
            put(out, text_of(answer, cell));
            if (answer->column[i].kind == ML_COLUMN_ENTITY) {
                ml_buffer_char(out, separator);
                put(out, more_of(answer, cell));
            }
        }
        if (answer->has_evidence) {
            ml_buffer_char(out, separator);
            put_why(answer, &at, put, &scratch, out);
        }
        ml_buffer_char(out, '\n');
    }
    out->failed |= scratch.failed;
    ml_buffer_dispose(&scratch);
}

/* ---- JSON lines ---- */

static void put_json_evidence(const ml_answer *answer, size_t *at, ml_buffer *out)
{
    ml_buffer_str(out, ML_STR(",\"why\":["));
    for (bool first = true; *at < cell_count(answer) && cell_at(answer, *at)->evidence; ++*at, first = false) {
        const answer_cell *cell = cell_at(answer, *at);
        ml_str date = text_of(answer, cell);
        ml_str article = ml_str_split(&date, '\t');
        ml_buffer_str(out, first ? ML_STR("{\"article\":") : ML_STR(",{\"article\":"));
        ml_buffer_json(out, article);
        if (date.len) {
            ml_buffer_str(out, ML_STR(",\"date\":"));
            ml_buffer_json(out, date);
        }
        ml_buffer_format(out, ",\"start\":%u,\"end\":%u", cell->start, cell->end);
        if (cell->id_len) {
            ml_buffer_str(out, ML_STR(",\"text\":"));
            ml_buffer_json(out, more_of(answer, cell));
        }
        ml_buffer_char(out, '}');
    }
    ml_buffer_char(out, ']');
}

static void put_json_cell(const ml_answer *answer, const ml_column *column, const answer_cell *cell, ml_buffer *out)
{
    ml_buffer_json(out, column->name);
    ml_buffer_char(out, ':');
    if (column->kind == ML_COLUMN_ENTITY) {
        ml_buffer_str(out, ML_STR("{\"id\":"));
        ml_buffer_json(out, more_of(answer, cell));
        ml_buffer_str(out, ML_STR(",\"label\":"));
        ml_buffer_json(out, text_of(answer, cell));
        ml_buffer_char(out, '}');
    } else if (column->kind == ML_COLUMN_NUMBER) {
        ml_buffer_str(out, cell->len ? text_of(answer, cell) : ML_STR("null"));
    } else {
        ml_buffer_json(out, text_of(answer, cell));
    }
}

static void write_json(const ml_answer *answer, ml_buffer *out)
{
    for (size_t at = 0; at < cell_count(answer);) {
        ml_buffer_char(out, '{');
        for (uint32_t i = 0; i < answer->column_count && at < cell_count(answer); i++, at++) {
            if (i)
                ml_buffer_char(out, ',');
            put_json_cell(answer, &answer->column[i], cell_at(answer, at), out);
        }
        if (answer->has_evidence)
            put_json_evidence(answer, &at, out);
        ml_buffer_str(out, ML_STR("}\n"));
    }
}

ml_status ml_answer_write(const ml_answer *answer, const char *format, ml_sink sink, ml_error *error)
{
    ml_buffer out = {0};
    if (answer->text.failed || answer->cells.failed)
        return ml_fail_memory(error); /* cells may name text that is not there */
    if (!format || strcmp(format, "table") == 0)
        write_table(answer, &out);
    else if (strcmp(format, "tsv") == 0)
        write_separated(answer, '\t', put_line, &out);
    else if (strcmp(format, "csv") == 0)
        write_separated(answer, ',', put_quoted, &out);
    else
        write_json(answer, &out);
    ml_status status = ML_OK;
    if (out.failed)
        status = ml_fail_memory(error);
    else if (out.len)
        status = sink.write(sink.payload, out.ptr, out.len);
    ml_buffer_dispose(&out);
    return status;
}

void ml_answer_dispose(ml_answer *answer)
{
    ml_buffer_dispose(&answer->text);
    ml_buffer_dispose(&answer->cells);
    *answer = (ml_answer){0};
}
