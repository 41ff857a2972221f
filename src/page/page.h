/* page.h - a network as one page that needs nothing else: drawn, searched, filtered, with the sentences behind each statement.
 *
 *     records --add--> | page: network, passages | --write--> HTML
 *
 * The page itself is page.html, made of parts/ by parts/build.mjs and built into the program; what is written here is its data.
 * The public doors are ml_page_new() and on in mangluoi.h. docs/VIEW.md describes the page.
 */
#ifndef ML_PAGE_PAGE_H
#define ML_PAGE_PAGE_H

#include "base/map.h"
#include "export/export.h"

/* Words of a sentence, and whom they name: an entity's id, or nothing. */
typedef struct {
    ml_str words, entity;
} ml_passage_run;

typedef struct {
    ml_str text; /* the whole */
    const ml_passage_run *runs;
    uint32_t count;
} ml_passage;

typedef struct {
    ml_str title, date, source;
} ml_article_head;

/* What a page shows on top of a graph. Zeros are ready for use. */
typedef struct {
    ml_arena kept;
    ml_map places; /* `ARTICLE#START-END` to passages */
    ml_passage *passages;
    uint32_t passage_count, passage_cap;
    ml_map articles; /* ids to heads */
    ml_article_head *heads;
    uint32_t head_count, head_cap;
} ml_passages;

void ml_passages_dispose(ml_passages *passages);

/* Keeps the sentences of a record and what the article is called. Of two that differ for one place the one that is first in byte
 * order stays, so that no order of the records matters. ML_E_MEMORY. */
ml_status ml_passages_add(ml_passages *passages, const ml_record *record, ml_error *error);

/* The passage of an evidence, or NULL. */
const ml_passage *ml_passages_find(const ml_passages *passages, const ml_evidence *evidence, ml_buffer *scratch);

/* The page. ML_E_MEMORY, ML_E_GRAPH; what the sink says is told by ml_output_end(). */
ml_status ml_page__write(const ml_graph *graph, const ml_passages *passages, ml_output *out, ml_error *error);

/* A place for each vertex, in lengths of edges: the components laid out by themselves, no symbol over another, the largest in the
 * middle, the others in rings around it. */
ml_status ml_page__place(const ml_graph *graph, ml_arena *arena, ml_point *out, ml_error *error);

/* The radius of the symbol of a vertex with so many edges, in the same unit. The page draws the same: drawing.js. */
double ml_page__radius(uint32_t degree);

/* page.html as it was when the program was built. */
ml_str ml_page__template(void);

#endif
