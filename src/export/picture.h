/* picture.h - where everything of a picture goes; inside this room only. Lengths are pixels, y grows downwards. */
#ifndef ML_EXPORT_PICTURE_H
#define ML_EXPORT_PICTURE_H

#include "network/network.h"

enum { ML_PICTURE_LINES = 3 };

typedef struct {
    ml_point at; /* the symbol's middle */
    double radius;
    double font_size;
    ml_str lines[ML_PICTURE_LINES]; /* the label */
    uint32_t line_count;
    bool is_cut;                    /* the label goes on; show an ellipsis */
    bool is_above;                  /* is the label above the symbol, or below it? */
    double half_width, rise, depth; /* of symbol and label: from `at` to both sides, upwards and downwards */
} ml_picture_node;

/* The part of a graph that is shown, and a node for each of its vertices. All memory is the arena's. */
typedef struct {
    ml_graph graph; /* only vertices with edges; `documents` as in the whole graph */
    uint32_t *degree;
    ml_picture_node *nodes;
    double width, height; /* all nodes are inside 0, 0 .. width, height */
} ml_picture;

/* Takes the vertices with most statements, as many as a picture can bear, and the edges between them. */
ml_status ml_picture__select(const ml_graph *graph, ml_arena *arena, ml_picture *picture, ml_error *error);

/* Sizes, breaks labels into lines and finds places where nothing overlaps. */
ml_status ml_picture__place(ml_picture *picture, ml_arena *arena, ml_error *error);

/* From one line of a label to the next, in units of the font's size. */
static const double ml_picture__line_height = 1.18;

/* How wide a text is, in units of the font's size: a guess for common sans-serif fonts. */
double ml_picture__text_width(ml_str text);

#endif
