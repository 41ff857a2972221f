/* brat's standoff (https://brat.nlplab.org/standoff.html): places count code points of the text, which stays as it is. */
#include "explain/notes.h"

#include "base/utf8.h"

/* The article with the byte at which each code point begins. */
typedef struct {
    ml_str text;
    uint32_t at, point; /* a byte, and the code point that begins there */
    ml_buffer *out;
} brat_writer;

static uint32_t byte_of(brat_writer *writer, uint32_t point)
{
    if (point < writer->point)
        writer->at = writer->point = 0;
    for (; writer->point < point && writer->at < writer->text.len; writer->point++)
        ml_text_next(writer->text, &writer->at);
    return writer->at;
}

static void put(const brat_writer *writer, const char *text)
{
    ml_buffer_str(writer->out, ml_str_from(text));
}

/* `Person`, `Body` */
static void put_type(const brat_writer *writer, ml_str name)
{
    ml_buffer_char(writer->out, (char)(name.ptr[0] - 'a' + 'A'));
    ml_buffer_str(writer->out, ml_str_slice(name, 1, name.len));
}

static void put_line(const brat_writer *writer, ml_str text)
{
    for (uint32_t i = 0; i < text.len; i++)
        ml_buffer_str(writer->out, (unsigned char)text.ptr[i] < 0x20 ? ML_STR(" ") : ml_str_slice(text, i, i + 1));
}

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* `4 16`, or where a line ends within it `4 9;10 16`: an annotation may not reach over a line's end. */
static void put_span(brat_writer *writer, const ml_record_mention *mention)
{
    uint32_t begin = byte_of(writer, mention->start), end = byte_of(writer, mention->end);
    uint32_t point = mention->start;
    bool open = false;
    for (uint32_t at = begin; at < end;) {
        bool line_end = is_line_end(writer->text.ptr[at]);
        if (line_end == open) {
            ml_buffer_format(writer->out, open ? " %u" : (at == begin ? " %u" : ";%u"), point);
            open = !open;
        }
        ml_text_next(writer->text, &at);
        point++;
    }
    if (open)
        ml_buffer_format(writer->out, " %u", point);
}

static void put_mention(brat_writer *writer, const ml_record *record, uint32_t index)
{
    const ml_record_mention *mention = &record->mentions[index];
    const ml_record_entity *entity = &record->entities[mention->entity];
    ml_buffer_format(writer->out, "T%u\t", index + 1);
    put_type(writer, ml_entity_type_name(mention->type));
    put_span(writer, mention);
    put(writer, "\t");
    uint32_t begin = byte_of(writer, mention->start);
    put_line(writer, ml_str_slice(writer->text, begin, byte_of(writer, mention->end)));
    ml_buffer_format(writer->out, "\nN%u\tReference T%u mangluoi:", index + 1, index + 1);
    ml_buffer_str(writer->out, entity->id);
    put(writer, "\t");
    put_line(writer, entity->name);
    put(writer, "\n");
}

/* The mention of the entity in the sentence, else the last before it, else the first; ML_NONE where there is none. */
static uint32_t mention_of(const ml_record *record, uint32_t entity, const ml_record_relation *relation)
{
    uint32_t found = ML_NONE;
    for (uint32_t i = 0; i < record->mention_count; i++) {
        const ml_record_mention *mention = &record->mentions[i];
        if (mention->entity != entity)
            continue;
        if (mention->start >= relation->start && mention->end <= relation->end)
            return i;
        if (found == ML_NONE || mention->end <= relation->start)
            found = i;
    }
    return found;
}

static void put_relation(const brat_writer *writer, const ml_record *record, uint32_t index)
{
    const ml_record_relation *relation = &record->relations[index];
    uint32_t source = mention_of(record, relation->source, relation);
    uint32_t target = mention_of(record, relation->target, relation);
    if (source == ML_NONE || target == ML_NONE)
        return;
    ml_buffer_format(writer->out, "R%u\t", index + 1);
    ml_buffer_str(writer->out, relation->type);
    ml_buffer_format(writer->out, " Arg1:T%u Arg2:T%u\n#%u\tAnnotatorNotes R%u\t", source + 1, target + 1, index + 1,
                     index + 1);
    ml_buffer_str(writer->out, relation->rule);
    if (relation->title.len) {
        put(writer, "; title: ");
        put_line(writer, relation->title);
    }
    if (relation->modality.len) {
        put(writer, "; ");
        put_line(writer, relation->modality);
    }
    put(writer, "\n");
}

void ml_explain__brat(const ml_article *article, const ml_record *record, ml_buffer *out)
{
    brat_writer writer = {.text = article->text, .out = out};
    for (uint32_t i = 0; i < record->mention_count; i++)
        put_mention(&writer, record, i);
    for (uint32_t i = 0; i < record->relation_count; i++)
        put_relation(&writer, record, i);
}
