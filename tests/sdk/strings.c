/* <string.h> against simple models, on random strings at all alignments. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ROUNDS = 20000, MAX = 64 };

static uint64_t state = 88172645463325252u;
static int failures;

static unsigned next(unsigned limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 20) % limit;
}

static void check(int ok, const char *what, const char *a, const char *b)
{
    if (!ok && failures++ < 20)
        printf("failed: %s '%s' '%s'\n", what, a, b);
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static char *model_strstr(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    for (size_t i = 0; i + m <= n; i++) {
        size_t j = 0;
        while (j < m && a[i + j] == b[j])
            j++;
        if (j == m)
            return (char *)a + i;
    }
    return NULL;
}

static int model_compare(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (a[i] != b[i])
            return (unsigned char)a[i] < (unsigned char)b[i] ? -1 : 1;
        if (a[i] == '\0')
            return 0;
    }
    return 0;
}

static size_t model_span(const char *a, const char *set, int inside)
{
    size_t n = 0;
    for (; a[n]; n++) {
        int found = 0;
        for (const char *s = set; *s; s++)
            found |= *s == a[n];
        if (found != inside)
            break;
    }
    return n;
}

static size_t random_string(char *to, unsigned alphabet, unsigned max)
{
    size_t n = next(max);
    for (size_t i = 0; i < n; i++)
        to[i] = (char)((next(9) ? 'a' : 0xe0) + next(alphabet));
    to[n] = '\0';
    return n;
}

static void searching(const char *a, size_t n, const char *b, size_t m)
{
    char c = (char)('a' + next(4));
    size_t first = 0, last = n;
    while (first < n && a[first] != c)
        first++;
    while (last > 0 && a[last - 1] != c)
        last--;
    const char *where = first < n ? a + first : NULL;
    check(strlen(a) == n, "strlen", a, b);
    check(strnlen(a, m) == (n < m ? n : m), "strnlen", a, b);
    check(strchr(a, c) == where && memchr(a, c, n) == where, "strchr", a, b);
    check(strchrnul(a, c) == a + first, "strchrnul", a, b);
    check(strchr(a, '\0') == a + n, "strchr NUL", a, b);
    check(strrchr(a, c) == (last ? a + last - 1 : NULL), "strrchr", a, b);
    check(strstr(a, b) == model_strstr(a, b), "strstr", a, b);
    check(memmem(a, n, b, m) == model_strstr(a, b), "memmem", a, b);
    check(strspn(a, b) == model_span(a, b, 1), "strspn", a, b);
    check(strcspn(a, b) == model_span(a, b, 0), "strcspn", a, b);
    const char *any = a + model_span(a, b, 0);
    check(strpbrk(a, b) == (*any ? any : NULL), "strpbrk", a, b);
}

static void comparing(const char *a, size_t n, const char *b, size_t m)
{
    size_t least = n < m ? n : m, some = next(MAX);
    check(sign(strcmp(a, b)) == model_compare(a, b, MAX), "strcmp", a, b);
    check(sign(strncmp(a, b, some)) == model_compare(a, b, some), "strncmp", a, b);
    check(sign(memcmp(a, b, least)) == model_compare(a, b, least), "memcmp", a, b);
}

static void copying(const char *a, size_t n, const char *b, size_t m)
{
    char to[4 * MAX], *dup = strdup(a);
    check(strcpy(to, a) == to && strcmp(to, a) == 0, "strcpy", a, b);
    check(strcat(to, b) == to && strlen(to) == n + m && strcmp(to + n, b) == 0, "strcat", a, b);
    check(stpcpy(to, a) == to + n && strcmp(dup, a) == 0, "stpcpy, strdup", a, b);
    memset(to, '#', sizeof to);
    strncpy(to, a, m);
    int right = to[m] == '#';
    for (size_t i = 0; i < m; i++)
        right &= to[i] == (i < n ? a[i] : '\0');
    check(right, "strncpy", a, b);
    to[0] = '\0';
    strncat(to, a, m);
    check(strlen(to) == (n < m ? n : m), "strncat", a, b);
    check(m == 0 || (strlcpy(to, a, m) == n && strlen(to) == (n < m ? n : m - 1)), "strlcpy", a, b);
    size_t from = next(MAX), where = next(MAX), count = next(MAX);
    for (size_t i = 0; i < sizeof to; i++)
        to[i] = (char)i;
    memmove(to + where, to + from, count);
    right = 1;
    for (size_t i = 0; i < sizeof to; i++)
        right &= to[i] == (char)(i >= where && i < where + count ? i - where + from : i);
    check(right, "memmove", a, b);
    free(dup);
}

static void tokens(void)
{
    char line[] = "  one,two;; three ,", *state, *rest = line;
    for (char *t = strtok_r(line, " ,;", &state); t; t = strtok_r(NULL, " ,;", &state))
        printf("<%s>", t);
    char fields[] = "a::b:";
    rest = fields;
    for (char *t; (t = strsep(&rest, ":"));)
        printf("(%s)", t);
    printf("\n%d %d %d %d\n", strcasecmp("HeLLo", "hEllO"), strncasecmp("abX", "ABy", 2), ffs(24),
           ffs(0));
    printf("%s\n", strcasestr("The Quick Fox", "qUICK"));
    printf("%s / %s / %s\n", strerror(0), strerror(44), strerror(9999));
}

int main(void)
{
    static char first[2 * MAX], second[2 * MAX];
    for (int i = 0; i < ROUNDS; i++) {
        char *a = first + next(9), *b = second + next(9);
        unsigned alphabet = next(3) ? 2 : 4;
        size_t n = random_string(a, alphabet, MAX),
               m = random_string(b, alphabet, next(4) ? 6 : MAX);
        if (next(8) == 0) {
            strcpy(b, a);
            m = n;
        }
        searching(a, n, b, m);
        comparing(a, n, b, m);
        copying(a, n, b, m);
    }
    tokens();
    printf("%d failures\n", failures);
    return failures != 0;
}
