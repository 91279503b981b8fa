#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <wchar.h>

enum { BYTES_MAX = 4 }; /* of one character */

size_t wcsftime(wchar_t *restrict s, size_t n, const wchar_t *restrict format,
                const struct tm *restrict t)
{
    size_t format_len = wcslen(format), done = 0;
    if (n == 0 || n > PTRDIFF_MAX / BYTES_MAX)
        return 0;
    char *bytes = malloc(format_len * BYTES_MAX + 1), *out = malloc(n * BYTES_MAX);
    if (bytes && out && wcstombs(bytes, format, format_len * BYTES_MAX + 1) != (size_t)-1 &&
        strftime(out, n * BYTES_MAX, bytes, t))
        done = mbstowcs(s, out, n);
    free(out);
    free(bytes);
    return done < n ? done : 0;
}
