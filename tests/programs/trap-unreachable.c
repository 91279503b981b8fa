/* Traps: `unreachable` in `give_up`. */
#include <stdio.h>

static volatile int yes = 1;

__attribute__((noinline)) static void give_up(void)
{
    if (yes)
        __builtin_trap();
    printf("not reached\n");
}

int main(void)
{
    give_up();
    return 0;
}
