/* regcomp, regexec, regerror; patterns that take a backtracking matcher for ever. */
#include "check.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BASIC = 0, GROUPS = 4 };

/* What a match looks like: "0-3 1-2 -", one for each group. */
static const char *found(const char *pattern, int flags, const char *text, int exec_flags)
{
    static char out[200];
    regex_t r;
    regmatch_t m[GROUPS];
    int error = regcomp(&r, pattern, flags);
    if (error)
        return "refused";
    int result = regexec(&r, text, GROUPS, m, exec_flags);
    out[0] = '\0';
    for (size_t i = 0; result == 0 && i < GROUPS && i <= r.re_nsub; i++) {
        char one[40] = "-";
        if (m[i].rm_so >= 0)
            snprintf(one, sizeof one, "%d-%d", (int)m[i].rm_so, (int)m[i].rm_eo);
        strcat(strcat(out, i ? " " : ""), one);
    }
    regfree(&r);
    return result == 0 ? out : "none";
}

#define FOUND(pattern, flags, text, wanted)                                                        \
    check(strcmp(found(pattern, flags, text, 0), wanted) == 0, #pattern " in " #text, __LINE__)

static void basic(void)
{
    FOUND("", BASIC, "abc", "0-0");
    FOUND("b", BASIC, "abc", "1-2");
    FOUND("a*", BASIC, "baa", "0-0");
    FOUND("aa*", BASIC, "baa", "1-3");
    FOUND("*a", BASIC, "b*a", "1-3"); /* nothing to repeat: a star */
    FOUND("^*a", BASIC, "*a", "0-2");
    FOUND("\\(*a\\)", BASIC, "*a", "0-2 0-2");
    FOUND("a+b?(c|d)", BASIC, "a+b?(c|d)", "0-9");
    FOUND("a\\+b\\?c", BASIC, "aac", "0-3");
    FOUND("a\\|bc", BASIC, "xbc", "1-3");
    FOUND("a\\{2,3\\}", BASIC, "aaaa", "0-3");
    FOUND("a\\{2\\}", BASIC, "abaa", "2-4");
    FOUND("a{2}", BASIC, "a{2}", "0-4");
    FOUND("a^b$c", BASIC, "a^b$c", "0-5");
    FOUND("^ab$", BASIC, "ab", "0-2");
    FOUND("\\(^a\\)\\(b$\\)", BASIC, "ab", "0-2 0-1 1-2");
    FOUND("\\.", BASIC, "a.", "1-2");
    FOUND("\\(a\\)\\1", BASIC, "aa", "refused");
}

static void extended(void)
{
    FOUND("a+b?(c|d)", REG_EXTENDED, "aaabd", "0-5 4-5");
    FOUND("(a|ab)(c|bcd)(d*)", REG_EXTENDED, "abcd", "0-4 0-2 2-3 3-4"); /* the first is longest */
    FOUND("a|ab|abc", REG_EXTENDED, "abcd", "0-3");                      /* not the first one */
    FOUND("(a*)(a*)", REG_EXTENDED, "aaa", "0-3 0-3 3-3");
    FOUND("(a*)*", REG_EXTENDED, "b", "0-0 0-0");
    FOUND("(a*)+", REG_EXTENDED, "aab", "0-2 0-2");
    FOUND("((a)|b)*", REG_EXTENDED, "ab", "0-2 1-2 -"); /* \2 took no part in the last round */
    FOUND("(a)?b", REG_EXTENDED, "b", "0-1 -");
    FOUND("x(a|b){2,3}y", REG_EXTENDED, "xabay", "0-5 3-4");
    FOUND("(ab){0}c", REG_EXTENDED, "abc", "2-3 -");
    FOUND("a{,2}", REG_EXTENDED, "a", "refused");
    FOUND("()", REG_EXTENDED, "a", "0-0 0-0");
    FOUND("a||b", REG_EXTENDED, "b", "0-1");
    FOUND("(^|x)a($|y)", REG_EXTENDED, "xay", "0-3 0-1 2-3");
    FOUND("\\(\\*\\\\", REG_EXTENDED, "(*\\", "0-3");
    FOUND("^(.*),(.*)$", REG_EXTENDED, "a,b,c", "0-5 0-3 4-5");
}

static void brackets(void)
{
    FOUND("[abc]+", REG_EXTENDED, "xcbay", "1-4");
    FOUND("[^abc]", BASIC, "abcx", "3-4");
    FOUND("[]a]*", BASIC, "]a]b", "0-3");
    FOUND("[^]a]", BASIC, "]ab", "2-3");
    FOUND("[a-]", BASIC, "-", "0-1");
    FOUND("[\\n]", BASIC, "\\", "0-1");
    FOUND("[[:digit:][:upper:]]+", REG_EXTENDED, "ab12Cd", "2-5");
    FOUND("[[.-.]a][[=b=]]", BASIC, "-b", "0-2");
    FOUND("[z-a]", BASIC, "z", "refused");
    FOUND("[\xc3\xa0-\xc3\xaa]", BASIC, "x\xc3\xa9", "1-3"); /* one character of two bytes */
    FOUND("^.$", BASIC, "\xe2\x82\xac", "0-3");
    FOUND("a.b", BASIC,
          "a\xff"
          "b",
          "0-3"); /* a byte that is no UTF-8 */
}

static void flags(void)
{
    FOUND("aBc", REG_ICASE, "xAbC", "1-4");
    FOUND("[^a]", REG_ICASE, "Ab", "1-2");
    FOUND("\xc3\x89", REG_ICASE, "\xc3\xa9", "0-2");
    FOUND("^b.*$", REG_NEWLINE, "a\nbc\nd", "2-4");
    FOUND("a[^x]b", REG_NEWLINE, "a\nb", "none");
    FOUND("a.b", BASIC, "a\nb", "0-3");
    CHECK(strcmp(found("^a", BASIC, "a", REG_NOTBOL), "none") == 0);
    CHECK(strcmp(found("a$", BASIC, "a", REG_NOTEOL), "none") == 0);
    regex_t r;
    regmatch_t m = {7, 7};
    CHECK(regcomp(&r, "(b)", REG_EXTENDED | REG_NOSUB) == 0 && r.re_nsub == 1);
    CHECK(regexec(&r, "abc", 1, &m, 0) == 0 && m.rm_so == 7);
    CHECK(regexec(&r, "ac", 0, NULL, 0) == REG_NOMATCH);
    regfree(&r);
}

static void mistakes(void)
{
    static const struct {
        const char *pattern;
        int flags, error;
    } all[] = {
        {"[a", BASIC, REG_EBRACK},
        {"[[:nothing:]]", BASIC, REG_ECTYPE},
        {"[[.ab.]]", BASIC, REG_ECOLLATE},
        {"a\\", BASIC, REG_EESCAPE},
        {"\\(a", BASIC, REG_EPAREN},
        {"a\\)", BASIC, REG_EPAREN},
        {"(a", REG_EXTENDED, REG_EPAREN},
        {"a)", REG_EXTENDED, REG_EPAREN},
        {"a{1", REG_EXTENDED, REG_EBRACE},
        {"a{2,1}", REG_EXTENDED, REG_BADBR},
        {"a{256}", REG_EXTENDED, REG_BADBR},
        {"*a", REG_EXTENDED, REG_BADRPT},
        {"a|*", REG_EXTENDED, REG_BADRPT},
        {"(+)", REG_EXTENDED, REG_BADRPT},
        {"^*", REG_EXTENDED, REG_BADRPT},
        {"\xff", BASIC, REG_BADPAT},
        {"((a{255}){255}){255}", REG_EXTENDED, REG_ESPACE},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        regex_t r;
        char text[100], small[4];
        int error = regcomp(&r, all[i].pattern, all[i].flags);
        check(error == all[i].error, all[i].pattern, __LINE__);
        size_t n = regerror(error, &r, text, sizeof text);
        CHECK(n == strlen(text) + 1 && regerror(error, &r, small, sizeof small) == n);
        CHECK(strncmp(text, small, 3) == 0 && strlen(small) == 3);
    }
    char deep[2001];
    memset(deep, '(', 1000);
    memset(deep + 1000, ')', 1000);
    deep[2000] = '\0';
    CHECK(strcmp(found(deep, REG_EXTENDED, "a", 0), "refused") == 0);
}

/* Text that almost matches, and patterns whose parts can share it in very many ways. */
static void slow_ones(void)
{
    enum { LEN = 20000 };
    static const char *const patterns[] = {"(a*)*b", "(a|aa)*b", "(a?){40}(a{40})*b",
                                           "(.*)(.*)(.*)b", "((a*)|(a*a))*c"};
    char *text = malloc(LEN + 1);
    memset(text, 'a', LEN);
    text[LEN] = '\0';
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        clock_t begin = clock();
        CHECK(strcmp(found(patterns[i], REG_EXTENDED, text, 0), "none") == 0);
        CHECK(clock() - begin < 10 * CLOCKS_PER_SEC);
    }
    free(text);
}

int main(void)
{
    basic();
    extended();
    brackets();
    flags();
    mistakes();
    slow_ones();
    return check_report();
}
