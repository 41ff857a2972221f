#include "store/inside.h"

#include "text/text.h"

/* Who was somebody once: what stands before the title. */
static const char *const former[] = {"nguyên ", "cựu ", "cố ", "Nguyên ", "Cựu ", "Cố "};

static bool is_former(ml_str title)
{
    for (size_t i = 0; i < sizeof former / sizeof *former; i++) {
        if (ml_str_starts(title, ml_str_from(former[i])))
            return true;
    }
    return false;
}

static bool same_bare(ml_store *store, ml_str a, ml_str b)
{
    ml_buffer *first = &store->scratch;
    ml_text_fold(a, &store->folded, first);
    ml_text_fold(b, &store->folded, &store->bare);
    return ml_str_equal(ml_buffer_view(first), ml_buffer_view(&store->bare));
}

/* Is `name` a name of the vertex? */
static ml_status bears(ml_store *store, int64_t vertex, ml_str name, bool *out, ml_error *error)
{
    bool row;
    ml_text_fold(name, &store->folded, &store->bare);
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_NAME_LIST, error, "i", vertex);
    if (!list)
        return ML_E_STORE;
    *out = false;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        *out = *out || ml_str_equal(ml_store_text(list, 2), ml_buffer_view(&store->bare));
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    return ML_OK;
}

typedef struct {
    ml_str person, title;
    int64_t target;
    ml_arena arena;
} held_post;

static ml_status load_post(ml_store *store, int64_t edge, held_post *out, ml_error *error)
{
    bool row;
    sqlite3_stmt *get = ml_store__ask(store, ML_SQL_POSITION_EDGE, error, "i", edge);
    if (!get)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, get, &row, error));
    out->person = ml_arena_copy(&out->arena, ml_store_text(get, 0));
    out->title = ml_arena_copy(&out->arena, ml_store_text(get, 1));
    out->target = sqlite3_column_int64(get, 2);
    sqlite3_reset(get);
    return out->arena.failed ? ml_fail_memory(error) : ML_OK;
}

/* The offices of the tables that are this post: the same person and title, and a body of this name. */
static ml_status place_offices(ml_store *store, int64_t edge, held_post *post, uint32_t *count, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_OFFICE_LIST, error, "s", post->person);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        bool same = same_bare(store, ml_store_text(list, 0), post->title);
        if (same)
            ML_TRY(bears(store, post->target, ml_store_text(list, 1), &same, error));
        if (same) {
            ml_str since = ml_arena_copy(&post->arena, ml_store_text(list, 2));
            ml_str until = ml_arena_copy(&post->arena, ml_store_text(list, 3));
            ML_TRY(ml_store__do(store,
                                ml_store__ask(store, ML_SQL_POSITION_ADD, error, "issz", edge, since, until,
                                              until.len ? "ended" : "current"),
                                error));
            ++*count;
        }
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    return ML_OK;
}

/* Does every article say that it is over? */
static ml_status is_past(ml_store *store, int64_t edge, bool *past, ml_error *error)
{
    bool held;
    sqlite3_stmt *find = ml_store__ask(store, ML_SQL_POSITION_HELD, error, "i", edge);
    if (!find)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, find, &held, error));
    sqlite3_reset(find);
    *past = !held;
    return ML_OK;
}

ml_status ml_store__place_edge(ml_store *store, int64_t edge, ml_error *error)
{
    held_post post = {0};
    uint32_t count = 0;
    bool past = false;
    const ml_str none = ML_STR("");
    ml_status status = load_post(store, edge, &post, error);
    if (status == ML_OK)
        status = ml_store__do(store, ml_store__ask(store, ML_SQL_POSITION_DROP, error, "i", edge), error);
    if (status == ML_OK)
        status = place_offices(store, edge, &post, &count, error);
    if (status == ML_OK && !count)
        status = is_past(store, edge, &past, error);
    if (status == ML_OK && !count)
        status = ml_store__do(store,
                              ml_store__ask(store, ML_SQL_POSITION_ADD, error, "issz", edge, none, none,
                                            past || is_former(post.title) ? "ended" : "unknown"),
                              error);
    ml_arena_dispose(&post.arena);
    return status;
}
