/* export.h - a graph as a file for other programs, and as a text for people.
 *
 *     network --merge--> | graph | --write--> GraphML, GEXF, JSON, CSV, ..., SVG;  --summarize--> text
 *
 * The public doors are ml_network_write(), ml_network_format() and ml_network_summary() of mangluoi.h. A format is one row
 * of the table in formats.c and one writer here. docs/EXPORTS.md describes the files.
 */
#ifndef ML_EXPORT_EXPORT_H
#define ML_EXPORT_EXPORT_H

#include "export/output.h"
#include "network/network.h"

/* The writers: each sends the whole file to `out`. The profile is one of the format's. ML_E_MEMORY, ML_E_GRAPH where igraph
 * lays out, or what the sink says. */
ml_status ml_export_graphml(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_gexf(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_json(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_cytoscape(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_jgf(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_csv_nodes(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_csv_edges(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_neo4j_nodes(const ml_graph *graph, const ml_write_options *options, ml_output *out,
                                ml_error *error);
ml_status ml_export_neo4j_edges(const ml_graph *graph, const ml_write_options *options, ml_output *out,
                                ml_error *error);
ml_status ml_export_dot(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_ftm(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
ml_status ml_export_svg(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
/* ML_E_USAGE, with what to do, where librsvg is not installed. */
ml_status ml_export_png(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);

/* The graph without vertices that no edge touches, in `arena`; false when memory is short. */
bool ml_export_drop_isolates(const ml_graph *graph, ml_arena *arena, ml_graph *out);

/* Writes a graph in the format of this name. `options` may be NULL. ML_E_USAGE: no such format or profile. */
ml_status ml_export_graph(const ml_graph *graph, const char *format, const ml_write_options *options, ml_sink sink,
                          ml_error *error);

/* What an edge says, in Vietnamese: the title of holds_position, else a verb such as "chủ trì", else the type itself. */
ml_str ml_export_phrase(const ml_edge *edge);

/* How a type looks: `colour` is #rrggbb, `name` is for people, Vietnamese and English. Static. */
typedef struct {
    const char *colour, *name;
} ml_look;

ml_look ml_export_look_of(ml_entity_type type);
ml_look ml_export_relation_look(ml_str type);

#endif
