#include "record/record.h"

#include "base/date.h"
#include "base/json.h"
#include "base/map.h"

#include <cjson/cJSON.h>

enum { MOST_FIELDS = 11 };

typedef struct {
    ml_arena *arena;
    ml_error *error;
    ml_str id;        /* of the record, once it is known */
    const char *list; /* what is being read, for messages: "relations", ... or NULL for the record itself */
    uint32_t index;   /* its place in the list */
    ml_map entities;  /* from ids to places in the record's list */
} record_reader;

static ml_status wrong(const record_reader *reader, const char *key, const char *reason)
{
    if (!reader->list)
        return ml_fail(reader->error, ML_E_SYNTAX, reader->id, "%s: %s", key, reason);
    return ml_fail(reader->error, ML_E_SYNTAX, reader->id, "%s[%u].%s: %s", reader->list, reader->index, key, reason);
}

/* Finds the values of the wanted keys in one pass; a key that is missing or null gives NULL. cJSON's own getters take
 * the first of two equal keys where others take the last: so they are refused. */
static ml_status read_object(const record_reader *reader, const cJSON *object, const char *const *names, size_t count,
                             const cJSON **out)
{
    bool seen[MOST_FIELDS] = {false};
    if (!cJSON_IsObject(object))
        return wrong(reader, "value", "must be an object");
    for (size_t i = 0; i < count; i++)
        out[i] = NULL;
    for (const cJSON *item = object->child; item; item = item->next) {
        for (size_t i = 0; i < count; i++) {
            if (strcmp(item->string, names[i]) != 0)
                continue;
            if (seen[i])
                return wrong(reader, names[i], "given twice");
            seen[i] = true;
            out[i] = cJSON_IsNull(item) ? NULL : item;
        }
    }
    return ML_OK;
}

static ml_status read_text(const record_reader *reader, const cJSON *item, const char *key, ml_str *out)
{
    if (!item) {
        *out = ML_STR("");
        return ML_OK;
    }
    if (!cJSON_IsString(item))
        return wrong(reader, key, "must be a string");
    *out = ml_arena_copy(reader->arena, ml_str_from(item->valuestring));
    return ML_OK;
}

static ml_status read_needed_text(const record_reader *reader, const cJSON *item, const char *key, ml_str *out)
{
    if (!item)
        return wrong(reader, key, "missing");
    return read_text(reader, item, key, out);
}

static ml_status read_date(const record_reader *reader, const cJSON *item, const char *key, ml_str *out)
{
    ml_date date;
    ML_TRY(read_text(reader, item, key, out));
    if (!ml_date_read(*out, &date))
        return wrong(reader, key, "must be a date as YYYY-MM-DD, YYYY-MM or YYYY");
    return ML_OK;
}

static ml_status read_number(const record_reader *reader, const cJSON *item, const char *key, uint32_t *out)
{
    double number = cJSON_IsNumber(item) ? item->valuedouble : -1;
    if (!(number >= 0 && number <= UINT32_MAX) || (double)(uint32_t)number < number)
        return wrong(reader, key, "must be a whole number, not below 0");
    *out = (uint32_t)number;
    return ML_OK;
}

static ml_status read_span(const record_reader *reader, const cJSON *start, const cJSON *end, uint32_t *out_start,
                           uint32_t *out_end)
{
    ML_TRY(read_number(reader, start, "start", out_start));
    ML_TRY(read_number(reader, end, "end", out_end));
    if (*out_end < *out_start)
        return wrong(reader, "end", "must not be below start");
    return ML_OK;
}

/* What is stated without a confidence is taken as certain. */
static ml_status read_confidence(const record_reader *reader, const cJSON *item, uint16_t *out)
{
    double confidence = 1;
    if (item)
        confidence = cJSON_IsNumber(item) ? item->valuedouble : -1;
    if (!(confidence >= 0 && confidence <= 1))
        return wrong(reader, "confidence", "must be a number from 0 to 1");
    *out = (uint16_t)(confidence * 1000 + 0.5);
    return ML_OK;
}

static ml_status read_type(const record_reader *reader, const cJSON *item, ml_entity_type *out)
{
    if (!cJSON_IsString(item) || !ml_entity_type_find(ml_str_from(item->valuestring), out))
        return wrong(reader, "type", "must be person, body, locality, event or site");
    return ML_OK;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_entity_id(ml_str id)
{
    for (uint32_t i = 0; i < id.len; i++) {
        char byte = id.ptr[i];
        bool inner = (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
        if (!is_letter(byte) && !(inner && i))
            return false;
    }
    return id.len > 0;
}

/* A list of the record: how many elements it has, 0 where it is missing. */
static ml_status measure_list(record_reader *reader, const cJSON *list, const char *name, uint32_t *count)
{
    reader->list = NULL;
    if (list && !cJSON_IsArray(list))
        return wrong(reader, name, "must be an array");
    reader->list = name;
    *count = list ? (uint32_t)cJSON_GetArraySize(list) : 0;
    return ML_OK;
}

static ml_status read_candidates(const record_reader *reader, const cJSON *list, ml_record_entity *out)
{
    if (list && !cJSON_IsArray(list))
        return wrong(reader, "candidates", "must be an array");
    uint32_t count = list ? (uint32_t)cJSON_GetArraySize(list) : 0;
    ml_str *candidates = ml_arena_array(reader->arena, count, sizeof *candidates);
    if (!candidates)
        return ml_fail_memory(reader->error);
    const cJSON *item = list ? list->child : NULL;
    for (uint32_t i = 0; item; item = item->next, i++)
        ML_TRY(read_needed_text(reader, item, "candidates", &candidates[i]));
    out->candidates = candidates;
    out->candidate_count = count;
    return ML_OK;
}

static ml_status read_entity(record_reader *reader, const cJSON *object, ml_record_entity *out)
{
    static const char *const names[] = {"id", "type", "name", "date", "parent", "candidates"};
    const cJSON *item[6] = {NULL};
    ML_TRY(read_object(reader, object, names, 6, item));
    ML_TRY(read_needed_text(reader, item[0], "id", &out->id));
    ML_TRY(read_type(reader, item[1], &out->type));
    ML_TRY(read_needed_text(reader, item[2], "name", &out->name));
    ML_TRY(read_date(reader, item[3], "date", &out->date));
    ML_TRY(read_text(reader, item[4], "parent", &out->parent));
    ML_TRY(read_candidates(reader, item[5], out));
    if (reader->arena->failed)
        return ml_fail_memory(reader->error);
    if (!is_entity_id(out->id))
        return wrong(reader, "id", "must be a letter and then letters, digits, '_' or '-'");
    bool added;
    uint32_t index = reader->index;
    if (!ml_map_add(&reader->entities, out->id, &index, &added))
        return ml_fail_memory(reader->error);
    return added ? ML_OK : wrong(reader, "id", "another entity has it");
}

static ml_status read_entities(record_reader *reader, const cJSON *list, ml_record *out)
{
    ML_TRY(measure_list(reader, list, "entities", &out->entity_count));
    ml_record_entity *entities = ml_arena_array(reader->arena, out->entity_count, sizeof *entities);
    if (!entities)
        return ml_fail_memory(reader->error);
    const cJSON *item = list ? list->child : NULL;
    for (reader->index = 0; item; item = item->next, reader->index++)
        ML_TRY(read_entity(reader, item, &entities[reader->index]));
    out->entities = entities;
    return ML_OK;
}

static ml_status read_reference(const record_reader *reader, const cJSON *item, const char *key, uint32_t *out)
{
    if (!cJSON_IsString(item) || !ml_map_find(&reader->entities, ml_str_from(item->valuestring), out))
        return wrong(reader, key, "must be the id of one of the entities");
    return ML_OK;
}

static ml_status read_mention(const record_reader *reader, const cJSON *object, ml_record_mention *out)
{
    static const char *const names[] = {"start", "end", "type", "entity", "confidence", "rule"};
    const cJSON *item[6] = {NULL};
    ML_TRY(read_object(reader, object, names, 6, item));
    ML_TRY(read_span(reader, item[0], item[1], &out->start, &out->end));
    ML_TRY(read_type(reader, item[2], &out->type));
    ML_TRY(read_reference(reader, item[3], "entity", &out->entity));
    ML_TRY(read_confidence(reader, item[4], &out->confidence_milli));
    return read_text(reader, item[5], "rule", &out->rule);
}

static ml_status read_mentions(record_reader *reader, const cJSON *list, ml_record *out)
{
    ML_TRY(measure_list(reader, list, "mentions", &out->mention_count));
    ml_record_mention *mentions = ml_arena_array(reader->arena, out->mention_count, sizeof *mentions);
    if (!mentions)
        return ml_fail_memory(reader->error);
    const cJSON *item = list ? list->child : NULL;
    for (reader->index = 0; item; item = item->next, reader->index++)
        ML_TRY(read_mention(reader, item, &mentions[reader->index]));
    out->mentions = mentions;
    return ML_OK;
}

static ml_status read_evidence(const record_reader *reader, const cJSON *object, ml_record_relation *out)
{
    static const char *const names[] = {"start", "end"};
    const cJSON *item[2] = {NULL};
    if (!object)
        return ML_OK;
    if (!cJSON_IsObject(object))
        return wrong(reader, "evidence", "must be an object");
    ML_TRY(read_object(reader, object, names, 2, item));
    return read_span(reader, item[0], item[1], &out->start, &out->end);
}

static ml_status read_relation_words(const record_reader *reader, const cJSON *const item[5], ml_record_relation *out)
{
    ML_TRY(read_needed_text(reader, item[0], "type", &out->type));
    ML_TRY(read_text(reader, item[1], "title", &out->title));
    ML_TRY(read_date(reader, item[2], "date", &out->date));
    ML_TRY(read_text(reader, item[3], "modality", &out->modality));
    ML_TRY(read_text(reader, item[4], "rule", &out->rule));
    if (!out->type.len && !reader->arena->failed)
        return wrong(reader, "type", "must not be empty");
    return ML_OK;
}

static ml_status read_relation(const record_reader *reader, const cJSON *object, ml_record_relation *out)
{
    static const char *const names[] = {"type",   "title",  "date",       "modality", "rule",
                                        "source", "target", "confidence", "evidence"};
    const cJSON *item[9] = {NULL};
    ML_TRY(read_object(reader, object, names, 9, item));
    ML_TRY(read_relation_words(reader, item, out));
    ML_TRY(read_reference(reader, item[5], "source", &out->source));
    ML_TRY(read_reference(reader, item[6], "target", &out->target));
    ML_TRY(read_confidence(reader, item[7], &out->confidence_milli));
    return read_evidence(reader, item[8], out);
}

/* `name` is "relations" or "claims", which have the same form. */
static ml_status read_relations(record_reader *reader, const cJSON *list, const char *name,
                                const ml_record_relation **out, uint32_t *count)
{
    ML_TRY(measure_list(reader, list, name, count));
    ml_record_relation *relations = ml_arena_array(reader->arena, *count, sizeof *relations);
    if (!relations)
        return ml_fail_memory(reader->error);
    const cJSON *item = list ? list->child : NULL;
    for (reader->index = 0; item; item = item->next, reader->index++)
        ML_TRY(read_relation(reader, item, &relations[reader->index]));
    *out = relations;
    return ML_OK;
}

static ml_status read_sentence(const record_reader *reader, const cJSON *object, ml_record_sentence *out)
{
    static const char *const names[] = {"start", "end", "text"};
    const cJSON *item[3] = {NULL};
    ML_TRY(read_object(reader, object, names, 3, item));
    ML_TRY(read_span(reader, item[0], item[1], &out->start, &out->end));
    return read_needed_text(reader, item[2], "text", &out->text);
}

static ml_status read_sentences(record_reader *reader, const cJSON *list, ml_record *out)
{
    ML_TRY(measure_list(reader, list, "sentences", &out->sentence_count));
    ml_record_sentence *sentences = ml_arena_array(reader->arena, out->sentence_count, sizeof *sentences);
    if (!sentences)
        return ml_fail_memory(reader->error);
    const cJSON *item = list ? list->child : NULL;
    for (reader->index = 0; item; item = item->next, reader->index++)
        ML_TRY(read_sentence(reader, item, &sentences[reader->index]));
    out->sentences = sentences;
    return ML_OK;
}

static ml_status read_failure(const record_reader *reader, const cJSON *object, ml_record *out)
{
    static const char *const names[] = {"code", "message"};
    const cJSON *item[2] = {NULL};
    if (!cJSON_IsObject(object))
        return wrong(reader, "error", "must be an object");
    ML_TRY(read_object(reader, object, names, 2, item));
    ML_TRY(read_needed_text(reader, item[0], "code", &out->error_code));
    if (!out->error_code.len && !reader->arena->failed)
        return wrong(reader, "code", "must not be empty");
    return read_text(reader, item[1], "message", &out->error_message);
}

/* Mentions, entities, relations, claims and sentences: the entities first, which the others name. */
static ml_status read_lists(record_reader *reader, const cJSON *const list[5], ml_record *out)
{
    ML_TRY(read_entities(reader, list[1], out));
    ML_TRY(read_mentions(reader, list[0], out));
    ML_TRY(read_relations(reader, list[2], "relations", &out->relations, &out->relation_count));
    ML_TRY(read_relations(reader, list[3], "claims", &out->claims, &out->claim_count));
    return read_sentences(reader, list[4], out);
}

static ml_status read_record(record_reader *reader, const cJSON *root, ml_record *out)
{
    static const char *const names[] = {"id",       "schema",   "title",     "date",   "source",   "error",
                                        "mentions", "entities", "relations", "claims", "sentences"};
    const cJSON *item[11] = {NULL};
    ML_TRY(read_object(reader, root, names, 11, item));
    ML_TRY(read_needed_text(reader, item[0], "id", &out->id));
    reader->id = out->id;
    ml_str schema = ML_STR("");
    ML_TRY(read_text(reader, item[1], "schema", &schema));
    if (!ml_str_equal(schema, ML_STR("mangluoi-record/1")) && !reader->arena->failed)
        return wrong(reader, "schema", "must be \"mangluoi-record/1\"; was this written by another version?");
    ML_TRY(read_text(reader, item[2], "title", &out->title));
    ML_TRY(read_date(reader, item[3], "date", &out->date));
    ML_TRY(read_text(reader, item[4], "source", &out->source));
    if (item[5])
        return read_failure(reader, item[5], out);
    return read_lists(reader, item + 6, out);
}

ml_status ml_record_read(ml_str line, ml_arena *arena, ml_record *out, ml_error *error)
{
    uint32_t fault;
    const char *reason;
    if (!ml_json_check(line, &fault, &reason))
        return ml_fail(error, ML_E_SYNTAX, ML_STR(""), "not a JSON object: %s at byte %u", reason, fault);
    cJSON *root = cJSON_ParseWithLengthOpts(line.ptr, line.len, NULL, false);
    if (!root)
        return ml_fail_memory(error);
    record_reader reader = {.arena = arena, .error = error, .id = ML_STR("")};
    ml_record record = {0};
    ml_status status = read_record(&reader, root, &record);
    if (status == ML_OK && arena->failed)
        status = ml_fail_memory(error);
    if (status == ML_OK)
        *out = record;
    ml_map_dispose(&reader.entities);
    cJSON_Delete(root);
    return status;
}
