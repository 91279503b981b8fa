/* A bump allocator that is dropped whole. Memory comes zeroed, unless that is not wanted. Used per
 * function by the compiler, per module by the decoder. Not thread-safe: one owner. */
#pragma once

#include "base/base.h"

struct arena_source {
    /* Zeroed memory, or NULL; `arg` is the arena's own. */
    void *(*alloc)(void *arg, size_t bytes);
    void (*free)(void *arg, void *p, size_t bytes);
    void *arg;
};

struct arena_chunk;

struct arena {
    struct arena_source source;
    struct arena_chunk *chunks;
    char *next, *end;
    char *used_end;     /* of the newest chunk: what lies behind is zero as it came */
    size_t chunk_bytes; /* the next first chunk: room for all that was used before the last reset */
    size_t used_bytes, limit_bytes; /* limit: arena_alloc returns NULL beyond it */
};

void arena_init(struct arena *a, struct arena_source source, size_t limit_bytes);
/* Frees everything; the arena may be used again. */
void arena_fini(struct arena *a);
/* Forgets everything but keeps one chunk for the next use. */
void arena_reset(struct arena *a);
/* Zeroed, aligned to 16; NULL when the source or the limit is exhausted. */
void *arena_alloc(struct arena *a, size_t bytes);
/* n * size, with the overflow checked. */
void *arena_calloc(struct arena *a, size_t n, size_t size);
/* n * size bytes of any value (never zero in debug builds), for what is written before it is read.
 */
void *arena_alloc_unset(struct arena *a, size_t n, size_t size);
#define ARENA_NEW(a, T)            ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n)       ((T *)arena_calloc((a), (n), sizeof(T)))
#define ARENA_ARRAY_UNSET(a, T, n) ((T *)arena_alloc_unset((a), (n), sizeof(T)))
