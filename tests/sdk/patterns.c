/* fnmatch, with patterns that take a naive matcher for ever. */
#include "check.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int matches(const char *pattern, const char *string, int flags)
{
    return fnmatch(pattern, string, flags) == 0;
}

static void wildcards(void)
{
    CHECK(matches("", "", 0));
    CHECK(matches("*", "", 0));
    CHECK(!matches("?", "", 0));
    CHECK(matches("a*b*c", "aXXbYYbc", 0));
    CHECK(!matches("a*b*c", "aXXbYYb", 0));
    CHECK(matches("*.c", "x.c", 0));
    CHECK(!matches("*.c", "x.cc", 0));
    CHECK(matches("\\*", "*", 0));
    CHECK(!matches("\\*", "a", 0));
    CHECK(matches("\\*", "\\abc", FNM_NOESCAPE));
    CHECK(matches("a\\", "a\\", 0));
    CHECK(matches("?", "\xc3\xa9", 0));  /* one character */
    CHECK(!matches("?", "\xc3\xc3", 0)); /* two bytes that are none */
    CHECK(matches("??", "\xc3\xc3", 0));
}

static void brackets(void)
{
    CHECK(matches("[abc]", "b", 0));
    CHECK(!matches("[!abc]", "b", 0));
    CHECK(!matches("[^abc]", "b", 0));
    CHECK(matches("[]]", "]", 0));
    CHECK(matches("[!]]", "a", 0));
    CHECK(matches("[a-]", "-", 0));
    CHECK(matches("[--0]", ".", 0));
    CHECK(!matches("[z-a]", "m", 0));
    CHECK(matches("[[:digit:]x]", "7", 0));
    CHECK(matches("[[:digit:]x]", "x", 0));
    CHECK(!matches("[[:nonsense:]]", "n", 0));
    CHECK(matches("[[.-.]a]", "-", 0));
    CHECK(matches("[[=a=]]", "a", 0));
    CHECK(matches("[a", "[a", 0)); /* no end: ordinary */
    CHECK(matches("[", "[", 0));
    CHECK(matches("[\\]", "\\", 0)); /* an ordinary character there */
    CHECK(matches("[\\]]", "\\]", 0));
    CHECK(!matches("[\\]]", "]", 0));
    CHECK(!matches("[[:d-d]", "[", 0)); /* a class without an end: nothing */
    CHECK(!matches("*[![:d-d]", "a", 0));
    CHECK(matches("[\xc3\xa0-\xc3\xaa]", "\xc3\xa9", 0));
    CHECK(matches("[A-C]", "b", FNM_CASEFOLD));
    CHECK(matches("\xc3\x89", "\xc3\xa9", FNM_CASEFOLD));
}

static void paths(void)
{
    CHECK(matches("*", "a/b", 0));
    CHECK(!matches("*", "a/b", FNM_PATHNAME));
    CHECK(matches("*/b", "a/b", FNM_PATHNAME));
    CHECK(!matches("a?b", "a/b", FNM_PATHNAME));
    CHECK(!matches("a[/]b", "a/b", FNM_PATHNAME));
    CHECK(matches("a[/]b", "a[/]b", FNM_PATHNAME));
    CHECK(matches("a\\/b", "a/b", FNM_PATHNAME));
    CHECK(!matches("*", ".a", FNM_PERIOD));
    CHECK(matches(".*", ".a", FNM_PERIOD));
    CHECK(matches("\\.*", ".a", FNM_PERIOD));
    CHECK(!matches("[.]a", ".a", FNM_PERIOD));
    CHECK(matches("b/*", "b/.a", FNM_PERIOD));
    CHECK(!matches("b/*", "b/.a", FNM_PERIOD | FNM_PATHNAME));
    CHECK(matches("a", "a/b/c", FNM_LEADING_DIR));
    CHECK(matches("a/*", "a/b/c", FNM_LEADING_DIR | FNM_PATHNAME));
    CHECK(!matches("b", "a/b/c", FNM_LEADING_DIR));
    CHECK(matches("a/", "a/", FNM_PATHNAME));
    CHECK(!matches("a/", "a", FNM_PATHNAME));
}

static void hostile(void)
{
    enum { LEN = 4000 };
    char *pattern = malloc(2 * LEN + 2), *string = malloc(LEN + 1);
    memset(string, 'a', LEN);
    string[LEN] = '\0';
    for (int i = 0; i < LEN; i++)
        memcpy(pattern + 2 * i, "*a", 2);
    strcpy(pattern + 2 * LEN, "b");
    clock_t start = clock();
    CHECK(!matches(pattern, string, 0));
    pattern[2 * LEN] = '\0';
    CHECK(matches(pattern, string, 0));
    memset(pattern, '[', 2 * LEN); /* none has an end */
    CHECK(!matches(pattern, string, 0));
    CHECK((clock() - start) / CLOCKS_PER_SEC < 10);
    free(pattern);
    free(string);
}

int main(void)
{
    wildcards();
    brackets();
    paths();
    hostile();
    return check_report();
}
