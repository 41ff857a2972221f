/* The GraphML that export writes, and no other: one tag after the other, data elements named by their keys. */
#include "store/import.h"

#include "base/utf8.h"

typedef enum { IN_NOTHING, IN_NODE, IN_EDGE } place;

enum { FIELDS = 12 };

/* The values of one node or edge, decoded, by the keys below. */
typedef struct {
    ml_buffer value[FIELDS];
} element;

static const char *const node_keys[FIELDS] = {"id",      "v_label", "v_type", "v_documents",
                                              "v_first", "v_last",  "v_date", "v_parent"};
static const char *const edge_keys[FIELDS] = {"source",  "target", "e_type",       "e_title",    "e_weight",
                                              "e_first", "e_last", "e_confidence", "e_evidence", "e_sentences"};

typedef struct {
    ml_store *store;
    ml_str text;
    uint32_t at;
    place where;
    element item;
    ml_error *error;
} graphml_reader;

static ml_status fail(const graphml_reader *reader)
{
    uint32_t line = 1;
    for (uint32_t i = 0; i < reader->at && i < reader->text.len; i++)
        line += reader->text.ptr[i] == '\n';
    return ml_fail_at(reader->error, ML_E_SYNTAX, ML_STR(""), line, 0, "not GraphML that this program wrote");
}

/* A file that was cut off, or is no text, is told before anything is taken from it. */
static bool is_whole(graphml_reader *reader)
{
    uint32_t code_point, len;
    for (; reader->at < reader->text.len; reader->at += len) {
        len = ml_utf8_read(reader->text, reader->at, &code_point);
        if (!len || !code_point)
            return false;
    }
    bool whole = ml_str_ends(ml_str_trim(reader->text), ML_STR("</graphml>"));
    reader->at = whole ? 0 : reader->at;
    return whole;
}

static ml_buffer *field(graphml_reader *reader, ml_str key)
{
    const char *const *keys = reader->where == IN_NODE ? node_keys : edge_keys;
    for (uint32_t i = 0; i < FIELDS && reader->where != IN_NOTHING && keys[i]; i++) {
        if (ml_str_equal(key, ml_str_from(keys[i])))
            return &reader->item.value[i];
    }
    return NULL;
}

/* The references that export writes. */
static void decode(ml_str text, ml_buffer *out)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#9;", "&#10;", "&#13;"};
    static const char bytes[] = "&<>\"\t\n\r";
    ml_buffer_clear(out);
    for (uint32_t i = 0; i < text.len;) {
        uint32_t taken = 0;
        for (size_t n = 0; text.ptr[i] == '&' && n < sizeof names / sizeof *names; n++) {
            if (!ml_str_starts(ml_str_slice(text, i, text.len), ml_str_from(names[n])))
                continue;
            ml_buffer_char(out, bytes[n]);
            taken = (uint32_t)strlen(names[n]);
        }
        if (!taken) {
            ml_buffer_char(out, text.ptr[i]);
            taken = 1;
        }
        i += taken;
    }
}

/* The value of an attribute of a tag, raw; empty where it has none. */
static ml_str attribute(ml_str tag, const char *name)
{
    size_t len = strlen(name);
    for (uint32_t i = 1; i + len + 2 < tag.len; i++) {
        if (tag.ptr[i - 1] != ' ' || memcmp(tag.ptr + i, name, len) != 0 || tag.ptr[i + len] != '=' ||
            tag.ptr[i + len + 1] != '"')
            continue;
        uint32_t begin = i + (uint32_t)len + 2;
        return ml_str_slice(tag, begin, ml_str_find(tag, '"', begin));
    }
    return ML_STR("");
}

/* Items of a list, `|` between them and `\` before what is meant as it stands, with our separator instead. */
static void split_list(const ml_buffer *in, ml_buffer *out)
{
    ml_buffer_clear(out);
    for (size_t i = 0; i < in->len; i++) {
        if (in->ptr[i] == '\\' && i + 1 < in->len)
            ml_buffer_char(out, in->ptr[++i]);
        else
            ml_buffer_char(out, (char)(in->ptr[i] == '|' ? ML_IMPORT_SEPARATOR : in->ptr[i]));
    }
}

/* A number of at most three decimals, in thousandths; 0 for what is none. */
static int64_t milli_of(const ml_buffer *text)
{
    int64_t milli = 0;
    int decimals = -1;
    for (size_t i = 0; i < text->len && decimals < 3; i++) {
        if (text->ptr[i] == '.') {
            decimals = 0;
            continue;
        }
        if (text->ptr[i] < '0' || text->ptr[i] > '9')
            return 0;
        milli = milli * 10 + (text->ptr[i] - '0');
        decimals += decimals >= 0;
        if (milli > (int64_t)4000000000000)
            return 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 3; i++)
        milli *= 10;
    return milli;
}

static ml_status end_node(graphml_reader *reader)
{
    ml_buffer *value = reader->item.value;
    ml_import_vertex vertex = {.id = ml_buffer_view(&value[0]),
                               .label = ml_buffer_view(&value[1]),
                               .documents = milli_of(&value[3]) / 1000,
                               .first = ml_buffer_view(&value[4]),
                               .last = ml_buffer_view(&value[5]),
                               .date = ml_buffer_view(&value[6]),
                               .parent = ml_buffer_view(&value[7])};
    if (!vertex.id.len || !ml_entity_type_find(ml_buffer_view(&value[2]), &vertex.type))
        return fail(reader);
    return ml_store__import_vertex(reader->store, &vertex, reader->error);
}

static ml_status end_edge(graphml_reader *reader)
{
    ml_buffer *value = reader->item.value;
    ml_buffer *evidence = &value[10];
    split_list(value[9].len ? &value[9] : &value[8], evidence);
    const ml_import_edge edge = {.source = ml_buffer_view(&value[0]),
                                 .target = ml_buffer_view(&value[1]),
                                 .type = ml_buffer_view(&value[2]),
                                 .title = ml_buffer_view(&value[3]),
                                 .weight = milli_of(&value[4]) / 1000,
                                 .first = ml_buffer_view(&value[5]),
                                 .last = ml_buffer_view(&value[6]),
                                 .confidence_milli = (uint32_t)milli_of(&value[7]),
                                 .evidence = ml_buffer_view(evidence)};
    if (!edge.type.len || !edge.weight)
        return fail(reader);
    return ml_store__import_edge(reader->store, &edge, reader->error);
}

/* A node or edge begins: its attributes are fields as well. */
static void begin_element(graphml_reader *reader, place where, ml_str tag)
{
    static const char *const names[] = {"id", "source", "target"};
    reader->where = where;
    for (uint32_t i = 0; i < FIELDS; i++)
        ml_buffer_clear(&reader->item.value[i]);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ml_buffer *out = field(reader, ml_str_from(names[i]));
        if (out)
            decode(attribute(tag, names[i]), out);
    }
}

static ml_status read_tag(graphml_reader *reader, ml_str tag)
{
    if (ml_str_starts(tag, ML_STR("node "))) {
        begin_element(reader, IN_NODE, tag);
    } else if (ml_str_starts(tag, ML_STR("edge "))) {
        begin_element(reader, IN_EDGE, tag);
    } else if (ml_str_starts(tag, ML_STR("data "))) {
        uint32_t end = ml_str_find(reader->text, '<', reader->at);
        ml_buffer *out = field(reader, attribute(tag, "key"));
        if (out)
            decode(ml_str_slice(reader->text, reader->at, end), out);
        reader->at = end;
    } else if (ml_str_equal(tag, ML_STR("/node"))) {
        ML_TRY(end_node(reader));
        reader->where = IN_NOTHING;
    } else if (ml_str_equal(tag, ML_STR("/edge"))) {
        ML_TRY(end_edge(reader));
        reader->where = IN_NOTHING;
    }
    return ML_OK;
}

ml_status ml_store__import_graphml(ml_store *store, ml_str text, ml_error *error)
{
    graphml_reader reader = {.store = store, .text = text, .error = error};
    bool is_ours = false;
    ml_status status = is_whole(&reader) ? ML_OK : fail(&reader);
    while (status == ML_OK) {
        uint32_t begin = ml_str_find(text, '<', reader.at);
        uint32_t end = ml_str_find(text, '>', begin);
        if (end >= text.len)
            break;
        reader.at = end + 1;
        ml_str tag = ml_str_slice(text, begin + 1, end);
        is_ours = is_ours || ml_str_starts(tag, ML_STR("graph id=\"mangluoi\""));
        status = read_tag(&reader, tag);
    }
    if (status == ML_OK && !is_ours)
        status = fail(&reader);
    for (uint32_t i = 0; i < FIELDS; i++) {
        if (reader.item.value[i].failed && status == ML_OK)
            status = ml_fail_memory(error);
        ml_buffer_dispose(&reader.item.value[i]);
    }
    return status;
}
