/* mangluoi.h - the network behind Vietnamese political and administrative news.
 *
 *     articles --extract--> records (JSON lines) --build--> network --write--> GraphML, GEXF, JSON, CSV, SVG, ...
 *
 * A context holds the gazetteers and models and never changes once it is loaded: any number of threads may share it.
 * A worker extracts one article at a time: one worker a thread. A network belongs to one thread.
 *
 * Every fallible function returns an ml_status and fills the caller's ml_error (which may be NULL) when it is not ML_OK;
 * an ml_error must be zeroed before its first use, and the first failure written to it stays. Out-parameters are written
 * only on success. The library prints nothing, never ends the process, keeps no global state and takes no locale into account.
 */
#ifndef MANGLUOI_H
#define MANGLUOI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ML_API __attribute__((visibility("default"), warn_unused_result))
#define ML_API_VOID __attribute__((visibility("default")))
#else
#define ML_API
#define ML_API_VOID
#endif

/* ---- values ---------------------------------------------------------------------------------------------------- */

/* Bytes that somebody else owns; not NUL-terminated unless said so. */
typedef struct {
    const char *ptr;
    uint32_t len;
} ml_str;

typedef enum {
    ML_OK = 0,
    ML_E_MEMORY,   /* memory is short */
    ML_E_IO,       /* a file or folder cannot be read or written */
    ML_E_ENCODING, /* an article is not UTF-8 */
    ML_E_SYNTAX,   /* an article, record or gold file is malformed */
    ML_E_LIMIT,    /* an article or table is larger than allowed */
    ML_E_DATA,     /* a gazetteer or model is wrong */
    ML_E_USAGE,    /* the caller asks for what does not exist, such as an unknown format */
    ML_E_GRAPH,    /* igraph reports a failure */
    ML_E_STORE,    /* a store cannot be opened, read or written */
    ML_E_PARTIAL,  /* some articles failed; the others were done */
} ml_status;

/* Where and why something failed; `message` says what to do where that is known. */
typedef struct {
    ml_status status;
    uint32_t line, column; /* from 1; 0 is unknown */
    char where[256];       /* a file, an article's id, or empty */
    char message[512];
} ml_error;

/* Takes bytes; whatever it returns but ML_OK ends the writing and is handed to the caller. */
typedef struct {
    ml_status (*write)(void *payload, const char *bytes, size_t len);
    void *payload;
} ml_sink;

/* The version as "MAJOR.MINOR.PATCH"; static. Any thread. */
ML_API const char *ml_version(void);

/* ---- context ---------------------------------------------------------------------------------------------------- */

typedef struct ml_context ml_context;

/* Loads the tables of the two folders (paths end in NUL). The caller owns *out.
 * ML_E_DATA: a table is wrong, the first fault is in `error`, ml_gazetteer_check() lists all; ML_E_IO; ML_E_MEMORY. */
ML_API ml_status ml_context_new(const char *gazetteers, const char *models, ml_context **out, ml_error *error);
ML_API_VOID void ml_context_free(ml_context *context);

/* ---- extraction -------------------------------------------------------------------------------------------------- */

/* One article. `text` is analysed as it is; the others may be empty. `date` is YYYY-MM-DD or empty. */
typedef struct {
    ml_str id, text, title, date, source;
} ml_article;

typedef struct ml_worker ml_worker;

/* A worker borrows the context, which must outlive it. The caller owns *out. */
ML_API ml_status ml_worker_new(const ml_context *context, ml_worker **out, ml_error *error);
ML_API_VOID void ml_worker_free(ml_worker *worker);

/* Records get, or do not get (as at first), the words of the sentences that their relations stand on. */
ML_API_VOID void ml_worker_keep_sentences(ml_worker *worker, bool keep);

/* Writes the article's record to `sink`: one JSON object and a line end. An article that cannot be read (not UTF-8, over
 * 8 MiB) gives an error record and ML_E_PARTIAL. Thread-safe for different workers. */
ML_API ml_status ml_extract(ml_worker *worker, const ml_article *article, ml_sink sink, ml_error *error);

/* How inputs (files, folders, `-`) are read. Zeros are sensible. */
typedef struct {
    const char *format; /* "text", "jsonl", or NULL: by the file's name, text for standard input */
    const char *date;   /* for articles that have none, YYYY-MM-DD; or NULL */
    unsigned threads;   /* 0 counts as 1 */
    bool sentences;     /* as ml_worker_keep_sentences() */
    /* Called on the caller's thread after each article: how many are done, and how many thousandths of the inputs were read,
     * 0 where that cannot be told. NULL for none. */
    void (*progress)(void *payload, uint64_t articles, unsigned permille);
    /* Called on the caller's thread for each article or file that failed; the run goes on. NULL for none. */
    void (*complain)(void *payload, const ml_error *error);
    void *payload;
} ml_run_options;

typedef struct {
    uint64_t articles, failed, bytes; /* articles read, those of them that failed, bytes of article text */
} ml_run_report;

/* Extracts every article of `inputs`; records go to `sink` in input order, the same bytes whatever `threads` is.
 * ML_E_PARTIAL: some failed (an error record stands in their place), the others were done. ML_E_IO: an input cannot be
 * opened (the others are done) or the sink failed. `report` may be NULL. */
ML_API ml_status ml_extract_inputs(const ml_context *context, const char *const *inputs, size_t input_count,
                                   const ml_run_options *options, ml_sink sink, ml_run_report *report, ml_error *error);

/* Writes every article with what was found in it. `form` is "text" or "color" (for terminals: below each sentence the mentions
 * with the rows of the tables, the relations with the rules, and names that nothing took), "html" (the same as one page), "conll"
 * (syllables in IOB2) or "brat" (a tar archive of texts and standoff files). The same bytes whatever `threads` is. An article that
 * fails is left out and told. ML_E_USAGE: no such form; else as ml_extract_inputs(). */
ML_API ml_status ml_explain_inputs(const ml_context *context, const char *const *inputs, size_t input_count,
                                   const ml_run_options *options, const char *form, ml_sink sink, ml_run_report *report,
                                   ml_error *error);

/* ---- columns ---------------------------------------------------------------------------------------------------- */

/* The structs of Apache Arrow's C data interface; https://arrow.apache.org/docs/format/CDataInterface.html. */
struct ArrowSchema;
struct ArrowArray;

/* What articles say, as tables for notebooks and clusters, with no text of records between. Belongs to one thread at a time;
 * borrows the context. */
typedef struct ml_columns ml_columns;

ML_API ml_status ml_columns_new(const ml_context *context, ml_columns **out, ml_error *error);
ML_API_VOID void ml_columns_free(ml_columns *columns);

/* Adds what `count` articles say. One that cannot be read becomes a row of the table of errors. ML_E_LIMIT: a column would have
 * more than 2 GiB of text, take the tables after fewer articles; ML_E_MEMORY. */
ML_API ml_status ml_columns_extract(ml_columns *columns, const ml_article *articles, size_t count, ml_error *error);

/* Hands a table, "mentions", "entities", "relations" or "errors", over as an Arrow array of structs, which the caller releases as
 * Arrow has it, also after the columns are freed; what was handed over is no longer in `columns`. ML_E_USAGE: no such table; ML_E_MEMORY. */
ML_API ml_status ml_columns_take(ml_columns *columns, const char *table, struct ArrowSchema *schema,
                                 struct ArrowArray *array, ml_error *error);

/* ---- network ----------------------------------------------------------------------------------------------------- */

typedef struct ml_network ml_network;

ML_API ml_status ml_network_new(ml_network **out, ml_error *error);
ML_API_VOID void ml_network_free(ml_network *network);

/* Merges one record (a JSON object as ml_extract writes it) into the network. The network is the same for any order of the
 * records. An error record adds nothing. ML_E_SYNTAX: not such a record, nothing is added. */
ML_API ml_status ml_network_add(ml_network *network, ml_str record, ml_error *error);

/* Extracts `inputs` (articles, or records of an earlier extract) and merges them. As ml_extract_inputs(). */
ML_API ml_status ml_network_build(ml_network *network, const ml_context *context, const char *const *inputs,
                                  size_t input_count, const ml_run_options *options, ml_run_report *report,
                                  ml_error *error);

typedef struct {
    uint64_t documents, vertices, edges;
} ml_network_size;

/* The vertices, and the edges merged over articles. */
ML_API ml_status ml_network_measure(ml_network *network, ml_network_size *out, ml_error *error);

/* Cuts the network for merging it apart, on many machines: writes as records what part `part` of `parts` (at least 1) of its
 * "vertices" or "edges" rests on. Networks of different articles, cut alike, have in the part p of them all, merged, exactly what
 * the network of all these articles has in its part p; all parts together are the whole. The parts of "edges" have vertices at
 * their ends, which count for nothing. ML_E_USAGE: neither vertices nor edges; ML_E_IO: the sink failed; ML_E_MEMORY. */
ML_API ml_status ml_network_split(const ml_network *network, const char *what, uint32_t part, uint32_t parts,
                                  ml_sink sink, ml_error *error);

/* How a network is written. Zeros are sensible. */
typedef struct {
    const char
        *profile;     /* the dialect of one program, such as "gephi"; NULL: what most take. Each format has its own */
    bool no_isolates; /* leave out what no edge touches */
    bool links;       /* node-link JSON: "links" in place of "edges", for D3 and NetworkX before 3.4 */
    bool raw;         /* CSV: names as they are, also where a spreadsheet takes them for formulas */
} ml_write_options;

/* Writes the network. `format` is the name of one of the formats, `options` may be NULL. ML_E_USAGE: no such format or
 * profile. igraph, which lays out and divides the graph, has handlers for the whole process: this function and
 * ml_network_summary() must never run on two threads at once, not even for two networks. */
ML_API ml_status ml_network_write(ml_network *network, const char *format, const ml_write_options *options,
                                  ml_sink sink, ml_error *error);

typedef struct {
    const char *name;     /* "graphml" */
    const char *endings;  /* of the names of files, separated by `|`: ".graphml" */
    const char *profiles; /* separated by `|`, or empty */
    const char *summary;  /* a line for people */
} ml_format;

/* The name of the format that a file's name asks for, or NULL where none does. Static. */
ML_API const char *ml_network_format(const char *path);

/* The formats, one after the other; NULL behind the last. Static. */
ML_API const ml_format *ml_network_format_at(size_t index);

/* ML_E_USAGE, with what there is, unless there is such a format and it has this profile (which may be NULL). */
ML_API ml_status ml_network_format_check(const char *format, const char *profile, ml_error *error);

/* What was found, for people: officials with their posts, who chaired and attended what, which localities and bodies cooperate.
 * UTF-8 text of at most `entries` officials, events or statements a section. Uses igraph: never on two threads at once, see ml_network_write(). */
ML_API ml_status ml_network_summary(ml_network *network, unsigned entries, ml_sink sink, ml_error *error);

/* ---- store ------------------------------------------------------------------------------------------------------ */

/* An archive in one SQLite file: what every article says, and the network that follows. One writer at a time, any number of
 * readers beside it, each with an ml_store of its own; an ml_store belongs to one thread. */
typedef struct ml_store ml_store;

/* Opens a store; to `write` it makes the file where there is none and brings an older one up to date. The caller owns *out.
 * ML_E_STORE: no store, one of a newer version, or it cannot be opened. */
ML_API ml_status ml_store_open(const char *path, bool write, ml_store **out, ml_error *error);

/* Reads a network that ml_network_write() or ml_store_export() wrote, "graphml" or "json" by the file's name, into a store in
 * memory. The caller owns *out. ML_E_SYNTAX: not such a file; ML_E_IO. */
ML_API ml_status ml_store_import(const char *path, ml_store **out, ml_error *error);

/* What was added since the last commit is lost. */
ML_API_VOID void ml_store_close(ml_store *store);

/* Adds one record (a JSON object as ml_extract writes it). The same record again changes nothing; the order of records does
 * not matter. An error record adds nothing. With `replace` it takes the place of another record of the article; else SCHEMA.md
 * says which of two stays. Sentences are shown as evidence where records have them, see ml_worker_keep_sentences().
 * ML_E_SYNTAX: not such a record; ML_E_STORE. */
ML_API ml_status ml_store_add(ml_store *store, ml_str record, bool replace, ml_error *error);

/* Takes an article's facts back; *found tells whether there was one. */
ML_API ml_status ml_store_forget(ml_store *store, const char *article, bool *found, ml_error *error);

/* Puts the judgements of a text, lines `same ID ID` or `different ID ID`, in the place of those before. ML_E_SYNTAX. */
ML_API ml_status ml_store_judge(ml_store *store, ml_str judgements, ml_error *error);

/* Copies what the gazetteers know of places, posts and names into the store, where questions need it. */
ML_API ml_status ml_store_learn(ml_store *store, const ml_context *context, ml_error *error);

/* Writes what was added so far to the disk, all of it or nothing. Also done now and then while many are added. */
ML_API ml_status ml_store_commit(ml_store *store, ml_error *error);

/* Extracts `inputs` (articles, or records of an earlier extract), adds and commits them. As ml_extract_inputs(). */
ML_API ml_status ml_store_build(ml_store *store, const ml_context *context, bool replace, const char *const *inputs,
                                size_t input_count, const ml_run_options *options, ml_run_report *report,
                                ml_error *error);

/* Articles, vertices and edges. */
ML_API ml_status ml_store_measure(ml_store *store, ml_network_size *out, ml_error *error);

/* ---- questions --------------------------------------------------------------------------------------------------- */

/* What narrows a question and how it is answered. Zeros are sensible. Dates are YYYY, YYYY-MM or YYYY-MM-DD, or NULL. */
typedef struct {
    const char *since, *until; /* statements of these days only */
    const char *as_of;         /* posts held on that day; localities are what they have become by then */
    const char *type;          /* relations (neighbors, timeline, path) or entities (rank) of this type only */
    const char *by;            /* rank: the measure */
    const char *view;    /* rank, communities, export: "full" (NULL), "people", "provinces", "posts", "meetings" */
    uint32_t min_weight; /* edges that at least so many articles attest */
    uint32_t limit;      /* rows at most; 0: all */
    const char *format;  /* "table" (NULL), "tsv", "csv" or "jsonl" */
    bool why;            /* show the sentences that say so */
    bool explain;        /* query: the SQL and its plan in place of the answer */
} ml_question;

/* These write the answer to `sink`. Names are found by any spelling. ML_E_USAGE: a pattern, name or option that does not fit
 * (what several bear is listed in the message); ML_E_STORE. They only read: any number of readers beside one writer. */

/* Triples joined by ` . `, terms of which are `?variable`, a name or an id: `?who chaired ?event . ?event held_at "Huế"`. */
ML_API ml_status ml_store_query(ml_store *store, const char *pattern, const ml_question *question, ml_sink sink,
                                ml_error *error);

/* A question that has a word of its own, such as "chairs", about `names` (all may be NULL, then it is about everybody). */
ML_API ml_status ml_store_ask(ml_store *store, const char *word, const char *const *names, size_t name_count,
                              const ml_question *question, ml_sink sink, ml_error *error);

/* The words of ml_store_ask() and what they answer: "chairs" at 0, NULL behind the last. Static; `help` may be NULL. */
ML_API const char *ml_store_word_at(size_t index, const char **help);

/* One entity: names, posts with their dates, most attested relations, who was taken for it and why. */
ML_API ml_status ml_store_show(ml_store *store, const char *name, const ml_question *question, ml_sink sink,
                               ml_error *error);
ML_API ml_status ml_store_neighbors(ml_store *store, const char *name, const ml_question *question, ml_sink sink,
                                    ml_error *error);

/* What was said of an entity, in the order of the days. */
ML_API ml_status ml_store_timeline(ml_store *store, const char *name, const ml_question *question, ml_sink sink,
                                   ml_error *error);
ML_API ml_status ml_store_stats(ml_store *store, const ml_question *question, ml_sink sink, ml_error *error);

/* The most important entities by the measure `by` ("pagerank" where it is NULL). Like the next three it uses igraph: never on
 * two threads at once, see ml_network_write(). */
ML_API ml_status ml_store_rank(ml_store *store, const ml_question *question, ml_sink sink, ml_error *error);
ML_API ml_status ml_store_communities(ml_store *store, const ml_question *question, ml_sink sink, ml_error *error);

/* Of the paths with the fewest links the best attested one. ML_E_USAGE: there is none. */
ML_API ml_status ml_store_path(ml_store *store, const char *from, const char *to, const ml_question *question,
                               ml_sink sink, ml_error *error);

/* Writes the view that the question asks for, as ml_network_write() does. */
ML_API ml_status ml_store_export(ml_store *store, const char *format, const ml_question *question,
                                 const ml_write_options *options, ml_sink sink, ml_error *error);

/* ---- page --------------------------------------------------------------------------------------------------------- */

typedef struct ml_page ml_page;

/* A network together with the sentences behind it, to be written as one HTML page that needs nothing else. */
ML_API ml_status ml_page_new(ml_page **out, ml_error *error);
ML_API_VOID void ml_page_free(ml_page *page);

/* As ml_network_add(); a record without sentences (see ml_worker_keep_sentences()) shows only which article it is. */
ML_API ml_status ml_page_add(ml_page *page, ml_str record, ml_error *error);

/* As ml_network_build(), with the sentences of the articles. */
ML_API ml_status ml_page_build(ml_page *page, const ml_context *context, const char *const *inputs, size_t input_count,
                               const ml_run_options *options, ml_run_report *report, ml_error *error);
ML_API ml_status ml_page_measure(ml_page *page, ml_network_size *out, ml_error *error);

/* Writes the page; of `options`, which may be NULL, `no_isolates` counts. Uses igraph: see ml_network_write(). */
ML_API ml_status ml_page_write(ml_page *page, const ml_write_options *options, ml_sink sink, ml_error *error);

/* ---- gazetteer authoring ------------------------------------------------------------------------------------------ */

/* Checks every table and rule of the two folders and writes all faults, one a line: `file:line:column: what: what to do`.
 * Returns ML_E_DATA when *faults is not 0. */
ML_API ml_status ml_gazetteer_check(const char *gazetteers, const char *models, ml_sink sink, uint64_t *faults,
                                    ml_error *error);

/* Writes the rows that bear `name` in any spelling (case, tone placement, no diacritics), one a line, tab separated:
 * id, type, name, since, until, how it matched. *rows is how many. `date` (YYYY-MM-DD or NULL) keeps those valid then. */
ML_API ml_status ml_gazetteer_lookup(const ml_context *context, ml_str name, const char *date, ml_sink sink,
                                     uint64_t *rows, ml_error *error);

/* Writes all rows of a table ("localities", "bodies", ...), or with NULL the tables and their numbers of rows.
 * ML_E_USAGE: no such table. */
ML_API ml_status ml_gazetteer_list(const ml_context *context, const char *table, ml_sink sink, ml_error *error);

/* ---- evaluation --------------------------------------------------------------------------------------------------- */

typedef struct {
    bool show_errors; /* first every miss and every wrong answer with its sentence, then how many of each kind */
    bool json;        /* figures as a JSON object instead of a table */
    /* Called when marked articles have no record: they count as if nothing had been found in them. NULL for none. */
    void (*complain)(void *payload, const ml_error *error);
    void *payload;
} ml_evaluate_options;

/* Scores the records (JSON lines) of file `records` (`-` is standard input) against marked articles (`.gold` files or
 * their JSON lines). The figures follow the annotation guide of the marked articles, and have 95 % intervals: docs/SCHEMA.md.
 * `options` may be NULL.
 * ML_E_SYNTAX, ML_E_ENCODING: a marked article or a record is malformed, `error` says where; ML_E_IO; ML_E_MEMORY. */
ML_API ml_status ml_evaluate(const char *const *gold, size_t gold_count, const char *records,
                             const ml_evaluate_options *options, ml_sink sink, ml_error *error);

#ifdef __cplusplus
}
#endif

#endif
