/* interrupt [N]: starts an endless child, then interrupts it (2) or kills it (9); prints its
 * status. */
#include <stdio.h>
#include <stdlib.h>
#include <wasmos.h>

int main(int argc, char **argv)
{
    char *child[] = {argc > 2 ? argv[2] : "loop", NULL};
    int pid, status;

    if (wasmos_spawn(child, 0, 0, &pid) != 0 ||
        wasmos_kill(pid, argc > 1 ? atoi(argv[1]) : 2) != 0 ||
        wasmos_wait(pid, &pid, &status) != 0) {
        perror("interrupt");
        return 1;
    }
    printf("status %d\n", status);
    return 0;
}
