#include "stdio/file.h"
#include <wchar.h>

/* A stream takes bytes and wide characters in any order; what was asked for is only remembered. */
int fwide(FILE *f, int mode)
{
    owned_take(&f->lock);
    if (mode && !(f->flags & (FILE_BYTES | FILE_WIDE)))
        f->flags |= mode > 0 ? FILE_WIDE : FILE_BYTES;
    int oriented = f->flags & FILE_WIDE ? 1 : f->flags & FILE_BYTES ? -1 : 0;
    owned_release(&f->lock);
    return oriented;
}
