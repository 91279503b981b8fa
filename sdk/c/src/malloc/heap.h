/* Chunks of the heap. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct chunk {
    size_t before; /* size of the chunk in front while that is free, else its last bytes */
    size_t head;   /* size, a multiple of 16, and three flags */
    struct chunk *next, *previous; /* in its bin while free */
};

enum {
    GRANULE = 16,
    CHUNK_HEADER = offsetof(struct chunk, next),
    MIN_CHUNK = sizeof(struct chunk),
    SMALL_MAX = 512,
    USED = 1,        /* this chunk */
    BEFORE_USED = 2, /* the chunk in front */
    QUICK = 4,       /* freed, but in a quick list and still USED */
    FLAGS = USED | BEFORE_USED | QUICK,
    MALLOC_MAX = 0x7fffffe0 /* differences of addresses stay positive */
};

_Static_assert(sizeof(struct chunk) == GRANULE, "the smallest chunk is one granule");

static inline size_t chunk_size(const struct chunk *c)
{
    return c->head & ~(size_t)FLAGS;
}

static inline struct chunk *chunk_behind(const struct chunk *c)
{
    return (struct chunk *)((char *)c + chunk_size(c));
}

static inline void *chunk_bytes(struct chunk *c)
{
    return (char *)c + CHUNK_HEADER;
}

static inline struct chunk *bytes_chunk(void *p)
{
    return (struct chunk *)((char *)p - CHUNK_HEADER);
}

/* One word of overhead: the size; the word behind the chunk is its own while it is in use. */
static inline size_t chunk_size_for(size_t n)
{
    size_t size = (n + sizeof(size_t) + GRANULE - 1) & ~(size_t)(GRANULE - 1);
    return size < MIN_CHUNK ? MIN_CHUNK : size;
}

/* malloc with an alignment that is a power of two. */
void *__heap_aligned(size_t alignment, size_t n);
