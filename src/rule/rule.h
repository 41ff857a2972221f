/* rule.h - how to read: the word lists and relation rules of models/.
 *
 *     models/ --load, check--> | rules | --> what a word does, what a trigger says
 *
 * Immutable once loaded. Their words are found in the same pass over a text as the gazetteer's names.
 * docs/DATA.md describes the files.
 */
#ifndef ML_RULE_RULE_H
#define ML_RULE_RULE_H

#include "gazetteer/gazetteer.h"
#include "model/model.h"
#include "record/record.h"

/* A word in front of a locality's name: `tỉnh`, `thành phố`. */
typedef struct {
    ml_str id, name, canonical; /* `thành phố`, and as names begin with it, `Thành phố` */
    uint32_t levels;            /* bits 1 << ml_level: what it may stand in front of */
    bool unit;                  /* alone it stands for the unit whose body is spoken of: `UBND tỉnh` */
    bool open;                  /* an unknown name behind it is a locality too: `thôn Phú Mỹ` */
    bool numbered;              /* a number may be the name: `quận 9` */
    bool outside;               /* not part of the name: `vùng`, `khu vực` */
} ml_designator;

/* What a function word does; models/cues.tsv lists them by class. */
typedef enum {
    ML_CUE_FUNCTION,      /* never inside a name */
    ML_CUE_JOIN,          /* joins names inside a body's name or in a list: `và` */
    ML_CUE_LOCATIVE,      /* `tại`, `ở` */
    ML_CUE_CAPTION,       /* a name follows that took the picture or wrote the text: `Ảnh` */
    ML_CUE_PAIR,          /* the two sides spoken of: `hai địa phương` */
    ML_CUE_PLURAL,        /* several follow: `các` */
    ML_CUE_BARRIER,       /* another clause begins: `rằng` */
    ML_CUE_PLANNED,       /* not yet: `sẽ` */
    ML_CUE_NEGATED,       /* not so: `không` */
    ML_CUE_PROPOSED,      /* only wished for: `cần`, `kêu gọi` */
    ML_CUE_OF,            /* `của` */
    ML_CUE_EVENT_NUMBER,  /* `lần thứ` and a number belong to an event's name */
    ML_CUE_NAME_PARTICLE, /* lower-case part of a foreign name: `al`, `van` */
    ML_CUE_DELEGATION,    /* those who came with somebody: `đoàn công tác` */
    ML_CUE_STREET,        /* a name behind it is a street's or building's: `đường` */
    ML_CUE_LAW,           /* the name of a law follows, which is no body: `Luật` */
    ML_CUE_GROUP,         /* behind it `Đảng`, `Nhà nước` name no body: `lãnh đạo` */
    ML_CUE_AGENT,         /* behind it they act: `được`, `do` */
    ML_CUE_OPENER,        /* begins a sentence, ends no name: `Sáng` */
    ML_CUE_QUOTE,         /* a quoted title follows: `chủ đề` */
    ML_CUE_EVENT_END,     /* never inside an event's name: `được`, `tại` */
    ML_CUE_COMPOUND,      /* a designator behind it is part of a common word: `văn` (bản) */
    ML_CUE_COMPOUND_END,  /* makes a one-syllable name before it a common word: (Pháp) `luật` */
    ML_CUE_NEW,           /* what follows has not been spoken of before: `một` */
    ML_CUE_PAIR_COUNTRY,  /* of pairs, those that are countries: `hai nước` */
    ML_CUE_PAIR_ANY,      /* of pairs, those that may be either: `hai bên` */
    ML_CUE_WITH,          /* `với` */
    ML_CUE_ALSO,          /* two titles of one person: `kiêm` */
    ML_CUE_APPOINT,       /* a post that somebody is given follows: `giữ chức` */
    ML_CUE_WORD,          /* a longer word within which nothing triggers: `dự án` */
    ML_CUE_TOGETHER,      /* those about it act as one: `phối hợp với` */
    ML_CUE_ASIDE,         /* who stands behind it does not act: `theo`, `của` */
    ML_CUE_ONGOING,       /* behind a comma: the one just named acts on: `đang` */
    ML_CUE_ORDER,         /* told to: `giao`, `yêu cầu` */
    ML_CUE_REPORTED,      /* others are said to say so: `được cho là` */
    ML_CUE_LOST,          /* a post that somebody loses follows: `thôi giữ chức` */
    ML_CUE_DECREE,        /* of words before a post, those that somebody else does: `bổ nhiệm`, `cách chức` */
    ML_CUE_AFFECTS,       /* between a post and the one who is given or loses it: `đối với` */
    ML_CUE_PASSIVE,       /* to whom something is done stands before it: `được`, `bị` */
    ML_CUE_NOMINATED,     /* put forward for a post, which is not yet held: `giới thiệu` */
    ML_CUE_NAMELY,        /* those who are meant follow: `gồm :` */
    ML_CUE_NATION,        /* a country's name behind it is a nationality: `người` */
    ML_CUE_TERM,          /* a term's number or years follow: `khóa` */
    ML_CUE_ON,            /* an event behind it takes place: `trong`, `tổ chức` */
    ML_CUE_SOURCE,        /* whom the article quotes follows: `theo`, `trả lời` */
    ML_CUE_INSTEAD,       /* who held the post before follows: `thay` */
    ML_CUE_GIVEN,         /* a given name of other languages: `John` */
    ML_CUE_SETTING,       /* an event behind it is what goes on: `chủ trì` */
    ML_CUE_COMPANY,       /* who goes with the person before it: `và phu nhân` */
    ML_CUES,              /* ML_WORD_CLASSES at most */
} ml_cue_class;

typedef struct {
    ml_str word;
    ml_cue_class kind;
} ml_cue;

/* A noun that names an event: `hội nghị`, `lễ khai mạc`. */
typedef struct {
    ml_str id, name, kind;
    bool plain;  /* no part of what follows is its name: `chuyến thăm` */
    bool proper; /* counts only with more of a name behind it */
    bool alone; /* counts only where a word of class `on` stands before it: `tại hội đàm`, not `đã hội đàm` */
} ml_event_head;

typedef enum {
    ML_SEEK_LEFT,    /* the nearest before the trigger, with those joined to it */
    ML_SEEK_RIGHT,   /* the nearest behind it, with those joined to it */
    ML_SEEK_LIST,    /* all behind it in the sentence */
    ML_SEEK_SALIENT, /* the one spoken of last; `within` counts sentences */
    ML_SEEK_MAIN,    /* the same, if it is also what the article is about */
    ML_SEEK_FIRST,   /* the first of the sentence */
    ML_SEEK_PAIR,    /* both sides of the statement: two that are joined, or the `hai địa phương` */
} ml_seek;

/* Words and phrases, separated by `|`. `first` has a bit for the first syllable of each: whatever else stands at a token is none of
 * them. */
typedef struct {
    ml_str list;
    uint64_t first;
} ml_words;

/* The bit of a syllable in `first`. */
static inline uint64_t ml_words_bit(const ml_token *token)
{
    return (uint64_t)1 << (token->key >> 58);
}

/* One way to fill an end of a relation. */
typedef struct {
    ml_seek seek;
    uint32_t types;  /* bits 1 << ml_entity_type */
    uint32_t within; /* tokens from the trigger, 0 for the sentence */
    bool one;        /* without those joined to it */
    bool clause;     /* no comma or bracket between it and the trigger */
    bool bare;       /* no verb, `của` or word of delegation stands before it */
    ml_words after;  /* it stands right behind one of these words or begins with it; or empty */
} ml_way;

enum { ML_RULE_WAYS = 4 };

typedef struct {
    ml_str id, relation;
    ml_way source[ML_RULE_WAYS], target[ML_RULE_WAYS];
    uint32_t source_count, target_count;
    uint16_t confidence_milli;
    ml_words needs;   /* one of these words stands between trigger and source; or empty */
    ml_words beside;  /* one of these stands a little behind the trigger; or empty */
    ml_words next;    /* one of these is the next behind the trigger, or it ends the sentence; or empty */
    ml_words without; /* none of these stands before the trigger in its sentence; or empty */
    ml_words unless;  /* none of these stands right behind the trigger; or empty */
    bool proposed;    /* counts also where it is only wished for */
    bool opening;     /* the trigger stands before all names of its sentence */
    bool ordered;     /* counts also where somebody is told to */
    uint32_t line;
} ml_rule;

/* A sentence with which a rule proves itself. */
typedef struct {
    ml_str text, source, target; /* the last two empty where it says nothing */
    uint32_t rule, line;
    bool must; /* must say source -> target; else must say nothing of the rule's type */
} ml_rule_example;

typedef struct ml_rules {
    const ml_designator *designator;
    const ml_cue *cue;
    const ml_event_head *event;
    const ml_rule *rule;
    const ml_rule_example *example;
    uint32_t designator_count, cue_count, event_count, rule_count, example_count;
    const ml_model *model; /* learned weights, or NULL */
    struct ml_rules_storage *storage;
} ml_rules;

/* Loads folder `models`; the words are learned by `gazetteer`. Faults are collected. The caller owns *out. */
ml_status ml_rules_new(const char *models, ml_gazetteer *gazetteer, ml_rules **out, ml_faults *faults, ml_error *error);
void ml_rules_free(ml_rules *rules);

uint32_t ml_cue__longest(const ml_gazetteer *gazetteer, const ml_matches *matches, uint32_t at, ml_cue_class kind);
uint32_t ml_cue__nearest(const ml_gazetteer *gazetteer, const ml_matches *matches, uint32_t end, ml_cue_class kind);

/* The end of the longest cue of this class that begins at token `at`, or `at`. */
static inline uint32_t ml_cue_end(const ml_gazetteer *gazetteer, const ml_matches *matches, uint32_t at,
                                  ml_cue_class kind)
{
    if (at >= matches->token_count || !(matches->word_begin[at] >> kind & 1))
        return at;
    return ml_cue__longest(gazetteer, matches, at, kind);
}

/* Where the shortest cue of this class begins that ends right before token `end`, or ML_NO_ROW. */
static inline uint32_t ml_cue_before(const ml_gazetteer *gazetteer, const ml_matches *matches, uint32_t end,
                                     ml_cue_class kind)
{
    return matches->word_end[end] >> kind & 1 ? ml_cue__nearest(gazetteer, matches, end, kind) : ML_NO_ROW;
}

#endif
