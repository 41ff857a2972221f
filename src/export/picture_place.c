#include "export/picture.h"

#include "base/utf8.h"

#include <math.h>

static const double edge_length = 112;  /* px between neighbours, before labels push them apart */
static const double stretch = 1.4;      /* of x against y: labels are wider than high */
static const double gap = 9;            /* px between labels */
static const double part_gap = 22;      /* px between components */
static const double least_width = 960;  /* px that components may fill side by side */
static const double widest_line = 11.5; /* in font sizes */
enum { PUSHES = 600 };

static double character_width(uint32_t code_point)
{
    static const char narrow[] = " .,:;'!|()[]ijlftrI-";
    static const char wide[] = "mwMWĐ";
    if (code_point < 0x80 && strchr(narrow, (int)code_point))
        return 0.33;
    if (code_point < 0x80 && strchr(wide, (int)code_point))
        return 0.86;
    if (code_point >= 'A' && code_point <= 'Z')
        return 0.68;
    if (code_point >= 0x1100 && code_point < 0x1e00)
        return 1;
    if (code_point >= 0x1e00 && code_point < 0x2000) /* here the capitals are even, the small letters odd */
        return code_point % 2 ? 0.57 : 0.68;
    return code_point >= 0x2e80 ? 1 : 0.57;
}

double ml_picture__text_width(ml_str text)
{
    double width = 0;
    for (uint32_t at = 0; at < text.len;) {
        uint32_t code_point = 0xfffd;
        uint32_t len = ml_utf8_read(text, at, &code_point);
        width += character_width(code_point);
        at += len ? len : 1;
    }
    return width;
}

/* Takes the words that fit into `widest` off `rest`, at least one. */
static ml_str take_line(ml_str *rest, double widest)
{
    uint32_t end = ml_str_find(*rest, ' ', 0);
    while (end < rest->len) {
        uint32_t next = ml_str_find(*rest, ' ', end + 1);
        if (ml_picture__text_width(ml_str_slice(*rest, 0, next)) > widest)
            break;
        end = next;
    }
    ml_str line = ml_str_slice(*rest, 0, end);
    *rest = ml_str_trim(ml_str_slice(*rest, end, rest->len));
    return line;
}

static uint32_t count_lines(ml_str label, double widest)
{
    uint32_t count = 0;
    for (ml_str rest = ml_str_trim(label); rest.len; count++)
        take_line(&rest, widest);
    return count;
}

/* Cuts a single word that is too long for its line, such as a web address. */
static void cut_word(ml_picture_node *node)
{
    ml_str *line = &node->lines[node->line_count - 1];
    while (line->len && ml_picture__text_width(*line) > 1.5 * widest_line) {
        do
            line->len--;
        while (line->len && ((unsigned char)line->ptr[line->len] & 0xc0) == 0x80);
        node->is_cut = true;
    }
}

static double label_height(const ml_picture_node *node)
{
    return node->line_count * node->font_size * ml_picture__line_height + 4;
}

/* Breaks the label into lines that are about equally long. */
static void break_label(ml_str label, ml_picture_node *node)
{
    double widest = widest_line;
    uint32_t needed = count_lines(label, widest);
    if (needed <= ML_PICTURE_LINES) {
        while (widest > 4 && count_lines(label, widest - 0.5) == needed)
            widest -= 0.5;
    }
    ml_str rest = ml_str_trim(label);
    double width = 0;
    while (rest.len && node->line_count < ML_PICTURE_LINES && !node->is_cut) {
        node->lines[node->line_count++] = take_line(&rest, widest);
        cut_word(node);
        width = fmax(width, ml_picture__text_width(node->lines[node->line_count - 1]));
    }
    node->is_cut |= rest.len > 0;
    node->half_width = fmax(node->radius, width * node->font_size / 2);
    node->rise = node->radius;
    node->depth = node->radius + label_height(node);
}

static void size_nodes(ml_picture *picture)
{
    for (uint32_t i = 0; i < picture->graph.vertex_count; i++) {
        const ml_vertex *vertex = &picture->graph.vertices[i];
        ml_picture_node *node = &picture->nodes[i];
        double importance = fmin(picture->degree[i] + log2(vertex->documents), 30);
        node->radius = 5.5 + 2.4 * sqrt(importance);
        node->font_size = 11.5 + fmin(importance, 16) * 0.2;
        break_label(vertex->label, node);
    }
}

/* The nodes of one component and the box around them. */
typedef struct {
    ml_picture *picture;
    uint32_t *members;
    uint32_t count;
    ml_point low, high;
} picture_part;

/* Turns the component so that it is widest along x, then scales it to pixels. */
static void turn_and_scale(const picture_part *part)
{
    double xx = 0, yy = 0, xy = 0;
    for (uint32_t i = 0; i < part->count; i++) {
        ml_point at = part->picture->nodes[part->members[i]].at;
        xx += at.x * at.x;
        yy += at.y * at.y;
        xy += at.x * at.y;
    }
    double angle = atan2(2 * xy, xx - yy) / 2;
    for (uint32_t i = 0; i < part->count; i++) {
        ml_point *at = &part->picture->nodes[part->members[i]].at;
        ml_point turned = {at->x * cos(angle) + at->y * sin(angle), at->y * cos(angle) - at->x * sin(angle)};
        *at = (ml_point){turned.x * edge_length * stretch, turned.y * edge_length};
    }
}

/* How much an edge from `from` to `to` is in the way of a label below `from`: 1 straight down, 0 sideways or upwards. */
static double downward(ml_point from, ml_point to)
{
    double length = hypot(to.x - from.x, to.y - from.y);
    double part = length > 0 ? (to.y - from.y) / length : 0;
    return part > 0.4 ? part : 0;
}

/* Puts each label on the side where fewer edges leave. */
static bool choose_sides(ml_picture *picture, ml_arena *arena)
{
    double *balance = ml_arena_array(arena, picture->graph.vertex_count, sizeof *balance);
    if (!balance)
        return false;
    for (uint32_t i = 0; i < picture->graph.edge_count; i++) {
        const ml_edge *edge = &picture->graph.edges[i];
        double down = downward(picture->nodes[edge->source].at, picture->nodes[edge->target].at);
        double up = downward(picture->nodes[edge->target].at, picture->nodes[edge->source].at);
        balance[edge->source] += down - up;
        balance[edge->target] += up - down;
    }
    for (uint32_t i = 0; i < picture->graph.vertex_count; i++) {
        ml_picture_node *node = &picture->nodes[i];
        node->is_above = balance[i] > 0.3;
        if (node->is_above) {
            node->rise = node->depth;
            node->depth = node->radius;
        }
    }
    return true;
}

/* Moves two nodes apart, along the axis where less is needed; false when they do not overlap. */
static bool push_pair(ml_picture_node *a, ml_picture_node *b)
{
    double over_x = a->half_width + b->half_width + gap - fabs(a->at.x - b->at.x);
    double bottom = fmin(a->at.y + a->depth, b->at.y + b->depth);
    double top = fmax(a->at.y - a->rise, b->at.y - b->rise);
    double over_y = bottom - top + gap;
    if (over_x <= 0 || over_y <= 0)
        return false;
    if (over_x < over_y) {
        double move = (a->at.x <= b->at.x ? over_x : -over_x) * 0.35;
        a->at.x -= move;
        b->at.x += move;
    } else {
        double move = (a->at.y <= b->at.y ? over_y : -over_y) * 0.35;
        a->at.y -= move;
        b->at.y += move;
    }
    return true;
}

static void push_apart(const picture_part *part)
{
    bool moved = true;
    for (int round = 0; moved && round < PUSHES; round++) {
        moved = false;
        for (uint32_t i = 0; i < part->count; i++) {
            for (uint32_t j = i + 1; j < part->count; j++)
                moved |= push_pair(&part->picture->nodes[part->members[i]], &part->picture->nodes[part->members[j]]);
        }
    }
}

static void measure_part(picture_part *part)
{
    part->low = (ml_point){INFINITY, INFINITY};
    part->high = (ml_point){-INFINITY, -INFINITY};
    for (uint32_t i = 0; i < part->count; i++) {
        const ml_picture_node *node = &part->picture->nodes[part->members[i]];
        part->low.x = fmin(part->low.x, node->at.x - node->half_width);
        part->high.x = fmax(part->high.x, node->at.x + node->half_width);
        part->low.y = fmin(part->low.y, node->at.y - node->rise);
        part->high.y = fmax(part->high.y, node->at.y + node->depth);
    }
}

static void move_part(const picture_part *part, double x, double y)
{
    for (uint32_t i = 0; i < part->count; i++) {
        ml_point *at = &part->picture->nodes[part->members[i]].at;
        at->x += x - part->low.x;
        at->y += y - part->low.y;
    }
}

/* Does the segment from a to b touch the box? It does unless one of the box's sides or the segment's own line parts them. */
static bool segment_touches(ml_point a, ml_point b, ml_point low, ml_point high)
{
    if (fmax(a.x, b.x) < low.x || fmin(a.x, b.x) > high.x || fmax(a.y, b.y) < low.y || fmin(a.y, b.y) > high.y)
        return false;
    const ml_point corners[] = {low, {high.x, low.y}, high, {low.x, high.y}};
    int left = 0;
    for (int i = 0; i < 4; i++)
        left += (b.x - a.x) * (corners[i].y - a.y) - (b.y - a.y) * (corners[i].x - a.x) > 0;
    return left != 0 && left != 4;
}

/* Is the box free of the components before `current`? */
static bool is_free(const ml_picture *picture, const uint32_t *component, uint32_t current, ml_point low, ml_point high)
{
    for (uint32_t i = 0; i < picture->graph.vertex_count; i++) {
        const ml_picture_node *node = &picture->nodes[i];
        if (component[i] < current && node->at.x + node->half_width > low.x && node->at.x - node->half_width < high.x &&
            node->at.y + node->depth > low.y && node->at.y - node->rise < high.y)
            return false;
    }
    for (uint32_t i = 0; i < picture->graph.edge_count; i++) {
        const ml_edge *edge = &picture->graph.edges[i];
        if (component[edge->source] < current &&
            segment_touches(picture->nodes[edge->source].at, picture->nodes[edge->target].at, low, high))
            return false;
    }
    return true;
}

/* The uppermost free place for a box of this size that leaves the picture as wide as it is; below everything if need be. */
static ml_point find_room(const ml_picture *picture, const uint32_t *component, uint32_t current, ml_point size)
{
    static const double step = 16;
    double right = fmax(fmax(picture->width, least_width) - size.x, 0);
    uint32_t columns = (uint32_t)(right / step) + 1;
    uint32_t rows = (uint32_t)((picture->height + part_gap) / step) + 1;
    for (uint32_t i = 0; i < rows * columns; i++) {
        uint32_t column = i % columns;
        uint32_t row = i / columns;
        ml_point at = {step * column, step * row};
        ml_point low = {at.x - part_gap, at.y - part_gap};
        ml_point high = {at.x + size.x + part_gap, at.y + size.y + part_gap};
        if (is_free(picture, component, current, low, high))
            return at;
    }
    return (ml_point){0, picture->height > 0 ? picture->height + part_gap : 0};
}

/* The components come largest first; each goes where the ones before it leave room. */
static void set_parts(ml_picture *picture, const uint32_t *component, const picture_part *parts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        ml_point size = {parts[i].high.x - parts[i].low.x, parts[i].high.y - parts[i].low.y};
        ml_point place = find_room(picture, component, i, size);
        move_part(&parts[i], place.x, place.y);
        picture->width = fmax(picture->width, place.x + size.x);
        picture->height = fmax(picture->height, place.y + size.y);
    }
}

static bool collect_parts(ml_picture *picture, const uint32_t *component, uint32_t count, picture_part *parts,
                          ml_arena *arena)
{
    for (uint32_t i = 0; i < picture->graph.vertex_count; i++)
        parts[component[i]].count++;
    for (uint32_t i = 0; i < count; i++) {
        parts[i].picture = picture;
        parts[i].members = ml_arena_array(arena, parts[i].count, sizeof(uint32_t));
        if (!parts[i].members)
            return false;
        parts[i].count = 0;
    }
    for (uint32_t i = 0; i < picture->graph.vertex_count; i++) {
        picture_part *home = &parts[component[i]];
        home->members[home->count++] = i;
    }
    return true;
}

ml_status ml_picture__place(ml_picture *picture, ml_arena *arena, ml_error *error)
{
    uint32_t count = picture->graph.vertex_count;
    uint32_t part_count = 0;
    picture->nodes = ml_arena_array(arena, count, sizeof *picture->nodes);
    uint32_t *component = ml_arena_array(arena, count, sizeof *component);
    ml_point *places = ml_arena_array(arena, count, sizeof *places);
    if (!picture->nodes || !component || !places)
        return ml_fail_memory(error);
    ML_TRY(ml_graph_components(&picture->graph, component, &part_count, error));
    ML_TRY(ml_graph_layout(&picture->graph, component, part_count, places, error));
    picture_part *parts = ml_arena_array(arena, part_count, sizeof *parts);
    if (!parts || !collect_parts(picture, component, part_count, parts, arena))
        return ml_fail_memory(error);
    size_nodes(picture);
    for (uint32_t i = 0; i < count; i++)
        picture->nodes[i].at = places[i];
    for (uint32_t i = 0; i < part_count; i++)
        turn_and_scale(&parts[i]);
    if (!choose_sides(picture, arena))
        return ml_fail_memory(error);
    for (uint32_t i = 0; i < part_count; i++) {
        push_apart(&parts[i]);
        measure_part(&parts[i]);
    }
    set_parts(picture, component, parts, part_count);
    return ML_OK;
}
