/* Any bytes as a line of JSON: an article, a record or a failure with its reason. */
#include "fuzz.h"

#include "article/article.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ml_arena arena = {0};
    ml_item item = {.kind = ML_ITEM_LINE, .line = {(const char *)data, (uint32_t)size}, .line_number = 1};
    item.article.id = ML_STR("fuzz");
    ml_article_parse(&item, &arena);
    if (item.kind == ML_ITEM_LINE || (item.kind == ML_ITEM_FAILED && (!item.code.len || !item.error.message[0])))
        abort();
    ml_arena_dispose(&arena);
    return 0;
}
