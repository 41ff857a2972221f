/* part.h - pieces of text that several writers share; inside this room only. */
#ifndef ML_EXPORT_PART_H
#define ML_EXPORT_PART_H

#include "export/export.h"

/* The id of an edge, `e.1` and on: the full stop keeps it apart from every vertex. */
void ml_export__edge_id(ml_buffer *buffer, uint32_t index);

/* What keeps parallel edges apart for programs that merge them: the type, and behind `: ` the title. The text lives in
 * `buffer`, which is emptied first. */
ml_str ml_export__edge_kind(const ml_edge *edge, ml_buffer *buffer);

/* The edge's articles, each once, or its sentences as `ARTICLE#START-END`: item `index`, written into `buffer`, which is
 * emptied first. False behind the last; *cursor must be 0 at first. */
bool ml_export__next_article(const ml_edge *edge, uint32_t *cursor, ml_str *out);
bool ml_export__next_sentence(const ml_edge *edge, uint32_t *cursor, ml_buffer *buffer);

/* Members of a JSON object, each with a comma before it: all attributes of a vertex but its id and label, all of an edge but
 * its id and ends. `parent` is what the id of the unit or body above is called. */
void ml_export__json_vertex(ml_buffer *buffer, const ml_vertex *vertex, const char *parent);
void ml_export__json_edge(ml_buffer *buffer, const ml_edge *edge);

/* `key` as it stands, and the text as a JSON string. */
void ml_export__json_text(ml_buffer *buffer, const char *key, ml_str text);

/* The last day that a date (YYYY, YYYY-MM, YYYY-MM-DD) can mean, and the first, as YYYY-MM-DD with a NUL. */
void ml_export__last_day(ml_str date, char out[11]);
void ml_export__first_day(ml_str date, char out[11]);

/* Lists in XML and CSV: items are separated by `|`, and `|` and `\` inside one follow a `\`. Nothing where there are none. */
void ml_export__xml_articles(ml_output *out, const ml_edge *edge);
void ml_export__xml_sentences(ml_output *out, const ml_edge *edge);
void ml_export__list_item(ml_buffer *buffer, ml_str item, bool first);

/* The end of an XML file: if characters had to be replaced, a comment that says how many; then the end tag of `root`. */
void ml_export__xml_end(ml_output *out, const char *root);

/* The words of `text` with spaces for line ends, tabs and other control characters. */
void ml_export__one_line(ml_buffer *buffer, ml_str text);

#endif
