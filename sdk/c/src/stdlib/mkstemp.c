/* Files with new names. */
#include "internal/temporary.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

int mkostemps(char *template, int suffix, int flags)
{
    char *letters = __temporary_letters(template, suffix);
    int fd = -1;
    if (!letters)
        return -1;
    flags = (flags & ~O_ACCMODE) | O_RDWR | O_CREAT | O_EXCL;
    for (int i = 0; i < TEMPORARY_ATTEMPTS && !__temporary_fill(letters); i++) {
        fd = open(template, flags, 0600);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    if (fd < 0)
        memset(letters, 'X', TEMPORARY_LETTERS);
    return fd;
}

int mkostemp(char *template, int flags)
{
    return mkostemps(template, 0, flags);
}

int mkstemps(char *template, int suffix)
{
    return mkostemps(template, suffix, 0);
}

int mkstemp(char *template)
{
    return mkostemps(template, 0, 0);
}
