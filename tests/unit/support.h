/* support.h - what several unit tests share: text to look at, folders to write in, articles to extract. */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include "base/table.h"
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

void assert_str(ml_str actual, const char *expected);

/* Is `part` somewhere in the text? */
bool holds(ml_str text, const char *part);
void assert_holds(ml_str text, const char *part);

/* A file or folder of the project: below $SOURCE. `out` has room for a path. */
enum { PATH_BYTES = 512 };
const char *project_path(const char *name, char out[PATH_BYTES]);

/* A folder of its own for a test, with flat files; away again after folder_remove(). */
typedef struct {
    char path[64];
} test_folder;

void folder_make(test_folder *folder);
void folder_write(const test_folder *folder, const char *name, const char *text);
void folder_copy(const test_folder *folder, const char *name, const char *from); /* `from` is below $SOURCE */
void folder_remove(const test_folder *folder);

/* Appends what it is given to an ml_buffer. */
ml_sink buffer_sink(ml_buffer *buffer);

/* The same numbers on every machine: splitmix64. */
uint64_t random_next(uint64_t *state);
uint32_t random_below(uint64_t *state, uint32_t bound);

/* The project's own tables, loaded once a program: cmocka's group setup and teardown; the state is the context. */
int context_setup(void **state);
int context_teardown(void **state);

/* An article read with the project's tables; lives until article_close(). */
typedef struct {
    ml_worker *worker;
    ml_record record;
    ml_str text;
} test_article;

void article_open(test_article *article, const ml_context *context, const char *id, const char *date, const char *text);
void article_close(test_article *article);

/* The first entity with this name, or NULL. */
const ml_record_entity *entity_named(const ml_record *record, const char *name);

/* The entity of the first mention, at or behind the `skip`th, that is spelled like this; NULL when there is none. */
const ml_record_entity *entity_spelled(const test_article *article, const char *words, uint32_t skip);

/* The first relation of this type between these names, or NULL; `title` NULL is any. */
const ml_record_relation *relation_said(const ml_record *record, const char *type, const char *source,
                                        const char *target, const char *title);
uint32_t relations_of(const ml_record *record, const char *type);

/* The bytes of code points [start, end). */
ml_str points_slice(ml_str text, uint32_t start, uint32_t end);

/* May a relation of this type lead from an entity of one of the types `source`, bits 1 << ml_entity_type, to one of
 * `target`? */
bool relation_fits(ml_str type, uint32_t source, uint32_t target);

/* Everything that holds for every record, whatever the text says. */
void assert_sound(const test_article *article);

#endif
