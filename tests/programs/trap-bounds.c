/* Traps: reads out of bounds in `reach`. */
#include <stdint.h>
#include <stdio.h>

static volatile uintptr_t far_away = 0xfffffff0u;

__attribute__((noinline)) static int reach(uintptr_t address)
{
    return *(volatile int *)address;
}

int main(void)
{
    printf("%d\n", reach(far_away));
    return 0;
}
