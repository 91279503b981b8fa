/* Thousands of functions, of which it calls few before it ends as it is told to: enough for other
 * CPUs to be busy with the rest just then. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned (*fn)(unsigned x);

static char *volatile block; /* the compiler may not leave it out */

/* Each calls two others through its neighbours' names, so a call of one makes all worth having. */
#define BODY(name, a, b)                                                                           \
    __attribute__((noinline, used)) static unsigned name(unsigned x)                               \
    {                                                                                              \
        unsigned h = x * 2654435761u + __LINE__;                                                   \
        for (unsigned i = 0; i < x % 7; i++)                                                       \
            h = (h ^ h >> 15) * (2246822519u + i) + (h << 3 | h >> 29);                            \
        return x < 2 ? h : h ^ a(x / 2 - 1) ^ b(x / 2);                                            \
    }
__attribute__((noinline)) static unsigned leaf(unsigned x)
{
    return x ^ 0x5bd1e995;
}
/* clang-format off */
#define F4(n, p) BODY(n##0, p##3, p##1) BODY(n##1, n##0, p##2) BODY(n##2, n##1, p##0) BODY(n##3, n##2, n##1)
#define F16(n, p) F4(n##0, p##3) F4(n##1, n##0) F4(n##2, n##1) F4(n##3, n##2)
#define F64(n, p) F16(n##0, p##3) F16(n##1, n##0) F16(n##2, n##1) F16(n##3, n##2)
#define F256(n, p) F64(n##0, p##3) F64(n##1, n##0) F64(n##2, n##1) F64(n##3, n##2)
#define F1024(n, p) F256(n##0, p##3) F256(n##1, n##0) F256(n##2, n##1) F256(n##3, n##2)
#define z33330 leaf
#define z33331 leaf
#define z33332 leaf
#define z33333 leaf
F1024(f, z)
F1024(g, f)
/* clang-format on */

/* How many functions have been compiled; this is process 1. */
static unsigned long compiled(void)
{
    char text[256] = "";
    FILE *f = fopen("/proc/1/code", "r");
    const char *at;

    if (f) {
        text[fread(text, 1, sizeof text - 1, f)] = 0;
        fclose(f);
    }
    at = strstr(text, "Compiled");
    return at ? strtoul(at + strcspn(at, "0123456789"), NULL, 10) : 0;
}

/* Does the number grow while nothing new is called? */
static const char *ahead(void)
{
    unsigned long most = 500, now = 0;

    for (time_t end = time(NULL) + 20; now < most && time(NULL) < end;)
        now = compiled();
    return now < most ? "few" : "many";
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";
    unsigned x = g33333(5);

    if (!strcmp(how, "exit"))
        exit(7);
    if (!strcmp(how, "trap"))
        __builtin_trap();
    if (!strcmp(how, "loop"))
        for (;;)
            x = g33333(x % 64);
    if (!strcmp(how, "memory"))
        while ((block = malloc(1 << 20)))
            x = g33332(*(char *)memset(block, (int)x, 1 << 20) & 63);
    if (!strcmp(how, "memory"))
        x = 0;
    if (!strcmp(how, "ahead"))
        puts(ahead());
    if (!strcmp(how, "deep"))
        x = g33333(1u << 20);
    printf("%08x\n", x);
    return 0;
}
