#include <malloc.h>

void *memalign(size_t alignment, size_t n)
{
    return aligned_alloc(alignment, n);
}
