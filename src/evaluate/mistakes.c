#include "evaluate/mistakes.h"

#include "evaluate/fold.h"
#include "evaluate/repr.h"

static void write_names(const ml_comparison *compare, ml_buffer *out)
{
    for (uint32_t i = 0; i < compare->alignment.pair_count; i++) {
        ml_pair pair = compare->alignment.pairs[i];
        const ml_record_entity *gold = &compare->gold->record.entities[pair.gold];
        if (!ml_evaluate__place(gold->type) || ml_evaluate__name_right(&compare->alignment, pair.gold, pair.said))
            continue;
        ml_buffer_str(out, compare->gold->record.id);
        ml_buffer_str(out, ML_STR(": name: "));
        ml_evaluate__write_repr(gold->name, out);
        ml_buffer_str(out, ML_STR(" was named "));
        ml_evaluate__write_repr(compare->said->entities[pair.said].name, out);
        ml_buffer_char(out, '\n');
    }
}

/* Those of `these` that are not among `those`. */
static void write_spans(const ml_comparison *compare, const ml_span_set *these, const ml_span_set *those,
                        const char *verdict, ml_buffer *out)
{
    for (uint32_t i = 0; i < these->count; i++) {
        const ml_evaluate_span *span = &these->list[i];
        if (ml_span_set_holds(those, span))
            continue;
        const ml_gold *gold = compare->gold;
        ml_str id = gold->record.id, type = ml_entity_type_name(span->type);
        ml_buffer_format(out, "%.*s: %s %.*s ", (int)id.len, id.ptr, verdict, (int)type.len, type.ptr);
        ml_evaluate__write_repr(ml_fold_encode(gold->points, span->start, span->end, gold->point_count, compare->arena),
                                out);
        ml_buffer_format(out, " at %u\n", span->start);
    }
}

static void write_statements(const ml_comparison *compare, const ml_statement_set *these, const ml_statement_set *those,
                             const char *verdict, ml_buffer *out)
{
    for (uint32_t i = 0; i < these->count; i++) {
        const ml_statement *one = &these->list[i];
        if (ml_statement_set_holds(those, one))
            continue;
        const ml_str pieces[] = {compare->gold->record.id,
                                 ML_STR(": "),
                                 ml_str_from(verdict),
                                 ML_STR(" "),
                                 ml_relation_types[one->type].name,
                                 ML_STR(": "),
                                 one->source,
                                 ML_STR(" -> "),
                                 one->target,
                                 ML_STR(" "),
                                 one->relation->title,
                                 ML_STR("\n")};
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++)
            ml_buffer_str(out, pieces[k]);
    }
}

ml_status ml_mistakes_write(const ml_comparison *compare, ml_buffer *out, ml_error *error)
{
    write_names(compare, out);
    write_spans(compare, &compare->gold_spans, &compare->said_spans, "missed", out);
    write_spans(compare, &compare->said_spans, &compare->gold_spans, "wrong", out);
    write_statements(compare, &compare->gold_statements, &compare->said_statements, "missed", out);
    write_statements(compare, &compare->said_statements, &compare->gold_statements, "wrong", out);
    return compare->arena->failed || out->failed ? ml_fail_memory(error) : ML_OK;
}
