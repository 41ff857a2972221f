#include "support.h"

#include "base/file.h"
#include "base/utf8.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void assert_str(ml_str actual, const char *expected)
{
    if (!ml_str_equal(actual, ml_str_from(expected)))
        fail_msg("`%.*s` instead of `%s`", (int)actual.len, actual.ptr ? actual.ptr : "", expected);
}

bool holds(ml_str text, const char *part)
{
    ml_str wanted = ml_str_from(part);
    for (uint32_t at = 0; at + wanted.len <= text.len; at++) {
        if (ml_str_equal(ml_str_slice(text, at, at + wanted.len), wanted))
            return true;
    }
    return false;
}

void assert_holds(ml_str text, const char *part)
{
    if (!holds(text, part))
        fail_msg("no `%s` in `%.*s`", part, (int)text.len, text.ptr ? text.ptr : "");
}

const char *project_path(const char *name, char out[PATH_BYTES])
{
    const char *source = getenv("SOURCE");
    int len = snprintf(out, PATH_BYTES, "%s/%s", source ? source : ".", name);
    assert_in_range(len, 1, PATH_BYTES - 1);
    return out;
}

void folder_make(test_folder *folder)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/mangluoi-test-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

static void write_bytes(const test_folder *folder, const char *name, ml_str bytes)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

void folder_write(const test_folder *folder, const char *name, const char *text)
{
    write_bytes(folder, name, ml_str_from(text));
}

void folder_copy(const test_folder *folder, const char *name, const char *from)
{
    char path[PATH_BYTES];
    ml_buffer bytes = {0};
    ml_error error = {0};
    assert_int_equal(ml_file_read(project_path(from, path), 1u << 30, &bytes, &error), ML_OK);
    write_bytes(folder, name, ml_buffer_view(&bytes));
    ml_buffer_dispose(&bytes);
}

void folder_remove(const test_folder *folder)
{
    DIR *listing = opendir(folder->path);
    assert_non_null(listing);
    for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
        char path[PATH_BYTES];
        snprintf(path, sizeof path, "%s/%s", folder->path, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    closedir(listing);
    assert_int_equal(rmdir(folder->path), 0);
}

static ml_status append(void *payload, const char *bytes, size_t len)
{
    ml_buffer_bytes(payload, bytes, len);
    return ML_OK;
}

ml_sink buffer_sink(ml_buffer *buffer)
{
    return (ml_sink){append, buffer};
}

uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = (*state += 0x9e3779b97f4a7c15u);
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

uint32_t random_below(uint64_t *state, uint32_t bound)
{
    return (uint32_t)(random_next(state) % bound);
}

int context_setup(void **state)
{
    char gazetteers[PATH_BYTES], models[PATH_BYTES];
    ml_context *context = NULL;
    ml_error error = {0};
    ml_status status =
        ml_context_new(project_path("gazetteers", gazetteers), project_path("models", models), &context, &error);
    if (status != ML_OK) {
        print_error("%s:%u: %s\n", error.where, error.line, error.message);
        return -1;
    }
    *state = context;
    return 0;
}

int context_teardown(void **state)
{
    ml_context_free(*state);
    return 0;
}

void article_open(test_article *article, const ml_context *context, const char *id, const char *date, const char *text)
{
    ml_error error = {0};
    *article = (test_article){.text = ml_str_from(text)};
    assert_int_equal(ml_worker_new(context, &article->worker, &error), ML_OK);
    ml_article given = {.id = ml_str_from(id), .date = ml_str_from(date), .text = article->text};
    ml_status status = ml_document_read(article->worker, &given, NULL, &article->record, &error);
    if (status != ML_OK)
        fail_msg("`%s`: %s", text, error.message);
    assert_sound(article);
}

void article_close(test_article *article)
{
    ml_worker_free(article->worker);
}

const ml_record_entity *entity_named(const ml_record *record, const char *name)
{
    for (uint32_t i = 0; i < record->entity_count; i++) {
        if (ml_str_equal(record->entities[i].name, ml_str_from(name)))
            return &record->entities[i];
    }
    return NULL;
}

const ml_record_entity *entity_spelled(const test_article *article, const char *words, uint32_t skip)
{
    const ml_record *record = &article->record;
    for (uint32_t i = skip; i < record->mention_count; i++) {
        const ml_record_mention *mention = &record->mentions[i];
        if (ml_str_equal(points_slice(article->text, mention->start, mention->end), ml_str_from(words)))
            return &record->entities[mention->entity];
    }
    return NULL;
}

const ml_record_relation *relation_said(const ml_record *record, const char *type, const char *source,
                                        const char *target, const char *title)
{
    for (uint32_t i = 0; i < record->relation_count; i++) {
        const ml_record_relation *relation = &record->relations[i];
        ml_str from = record->entities[relation->source].name, to = record->entities[relation->target].name;
        if (ml_str_equal(relation->type, ml_str_from(type)) && ml_str_equal(from, ml_str_from(source)) &&
            ml_str_equal(to, ml_str_from(target)) && (!title || ml_str_equal(relation->title, ml_str_from(title))))
            return relation;
    }
    return NULL;
}

uint32_t relations_of(const ml_record *record, const char *type)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < record->relation_count; i++)
        count += ml_str_equal(record->relations[i].type, ml_str_from(type));
    return count;
}

ml_str points_slice(ml_str text, uint32_t start, uint32_t end)
{
    uint32_t point = 0, begin = text.len, at = 0;
    for (uint32_t decoded; at < text.len && point < end; point++) {
        begin = point == start ? at : begin;
        at += ml_utf8_read(text, at, &decoded);
    }
    return ml_str_slice(text, begin, at);
}

static bool id_is_sound(ml_str id)
{
    for (uint32_t i = 0; i < id.len; i++) {
        char byte = id.ptr[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool other = (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
        if (!letter && (i == 0 || !other))
            return false;
    }
    return id.len > 0;
}

static void assert_entities_sound(const ml_record *record)
{
    for (uint32_t i = 0; i < record->entity_count; i++) {
        const ml_record_entity *entity = &record->entities[i];
        assert_true(id_is_sound(entity->id));
        assert_true(entity->name.len > 0);
        for (uint32_t j = 0; j < i; j++)
            assert_false(ml_str_equal(entity->id, record->entities[j].id));
    }
}

/* What docs/SCHEMA.md says of the ends of a relation. */
bool relation_fits(ml_str type, uint32_t source, uint32_t target)
{
    enum { P = 1 << ML_PERSON, B = 1 << ML_BODY, L = 1 << ML_LOCALITY, E = 1 << ML_EVENT };
    static const struct {
        const char *type;
        uint32_t source, target;
    } rows[] = {
        {"holds_position", P, B | L},
        {"chaired", P | B, E},
        {"attended", P | B, E},
        {"spoke_at", P, E},
        {"organized", B | L, E},
        {"held_at", E, L},
        {"cooperates_with", L | B, L | B},
        {"visited", P | B, L | B},
        {"met_with", P | B, P | B},
        {"donated_to", P | B, B | L},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (ml_str_equal(type, ml_str_from(rows[i].type)))
            return source & rows[i].source && target & rows[i].target;
    }
    return false;
}

static void assert_ends_fit(const test_article *article, const ml_record_relation *relation)
{
    const ml_record_entity *from = &article->record.entities[relation->source];
    const ml_record_entity *to = &article->record.entities[relation->target];
    if (!relation_fits(relation->type, 1u << from->type, 1u << to->type))
        fail_msg("%.*s: %.*s -> %.*s is not in docs/SCHEMA.md; rule %.*s in `%.*s`", (int)relation->type.len,
                 relation->type.ptr, (int)from->id.len, from->id.ptr, (int)to->id.len, to->id.ptr,
                 (int)relation->rule.len, relation->rule.ptr, (int)article->text.len, article->text.ptr);
    assert_int_equal(relation->title.len > 0, ml_str_equal(relation->type, ML_STR("holds_position")));
}

void assert_sound(const test_article *article)
{
    const ml_record *record = &article->record;
    uint32_t points = ml_utf8_count(article->text), reached = 0;
    assert_entities_sound(record);
    for (uint32_t i = 0; i < record->mention_count; i++) {
        const ml_record_mention *mention = &record->mentions[i];
        assert_true(mention->start >= reached);
        assert_true(mention->start < mention->end);
        assert_true(mention->end <= points);
        assert_true(mention->entity < record->entity_count);
        assert_in_range(mention->confidence_milli, 1, 1000);
        assert_true(mention->rule.len > 0);
        reached = mention->end;
    }
    for (uint32_t i = 0; i < record->relation_count; i++) {
        const ml_record_relation *relation = &record->relations[i];
        assert_true(relation->source < record->entity_count);
        assert_true(relation->target < record->entity_count);
        assert_int_not_equal(relation->source, relation->target);
        assert_ends_fit(article, relation);
        assert_true(relation->start < relation->end);
        assert_true(relation->end <= points);
        assert_in_range(relation->confidence_milli, 1, 1000);
        assert_true(relation->rule.len > 0);
    }
}
