#include "evaluate/mistakes.h"

#include <stdlib.h>

enum { KINDS = 2 * ML_SCORED_TYPES + ML_SCORED_TYPES + 2 * ML_RELATION_TYPES };

/* A kind of mistake, such as missed mentions of persons. */
typedef struct {
    const char *level, *verdict;
    ml_str type;
    uint64_t count;
    int order; /* of those of equal count */
} kind;

typedef struct {
    kind list[KINDS];
    int count;
    uint64_t mistakes;
} kind_list;

static void add_kind(kind_list *kinds, const char *level, const char *verdict, ml_str type, uint64_t count)
{
    if (!count)
        return;
    kinds->list[kinds->count] = (kind){level, verdict, type, count, kinds->count};
    kinds->count++;
    kinds->mistakes += count;
}

static int by_count(const void *a, const void *b)
{
    const kind *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x->order - y->order;
}

void ml_mistakes_write_kinds(const ml_scores *scores, ml_buffer *out)
{
    kind_list kinds = {.count = 0};
    for (int i = 0; i < ML_SCORED_TYPES; i++) {
        ml_str type = ml_entity_type_name(ml_scored_types[i]);
        const ml_counts *mentions = &scores->at[ML_MENTION_SCORES + 1 + i];
        const ml_counts *names = &scores->at[ML_NAME_SCORES + 1 + i];
        add_kind(&kinds, "mention", "missed", type, mentions->gold - mentions->right);
        add_kind(&kinds, "mention", "wrong", type, mentions->said - mentions->right);
        add_kind(&kinds, "name", "wrong", type, names->said - names->right);
    }
    for (int i = 0; i < ML_RELATION_TYPES; i++) {
        const ml_counts *relations = &scores->at[ML_RELATION_SCORES + 1 + i];
        add_kind(&kinds, "relation", "missed", ml_relation_types[i].name, relations->gold - relations->right);
        add_kind(&kinds, "relation", "wrong", ml_relation_types[i].name, relations->said - relations->right);
    }
    if (!kinds.count) {
        ml_buffer_str(out, ML_STR("errors    none\n"));
        return;
    }
    qsort(kinds.list, (size_t)kinds.count, sizeof *kinds.list, by_count);
    ml_buffer_format(out, "errors    %llu, by kind:\n", (unsigned long long)kinds.mistakes);
    for (int i = 0; i < kinds.count; i++) {
        const kind *one = &kinds.list[i];
        ml_buffer_format(out, "    %6llu  %-9s %-7s %.*s\n", (unsigned long long)one->count, one->level, one->verdict,
                         (int)one->type.len, one->type.ptr);
    }
}
