#include "wasm/spec/json.h"

#include "base/string.h"
#include "base/utf8.h"

enum { JSON_DEPTH_MAX = 64 };

struct parser {
    char *p;
    struct arena *arena;
};

static void skip_space(struct parser *s)
{
    while (*s->p == ' ' || *s->p == '\n' || *s->p == '\t' || *s->p == '\r')
        s->p++;
}

static bool hex4(const char *p, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef", *at = p[i] ? strchr(digits, p[i] | 0x20) : NULL;
        if (!at)
            return false;
        *out = *out << 4 | (uint32_t)(at - digits);
    }
    return true;
}

/* \uXXXX, with its second half where there is one; *p stands behind the u. */
static size_t unicode_escape(char **p, char *out)
{
    uint32_t code, low;

    if (!hex4(*p, &code))
        return 0;
    *p += 4;
    if (code >= 0xd800 && code < 0xdc00 && (*p)[0] == '\\' && (*p)[1] == 'u' &&
        hex4(*p + 2, &low) && low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        *p += 6;
    }
    return utf8_encode(code, out);
}

/* Decodes in place, which never gets longer. s->p stands behind the opening quote. */
static bool string(struct parser *s, const char **out, size_t *out_len)
{
    char *to = s->p, *from = s->p;

    *out = to;
    while (*from != '"') {
        static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
        const char *at;
        if (!*from)
            return false;
        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        from++;
        at = *from ? strchr(names, *from) : NULL;
        if (at) {
            *to++ = values[at - names];
            from++;
        } else if (*from == 'u') {
            size_t n;
            from++;
            n = unicode_escape(&from, to);
            if (!n)
                return false;
            to += n;
        } else {
            return false;
        }
    }
    s->p = from + 1;
    *out_len = (size_t)(to - *out);
    *to = '\0';
    return true;
}

/* A string, or a word up to the next delimiter. The word is terminated later, by its delimiter's
 * reader. */
static bool scalar(struct parser *s, struct json *n)
{
    if (*s->p == '"') {
        s->p++;
        n->kind = JSON_STRING;
        return string(s, &n->text, &n->len);
    }
    n->text = s->p;
    n->len = 0;
    while (s->p[n->len] && !strchr(",]} \n\t\r", s->p[n->len]))
        n->len++;
    n->kind = *s->p == 'n' ? JSON_NULL : *s->p == 't' || *s->p == 'f' ? JSON_BOOL : JSON_NUMBER;
    s->p += n->len;
    return n->len > 0;
}

/* One value, and all inside it: an explicit stack of open arrays and objects. */
static struct json *parse(struct parser *s)
{
    struct json *open[JSON_DEPTH_MAX] = {0}, **link[JSON_DEPTH_MAX], *root = NULL;
    unsigned depth = 0;

    do {
        struct json *n;
        skip_space(s);
        if (depth && (*s->p == ']' || *s->p == '}')) {
            char close = open[depth - 1]->kind == JSON_ARRAY ? ']' : '}';
            if (*s->p != close)
                return NULL;
            *s->p++ = '\0';
            depth--;
            skip_space(s);
            if (depth && *s->p == ',')
                *s->p++ = '\0';
            continue;
        }
        n = ARENA_NEW(s->arena, struct json);
        if (!n)
            return NULL;
        if (!root)
            root = n;
        if (depth) {
            *link[depth - 1] = n;
            link[depth - 1] = &n->next;
        }
        if (depth && open[depth - 1]->kind == JSON_OBJECT) {
            size_t len;
            if (*s->p++ != '"' || !string(s, &n->key, &len))
                return NULL;
            skip_space(s);
            if (*s->p++ != ':')
                return NULL;
            skip_space(s);
        }
        if (*s->p == '[' || *s->p == '{') {
            if (depth == JSON_DEPTH_MAX)
                return NULL;
            n->kind = *s->p++ == '[' ? JSON_ARRAY : JSON_OBJECT;
            open[depth] = n;
            link[depth++] = &n->child;
            continue;
        }
        if (!scalar(s, n))
            return NULL;
        skip_space(s);
        if (depth && *s->p == ',')
            *s->p++ = '\0';
    } while (depth);
    return root;
}

struct json *json_parse(char *text, struct arena *arena)
{
    struct parser s = {text, arena};
    return parse(&s);
}

const struct json *json_get(const struct json *j, const char *key)
{
    for (const struct json *c = j && j->kind == JSON_OBJECT ? j->child : NULL; c; c = c->next)
        if (c->key && !strcmp(c->key, key))
            return c;
    return NULL;
}

const char *json_text(const struct json *j, const char *key)
{
    const struct json *c = json_get(j, key);
    return c ? c->text : NULL;
}
