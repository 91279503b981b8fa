#include "stdio/file.h"
#include <string.h>

int fputs(const char *restrict s, FILE *restrict f)
{
    size_t n = strlen(s);
    return __file_write(f, s, n) == n ? 0 : EOF;
}

int puts(const char *s)
{
    return fputs(s, stdout) || __file_write(stdout, "\n", 1) != 1 ? EOF : 0;
}
