#include "query/pattern.h"

#include <stdio.h>

enum { BOTH_WAYS = 4 }; /* triples that are asked in both directions, at most */

typedef struct {
    const ml_pattern *pattern;
    const ml_question *question;
    ml_buffer *sql;
    uint32_t reversed;                    /* bits: triples that this branch reads from target to source */
    char place[ML_PATTERN_VARIABLES][32]; /* the column that first binds a variable, empty before */
} branch;

static uint32_t uses(const ml_pattern *pattern, uint32_t variable)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < pattern->triple_count; i++) {
        const ml_triple *triple = &pattern->triple[i];
        count += triple->source.variable && triple->source.number == variable && !triple->is_kind;
        count += !triple->is_kind && triple->target.variable && triple->target.number == variable;
    }
    return count;
}

/* An edge of a symmetric relation stands in the store in one direction and is asked in both, but where nothing else is known
 * of its ends: then each pair is told once. */
static bool both_ways(const ml_pattern *pattern, const ml_triple *triple)
{
    if (triple->is_kind || (!triple->symmetric && !triple->relation.variable))
        return false;
    bool free = triple->source.variable && triple->target.variable && uses(pattern, triple->source.number) == 1 &&
                uses(pattern, triple->target.number) == 1;
    return !free;
}

/* ` AND column` is what the term means; a variable that is new here is bound. */
static void put_term(branch *out, const ml_pattern_term *term, const char *column)
{
    if (!term->variable) {
        ml_buffer_format(out->sql, " AND %s IN ", column);
        ml_query_list(&term->rows, out->sql);
        return;
    }
    char *place = out->place[term->number];
    if (*place)
        ml_buffer_format(out->sql, " AND %s = %s", column, place);
    else
        snprintf(place, sizeof out->place[0], "%s", column);
}

/* What became part of one place is no neighbor of it. */
static void put_inside(branch *out, const ml_pattern_term *term, const ml_pattern_term *other, const char *column)
{
    if (term->variable || !other->variable || term->rows.count < 2)
        return;
    ml_buffer_format(out->sql, " AND %s NOT IN ", column);
    ml_query_list(&term->rows, out->sql);
}

static void put_triple(branch *out, uint32_t index)
{
    const ml_triple *triple = &out->pattern->triple[index];
    bool reversed = out->reversed & 1u << index;
    char source[32], target[32], type[32], edge[16];
    snprintf(edge, sizeof edge, "e%u", index);
    snprintf(source, sizeof source, "e%u.%s", index, reversed ? "target" : "source");
    snprintf(target, sizeof target, "e%u.%s", index, reversed ? "source" : "target");
    snprintf(type, sizeof type, "e%u.type", index);
    if (triple->relation.variable)
        put_term(out, &triple->relation, type);
    else
        ml_buffer_format(out->sql, " AND %s = %lld", type, (long long)triple->type);
    if (reversed && triple->relation.variable)
        ml_buffer_format(out->sql, " AND %s IN (SELECT id FROM term WHERE text IN ('cooperates_with', 'met_with'))",
                         type);
    if (reversed)
        ml_buffer_format(out->sql, " AND %s <> %s", source, target);
    put_term(out, &triple->source, source);
    put_term(out, &triple->target, target);
    put_inside(out, &triple->source, &triple->target, target);
    put_inside(out, &triple->target, &triple->source, source);
    ml_query_filter(out->question, edge, out->sql);
}

static void put_kinds(branch *out)
{
    for (uint32_t i = 0; i < out->pattern->triple_count; i++) {
        const ml_triple *triple = &out->pattern->triple[i];
        if (triple->is_kind && out->place[triple->source.number][0])
            ml_buffer_format(out->sql, " AND (SELECT type FROM vertex WHERE id = %s) = %d",
                             out->place[triple->source.number], (int)triple->kind);
    }
}

/* `articles`: of the least attested edge. */
static void put_articles(const ml_pattern *pattern, ml_buffer *sql)
{
    uint32_t edges = 0;
    for (uint32_t i = 0; i < pattern->triple_count; i++)
        edges += !pattern->triple[i].is_kind;
    if (edges > 1)
        ml_buffer_str(sql, ML_STR("min("));
    for (uint32_t i = 0, seen = 0; i < pattern->triple_count; i++) {
        if (!pattern->triple[i].is_kind)
            ml_buffer_format(sql, "%se%u.weight", seen++ ? ", " : "", i);
    }
    ml_buffer_str(sql, edges > 1 ? ML_STR(") AS articles") : ML_STR(" AS articles"));
}

static void put_branch(const ml_pattern *pattern, const ml_question *question, uint32_t reversed, ml_buffer *sql)
{
    ml_buffer where = {0};
    branch out = {.pattern = pattern, .question = question, .sql = &where, .reversed = reversed};
    for (uint32_t i = 0; i < pattern->triple_count; i++) {
        if (!pattern->triple[i].is_kind)
            put_triple(&out, i);
    }
    put_kinds(&out);
    ml_buffer_str(sql, ML_STR("SELECT "));
    for (uint32_t i = 0; i < pattern->variable_count; i++)
        ml_buffer_format(sql, "%s AS c%u, ", out.place[i][0] ? out.place[i] : "NULL", i);
    put_articles(pattern, sql);
    for (uint32_t i = 0; i < pattern->triple_count; i++) {
        if (!pattern->triple[i].is_kind)
            ml_buffer_format(sql, ", e%u.id AS e%u", i, i);
    }
    ml_buffer_str(sql, ML_STR(" FROM "));
    for (uint32_t i = 0, seen = 0; i < pattern->triple_count; i++) {
        if (!pattern->triple[i].is_kind)
            ml_buffer_format(sql, "%sedge e%u", seen++ ? ", " : "", i);
    }
    ml_buffer_str(sql, ML_STR(" WHERE 1"));
    ml_buffer_bytes(sql, where.ptr, where.len); /* begins with ` AND `; empty where nothing narrows the triples */
    sql->failed = sql->failed || where.failed;
    ml_buffer_dispose(&where);
}

/* Labels, then ids: the same rows in the same order whatever order the articles came in. */
static void put_order(const ml_pattern *pattern, const ml_question *question, ml_buffer *sql)
{
    ml_buffer_str(sql, ML_STR(" ORDER BY articles DESC"));
    for (uint32_t i = 0; i < pattern->variable_count; i++) {
        if (pattern->is_relation[i])
            ml_buffer_format(sql, ", (SELECT text FROM term WHERE id = c%u)", i);
        else
            ml_buffer_format(sql, ", (SELECT label || ' ' || name FROM vertex WHERE id = c%u)", i);
    }
    for (uint32_t i = 0; i < pattern->triple_count; i++) {
        if (!pattern->triple[i].is_kind)
            ml_buffer_format(sql, ", (SELECT text FROM term JOIN edge ON title = term.id WHERE edge.id = e%u)", i);
    }
    if (question->limit)
        ml_buffer_format(sql, " LIMIT %u", question->limit);
}

ml_status ml_pattern__compile(const ml_pattern *pattern, const ml_question *question, ml_buffer *sql, ml_error *error)
{
    uint32_t two_way[BOTH_WAYS], count = 0, edges = 0;
    for (uint32_t i = 0; i < pattern->triple_count; i++) {
        edges += !pattern->triple[i].is_kind;
        if (!both_ways(pattern, &pattern->triple[i]))
            continue;
        if (count == BOTH_WAYS)
            return ml_fail(error, ML_E_USAGE, ML_STR(""), "more than %d relations without a direction in one pattern",
                           BOTH_WAYS);
        two_way[count++] = i;
    }
    if (!edges)
        return ml_fail(error, ML_E_USAGE, ML_STR(""),
                       "`is` alone asks for no relation: add one, such as ?who chaired ?event");
    ml_buffer_str(sql, ML_STR("SELECT * FROM ("));
    for (uint32_t ways = 0; ways < 1u << count; ways++) {
        uint32_t reversed = 0;
        for (uint32_t i = 0; i < count; i++)
            reversed |= (ways >> i & 1u) << two_way[i];
        if (ways)
            ml_buffer_str(sql, ML_STR(" UNION ALL "));
        put_branch(pattern, question, reversed, sql);
    }
    ml_buffer_char(sql, ')');
    put_order(pattern, question, sql);
    ml_buffer_char(sql, '\0');
    return sql->failed ? ml_fail_memory(error) : ML_OK;
}
