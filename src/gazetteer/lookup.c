#include "gazetteer/storage.h"

#include <stdlib.h>

static const ml_list list_of_file[ML_FILES] = {
    [ML_FILE_LOCALITIES] = ML_IN_LOCALITIES, [ML_FILE_BODIES] = ML_IN_BODIES, [ML_FILE_ORGANS] = ML_IN_ORGANS,
    [ML_FILE_HEADS] = ML_IN_HEADS,           [ML_FILE_FIELDS] = ML_IN_FIELDS, [ML_FILE_TITLES] = ML_IN_TITLES,
    [ML_FILE_OFFICIALS] = ML_IN_OFFICIALS,   [ML_FILE_OFFICES] = ML_LISTS,    [ML_FILE_SYLLABLES] = ML_LISTS,
};

/* The columns that hold names, and those that hold dates (0: none). */
static const struct {
    uint8_t name, aliases, since, until;
} columns_of[ML_FILES] = {
    [ML_FILE_LOCALITIES] = {3, 8, 5, 6}, [ML_FILE_BODIES] = {1, 2, 5, 6}, [ML_FILE_ORGANS] = {1, 2, 0, 0},
    [ML_FILE_HEADS] = {1, 2, 0, 0},      [ML_FILE_FIELDS] = {1, 2, 0, 0}, [ML_FILE_TITLES] = {1, 2, 0, 0},
    [ML_FILE_OFFICIALS] = {1, 3, 0, 0},
};

typedef enum { SAME, SAME_FOLDED, SAME_BARE, DIFFERENT } sameness;

static const char *const sameness_names[] = {"exact", "folded", "no diacritics"};

/* Folds syllable by syllable, words joined by one space. */
static void fold(const ml_vocabulary *vocabulary, ml_str text, ml_buffer *out)
{
    while (text.ptr) {
        ml_str word = ml_str_split(&text, ' ');
        char folded[ML_FOLD_BYTES];
        if (!word.len)
            continue;
        if (out->len)
            ml_buffer_char(out, ' ');
        ml_buffer_bytes(out, folded, ml_vocabulary_fold(vocabulary, word, folded));
    }
}

/* A name as it is looked for, in the three ways it may be written. */
typedef struct {
    const ml_vocabulary *vocabulary;
    ml_str exact;
    ml_buffer folded, bare, scratch;
} wanted;

static sameness compare(wanted *name, ml_str other)
{
    if (ml_str_equal(name->exact, other))
        return SAME;
    ml_buffer_clear(&name->scratch);
    ml_vocabulary_slug(name->vocabulary, other, &name->scratch);
    if (!ml_str_equal(ml_buffer_view(&name->scratch), ml_buffer_view(&name->bare)))
        return DIFFERENT;
    ml_buffer_clear(&name->scratch);
    fold(name->vocabulary, other, &name->scratch);
    return ml_str_equal(ml_buffer_view(&name->scratch), ml_buffer_view(&name->folded)) ? SAME_FOLDED : SAME_BARE;
}

static ml_str field(const ml_table *table, uint32_t row, uint8_t column)
{
    return column ? ml_table_field(table, row, column) : ML_STR("");
}

/* How the row bears the name, by its name, its name with the designator, or an alias. */
static sameness row_bears(wanted *name, const ml_table *table, ml_file_kind kind, uint32_t row)
{
    sameness best = compare(name, field(table, row, columns_of[kind].name));
    if (kind == ML_FILE_LOCALITIES) {
        ml_buffer full = {0};
        ml_buffer_str(&full, field(table, row, 2));
        ml_buffer_char(&full, ' ');
        ml_buffer_str(&full, field(table, row, 3));
        sameness designated = compare(name, ml_str_trim(ml_buffer_view(&full)));
        best = designated < best ? designated : best;
        ml_buffer_dispose(&full);
    }
    ml_str rest = field(table, row, columns_of[kind].aliases);
    while (rest.ptr && rest.len && best != SAME) {
        ml_str alias = ml_str_split(&rest, '|');
        if (alias.len && alias.ptr[0] == '~')
            alias = ml_str_slice(alias, 1, alias.len);
        sameness here = compare(name, alias);
        best = here < best ? here : best;
    }
    return best;
}

static void write_row(const ml_table *table, ml_file_kind kind, uint32_t row, sameness how, ml_buffer *out)
{
    ml_buffer_str(out, ml_table_field(table, row, 0));
    ml_buffer_format(out, "\t%s\t", ml_gazetteer__form(kind)->name);
    if (kind == ML_FILE_LOCALITIES && field(table, row, 2).len) {
        ml_buffer_str(out, field(table, row, 2));
        ml_buffer_char(out, ' ');
    }
    ml_buffer_str(out, field(table, row, columns_of[kind].name));
    ml_buffer_char(out, '\t');
    ml_buffer_str(out, field(table, row, columns_of[kind].since));
    ml_buffer_char(out, '\t');
    ml_buffer_str(out, field(table, row, columns_of[kind].until));
    ml_buffer_format(out, "\t%s\n", sameness_names[how]);
}

static bool valid_on(const ml_table *table, ml_file_kind kind, uint32_t row, ml_date date)
{
    ml_date since = {0}, until = {0};
    bool dated = ml_date_read(field(table, row, columns_of[kind].since), &since) &&
                 ml_date_read(field(table, row, columns_of[kind].until), &until);
    return !dated || ml_date_within(date, since, until);
}

ml_status ml_gazetteer_find_rows(const ml_gazetteer *gazetteer, ml_str name, ml_date date, ml_sink sink, uint64_t *rows,
                                 ml_error *error)
{
    ml_arena arena = {0};
    ml_text text;
    ml_status read = ml_text_read(name, ML_STR("name"), &arena, &text, error);
    if (read != ML_OK) {
        ml_arena_dispose(&arena);
        return read == ML_E_ENCODING ? ML_E_USAGE : read;
    }
    name = text.nfc;
    wanted looked = {.vocabulary = gazetteer->vocabulary, .exact = name};
    fold(gazetteer->vocabulary, name, &looked.folded);
    ml_vocabulary_slug(gazetteer->vocabulary, name, &looked.bare);
    ml_buffer out = {0};
    *rows = 0;
    for (int how = SAME; how < DIFFERENT; how++) {
        for (int kind = 0; kind < ML_FILES; kind++) {
            const ml_table *table = &gazetteer->storage->table[kind];
            for (uint32_t row = 0; list_of_file[kind] != ML_LISTS && row < table->row_count; row++) {
                if (!valid_on(table, (ml_file_kind)kind, row, date) ||
                    row_bears(&looked, table, (ml_file_kind)kind, row) != (sameness)how)
                    continue;
                write_row(table, (ml_file_kind)kind, row, (sameness)how, &out);
                ++*rows;
            }
        }
    }
    bool failed = out.failed || looked.folded.failed || looked.bare.failed || looked.scratch.failed;
    ml_status status = failed ? ml_fail_memory(error) : out.len ? sink.write(sink.payload, out.ptr, out.len) : ML_OK;
    ml_buffer_dispose(&out);
    ml_buffer_dispose(&looked.folded);
    ml_buffer_dispose(&looked.bare);
    ml_buffer_dispose(&looked.scratch);
    ml_arena_dispose(&arena);
    return status;
}

static void write_table(const ml_table *table, const ml_file_form *form, ml_buffer *out)
{
    for (const char *column = form->columns; *column; column++) {
        if (*column == '|')
            ml_buffer_char(out, '\t');
        else
            ml_buffer_char(out, *column);
    }
    ml_buffer_char(out, '\n');
    for (uint32_t row = 0; row < table->row_count; row++) {
        for (uint32_t column = 0; column < table->column_count; column++) {
            ml_buffer_str(out, ml_table_field(table, row, column));
            ml_buffer_char(out, column + 1 < table->column_count ? '\t' : '\n');
        }
    }
}

ml_status ml_gazetteer_write_rows(const ml_gazetteer *gazetteer, const char *table, ml_sink sink, ml_error *error)
{
    ml_buffer out = {0};
    bool found = !table;
    for (int kind = 0; kind < ML_FILES; kind++) {
        const ml_file_form *form = ml_gazetteer__form((ml_file_kind)kind);
        if (!table)
            ml_buffer_format(&out, "%s\t%u\n", form->name, gazetteer->storage->table[kind].row_count);
        else if (strcmp(table, form->name) == 0) {
            write_table(&gazetteer->storage->table[kind], form, &out);
            found = true;
        }
    }
    ml_status status = ML_OK;
    if (!found)
        status = ml_fail(error, ML_E_USAGE, ml_str_from(table), "no such table: `mangluoi gazetteer list` names them");
    else if (out.failed)
        status = ml_fail_memory(error);
    else if (out.len)
        status = sink.write(sink.payload, out.ptr, out.len);
    ml_buffer_dispose(&out);
    return status;
}
