#include "record/record.h"

static void write_text(ml_buffer *out, const char *key, ml_str text)
{
    ml_buffer_str(out, ml_str_from(key));
    ml_buffer_json(out, text);
}

static void write_text_if_any(ml_buffer *out, const char *key, ml_str text)
{
    if (text.len)
        write_text(out, key, text);
}

static void write_number(ml_buffer *out, const char *key, uint64_t number)
{
    ml_buffer_str(out, ml_str_from(key));
    ml_buffer_number(out, number);
}

static void write_confidence(ml_buffer *out, uint16_t milli)
{
    ml_buffer_str(out, ML_STR(",\"confidence\":"));
    ml_buffer_milli(out, milli);
}

static void write_mention(const ml_record *record, const ml_record_mention *mention, ml_buffer *out)
{
    write_number(out, "{\"start\":", mention->start);
    write_number(out, ",\"end\":", mention->end);
    write_text(out, ",\"type\":", ml_entity_type_name(mention->type));
    write_text(out, ",\"entity\":", record->entities[mention->entity].id);
    write_confidence(out, mention->confidence_milli);
    write_text(out, ",\"rule\":", mention->rule);
    ml_buffer_char(out, '}');
}

static void write_entity(const ml_record_entity *entity, ml_buffer *out)
{
    write_text(out, "{\"id\":", entity->id);
    write_text(out, ",\"type\":", ml_entity_type_name(entity->type));
    write_text(out, ",\"name\":", entity->name);
    write_text_if_any(out, ",\"date\":", entity->date);
    write_text_if_any(out, ",\"parent\":", entity->parent);
    for (uint32_t i = 0; i < entity->candidate_count; i++)
        write_text(out, i ? "," : ",\"candidates\":[", entity->candidates[i]);
    if (entity->candidate_count)
        ml_buffer_char(out, ']');
    ml_buffer_char(out, '}');
}

static void write_relation(const ml_record *record, const ml_record_relation *relation, ml_buffer *out)
{
    write_text(out, "{\"type\":", relation->type);
    write_text(out, ",\"source\":", record->entities[relation->source].id);
    write_text(out, ",\"target\":", record->entities[relation->target].id);
    write_text_if_any(out, ",\"title\":", relation->title);
    write_text_if_any(out, ",\"date\":", relation->date);
    write_text_if_any(out, ",\"modality\":", relation->modality);
    write_confidence(out, relation->confidence_milli);
    write_text(out, ",\"rule\":", relation->rule);
    write_number(out, ",\"evidence\":{\"start\":", relation->start);
    write_number(out, ",\"end\":", relation->end);
    ml_buffer_str(out, ML_STR("}}"));
}

static void write_relations(const ml_record *record, const ml_record_relation *relations, uint32_t count,
                            ml_buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            ml_buffer_char(out, ',');
        write_relation(record, &relations[i], out);
    }
    ml_buffer_char(out, ']');
}

static void write_findings(const ml_record *record, ml_buffer *out)
{
    ml_buffer_str(out, ML_STR(",\"mentions\":["));
    for (uint32_t i = 0; i < record->mention_count; i++) {
        if (i)
            ml_buffer_char(out, ',');
        write_mention(record, &record->mentions[i], out);
    }
    ml_buffer_str(out, ML_STR("],\"entities\":["));
    for (uint32_t i = 0; i < record->entity_count; i++) {
        if (i)
            ml_buffer_char(out, ',');
        write_entity(&record->entities[i], out);
    }
    ml_buffer_str(out, ML_STR("],\"relations\":["));
    write_relations(record, record->relations, record->relation_count, out);
    if (record->claim_count) {
        ml_buffer_str(out, ML_STR(",\"claims\":["));
        write_relations(record, record->claims, record->claim_count, out);
    }
}

static void write_sentences(const ml_record *record, ml_buffer *out)
{
    for (uint32_t i = 0; i < record->sentence_count; i++) {
        const ml_record_sentence *sentence = &record->sentences[i];
        write_number(out, i ? ",{\"start\":" : ",\"sentences\":[{\"start\":", sentence->start);
        write_number(out, ",\"end\":", sentence->end);
        write_text(out, ",\"text\":", sentence->text);
        ml_buffer_char(out, '}');
    }
    if (record->sentence_count)
        ml_buffer_char(out, ']');
}

void ml_record_write(const ml_record *record, ml_buffer *out)
{
    write_text(out, "{\"schema\":", ML_STR("mangluoi-record/1"));
    write_text(out, ",\"id\":", record->id);
    if (record->error_code.len || record->error_message.len) {
        write_text(out, ",\"error\":{\"code\":", record->error_code);
        write_text(out, ",\"message\":", record->error_message);
        ml_buffer_char(out, '}');
    } else {
        write_text_if_any(out, ",\"title\":", record->title);
        write_text_if_any(out, ",\"date\":", record->date);
        write_text_if_any(out, ",\"source\":", record->source);
        write_findings(record, out);
        write_sentences(record, out);
    }
    ml_buffer_str(out, ML_STR("}\n"));
}
