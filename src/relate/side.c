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

static bool is_of_kind(const ml_reader *reader, const ml_entity *event, ml_str kinds)
{
    return event->type == ML_EVENT && ml_str_listed(kinds, reader->rules->event[event->head].kind);
}

/* How often each event is named, thrice where it is what goes on; 0 if the article says nowhere that it takes place. */
static uint32_t *weigh_events(const ml_reader *reader)
{
    enum { SETTING = 2 };
    const ml_mentions *mentions = reader->mentions;
    uint32_t *weight = ml_arena_array(reader->arena, (size_t)reader->entities->count + 1, sizeof *weight);
    bool *on = ml_arena_array(reader->arena, (size_t)reader->entities->count + 1, sizeof *on);
    for (uint32_t i = 0; weight && on && i < mentions->count; i++) {
        uint32_t event = reader->entities->of[i], begin = mentions->mention[i].begin;
        if (event == ML_NONE || mentions->mention[i].type != ML_EVENT)
            continue;
        on[event] |= ml_reader_cue_before(reader, begin, ML_CUE_ON) != ML_NONE;
        weight[event] += ml_reader_cue_before(reader, begin, ML_CUE_SETTING) == ML_NONE ? 1 : 1 + SETTING;
    }
    for (uint32_t i = 0; weight && on && i < reader->entities->count; i++)
        weight[i] = on[i] ? weight[i] : 0;
    return on ? weight : NULL;
}

/* The event of these kinds that takes place, of several the one that weighs twice as much as any other, if the article speaks of
 * it from the lead on or, where it is alone, weighs `least`. */
static uint32_t main_of_kind(const ml_reader *reader, const uint32_t *weight, ml_str kinds, uint32_t least)
{
    enum { LEAD_TOKENS = 120, TIMES = 2 };
    uint32_t best[TOP] = {0}, most[TOP] = {0};
    for (uint32_t i = 0; i < reader->entities->count; i++) {
        if (is_of_kind(reader, &reader->entities->entity[i], kinds))
            rank(i, weight[i], best, most);
    }
    if (!most[0] || most[0] < TIMES * most[1])
        return ML_NONE;
    uint32_t begin = reader->mentions->mention[reader->entities->entity[best[0]].first].begin;
    return begin < LEAD_TOKENS || (!most[1] && most[0] >= least) ? best[0] : ML_NONE;
}

/* The occasion at which people speak. An election is none; a session is one where no meeting of it is said to take place. */
static void find_main_event(ml_reader *reader)
{
    static const char occasions[] = "meeting|talks|ceremony|press|voters";
    enum { ONCE = 1, AGAIN = 5 };
    const uint32_t *weight = weigh_events(reader);
    bool occasion = false;
    reader->main_event = ML_NONE;
    for (uint32_t i = 0; weight && i < reader->entities->count; i++)
        occasion |= weight[i] && is_of_kind(reader, &reader->entities->entity[i], ml_str_from(occasions));
    if (weight)
        reader->main_event = occasion ? main_of_kind(reader, weight, ml_str_from(occasions), ONCE)
                                      : main_of_kind(reader, weight, ML_STR("session"), AGAIN);
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
    find_main_event(reader);
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
