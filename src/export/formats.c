#include "export/export.h"

typedef struct {
    ml_format shown;
    ml_status (*write)(const ml_graph *graph, const ml_write_options *options, ml_output *out, ml_error *error);
} export_format;

/* The one table: help, errors, completion and the choice by a file's name come from it. */
static const export_format formats[] = {
    {{"graphml", ".graphml", "gephi|cytoscape|yed|igraph", "GraphML: NetworkX, igraph, Gephi, Cytoscape, yEd"},
     ml_export_graphml},
    {{"gexf", ".gexf", "", "GEXF 1.3 with time, colours and sizes: Gephi, NetworkX"}, ml_export_gexf},
    {{"json", ".json", "", "node-link JSON: NetworkX; with --links D3"}, ml_export_json},
    {{"cytoscape", ".cyjs", "", "JSON of Cytoscape.js and Cytoscape"}, ml_export_cytoscape},
    {{"jgf", ".jgf", "", "JSON Graph Format 2"}, ml_export_jgf},
    {{"csv-nodes", ".nodes.csv", "gephi", "table of vertices: pandas, spreadsheets, Gephi"}, ml_export_csv_nodes},
    {{"csv-edges", ".edges.csv", "gephi", "table of edges"}, ml_export_csv_edges},
    {{"neo4j-nodes", ".neo4j-nodes.csv", "", "vertices for neo4j-admin database import"}, ml_export_neo4j_nodes},
    {{"neo4j-edges", ".neo4j-edges.csv", "", "relationships for the same"}, ml_export_neo4j_edges},
    {{"dot", ".dot|.gv", "", "Graphviz"}, ml_export_dot},
    {{"ftm", ".ftm.jsonl|.ftm.json", "", "FollowTheMoney entities, one a line"}, ml_export_ftm},
    {{"svg", ".svg", "", "a picture"}, ml_export_svg},
    {{"png", ".png", "", "the same in dots, by librsvg"}, ml_export_png},
};

enum { FORMATS = sizeof formats / sizeof *formats };

static bool ends_in(ml_str path, ml_str ending)
{
    if (path.len <= ending.len)
        return false;
    for (uint32_t i = 0; i < ending.len; i++) {
        char byte = path.ptr[path.len - ending.len + i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte + ('a' - 'A'));
        if (byte != ending.ptr[i])
            return false;
    }
    return true;
}

/* The longest ending counts: `.ftm.json` is not `.json`. */
const char *ml_network_format(const char *path)
{
    const char *found = NULL;
    uint32_t longest = 0;
    for (size_t i = 0; i < FORMATS; i++) {
        ml_str rest = ml_str_from(formats[i].shown.endings);
        while (rest.ptr) {
            ml_str ending = ml_str_split(&rest, '|');
            if (ending.len <= longest || !ends_in(ml_str_from(path), ending))
                continue;
            longest = ending.len;
            found = formats[i].shown.name;
        }
    }
    return found;
}

const ml_format *ml_network_format_at(size_t index)
{
    return index < FORMATS ? &formats[index].shown : NULL;
}

static ml_status fail_unknown(const char *name, ml_error *error)
{
    ml_buffer known = {0};
    for (size_t i = 0; i < FORMATS; i++)
        ml_buffer_format(&known, "%s%s", i ? ", " : "", formats[i].shown.name);
    ml_status status = known.failed ? ml_fail_memory(error)
                                    : ml_fail(error, ML_E_USAGE, ML_STR(""), "unknown format \"%s\": use one of %.*s",
                                              name, (int)known.len, known.ptr);
    ml_buffer_dispose(&known);
    return status;
}

static ml_status check_profile(const export_format *format, const char *profile, ml_error *error)
{
    const ml_format *shown = &format->shown;
    if (!profile || (shown->profiles[0] && ml_str_listed(ml_str_from(shown->profiles), ml_str_from(profile))))
        return ML_OK;
    return ml_fail(error, ML_E_USAGE, ML_STR(""), "%s has no profile \"%s\"%s%s", shown->name, profile,
                   shown->profiles[0] ? ": there are " : "", shown->profiles);
}

static ml_status find(const char *name, const char *profile, const export_format **out, ml_error *error)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(formats[i].shown.name, name) != 0)
            continue;
        *out = &formats[i];
        return check_profile(*out, profile, error);
    }
    return fail_unknown(name, error);
}

ml_status ml_network_format_check(const char *format, const char *profile, ml_error *error)
{
    const export_format *found;
    return find(format, profile, &found, error);
}

static ml_status write_graph(const export_format *format, const ml_graph *graph, const ml_write_options *options,
                             ml_sink sink, ml_error *error)
{
    ml_output out = {.sink = sink};
    ml_status status = format->write(graph, options, &out, error);
    ml_status end = ml_output_end(&out, error);
    return status == ML_OK ? end : status;
}

ml_status ml_export_graph(const ml_graph *graph, const char *format, const ml_write_options *options, ml_sink sink,
                          ml_error *error)
{
    const ml_write_options defaults = {0};
    const export_format *found = NULL;
    if (!options)
        options = &defaults;
    ML_TRY(find(format, options->profile, &found, error));
    if (!options->no_isolates)
        return write_graph(found, graph, options, sink, error);
    ml_arena arena = {0};
    ml_graph connected;
    ml_status status = ml_export_drop_isolates(graph, &arena, &connected)
                           ? write_graph(found, &connected, options, sink, error)
                           : ml_fail_memory(error);
    ml_arena_dispose(&arena);
    return status;
}

ml_status ml_network_write(ml_network *network, const char *format, const ml_write_options *options, ml_sink sink,
                           ml_error *error)
{
    const ml_graph *graph;
    ML_TRY(ml_network_format_check(format, options ? options->profile : NULL, error));
    ML_TRY(ml_network_merge(network, &graph, error));
    return ml_export_graph(graph, format, options, sink, error);
}
