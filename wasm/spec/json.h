/* A small reader for JSON (RFC 8259): the whole text becomes nodes in an arena. */
#pragma once

#include "base/arena.h"

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_kind kind;
    const char *key;    /* in an object, else NULL */
    const char *text;   /* strings: decoded to UTF-8; numbers and booleans: as written */
    size_t len;         /* of text; it is also NUL-terminated */
    struct json *child; /* arrays and objects: the first element */
    struct json *next;  /* the next element of the same array or object */
};

/* NULL: malformed or out of memory. `text` is NUL-terminated, is changed, and must live as long as
 * the nodes. */
struct json *json_parse(char *text, struct arena *arena);
/* A member of an object, or NULL; j may be NULL. */
const struct json *json_get(const struct json *j, const char *key);
/* A member's text, or NULL. */
const char *json_text(const struct json *j, const char *key);
