/* Each scenario of the library runs again and again, and the 1st, 2nd, 3rd ... allocation of it fails - that one alone, then that
 * one and all behind it - until none is left to fail: ours, and those of igraph, SQLite, cJSON, zlib and libc as well. Each run
 * says what the undisturbed run says, or reports a failure that is not blamed on the input; nothing leaks.
 *
 *     memory FOLDER [SCENARIO [NUMBER [and-on]]]
 *     memory FOLDER all MOST
 *
 * Run from the folder of the sources, with a FOLDER that is empty. Prints how many allocations each scenario has; with a NUMBER
 * where that one is; with MOST only about so many of a scenario fail, spread over it.
 */
#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* ---- malloc that fails --------------------------------------------------------------------------------------------- */

#if defined(__SANITIZE_ADDRESS__)
#define REAL(function) __interceptor_##function
void __sanitizer_print_stack_trace(void);

static void show_stack(void)
{
    __sanitizer_print_stack_trace();
}
#else
#define REAL(function) __libc_##function

static void show_stack(void)
{
}
#endif
void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *old, size_t size);

static struct {
    atomic_bool armed, from_there_on;
    atomic_long count, fail_at; /* from 1; 0: none */
    bool shown;                 /* where the failing allocation is */
} faults;

__attribute__((no_sanitize("address", "undefined"))) static bool fails(void)
{
    if (!faults.armed)
        return false;
    long number = atomic_fetch_add(&faults.count, 1) + 1, at = faults.fail_at;
    bool failing = at && (number == at || (faults.from_there_on && number > at));
    if (failing && faults.shown) {
        faults.armed = false;
        show_stack();
        faults.armed = true;
    }
    if (failing)
        errno = ENOMEM;
    return failing;
}

/* Seen by the libraries as well, and called before the sanitizers are ready. */
#define EXPORTED __attribute__((visibility("default"), no_sanitize("address", "undefined")))

EXPORTED void *malloc(size_t size)
{
    return fails() ? NULL : REAL(malloc)(size);
}

EXPORTED void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : REAL(calloc)(count, size);
}

EXPORTED void *realloc(void *old, size_t size)
{
    return fails() ? NULL : REAL(realloc)(old, size);
}

/* ---- scenarios ------------------------------------------------------------------------------------------------------- */

/* What a scenario wrote, without an allocation of our own. */
typedef struct {
    uint64_t hash, len;
} outcome;

static ml_status take(void *payload, const char *bytes, size_t len)
{
    outcome *out = payload;
    if (faults.shown)
        fwrite(bytes, 1, len, stderr);
    for (size_t i = 0; i < len; i++)
        out->hash = (out->hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    out->len += len;
    return ML_OK;
}

static char folder[64]; /* for the files of this process */
static ml_context *context;
static ml_buffer records; /* of the article below, and one more */

static const char *file(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static const char text[] =
    "Sáng 17-8, ông Đỗ Văn Lượng, Chủ tịch UBND tỉnh Nam Định, Bí thư Tỉnh ủy, chủ trì hội nghị tại thành phố Thủ Đức. "
    "Sở Y tế tỉnh Nam Định và Hội Chữ thập đỏ Việt Nam dự. Bộ Y tế hợp tác với EU.\n";

static ml_status load_tables(ml_sink sink, ml_error *error)
{
    ml_context *loaded = NULL;
    char models[128];
    ML_TRY(ml_context_new("tests/fuzz/tables/gazetteers", file("models", models), &loaded, error));
    uint64_t rows = 0;
    ml_status status = ml_gazetteer_lookup(loaded, ML_STR("nam dinh"), NULL, sink, &rows, error);
    if (status == ML_OK)
        status = ml_gazetteer_list(loaded, NULL, sink, error);
    ml_context_free(loaded);
    return status;
}

static ml_status check_tables(ml_sink sink, ml_error *error)
{
    char models[128];
    uint64_t count = 0;
    ML_TRY(ml_gazetteer_check("tests/fuzz/tables/gazetteers", file("models", models), sink, &count, error));
    return sink.write(sink.payload, "none", 4);
}

static ml_status extract(ml_sink sink, ml_error *error)
{
    ml_worker *worker = NULL;
    ML_TRY(ml_worker_new(context, &worker, error));
    ml_worker_keep_sentences(worker, true);
    const ml_article article = {.id = ML_STR("a"), .title = ML_STR("T"), .text = {text, sizeof text - 1}};
    ml_status status = ml_extract(worker, &article, sink, error);
    ml_worker_free(worker);
    return status;
}

/* Decomposed, which is composed anew. */
static ml_status extract_decomposed(ml_sink sink, ml_error *error)
{
    ml_worker *worker = NULL;
    ML_TRY(ml_worker_new(context, &worker, error));
    const ml_article article = {.id = ML_STR("a"),
                                .text = ML_STR("Ông Đỗ Văn Lượng chủ tri\u0300 ho\u0323\u0302i nghi\u0323.")};
    ml_status status = ml_extract(worker, &article, sink, error);
    ml_worker_free(worker);
    return status;
}

static ml_status explain(ml_sink sink, ml_error *error)
{
    static const char *const forms[] = {"text", "color", "html", "conll", "brat"};
    char path[128];
    const char *inputs[] = {file("article.txt", path)};
    ml_status status = ML_OK;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && status == ML_OK; i++)
        status = ml_explain_inputs(context, inputs, 1, NULL, forms[i], sink, NULL, error);
    return status;
}

static ml_status run_inputs(unsigned threads, ml_sink sink, ml_error *error)
{
    char paths[4][128];
    const char *inputs[] = {file("article.txt", paths[0]), file("lines.jsonl", paths[1]),
                            file("lines.jsonl.gz", paths[2]), file("articles", paths[3])};
    const ml_run_options options = {.threads = threads, .date = "2019-08-17", .sentences = true};
    return ml_extract_inputs(context, inputs, 4, &options, sink, NULL, error);
}

static ml_status inputs_on_one_thread(ml_sink sink, ml_error *error)
{
    return run_inputs(1, sink, error);
}

#if !defined(__SANITIZE_ADDRESS__) /* which itself needs memory to start a thread */
static ml_status inputs_on_two_threads(ml_sink sink, ml_error *error)
{
    return run_inputs(2, sink, error);
}
#endif

/* Calls `add` with each record. */
static ml_status add_records(void *to, ml_status (*add)(void *to, ml_str line, ml_error *error), ml_error *error)
{
    ml_status status = ML_OK;
    for (ml_str rest = ml_buffer_view(&records); status == ML_OK && rest.ptr && rest.len;)
        status = add(to, ml_str_split(&rest, '\n'), error);
    return status;
}

static ml_status add_to_network(void *to, ml_str line, ml_error *error)
{
    return ml_network_add(to, line, error);
}

static ml_status add_to_page(void *to, ml_str line, ml_error *error)
{
    return ml_page_add(to, line, error);
}

static ml_status add_to_store(void *to, ml_str line, ml_error *error)
{
    return ml_store_add(to, line, false, error);
}

static ml_status network(ml_sink sink, ml_error *error)
{
    ml_network *made = NULL;
    const ml_format *format;
    ML_TRY(ml_network_new(&made, error));
    ml_status status = add_records(made, add_to_network, error);
    for (size_t i = 0; status == ML_OK && (format = ml_network_format_at(i)); i++) {
        if (strcmp(format->name, "png") != 0) /* the SVG, painted by librsvg: not ours */
            status = ml_network_write(made, format->name, NULL, sink, error);
    }
    if (status == ML_OK)
        status = ml_network_summary(made, 10, sink, error);
    ml_network_free(made);
    return status;
}

static ml_status page(ml_sink sink, ml_error *error)
{
    ml_page *made = NULL;
    ML_TRY(ml_page_new(&made, error));
    ml_status status = add_records(made, add_to_page, error);
    if (status == ML_OK)
        status = ml_page_write(made, NULL, sink, error);
    ml_page_free(made);
    return status;
}

static ml_status ask(ml_store *store, ml_sink sink, ml_error *error)
{
    const ml_question why = {.why = true, .format = "jsonl"}, table = {.limit = 5};
    ML_TRY(ml_store_query(store, "?who chaired ?event . ?who holds_position ?what", &why, sink, error));
    ML_TRY(ml_store_query(store, "?a ?b ?c", &table, sink, error));
    ML_TRY(ml_store_show(store, "do van luong", &why, sink, error));
    ML_TRY(ml_store_neighbors(store, "Đỗ Văn Lượng", &table, sink, error));
    ML_TRY(ml_store_timeline(store, "Đỗ Văn Lượng", &why, sink, error));
    ML_TRY(ml_store_ask(store, "chairs", NULL, 0, &table, sink, error));
    return ml_store_stats(store, &table, sink, error);
}

/* Not ml_store_communities(): igraph 0.10.2 frees something twice when memory is short for the graphs that its Leiden makes. */
static ml_status measure(ml_store *store, ml_sink sink, ml_error *error)
{
    static const char *const views[] = {"full", "people", "provinces"};
    const ml_question table = {.limit = 5};
    ML_TRY(ml_store_rank(store, &table, sink, error));
    ML_TRY(ml_store_path(store, "Đỗ Văn Lượng", "hội nghị", &table, sink, error));
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        const ml_question view = {.view = views[i]};
        ML_TRY(ml_store_export(store, "json", &view, NULL, sink, error));
    }
    return ML_OK;
}

static void remove_store(const char *path)
{
    char beside[160];
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(beside, sizeof beside, "%s%s", path, endings[i]);
        unlink(beside);
    }
}

static ml_status fill_store(const char *path, ml_error *error)
{
    ml_store *store = NULL;
    ML_TRY(ml_store_open(path, true, &store, error));
    ml_status status = ml_store_learn(store, context, error);
    if (status == ML_OK)
        status = add_records(store, add_to_store, error);
    if (status == ML_OK)
        status = ml_store_commit(store, error);
    ml_store_close(store);
    return status;
}

/* Opens the store of that name and hands it to `use`. */
static ml_status with_store(const char *name, bool write, ml_status (*use)(ml_store *, ml_sink, ml_error *),
                            ml_sink sink, ml_error *error)
{
    ml_store *store = NULL;
    char path[128];
    ML_TRY(ml_store_open(file(name, path), write, &store, error));
    ml_status status = use(store, sink, error);
    ml_store_close(store);
    return status;
}

static ml_status ask_store(ml_sink sink, ml_error *error)
{
    return with_store("archive.db", false, ask, sink, error);
}

static ml_status measure_store(ml_sink sink, ml_error *error)
{
    return with_store("archive.db", false, measure, sink, error);
}

static ml_status describe(ml_store *store, ml_sink sink, ml_error *error)
{
    const ml_question all = {.limit = 0};
    ML_TRY(ml_store_stats(store, &all, sink, error));
    return ml_store_export(store, "json", &all, NULL, sink, error);
}

static ml_status make_store(ml_sink sink, ml_error *error)
{
    char path[128];
    remove_store(file("new.db", path));
    ML_TRY(fill_store(path, error));
    return with_store("new.db", false, describe, sink, error);
}

/* Corrects it, and takes the corrections back. */
static ml_status correct(ml_store *store, ml_sink sink, ml_error *error)
{
    bool found;
    ML_TRY(ml_store_judge(store, ML_STR("same vn-a vn-b\n"), error));
    ML_TRY(ml_store_forget(store, "b", &found, error));
    ML_TRY(ml_store_commit(store, error));
    ML_TRY(describe(store, sink, error));
    ML_TRY(ml_store_judge(store, ML_STR(""), error));
    ML_TRY(add_records(store, add_to_store, error));
    return ml_store_commit(store, error);
}

static ml_status correct_store(ml_sink sink, ml_error *error)
{
    return with_store("corrected.db", true, correct, sink, error);
}

static ml_status import(ml_sink sink, ml_error *error)
{
    static const char *const names[] = {"network.json", "network.graphml"};
    ml_status status = ML_OK;
    for (int i = 0; i < 2 && status == ML_OK; i++) {
        ml_store *store = NULL;
        const ml_question all = {.limit = 0};
        char path[128];
        ML_TRY(ml_store_import(file(names[i], path), &store, error));
        status = ml_store_export(store, "json", &all, NULL, sink, error);
        ml_store_close(store);
    }
    return status;
}

static ml_status evaluate(ml_sink sink, ml_error *error)
{
    char path[128];
    const char *gold[] = {"tests/fuzz/corpus/gold_fuzz/small.gold"};
    const ml_evaluate_options options = {.show_errors = true};
    return ml_evaluate(gold, 1, file("records.jsonl", path), &options, sink, error);
}

static const struct {
    const char *name;
    ml_status (*run)(ml_sink sink, ml_error *error);
} scenarios[] = {
    {"load_tables", load_tables},
    {"check_tables", check_tables},
    {"extract", extract},
    {"extract_decomposed", extract_decomposed},
    {"explain", explain},
    {"inputs_on_one_thread", inputs_on_one_thread},
#if !defined(__SANITIZE_ADDRESS__)
    {"inputs_on_two_threads", inputs_on_two_threads},
#endif
    {"network", network},
    {"page", page},
    {"make_store", make_store},
    {"ask_store", ask_store},
    {"measure_store", measure_store},
    {"correct_store", correct_store},
    {"import", import},
    {"evaluate", evaluate},
};

/* ---- the sweep ------------------------------------------------------------------------------------------------------- */

static bool excused(ml_status status)
{
    return status == ML_E_MEMORY || status == ML_E_IO || status == ML_E_STORE || status == ML_E_GRAPH;
}

/* Runs the scenario; allocation `fail_at` fails. True when the run was as it should be. */
static bool run_once(size_t index, long fail_at, bool from_there_on, const outcome *undisturbed, outcome *out,
                     long *count)
{
    ml_error error = {0};
    *out = (outcome){0xcbf29ce484222325u, 0};
    faults.count = 0;
    faults.fail_at = fail_at;
    faults.from_there_on = from_there_on;
    faults.armed = true;
    ml_status status = scenarios[index].run((ml_sink){take, out}, &error);
    faults.armed = false;
    *count = faults.count;
    bool same = !undisturbed || (out->hash == undisturbed->hash && out->len == undisturbed->len);
    bool right = status == ML_OK ? same : fail_at && excused(status) && error.message[0] && excused(error.status);
    if (!right)
        printf("%s: allocation %ld%s: status %d, %s, `%s` (%s)\n", scenarios[index].name, fail_at,
               from_there_on ? " and on" : "", status, same ? "same output" : "other output", error.message,
               error.where);
    return right;
}

/* Lets every allocation fail, or with a `most` above 0 about so many of them, spread over the run. */
static int sweep(size_t index, long most)
{
    outcome undisturbed, out;
    long allocations, count, wrong = 0;
    if (!run_once(index, 0, false, NULL, &undisturbed, &allocations) || undisturbed.len == 0) {
        printf("%s: cannot even do what it is to do\n", scenarios[index].name);
        return 1;
    }
    long step = most > 0 && allocations > most ? allocations / most : 1;
    for (int from_there_on = 0; from_there_on < 2; from_there_on++) {
        for (long n = 1 + from_there_on * step / 2; n <= allocations; n += step)
            wrong += !run_once(index, n, from_there_on, &undisturbed, &out, &count);
    }
    /* And it works again. */
    wrong += !run_once(index, 0, false, &undisturbed, &out, &count);
    printf("%s: %ld allocations, one in %ld failed, alone and with all behind it; %ld wrong\n", scenarios[index].name,
           allocations, step, wrong);
    return wrong != 0;
}

/* ---- what the scenarios read ------------------------------------------------------------------------------------------- */

static void need(bool right, const char *what)
{
    if (!right) {
        printf("cannot prepare: %s\n", what);
        exit(2);
    }
}

static void write_file(const char *name, const char *bytes, size_t len)
{
    char path[128];
    FILE *stream = fopen(file(name, path), "wb");
    need(stream && fwrite(bytes, 1, len, stream) == len, path);
    need(fclose(stream) == 0, path);
}

static void copy_file(const char *from, const char *name)
{
    ml_buffer bytes = {0};
    need(ml_file_read(from, 1 << 20, &bytes, NULL) == ML_OK, from);
    write_file(name, bytes.ptr, bytes.len);
    ml_buffer_dispose(&bytes);
}

static void make_folder(const char *name)
{
    char path[128];
    need(mkdir(file(name, path), 0700) == 0, path);
}

static ml_status append(void *payload, const char *bytes, size_t len)
{
    ml_buffer_bytes(payload, bytes, len);
    return ML_OK;
}

static void write_tables(void)
{
    static const char *const names[] = {"designators.tsv", "cues.tsv", "events.tsv", "relations.rules",
                                        "name-weights.tsv"};
    char from[128], to[128];
    make_folder("models");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(from, sizeof from, "tests/fuzz/tables/models/%s", names[i]);
        snprintf(to, sizeof to, "models/%s", names[i]);
        copy_file(from, to);
    }
    copy_file("models/fold.tsv", "models/fold.tsv");
    ml_error error = {0};
    need(ml_context_new("tests/fuzz/tables/gazetteers", file("models", to), &context, &error) == ML_OK, error.message);
}

static void write_articles(void)
{
    char line[1024], path[128];
    write_file("article.txt", text, sizeof text - 1);
    make_folder("articles");
    write_file("articles/a.txt", text, sizeof text - 1);
    write_file("articles/b.txt", "Bộ Y tế.", sizeof "Bộ Y tế." - 1);
    int len =
        snprintf(line, sizeof line, "{\"id\":\"c\",\"title\":\"T\",\"text\":\"%.*s\"}\n\n{\"id\":7,\"text\":\"EU\"}\n",
                 (int)sizeof text - 2, text);
    write_file("lines.jsonl", line, (size_t)len);
    gzFile packed = gzopen(file("lines.jsonl.gz", path), "wb");
    need(packed && gzwrite(packed, line, (unsigned)len) == len && gzclose(packed) == Z_OK, path);
}

static void write_records(void)
{
    static const char second[] =
        "{\"schema\":\"mangluoi-record/"
        "1\",\"id\":\"b\",\"entities\":[{\"id\":\"vn-a\",\"type\":\"locality\",\"name\":\"A\"},"
        "{\"id\":\"vn-b\",\"type\":\"locality\",\"name\":\"B\"}],\"relations\":[{\"type\":\"cooperates_with\","
        "\"source\":\"vn-a\","
        "\"target\":\"vn-b\",\"date\":\"2019-08\"}]}\n";
    ml_error error = {0};
    need(extract((ml_sink){append, &records}, &error) == ML_OK, error.message);
    write_file("records.jsonl", records.ptr, records.len);
    ml_buffer_bytes(&records, second, sizeof second - 1);
    ml_network *made = NULL;
    ml_buffer out[2] = {{0}};
    need(ml_network_new(&made, NULL) == ML_OK && add_records(made, add_to_network, &error) == ML_OK, error.message);
    need(ml_network_write(made, "json", NULL, (ml_sink){append, &out[0]}, &error) == ML_OK, error.message);
    need(ml_network_write(made, "graphml", NULL, (ml_sink){append, &out[1]}, &error) == ML_OK, error.message);
    write_file("network.json", out[0].ptr, out[0].len);
    write_file("network.graphml", out[1].ptr, out[1].len);
    ml_buffer_dispose(&out[0]);
    ml_buffer_dispose(&out[1]);
    ml_network_free(made);
    char path[128];
    need(fill_store(file("archive.db", path), &error) == ML_OK, error.message);
    need(fill_store(file("corrected.db", path), &error) == ML_OK, error.message);
}

int main(int argc, char **argv)
{
    int status = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    need(argc > 1 && strlen(argv[1]) < sizeof folder, "memory FOLDER [SCENARIO]");
    strcpy(folder, argv[1]);
    write_tables();
    write_articles();
    write_records();
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        outcome out;
        long count;
        bool named = argc > 2 && strcmp(argv[2], scenarios[i].name) == 0;
        faults.shown = named && argc > 3;
        if (faults.shown)
            status |= !run_once(i, strtol(argv[3], NULL, 10), argc > 4, NULL, &out, &count);
        else if (argc < 3 || named || strcmp(argv[2], "all") == 0)
            status |= sweep(i, argc > 3 ? strtol(argv[3], NULL, 10) : 0);
    }
    ml_context_free(context);
    ml_buffer_dispose(&records);
    return status;
}
