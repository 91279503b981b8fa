/* Traps: integer divide by zero in `divide`. */
#include <stdio.h>

static volatile int zero, seven = 7;

__attribute__((noinline)) static int divide(int a, int b)
{
    return a / b;
}

int main(void)
{
    printf("before\n");
    fflush(stdout);
    printf("%d\n", divide(seven, zero));
    return 0;
}
