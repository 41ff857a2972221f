#include "store/inside.h"

#include "text/text.h"

/* What the articles say of a vertex, all candidates for each word. */
typedef struct {
    ml_str name, date, parent;
    ml_entity_type type;
    int64_t documents;
} vertex_form;

typedef struct {
    ml_arena arena;
    vertex_form *forms;
    uint32_t count, cap;
} form_list;

static ml_status load_forms(ml_store *store, int64_t vertex, form_list *out, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_VERTEX_FORMS, error, "i", vertex);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        if (out->count == out->cap) {
            uint32_t cap = out->cap ? out->cap * 2 : 8;
            vertex_form *grown = ml_arena_array(&out->arena, cap, sizeof *grown);
            if (!grown)
                return ml_fail_memory(error);
            if (out->count)
                memcpy(grown, out->forms, out->count * sizeof *grown);
            out->forms = grown;
            out->cap = cap;
        }
        out->forms[out->count++] = (vertex_form){.name = ml_arena_copy(&out->arena, ml_store_text(list, 0)),
                                                 .type = (ml_entity_type)sqlite3_column_int(list, 1),
                                                 .date = ml_arena_copy(&out->arena, ml_store_text(list, 2)),
                                                 .parent = ml_arena_copy(&out->arena, ml_store_text(list, 3)),
                                                 .documents = sqlite3_column_int64(list, 4)};
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    return out->arena.failed ? ml_fail_memory(error) : ML_OK;
}

/* Which of a form's texts: for one election after the other. */
static ml_str text_of(const vertex_form *form, int which)
{
    return which == 0 ? form->name : which == 1 ? form->date : form->parent;
}

/* What most articles say, then the longest, then the first in byte order; docs/SCHEMA.md. Empty texts do not count. */
static ml_str elect(const form_list *list, int which)
{
    ml_str best = ML_STR("");
    int64_t best_votes = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        ml_str text = text_of(&list->forms[i], which);
        int64_t votes = 0;
        for (uint32_t j = 0; text.len && j < list->count; j++) {
            if (ml_str_equal(text, text_of(&list->forms[j], which)))
                votes += list->forms[j].documents;
        }
        bool ahead = votes > best_votes || (votes == best_votes && text.len > best.len) ||
                     (votes == best_votes && text.len == best.len && ml_str_compare(text, best) < 0);
        if (text.len && ahead) {
            best = text;
            best_votes = votes;
        }
    }
    return best;
}

static ml_entity_type elect_type(const form_list *list)
{
    int64_t votes[ML_ENTITY_TYPES] = {0};
    ml_entity_type best = ML_PERSON;
    for (uint32_t i = 0; i < list->count; i++)
        votes[list->forms[i].type] += list->forms[i].documents;
    for (ml_entity_type type = ML_PERSON; type < ML_ENTITY_TYPES; type++) {
        if (votes[type] > votes[best])
            best = type;
    }
    return best;
}

/* ---- names to be found by ---- */

static ml_status drop_names(ml_store *store, int64_t vertex, ml_error *error)
{
    bool row;
    sqlite3_stmt *list = ml_store__ask(store, ML_SQL_NAME_LIST, error, "i", vertex);
    if (!list)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, list, &row, error));
    while (row) {
        int64_t id = sqlite3_column_int64(list, 0);
        ml_str bare = ml_store_text(list, 2);
        ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_SEARCH_DROP, error, "is", id, bare), error));
        ML_TRY(ml_store__do(store, ml_store__ask(store, ML_SQL_NAME_DROP, error, "i", id), error));
        ML_TRY(ml_store_step(store, list, &row, error));
    }
    sqlite3_reset(list);
    return ML_OK;
}

static ml_status add_name(ml_store *store, int64_t vertex, ml_str name, ml_error *error)
{
    if (name.len && name.ptr[0] == '~') /* the tables mark risky names so */
        name = ml_str_slice(name, 1, name.len);
    ml_text_fold(name, &store->folded, &store->bare);
    if (store->folded.failed || store->bare.failed)
        return ml_fail_memory(error);
    ml_str folded = ml_buffer_view(&store->folded), bare = ml_buffer_view(&store->bare);
    if (!bare.len)
        return ML_OK;
    ML_TRY(ml_store__do(
        store, ml_store__ask(store, ML_SQL_NAME_ADD, error, "iiss", vertex, (int64_t)ml_str_hash(bare), folded, bare),
        error));
    int64_t id = sqlite3_last_insert_rowid(store->handle);
    return ml_store__do(store, ml_store__ask(store, ML_SQL_SEARCH_ADD, error, "is", id, bare), error);
}

/* The initials of a name of three words or more: NHNN for Ngân hàng Nhà nước. */
static ml_status add_initials(ml_store *store, int64_t vertex, ml_str name, ml_error *error)
{
    char initials[32];
    uint32_t count = 0;
    ml_text_fold(name, &store->folded, &store->bare);
    ml_str bare = ml_buffer_view(&store->bare);
    for (uint32_t i = 0; i < bare.len && count < sizeof initials; i++) {
        if (!i || bare.ptr[i - 1] == ' ')
            initials[count++] = bare.ptr[i];
    }
    bool plain = count >= 3 && count < sizeof initials;
    for (uint32_t i = 0; i < count; i++)
        plain = plain && (unsigned char)initials[i] < 0x80;
    return plain ? add_name(store, vertex, (ml_str){initials, count}, error) : ML_OK;
}

static ml_status add_known(ml_store *store, int64_t vertex, ml_str id, ml_arena *arena, ml_error *error)
{
    bool row;
    sqlite3_stmt *get = ml_store__ask(store, ML_SQL_KNOWN_NAMES, error, "s", id);
    if (!get)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, get, &row, error));
    ml_str names = row ? ml_arena_copy(arena, ml_store_text(get, 0)) : (ml_str){NULL, 0};
    sqlite3_reset(get);
    while (names.ptr)
        ML_TRY(add_name(store, vertex, ml_str_split(&names, '|'), error));
    return ML_OK;
}

static ml_status name_anew(ml_store *store, int64_t vertex, form_list *list, ml_error *error)
{
    bool row;
    ML_TRY(drop_names(store, vertex, error));
    for (uint32_t i = 0; i < list->count; i++) {
        bool said = false;
        for (uint32_t j = 0; j < i; j++)
            said = said || ml_str_equal(list->forms[i].name, list->forms[j].name);
        if (!said)
            ML_TRY(add_name(store, vertex, list->forms[i].name, error));
    }
    if (!list->count)
        return ML_OK;
    if (elect_type(list) == ML_BODY)
        ML_TRY(add_initials(store, vertex, elect(list, 0), error));
    sqlite3_stmt *get = ml_store__ask(store, ML_SQL_VERTEX_LEADER, error, "i", vertex);
    if (!get)
        return ML_E_STORE;
    ML_TRY(ml_store_step(store, get, &row, error));
    ml_str id = ml_arena_copy(&list->arena, ml_store_text(get, 2));
    sqlite3_reset(get);
    return add_known(store, vertex, id, &list->arena, error);
}

ml_status ml_store__name_vertex(ml_store *store, int64_t vertex, bool forms_changed, ml_error *error)
{
    form_list list = {0};
    ml_status status = load_forms(store, vertex, &list, error);
    if (status == ML_OK && (forms_changed || list.count > 1))
        status =
            ml_store__do(store,
                         ml_store__ask(store, ML_SQL_VERTEX_ELECT, error, "iusss", vertex, (uint32_t)elect_type(&list),
                                       elect(&list, 0), elect(&list, 1), elect(&list, 2)),
                         error);
    if (status == ML_OK && forms_changed)
        status = name_anew(store, vertex, &list, error);
    ml_arena_dispose(&list.arena);
    return status;
}
