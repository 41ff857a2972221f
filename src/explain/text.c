/* For terminals: the article's sentences, and below each what was found in it. With colours or without, the words are the same. */
#include "explain/notes.h"

#include "base/utf8.h"

static const char *const colours[ML_ENTITY_TYPES] = {
    [ML_PERSON] = "\x1b[94m", [ML_BODY] = "\x1b[95m", [ML_LOCALITY] = "\x1b[92m",
    [ML_EVENT] = "\x1b[93m",  [ML_SITE] = "\x1b[96m",
};
static const char faint[] = "\x1b[2m", underlined[] = "\x1b[4m", plain[] = "\x1b[0m";

typedef struct {
    ml_buffer *out;
    bool colour;
} text_writer;

static void put(const text_writer *writer, const char *text)
{
    ml_buffer_str(writer->out, ml_str_from(text));
}

static void put_colour(const text_writer *writer, const char *escape)
{
    if (writer->colour)
        put(writer, escape);
}

/* Control characters could steer the terminal: they become `?`. Line ends and tabs stay. */
static void put_text(const text_writer *writer, ml_str text)
{
    for (uint32_t at = 0, len; at < text.len; at += len) {
        uint32_t point = 0;
        len = ml_utf8_read(text, at, &point);
        bool control = (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7f && point < 0xa0);
        if (!len || control)
            ml_buffer_char(writer->out, '?');
        else
            ml_buffer_str(writer->out, ml_str_slice(text, at, at + len));
        len = len ? len : 1;
    }
}

static void put_mark(const text_writer *writer, ml_str text, const ml_explain_mark *mark)
{
    ml_str words = ml_str_slice(text, mark->begin, mark->end);
    if (!mark->number) {
        put_colour(writer, underlined);
        put_text(writer, words);
        put_colour(writer, plain);
        return;
    }
    put_colour(writer, colours[mark->type]);
    put(writer, "[");
    put_text(writer, words);
    put(writer, "]");
    ml_buffer_number(writer->out, mark->number);
    put_colour(writer, plain);
}

static void put_sentence(const text_writer *writer, ml_str text, const ml_explain_sentence *sentence)
{
    uint32_t at = sentence->begin;
    while (at < sentence->end && strchr(" \t\r\n", text.ptr[at]) && text.ptr[at])
        at++;
    for (uint32_t i = 0; i < sentence->mark_count; i++) {
        const ml_explain_mark *mark = &sentence->marks[i];
        put_text(writer, ml_str_slice(text, at, mark->begin));
        put_mark(writer, text, mark);
        at = mark->end;
    }
    put_text(writer, ml_str_slice(text, at, sentence->end));
    put(writer, "\n");
}

static void put_head(const text_writer *writer, const ml_explain_note *note)
{
    switch (note->kind) {
    case ML_NOTE_MENTION:
        put_colour(writer, colours[note->type]);
        ml_buffer_format(writer->out, "%4u ", note->number);
        ml_buffer_str(writer->out, ml_entity_type_name(note->type));
        put_colour(writer, plain);
        break;
    case ML_NOTE_TITLE:
        put(writer, "   · title ");
        put_colour(writer, underlined);
        put_text(writer, note->words);
        put_colour(writer, plain);
        break;
    case ML_NOTE_RELATION:
        put(writer, "   ⇒ ");
        put_text(writer, note->words);
        break;
    case ML_NOTE_UNUSED:
        put(writer, "   × ");
        ml_buffer_str(writer->out, ml_entity_type_name(note->type));
        put(writer, " ");
        put_text(writer, note->words);
        put(writer, ":");
        break;
    }
}

static void put_note(const text_writer *writer, const ml_explain_note *note)
{
    put_head(writer, note);
    if (note->says.len)
        put(writer, " ");
    put_text(writer, note->says);
    put_colour(writer, faint);
    put(writer, note->kind == ML_NOTE_MENTION || note->kind == ML_NOTE_RELATION ? "  — " : "  —");
    put_text(writer, note->because);
    put_colour(writer, plain);
    put(writer, "\n");
}

void ml_explain__text(const ml_article *article, const ml_explanation *explanation, bool colour, ml_buffer *out)
{
    const text_writer writer = {out, colour};
    put(&writer, "== ");
    put_text(&writer, article->id);
    if (article->date.len) {
        put(&writer, ", ");
        put_text(&writer, article->date);
    }
    put(&writer, "\n\n");
    for (uint32_t i = 0; i < explanation->count; i++) {
        const ml_explain_sentence *sentence = &explanation->sentences[i];
        put_sentence(&writer, explanation->text, sentence);
        for (uint32_t k = 0; k < sentence->note_count; k++)
            put_note(&writer, &sentence->notes[k]);
        put(&writer, "\n");
    }
}
