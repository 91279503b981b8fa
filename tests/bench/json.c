/* A text of JSON is made, parsed into a tree and summed up. */
#include "tests/bench/bench.h"

#define TEXT_MAX (2 << 20)
#define RECORDS  12000
#define TIMES    20

enum kind { NOTHING, BOOLEAN, NUMBER, STRING, LIST };

struct value {
    struct value *next, *first;
    const char *name, *string;
    double number;
    uint32_t name_len, string_len;
    enum kind kind;
};

static char text[TEXT_MAX];
static struct value pool[RECORDS * 12];
static size_t used;
static const char *at;

static void make_text(void)
{
    char *p = text;
    uint32_t seed = 99;

    *p++ = '[';
    for (int i = 0; i < RECORDS; i++) {
        uint32_t r = bench_random(&seed);
        p += sprintf(p, "%s\n  {\"id\": %d, \"name\": \"user %x\", \"active\": %s, ", i ? "," : "",
                     i, (unsigned)r, r & 64 ? "true" : "false");
        p += sprintf(p, "\"scores\": [%u.%u, -%u, %ue2], \"note\": \"a \\\"b\\\" \\u0041\"}",
                     (unsigned)(r % 100), (unsigned)(r >> 8 & 511), (unsigned)(r >> 20),
                     (unsigned)(r >> 28));
    }
    *p++ = ']';
    *p = 0;
}

static void skip(void)
{
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
        at++;
}

static uint32_t parse_string(const char **out)
{
    *out = ++at;
    while (*at != '"')
        at += *at == '\\' ? 2 : 1;
    return (uint32_t)(at++ - *out);
}

static double parse_number(void)
{
    double n = 0, scale = 1;
    int negative = *at == '-', power = 0;

    at += negative;
    for (; *at >= '0' && *at <= '9'; at++)
        n = n * 10 + (*at - '0');
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++, scale *= 10)
            n = n * 10 + (*at - '0');
    }
    if (*at == 'e') {
        for (at++; *at >= '0' && *at <= '9'; at++)
            power = power * 10 + (*at - '0');
    }
    for (n /= scale; power > 0; power--)
        n *= 10;
    return negative ? -n : n;
}

static struct value *parse(void);

static void parse_members(struct value *list, char end)
{
    struct value **link = &list->first;

    list->kind = LIST;
    at++;
    for (skip(); *at != end; skip()) {
        const char *name = NULL;
        uint32_t len = 0;
        if (end == '}') {
            len = parse_string(&name);
            skip();
            at++;
        }
        *link = parse();
        (*link)->name = name;
        (*link)->name_len = len;
        link = &(*link)->next;
        skip();
        if (*at == ',')
            at++;
    }
    at++;
}

static struct value *parse(void)
{
    struct value *v = &pool[used++];

    memset(v, 0, sizeof *v);
    skip();
    switch (*at) {
    case '{':
        parse_members(v, '}');
        break;
    case '[':
        parse_members(v, ']');
        break;
    case '"':
        v->kind = STRING;
        v->string_len = parse_string(&v->string);
        break;
    case 't':
    case 'f':
        v->kind = BOOLEAN;
        v->number = *at == 't';
        at += *at == 't' ? 4 : 5;
        break;
    case 'n':
        at += 4;
        break;
    default:
        v->kind = NUMBER;
        v->number = parse_number();
    }
    return v;
}

static uint64_t summary(const struct value *v, uint64_t sum)
{
    for (; v; v = v->next) {
        sum = bench_mix(sum, (uint64_t)v->kind + v->name_len + v->string_len);
        sum = bench_mix(sum, bench_bits(v->number));
        sum = summary(v->first, sum);
    }
    return sum;
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    if (!text[0])
        make_text();
    for (int i = 0; i < TIMES; i++) {
        used = 0;
        at = text;
        sum = summary(parse(), sum);
    }
    return sum;
}
