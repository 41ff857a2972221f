/* generate.c COUNT [FIRST]: COUNT made-up records of ten statements each, from number FIRST (0) on, as JSON lines on standard output. The same
 * numbers give the same lines. Who is named how often follows Zipf's law, as in news; every article has an event of its own. */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { PERSONS = 200000, BODIES = 20000, LOCALITIES = 700, PER_ARTICLE = 4, FIRST_YEAR = 2008, YEARS = 12 };

static const char *const families[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan",  "Vũ", "Võ",
                                       "Đặng",   "Bùi",  "Đỗ", "Hồ",   "Ngô",   "Dương", "Lý", "Đinh"};
static const char *const middles[] = {"Văn", "Thị", "Đình", "Xuân", "Hữu", "Minh", "Quốc", "Thanh", "Ngọc", "Đức"};
static const char *const givens[] = {"An",    "Bình", "Cường", "Dũng",  "Giang", "Hà",    "Hải",  "Hạnh",
                                     "Hòa",   "Hùng", "Hương", "Khánh", "Lan",   "Long",  "Mai",  "Nam",
                                     "Nga",   "Phúc", "Quang", "Sơn",   "Tâm",   "Thắng", "Thảo", "Toàn",
                                     "Trung", "Tuấn", "Vinh",  "Yến",   "Chi",   "Đạt"};
static const char *const titles[] = {"Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc", "Bí thư", "nguyên Bí thư"};
static const char *const fields[] = {"Y tế",      "Giáo dục",   "Xây dựng", "Nội vụ",
                                     "Tài chính", "Giao thông", "Tư pháp",  "Công Thương"};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* https://prng.di.unimi.it/splitmix64.c */
static uint64_t next(uint64_t *state)
{
    uint64_t value = (*state += 0x9e3779b97f4a7c15u);
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

/* A rank below `count`, about as often as Zipf's law with exponent 1 has it. */
static uint32_t rank(uint64_t *state, uint32_t count)
{
    double place = (double)(next(state) >> 11) / 9007199254740992.0;
    uint32_t found = (uint32_t)exp(place * log((double)count + 1)) - 1;
    return found < count ? found : count - 1;
}

static void print_person(uint32_t number)
{
    uint64_t state = number;
    const char *family = families[next(&state) % COUNT_OF(families)];
    const char *middle = middles[next(&state) % COUNT_OF(middles)];
    const char *inner = middles[next(&state) % COUNT_OF(middles)];
    const char *given = givens[next(&state) % COUNT_OF(givens)];
    printf("{\"id\":\"person-x-%06" PRIu32 "\",\"type\":\"person\",\"name\":\"%s %s %s %s\"}", number, family, middle,
           inner, given);
}

static void print_body(uint32_t number)
{
    printf(",{\"id\":\"body-x-%05" PRIu32 "\",\"type\":\"body\",\"name\":\"Sở %s số %" PRIu32
           "\",\"parent\":\"place-x-%03" PRIu32 "\"}",
           number, fields[number % COUNT_OF(fields)], number, number % LOCALITIES);
}

static void print_relation(const char *type, const char *source, uint32_t from, const char *target, uint64_t to,
                           const char *title, uint32_t start)
{
    static const char *const rules[] = {"bench.one", "bench.two"};
    printf("%s{\"type\":\"%s\",\"source\":\"%s%0*" PRIu32 "\",\"target\":\"%s%0*" PRIu64 "\"", start ? "," : "", type,
           source,
           source[0] == 'e'   ? 8
           : source[0] == 'b' ? 5
           : source[1] == 'e' ? 6
                              : 3,
           from, target,
           target[0] == 'e'   ? 8
           : target[0] == 'b' ? 5
           : target[1] == 'e' ? 6
                              : 3,
           to);
    if (title)
        printf(",\"title\":\"%s\"", title);
    printf(",\"confidence\":0.9,\"rule\":\"%s\",\"evidence\":{\"start\":%" PRIu32 ",\"end\":%" PRIu32 "}}",
           rules[start % 2], start * 100, start * 100 + 90);
}

typedef struct {
    uint32_t person[PER_ARTICLE], body[PER_ARTICLE], locality[2];
} cast;

/* Distinct numbers of each kind, since ids are unique in a record. */
static void choose(uint64_t *state, uint32_t *out, uint32_t count, uint32_t among)
{
    for (uint32_t i = 0; i < count; i++) {
        out[i] = rank(state, among);
        for (uint32_t j = 0; j < i; j++) {
            if (out[j] == out[i]) {
                out[i] = (out[i] + 1) % among;
                j = UINT32_MAX;
            }
        }
    }
}

/* Who one is decides where one is, nine times of ten: posts repeat. */
static void choose_bodies(uint64_t *state, cast *who)
{
    for (uint32_t i = 0; i < PER_ARTICLE; i++) {
        uint64_t home = who->person[i];
        who->body[i] = next(state) % 10 ? (uint32_t)(next(&home) % BODIES) : rank(state, BODIES);
        for (uint32_t j = 0; j < i; j++) {
            if (who->body[j] == who->body[i]) {
                who->body[i] = (who->body[i] + 1) % BODIES;
                j = UINT32_MAX;
            }
        }
    }
}

static void print_relations(uint64_t article, const cast *who)
{
    fputs("],\"relations\":[", stdout);
    for (uint32_t i = 0; i < PER_ARTICLE; i++)
        print_relation("holds_position", "person-x-", who->person[i], "body-x-", who->body[i],
                       titles[who->person[i] % COUNT_OF(titles)], i);
    print_relation("chaired", "person-x-", who->person[0], "event-x-", article, NULL, 4);
    print_relation("attended", "person-x-", who->person[1], "event-x-", article, NULL, 5);
    print_relation("attended", "person-x-", who->person[2], "event-x-", article, NULL, 6);
    print_relation("held_at", "event-x-", (uint32_t)article, "place-x-", who->locality[0], NULL, 7);
    print_relation("cooperates_with", "place-x-", who->locality[0], "place-x-", who->locality[1], NULL, 8);
    print_relation("met_with", "person-x-", who->person[0], "person-x-", who->person[3], NULL, 9);
    fputs("]}\n", stdout);
}

static void print_article(uint64_t article)
{
    uint64_t state = article * 0x2545f4914f6cdd1du + 1;
    cast who;
    choose(&state, who.person, PER_ARTICLE, PERSONS);
    choose_bodies(&state, &who);
    choose(&state, who.locality, 2, LOCALITIES);
    uint64_t day = next(&state);
    printf("{\"schema\":\"mangluoi-record/1\",\"id\":\"bench-%08" PRIu64 "\",\"date\":\"%d-%02d-%02d\",\"entities\":[",
           article, FIRST_YEAR + (int)(day % YEARS), 1 + (int)(day / 16 % 12), 1 + (int)(day / 256 % 28));
    for (uint32_t i = 0; i < PER_ARTICLE; i++) {
        if (i)
            putchar(',');
        print_person(who.person[i]);
    }
    for (uint32_t i = 0; i < PER_ARTICLE; i++)
        print_body(who.body[i]);
    for (uint32_t i = 0; i < 2; i++)
        printf(",{\"id\":\"place-x-%03" PRIu32 "\",\"type\":\"locality\",\"name\":\"Huyện Số %" PRIu32 "\"}",
               who.locality[i], who.locality[i]);
    printf(",{\"id\":\"event-x-%08" PRIu64 "\",\"type\":\"event\",\"name\":\"hội nghị số %" PRIu64
           "\"}],\"mentions\":[",
           article, article);
    for (uint32_t i = 0; i < PER_ARTICLE; i++)
        printf("%s{\"start\":%" PRIu32 ",\"end\":%" PRIu32 ",\"type\":\"person\",\"entity\":\"person-x-%06" PRIu32
               "\",\"confidence\":0.9,\"rule\":\"mention.title\"}",
               i ? "," : "", i * 100, i * 100 + 12, who.person[i]);
    print_relations(article, &who);
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000;
    uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    for (uint64_t i = 0; i < count; i++)
        print_article(first + i);
    return fflush(stdout) == 0 ? 0 : 1;
}
