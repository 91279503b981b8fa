/* orphans COUNT: starts itself so often, waits for no child, and prints how many there were. */
#include <stdio.h>
#include <stdlib.h>
#include <wasmos.h>

int main(int argc, char **argv)
{
    char *child[] = {argv[0], NULL};
    int count = argc > 1 ? atoi(argv[1]) : 0, started = 0, pid;

    if (argc < 2)
        return 0;
    while (started < count && wasmos_spawn(child, 0, 0, &pid) == 0)
        started++;
    fprintf(stderr, "%d of %d\n", started, count);
    return started != count;
}
