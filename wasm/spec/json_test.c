#include "wasm/spec/json.h"

#include "base/string.h"
#include "base/test.h"
#include "wasm/test_host.h"

static void begin(struct arena *a)
{
    arena_init(a, (struct arena_source){test_host_alloc, test_host_free, &test_pool}, SIZE_MAX);
}

TEST(json_reads_nested_values)
{
    char text[] = " {\"a\": [1, -2.5e3, \"x\\u00e9\\n\\ud83d\\ude00\"], \"b\": {\"c\": null, "
                  "\"d\": true}, \"e\": []} ";
    struct arena arena;
    const struct json *j, *a;

    begin(&arena);
    j = json_parse(text, &arena);
    a = json_get(j, "a");
    CHECK(j && j->kind == JSON_OBJECT && a && a->kind == JSON_ARRAY);
    CHECK(!strcmp(a->child->text, "1") && !strcmp(a->child->next->text, "-2.5e3"));
    CHECK(!strcmp(a->child->next->next->text, "x\xc3\xa9\n\xf0\x9f\x98\x80"));
    CHECK(!a->child->next->next->next);
    CHECK(json_get(json_get(j, "b"), "c")->kind == JSON_NULL);
    CHECK(!strcmp(json_text(json_get(j, "b"), "d"), "true"));
    CHECK(json_get(j, "e")->kind == JSON_ARRAY && !json_get(j, "e")->child);
    CHECK(!json_get(j, "f") && !json_text(NULL, "a"));
    arena_fini(&arena);
}

TEST(json_refuses_what_is_malformed)
{
    static const char *const bad[] = {"",       "{",     "[1",      "[1}",       "{\"a\" 1}",
                                      "{a: 1}", "\"abc", "\"\\x\"", "\"\\u12\"", "]"};

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char text[32];
        struct arena arena;
        begin(&arena);
        str_copy(text, bad[i], sizeof text);
        CHECK(!json_parse(text, &arena));
        arena_fini(&arena);
    }
}

TEST(json_strings_may_hold_nul)
{
    char text[] = "[\"a\\u0000b\"]";
    struct arena arena;
    const struct json *j;

    begin(&arena);
    j = json_parse(text, &arena);
    CHECK(j && j->child->len == 3 && !memcmp(j->child->text, "a\0b", 3));
    arena_fini(&arena);
}
