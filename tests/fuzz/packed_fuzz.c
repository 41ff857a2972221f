/* Any bytes as packed JSON lines: an item for each line, and one that says where it breaks off. The first byte chooses the
 * packing. */
#include "fuzz.h"

#include "article/article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"in.jsonl", "in.jsonl.gz", "in.jsonl.zst", "in.jsonl.xz", "in.txt"};
    if (!size)
        return 0;
    const char *path = fuzz_file(names[data[0] % (sizeof names / sizeof *names)], data + 1, size - 1);
    ml_article_reader *reader = NULL;
    ml_arena arena = {0};
    fuzz_expect(ml_article_reader_new(&path, 1, NULL, NULL, &reader, NULL) == ML_OK);
    for (uint32_t items = 0; items < 1000; items++) {
        ml_item item;
        bool more;
        fuzz_expect(ml_article_next(reader, &arena, &item, &more, NULL) == ML_OK);
        if (!more)
            break;
        ml_article_parse(&item, &arena);
        fuzz_expect(item.kind != ML_ITEM_LINE && !arena.failed);
        fuzz_expect(item.kind != ML_ITEM_FAILED || item.error.message[0]);
        ml_arena_reset(&arena);
    }
    ml_article_reader_free(reader);
    ml_arena_dispose(&arena);
    return 0;
}
