#include "gazetteer/gazetteer.h"

#include "gazetteer/storage.h"

#include <stdlib.h>

enum { ROW_BITS = 24 };

static const ml_file_form forms[ML_FILES] = {
    {"localities", "ml-localities/1", "id|level|designator|name|parent|since|until|successors|aliases|flags|source"},
    {"bodies", "ml-bodies/1", "id|name|aliases|kind|parent|since|until|successors|flags|source"},
    {"organs", "ml-organs/1", "id|name|aliases|kind|levels|pattern|owner|flags|source"},
    {"heads", "ml-heads/1", "id|name|aliases|kind|tail|flags|source"},
    {"fields", "ml-fields/1", "id|name|aliases|ministry|department|flags|source"},
    {"titles", "ml-titles/1", "id|name|aliases|class|level|body|flags|source"},
    {"officials", "ml-officials/1", "id|name|birth|aliases|country|flags|source"},
    {"offices", "ml-offices/1", "id|person|title|body|since|until|source"},
    {"name-syllables", "ml-name-syllables/1", "syllable|family|middle|given|flags|source"},
};

const ml_file_form *ml_gazetteer__form(ml_file_kind kind)
{
    return &forms[kind];
}

static const char *const level_names[ML_LEVELS] = {
    "", "country", "region", "province", "district", "commune", "city", "foreign-province", "body", "central",
};

ml_level ml_level_find(ml_str name)
{
    for (int i = 1; i < ML_LEVELS; i++) {
        if (ml_str_equal(name, ml_str_from(level_names[i])))
            return (ml_level)i;
    }
    return ML_LEVEL_NONE;
}

/* What a row reader needs to know of where it is. */
typedef struct {
    ml_gazetteer *gazetteer;
    ml_faults *faults;
    ml_error *error;
    const ml_table *table;
    uint32_t row;
} place;

static ml_str field(const place *at, uint32_t column)
{
    return ml_table_field(at->table, at->row, column);
}

static uint32_t line_of(const place *at)
{
    return at->table->lines[at->row];
}

static ml_date date(const place *at, uint32_t column)
{
    ml_date date = {0};
    ml_str text = field(at, column);
    if (!ml_date_read(text, &date))
        ml_faults_add(at->faults, at->table->file, line_of(at), column + 1,
                      "impossible date `%.*s`: write YYYY, YYYY-MM or YYYY-MM-DD", (int)text.len, text.ptr);
    return date;
}

typedef struct {
    const char *word;
    uint32_t bit;
} flag_word;

/* The bits of the words in a `|` list; other words are faults. */
static uint32_t bits(const place *at, uint32_t column, const flag_word *words, uint32_t count)
{
    uint32_t found = 0;
    ml_str rest = field(at, column);
    if (!rest.len)
        return 0;
    while (rest.ptr) {
        ml_str word = ml_str_split(&rest, '|');
        uint32_t i = 0;
        while (i < count && !ml_str_equal(word, ml_str_from(words[i].word)))
            i++;
        if (i < count)
            found |= words[i].bit;
        else
            ml_faults_add(at->faults, at->table->file, line_of(at), column + 1, "unknown word `%.*s`: see docs/DATA.md",
                          (int)word.len, word.ptr);
    }
    return found;
}

static uint32_t flags(const place *at, uint32_t column)
{
    static const flag_word words[] = {
        {"bare", ML_FLAG_BARE},
        {"common", ML_FLAG_COMMON},
        {"designated", ML_FLAG_DESIGNATED},
        {"lower", ML_FLAG_LOWER},
        {"group", ML_FLAG_GROUP},
        {"field", ML_FLAG_FIELD},
        {"takes-field", ML_FLAG_FIELD},
        {"caps-only-head", ML_FLAG_CAPITAL_HEAD},
        {"site", ML_FLAG_SITE},
        {"inside-body", ML_FLAG_INSIDE_BODY},
        {"street", 0},
        {"family", ML_FLAG_FAMILY},
        {"word", 0},
        {"abbr", ML_FLAG_ABBREVIATION},
        {"suffix", ML_FLAG_SUFFIX},
        {"link", ML_FLAG_LINK},
        {"former", ML_FLAG_FORMER},
        {"short", ML_FLAG_SHORT},
        {"outside", ML_FLAG_OUTSIDE},
        {"behind-name", ML_FLAG_BEHIND_NAME},
        {"outside-small", ML_FLAG_OUTSIDE_SMALL},
        {"named-after", ML_FLAG_NAMED_AFTER},
        {"lost", ML_FLAG_LOST},
        {"historical", 0},
    };
    return bits(at, column, words, sizeof words / sizeof *words);
}

static ml_status learn(const place *at, ml_list list, uint32_t name_column, uint32_t alias_column)
{
    ml_pattern form = {.list = (uint8_t)list, .row = at->row, .is_name = true};
    ML_TRY(ml_gazetteer_learn(at->gazetteer, form, field(at, name_column), at->faults, at->table->file, line_of(at),
                              at->error));
    form.is_name = false;
    return ml_gazetteer_learn(at->gazetteer, form, field(at, alias_column), at->faults, at->table->file, line_of(at),
                              at->error);
}

static ml_status read_locality(const place *at, void *row)
{
    ml_locality *out = row;
    *out = (ml_locality){.id = field(at, 0),
                         .level = ml_level_find(field(at, 1)),
                         .designator = field(at, 2),
                         .name = field(at, 3),
                         .since = date(at, 5),
                         .until = date(at, 6),
                         .flags = flags(at, 9)};
    if (out->level == ML_LEVEL_NONE || out->level >= ML_LEVEL_BODY)
        ml_faults_add(at->faults, at->table->file, line_of(at), 2, "unknown level: see docs/DATA.md");
    return learn(at, ML_IN_LOCALITIES, 3, 8);
}

static ml_status read_body(const place *at, void *row)
{
    ml_body *out = row;
    *out = (ml_body){.id = field(at, 0),
                     .name = field(at, 1),
                     .kind = field(at, 3),
                     .since = date(at, 5),
                     .until = date(at, 6),
                     .flags = flags(at, 8)};
    if (ml_str_equal(out->kind, ML_STR("site")))
        out->flags |= ML_FLAG_SITE;
    return learn(at, ML_IN_BODIES, 1, 2);
}

static ml_status read_organ(const place *at, void *row)
{
    static const flag_word levels[] = {
        {"central", 1u << ML_LEVEL_CENTRAL},   {"province", 1u << ML_LEVEL_PROVINCE},
        {"district", 1u << ML_LEVEL_DISTRICT}, {"commune", 1u << ML_LEVEL_COMMUNE},
        {"body", 1u << ML_LEVEL_BODY},         {"country", 1u << ML_LEVEL_COUNTRY},
        {"region", 1u << ML_LEVEL_REGION},
    };
    ml_organ *out = row;
    *out = (ml_organ){.id = field(at, 0),
                      .name = field(at, 1),
                      .kind = field(at, 3),
                      .levels = bits(at, 4, levels, sizeof levels / sizeof *levels),
                      .pattern = field(at, 5),
                      .flags = flags(at, 7)};
    return learn(at, ML_IN_ORGANS, 1, 2);
}

static ml_status read_head(const place *at, void *row)
{
    static const flag_word tails[] = {
        {"caps", ML_TAIL_CAPITALS},
        {"field", ML_TAIL_FIELD},
        {"number", ML_TAIL_NUMBER},
        {"quoted", ML_TAIL_QUOTED},
    };
    ml_head *out = row;
    *out = (ml_head){.id = field(at, 0),
                     .name = field(at, 1),
                     .kind = field(at, 3),
                     .tail = bits(at, 4, tails, sizeof tails / sizeof *tails),
                     .flags = flags(at, 5)};
    if (ml_str_equal(out->kind, ML_STR("site")))
        out->flags |= ML_FLAG_SITE;
    return learn(at, ML_IN_HEADS, 1, 2);
}

static ml_status read_field(const place *at, void *row)
{
    ml_field *out = row;
    *out = (ml_field){.id = field(at, 0), .name = field(at, 1), .ministry = field(at, 3)};
    return learn(at, ML_IN_FIELDS, 1, 2);
}

static ml_status read_title(const place *at, void *row)
{
    static const flag_word classes[] = {
        {"post", 1u << ML_TITLE_POST},         {"rank", 1u << ML_TITLE_RANK},
        {"address", 1u << ML_TITLE_ADDRESS},   {"profession", 1u << ML_TITLE_PROFESSION},
        {"modifier", 1u << ML_TITLE_MODIFIER},
    };
    ml_title *out = row;
    uint32_t kind = bits(at, 3, classes, sizeof classes / sizeof *classes);
    *out = (ml_title){
        .id = field(at, 0), .name = field(at, 1), .level = field(at, 4), .body = field(at, 5), .flags = flags(at, 6)};
    while (kind > 1u << out->kind)
        out->kind++;
    if (kind != 1u << out->kind)
        ml_faults_add(at->faults, at->table->file, line_of(at), 4,
                      "not one class: write post, rank, address, profession or modifier");
    return learn(at, ML_IN_TITLES, 1, 2);
}

static ml_status read_official(const place *at, void *row)
{
    ml_official *out = row;
    *out = (ml_official){
        .id = field(at, 0), .name = field(at, 1), .birth = date(at, 2), .country = field(at, 4), .flags = flags(at, 5)};
    return learn(at, ML_IN_OFFICIALS, 1, 3);
}

static ml_status read_office(const place *at, void *row)
{
    *(ml_office *)row = (ml_office){
        .id = field(at, 0), .title = field(at, 2), .body = field(at, 3), .since = date(at, 4), .until = date(at, 5)};
    return ML_OK;
}

/* Reads file `kind` into an array of rows of `size` bytes. */
static ml_status load(ml_gazetteer *gazetteer, const char *folder, ml_file_kind kind, size_t size, const void **rows,
                      uint32_t *count, ml_status (*read)(const place *, void *), ml_faults *faults, ml_error *error)
{
    struct ml_gazetteer_storage *storage = gazetteer->storage;
    ml_table *table = &storage->table[kind];
    char name[64] = {0};
    ml_str parts[] = {ml_str_from(forms[kind].name), ML_STR(".tsv")};
    memcpy(name, parts[0].ptr, parts[0].len);
    memcpy(name + parts[0].len, parts[1].ptr, parts[1].len);
    ML_TRY(ml_table_read(folder, name, forms[kind].schema, forms[kind].columns, &storage->arena, table, faults, error));
    char *array = ml_arena_array(&storage->arena, (size_t)table->row_count + 1, size);
    if (!array)
        return ml_fail_memory(error);
    *rows = array;
    for (uint32_t i = 0; i < table->row_count; i++) {
        place at = {gazetteer, faults, error, table, i};
        ML_TRY(read(&at, array + i * size));
        *count = i + 1;
    }
    return ML_OK;
}

static uint32_t number(const place *at, uint32_t column)
{
    ml_str text = field(at, column);
    uint32_t value = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || value > UINT32_MAX / 10 - 10) {
            ml_faults_add(at->faults, at->table->file, line_of(at), column + 1, "not a number: write digits only");
            return 0;
        }
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return value;
}

/* Syllables are kept by symbol, so that a token leads to them at once. */
static ml_status load_syllables(ml_gazetteer *gazetteer, const char *folder, ml_faults *faults, ml_error *error)
{
    struct ml_gazetteer_storage *storage = gazetteer->storage;
    ml_table *table = &storage->table[ML_FILE_SYLLABLES];
    const ml_file_form *form = &forms[ML_FILE_SYLLABLES];
    ML_TRY(ml_table_read(folder, "name-syllables.tsv", form->schema, form->columns, &storage->arena, table, faults,
                         error));
    uint32_t *symbols = ml_arena_array(&storage->arena, (size_t)table->row_count + 1, sizeof *symbols);
    if (!symbols)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < table->row_count; i++) {
        char folded[ML_FOLD_BYTES];
        ml_str syllable = ml_table_field(table, i, 0);
        if (!ml_text_is_nfc(syllable))
            syllable = ML_STR("?"); /* the check of the fields names it */
        ml_str key = {folded, ml_vocabulary_fold(gazetteer->vocabulary, syllable, folded)};
        symbols[i] = ml_vocabulary_add(gazetteer->vocabulary, key);
        if (!symbols[i])
            return ml_fail_memory(error);
    }
    gazetteer->syllable_count = ml_vocabulary_size(gazetteer->vocabulary);
    ml_syllable *syllable = ml_arena_array(&storage->arena, gazetteer->syllable_count, sizeof *syllable);
    if (!syllable)
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < table->row_count; i++) {
        place at = {gazetteer, faults, error, table, i};
        ml_syllable *out = &syllable[symbols[i]];
        out->family += number(&at, 1);
        out->middle += number(&at, 2);
        out->given += number(&at, 3);
        out->flags |= flags(&at, 4);
        out->known = true;
    }
    gazetteer->syllable = syllable;
    return ML_OK;
}

/* One map of the ids of all tables, so that none is given twice. */
static ml_status index_ids(ml_gazetteer *gazetteer, ml_faults *faults, ml_error *error)
{
    struct ml_gazetteer_storage *storage = gazetteer->storage;
    uint32_t total = 0;
    for (int kind = 0; kind < ML_FILE_SYLLABLES; kind++)
        total += storage->table[kind].row_count;
    storage->owner = ml_arena_array(&storage->arena, (size_t)total + 1, sizeof *storage->owner);
    if (!storage->owner)
        return ml_fail_memory(error);
    for (uint32_t kind = 0; kind < ML_FILE_SYLLABLES; kind++) {
        const ml_table *table = &storage->table[kind];
        for (uint32_t row = 0; row < table->row_count; row++) {
            ml_str id = ml_table_field(table, row, 0);
            uint32_t value = storage->owner_count;
            bool added = true;
            if (!id.len || !ml_map_add(&storage->ids, id, &value, &added)) {
                if (id.len)
                    return ml_fail_memory(error);
                continue;
            }
            if (!added) {
                ml_faults_add(faults, table->file, table->lines[row], 1, "duplicate id `%.*s`: give every row its own",
                              (int)id.len, id.ptr);
                continue;
            }
            storage->owner[storage->owner_count++] = kind << ROW_BITS | row;
        }
    }
    return ML_OK;
}

uint32_t ml_gazetteer__find(const ml_gazetteer *gazetteer, ml_file_kind kind, ml_str id)
{
    uint32_t index;
    if (!id.len || !ml_map_find(&gazetteer->storage->ids, id, &index))
        return ML_NO_ROW;
    uint32_t owner = gazetteer->storage->owner[index];
    return owner >> ROW_BITS == (uint32_t)kind ? owner & ((1u << ROW_BITS) - 1) : ML_NO_ROW;
}

uint32_t ml_gazetteer_find_body(const ml_gazetteer *gazetteer, ml_str id)
{
    return ml_gazetteer__find(gazetteer, ML_FILE_BODIES, id);
}

uint32_t ml_gazetteer_find_locality(const ml_gazetteer *gazetteer, ml_str id)
{
    return ml_gazetteer__find(gazetteer, ML_FILE_LOCALITIES, id);
}

/* Parents become row numbers once all ids are known. */
static void link_rows(ml_gazetteer *gazetteer)
{
    struct ml_gazetteer_storage *storage = gazetteer->storage;
    for (uint32_t i = 0; i < gazetteer->locality_count; i++) {
        ml_str parent = ml_table_field(&storage->table[ML_FILE_LOCALITIES], i, 4);
        ((ml_locality *)gazetteer->locality)[i].parent = ml_gazetteer_find_locality(gazetteer, parent);
    }
    for (uint32_t i = 0; i < gazetteer->body_count; i++) {
        ml_str parent = ml_table_field(&storage->table[ML_FILE_BODIES], i, 4);
        ((ml_body *)gazetteer->body)[i].parent = ml_gazetteer_find_body(gazetteer, parent);
    }
}

static ml_status load_all(ml_gazetteer *g, const char *folder, ml_faults *faults, ml_error *error)
{
    ML_TRY(load(g, folder, ML_FILE_LOCALITIES, sizeof *g->locality, (const void **)&g->locality, &g->locality_count,
                read_locality, faults, error));
    ML_TRY(load(g, folder, ML_FILE_BODIES, sizeof *g->body, (const void **)&g->body, &g->body_count, read_body, faults,
                error));
    ML_TRY(load(g, folder, ML_FILE_ORGANS, sizeof *g->organ, (const void **)&g->organ, &g->organ_count, read_organ,
                faults, error));
    ML_TRY(load(g, folder, ML_FILE_HEADS, sizeof *g->head, (const void **)&g->head, &g->head_count, read_head, faults,
                error));
    ML_TRY(load(g, folder, ML_FILE_FIELDS, sizeof *g->field, (const void **)&g->field, &g->field_count, read_field,
                faults, error));
    ML_TRY(load(g, folder, ML_FILE_TITLES, sizeof *g->title, (const void **)&g->title, &g->title_count, read_title,
                faults, error));
    ML_TRY(load(g, folder, ML_FILE_OFFICIALS, sizeof *g->official, (const void **)&g->official, &g->official_count,
                read_official, faults, error));
    ML_TRY(load(g, folder, ML_FILE_OFFICES, sizeof *g->office, (const void **)&g->office, &g->office_count, read_office,
                faults, error));
    ML_TRY(load_syllables(g, folder, faults, error));
    ML_TRY(index_ids(g, faults, error));
    link_rows(g);
    ml_gazetteer__check(g, faults);
    return ML_OK;
}

ml_status ml_gazetteer_new(const char *gazetteers, const char *models, ml_gazetteer **out, ml_faults *faults,
                           ml_error *error)
{
    ml_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
    struct ml_gazetteer_storage *storage = calloc(1, sizeof *storage);
    if (!gazetteer || !storage) {
        free(gazetteer);
        free(storage);
        return ml_fail_memory(error);
    }
    gazetteer->storage = storage;
    ml_status status = ml_vocabulary_new(models, &gazetteer->vocabulary, faults, error);
    if (status == ML_OK)
        status = ml_patterns_new(&gazetteer->patterns, error);
    if (status == ML_OK)
        status = load_all(gazetteer, gazetteers, faults, error);
    if (status != ML_OK) {
        ml_gazetteer_free(gazetteer);
        return status;
    }
    *out = gazetteer;
    return ML_OK;
}

void ml_gazetteer_free(ml_gazetteer *gazetteer)
{
    if (!gazetteer)
        return;
    for (int kind = 0; kind < ML_FILES; kind++)
        ml_table_dispose(&gazetteer->storage->table[kind]);
    ml_map_dispose(&gazetteer->storage->ids);
    ml_arena_dispose(&gazetteer->storage->arena);
    ml_vocabulary_free(gazetteer->vocabulary);
    ml_patterns_free(gazetteer->patterns);
    free(gazetteer->storage);
    free(gazetteer);
}

ml_status ml_gazetteer_learn(ml_gazetteer *gazetteer, ml_pattern form, ml_str names, ml_faults *faults, ml_str file,
                             uint32_t line, ml_error *error)
{
    ml_arena *arena = &gazetteer->storage->arena;
    if (!names.len)
        return ML_OK;
    while (names.ptr) {
        ml_str name = ml_str_split(&names, '|');
        bool risky = name.len && name.ptr[0] == '~';
        name = ml_str_slice(name, risky, name.len);
        ml_tokens tokens;
        if (!ml_text_is_nfc(name)) {
            ml_faults_add(faults, file, line, 1, "`%.*s` is not UTF-8 in NFC: normalise it", (int)name.len, name.ptr);
            continue;
        }
        ML_TRY(ml_tokens_read(gazetteer->vocabulary, name, arena, &tokens, error));
        ML_TRY(ml_tokens_learn(gazetteer->vocabulary, &tokens, error));
        bool region = form.list == ML_IN_LOCALITIES && gazetteer->locality[form.row].level == ML_LEVEL_REGION;
        form.risky = risky;
        form.small_first = region && tokens.count > 1;
        ml_error detail = {0};
        ml_status status = ml_patterns_add(gazetteer->patterns, &tokens, form, &detail);
        if (status == ML_E_LIMIT)
            ml_faults_add(faults, file, line, 1, "`%.*s`: %s", (int)name.len, name.ptr, detail.message);
        else if (status != ML_OK)
            return ml_fail(error, status, file, "%s", detail.message);
    }
    return ML_OK;
}

ml_syllable ml_gazetteer_syllable(const ml_gazetteer *gazetteer, uint32_t symbol)
{
    return symbol && symbol < gazetteer->syllable_count ? gazetteer->syllable[symbol] : (ml_syllable){0};
}
