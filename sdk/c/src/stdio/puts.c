#include "stdio/file.h"
#include <string.h>

int fputs(const char *restrict s, FILE *restrict f)
{
    size_t n = strlen(s);
    owned_take(&f->lock);
    int failed = __file_write(f, s, n) != n;
    owned_release(&f->lock);
    return failed ? EOF : 0;
}

int puts(const char *s)
{
    owned_take(&stdout->lock);
    int failed = fputs(s, stdout) || __file_write(stdout, "\n", 1) != 1;
    owned_release(&stdout->lock);
    return failed ? EOF : 0;
}
