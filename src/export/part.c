#include "export/part.h"

#include "base/date.h"

void ml_export__edge_id(ml_buffer *buffer, uint32_t index)
{
    ml_buffer_str(buffer, ML_STR("e."));
    ml_buffer_number(buffer, (uint64_t)index + 1);
}

ml_str ml_export__edge_kind(const ml_edge *edge, ml_buffer *buffer)
{
    ml_buffer_clear(buffer);
    ml_buffer_str(buffer, edge->type);
    if (edge->title.len) {
        ml_buffer_str(buffer, ML_STR(": "));
        ml_buffer_str(buffer, edge->title);
    }
    return ml_buffer_view(buffer);
}

bool ml_export__next_article(const ml_edge *edge, uint32_t *cursor, ml_str *out)
{
    while (*cursor < edge->evidence_count) {
        uint32_t i = (*cursor)++;
        if (i && ml_str_equal(edge->evidence[i].article, edge->evidence[i - 1].article))
            continue;
        *out = edge->evidence[i].article;
        return true;
    }
    return false;
}

bool ml_export__next_sentence(const ml_edge *edge, uint32_t *cursor, ml_buffer *buffer)
{
    while (*cursor < edge->evidence_count) {
        const ml_evidence *evidence = &edge->evidence[(*cursor)++];
        if (!evidence->end)
            continue;
        ml_buffer_clear(buffer);
        ml_buffer_str(buffer, evidence->article);
        ml_buffer_char(buffer, '#');
        ml_buffer_number(buffer, evidence->start);
        ml_buffer_char(buffer, '-');
        ml_buffer_number(buffer, evidence->end);
        return true;
    }
    return false;
}

void ml_export__json_text(ml_buffer *buffer, const char *key, ml_str text)
{
    ml_buffer_str(buffer, ml_str_from(key));
    ml_buffer_json(buffer, text);
}

static void write_text_if_any(ml_buffer *buffer, const char *key, ml_str text)
{
    if (text.len)
        ml_export__json_text(buffer, key, text);
}

void ml_export__json_vertex(ml_buffer *buffer, const ml_vertex *vertex, const char *parent)
{
    ml_export__json_text(buffer, ",\"type\":", ml_entity_type_name(vertex->type));
    ml_buffer_str(buffer, ML_STR(",\"documents\":"));
    ml_buffer_number(buffer, vertex->documents);
    write_text_if_any(buffer, ",\"first\":", vertex->first);
    write_text_if_any(buffer, ",\"last\":", vertex->last);
    write_text_if_any(buffer, ",\"date\":", vertex->date);
    if (vertex->parent.len) {
        ml_buffer_str(buffer, ML_STR(",\""));
        ml_buffer_str(buffer, ml_str_from(parent));
        ml_export__json_text(buffer, "\":", vertex->parent);
    }
}

static void write_lists(ml_buffer *buffer, const ml_edge *edge)
{
    uint32_t cursor = 0;
    ml_str article;
    ml_buffer_str(buffer, ML_STR(",\"evidence\":["));
    for (uint32_t i = 0; ml_export__next_article(edge, &cursor, &article); i++)
        ml_export__json_text(buffer, i ? "," : "", article);
    ml_buffer_str(buffer, ML_STR("],\"sentences\":["));
    ml_buffer sentence = {0};
    cursor = 0;
    for (uint32_t i = 0; ml_export__next_sentence(edge, &cursor, &sentence); i++)
        ml_export__json_text(buffer, i ? "," : "", ml_buffer_view(&sentence));
    buffer->failed |= sentence.failed;
    ml_buffer_dispose(&sentence);
    ml_buffer_char(buffer, ']');
}

void ml_export__json_edge(ml_buffer *buffer, const ml_edge *edge)
{
    ml_export__json_text(buffer, ",\"type\":", edge->type);
    write_text_if_any(buffer, ",\"title\":", edge->title);
    ml_export__json_text(buffer, ",\"label\":", ml_export_phrase(edge));
    ml_buffer_str(buffer, ML_STR(",\"symmetric\":"));
    ml_buffer_str(buffer, ml_relation_symmetric(edge->type) ? ML_STR("true") : ML_STR("false"));
    ml_buffer_str(buffer, ML_STR(",\"weight\":"));
    ml_buffer_number(buffer, edge->weight);
    write_text_if_any(buffer, ",\"first\":", edge->first);
    write_text_if_any(buffer, ",\"last\":", edge->last);
    ml_buffer_str(buffer, ML_STR(",\"confidence\":"));
    ml_buffer_milli(buffer, edge->confidence_milli);
    write_lists(buffer, edge);
}

/* Network dates were checked when the records were read. */
static ml_date read_date(ml_str text)
{
    ml_date date = {0};
    ml_date_read(text, &date);
    return date;
}

void ml_export__first_day(ml_str text, char out[11])
{
    ml_date date = read_date(text);
    date.month = date.month ? date.month : 1;
    date.day = date.day ? date.day : 1;
    ml_date_write(date, out);
}

void ml_export__last_day(ml_str text, char out[11])
{
    ml_date date = read_date(text);
    date.month = date.month ? date.month : 12;
    date.day = date.day ? date.day : (uint8_t)ml_date_month_days(date.year, date.month);
    ml_date_write(date, out);
}

void ml_export__one_line(ml_buffer *buffer, ml_str text)
{
    for (uint32_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        ml_buffer_str(buffer, byte < 0x20 || byte == 0x7f ? ML_STR(" ") : ml_str_slice(text, i, i + 1));
    }
}

void ml_export__list_item(ml_buffer *buffer, ml_str item, bool first)
{
    if (!first)
        ml_buffer_char(buffer, '|');
    for (uint32_t i = 0; i < item.len; i++) {
        if (item.ptr[i] == '|' || item.ptr[i] == '\\')
            ml_buffer_char(buffer, '\\');
        ml_buffer_char(buffer, item.ptr[i]);
    }
}

static void write_item(ml_output *out, ml_str item, bool first)
{
    ml_buffer escaped = {0};
    ml_export__list_item(&escaped, item, first);
    ml_output_xml(out, ml_buffer_view(&escaped));
    out->buffer.failed |= escaped.failed;
    ml_buffer_dispose(&escaped);
}

void ml_export__xml_articles(ml_output *out, const ml_edge *edge)
{
    uint32_t cursor = 0;
    ml_str article;
    for (bool first = true; ml_export__next_article(edge, &cursor, &article); first = false)
        write_item(out, article, first);
}

void ml_export__xml_sentences(ml_output *out, const ml_edge *edge)
{
    uint32_t cursor = 0;
    ml_buffer sentence = {0};
    for (bool first = true; ml_export__next_sentence(edge, &cursor, &sentence); first = false)
        write_item(out, ml_buffer_view(&sentence), first);
    out->buffer.failed |= sentence.failed;
    ml_buffer_dispose(&sentence);
}

void ml_export__xml_end(ml_output *out, const char *root)
{
    if (out->replaced)
        ml_buffer_format(&out->buffer, "<!-- characters that XML forbids, replaced by U+FFFD: %llu -->\n",
                         (unsigned long long)out->replaced);
    ml_buffer_format(&out->buffer, "</%s>\n", root);
}
