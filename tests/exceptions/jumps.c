/* setjmp and longjmp as clang compiles them: over frames, to the inner and the outer of two
 * buffers. */
#include "tests/exceptions/jumps.h"

#include <stdio.h>

int setjmp(struct jump *) __attribute__((returns_twice));
_Noreturn void longjmp(struct jump *, int);

static jmp_buf outer, inner;
static long sum;
static int i, jumps;

__attribute__((noinline)) static int work(int n, int depth)
{
    if (depth)
        return work(n, depth - 1) + 1;
    if (n % 5 == 0)
        longjmp(outer, n);
    if (n % 3 == 0)
        longjmp(inner, n);
    return n;
}

__attribute__((noinline)) static int guarded(int n)
{
    volatile int before = n;
    int r = setjmp(inner);
    return r ? before * 2 - r : work(n, n % 13);
}

__attribute__((noinline)) static int rounds(void)
{
    int r = setjmp(outer);
    if (r)
        return r;
    for (; i < 3000; i++)
        sum += guarded(i);
    return 0;
}

int main(void)
{
    for (int r; (r = rounds()); i++) {
        jumps++;
        sum += 1000 + r;
    }
    printf("%ld %d\n", sum, jumps);
    return 0;
}
