#include "record/record.h"

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_entities(const ml_record_entity *a, const ml_record_entity *b)
{
    const ml_str texts[][2] = {{a->id, b->id}, {a->name, b->name}, {a->date, b->date}, {a->parent, b->parent}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int order = ml_str_compare(texts[i][0], texts[i][1]);
        if (order)
            return order;
    }
    return compare_numbers(a->type, b->type);
}

bool ml_record_states(const ml_record_relation *relation)
{
    return relation->modality.len == 0 || ml_str_equal(relation->modality, ML_STR("stated")) ||
           ml_str_equal(relation->modality, ML_STR("past"));
}

void ml_record_ends(const ml_record *record, const ml_record_relation *relation, uint32_t *source, uint32_t *target)
{
    ml_str from = record->entities[relation->source].id;
    ml_str to = record->entities[relation->target].id;
    bool swapped = ml_relation_symmetric(relation->type) && ml_str_compare(from, to) > 0;
    *source = swapped ? relation->target : relation->source;
    *target = swapped ? relation->source : relation->target;
}

static int compare_relations(const ml_record *a, const ml_record_relation *left, const ml_record *b,
                             const ml_record_relation *right)
{
    uint32_t source[2], target[2];
    ml_record_ends(a, left, &source[0], &target[0]);
    ml_record_ends(b, right, &source[1], &target[1]);
    const ml_str texts[][2] = {{left->type, right->type},
                               {a->entities[source[0]].id, b->entities[source[1]].id},
                               {a->entities[target[0]].id, b->entities[target[1]].id},
                               {left->title, right->title},
                               {left->date, right->date}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int order = ml_str_compare(texts[i][0], texts[i][1]);
        if (order)
            return order;
    }
    int order = compare_numbers(left->start, right->start);
    if (!order)
        order = compare_numbers(left->end, right->end);
    return order ? order : compare_numbers(left->confidence_milli, right->confidence_milli);
}

/* The next relation from *at on that is stated as a fact, or NULL. */
static const ml_record_relation *next_stated(const ml_record *record, uint32_t *at)
{
    while (*at < record->relation_count) {
        const ml_record_relation *relation = &record->relations[(*at)++];
        if (ml_record_states(relation))
            return relation;
    }
    return NULL;
}

int ml_record_compare(const ml_record *a, const ml_record *b)
{
    int order = ml_str_compare(a->date, b->date);
    for (uint32_t i = 0; !order && i < a->entity_count && i < b->entity_count; i++)
        order = compare_entities(&a->entities[i], &b->entities[i]);
    uint32_t at_a = 0, at_b = 0;
    const ml_record_relation *left = next_stated(a, &at_a);
    const ml_record_relation *right = next_stated(b, &at_b);
    while (!order && left && right) {
        order = compare_relations(a, left, b, right);
        left = next_stated(a, &at_a);
        right = next_stated(b, &at_b);
    }
    if (!order)
        order = compare_numbers(a->entity_count, b->entity_count);
    return order ? order : (left != NULL) - (right != NULL);
}
