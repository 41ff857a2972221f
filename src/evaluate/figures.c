#include "evaluate/evaluate.h"
#include "evaluate/repr.h"

typedef struct {
    double precision, recall, f1;
} figures;

static figures figures_of(const ml_counts *counts)
{
    figures out = {0, 0, 0};
    if (counts->said)
        out.precision = (double)counts->right / (double)counts->said;
    if (counts->gold)
        out.recall = (double)counts->right / (double)counts->gold;
    if (out.precision + out.recall > 0)
        out.f1 = 2 * out.precision * out.recall / (out.precision + out.recall);
    return out;
}

/* The name of the place in the scores: `all` and the types. */
static ml_str entity_place(int place)
{
    return place ? ml_entity_type_name(ml_scored_types[place - 1]) : ML_STR("all");
}

static ml_str relation_place(int place)
{
    return place ? ml_relation_types[place - 1].name : ML_STR("all");
}

static void write_padded(ml_str text, uint32_t width, ml_buffer *out)
{
    ml_buffer_str(out, text);
    for (uint32_t i = text.len; i < width; i++)
        ml_buffer_char(out, ' ');
}

static void write_row(ml_str level, ml_str kind, const ml_counts *counts, ml_buffer *out)
{
    if (!counts->gold && !counts->said)
        return;
    figures row = figures_of(counts);
    write_padded(level, 9, out);
    ml_buffer_char(out, ' ');
    write_padded(kind, 16, out);
    ml_buffer_str(out, ML_STR(" P "));
    ml_evaluate__write_rounded(row.precision, out);
    ml_buffer_str(out, ML_STR("  R "));
    ml_evaluate__write_rounded(row.recall, out);
    ml_buffer_str(out, ML_STR("  F1 "));
    ml_evaluate__write_rounded(row.f1, out);
    ml_buffer_format(out, "   (%llu right of %llu gold, %llu said)\n", (unsigned long long)counts->right,
                     (unsigned long long)counts->gold, (unsigned long long)counts->said);
}

void ml_scores_write_table(const ml_scores *scores, ml_buffer *out)
{
    ml_buffer_format(out, "%llu articles\n", (unsigned long long)scores->documents);
    for (int i = 0; i <= ML_SCORED_TYPES; i++)
        write_row(ML_STR("mention"), entity_place(i), &scores->mention[i], out);
    for (int i = 0; i <= ML_SCORED_TYPES; i++)
        write_row(ML_STR("entity"), entity_place(i), &scores->entity[i], out);
    for (int i = 0; i <= ML_RELATION_TYPES; i++)
        write_row(ML_STR("relation"), relation_place(i), &scores->relation[i], out);
    ml_buffer_str(out, ML_STR("mention   (any overlap)    P "));
    ml_evaluate__write_rounded(figures_of(&scores->overlap).precision, out);
    ml_buffer_str(out, ML_STR("\nnames     canonical name right for "));
    ml_evaluate__write_rounded(figures_of(&scores->names).precision, out);
    ml_buffer_str(out, ML_STR(" of the entities found\n"));
}

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

static void write_counts(ml_str key, const ml_counts *counts, unsigned depth, bool last, ml_buffer *out)
{
    figures row = figures_of(counts);
    write_key(key, depth, out);
    ml_buffer_str(out, ML_STR("{\n"));
    write_figure("precision", row.precision, depth + 1, out);
    write_figure("recall", row.recall, depth + 1, out);
    write_figure("f1", row.f1, depth + 1, out);
    write_count("right", counts->right, depth + 1, false, out);
    write_count("gold", counts->gold, depth + 1, false, out);
    write_count("predicted", counts->said, depth + 1, true, out);
    for (unsigned i = 0; i < depth; i++)
        ml_buffer_char(out, ' ');
    ml_buffer_str(out, last ? ML_STR("}\n") : ML_STR("},\n"));
}

void ml_scores_write_json(const ml_scores *scores, ml_buffer *out)
{
    ml_buffer_str(out, ML_STR("{\n"));
    write_count("documents", scores->documents, 1, false, out);
    ml_buffer_str(out, ML_STR(" \"mention\": {\n"));
    for (int i = 0; i <= ML_SCORED_TYPES; i++)
        write_counts(entity_place(i), &scores->mention[i], 2, i == ML_SCORED_TYPES, out);
    ml_buffer_str(out, ML_STR(" },\n"));
    write_counts(ML_STR("mention_overlap"), &scores->overlap, 1, false, out);
    ml_buffer_str(out, ML_STR(" \"entity\": {\n"));
    for (int i = 0; i <= ML_SCORED_TYPES; i++)
        write_counts(entity_place(i), &scores->entity[i], 2, i == ML_SCORED_TYPES, out);
    ml_buffer_str(out, ML_STR(" },\n"));
    write_figure("name_accuracy", figures_of(&scores->names).precision, 1, out);
    ml_buffer_str(out, ML_STR(" \"relation\": {\n"));
    for (int i = 0; i <= ML_RELATION_TYPES; i++)
        write_counts(relation_place(i), &scores->relation[i], 2, i == ML_RELATION_TYPES, out);
    ml_buffer_str(out, ML_STR(" }\n}\n"));
}
