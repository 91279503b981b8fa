#include "stdio/file.h"

size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict f)
{
    size_t bytes;
    if (__builtin_mul_overflow(size, count, &bytes) || bytes == 0)
        return 0;
    return __file_write(f, from, bytes) / size;
}
