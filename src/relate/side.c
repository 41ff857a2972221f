#include "relate/reader.h"

enum { PROVINCES, COUNTRIES, KINDS, TOP = 3, LEAST_MENTIONS = 2 };

static ml_level level_of(const ml_reader *reader, uint32_t entity)
{
    uint32_t row = reader->entities->entity[entity].row;
    return row == ML_NONE ? ML_LEVEL_NONE : reader->gazetteer->locality[row].level;
}

/* Puts the entity among the three named most. */
static void rank(uint32_t entity, uint32_t count, uint32_t *best, uint32_t *most)
{
    for (uint32_t place = 0; place < TOP; place++) {
        if (count <= most[place])
            continue;
        for (uint32_t i = TOP - 1; i > place; i--) {
            best[i] = best[i - 1];
            most[i] = most[i - 1];
        }
        best[place] = entity;
        most[place] = count;
        return;
    }
}

/* Do people speak at such an event, and it alone? Not at an election, and a session or visit has many occasions. */
static bool is_occasion(const ml_reader *reader, const ml_entity *event)
{
    static const char *const kinds[] = {"meeting", "talks", "ceremony", "press", "voters"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (ml_str_equal(reader->rules->event[event->head].kind, ml_str_from(kinds[i])))
            return true;
    }
    return false;
}

/* Does the article say anywhere that the event takes place, and not only that there is one? */
static bool takes_place(const ml_reader *reader, uint32_t event)
{
    const ml_mentions *mentions = reader->mentions;
    for (uint32_t i = reader->entities->entity[event].first; i < mentions->count; i++) {
        if (reader->entities->of[i] == event &&
            ml_reader_cue_before(reader, mentions->mention[i].begin, ML_CUE_ON) != ML_NONE)
            return true;
    }
    return false;
}

/* The one occasion of the article, or the one spoken of from the lead on and at least twice as often as any other. */
static void find_main_event(ml_reader *reader, const uint32_t *count)
{
    enum { LEAD_TOKENS = 120, TIMES = 2 };
    uint32_t best[TOP] = {0}, most[TOP] = {0};
    for (uint32_t i = 0; i < reader->entities->count; i++) {
        const ml_entity *entity = &reader->entities->entity[i];
        if (entity->type == ML_EVENT && is_occasion(reader, entity))
            rank(i, count[i], best, most);
    }
    reader->main_event = ML_NONE;
    if (!most[0] || most[0] < TIMES * most[1] || !takes_place(reader, best[0]))
        return;
    const ml_entity *event = &reader->entities->entity[best[0]];
    if (!most[1] || reader->mentions->mention[event->first].begin < LEAD_TOKENS)
        reader->main_event = best[0];
}

/* Who is named in a sentence with the main event has a part in it. */
static void mark_parties(ml_reader *reader)
{
    for (uint32_t part = 0; part < reader->part_count; part++) {
        bool named = false;
        for (uint32_t i = reader->first_chunk[part]; i < reader->first_chunk[part + 1]; i++)
            named |= reader->chunk[i].entity == reader->main_event;
        for (uint32_t i = reader->first_chunk[part]; named && i < reader->first_chunk[part + 1]; i++)
            reader->party[reader->chunk[i].entity] = true;
    }
}

/* `hai địa phương` means the two localities of one level that the article speaks of most, if they stand out from a third. */
void ml_read_sides(ml_reader *reader)
{
    uint32_t *count = ml_arena_array(reader->arena, (size_t)reader->entities->count + 1, sizeof *count);
    if (!count)
        return;
    for (uint32_t i = 0; i < reader->mentions->count; i++) {
        if (reader->entities->of[i] != ML_NONE)
            count[reader->entities->of[i]]++;
    }
    find_main_event(reader, count);
    mark_parties(reader);
    uint32_t best[KINDS][TOP] = {{0}}, most[KINDS][TOP] = {{0}};
    for (uint32_t i = 0; i < reader->entities->count; i++) {
        if (reader->entities->entity[i].type != ML_LOCALITY)
            continue;
        ml_level level = level_of(reader, i);
        if (level == ML_LEVEL_COUNTRY)
            rank(i, count[i], best[COUNTRIES], most[COUNTRIES]);
        else if (level == ML_LEVEL_PROVINCE || level == ML_LEVEL_FOREIGN_PROVINCE)
            rank(i, count[i], best[PROVINCES], most[PROVINCES]);
    }
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        bool clear = most[kind][1] >= LEAST_MENTIONS && most[kind][2] < most[kind][1];
        for (uint32_t i = 0; i < 2; i++)
            reader->side[kind][i] = clear ? best[kind][i] : ML_NONE;
    }
}
