#include <unistd.h>

void swab(const void *restrict from, void *restrict to, ssize_t n)
{
    const char *p = from;
    char *q = to;
    for (; n > 1; n -= 2, p += 2, q += 2) {
        char first = p[0];
        q[0] = p[1];
        q[1] = first;
    }
}
