#include "evaluate/bootstrap.h"
#include "evaluate/repr.h"

static const char too_few[] = "fewer than two articles do not show how much articles differ";

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

/* Nothing where there is no interval. */
static void write_interval(const char *before, const ml_figures *figures, int place, ml_measure measure, ml_buffer *out)
{
    const ml_interval *interval = &figures->intervals[place][measure];
    if (!interval->known)
        return;
    ml_buffer_str(out, ml_str_from(before));
    ml_evaluate__write_rounded(interval->low, out);
    ml_buffer_str(out, ML_STR(", "));
    ml_evaluate__write_rounded(interval->high, out);
    ml_buffer_char(out, ']');
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
        ml_buffer_format(out, "   (%llu right of %llu gold, %llu said)", (unsigned long long)counts->right,
                         (unsigned long long)counts->gold, (unsigned long long)counts->said);
        write_interval("   F1 95% [", figures, place, ML_F1, out);
        ml_buffer_char(out, '\n');
    }
}

static void write_method(const ml_figures *figures, ml_buffer *out)
{
    if (figures->documents < 2)
        ml_buffer_format(out, "none: %s", too_few);
    else
        ml_buffer_format(out,
                         "95%%: percentile bootstrap over articles, %d resamples, seed %d; none for what one article "
                         "alone has",
                         ML_BOOTSTRAP_RESAMPLES, ML_BOOTSTRAP_SEED);
}

void ml_figures_write_table(const ml_figures *figures, ml_buffer *out)
{
    ml_buffer_format(out, "%llu articles\n", (unsigned long long)figures->documents);
    write_rows(figures, &mentions, out);
    write_rows(figures, &entities, out);
    write_rows(figures, &relations, out);
    write_measure("mention   (any overlap)    P ", figures, ML_OVERLAP_SCORE, ML_PRECISION, out);
    write_interval("   P 95% [", figures, ML_OVERLAP_SCORE, ML_PRECISION, out);
    write_measure("\nnames     canonical name right for ", figures, ML_NAME_SCORES, ML_PRECISION, out);
    ml_buffer_str(out, ML_STR(" of the entities found"));
    write_interval("   95% [", figures, ML_NAME_SCORES, ML_PRECISION, out);
    ml_buffer_str(out, ML_STR("\nintervals "));
    write_method(figures, out);
    ml_buffer_char(out, '\n');
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

static void write_pair(const ml_interval *interval, ml_buffer *out)
{
    ml_buffer_char(out, '[');
    ml_evaluate__write_exact(interval->low, out);
    ml_buffer_str(out, ML_STR(", "));
    ml_evaluate__write_exact(interval->high, out);
    ml_buffer_char(out, ']');
}

/* One line with the intervals that there are; none where there are none. */
static void write_intervals(const ml_figures *figures, int place, unsigned depth, ml_buffer *out)
{
    static const char *const keys[ML_MEASURES] = {"precision", "recall", "f1"};
    const ml_interval *intervals = figures->intervals[place];
    bool begun = false;
    for (int measure = 0; measure < ML_MEASURES; measure++) {
        if (!intervals[measure].known)
            continue;
        if (begun)
            ml_buffer_str(out, ML_STR(", "));
        else
            write_key(ML_STR("interval"), depth, out);
        ml_buffer_format(out, "%s\"%s\": ", begun ? "" : "{", keys[measure]);
        write_pair(&intervals[measure], out);
        begun = true;
    }
    if (begun)
        ml_buffer_str(out, ML_STR("},\n"));
}

static void write_names(const ml_figures *figures, ml_buffer *out)
{
    const ml_interval *interval = &figures->intervals[ML_NAME_SCORES][ML_PRECISION];
    write_figure("name_accuracy", ml_counts_measure(&figures->total.at[ML_NAME_SCORES], ML_PRECISION), 1, out);
    if (!interval->known)
        return;
    write_key(ML_STR("name_accuracy_interval"), 1, out);
    write_pair(interval, out);
    ml_buffer_str(out, ML_STR(",\n"));
}

/* What the intervals are, or why there are none. */
static void write_bootstrap(const ml_figures *figures, ml_buffer *out)
{
    write_key(ML_STR("bootstrap"), 1, out);
    if (figures->documents < 2) {
        ml_buffer_str(out, ML_STR("{\"none\": "));
        ml_buffer_json(out, ml_str_from(too_few));
    } else {
        ml_buffer_str(out, ML_STR("{\"level\": "));
        ml_buffer_milli(out, ML_BOOTSTRAP_LEVEL_MILLI);
        ml_buffer_format(out, ", \"resamples\": %d, \"seed\": %d", ML_BOOTSTRAP_RESAMPLES, ML_BOOTSTRAP_SEED);
    }
    ml_buffer_str(out, ML_STR("},\n"));
}

static void write_counts(ml_str key, const ml_figures *figures, int place, unsigned depth, bool last, ml_buffer *out)
{
    const ml_counts *counts = &figures->total.at[place];
    write_key(key, depth, out);
    ml_buffer_str(out, ML_STR("{\n"));
    write_figure("precision", ml_counts_measure(counts, ML_PRECISION), depth + 1, out);
    write_figure("recall", ml_counts_measure(counts, ML_RECALL), depth + 1, out);
    write_figure("f1", ml_counts_measure(counts, ML_F1), depth + 1, out);
    write_intervals(figures, place, depth + 1, out);
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
    write_bootstrap(figures, out);
    write_level(figures, &mentions, false, out);
    write_counts(ML_STR("mention_overlap"), figures, ML_OVERLAP_SCORE, 1, false, out);
    write_level(figures, &entities, false, out);
    write_names(figures, out);
    write_level(figures, &relations, true, out);
    ml_buffer_str(out, ML_STR("}\n"));
}
