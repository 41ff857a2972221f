/* export.h - a graph as a file for other programs, and as a text for people.
 *
 *     network --merge--> | graph | --write--> GraphML, node-link JSON, SVG;  --summarize--> text
 *
 * The public doors are ml_network_write(), ml_network_format() and ml_network_summary() of mangluoi.h. A format is one row
 * of the table in formats.c and one writer here. docs/EXPORTS.md describes the files.
 */
#ifndef ML_EXPORT_EXPORT_H
#define ML_EXPORT_EXPORT_H

#include "export/output.h"
#include "network/network.h"

/* The writers: each sends the whole file to `out`. ML_E_MEMORY, ML_E_GRAPH where igraph lays out, or what the sink says. */
ml_status ml_export_graphml(const ml_graph *graph, ml_output *out, ml_error *error);
ml_status ml_export_json(const ml_graph *graph, ml_output *out, ml_error *error);
ml_status ml_export_svg(const ml_graph *graph, ml_output *out, ml_error *error);

/* Writes a graph in the format of this name. ML_E_USAGE: there is none. */
ml_status ml_export_graph(const ml_graph *graph, const char *format, ml_sink sink, ml_error *error);

/* What an edge says, in Vietnamese: the title of holds_position, else a verb such as "chủ trì", else the type itself. */
ml_str ml_export_phrase(const ml_edge *edge);

#endif
