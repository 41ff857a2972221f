#include "evaluate/evaluate.h"
#include "evaluate/repr.h"

/* A level of the table: `all` and its types. */
typedef struct {
    const char *name;
    int first, types; /* places in the scores */
    ml_str (*type_name)(int type);
} level;

static ml_str entity_type_name(int type)
{
    return ml_entity_type_name(ml_scored_types[type]);
}

static ml_str relation_type_name(int type)
{
    return ml_relation_types[type].name;
}

static const level mentions = {"mention", ML_MENTION_SCORES, ML_SCORED_TYPES, entity_type_name};
static const level entities = {"entity", ML_ENTITY_SCORES, ML_SCORED_TYPES, entity_type_name};
static const level relations = {"relation", ML_RELATION_SCORES, ML_RELATION_TYPES, relation_type_name};

static ml_str kind_name(const level *of, int kind)
{
    return kind ? of->type_name(kind - 1) : ML_STR("all");
}

/* ---- table ---- */

static void write_padded(ml_str text, uint32_t width, ml_buffer *out)
{
    ml_buffer_str(out, text);
    for (uint32_t i = text.len; i < width; i++)
        ml_buffer_char(out, ' ');
}

static void write_measure(const char *before, const ml_figures *figures, int place, ml_measure measure, ml_buffer *out)
{
    ml_buffer_str(out, ml_str_from(before));
    ml_evaluate__write_rounded(ml_counts_measure(&figures->total.at[place], measure), out);
}

static void write_rows(const ml_figures *figures, const level *of, ml_buffer *out)
{
    for (int kind = 0; kind <= of->types; kind++) {
        int place = of->first + kind;
        const ml_counts *counts = &figures->total.at[place];
        if (!counts->gold && !counts->said)
            continue;
        write_padded(ml_str_from(of->name), 9, out);
        ml_buffer_char(out, ' ');
        write_padded(kind_name(of, kind), 16, out);
        write_measure(" P ", figures, place, ML_PRECISION, out);
        write_measure("  R ", figures, place, ML_RECALL, out);
        write_measure("  F1 ", figures, place, ML_F1, out);
        ml_buffer_format(out, "   (%llu right of %llu gold, %llu said)\n", (unsigned long long)counts->right,
                         (unsigned long long)counts->gold, (unsigned long long)counts->said);
    }
}

void ml_figures_write_table(const ml_figures *figures, ml_buffer *out)
{
    ml_buffer_format(out, "%llu articles\n", (unsigned long long)figures->documents);
    write_rows(figures, &mentions, out);
    write_rows(figures, &entities, out);
    write_rows(figures, &relations, out);
    write_measure("mention   (any overlap)    P ", figures, ML_OVERLAP_SCORE, ML_PRECISION, out);
    write_measure("\nnames     canonical name right for ", figures, ML_NAME_SCORES, ML_PRECISION, out);
    ml_buffer_str(out, ML_STR(" of the entities found\n"));
}

/* ---- JSON ---- */

static void write_key(ml_str key, unsigned depth, ml_buffer *out)
{
    for (unsigned i = 0; i < depth; i++)
        ml_buffer_char(out, ' ');
    ml_buffer_json(out, key);
    ml_buffer_str(out, ML_STR(": "));
}

static void write_figure(const char *key, double number, unsigned depth, ml_buffer *out)
{
    write_key(ml_str_from(key), depth, out);
    ml_evaluate__write_exact(number, out);
    ml_buffer_str(out, ML_STR(",\n"));
}

static void write_count(const char *key, uint64_t number, unsigned depth, bool last, ml_buffer *out)
{
    write_key(ml_str_from(key), depth, out);
    ml_buffer_number(out, number);
    ml_buffer_str(out, last ? ML_STR("\n") : ML_STR(",\n"));
}

static void write_counts(ml_str key, const ml_figures *figures, int place, unsigned depth, bool last, ml_buffer *out)
{
    const ml_counts *counts = &figures->total.at[place];
    write_key(key, depth, out);
    ml_buffer_str(out, ML_STR("{\n"));
    write_figure("precision", ml_counts_measure(counts, ML_PRECISION), depth + 1, out);
    write_figure("recall", ml_counts_measure(counts, ML_RECALL), depth + 1, out);
    write_figure("f1", ml_counts_measure(counts, ML_F1), depth + 1, out);
    write_count("right", counts->right, depth + 1, false, out);
    write_count("gold", counts->gold, depth + 1, false, out);
    write_count("predicted", counts->said, depth + 1, true, out);
    for (unsigned i = 0; i < depth; i++)
        ml_buffer_char(out, ' ');
    ml_buffer_str(out, last ? ML_STR("}\n") : ML_STR("},\n"));
}

static void write_level(const ml_figures *figures, const level *of, bool last, ml_buffer *out)
{
    write_key(ml_str_from(of->name), 1, out);
    ml_buffer_str(out, ML_STR("{\n"));
    for (int kind = 0; kind <= of->types; kind++)
        write_counts(kind_name(of, kind), figures, of->first + kind, 2, kind == of->types, out);
    ml_buffer_str(out, last ? ML_STR(" }\n") : ML_STR(" },\n"));
}

void ml_figures_write_json(const ml_figures *figures, ml_buffer *out)
{
    ml_buffer_str(out, ML_STR("{\n"));
    write_count("documents", figures->documents, 1, false, out);
    write_level(figures, &mentions, false, out);
    write_counts(ML_STR("mention_overlap"), figures, ML_OVERLAP_SCORE, 1, false, out);
    write_level(figures, &entities, false, out);
    write_figure("name_accuracy", ml_counts_measure(&figures->total.at[ML_NAME_SCORES], ML_PRECISION), 1, out);
    write_level(figures, &relations, true, out);
    ml_buffer_str(out, ML_STR("}\n"));
}
