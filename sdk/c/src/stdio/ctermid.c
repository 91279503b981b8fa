#include <stdio.h>
#include <string.h>

char *ctermid(char *to)
{
    static char space[L_ctermid];
    return strcpy(to ? to : space, "/dev/tty");
}
