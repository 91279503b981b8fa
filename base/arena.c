#include "base/arena.h"

#include "base/sanitize.h"
#include "base/string.h"

enum {
    ARENA_ALIGN = 16,
    CHUNK_MIN = 8 * 1024,        /* the first chunk, with its header */
    CHUNK_MAX = 2 * 1024 * 1024, /* chunks double up to this; larger blocks get one of their own */
    UNSET_BYTE = 0xa5,
};

#ifdef SANITIZE_ADDRESS
enum { REDZONE = 16 };
#else
enum { REDZONE = 0 };
#endif

struct arena_chunk {
    _Alignas(ARENA_ALIGN) struct arena_chunk *next; /* older */
    size_t len;                                     /* with this header */
};

static char *chunk_start(struct arena_chunk *c)
{
    return (char *)(c + 1);
}

_Static_assert(sizeof(struct arena_chunk) % ARENA_ALIGN == 0, "blocks start behind the header");

void arena_init(struct arena *a, struct arena_source source, size_t limit_bytes)
{
    *a = (struct arena){.source = source, .limit_bytes = limit_bytes};
}

static void chunk_free(struct arena *a, struct arena_chunk *c)
{
    sanitize_unpoison(c, c->len);
    a->source.free(a->source.arg, c, c->len);
}

static void free_all(struct arena *a)
{
    while (a->chunks) {
        struct arena_chunk *c = a->chunks;
        a->chunks = c->next;
        chunk_free(a, c);
    }
    a->next = a->end = a->used_end = NULL;
    a->used_bytes = 0;
}

void arena_fini(struct arena *a)
{
    free_all(a);
    a->chunk_bytes = 0;
}

/* Keeps the newest chunk if all that was used fits into it, or if none is larger. Otherwise the
 * next one will be large enough. */
void arena_reset(struct arena *a)
{
    struct arena_chunk *keep = a->chunks;
    size_t wanted = CHUNK_MIN;

    if (!keep)
        return;
    while (wanted < CHUNK_MAX && wanted - sizeof *keep < a->used_bytes)
        wanted *= 2;
    if (keep->len < wanted) {
        free_all(a);
        a->chunk_bytes = wanted;
        return;
    }
    while (keep->next) {
        struct arena_chunk *c = keep->next;
        keep->next = c->next;
        chunk_free(a, c);
    }
    sanitize_poison(chunk_start(keep), (size_t)(a->next - chunk_start(keep)));
    a->next = chunk_start(keep);
    a->used_bytes = 0;
}

static struct arena_chunk *chunk_create(struct arena *a, size_t len)
{
    struct arena_chunk *c = a->source.alloc(a->source.arg, len);

    if (!c)
        return NULL;
    c->len = len;
    sanitize_poison(chunk_start(c), len - sizeof *c);
    return c;
}

/* A block that no ordinary chunk holds gets a chunk behind the current one, which stays in use. */
static void *alloc_large(struct arena *a, size_t bytes)
{
    struct arena_chunk *c = chunk_create(a, sizeof *c + bytes);

    if (!c)
        return NULL;
    if (a->chunks) {
        c->next = a->chunks->next;
        a->chunks->next = c;
    } else {
        a->chunks = c;
        a->next = a->end = a->used_end = (char *)c + c->len;
    }
    return chunk_start(c);
}

/* The length of the next ordinary chunk. */
static size_t chunk_len(const struct arena *a)
{
    size_t len = a->chunks ? a->chunks->len * 2 : a->chunk_bytes;

    return len < CHUNK_MIN ? CHUNK_MIN : len > CHUNK_MAX ? CHUNK_MAX : len;
}

static bool grow(struct arena *a, size_t len)
{
    struct arena_chunk *c = chunk_create(a, len);

    if (!c)
        return false;
    c->next = a->chunks;
    a->chunks = c;
    a->next = a->used_end = chunk_start(c);
    a->end = (char *)c + len;
    return true;
}

/* Room for `need` bytes, a multiple of the alignment. *dirty: how many of them may not be zero. */
static char *take(struct arena *a, size_t need, size_t *dirty)
{
    size_t len;
    char *p;

    *dirty = 0;
    if (a->used_bytes > a->limit_bytes || need > a->limit_bytes - a->used_bytes)
        return NULL;
    if (UNLIKELY(need > (size_t)(a->end - a->next))) {
        len = chunk_len(a);
        if (need > len / 2) {
            p = alloc_large(a, need);
            a->used_bytes += p ? need : 0;
            return p;
        }
        if (!grow(a, len))
            return NULL;
    }
    p = a->next;
    a->next += need;
    a->used_bytes += need;
    if (p < a->used_end)
        *dirty = a->next < a->used_end ? need : (size_t)(a->used_end - p);
    if (a->next > a->used_end)
        a->used_end = a->next;
    return p;
}

/* What n bytes take; 0: too much. */
static size_t needed(size_t n)
{
    size_t need = align_up(n ? n : 1, ARENA_ALIGN) + REDZONE;

    return need < n ? 0 : need;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    size_t need = needed(bytes), dirty;
    char *p = need ? take(a, need, &dirty) : NULL;

    if (!p)
        return NULL;
    sanitize_unpoison(p, bytes);
    memset(p, 0, dirty < bytes ? dirty : bytes);
    return p;
}

void *arena_calloc(struct arena *a, size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    return arena_alloc(a, bytes);
}

void *arena_alloc_unset(struct arena *a, size_t n, size_t size)
{
    size_t bytes, need, dirty;
    char *p;

    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    need = needed(bytes);
    p = need ? take(a, need, &dirty) : NULL;
    if (!p)
        return NULL;
    sanitize_unpoison(p, bytes);
    if (DEBUG_BUILD)
        memset(p, UNSET_BYTE, bytes);
    return p;
}
