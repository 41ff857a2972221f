#include "mention/learned.h"

/* What a feature looks at. The numbers are part of what models/name-weights.tsv knows features by. */
typedef enum {
    SHAPE_ANY,
    SHAPE_LENGTH,
    SHAPE_KINDS,
    SHAPE_SYLLABLES,
    SHAPE_FAMILY,
    SHAPE_GIVEN,
    SHAPE_LETTERS,
    SHAPE_JOINT,
    WORDS_ALL,
    WORDS_FIRST,
    WORDS_LAST,
    WORDS_EACH,
    WORDS_HEAD2,
    WORDS_TAIL2,
    WORDS_TAIL3,
    BEFORE_1,
    BEFORE_2,
    BEFORE_3,
    BEFORE_1_2,
    BEFORE_1_KINDS,
    BEFORE_BEHIND,
    BEFORE_OPENS,
    BEHIND_1,
    BEHIND_2,
    BEHIND_3,
    BEHIND_1_2,
    BEHIND_1_KINDS,
    BEHIND_1_LAST,
    TABLES_DROPPED,
    TABLES_LIST,
    TABLES_LAST,
    MEMORY_TYPE,
    MEMORY_COUNT,
    MEMORY_KINDS,
    MEMORY_AROUND,
} feature_template;

typedef struct {
    const ml_reading *reading;
    ml_candidate *candidate;
    uint32_t count;
    uint64_t kinds; /* of the words, see kind_of() */
} feature_writer;

/* Mixes as splitmix64 does: Steele, Lea, Flood, OOPSLA 2014. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

static void put(feature_writer *writer, feature_template template, uint64_t a, uint64_t b)
{
    if (writer->count == ML_FEATURES)
        return;
    uint32_t feature = (uint32_t)mix(mix(a + 0x9e3779b97f4a7c15u * ((uint64_t) template + 1)) ^ b);
    writer->candidate->feature[writer->count++] = feature ? feature : 1;
}

static void end_section(feature_writer *writer, ml_section section)
{
    writer->candidate->section_end[section] = writer->count;
}

/* Buckets of counts: 0, 1, 2, 3 to 9, 10 to 99, more. */
static uint64_t bucket(uint32_t count)
{
    return count < 3 ? count : count < 10 ? 3 : count < 100 ? 4 : 5;
}

/* How a word looks: letters alone, a syllable of names, of the tables, with other than English letters, foreign. */
static uint64_t kind_of(const ml_finder *finder, uint32_t at)
{
    const ml_token *token = &finder->tokens->token[at];
    enum { MARK = 1, LETTER, UPPER, SMALL, NAME, KNOWN, MARKED, FOREIGN };
    if (token->kind != ML_WORD)
        return MARK;
    if (token->end - token->begin == 1)
        return LETTER;
    if (token->upper)
        return UPPER;
    if (!token->capital)
        return SMALL;
    if (ml_finder_syllable(finder, at).known)
        return NAME;
    if (ml_finder_cue(finder, at, ML_CUE_GIVEN) > at)
        return FOREIGN;
    if (token->symbol)
        return KNOWN;
    for (uint32_t i = token->begin; i < token->end; i++) {
        if ((unsigned char)finder->tokens->text.ptr[i] >= 0x80)
            return MARKED;
    }
    return FOREIGN;
}

static void write_shape(feature_writer *writer, uint32_t begin, uint32_t end)
{
    const ml_finder *finder = writer->reading->finder;
    const ml_token *token = finder->tokens->token;
    uint64_t joints = 0;
    for (uint32_t i = begin; i < end; i++) {
        writer->kinds = writer->kinds * 9 + kind_of(finder, i);
        joints |= token[i].kind == ML_MARK ? 1u << (finder->tokens->text.ptr[token[i].begin] & 31) : 0;
    }
    ml_syllable first = ml_finder_syllable(finder, begin), last = ml_finder_syllable(finder, end - 1);
    uint64_t family = bucket(first.family), given = bucket(last.given), length = end - begin;
    uint64_t middle = length >= 3 ? bucket(ml_finder_syllable(finder, begin + 1).middle) : 0;
    put(writer, SHAPE_ANY, 0, 0);
    put(writer, SHAPE_LENGTH, length, 0);
    put(writer, SHAPE_KINDS, writer->kinds, 0);
    put(writer, SHAPE_SYLLABLES, length << 12 | family << 8 | middle << 4 | given, 0);
    put(writer, SHAPE_FAMILY, family, 0);
    put(writer, SHAPE_GIVEN, given, bucket(last.family));
    put(writer, SHAPE_JOINT, joints, 0);
    if (length == 1)
        put(writer, SHAPE_LETTERS, token[begin].end - token[begin].begin, token[begin].upper);
    end_section(writer, ML_SECTION_SHAPE);
}

static void write_words(feature_writer *writer, uint32_t begin, uint32_t end)
{
    const ml_finder *finder = writer->reading->finder;
    const ml_token *token = finder->tokens->token;
    put(writer, WORDS_ALL, writer->candidate->words, 0);
    put(writer, WORDS_FIRST, token[begin].key, end - begin == 1);
    put(writer, WORDS_LAST, token[end - 1].key, end - begin == 1);
    for (uint32_t i = begin; i < end; i++)
        put(writer, WORDS_EACH, token[i].key, 0);
    /* How foreign words begin and end: `-ov`, `-burg`. */
    ml_str word = ml_tokens_text(finder->tokens, end - 1, end);
    if (!token[end - 1].symbol && !token[end - 1].upper && word.len >= 4) {
        put(writer, WORDS_HEAD2, ml_str_hash(ml_str_slice(word, 0, 2)), 0);
        put(writer, WORDS_TAIL2, ml_str_hash(ml_str_slice(word, word.len - 2, word.len)), 0);
        put(writer, WORDS_TAIL3, ml_str_hash(ml_str_slice(word, word.len - 3, word.len)), 0);
    }
    end_section(writer, ML_SECTION_WORDS);
}

enum { BESIDE_END = 1, BESIDE_NUMBER, BESIDE_TITLE, BESIDE_MENTION }; /* a mention's: this plus its type */

/* What stands at token `at`, and its extent: a mention and a title are one thing. */
static uint64_t beside(const ml_reading *reading, uint32_t at, ml_token_span *extent)
{
    const ml_finder *finder = reading->finder;
    uint32_t owner = reading->owner[at];
    *extent = (ml_token_span){at, at + 1};
    if (owner >= ML_OWNER_MENTION) {
        const ml_mention *mention = &finder->mention[owner - ML_OWNER_MENTION];
        *extent = (ml_token_span){mention->begin, mention->end};
        return BESIDE_MENTION + (uint64_t)mention->type;
    }
    if (owner == ML_OWNER_TITLE) {
        while (extent->begin > 0 && reading->owner[extent->begin - 1] == ML_OWNER_TITLE)
            extent->begin--;
        while (extent->end < finder->tokens->count && reading->owner[extent->end] == ML_OWNER_TITLE)
            extent->end++;
        return BESIDE_TITLE;
    }
    return finder->tokens->token[at].kind == ML_NUMBER ? BESIDE_NUMBER : finder->tokens->token[at].key;
}

enum { BESIDE = 3 };

static void look_before(const ml_reading *reading, uint32_t at, uint64_t out[BESIDE])
{
    for (int i = 0; i < BESIDE; i++) {
        ml_token_span extent = {at, at};
        out[i] = ml_finder_goes_on(reading->finder, at) ? beside(reading, at - 1, &extent) : BESIDE_END;
        at = extent.begin;
    }
}

static void look_behind(const ml_reading *reading, uint32_t at, uint64_t out[BESIDE])
{
    for (int i = 0; i < BESIDE; i++) {
        ml_token_span extent = {at, at};
        out[i] = ml_finder_goes_on(reading->finder, at) ? beside(reading, at, &extent) : BESIDE_END;
        at = extent.end;
    }
}

static void write_beside(feature_writer *writer, uint32_t begin, uint32_t end)
{
    const ml_finder *finder = writer->reading->finder;
    uint64_t before[BESIDE], behind[BESIDE];
    look_before(writer->reading, begin, before);
    look_behind(writer->reading, end, behind);
    bool tight = finder->tokens->token[begin].gap == ML_GAP_NONE;
    put(writer, BEFORE_1, before[0], tight);
    put(writer, BEFORE_2, before[1], 0);
    put(writer, BEFORE_3, before[2], 0);
    put(writer, BEFORE_1_2, before[0], before[1]);
    put(writer, BEFORE_1_KINDS, before[0], writer->kinds);
    put(writer, BEFORE_BEHIND, before[0], behind[0]);
    put(writer, BEFORE_OPENS, writer->candidate->opens, writer->kinds);
    end_section(writer, ML_SECTION_BEFORE);
    tight = end < finder->tokens->count && finder->tokens->token[end].gap == ML_GAP_NONE;
    put(writer, BEHIND_1, behind[0], tight);
    put(writer, BEHIND_2, behind[1], 0);
    put(writer, BEHIND_3, behind[2], 0);
    put(writer, BEHIND_1_2, behind[0], behind[1]);
    put(writer, BEHIND_1_KINDS, behind[0], writer->kinds);
    put(writer, BEHIND_1_LAST, behind[0], finder->tokens->token[end - 1].key);
    end_section(writer, ML_SECTION_BEHIND);
}

static void write_tables(feature_writer *writer, uint32_t begin, uint32_t end)
{
    const ml_finder *finder = writer->reading->finder;
    const ml_candidate *candidate = writer->candidate;
    if (candidate->dropped != ML_NONE)
        put(writer, TABLES_DROPPED, finder->dropped[candidate->dropped].type, end - begin);
    for (uint32_t list = 0; list < ML_LISTS && candidate->claimed == ML_NONE; list++) {
        const ml_match *match = ml_finder_longest(finder, begin, (ml_list)list);
        if (!match)
            continue;
        bool given = list == ML_IN_CUES && ml_finder_cue(finder, begin, ML_CUE_GIVEN) == match->end;
        put(writer, TABLES_LIST, given ? ML_LISTS : list, match->end < end ? 0 : match->end == end ? 1 : 2);
    }
    end_section(writer, ML_SECTION_TABLES);
}

static void write_memory(feature_writer *writer, const ml_mention *claimed, uint32_t begin, uint32_t end)
{
    ml_uses uses = ml_reading_uses(writer->reading, begin, end, claimed);
    if (writer->candidate->pretended)
        uses.part = 1;
    const uint8_t count[] = {uses.person, uses.part, uses.body, uses.locality};
    uint64_t types = 0;
    for (uint32_t i = 0; i < sizeof count; i++) {
        types |= count[i] ? 1u << i : 0;
        if (count[i])
            put(writer, MEMORY_COUNT, i, bucket(count[i]));
    }
    put(writer, MEMORY_TYPE, types, 0);
    if (types) {
        put(writer, MEMORY_KINDS, types, writer->kinds);
        put(writer, MEMORY_AROUND, types, writer->candidate->opens);
    }
    end_section(writer, ML_SECTION_MEMORY);
}

void ml_write_features(const ml_reading *reading, const ml_mention *claimed, ml_candidate *candidate)
{
    feature_writer writer = {.reading = reading, .candidate = candidate};
    uint32_t begin = candidate->begin, end = candidate->end;
    write_shape(&writer, begin, end);
    write_words(&writer, begin, end);
    write_beside(&writer, begin, end);
    write_tables(&writer, begin, end);
    write_memory(&writer, claimed, begin, end);
}
