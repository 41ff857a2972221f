#include "export/export.h"

typedef struct {
    const char *name;
    const char *extension; /* in lower case */
    ml_status (*write)(const ml_graph *graph, ml_output *out, ml_error *error);
} export_format;

static const export_format formats[] = {
    {"graphml", ".graphml", ml_export_graphml},
    {"json", ".json", ml_export_json},
    {"svg", ".svg", ml_export_svg},
};

enum { FORMATS = sizeof formats / sizeof *formats };

static bool ends_in(ml_str path, ml_str extension)
{
    if (path.len <= extension.len)
        return false;
    for (uint32_t i = 0; i < extension.len; i++) {
        char byte = path.ptr[path.len - extension.len + i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte + ('a' - 'A'));
        if (byte != extension.ptr[i])
            return false;
    }
    return true;
}

const char *ml_network_format(const char *path)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (ends_in(ml_str_from(path), ml_str_from(formats[i].extension)))
            return formats[i].name;
    }
    return NULL;
}

const char *ml_network_format_at(size_t index)
{
    return index < FORMATS ? formats[index].name : NULL;
}

static ml_status fail_unknown(const char *name, ml_error *error)
{
    ml_buffer known = {0};
    for (size_t i = 0; i < FORMATS; i++)
        ml_buffer_format(&known, "%s%s", i ? ", " : "", formats[i].name);
    ml_status status = known.failed ? ml_fail_memory(error)
                                    : ml_fail(error, ML_E_USAGE, ML_STR(""), "unknown format \"%s\": use one of %.*s",
                                              name, (int)known.len, known.ptr);
    ml_buffer_dispose(&known);
    return status;
}

ml_status ml_export_graph(const ml_graph *graph, const char *format, ml_sink sink, ml_error *error)
{
    const export_format *found = NULL;
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(formats[i].name, format) == 0)
            found = &formats[i];
    }
    if (!found)
        return fail_unknown(format, error);
    ml_output out = {.sink = sink};
    ml_status status = found->write(graph, &out, error);
    ml_status end = ml_output_end(&out, error);
    return status == ML_OK ? end : status;
}

ml_status ml_network_write(ml_network *network, const char *format, ml_sink sink, ml_error *error)
{
    const ml_graph *graph;
    ML_TRY(ml_network_merge(network, &graph, error));
    return ml_export_graph(graph, format, sink, error);
}
