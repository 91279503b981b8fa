#include "wasm/tools/json.h"

#include <string.h>

#include "base/test.h"

TEST(json_reads_nested_values)
{
    char text[] = " {\"a\": [1, -2.5e3, \"x\\u00e9\\n\\ud83d\\ude00\"], \"b\": {\"c\": null, "
                  "\"d\": true}, \"e\": []} ";
    struct json *j = json_parse(text);
    const struct json *a = json_get(j, "a");

    CHECK(j && j->kind == JSON_OBJECT && a && a->kind == JSON_ARRAY);
    CHECK(!strcmp(a->child->text, "1") && !strcmp(a->child->next->text, "-2.5e3"));
    CHECK(!strcmp(a->child->next->next->text, "x\xc3\xa9\n\xf0\x9f\x98\x80"));
    CHECK(!a->child->next->next->next);
    CHECK(json_get(json_get(j, "b"), "c")->kind == JSON_NULL);
    CHECK(!strcmp(json_text(json_get(j, "b"), "d"), "true"));
    CHECK(json_get(j, "e")->kind == JSON_ARRAY && !json_get(j, "e")->child);
    CHECK(!json_get(j, "f") && !json_text(NULL, "a"));
    json_free(j);
}

TEST(json_refuses_what_is_malformed)
{
    static const char *const bad[] = {"",       "{",     "[1",      "[1}",       "{\"a\" 1}",
                                      "{a: 1}", "\"abc", "\"\\x\"", "\"\\u12\"", "]"};

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char text[32];
        strcpy(text, bad[i]);
        CHECK(!json_parse(text));
    }
}

TEST(json_strings_may_hold_nul)
{
    char text[] = "[\"a\\u0000b\"]";
    struct json *j = json_parse(text);

    CHECK(j && j->child->len == 3 && !memcmp(j->child->text, "a\0b", 3));
    json_free(j);
}
