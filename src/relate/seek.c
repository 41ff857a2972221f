#include "relate/reader.h"

static void push(ml_group *out, const ml_chunk *chunk)
{
    if (!out->count) {
        out->begin = chunk->begin;
        out->end = chunk->end;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        if (out->entity[i] == chunk->entity)
            return;
    }
    if (out->count < ML_GROUP)
        out->entity[out->count++] = chunk->entity;
}

/* `... kỳ họp khóa XIII Ông Thụ cũng cho biết`: a form of address with a capital begins a sentence that lost the point before it. */
static bool addresses_anew(const ml_reader *reader, uint32_t at)
{
    const ml_token *token = &reader->tokens->token[at];
    if (!token->capital || token[-1].kind == ML_MARK)
        return false;
    const ml_title_span *title = ml_reader_title_at(reader, at);
    return title && title->kind == ML_TITLE_ADDRESS;
}

/* Does another clause begin or a quotation end within [begin, end)? What lies farther than a long sentence is another's too. */
static bool barred(const ml_reader *reader, uint32_t begin, uint32_t end)
{
    enum { FAR_TOKENS = 150 };
    if (end > begin + FAR_TOKENS)
        return true;
    bool quoted = false;
    for (uint32_t at = begin; at < end; at++) {
        if (ml_reader_cue(reader, at, ML_CUE_BARRIER) > at || (at > begin && addresses_anew(reader, at)))
            return true;
        /* What a quotation says is not said of those about it. */
        if (ml_token_is_text(reader->tokens, at, ML_STR("\xe2\x80\x9d")) && !quoted)
            return true;
        quoted |= ml_token_is_text(reader->tokens, at, ML_STR("\xe2\x80\x9c"));
    }
    return false;
}

static bool has_mark(const ml_reader *reader, uint32_t begin, uint32_t end)
{
    for (uint32_t at = begin; at < end; at++) {
        if (ml_token_is(reader->tokens, at, ',') || ml_token_is(reader->tokens, at, '(') ||
            ml_token_is(reader->tokens, at, ':') || ml_token_is(reader->tokens, at, '"') ||
            ml_token_is_text(reader->tokens, at, ML_STR("\xe2\x80\x9c")))
            return true;
    }
    return false;
}

/* Does a word of `words` stand right before the token? */
static bool stands_after(const ml_reader *reader, uint32_t at, const ml_words *words)
{
    ml_str list = words->list;
    while (list.ptr) {
        ml_str word = ml_str_trim(ml_str_split(&list, '|'));
        uint32_t tokens = 1;
        for (uint32_t i = 0; i < word.len; i++)
            tokens += word.ptr[i] == ' ';
        if (tokens <= at && ml_reader_word_at(reader, at - tokens, &(ml_words){word, words->first}))
            return true;
    }
    return false;
}

/* Does somebody else come before it: a delegation's sender, what a thing is `của`, whom a verb has for its object? */
static bool of_another(const ml_reader *reader, const ml_chunk *chunk)
{
    enum { NEAR_TOKENS = 5 };
    for (uint32_t back = 0; back <= NEAR_TOKENS && back <= chunk->begin; back++) {
        if (ml_reader_cue(reader, chunk->begin - back, ML_CUE_DELEGATION) > chunk->begin - back)
            return true;
    }
    return chunk->object || chunk->aside || ml_reader_cue_before(reader, chunk->begin, ML_CUE_OF) != ML_NONE;
}

static bool fits(const ml_reader *reader, const ml_way *way, const ml_chunk *chunk)
{
    return way->types & 1u << chunk->type && !(way->bare && of_another(reader, chunk));
}

/* Does it stand behind one of the words that the way asks for, or begin with one? */
static bool introduced(const ml_reader *reader, const ml_way *way, const ml_chunk *chunk)
{
    return !way->after.first || stands_after(reader, chunk->begin, &way->after) ||
           ml_reader_word_at(reader, chunk->begin, &way->after);
}

static bool wanted(const ml_reader *reader, const ml_way *way, const ml_chunk *chunk)
{
    return fits(reader, way, chunk) && introduced(reader, way, chunk);
}

static bool listed(const ml_reader *reader, const ml_way *way, uint32_t left, uint32_t right)
{
    const ml_chunk *a = &reader->chunk[left], *b = &reader->chunk[right];
    return a->type == b->type && way->types & 1u << a->type && ml_reader_joins(reader, a->end, b->begin, true);
}

/* Is the chunk set apart from the verb at `verb` by a comma or `và`, with nothing that lets it act on? */
static bool set_apart(const ml_reader *reader, uint32_t end, uint32_t verb)
{
    bool comma = ml_token_is(reader->tokens, end, ',');
    uint32_t joined = comma ? end : ml_reader_cue(reader, end, ML_CUE_JOIN);
    if (joined > end && ml_reader_cue(reader, joined, ML_CUE_PLURAL) > joined)
        return false; /* `ông A và các thành viên trong đoàn sang thăm` */
    uint32_t next = comma ? end + 1 : ml_reader_cue(reader, end, ML_CUE_JOIN);
    return next > end && next <= verb && ml_reader_cue(reader, next, ML_CUE_ONGOING) == next;
}

/* The chunks [low, high] act in front of the trigger, unless the first of them is another's. */
static bool push_left(const ml_reader *reader, const ml_trigger *here, uint32_t low, uint32_t high, ml_group *out)
{
    bool other = reader->chunk[low].aside || reader->chunk[low].object;
    bool place = reader->chunk[low].type == ML_LOCALITY && low == high;
    if (other && (place || set_apart(reader, reader->chunk[high].end, here->begin)))
        return false;
    /* `Nhận lời mời của A và B, C thăm`: who is joined to the other without a comma stands aside with him. */
    if (other && low < high) {
        low++;
        while (low < high && !ml_token_is(reader->tokens, reader->chunk[low - 1].end, ','))
            low++;
    }
    for (uint32_t i = high + 1; i-- > low;)
        push(out, &reader->chunk[i]);
    out->begin = reader->chunk[low].begin;
    return true;
}

/* A capital in the middle begins another sentence, whose end before it the text lost. */
static bool begins_anew(const ml_reader *reader, const ml_trigger *here)
{
    const ml_token *token = &reader->tokens->token[here->begin];
    return token->capital && !token->upper && here->begin > reader->part[here->part].begin;
}

/* The words and marks between a chunk and the trigger, without a bracket that closes right before it: `ông A (quận 4) hỏi`. */
static uint32_t distance(const ml_reader *reader, uint32_t end, const ml_trigger *here)
{
    if (here->begin == end || !ml_token_is(reader->tokens, here->begin - 1, ')'))
        return here->begin - end;
    for (uint32_t at = here->begin - 1; at-- > end;) {
        if (ml_token_is(reader->tokens, at, '('))
            return at - end;
    }
    return here->begin - end;
}

static void seek_left(const ml_reader *reader, const ml_trigger *here, const ml_way *way, ml_group *out)
{
    if (begins_anew(reader, here))
        return;
    for (uint32_t i = here->behind; i-- > here->first;) {
        const ml_chunk *chunk = &reader->chunk[i];
        if (chunk->end > here->begin)
            continue;
        if ((way->within && distance(reader, chunk->end, here) > way->within) ||
            barred(reader, chunk->end, here->begin) ||
            (way->clause && has_mark(reader, chunk->end, here->begin - (here->begin > chunk->end))))
            return;
        if (!fits(reader, way, chunk) || (chunk->type == ML_LOCALITY && chunk->located))
            continue;
        uint32_t low = i;
        while (!way->one && !reader->chunk[low].aside && !reader->chunk[low].object && low > here->first &&
               listed(reader, way, low - 1, low))
            low--;
        if (introduced(reader, way, &reader->chunk[low]) && push_left(reader, here, low, i, out))
            return;
        i = low;
    }
}

static void seek_right(const ml_reader *reader, const ml_trigger *here, const ml_way *way, ml_group *out)
{
    for (uint32_t i = here->behind; i < here->last; i++) {
        const ml_chunk *chunk = &reader->chunk[i];
        /* An event may begin with the trigger or within it: `họp báo`, `có buổi tiếp xúc` + `buổi tiếp xúc cử tri`. */
        bool within = chunk->type == ML_EVENT && chunk->begin >= here->begin && chunk->end >= here->end;
        if (chunk->begin < here->end && !within)
            continue;
        if ((way->within && chunk->begin > here->end + way->within) || barred(reader, here->end, chunk->begin) ||
            (way->clause && has_mark(reader, here->end, chunk->begin)))
            return;
        if (!wanted(reader, way, chunk))
            continue;
        push(out, chunk);
        while (!way->one && ++i < here->last && listed(reader, way, i - 1, i))
            push(out, &reader->chunk[i]);
        return;
    }
}

static void seek_list(const ml_reader *reader, const ml_trigger *here, const ml_way *way, ml_group *out)
{
    for (uint32_t i = here->behind; i < here->last; i++) {
        const ml_chunk *chunk = &reader->chunk[i];
        if (!out->count && way->within && chunk->begin > here->end + way->within)
            return;
        if (chunk->begin >= here->end && wanted(reader, way, chunk))
            push(out, chunk);
    }
}

bool ml_reader_is_visit(const ml_reader *reader, uint32_t entity)
{
    const ml_entity *event = &reader->entities->entity[entity];
    return event->type == ML_EVENT && ml_str_equal(reader->rules->event[event->head].kind, ML_STR("visit"));
}

/* The last event before the trigger, `within` sentences back. */
static void seek_salient(const ml_reader *reader, const ml_trigger *here, const ml_way *way, ml_group *out)
{
    uint32_t index = reader->event_before[here->behind];
    if (index == ML_NONE || ml_reader_is_visit(reader, reader->chunk[index].entity))
        return;
    const ml_token *now = &reader->tokens->token[here->begin];
    const ml_token *then = &reader->tokens->token[reader->chunk[index].begin];
    if (!way->within || now->sentence - then->sentence <= way->within)
        push(out, &reader->chunk[index]);
}

static void seek_main(const ml_reader *reader, const ml_trigger *here, const ml_way *way, ml_group *out)
{
    ml_group last = {.count = 0};
    seek_salient(reader, here, way, &last);
    if (last.count && last.entity[0] == reader->main_event)
        *out = last;
}

static void seek_first(const ml_reader *reader, const ml_trigger *here, const ml_way *way, ml_group *out)
{
    for (uint32_t i = here->first; i < here->last && !out->count; i++) {
        if (wanted(reader, way, &reader->chunk[i]))
            push(out, &reader->chunk[i]);
    }
}

/* Do `và`, `với` or a hyphen, and nothing else, join the two? */
static bool paired(const ml_reader *reader, uint32_t left)
{
    const ml_chunk *a = &reader->chunk[left], *b = a + 1;
    bool hyphen = b->begin == a->end + 1 && (ml_token_is(reader->tokens, a->end, '-') ||
                                             ml_token_is_text(reader->tokens, a->end, ML_STR("\xe2\x80\x93")));
    bool comma = b->begin == a->end + 1 && ml_token_is(reader->tokens, a->end, ',') &&
                 ml_reader_cue_before(reader, a->begin, ML_CUE_PAIR) != ML_NONE;
    return hyphen || comma || (b->begin > a->end && ml_reader_cue(reader, a->end, ML_CUE_WITH) == b->begin) ||
           (b->begin > a->end && ml_reader_cue(reader, a->end, ML_CUE_JOIN) == b->begin);
}

/* A pair is two, not two of a longer list. */
static bool only_two(const ml_reader *reader, const ml_trigger *here, const ml_way *way, uint32_t left)
{
    bool more_left = left > here->first && listed(reader, way, left - 1, left);
    bool more_right = left + 2 < here->last && listed(reader, way, left + 1, left + 2);
    return !more_left && !more_right;
}

/* Those whom `hai địa phương`, `hai nước`, `hai bên` mean. */
static void push_sides(const ml_reader *reader, const ml_way *way, uint32_t at, uint32_t end, ml_group *out)
{
    bool countries = ml_reader_cue(reader, at, ML_CUE_PAIR_COUNTRY) == end;
    bool any = ml_reader_cue(reader, at, ML_CUE_PAIR_ANY) == end;
    const uint32_t *side = reader->side[countries || (any && reader->side[0][0] == ML_NONE)];
    if (side[0] == ML_NONE || !(way->types & 1u << ML_LOCALITY))
        return;
    *out = (ml_group){.entity = {side[0], side[1]}, .count = 2, .begin = at, .end = end};
}

static void seek_pair(const ml_reader *reader, const ml_trigger *here, const ml_way *way, ml_group *out)
{
    for (uint32_t i = here->first; i + 1 < here->last; i++) {
        const ml_chunk *a = &reader->chunk[i], *b = a + 1;
        uint32_t distance = a->begin >= here->end   ? a->begin - here->end
                            : here->begin >= b->end ? here->begin - b->end
                                                    : 0;
        bool same = wanted(reader, way, a) && wanted(reader, way, b) && a->entity != b->entity;
        if (same && (!way->within || distance <= way->within) && paired(reader, i) && only_two(reader, here, way, i)) {
            push(out, a);
            push(out, b);
            return;
        }
    }
    enum { NEAR_TOKENS = 40 };
    const ml_token_span *part = &reader->part[here->part];
    uint32_t begin = here->begin > part->begin + NEAR_TOKENS ? here->begin - NEAR_TOKENS : part->begin;
    for (uint32_t at = begin; at < part->end && at < here->end + NEAR_TOKENS && !out->count; at++) {
        uint32_t end = ml_reader_cue(reader, at, ML_CUE_PAIR);
        if (end > at)
            push_sides(reader, way, at, end, out);
    }
}

void ml_reader_seek(const ml_reader *reader, const ml_trigger *here, const ml_way *ways, uint32_t count, ml_group *out)
{
    static void (*const seekers[])(const ml_reader *, const ml_trigger *, const ml_way *, ml_group *) = {
        [ML_SEEK_LEFT] = seek_left,       [ML_SEEK_RIGHT] = seek_right, [ML_SEEK_LIST] = seek_list,
        [ML_SEEK_SALIENT] = seek_salient, [ML_SEEK_MAIN] = seek_main,   [ML_SEEK_FIRST] = seek_first,
        [ML_SEEK_PAIR] = seek_pair,
    };
    for (uint32_t i = 0; i < count && !out->count; i++)
        seekers[ways[i].seek](reader, here, &ways[i], out);
}
