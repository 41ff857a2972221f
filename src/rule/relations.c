#include "rule/relations.h"

#include "base/file.h"
#include "text/text.h"

#include <stdarg.h>
#include <stdio.h>

/* A rule is a block of lines, each a key and its value; `+` and `-` lines are its examples:
 *
 *     rule chaired-verb
 *     relation chaired
 *     trigger chủ trì | chủ tọa
 *     source left person body; right person within 8
 *     target right event; salient event
 *     confidence 900
 *     + SENTENCE => SOURCE -> TARGET
 *     - SENTENCE
 */

enum { RULES_LIMIT_BYTES = 4 * 1024 * 1024 };

static const char file_name[] = "relations.rules";

typedef struct {
    ml_rules *rules;
    ml_gazetteer *gazetteer;
    ml_faults *faults;
    ml_error *error;
    ml_rule *rule; /* all, the one being read last */
    ml_rule_example *example;
    uint32_t rule_count, example_count, line, positive, negative, triggers;
} rule_reader;

/* A fault of line `line`; 0 is the line being read. */
__attribute__((format(printf, 3, 4))) static void fault(rule_reader *self, uint32_t line, const char *format, ...)
{
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    ml_faults_add(self->faults, ml_str_from(file_name), line ? line : self->line, 1, "%s", message);
}

static ml_words words_of(const rule_reader *self, ml_str list)
{
    ml_words words = {.list = list};
    while (list.ptr) {
        ml_str phrase = ml_str_trim(ml_str_split(&list, '|'));
        char folded[ML_FOLD_BYTES];
        ml_str syllable = ml_str_split(&phrase, ' ');
        ml_str key = {folded, ml_vocabulary_fold(self->gazetteer->vocabulary, syllable, folded)};
        words.first |= syllable.len ? ml_words_bit(&(ml_token){.key = ml_str_hash(key)}) : 0;
    }
    return words;
}

static ml_str next_word(ml_str *rest)
{
    *rest = ml_str_trim(*rest);
    ml_str word = ml_str_split(rest, ' ');
    return word;
}

static uint32_t read_number(rule_reader *self, ml_str text, uint32_t most)
{
    uint32_t number = 0;
    bool digits = text.len > 0;
    for (uint32_t i = 0; i < text.len && number <= most; i++) {
        digits &= text.ptr[i] >= '0' && text.ptr[i] <= '9';
        number = number * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    if (digits && number <= most)
        return number;
    fault(self, 0, "`%.*s` is no number from 0 to %u", (int)text.len, text.ptr, most);
    return 0;
}

static bool read_way(rule_reader *self, ml_str text, ml_way *out)
{
    static const char *const seeks[] = {"left", "right", "list", "salient", "main", "first", "pair"};
    enum { SEEKS = sizeof seeks / sizeof *seeks };
    ml_str word = next_word(&text);
    uint32_t seek = 0;
    while (seek < SEEKS && !ml_str_equal(word, ml_str_from(seeks[seek])))
        seek++;
    if (seek == SEEKS) {
        fault(self, 0, "unknown place `%.*s`: write left, right, list, salient, main, first or pair", (int)word.len,
              word.ptr);
        return false;
    }
    *out = (ml_way){.seek = (ml_seek)seek};
    while (text.ptr) {
        word = next_word(&text);
        ml_entity_type type;
        if (ml_str_equal(word, ML_STR("within")))
            out->within = read_number(self, next_word(&text), 1000);
        else if (ml_str_equal(word, ML_STR("one")))
            out->one = true;
        else if (ml_str_equal(word, ML_STR("bare")))
            out->bare = true;
        else if (ml_str_equal(word, ML_STR("clause")))
            out->clause = true;
        else if (ml_str_equal(word, ML_STR("after"))) {
            out->after = words_of(self, ml_str_trim(text));
            break;
        } else if (ml_entity_type_find(word, &type))
            out->types |= 1u << type;
        else if (word.len)
            fault(self, 0, "unknown type `%.*s`: write person, body, locality, event or site", (int)word.len, word.ptr);
    }
    return true;
}

static uint32_t read_ways(rule_reader *self, ml_str text, ml_way *ways)
{
    uint32_t count = 0;
    while (text.ptr) {
        ml_str part = ml_str_trim(ml_str_split(&text, ';'));
        if (count == ML_RULE_WAYS) {
            fault(self, 0, "more than %d ways: split the rule", ML_RULE_WAYS);
            break;
        }
        count += read_way(self, part, &ways[count]);
    }
    return count;
}

static ml_status read_triggers(rule_reader *self, ml_str text)
{
    while (text.ptr) {
        ml_str phrase = ml_str_trim(ml_str_split(&text, '|'));
        if (!phrase.len)
            continue;
        self->triggers++;
        ml_pattern of = {.row = self->rule_count - 1, .list = ML_IN_TRIGGERS, .is_name = true};
        ML_TRY(ml_gazetteer_learn(self->gazetteer, of, phrase, self->faults, ml_str_from(file_name), self->line,
                                  self->error));
    }
    return ML_OK;
}

static void read_example(rule_reader *self, ml_str text, bool must)
{
    ml_rule_example *out = &self->example[self->example_count++];
    *out = (ml_rule_example){.text = text, .rule = self->rule_count - 1, .line = self->line, .must = must};
    self->positive += must;
    self->negative += !must;
    if (!must)
        return;
    for (uint32_t at = ml_str_find(text, '=', 0); at < text.len; at = ml_str_find(text, '=', at + 1)) {
        ml_str rest = ml_str_slice(text, at, text.len);
        if (!ml_str_starts(rest, ML_STR("=> ")))
            continue;
        out->text = ml_str_trim(ml_str_slice(text, 0, at));
        rest = ml_str_slice(rest, 3, rest.len);
        for (uint32_t arrow = ml_str_find(rest, '>', 0); arrow < rest.len; arrow = ml_str_find(rest, '>', arrow + 1)) {
            if (arrow > 0 && rest.ptr[arrow - 1] == '-') {
                out->source = ml_str_trim(ml_str_slice(rest, 0, arrow - 1));
                out->target = ml_str_trim(ml_str_slice(rest, arrow + 1, rest.len));
            }
        }
    }
    if (!out->source.len || !out->target.len)
        fault(self, 0, "an example that must match ends in `=> SOURCE -> TARGET`");
}

/* A rule that has never been shown what it must leave alone is not trusted. What it lacks is told with its own line. */
static void finish_rule(rule_reader *self)
{
    if (!self->rule_count)
        return;
    const ml_rule *rule = &self->rule[self->rule_count - 1];
    for (uint32_t i = 0; i + 1 < self->rule_count; i++) {
        if (ml_str_equal(self->rule[i].id, rule->id))
            fault(self, rule->line, "rule `%.*s` stands twice: give each its own name", (int)rule->id.len,
                  rule->id.ptr);
    }
    if (!rule->relation.len || !rule->source_count || !rule->target_count || !self->triggers)
        fault(self, rule->line, "rule `%.*s` is not complete: it needs relation, trigger, source and target",
              (int)rule->id.len, rule->id.ptr);
    if (!self->positive || !self->negative)
        fault(self, rule->line, "rule `%.*s` needs an example for (+) and one against (-)", (int)rule->id.len,
              rule->id.ptr);
}

/* The one value of a key that is either there or not. */
static bool read_yes(rule_reader *self, ml_str value)
{
    bool yes = ml_str_equal(value, ML_STR("yes"));
    if (!yes)
        fault(self, 0, "`%.*s` is not yes: write yes, or leave the line out", (int)value.len, value.ptr);
    return yes;
}

static ml_status read_line(rule_reader *self, ml_str line)
{
    ml_str value = line;
    ml_str key = next_word(&value);
    value = value.ptr ? ml_str_trim(value) : ML_STR("");
    if (ml_str_equal(key, ML_STR("rule"))) {
        finish_rule(self);
        self->positive = self->negative = self->triggers = 0;
        self->rule[self->rule_count++] = (ml_rule){.id = value, .line = self->line, .confidence_milli = 800};
        return ML_OK;
    }
    if (!self->rule_count) {
        fault(self, 0, "a line outside a rule: begin with `rule NAME`");
        return ML_OK;
    }
    ml_rule *rule = &self->rule[self->rule_count - 1];
    if (ml_str_equal(key, ML_STR("relation")))
        rule->relation = value;
    else if (ml_str_equal(key, ML_STR("trigger")))
        return read_triggers(self, value);
    else if (ml_str_equal(key, ML_STR("source")))
        rule->source_count = read_ways(self, value, rule->source);
    else if (ml_str_equal(key, ML_STR("target")))
        rule->target_count = read_ways(self, value, rule->target);
    else if (ml_str_equal(key, ML_STR("needs")))
        rule->needs = words_of(self, value);
    else if (ml_str_equal(key, ML_STR("beside")))
        rule->beside = words_of(self, value);
    else if (ml_str_equal(key, ML_STR("next")))
        rule->next = words_of(self, value);
    else if (ml_str_equal(key, ML_STR("without")))
        rule->without = words_of(self, value);
    else if (ml_str_equal(key, ML_STR("unless")))
        rule->unless = words_of(self, value);
    else if (ml_str_equal(key, ML_STR("opening")))
        rule->opening = read_yes(self, value);
    else if (ml_str_equal(key, ML_STR("ordered")))
        rule->ordered = read_yes(self, value);
    else if (ml_str_equal(key, ML_STR("confidence")))
        rule->confidence_milli = (uint16_t)read_number(self, value, 1000);
    else if (ml_str_equal(key, ML_STR("proposed")))
        rule->proposed = read_yes(self, value);
    else if (ml_str_equal(key, ML_STR("+")) || ml_str_equal(key, ML_STR("-")))
        read_example(self, value, key.ptr[0] == '+');
    else
        fault(self, 0, "unknown key `%.*s`: see docs/DATA.md", (int)key.len, key.ptr);
    return ML_OK;
}

static ml_status read_all(rule_reader *self, ml_str text)
{
    while (text.ptr) {
        ml_str line = ml_str_trim(ml_str_split(&text, '\n'));
        self->line++;
        if (!ml_text_is_nfc(line))
            fault(self, 0, "not UTF-8 in NFC: normalise the line");
        else if (line.len && line.ptr[0] != '#')
            ML_TRY(read_line(self, line));
    }
    finish_rule(self);
    return ML_OK;
}

ml_status ml_rules__read_relations(ml_rules *rules, const char *models, ml_gazetteer *gazetteer, ml_faults *faults,
                                   ml_error *error)
{
    struct ml_rules_storage *storage = rules->storage;
    ml_str pieces[] = {ml_str_from(models), ML_STR("/"), ml_str_from(file_name)};
    ml_str path = ml_arena_concat(&storage->arena, pieces, 3);
    ML_TRY(ml_file_read(path.ptr, RULES_LIMIT_BYTES, &storage->relations, error));
    ml_str text = ml_buffer_view(&storage->relations);
    uint32_t lines = 1;
    for (uint32_t at = ml_str_find(text, '\n', 0); at < text.len; at = ml_str_find(text, '\n', at + 1))
        lines++;
    rule_reader reader = {.rules = rules, .gazetteer = gazetteer, .faults = faults, .error = error};
    reader.rule = ml_arena_array(&storage->arena, lines, sizeof *reader.rule);
    reader.example = ml_arena_array(&storage->arena, lines, sizeof *reader.example);
    if (!reader.rule || !reader.example)
        return ml_fail_memory(error);
    ML_TRY(read_all(&reader, text));
    rules->rule = reader.rule;
    rules->rule_count = reader.rule_count;
    rules->example = reader.example;
    rules->example_count = reader.example_count;
    return ML_OK;
}
