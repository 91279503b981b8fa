/* The allocator of WebAssembly's C library for native programs with musl: the same source with the
 * same settings, so that programs that allocate much compare compilers and not allocators. */
#include <stddef.h>

#define MEMORY_BYTES ((size_t)1 << 30)

/* The program's break, which musl does not move. */
static void *move_break(ptrdiff_t by)
{
    static char memory[MEMORY_BYTES];
    static size_t used;
    void *old = memory + used;

    if (by < 0 || (size_t)by > MEMORY_BYTES - used)
        return (void *)-1;
    used += (size_t)by;
    return old;
}

#define HAVE_MMAP            0
#define MALLOC_ALIGNMENT     16
#define MORECORE             move_break
#define MORECORE_CANNOT_TRIM 1
#define NO_MALLINFO          1
#define NO_MALLOC_STATS      1
#define USE_LOCKS            0

#include <dlmalloc.c>
