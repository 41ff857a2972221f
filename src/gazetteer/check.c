#include "gazetteer/storage.h"

#include "text/text.h"

static bool id_is_well_formed(ml_str id)
{
    for (uint32_t i = 0; i < id.len; i++) {
        char byte = id.ptr[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool other = (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
        if (!letter && !(i > 0 && other))
            return false;
    }
    return id.len > 0;
}

static void check_text(const ml_table *table, uint32_t row, ml_faults *faults)
{
    for (uint32_t column = 0; column < table->column_count; column++) {
        ml_str field = ml_table_field(table, row, column);
        if (!ml_text_is_nfc(field))
            ml_faults_add(faults, table->file, table->lines[row], column + 1, "not UTF-8 in NFC: normalise the field");
        if (field.len && ml_str_trim(field).len != field.len)
            ml_faults_add(faults, table->file, table->lines[row], column + 1,
                          "space at an end of the field: take it out");
    }
}

static void check_rows(const ml_table *table, bool ids, ml_faults *faults)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        ml_str id = ml_table_field(table, row, 0);
        if (ids && !id_is_well_formed(id))
            ml_faults_add(faults, table->file, table->lines[row], 1,
                          "`%.*s` is no id: begin with a letter, use letters, digits, - and _ only", (int)id.len,
                          id.ptr);
        if (row && ml_str_compare(ml_table_field(table, row - 1, 0), id) > 0)
            ml_faults_add(faults, table->file, table->lines[row], 1,
                          "`%.*s` out of order: sort the rows by their first column", (int)id.len, id.ptr);
        check_text(table, row, faults);
    }
}

static int compare_dates(ml_date a, ml_date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (!a.month || !b.month || a.month != b.month)
        return a.month && b.month ? a.month - b.month : 0;
    return a.day && b.day ? a.day - b.day : 0;
}

static void check_span(const ml_table *table, uint32_t row, uint32_t column, ml_date since, ml_date until,
                       ml_faults *faults)
{
    if (ml_date_known(since) && ml_date_known(until) && compare_dates(since, until) > 0)
        ml_faults_add(faults, table->file, table->lines[row], column + 1,
                      "ends before it begins: correct since or until");
}

static void check_reference(const ml_gazetteer *gazetteer, ml_file_kind kind, ml_file_kind to, uint32_t row,
                            uint32_t column, ml_faults *faults)
{
    const ml_table *table = &gazetteer->storage->table[kind];
    ml_str rest = ml_table_field(table, row, column);
    while (rest.ptr && rest.len) {
        ml_str id = ml_str_split(&rest, '|');
        if (ml_gazetteer__find(gazetteer, to, id) == ML_NO_ROW)
            ml_faults_add(faults, table->file, table->lines[row], column + 1,
                          "missing `%.*s`: no row of %s has this id", (int)id.len, id.ptr,
                          ml_gazetteer__form(to)->name);
    }
}

/* More steps up than there are levels of anything is a cycle. */
static bool locality_cycles(const ml_gazetteer *gazetteer, uint32_t row)
{
    for (int steps = 0; row != ML_NO_ROW; steps++, row = gazetteer->locality[row].parent) {
        if (steps > 16)
            return true;
    }
    return false;
}

static bool body_cycles(const ml_gazetteer *gazetteer, uint32_t row)
{
    for (int steps = 0; row != ML_NO_ROW; steps++, row = gazetteer->body[row].parent) {
        if (steps > 16)
            return true;
    }
    return false;
}

static void check_localities(const ml_gazetteer *gazetteer, ml_faults *faults)
{
    const ml_table *table = &gazetteer->storage->table[ML_FILE_LOCALITIES];
    for (uint32_t row = 0; row < gazetteer->locality_count; row++) {
        check_span(table, row, 5, gazetteer->locality[row].since, gazetteer->locality[row].until, faults);
        check_reference(gazetteer, ML_FILE_LOCALITIES, ML_FILE_LOCALITIES, row, 4, faults);
        check_reference(gazetteer, ML_FILE_LOCALITIES, ML_FILE_LOCALITIES, row, 7, faults);
        if (locality_cycles(gazetteer, row))
            ml_faults_add(faults, table->file, table->lines[row], 5,
                          "cycle: the unit lies within itself, correct its parent");
    }
}

static void check_bodies(const ml_gazetteer *gazetteer, ml_faults *faults)
{
    const ml_table *table = &gazetteer->storage->table[ML_FILE_BODIES];
    for (uint32_t row = 0; row < gazetteer->body_count; row++) {
        check_span(table, row, 5, gazetteer->body[row].since, gazetteer->body[row].until, faults);
        check_reference(gazetteer, ML_FILE_BODIES, ML_FILE_BODIES, row, 4, faults);
        check_reference(gazetteer, ML_FILE_BODIES, ML_FILE_BODIES, row, 7, faults);
        if (body_cycles(gazetteer, row))
            ml_faults_add(faults, table->file, table->lines[row], 5,
                          "cycle: the body belongs to itself, correct its parent");
    }
}

static void check_people(const ml_gazetteer *gazetteer, ml_faults *faults)
{
    for (uint32_t row = 0; row < gazetteer->official_count; row++)
        check_reference(gazetteer, ML_FILE_OFFICIALS, ML_FILE_LOCALITIES, row, 4, faults);
    const ml_table *table = &gazetteer->storage->table[ML_FILE_OFFICES];
    for (uint32_t row = 0; row < gazetteer->office_count; row++) {
        check_reference(gazetteer, ML_FILE_OFFICES, ML_FILE_OFFICIALS, row, 1, faults);
        check_span(table, row, 4, gazetteer->office[row].since, gazetteer->office[row].until, faults);
    }
    for (uint32_t row = 0; row < gazetteer->field_count; row++)
        check_reference(gazetteer, ML_FILE_FIELDS, ML_FILE_BODIES, row, 3, faults);
}

/* Two bodies that bear the same sure name cannot be told apart: one of them must call it risky. */
static void check_clashes(const ml_gazetteer *gazetteer, ml_faults *faults)
{
    const ml_table *table = &gazetteer->storage->table[ML_FILE_BODIES];
    ml_map seen = {0};
    for (uint32_t row = 0; row < gazetteer->body_count; row++) {
        for (uint32_t column = 1; column <= 2; column++) {
            ml_str rest = ml_table_field(table, row, column);
            while (rest.ptr && rest.len) {
                ml_str name = ml_str_split(&rest, '|');
                uint32_t owner = row;
                bool added = true;
                if (!name.len || name.ptr[0] == '~' || !ml_map_add(&seen, name, &owner, &added) || added)
                    continue;
                const ml_body *other = &gazetteer->body[owner], *self = &gazetteer->body[row];
                bool apart = ml_date_known(other->until) || ml_date_known(self->until);
                if (!apart)
                    ml_faults_add(faults, table->file, table->lines[row], column + 1,
                                  "`%.*s` is a name of `%.*s` too: mark one as risky (~) or give dates", (int)name.len,
                                  name.ptr, (int)other->id.len, other->id.ptr);
            }
        }
    }
    ml_map_dispose(&seen);
}

void ml_gazetteer__check(const ml_gazetteer *gazetteer, ml_faults *faults)
{
    for (int kind = 0; kind < ML_FILES; kind++)
        check_rows(&gazetteer->storage->table[kind], kind != ML_FILE_SYLLABLES, faults);
    check_localities(gazetteer, faults);
    check_bodies(gazetteer, faults);
    check_people(gazetteer, faults);
    check_clashes(gazetteer, faults);
}
