/* Traps: endless recursion in `nest` with a large array, so that the stack in linear memory
 * overflows: it lies below the data, so the first access under it is out of bounds. */
#include <stdio.h>
#include <string.h>

static volatile int stop;

__attribute__((noinline)) static int nest(volatile char *above)
{
    char frame[1024];

    if (stop)
        return 0;
    memset(frame, *above + 1, sizeof frame);
    return nest(frame) + frame[17];
}

int main(void)
{
    char first = 0;

    printf("%d\n", nest(&first));
    return 0;
}
