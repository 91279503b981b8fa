#include "internal/temporary.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *mkdtemp(char *template)
{
    char *letters = __temporary_letters(template, 0);
    if (!letters)
        return NULL;
    for (int i = 0; i < TEMPORARY_ATTEMPTS && !__temporary_fill(letters); i++) {
        if (mkdir(template, 0700) == 0)
            return template;
        if (errno != EEXIST)
            break;
    }
    memset(letters, 'X', TEMPORARY_LETTERS);
    return NULL;
}
