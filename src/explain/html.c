/* One page without scripts, which fetches nothing: the policy allows the one style below by its hash. The test exports.pages
 * computes the hash and looks at the page in a browser. */
#include "explain/notes.h"

static const char style[] =
    "\n"
    ":root{color-scheme:light "
    "dark;--paper:#fbfaf7;--ink:#1d2530;--faint:#697586;--line:#e3e0d8;--card:#fff;--person:#1f5fd0;--body:#7747b8;--"
    "locality:#17794a;--event:#b4520c;--site:#7a6236;--tint:12%}\n"
    "@media(prefers-color-scheme:dark){:root{--paper:#14171c;--ink:#e4e7ec;--faint:#97a1af;--line:#2a3038;--card:#"
    "1b1f26;--person:#82b0ff;--body:#c4a3f5;--locality:#6fd19c;--event:#ffab6b;--site:#d6bd8c;--tint:20%}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.65 \"Noto Serif\",\"Source Serif "
    "4\",Georgia,\"DejaVu Serif\",serif}\n"
    "main{max-width:76rem;margin:0 auto;padding:1rem 1.25rem 4rem}\n"
    "header{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:baseline;max-width:76rem;margin:0 "
    "auto;padding:1.5rem 1.25rem 0;font:14px/1.5 \"Noto Sans\",\"Segoe UI\",system-ui,sans-serif;color:var(--faint)}\n"
    "header b{color:var(--ink);font-size:1.2rem;margin-right:.4rem;white-space:nowrap}\n"
    "h2{font:600 1.05rem/1.4 \"Noto Sans\",\"Segoe UI\",system-ui,sans-serif;border-bottom:1px solid "
    "var(--line);padding:2rem 0 .5rem;margin:0 0 .5rem;overflow-wrap:anywhere}\n"
    "h2 small{font-weight:400;color:var(--faint);margin-left:.6rem}\n"
    "section{display:grid;grid-template-columns:minmax(0,1.1fr) minmax(0,1fr);gap:0 2rem;padding:.7rem "
    "0;border-bottom:1px solid var(--line)}\n"
    "p{margin:0;overflow-wrap:anywhere}\n"
    "mark{background:color-mix(in srgb,var(--c) "
    "var(--tint),transparent);color:var(--c);border-radius:.25em;padding:.06em "
    ".22em;box-decoration-break:clone;-webkit-box-decoration-break:clone}\n"
    "mark sup{font:600 .62em/1 \"Noto Sans\",system-ui,sans-serif;margin-left:.15em}\n"
    "u{text-decoration:underline dotted var(--faint);text-underline-offset:.22em}\n"
    ".person{--c:var(--person)}.body{--c:var(--body)}.locality{--c:var(--locality)}.event{--c:var(--event)}.site{--c:"
    "var(--site)}\n"
    "ul{list-style:none;margin:.15rem 0 0;padding:0;font:13px/1.45 \"Noto Sans\",\"Segoe UI\",system-ui,sans-serif}\n"
    "li{margin:0 0 .35rem;padding-left:1.7rem;position:relative;overflow-wrap:anywhere}\n"
    "li>b{position:absolute;left:0;width:1.4rem;text-align:right;color:var(--c,var(--faint))}\n"
    "li i{font-style:normal;color:var(--c,var(--ink));font-weight:600}\n"
    "li code{display:block;color:var(--faint);font:12px/1.4 ui-monospace,\"DejaVu Sans Mono\",monospace}\n"
    "li.unused,li.title{color:var(--faint)}li.title code{display:inline;margin-left:.4em}\n"
    ".relation{background:var(--card);border:1px solid "
    "var(--line);border-radius:.4rem;padding-top:.25rem;padding-bottom:.25rem;padding-right:.5rem}\n"
    "@media(max-width:50rem){body{font-size:16px}section{grid-template-columns:1fr}ul{margin-top:.5rem}}\n"
    "@media print{section{break-inside:avoid}}\n";

static const char policy[] = "default-src 'none'; style-src 'sha256-i7kiPT0fFmeOj/JGxeenX3bXDS2Nm/PdiSkySEme358='; "
                             "base-uri 'none'; form-action 'none'";

static void put(ml_buffer *out, const char *text)
{
    ml_buffer_str(out, ml_str_from(text));
}

/* Text of the article, which may be anything; control characters other than white space are left out. */
static void put_text(ml_buffer *out, ml_str text)
{
    for (uint32_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        switch (byte) {
        case '<':
            put(out, "&lt;");
            break;
        case '>':
            put(out, "&gt;");
            break;
        case '&':
            put(out, "&amp;");
            break;
        case '"':
            put(out, "&quot;");
            break;
        case '\'':
            put(out, "&#39;");
            break;
        default:
            if (byte >= 0x20 || byte == '\t' || byte == '\n')
                ml_buffer_char(out, (char)byte);
        }
    }
}

static void put_type_mark(ml_buffer *out, ml_entity_type type)
{
    put(out, "<mark class=\"");
    ml_buffer_str(out, ml_entity_type_name(type));
    put(out, "\">");
    ml_buffer_str(out, ml_entity_type_name(type));
    put(out, "</mark>");
}

void ml_explain__html_begin(ml_buffer *out)
{
    put(out, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"");
    put(out, policy);
    put(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<title>mangluoi explain</title>\n<style>");
    put(out, style);
    put(out, "</style>\n</head>\n<body>\n<header><b>mangluoi explain</b>");
    for (ml_entity_type type = ML_PERSON; type < ML_ENTITY_TYPES; type++)
        put_type_mark(out, type);
    put(out, "<u>title</u></header>\n<main>\n");
}

static void put_mark(ml_buffer *out, ml_str text, const ml_explain_mark *mark)
{
    ml_str words = ml_str_slice(text, mark->begin, mark->end);
    if (!mark->number) {
        put(out, "<u>");
        put_text(out, words);
        put(out, "</u>");
        return;
    }
    put(out, "<mark class=\"");
    ml_buffer_str(out, ml_entity_type_name(mark->type));
    put(out, "\">");
    put_text(out, words);
    ml_buffer_format(out, "<sup>%u</sup></mark>", mark->number);
}

static void put_sentence(ml_buffer *out, ml_str text, const ml_explain_sentence *sentence)
{
    uint32_t at = sentence->begin;
    put(out, "<p>");
    for (uint32_t i = 0; i < sentence->mark_count; i++) {
        put_text(out, ml_str_slice(text, at, sentence->marks[i].begin));
        put_mark(out, text, &sentence->marks[i]);
        at = sentence->marks[i].end;
    }
    put_text(out, ml_str_slice(text, at, sentence->end));
    put(out, "</p>\n");
}

static void open_note(ml_buffer *out, const ml_explain_note *note)
{
    static const char *const kinds[] = {[ML_NOTE_MENTION] = "",
                                        [ML_NOTE_TITLE] = "title",
                                        [ML_NOTE_RELATION] = "relation",
                                        [ML_NOTE_UNUSED] = "unused"};
    put(out, "<li class=\"");
    put(out, kinds[note->kind]);
    if (note->kind == ML_NOTE_MENTION)
        ml_buffer_str(out, ml_entity_type_name(note->type));
    put(out, "\"><b>");
    if (note->kind == ML_NOTE_MENTION)
        ml_buffer_number(out, note->number);
    else
        put(out, note->kind == ML_NOTE_RELATION ? "⇒" : note->kind == ML_NOTE_TITLE ? "·" : "×");
    put(out, "</b>");
}

static void put_note(ml_buffer *out, const ml_explain_note *note)
{
    open_note(out, note);
    if (note->kind == ML_NOTE_UNUSED) {
        ml_buffer_str(out, ml_entity_type_name(note->type));
        ml_buffer_char(out, ' ');
    }
    if (note->kind != ML_NOTE_MENTION) {
        put(out, "<i>");
        put_text(out, note->words);
        put(out, "</i> ");
    }
    put_text(out, note->says);
    put(out, "<code>");
    put_text(out, ml_str_trim(note->because));
    put(out, "</code></li>\n");
}

void ml_explain__html(const ml_article *article, const ml_explanation *explanation, ml_buffer *out)
{
    put(out, "<h2>");
    put_text(out, article->id);
    put(out, "<small>");
    put_text(out, article->date);
    put(out, "</small></h2>\n");
    for (uint32_t i = 0; i < explanation->count; i++) {
        const ml_explain_sentence *sentence = &explanation->sentences[i];
        put(out, "<section>\n");
        put_sentence(out, explanation->text, sentence);
        put(out, "<ul>\n");
        for (uint32_t k = 0; k < sentence->note_count; k++)
            put_note(out, &sentence->notes[k]);
        put(out, "</ul>\n</section>\n");
    }
}
