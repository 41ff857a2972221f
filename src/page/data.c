/* The data of the page, as JSON that a script element may hold: what could end the element is written as an escape. */
#include "page/page.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    const ml_graph *graph;
    const ml_passages *passages;
    ml_output *out;
    ml_buffer text, place;
    ml_map numbers; /* of the passages that are shown, by place */
    ml_map article_numbers;
    ml_map relation_numbers;
    ml_arena arena;
    ml_evidence *shown; /* the passages in the order of their numbers */
    ml_str *articles;
    ml_str *relations;
    uint32_t shown_count, article_count, relation_count;
} page_writer;

static void put(page_writer *writer, const char *text)
{
    ml_buffer_str(&writer->out->buffer, ml_str_from(text));
}

static void put_number(page_writer *writer, uint64_t number)
{
    ml_buffer_number(&writer->out->buffer, number);
}

/* A JSON string in which nothing can end a script element or, in old engines, a line. */
static void put_text(page_writer *writer, ml_str text)
{
    ml_buffer *out = &writer->out->buffer;
    ml_buffer_clear(&writer->text);
    ml_buffer_json(&writer->text, text);
    for (size_t i = 0; i < writer->text.len; i++) {
        const char *byte = &writer->text.ptr[i];
        if (*byte == '<' || *byte == '>' || *byte == '&') {
            ml_buffer_format(out, "\\u%04x", (unsigned)*byte);
        } else if (writer->text.len - i > 2 && memcmp(byte, "\xe2\x80\xa8", 3) == 0) {
            ml_buffer_str(out, ML_STR("\\u2028"));
            i += 2;
        } else if (writer->text.len - i > 2 && memcmp(byte, "\xe2\x80\xa9", 3) == 0) {
            ml_buffer_str(out, ML_STR("\\u2029"));
            i += 2;
        } else {
            ml_buffer_char(out, *byte);
        }
    }
}

static void put_coordinate(page_writer *writer, double number)
{
    long hundredths = lround(number * 100);
    if (hundredths < 0)
        put(writer, "-");
    ml_buffer_milli(&writer->out->buffer, (uint64_t)labs(hundredths) * 10);
}

/* Between the elements of a list: a comma and, for people who look, a line end. */
static void next(page_writer *writer, uint32_t index)
{
    put(writer, index ? ",\n" : "\n");
    ml_output_pass(writer->out);
}

static uint32_t find_vertex(const ml_graph *graph, ml_str id)
{
    uint32_t low = 0, high = graph->vertex_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ml_str_compare(graph->vertices[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < graph->vertex_count && ml_str_equal(graph->vertices[low].id, id) ? low : UINT32_MAX;
}

static void write_types(page_writer *writer)
{
    put(writer, "\"types\":[");
    for (ml_entity_type type = ML_PERSON; type < ML_ENTITY_TYPES; type++) {
        next(writer, type);
        put(writer, "[");
        put_text(writer, ml_entity_type_name(type));
        put(writer, ",");
        put_text(writer, ml_str_from(ml_export_look_of(type).name));
        put(writer, ",");
        put_text(writer, ml_str_from(ml_export_look_of(type).colour));
        put(writer, "]");
    }
    put(writer, "],\n");
}

static void write_relations(page_writer *writer)
{
    put(writer, "\"relations\":[");
    for (uint32_t i = 0; i < writer->relation_count; i++) {
        ml_str type = writer->relations[i];
        const ml_edge edge = {.type = type};
        next(writer, i);
        put(writer, "[");
        put_text(writer, type);
        put(writer, ",");
        put_text(writer, ml_export_phrase(&edge));
        put(writer, ",");
        put_text(writer, ml_str_from(ml_export_relation_look(type).name));
        put(writer, ",");
        put_text(writer, ml_str_from(ml_export_relation_look(type).colour));
        put(writer, ml_relation_symmetric(type) ? ",true]" : ",false]");
    }
    put(writer, "],\n");
}

static void write_vertices(page_writer *writer, const ml_point *places)
{
    put(writer, "\"vertices\":[");
    for (uint32_t i = 0; i < writer->graph->vertex_count; i++) {
        const ml_vertex *vertex = &writer->graph->vertices[i];
        const ml_str texts[] = {vertex->first, vertex->last, vertex->date};
        uint32_t parent = find_vertex(writer->graph, vertex->parent);
        next(writer, i);
        put(writer, "[");
        put_text(writer, vertex->id);
        put(writer, ",");
        put_text(writer, vertex->label);
        ml_buffer_format(&writer->out->buffer, ",%d,%u", (int)vertex->type, vertex->documents);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            put(writer, ",");
            put_text(writer, texts[k]);
        }
        if (parent == UINT32_MAX)
            put(writer, ",-1,");
        else
            ml_buffer_format(&writer->out->buffer, ",%u,", parent);
        put_coordinate(writer, places[i].x);
        put(writer, ",");
        put_coordinate(writer, places[i].y);
        put(writer, "]");
    }
    put(writer, "],\n");
}

/* The number of a text among those seen so far; new ones get the next. False when memory is short. */
static bool number_of(page_writer *writer, ml_map *map, ml_str text, ml_str *list, uint32_t *count, uint32_t *out)
{
    bool added;
    *out = *count;
    ml_str key = ml_arena_copy(&writer->arena, text);
    if (writer->arena.failed || !ml_map_add(map, key, out, &added))
        return false;
    if (added)
        list[(*count)++] = key;
    return true;
}

/* The passage of an evidence, or where its words are not known, the place itself. */
static bool number_passage(page_writer *writer, const ml_evidence *evidence, uint32_t *out)
{
    bool added;
    ml_buffer_clear(&writer->place);
    ml_buffer_str(&writer->place, evidence->article);
    ml_buffer_format(&writer->place, "#%u-%u", evidence->start, evidence->end);
    ml_str key = ml_arena_copy(&writer->arena, ml_buffer_view(&writer->place));
    *out = writer->shown_count;
    if (writer->place.failed || writer->arena.failed || !ml_map_add(&writer->numbers, key, out, &added))
        return false;
    if (added)
        writer->shown[writer->shown_count++] = *evidence;
    return true;
}

static bool write_edge(page_writer *writer, const ml_edge *edge)
{
    uint32_t number;
    if (!number_of(writer, &writer->relation_numbers, edge->type, writer->relations, &writer->relation_count, &number))
        return false;
    ml_buffer_format(&writer->out->buffer, "[%u,%u,%u,", number, edge->source, edge->target);
    put_text(writer, edge->title);
    ml_buffer_format(&writer->out->buffer, ",%u,", edge->weight);
    put_text(writer, edge->first);
    put(writer, ",");
    put_text(writer, edge->last);
    put(writer, ",");
    ml_buffer_milli(&writer->out->buffer, edge->confidence_milli);
    put(writer, ",[");
    for (uint32_t i = 0; i < edge->evidence_count; i++) {
        if (!number_passage(writer, &edge->evidence[i], &number))
            return false;
        put(writer, i ? "," : "");
        put_number(writer, number);
    }
    put(writer, "]]");
    return true;
}

static bool write_edges(page_writer *writer)
{
    put(writer, "\"edges\":[");
    for (uint32_t i = 0; i < writer->graph->edge_count; i++) {
        next(writer, i);
        if (!write_edge(writer, &writer->graph->edges[i]))
            return false;
    }
    put(writer, "],\n");
    return true;
}

/* `["words", vertex]` for what names something, `["words"]` for the rest. */
static void write_runs(page_writer *writer, const ml_passage *passage)
{
    for (uint32_t i = 0; passage && i < passage->count; i++) {
        const ml_passage_run *run = &passage->runs[i];
        uint32_t vertex = run->entity.len ? find_vertex(writer->graph, run->entity) : UINT32_MAX;
        put(writer, i ? ",[" : "[");
        put_text(writer, run->words);
        if (vertex != UINT32_MAX)
            ml_buffer_format(&writer->out->buffer, ",%u", vertex);
        put(writer, "]");
    }
}

static bool write_passages(page_writer *writer)
{
    put(writer, "\"passages\":[");
    for (uint32_t i = 0; i < writer->shown_count; i++) {
        uint32_t article;
        if (!number_of(writer, &writer->article_numbers, writer->shown[i].article, writer->articles,
                       &writer->article_count, &article))
            return false;
        next(writer, i);
        ml_buffer_format(&writer->out->buffer, "[%u,[", article);
        write_runs(writer, ml_passages_find(writer->passages, &writer->shown[i], &writer->place));
        put(writer, "]]");
    }
    put(writer, "],\n");
    return true;
}

static void write_articles(page_writer *writer)
{
    put(writer, "\"articles\":[");
    for (uint32_t i = 0; i < writer->article_count; i++) {
        uint32_t index;
        ml_article_head head = {ML_STR(""), ML_STR(""), ML_STR("")};
        if (ml_map_find(&writer->passages->articles, writer->articles[i], &index))
            head = writer->passages->heads[index];
        const ml_str texts[] = {writer->articles[i], head.title, head.date, head.source};
        next(writer, i);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            put(writer, k ? "," : "[");
            put_text(writer, texts[k]);
        }
        put(writer, "]");
    }
    put(writer, "]}\n");
}

static ml_status write_data(page_writer *writer, ml_error *error)
{
    uint32_t evidence = 0;
    for (uint32_t i = 0; i < writer->graph->edge_count; i++)
        evidence += writer->graph->edges[i].evidence_count;
    ml_arena *arena = &writer->arena;
    ml_point *places = ml_arena_array(arena, writer->graph->vertex_count, sizeof *places);
    writer->shown = ml_arena_array(arena, evidence, sizeof *writer->shown);
    writer->articles = ml_arena_array(arena, evidence, sizeof *writer->articles);
    writer->relations = ml_arena_array(arena, writer->graph->edge_count, sizeof *writer->relations);
    if (arena->failed)
        return ml_fail_memory(error);
    ML_TRY(ml_page__place(writer->graph, arena, places, error));
    ml_buffer_format(&writer->out->buffer, "{\"documents\":%llu,\n", (unsigned long long)writer->graph->documents);
    write_types(writer);
    write_vertices(writer, places);
    if (!write_edges(writer))
        return ml_fail_memory(error);
    write_relations(writer);
    if (!write_passages(writer))
        return ml_fail_memory(error);
    write_articles(writer);
    return ML_OK;
}

static uint32_t find_marker(ml_str page, ml_str marker)
{
    for (uint32_t at = 0; at + marker.len <= page.len; at++) {
        if (memcmp(page.ptr + at, marker.ptr, marker.len) == 0)
            return at;
    }
    return page.len;
}

ml_status ml_page__write(const ml_graph *graph, const ml_passages *passages, ml_output *out, ml_error *error)
{
    page_writer writer = {.graph = graph, .passages = passages, .out = out};
    ml_str page = ml_page__template();
    ml_str marker = ML_STR("@DATA@");
    uint32_t cut = find_marker(page, marker);
    ml_buffer_str(&out->buffer, ml_str_slice(page, 0, cut));
    ml_status status = write_data(&writer, error);
    ml_buffer_str(&out->buffer, ml_str_slice(page, cut + marker.len, page.len));
    if (status == ML_OK && (writer.text.failed || writer.place.failed))
        status = ml_fail_memory(error);
    ml_buffer_dispose(&writer.text);
    ml_buffer_dispose(&writer.place);
    ml_map_dispose(&writer.numbers);
    ml_map_dispose(&writer.article_numbers);
    ml_map_dispose(&writer.relation_numbers);
    ml_arena_dispose(&writer.arena);
    return status;
}
