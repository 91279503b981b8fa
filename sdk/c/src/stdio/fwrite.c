#include "stdio/file.h"

size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict f)
{
    size_t bytes;
    if (__builtin_mul_overflow(size, count, &bytes) || bytes == 0)
        return 0;
    owned_take(&f->lock);
    size_t done = __file_write(f, from, bytes);
    owned_release(&f->lock);
    return done / size;
}
