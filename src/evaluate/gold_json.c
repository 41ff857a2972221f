#include "evaluate/evaluate.h"
#include "evaluate/fold.h"

#include "base/json.h"

#include <cjson/cJSON.h>

typedef struct {
    ml_str path;
    uint32_t line;
    ml_arena *arena;
    ml_error *error;
    ml_record_entity *entities;
    uint32_t entity_count;
} reader;

static ml_status wrong(const reader *in, const char *what)
{
    return ml_fail_at(in->error, ML_E_SYNTAX, in->path, in->line, 0, "not a marked article as JSON: %s", what);
}

static ml_str text_of(const reader *in, const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(item) ? ml_arena_copy(in->arena, ml_str_from(item->valuestring)) : ML_STR("");
}

static bool entity_of(const reader *in, const cJSON *object, const char *key, uint32_t *out)
{
    ml_str id = text_of(in, object, key);
    for (uint32_t i = 0; i < in->entity_count; i++) {
        if (ml_str_equal(in->entities[i].id, id)) {
            *out = i;
            return true;
        }
    }
    return false;
}

static bool number_of(const cJSON *object, const char *key, uint32_t *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item) || item->valuedouble < 0 || item->valuedouble >= UINT32_MAX)
        return false;
    *out = (uint32_t)item->valuedouble;
    return true;
}

static ml_status read_names(const reader *in, const cJSON *object, ml_gold_names *out)
{
    const cJSON *aliases = cJSON_GetObjectItemCaseSensitive(object, "aliases"), *alias;
    ml_str *list = ml_arena_array(in->arena, (size_t)cJSON_GetArraySize(aliases) + 1, sizeof *list);
    if (!list)
        return ml_fail_memory(in->error);
    uint32_t count = 0;
    list[count++] = text_of(in, object, "name");
    cJSON_ArrayForEach(alias, aliases)
    {
        if (!cJSON_IsString(alias))
            return wrong(in, "an alias must be a string");
        list[count++] = ml_arena_copy(in->arena, ml_str_from(alias->valuestring));
    }
    *out = (ml_gold_names){list, count};
    return ML_OK;
}

static ml_status read_entities(reader *in, const cJSON *list, ml_gold *out)
{
    size_t count = (size_t)cJSON_GetArraySize(list);
    ml_gold_names *names = ml_arena_array(in->arena, count, sizeof *names);
    in->entities = ml_arena_array(in->arena, count, sizeof *in->entities);
    if (!names || !in->entities)
        return ml_fail_memory(in->error);
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        ml_record_entity *entity = &in->entities[in->entity_count];
        if (!ml_entity_type_find(text_of(in, item, "type"), &entity->type))
            return wrong(in, "an entity's type is unknown");
        ML_TRY(read_names(in, item, &names[in->entity_count]));
        entity->id = ml_arena_copy(in->arena, ml_str_from(item->string));
        entity->name = names[in->entity_count++].list[0];
    }
    out->names = names;
    out->record.entities = in->entities;
    out->record.entity_count = in->entity_count;
    return ML_OK;
}

static ml_status read_mentions(const reader *in, const cJSON *list, ml_record *out)
{
    ml_record_mention *mentions = ml_arena_array(in->arena, (size_t)cJSON_GetArraySize(list), sizeof *mentions);
    if (!mentions)
        return ml_fail_memory(in->error);
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        ml_record_mention *mention = &mentions[out->mention_count++];
        if (!entity_of(in, item, "entity", &mention->entity) ||
            !ml_entity_type_find(text_of(in, item, "type"), &mention->type) ||
            !number_of(item, "start", &mention->start) || !number_of(item, "end", &mention->end))
            return wrong(in, "a mention needs start, end, type and a declared entity");
    }
    out->mentions = mentions;
    return ML_OK;
}

static ml_status read_relations(const reader *in, const cJSON *list, ml_record *out)
{
    ml_record_relation *relations = ml_arena_array(in->arena, (size_t)cJSON_GetArraySize(list), sizeof *relations);
    if (!relations)
        return ml_fail_memory(in->error);
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        ml_record_relation *relation = &relations[out->relation_count++];
        int type = ml_relation_type_find(text_of(in, item, "type"));
        if (type < 0 || !entity_of(in, item, "source", &relation->source) ||
            !entity_of(in, item, "target", &relation->target))
            return wrong(in, "a relation needs a known type, and declared entities as source and target");
        relation->type = ml_relation_types[type].name;
        relation->title = text_of(in, item, "title");
    }
    out->relations = relations;
    return ML_OK;
}

static ml_status read_article(reader *in, const cJSON *root, ml_gold *out)
{
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(root, "text");
    out->record.id = text_of(in, root, "id");
    out->record.date = text_of(in, root, "date");
    if (out->record.id.len == 0 || !cJSON_IsString(text))
        return wrong(in, "it needs an id and a text, both strings");
    ML_TRY(read_entities(in, cJSON_GetObjectItemCaseSensitive(root, "entities"), out));
    ML_TRY(read_mentions(in, cJSON_GetObjectItemCaseSensitive(root, "mentions"), &out->record));
    ML_TRY(read_relations(in, cJSON_GetObjectItemCaseSensitive(root, "relations"), &out->record));
    out->points = ml_fold_points(ml_str_from(text->valuestring), in->arena, &out->point_count);
    return in->arena->failed ? ml_fail_memory(in->error) : ML_OK;
}

ml_status ml_gold__parse_json(ml_str line, ml_str path, uint32_t number, ml_arena *arena, ml_gold *out, ml_error *error)
{
    reader in = {.path = path, .line = number, .arena = arena, .error = error};
    uint32_t fault;
    const char *reason;
    if (!ml_json_check(line, &fault, &reason))
        return ml_fail_at(error, ML_E_SYNTAX, path, number, fault + 1, "not JSON: %s", reason);
    cJSON *root = cJSON_ParseWithLengthOpts(line.ptr, line.len, NULL, false);
    if (!root)
        return ml_fail_memory(error);
    ml_gold gold = {0};
    ml_status status = read_article(&in, root, &gold);
    if (status == ML_OK)
        *out = gold;
    cJSON_Delete(root);
    return status;
}
