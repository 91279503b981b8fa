#include "base/arena.h"

#include "base/sanitize.h"
#include "base/string.h"

enum {
    ARENA_ALIGN = 16,
    CHUNK_MIN = 8 * 1024,    /* the first chunk, with its header */
    CHUNK_MAX = 1024 * 1024, /* chunks double up to this; larger blocks get a chunk of their own */
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

void arena_fini(struct arena *a)
{
    while (a->chunks) {
        struct arena_chunk *c = a->chunks;
        a->chunks = c->next;
        chunk_free(a, c);
    }
    a->next = a->end = NULL;
    a->used_bytes = 0;
}

/* The newest chunk is the largest of the doubling series, so it is the one to keep. */
void arena_reset(struct arena *a)
{
    struct arena_chunk *keep = a->chunks;

    if (!keep)
        return;
    while (keep->next) {
        struct arena_chunk *c = keep->next;
        keep->next = c->next;
        chunk_free(a, c);
    }
    sanitize_unpoison(chunk_start(keep), (size_t)(a->next - chunk_start(keep)));
    memset(chunk_start(keep), 0, (size_t)(a->next - chunk_start(keep)));
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
        a->next = a->end = (char *)c + c->len;
    }
    return chunk_start(c);
}

static bool grow(struct arena *a)
{
    size_t len = a->chunks ? a->chunks->len * 2 : CHUNK_MIN;
    struct arena_chunk *c;

    if (len < CHUNK_MIN)
        len = CHUNK_MIN;
    if (len > CHUNK_MAX)
        len = CHUNK_MAX;
    c = chunk_create(a, len);
    if (!c)
        return false;
    c->next = a->chunks;
    a->chunks = c;
    a->next = chunk_start(c);
    a->end = (char *)c + len;
    return true;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    size_t need = align_up(bytes ? bytes : 1, ARENA_ALIGN) + REDZONE;
    void *p;

    if (need < bytes || a->used_bytes > a->limit_bytes || need > a->limit_bytes - a->used_bytes)
        return NULL;
    if (UNLIKELY(need > (size_t)(a->end - a->next))) {
        if (need > CHUNK_MIN / 2) {
            p = alloc_large(a, need);
            goto out;
        }
        if (!grow(a))
            return NULL;
    }
    p = a->next;
    a->next += need;
out:
    if (p) {
        a->used_bytes += need;
        sanitize_unpoison(p, bytes);
    }
    return p;
}

void *arena_calloc(struct arena *a, size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    return arena_alloc(a, bytes);
}
