/* Traps: a number too large for an integer in `convert`. The instruction is asked for by name: C's
 * own conversion saturates. */
#include <stdio.h>

static volatile double large = 1e30;

__attribute__((noinline)) static int convert(double x)
{
    int result;

    __asm__ volatile("local.get %1\n\ti32.trunc_f64_s\n\tlocal.set %0" : "=r"(result) : "r"(x));
    return result;
}

int main(void)
{
    printf("%d\n", convert(large));
    return 0;
}
