/* Traps: a call through a pointer of the wrong type in `misdirect`. */
#include <stdio.h>

static int add(int a, int b)
{
    return a + b;
}

static int (*volatile target)(int, int) = add;

__attribute__((noinline)) static double misdirect(void *function)
{
    return ((double (*)(double))function)(1.5);
}

int main(void)
{
    printf("%f\n", misdirect((void *)target));
    return 0;
}
