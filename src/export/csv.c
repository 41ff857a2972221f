/* Tables by RFC 4180: one for vertices, one for edges, for pandas and spreadsheets or, as a profile, for Gephi; and for
 * neo4j-admin (https://neo4j.com/docs/operations-manual/current/import/). docs/EXPORTS.md says what each point is for. */
#include "export/part.h"

#include <string.h>

/* A row being written. */
typedef struct {
    ml_buffer *out;
    ml_buffer scratch;
    bool begun;
    bool guard; /* put an apostrophe before what a spreadsheet would take for a formula */
} csv_row;

static void next_field(csv_row *row)
{
    if (row->begun)
        ml_buffer_char(row->out, ',');
    row->begun = true;
}

static void end_row(csv_row *row)
{
    ml_buffer_char(row->out, '\n');
    row->begun = false;
}

static bool needs_quotes(ml_str text)
{
    for (uint32_t i = 0; i < text.len; i++) {
        if (strchr(",\"\r\n", text.ptr[i]))
            return true;
    }
    return text.len && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ');
}

static void write_field(csv_row *row, ml_str text)
{
    next_field(row);
    if (!needs_quotes(text)) {
        ml_buffer_str(row->out, text);
        return;
    }
    ml_buffer_char(row->out, '"');
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            ml_buffer_char(row->out, '"');
        ml_buffer_char(row->out, text.ptr[i]);
    }
    ml_buffer_char(row->out, '"');
}

/* https://owasp.org/www-community/attacks/CSV_Injection */
static void write_text(csv_row *row, ml_str text)
{
    if (!row->guard || !text.len || !strchr("=+-@\t\r", text.ptr[0])) {
        write_field(row, text);
        return;
    }
    ml_buffer guarded = {0};
    ml_buffer_char(&guarded, '\'');
    ml_buffer_str(&guarded, text);
    write_field(row, ml_buffer_view(&guarded));
    row->out->failed |= guarded.failed;
    ml_buffer_dispose(&guarded);
}

static void write_number(csv_row *row, uint64_t milli)
{
    next_field(row);
    ml_buffer_milli(row->out, milli);
}

static void write_edge_id(csv_row *row, uint32_t index)
{
    next_field(row);
    ml_export__edge_id(row->out, index);
}

static void write_articles(csv_row *row, const ml_edge *edge)
{
    ml_buffer list = {0};
    uint32_t cursor = 0;
    ml_str article;
    for (bool first = true; ml_export__next_article(edge, &cursor, &article); first = false)
        ml_export__list_item(&list, article, first);
    write_text(row, ml_buffer_view(&list));
    row->out->failed |= list.failed;
    ml_buffer_dispose(&list);
}

static void write_sentences(csv_row *row, const ml_edge *edge)
{
    ml_buffer list = {0};
    uint32_t cursor = 0;
    for (bool first = true; ml_export__next_sentence(edge, &cursor, &row->scratch); first = false)
        ml_export__list_item(&list, ml_buffer_view(&row->scratch), first);
    write_text(row, ml_buffer_view(&list));
    row->out->failed |= list.failed;
    ml_buffer_dispose(&list);
}

static void end_table(csv_row *row)
{
    row->out->failed |= row->scratch.failed;
    ml_buffer_dispose(&row->scratch);
}

/* ---- for pandas and spreadsheets, and for Gephi ---- */

static bool is_for_gephi(const ml_write_options *options)
{
    return options->profile && strcmp(options->profile, "gephi") == 0;
}

ml_status ml_export_csv_nodes(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)error; /* failures of the output are told by ml_output_end() */
    csv_row row = {.out = &out->buffer, .guard = !options->raw};
    ml_buffer_str(&out->buffer, is_for_gephi(options)
                                    ? ML_STR("Id,Label,entity_type,documents,first,last,date,parent\n")
                                    : ML_STR("id,label,type,documents,first,last,date,parent\n"));
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        const ml_vertex *vertex = &graph->vertices[i];
        write_field(&row, vertex->id);
        write_text(&row, vertex->label);
        write_field(&row, ml_entity_type_name(vertex->type));
        write_number(&row, (uint64_t)vertex->documents * 1000);
        write_field(&row, vertex->first);
        write_field(&row, vertex->last);
        write_field(&row, vertex->date);
        write_text(&row, vertex->parent);
        end_row(&row);
        ml_output_pass(out);
    }
    end_table(&row);
    return ML_OK;
}

/* `<[2019-08-17, 2019-08-31]>`; nothing where there is no date. */
static void write_timeset(csv_row *row, const ml_edge *edge)
{
    char first[11], last[11];
    ml_buffer_clear(&row->scratch);
    if (edge->first.len) {
        ml_export__first_day(edge->first, first);
        ml_export__last_day(edge->last, last);
        ml_buffer_format(&row->scratch, "<[%s, %s]>", first, last);
    }
    write_field(row, ml_buffer_view(&row->scratch));
}

static void write_gephi_edge(csv_row *row, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    write_field(row, graph->vertices[edge->source].id);
    write_field(row, graph->vertices[edge->target].id);
    write_field(row, ml_relation_symmetric(edge->type) ? ML_STR("Undirected") : ML_STR("Directed"));
    write_text(row, ml_export__edge_kind(edge, &row->scratch));
    write_edge_id(row, index);
    write_text(row, ml_export_phrase(edge));
    write_number(row, (uint64_t)edge->weight * 1000);
    write_timeset(row, edge);
    write_text(row, edge->type);
    write_text(row, edge->title);
    write_number(row, edge->confidence_milli);
    write_articles(row, edge);
    write_sentences(row, edge);
    end_row(row);
}

static void write_edge(csv_row *row, const ml_graph *graph, uint32_t index)
{
    const ml_edge *edge = &graph->edges[index];
    write_edge_id(row, index);
    write_field(row, graph->vertices[edge->source].id);
    write_field(row, graph->vertices[edge->target].id);
    write_text(row, edge->type);
    write_text(row, edge->title);
    write_text(row, ml_export_phrase(edge));
    write_field(row, ml_relation_symmetric(edge->type) ? ML_STR("true") : ML_STR("false"));
    write_number(row, (uint64_t)edge->weight * 1000);
    write_field(row, edge->first);
    write_field(row, edge->last);
    write_number(row, edge->confidence_milli);
    write_articles(row, edge);
    write_sentences(row, edge);
    end_row(row);
}

ml_status ml_export_csv_edges(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)error; /* failures of the output are told by ml_output_end() */
    csv_row row = {.out = &out->buffer, .guard = !options->raw};
    bool gephi = is_for_gephi(options);
    ml_buffer_str(
        &out->buffer,
        gephi
            ? ML_STR("Source,Target,Type,Kind,Id,Label,Weight,Timeset,relation,title,confidence,evidence,sentences\n")
            : ML_STR("id,source,target,type,title,label,symmetric,weight,first,last,confidence,evidence,sentences\n"));
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        if (gephi)
            write_gephi_edge(&row, graph, i);
        else
            write_edge(&row, graph, i);
        ml_output_pass(out);
    }
    end_table(&row);
    return ML_OK;
}

/* ---- for Neo4j: no formulas there, but no line ends in fields either ---- */

static void write_line(csv_row *row, ml_str text)
{
    ml_buffer_clear(&row->scratch);
    ml_export__one_line(&row->scratch, text);
    write_field(row, ml_buffer_view(&row->scratch));
}

static ml_str node_label(ml_entity_type type)
{
    switch (type) {
    case ML_BODY:
        return ML_STR("Entity;Body");
    case ML_LOCALITY:
        return ML_STR("Entity;Locality");
    case ML_EVENT:
        return ML_STR("Entity;Event");
    case ML_SITE:
        return ML_STR("Entity;Site");
    case ML_PERSON:
    case ML_ENTITY_TYPES:
        break;
    }
    return ML_STR("Entity;Person");
}

ml_status ml_export_neo4j_nodes(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    (void)error; /* failures of the output are told by ml_output_end() */
    csv_row row = {.out = &out->buffer};
    ml_buffer_str(&out->buffer, ML_STR("id:ID(Entity),label,documents:int,first,last,date,parent,:LABEL\n"));
    for (uint32_t i = 0; i < graph->vertex_count; i++) {
        const ml_vertex *vertex = &graph->vertices[i];
        write_field(&row, vertex->id);
        write_line(&row, vertex->label);
        write_number(&row, (uint64_t)vertex->documents * 1000);
        write_field(&row, vertex->first);
        write_field(&row, vertex->last);
        write_field(&row, vertex->date);
        write_line(&row, vertex->parent);
        write_field(&row, node_label(vertex->type));
        end_row(&row);
        ml_output_pass(out);
    }
    end_table(&row);
    return ML_OK;
}

/* Types become part of queries, so that those of other programs, which may be any text, are all RELATED_TO. */
static ml_str relationship_type(ml_str type)
{
    static const ml_str known[][2] = {
        {{"attended", 8}, {"ATTENDED", 8}},
        {{"chaired", 7}, {"CHAIRED", 7}},
        {{"cooperates_with", 15}, {"COOPERATES_WITH", 15}},
        {{"donated_to", 10}, {"DONATED_TO", 10}},
        {{"held_at", 7}, {"HELD_AT", 7}},
        {{"holds_position", 14}, {"HOLDS_POSITION", 14}},
        {{"met_with", 8}, {"MET_WITH", 8}},
        {{"organized", 9}, {"ORGANIZED", 9}},
        {{"spoke_at", 8}, {"SPOKE_AT", 8}},
        {{"visited", 7}, {"VISITED", 7}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (ml_str_equal(known[i][0], type))
            return known[i][1];
    }
    return ML_STR("RELATED_TO");
}

/* Arrays have `;` between the items and no escape for one inside. */
static void append_item(ml_buffer *list, ml_str item)
{
    if (list->len)
        ml_buffer_char(list, ';');
    size_t begin = list->len;
    ml_export__one_line(list, item);
    for (size_t i = begin; i < list->len; i++) {
        if (list->ptr[i] == ';')
            list->ptr[i] = ',';
    }
}

static void write_arrays(csv_row *row, const ml_edge *edge)
{
    ml_buffer list = {0};
    uint32_t cursor = 0;
    ml_str article;
    while (ml_export__next_article(edge, &cursor, &article))
        append_item(&list, article);
    write_field(row, ml_buffer_view(&list));
    ml_buffer_clear(&list);
    cursor = 0;
    while (ml_export__next_sentence(edge, &cursor, &row->scratch))
        append_item(&list, ml_buffer_view(&row->scratch));
    write_field(row, ml_buffer_view(&list));
    row->out->failed |= list.failed;
    ml_buffer_dispose(&list);
}

ml_status ml_export_neo4j_edges(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error)
{
    (void)options;
    (void)error; /* failures of the output are told by ml_output_end() */
    csv_row row = {.out = &out->buffer};
    ml_buffer_str(&out->buffer,
                  ML_STR(":START_ID(Entity),edge_id,relation,title,label,symmetric:boolean,weight:int,first,last,"
                         "confidence:double,evidence:string[],sentences:string[],:END_ID(Entity),:TYPE\n"));
    for (uint32_t i = 0; i < graph->edge_count; i++) {
        const ml_edge *edge = &graph->edges[i];
        write_field(&row, graph->vertices[edge->source].id);
        write_edge_id(&row, i);
        write_line(&row, edge->type);
        write_line(&row, edge->title);
        write_line(&row, ml_export_phrase(edge));
        write_field(&row, ml_relation_symmetric(edge->type) ? ML_STR("true") : ML_STR("false"));
        write_number(&row, (uint64_t)edge->weight * 1000);
        write_field(&row, edge->first);
        write_field(&row, edge->last);
        write_number(&row, edge->confidence_milli);
        write_arrays(&row, edge);
        write_field(&row, graph->vertices[edge->target].id);
        write_field(&row, relationship_type(edge->type));
        end_row(&row);
        ml_output_pass(out);
    }
    end_table(&row);
    return ML_OK;
}
