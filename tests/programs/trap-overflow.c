/* Traps: integer overflow in `divide` (the least integer by -1). */
#include <limits.h>
#include <stdio.h>

static volatile int minus_one = -1;

__attribute__((noinline)) static int divide(int a, int b)
{
    return a / b;
}

int main(void)
{
    printf("%d\n", divide(INT_MIN, minus_one));
    return 0;
}
