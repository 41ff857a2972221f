#include "relate/reader.h"

uint32_t ml_reader_cue(const ml_reader *reader, uint32_t at, ml_cue_class kind)
{
    if (at >= reader->tokens->count)
        return at;
    for (uint32_t i = reader->matches->first[at + 1]; i-- > reader->matches->first[at];) {
        const ml_match *match = &reader->matches->match[i];
        const ml_pattern *pattern = ml_patterns_at(reader->gazetteer->patterns, match->pattern);
        if (pattern->list == ML_IN_CUES && reader->rules->cue[pattern->row].kind == kind)
            return match->end;
    }
    return at;
}

const ml_title_span *ml_reader_title_at(const ml_reader *reader, uint32_t at)
{
    uint32_t low = 0, high = reader->mentions->title_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->mentions->title[middle].begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    const ml_title_span *title = &reader->mentions->title[low];
    return low < reader->mentions->title_count && title->begin == at ? title : NULL;
}

uint32_t ml_reader_mention_at(const ml_reader *reader, uint32_t at)
{
    uint32_t low = 0, high = reader->mentions->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->mentions->mention[middle].begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < reader->mentions->count && reader->mentions->mention[low].begin == at ? low : ML_NONE;
}

bool ml_reader_joins(const ml_reader *reader, uint32_t begin, uint32_t end, bool wide)
{
    enum { LONGEST = 8 };
    if (end < begin || end - begin > LONGEST)
        return false;
    for (uint32_t at = begin; at < end;) {
        bool mark = ml_token_is(reader->tokens, at, ',') || ml_token_is(reader->tokens, at, '-') ||
                    ml_str_equal(ml_tokens_text(reader->tokens, at, at + 1), ML_STR("\xe2\x80\x93")) ||
                    (wide && (ml_token_is(reader->tokens, at, ';') || ml_token_is(reader->tokens, at, ':')));
        uint32_t word = ml_reader_cue(reader, at, ML_CUE_JOIN);
        if (word == at)
            word = ml_reader_cue(reader, at, ML_CUE_PLURAL);
        const ml_title_span *title = ml_reader_title_at(reader, at);
        if (word == at && title && (title->kind == ML_TITLE_ADDRESS || title->kind == ML_TITLE_RANK))
            word = title->end;
        if (!mark && word == at)
            return false;
        at = mark ? at + 1 : word;
    }
    return true;
}

void ml_reader_say(ml_reader *reader, ml_relation relation)
{
    if (relation.source == relation.target || relation.source == ML_NONE || relation.target == ML_NONE)
        return;
    bool symmetric = ml_relation_symmetric(relation.type);
    for (uint32_t i = 0; i < reader->relation_count; i++) {
        ml_relation *known = &reader->relation[i];
        bool same = known->source == relation.source && known->target == relation.target;
        bool turned = symmetric && known->source == relation.target && known->target == relation.source;
        if ((same || turned) && ml_str_equal(known->type, relation.type) &&
            ml_str_equal(known->title, relation.title)) {
            if (relation.confidence_milli > known->confidence_milli)
                known->confidence_milli = relation.confidence_milli;
            if (!relation.modality.len)
                known->modality = relation.modality;
            return;
        }
    }
    if (reader->relation_count == reader->relation_cap) {
        uint32_t cap = reader->relation_cap * 2;
        ml_relation *grown = ml_arena_array(reader->arena, cap, sizeof *grown);
        if (!grown)
            return;
        memcpy(grown, reader->relation, reader->relation_count * sizeof *grown);
        reader->relation = grown;
        reader->relation_cap = cap;
    }
    reader->relation[reader->relation_count++] = relation;
}

/* Who chaired an event is not also said to have attended it. */
static void drop_attendance_of_chairs(ml_reader *reader)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < reader->relation_count; i++) {
        const ml_relation *relation = &reader->relation[i];
        bool chaired = false;
        if (ml_str_equal(relation->type, ML_STR("attended"))) {
            for (uint32_t k = 0; k < reader->relation_count; k++) {
                const ml_relation *other = &reader->relation[k];
                chaired |= other->source == relation->source && other->target == relation->target &&
                           ml_str_equal(other->type, ML_STR("chaired"));
            }
        }
        if (!chaired)
            reader->relation[kept++] = *relation;
    }
    reader->relation_count = kept;
}

ml_status ml_relations_find(const ml_gazetteer *gazetteer, const ml_rules *rules, const ml_tokens *tokens,
                            const ml_matches *matches, const ml_mentions *mentions, const ml_entities *entities,
                            ml_arena *arena, ml_relations *out, ml_error *error)
{
    ml_reader reader = {.gazetteer = gazetteer,
                        .rules = rules,
                        .tokens = tokens,
                        .matches = matches,
                        .mentions = mentions,
                        .entities = entities,
                        .arena = arena,
                        .relation_cap = 64};
    reader.role = ml_arena_array(arena, (size_t)mentions->title_count + 1, sizeof *reader.role);
    reader.chunk = ml_arena_array(arena, (size_t)mentions->title_count + mentions->count + 1, sizeof *reader.chunk);
    reader.first_chunk = ml_arena_array(arena, (size_t)tokens->sentence_count + 1, sizeof *reader.first_chunk);
    reader.consumed = ml_arena_array(arena, (size_t)mentions->count + 1, sizeof *reader.consumed);
    reader.from = ml_arena_array(arena, (size_t)mentions->count + 1, sizeof *reader.from);
    reader.to = ml_arena_array(arena, (size_t)mentions->count + 1, sizeof *reader.to);
    reader.relation = ml_arena_array(arena, reader.relation_cap, sizeof *reader.relation);
    if (arena->failed)
        return ml_fail_memory(error);
    ml_read_roles(&reader);
    ml_read_chunks(&reader);
    ml_read_frames(&reader);
    drop_attendance_of_chairs(&reader);
    if (arena->failed)
        return ml_fail_memory(error);
    *out = (ml_relations){reader.relation, reader.relation_count};
    return ML_OK;
}
