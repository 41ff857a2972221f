/* style.h - how types look: one table for pictures, pages and the formats that carry colours; inside this room only. */
#ifndef ML_EXPORT_STYLE_H
#define ML_EXPORT_STYLE_H

#include "record/record.h"

/* Colours are #rrggbb. `name` is for people, Vietnamese and English. */
typedef struct {
    const char *colour, *border, *name;
} ml_vertex_style;

typedef struct {
    ml_str type;
    const char *colour, *name;
} ml_edge_style;

enum { ML_EDGE_STYLES = 11 };

const ml_vertex_style *ml_export__vertex_style(ml_entity_type type);

/* Style `index`, below ML_EDGE_STYLES; the last is for the types that have none of their own. */
const ml_edge_style *ml_export__edge_style(uint32_t index);

/* The index of a relation type's style. */
uint32_t ml_export__edge_style_index(ml_str type);

/* Red, green and blue of a colour, 0 to 255. */
typedef struct {
    uint8_t red, green, blue;
} ml_rgb;

ml_rgb ml_export__rgb(const char *colour);

/* The diameter of a vertex: grows with the articles that have it, from 8 for one to 40. */
double ml_export__vertex_size(uint32_t documents);

#endif
