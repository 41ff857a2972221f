#include "store/import.h"

#include "base/json.h"

#include <cjson/cJSON.h>

static ml_status fail(ml_error *error)
{
    return ml_fail(error, ML_E_SYNTAX, ML_STR(""), "not a network that this program wrote as JSON");
}

static ml_str text_of(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(item) ? ml_str_from(item->valuestring) : ML_STR("");
}

static double number_of(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble < 4e9 ? item->valuedouble : 0;
}

static ml_status read_vertex(ml_store *store, const cJSON *object, ml_error *error)
{
    ml_import_vertex vertex = {.id = text_of(object, "id"),
                               .label = text_of(object, "label"),
                               .date = text_of(object, "date"),
                               .parent = text_of(object, "parent"),
                               .first = text_of(object, "first"),
                               .last = text_of(object, "last"),
                               .documents = (int64_t)number_of(object, "documents")};
    if (!vertex.id.len || !ml_entity_type_find(text_of(object, "type"), &vertex.type))
        return fail(error);
    return ml_store__import_vertex(store, &vertex, error);
}

/* Sentences where there are some, else the articles. */
static void join_evidence(const cJSON *edge, ml_buffer *out)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(edge, "sentences");
    const cJSON *item;
    if (!cJSON_GetArraySize(list))
        list = cJSON_GetObjectItemCaseSensitive(edge, "evidence");
    ml_buffer_clear(out);
    cJSON_ArrayForEach(item, list)
    {
        if (!cJSON_IsString(item))
            continue;
        if (out->len)
            ml_buffer_char(out, ML_IMPORT_SEPARATOR);
        ml_buffer_str(out, ml_str_from(item->valuestring));
    }
}

static ml_status read_edge(ml_store *store, const cJSON *object, ml_buffer *evidence, ml_error *error)
{
    join_evidence(object, evidence);
    const ml_import_edge edge = {.type = text_of(object, "type"),
                                 .title = text_of(object, "title"),
                                 .source = text_of(object, "source"),
                                 .target = text_of(object, "target"),
                                 .first = text_of(object, "first"),
                                 .last = text_of(object, "last"),
                                 .evidence = ml_buffer_view(evidence),
                                 .weight = (int64_t)number_of(object, "weight"),
                                 .confidence_milli = (uint32_t)(number_of(object, "confidence") * 1000 + 0.5)};
    if (evidence->failed)
        return ml_fail_memory(error);
    return edge.type.len && edge.weight ? ml_store__import_edge(store, &edge, error) : fail(error);
}

static ml_status read_all(ml_store *store, const cJSON *root, ml_buffer *evidence, ml_error *error)
{
    const cJSON *nodes = cJSON_GetObjectItemCaseSensitive(root, "nodes");
    const cJSON *edges = cJSON_GetObjectItemCaseSensitive(root, "edges");
    const cJSON *item;
    if (!cJSON_IsArray(nodes) || !cJSON_IsArray(edges))
        return fail(error);
    cJSON_ArrayForEach(item, nodes) ML_TRY(read_vertex(store, item, error));
    cJSON_ArrayForEach(item, edges) ML_TRY(read_edge(store, item, evidence, error));
    return ML_OK;
}

ml_status ml_store__import_json(ml_store *store, ml_str text, ml_error *error)
{
    uint32_t fault;
    const char *reason;
    if (!ml_json_check(text, &fault, &reason))
        return ml_fail(error, ML_E_SYNTAX, ML_STR(""), "not JSON: %s at byte %u", reason, fault);
    cJSON *root = cJSON_ParseWithLengthOpts(text.ptr, text.len, NULL, false);
    if (!root)
        return ml_fail_memory(error);
    ml_buffer evidence = {0};
    ml_status status = read_all(store, root, &evidence, error);
    ml_buffer_dispose(&evidence);
    cJSON_Delete(root);
    return status;
}
