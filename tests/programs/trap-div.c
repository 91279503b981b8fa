/* Traps: integer divide by zero in `divide`. */
#include <stdio.h>

static volatile int zero;

__attribute__((noinline)) static int divide(int a, int b)
{
    return a / b;
}

int main(void)
{
    printf("before\n");
    fflush(stdout);
    printf("%d\n", divide(1, zero));
    return 0;
}
