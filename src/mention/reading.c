#include "mention/learned.h"

/* In what way a mention uses some words. */
typedef enum { AS_PERSON, AS_PART, AS_BODY, AS_LOCALITY, AS_NONE } use_kind;

typedef struct {
    uint64_t words;
    use_kind kind;
} word_use;

enum { MOST_USES = 12, MOST_COUNTED = 100 };

uint64_t ml_reading_words(const ml_reading *reading, uint32_t begin, uint32_t end)
{
    uint64_t key = 0xcbf29ce484222325u;
    for (uint32_t i = begin; i < end; i++)
        key = (key ^ reading->finder->tokens->token[i].key) * 0x100000001b3u;
    return key;
}

static void add_use(const ml_reading *reading, uint32_t begin, uint32_t end, use_kind kind, word_use *use,
                    uint32_t *count)
{
    if (begin < end && *count < MOST_USES)
        use[(*count)++] = (word_use){ml_reading_words(reading, begin, end), kind};
}

/* A person may be taken up by the last syllable or two of the name, a foreigner by any part of it. */
static uint32_t person_uses(const ml_reading *reading, const ml_mention *mention, word_use use[MOST_USES])
{
    uint32_t begin = mention->name_begin, end = mention->name_end, count = 0;
    bool foreign = false;
    for (uint32_t i = begin; i < end; i++)
        foreign |= !ml_finder_syllable(reading->finder, i).known;
    add_use(reading, begin, end, AS_PERSON, use, &count);
    if (end - begin >= 3)
        add_use(reading, end - 2, end, AS_PART, use, &count);
    for (uint32_t i = begin; i < end && end - begin >= 2; i++) {
        if ((foreign && reading->finder->tokens->token[i].kind == ML_WORD) || i + 1 == end)
            add_use(reading, i, i + 1, AS_PART, use, &count);
    }
    return count;
}

/* `Công ty Formosa` may be taken up as `Formosa`. */
static uint32_t body_uses(const ml_reading *reading, const ml_mention *mention, word_use use[MOST_USES])
{
    uint32_t count = 0;
    add_use(reading, mention->begin, mention->end, AS_BODY, use, &count);
    const ml_match *head =
        mention->form == ML_FORM_HEAD ? ml_finder_longest(reading->finder, mention->begin, ML_IN_HEADS) : NULL;
    uint32_t end = mention->end;
    if (head && mention->inner != ML_NONE)
        end = mention->of ? mention->of_begin : reading->finder->inner[mention->inner].begin;
    if (head && head->end < end && ml_finder_capital(reading->finder, head->end))
        add_use(reading, head->end, end, AS_BODY, use, &count);
    return count;
}

static uint32_t uses_of(const ml_reading *reading, const ml_mention *mention, word_use use[MOST_USES])
{
    uint32_t count = 0;
    if (mention->type == ML_PERSON)
        return person_uses(reading, mention, use);
    if (mention->type == ML_BODY)
        return body_uses(reading, mention, use);
    if (mention->type == ML_LOCALITY)
        add_use(reading, mention->name_begin, mention->name_end, AS_LOCALITY, use, &count);
    return count;
}

static uint8_t *counter(ml_uses *uses, use_kind kind)
{
    switch (kind) {
    case AS_PERSON:
        return &uses->person;
    case AS_PART:
        return &uses->part;
    case AS_BODY:
        return &uses->body;
    default:
        return &uses->locality;
    }
}

static uint32_t pack(ml_uses uses)
{
    return uses.person | (uint32_t)uses.part << 8 | (uint32_t)uses.body << 16 | (uint32_t)uses.locality << 24;
}

static ml_uses find_uses(const ml_reading *reading, uint64_t words)
{
    uint32_t packed = 0;
    ml_index_find(&reading->memory, words, &packed);
    return (ml_uses){(uint8_t)packed, (uint8_t)(packed >> 8), (uint8_t)(packed >> 16), (uint8_t)(packed >> 24)};
}

ml_uses ml_reading_uses(const ml_reading *reading, uint32_t begin, uint32_t end, const ml_mention *claimed)
{
    uint64_t words = ml_reading_words(reading, begin, end);
    ml_uses uses = find_uses(reading, words);
    word_use own[MOST_USES];
    uint32_t count = claimed ? uses_of(reading, claimed, own) : 0;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *used = counter(&uses, own[i].kind);
        if (own[i].words == words && *used && *used < MOST_COUNTED)
            --*used;
    }
    return uses;
}

static void remember(ml_reading *reading, const ml_mention *mention)
{
    word_use use[MOST_USES];
    uint32_t count = uses_of(reading, mention, use);
    for (uint32_t i = 0; i < count; i++) {
        ml_uses uses = find_uses(reading, use[i].words);
        uint8_t *used = counter(&uses, use[i].kind);
        *used = *used < MOST_COUNTED ? (uint8_t)(*used + 1) : *used;
        ml_index_set(&reading->memory, use[i].words, pack(uses));
    }
}

bool ml_reading_init(ml_reading *reading, const ml_finder *finder, ml_arena *arena)
{
    enum { USES_EACH = 4 };
    uint32_t count = finder->tokens->count;
    *reading = (ml_reading){.finder = finder, .arena = arena};
    reading->owner = ml_arena_room(arena, (size_t)count + 1, sizeof *reading->owner);
    ml_index_init(&reading->memory, arena, finder->count * USES_EACH + 16);
    if (arena->failed)
        return false;
    for (uint32_t i = 0; i < count; i++)
        reading->owner[i] = finder->passed[i] ? ML_OWNER_PASSED : ML_OWNER_NONE;
    for (uint32_t i = 0; i < finder->title_count; i++) {
        for (uint32_t at = finder->title[i].begin; at < finder->title[i].end; at++)
            reading->owner[at] = ML_OWNER_TITLE;
    }
    for (uint32_t i = 0; i < finder->count; i++) {
        for (uint32_t at = finder->mention[i].begin; at < finder->mention[i].end; at++)
            reading->owner[at] = ML_OWNER_MENTION + i;
        remember(reading, &finder->mention[i]);
    }
    return true;
}
