/* Never ends: a loop that does nothing at all, or with an argument one that calls and stores. */
#include <stdio.h>

static volatile unsigned long count;

__attribute__((noinline)) static void spin(void)
{
    for (;;)
        ;
}

__attribute__((noinline)) static void step(void)
{
    count++;
}

int main(int argc, char **argv)
{
    (void)argv;
    printf("looping\n");
    fflush(stdout);
    if (argc == 1)
        spin();
    for (;;)
        step();
}
