/* Syllables in IOB2, tab separated, an empty line behind each sentence: `Nam<TAB>B-LOCALITY`. */
#include "explain/notes.h"

static void put_upper(ml_buffer *out, ml_str name)
{
    for (uint32_t i = 0; i < name.len; i++)
        ml_buffer_char(out, (char)(name.ptr[i] - 'a' + 'A'));
}

static void put_tag(ml_buffer *out, const ml_mention *mention, uint32_t token)
{
    if (!mention) {
        ml_buffer_str(out, ML_STR("\tO\n"));
        return;
    }
    ml_buffer_str(out, mention->begin == token ? ML_STR("\tB-") : ML_STR("\tI-"));
    put_upper(out, ml_entity_type_name(mention->type));
    ml_buffer_char(out, '\n');
}

/* The mention with an entity that token `at` is in, or NULL; *next moves on with the tokens. */
static const ml_mention *mention_at(const ml_products *products, uint32_t at, uint32_t *next)
{
    const ml_mentions *mentions = &products->mentions;
    while (*next < mentions->count && (mentions->mention[*next].end <= at || products->entities.of[*next] == ML_NONE))
        ++*next;
    const ml_mention *mention = *next < mentions->count ? &mentions->mention[*next] : NULL;
    return mention && mention->begin <= at ? mention : NULL;
}

/* An id with line ends would end the comment. */
static void put_comment(ml_buffer *out, ml_str id)
{
    ml_buffer_str(out, ML_STR("# newdoc id = "));
    for (uint32_t i = 0; i < id.len; i++)
        ml_buffer_str(out, (unsigned char)id.ptr[i] < 0x20 ? ML_STR(" ") : ml_str_slice(id, i, i + 1));
    ml_buffer_char(out, '\n');
}

void ml_explain__conll(const ml_article *article, const ml_products *products, ml_buffer *out)
{
    const ml_tokens *tokens = &products->tokens;
    uint32_t next = 0;
    for (uint32_t s = 0; s < tokens->sentence_count; s++) {
        if (s == 0)
            put_comment(out, article->id);
        for (uint32_t i = tokens->sentence[s].begin; i < tokens->sentence[s].end; i++) {
            ml_buffer_str(out, ml_tokens_text(tokens, i, i + 1));
            put_tag(out, mention_at(products, i, &next), i);
        }
        ml_buffer_char(out, '\n');
    }
}
