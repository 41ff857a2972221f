#include "explain/notes.h"

static void put(ml_buffer *out, const char *text)
{
    ml_buffer_str(out, ml_str_from(text));
}

/* The words of models/, whose lines nobody keeps: by their ids. */
static void cite_model(const ml_rules *rules, ml_list list, uint32_t row, ml_buffer *out)
{
    if (list == ML_IN_DESIGNATORS && row < rules->designator_count) {
        put(out, " designators.tsv ");
        ml_buffer_str(out, rules->designator[row].id);
    } else if (list == ML_IN_EVENTS && row < rules->event_count) {
        put(out, " events.tsv ");
        ml_buffer_str(out, rules->event[row].id);
    }
}

void ml_explain__cite_row(const struct ml_context *context, ml_list list, uint32_t row, ml_buffer *out)
{
    ml_row_place place;
    if (row == ML_NONE)
        return;
    if (!ml_gazetteer_row(context->gazetteer, list, row, &place)) {
        cite_model(context->rules, list, row, out);
        return;
    }
    ml_buffer_char(out, ' ');
    ml_buffer_str(out, place.file);
    ml_buffer_char(out, ':');
    ml_buffer_number(out, place.line);
    ml_buffer_char(out, ' ');
    ml_buffer_str(out, place.id);
}

/* The table that a mention's row is of. */
static ml_list list_of(const ml_mention *mention)
{
    switch (mention->form) {
    case ML_FORM_FIXED:
        return ML_IN_BODIES;
    case ML_FORM_ORGAN:
        return ML_IN_ORGANS;
    case ML_FORM_HEAD:
        return ML_IN_HEADS;
    case ML_FORM_WORDS:
    case ML_FORM_NONE:
        break;
    }
    if (mention->type == ML_LOCALITY)
        return ML_IN_LOCALITIES;
    return mention->type == ML_EVENT ? ML_IN_EVENTS : ML_IN_OFFICIALS;
}

void ml_explain__cite_mention(const struct ml_context *context, const ml_products *products, const ml_mention *mention,
                              ml_buffer *out)
{
    const ml_mention *part = mention;
    /* A name within a name within a name: as deep as names of bodies go. */
    for (int depth = 0; part && depth < 4; depth++) {
        ml_explain__cite_row(context, list_of(part), part->row, out);
        ml_explain__cite_row(context, ML_IN_DESIGNATORS, part->designator, out);
        part = part->inner < products->mentions.inner_count ? &products->mentions.inner[part->inner] : NULL;
    }
}
