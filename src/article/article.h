/* article.h - files, folders and standard input as one stream of articles.
 *
 *     inputs --next--> text, or a JSON line --parse--> article, record or failure --> batch
 *
 * Reading and parsing are two steps so that one thread can read while others parse. A failure is an item like any other: it
 * has the place of the article that could not be read. docs/SCHEMA.md says what a JSON line holds.
 */
#ifndef ML_ARTICLE_ARTICLE_H
#define ML_ARTICLE_ARTICLE_H

#include "base/arena.h"
#include "base/error.h"

enum { ML_ARTICLE_TEXT_BYTES = 8 * 1024 * 1024, ML_ARTICLE_LINE_BYTES = 64 * 1024 * 1024 };

typedef enum {
    ML_ITEM_LINE,    /* a JSON line that ml_article_parse() has not seen yet */
    ML_ITEM_ARTICLE, /* whose text may still be no UTF-8 */
    ML_ITEM_RECORD,  /* a line with the schema of our records; well-formed JSON, not checked further */
    ML_ITEM_FAILED,
} ml_item_kind;

/* Strings live in the arena that was given to ml_article_next(). */
typedef struct {
    ml_item_kind kind;
    ml_article article;   /* of a failed one only the id */
    ml_str line;          /* of a line or record, without its line end */
    ml_str file;          /* as the caller named it, or the folder and the name; `stdin` for standard input */
    uint32_t line_number; /* from 1; 0 in a text file */
    ml_str code;          /* of a failed one: not_utf8, bad_json, no_text, too_large, empty or unreadable */
    ml_error error; /* of a failed one: why. Of an article: what was passed over in it, if the status is not ML_OK */
} ml_item;

typedef struct ml_article_reader ml_article_reader;

/* `inputs` are paths or `-`; a folder stands for its *.txt and *.jsonl (also *.jsonl.gz, .zst and .xz), sorted by name.
 * `format` and `date` are those of ml_run_options; all of these must outlive the reader. The caller owns *out.
 * ML_E_USAGE: no such format or date; ML_E_MEMORY. */
ml_status ml_article_reader_new(const char *const *inputs, size_t input_count, const char *format, const char *date,
                                ml_article_reader **out, ml_error *error);
void ml_article_reader_free(ml_article_reader *reader);

/* Reads on to the next item; *more is false, and *out not written, at the end. Whatever is wrong with an input becomes a
 * failed item; ML_E_MEMORY alone ends the reading. */
ml_status ml_article_next(ml_article_reader *reader, ml_arena *arena, ml_item *out, bool *more, ml_error *error);

/* How much of the inputs was read, in thousandths, each input counting the same; standard input counts when it is done. */
unsigned ml_article_reader_permille(const ml_article_reader *reader);

/* Makes an article, a record or a failure of a line and leaves other items alone. Thread-safe for different items; check
 * arena->failed. */
void ml_article_parse(ml_item *item, ml_arena *arena);

/* Turns the item into a failure with this code. */
__attribute__((format(printf, 5, 6))) void ml_item_fail(ml_item *item, const char *code, ml_status status,
                                                        uint32_t column, const char *format, ...);

#endif
