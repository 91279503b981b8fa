/* wscanf: what is read and the format are UTF-8, so that scanf does the work. A width counts bytes
 * then, and a set holds bytes: they are right for ASCII. */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

/* A wide string as UTF-8, to be freed; NULL with errno. */
static char *narrow(const wchar_t *s)
{
    const wchar_t *at = s;
    size_t n = wcsrtombs(NULL, &at, 0, NULL);
    char *bytes = n == (size_t)-1 ? NULL : malloc(n + 1);
    if (bytes)
        wcsrtombs(bytes, &at, n + 1, NULL);
    return bytes;
}

int vfwscanf(FILE *restrict f, const wchar_t *restrict format, va_list args)
{
    char *bytes = narrow(format);
    int n = bytes ? vfscanf(f, bytes, args) : EOF;
    free(bytes);
    return n;
}

int vwscanf(const wchar_t *restrict format, va_list args)
{
    return vfwscanf(stdin, format, args);
}

int vswscanf(const wchar_t *restrict s, const wchar_t *restrict format, va_list args)
{
    char *text = narrow(s), *bytes = text ? narrow(format) : NULL;
    int n = bytes ? vsscanf(text, bytes, args) : EOF;
    free(bytes);
    free(text);
    return n;
}

int fwscanf(FILE *restrict f, const wchar_t *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfwscanf(f, format, args);
    va_end(args);
    return n;
}

int wscanf(const wchar_t *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vwscanf(format, args);
    va_end(args);
    return n;
}

int swscanf(const wchar_t *restrict s, const wchar_t *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vswscanf(s, format, args);
    va_end(args);
    return n;
}
