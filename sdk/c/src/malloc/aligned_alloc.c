#include "malloc/heap.h"
#include <errno.h>
#include <stdlib.h>

static int is_power_of_two(size_t n)
{
    return n && !(n & (n - 1));
}

void *aligned_alloc(size_t alignment, size_t n)
{
    if (!is_power_of_two(alignment)) {
        errno = EINVAL;
        return NULL;
    }
    return __heap_aligned(alignment, n);
}

int posix_memalign(void **out, size_t alignment, size_t n)
{
    if (!is_power_of_two(alignment) || alignment % sizeof(void *))
        return EINVAL;
    void *p = __heap_aligned(alignment, n);
    if (!p)
        return ENOMEM;
    *out = p;
    return 0;
}
