#include "internal/temporary.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *tmpnam(char *to)
{
    static char space[L_tmpnam];
    char *name = to ? to : space;
    strcpy(name, P_tmpdir "/tmp.XXXXXX");
    char *letters = __temporary_letters(name, 0);
    for (int i = 0; i < TEMPORARY_ATTEMPTS && !__temporary_fill(letters); i++)
        if (access(name, F_OK))
            return name;
    return NULL;
}
