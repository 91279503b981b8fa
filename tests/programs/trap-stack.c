/* Traps: endless recursion in `descend`, which keeps nothing in memory, so that the native stack
 * overflows. */
#include <stdio.h>

static volatile int depth, stop;

__attribute__((noinline)) static int descend(int n)
{
    if (stop)
        return 0;
    depth = n;
    return descend(n + 1) + depth;
}

int main(void)
{
    printf("%d\n", descend(0));
    return 0;
}
