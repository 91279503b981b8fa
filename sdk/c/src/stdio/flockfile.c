#include "stdio/file.h"

void flockfile(FILE *f)
{
    owned_take(&f->lock);
}

int ftrylockfile(FILE *f)
{
    return owned_try(&f->lock) ? 0 : -1;
}

void funlockfile(FILE *f)
{
    owned_release(&f->lock);
}
