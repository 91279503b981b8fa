/* What <stdlib.h> does not have. */
#pragma once

#include <stdlib.h>

__BEGIN_DECLS
void *memalign(size_t alignment, size_t n) __attribute__((__malloc__));
size_t malloc_usable_size(void *p);
__END_DECLS
