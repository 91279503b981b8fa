/* The heap: chunks with boundary tags, free ones in bins by size with a bitmap over the bins, so
 * that every operation takes constant time. Sizes up to 512 bytes have a bin each; above, four bins
 * a power of two.
 *
 * A chunk is `struct chunk` followed by its bytes; it owns the first word (`before`) of the chunk
 * behind it while it is in use. Small chunks wait in `quick` lists first when they are freed: still
 * marked as used, joined with their neighbours only when the heap would have to grow or something
 * larger is allocated: programs that use small chunks only never pay for joining, others have no
 * more holes than if it happened at once. Addresses handed out are multiples of 16. The heap ends
 * in the top chunk, which is in no bin; the memory behind it is asked for with memory.grow. If
 * something else has grown the memory meanwhile, the heap goes on behind that, and a fence (a chunk
 * of size 0 in use) closes the part before.
 */
#include "malloc/heap.h"
#include "internal/lock.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    SMALL_BINS = 33,      /* sizes 0, 16 … 512 */
    LARGE_FIRST_LOG2 = 9, /* 512 */
    LARGE_BINS = 4 * (32 - LARGE_FIRST_LOG2),
    BINS = SMALL_BINS + LARGE_BINS,
    MAP_WORDS = (BINS + 31) / 32,
    WASM_PAGE = 65536,
    QUICK_MAX = 2048, /* bytes in quick lists when something large is looked for */
    GROWTH_SHARE = 16 /* ask for at least 1/16 of the heap's size */
};

extern unsigned char __heap_base; /* set by the linker: behind data and stack */

static struct owned_lock heap_lock; /* of everything here */
static struct chunk *bins[BINS];
static uint32_t bin_map[MAP_WORDS];
static struct chunk *quick[SMALL_BINS];
static size_t quick_bytes;
static struct chunk *top; /* NULL before the first allocation */
static char *untouched;   /* from here on the memory is still zero */
static char *memory_end;  /* of the part that belongs to the heap */

static inline unsigned bin_of(size_t size)
{
    if (size <= SMALL_MAX)
        return (unsigned)(size / GRANULE);
    unsigned log2 = 31 - (unsigned)__builtin_clzl(size);
    return SMALL_BINS + 4 * (log2 - LARGE_FIRST_LOG2) + (unsigned)(size >> (log2 - 2) & 3);
}

static inline void bin_insert(struct chunk *c)
{
    unsigned b = bin_of(chunk_size(c));
    c->previous = NULL;
    c->next = bins[b];
    if (c->next)
        c->next->previous = c;
    bins[b] = c;
    bin_map[b / 32] |= 1u << (b % 32);
}

static inline void bin_remove(struct chunk *c)
{
    if (c->next)
        c->next->previous = c->previous;
    if (c->previous) {
        c->previous->next = c->next;
        return;
    }
    unsigned b = bin_of(chunk_size(c));
    bins[b] = c->next;
    if (!c->next)
        bin_map[b / 32] &= ~(1u << (b % 32));
}

/* The first bin from `b` on that holds a chunk, or BINS. */
static inline unsigned bin_next(unsigned b)
{
    unsigned word = b / 32;
    uint32_t bits = bin_map[word] & ~0u << (b % 32);
    while (!bits) {
        if (++word == MAP_WORDS)
            return BINS;
        bits = bin_map[word];
    }
    return word * 32 + (unsigned)__builtin_ctz(bits);
}

/* Puts `rest`, the end of the free chunk c, in its place in the bins. */
static inline void bin_shorten(struct chunk *c, struct chunk *rest)
{
    size_t size = chunk_size(c), rest_size = chunk_size(rest);
    unsigned log2 = 31 - (unsigned)__builtin_clzl(size);
    if (rest_size <= SMALL_MAX || (size ^ rest_size) >> (log2 - 2)) {
        bin_remove(c);
        bin_insert(rest);
        return;
    }
    rest->next = c->next; /* the same bin */
    rest->previous = c->previous;
    if (rest->next)
        rest->next->previous = rest;
    if (rest->previous)
        rest->previous->next = rest;
    else
        bins[bin_of(size)] = rest;
}

/* Marks `size` bytes of the free chunk c as used; the rest stays free. */
static inline void *take(struct chunk *c, size_t size)
{
    size_t rest = chunk_size(c) - size;
    if (rest >= MIN_CHUNK) {
        struct chunk *remainder = (struct chunk *)((char *)c + size);
        remainder->head = rest | BEFORE_USED;
        chunk_behind(remainder)->before = rest;
        bin_shorten(c, remainder);
        c->head = size | (c->head & FLAGS);
    } else {
        bin_remove(c);
        chunk_behind(c)->head |= BEFORE_USED;
    }
    c->head |= USED;
    return chunk_bytes(c);
}

/* Puts the free chunk c (not binned, neighbours not free) where it belongs. */
static inline void give(struct chunk *c)
{
    struct chunk *behind = chunk_behind(c);
    behind->head &= ~(size_t)BEFORE_USED;
    behind->before = chunk_size(c);
    bin_insert(c);
}

static inline void set_top(struct chunk *c, char *end, size_t flags)
{
    top = c;
    c->head = (size_t)(end - (char *)c - offsetof(struct chunk, next)) | flags;
    if (untouched < (char *)c + CHUNK_HEADER)
        untouched = (char *)c + CHUNK_HEADER;
}

/* Makes start .. end, which nothing else uses, the part of the heap that grows from now on. */
static void start_part(char *start, char *end)
{
    uintptr_t first = ((uintptr_t)start + GRANULE - 1) & ~(uintptr_t)(GRANULE - 1);
    if (top &&
        chunk_size(top) >= 2 * MIN_CHUNK) { /* an ordinary free chunk now, in front of a fence */
        struct chunk *old = top;
        old->head -= GRANULE;
        chunk_behind(old)->head = USED;
        give(old);
    } else if (top) {
        top->head |= USED;
    }
    untouched = (char *)first;
    memory_end = end;
    set_top((struct chunk *)(first + GRANULE - CHUNK_HEADER), end, BEFORE_USED);
}

/* Makes the top chunk larger by at least `bytes`. */
static int grow(size_t bytes)
{
    size_t old = __builtin_wasm_memory_size(0);
    if (!top && (old * WASM_PAGE - 1) - (size_t)&__heap_base > bytes + 2 * GRANULE) {
        start_part((char *)&__heap_base, (char *)(old * WASM_PAGE));
        return 0;
    }
    size_t pages = (bytes + 2 * GRANULE) / WASM_PAGE + 1;
    size_t generous = (size_t)(memory_end - (char *)&__heap_base) / GROWTH_SHARE / WASM_PAGE;
    old = SIZE_MAX;
    if (top && generous > pages)
        old = __builtin_wasm_memory_grow(0, generous);
    if (old != SIZE_MAX)
        pages = generous;
    else if ((old = __builtin_wasm_memory_grow(0, pages)) == SIZE_MAX)
        return -1;
    char *start = (char *)(old * WASM_PAGE);
    char *end = start + pages * WASM_PAGE;
    if (end == NULL) /* the end of the address space: its last bytes stay unused */
        end -= GRANULE;
    if (!top) {
        start_part((char *)&__heap_base, end);
    } else if (start != memory_end) {
        start_part(start, end);
    } else {
        memory_end = end;
        set_top(top, end, top->head & FLAGS);
    }
    return 0;
}

static void *take_top(size_t size)
{
    if ((!top || chunk_size(top) < size + MIN_CHUNK) && grow(size + MIN_CHUNK)) {
        errno = ENOMEM;
        return NULL;
    }
    struct chunk *c = top;
    size_t flags = c->head & BEFORE_USED;
    set_top((struct chunk *)((char *)c + size), memory_end, BEFORE_USED);
    c->head = size | flags | USED;
    return chunk_bytes(c);
}

static inline struct chunk *find(size_t size)
{
    unsigned b = bin_of(size);
    if (size > SMALL_MAX) { /* chunks in its own bin may be smaller: look at a few */
        struct chunk *c = bins[b];
        for (int i = 0; c && i < 4; i++, c = c->next)
            if (chunk_size(c) >= size)
                return c;
        b++;
    }
    b = bin_next(b);
    return b < BINS ? bins[b] : NULL;
}

/* Frees the used chunk c: joins it with the free chunks around it, or with the top. */
static inline void release(struct chunk *c)
{
    size_t size = chunk_size(c);
    c->head &= ~(size_t)USED; /* also where it ends up inside another chunk: free() looks at it */
    struct chunk *behind = chunk_behind(c);
    if (!(c->head & BEFORE_USED)) {
        size += c->before;
        c = (struct chunk *)((char *)c - c->before);
        bin_remove(c);
    }
    if (behind == top) {
        set_top(c, memory_end, c->head & BEFORE_USED);
        return;
    }
    if (!(behind->head & USED)) {
        bin_remove(behind);
        size += chunk_size(behind);
    }
    c->head = size | (c->head & BEFORE_USED);
    give(c);
}

/* Takes the first chunk of a quick list together with those that follow it in the list and lie next
 * to it, for what was allocated in a row is often freed in a row. */
static struct chunk *quick_run(unsigned b)
{
    struct chunk *first = quick[b], *c = first;
    char *end = (char *)first;
    do {
        if ((char *)c == end)
            end += b * GRANULE;
        else
            first = c;
        c->head &= ~(size_t)(QUICK | USED);
        c = c->next;
    } while (c && ((char *)c == end || (char *)c + b * GRANULE == (char *)first));
    quick[b] = c;
    first->head = (size_t)(end - (char *)first) | (first->head & BEFORE_USED) | USED;
    return first;
}

/* Gives the chunks of the quick lists back for good. */
static void drain_quick(void)
{
    for (unsigned b = 0; b < SMALL_BINS; b++)
        while (quick[b])
            release(quick_run(b));
    quick_bytes = 0;
}

static void *obtain(size_t size)
{
    if (size <= SMALL_MAX && quick[size / GRANULE]) {
        struct chunk *c = quick[size / GRANULE];
        quick[size / GRANULE] = c->next;
        c->head &= ~(size_t)QUICK;
        quick_bytes -= size;
        return chunk_bytes(c);
    }
    if (size > SMALL_MAX && quick_bytes > QUICK_MAX)
        drain_quick();
    struct chunk *c = find(size);
    if (!c && quick_bytes > 0 && chunk_size(top) < size + MIN_CHUNK) {
        drain_quick();
        c = find(size);
    }
    if (!c)
        return take_top(size);
    return take(c, size);
}

void *malloc(size_t n)
{
    if (n > MALLOC_MAX) {
        errno = ENOMEM;
        return NULL;
    }
    owned_take(&heap_lock);
    void *p = obtain(chunk_size_for(n));
    owned_release(&heap_lock);
    return p;
}

static void discard(void *p)
{
    struct chunk *c = bytes_chunk(p);
    size_t size = chunk_size(c);
    if (((uintptr_t)p & (GRANULE - 1)) || (c->head & (USED | QUICK)) != USED)
        abort(); /* freed twice, or never allocated */
    if (size > SMALL_MAX) {
        release(c);
        return;
    }
    c->head |= QUICK;
    c->next = quick[size / GRANULE];
    quick[size / GRANULE] = c;
    quick_bytes += size;
}

void free(void *p)
{
    if (!p)
        return;
    owned_take(&heap_lock);
    discard(p);
    owned_release(&heap_lock);
}

/* Cuts the used chunk c down to `size` and frees the rest if that is worth a chunk. */
static inline void trim(struct chunk *c, size_t size)
{
    size_t rest = chunk_size(c) - size;
    if (rest < MIN_CHUNK)
        return;
    c->head = size | (c->head & FLAGS);
    struct chunk *tail = chunk_behind(c);
    tail->head = rest | BEFORE_USED | USED;
    release(tail);
}

/* Lets the used chunk c reach `size` by taking what is free behind it. */
static inline int extend(struct chunk *c, size_t size)
{
    struct chunk *behind = chunk_behind(c);
    size_t missing = size - chunk_size(c);
    if (behind == top) {
        if (chunk_size(top) < missing + MIN_CHUNK && grow(missing + MIN_CHUNK))
            return -1;
        if (behind != top) /* the heap went on elsewhere */
            return -1;
        set_top((struct chunk *)((char *)c + size), memory_end, BEFORE_USED);
        c->head = size | (c->head & FLAGS);
        return 0;
    }
    size_t free_bytes = chunk_size(behind);
    if ((behind->head & USED) || free_bytes < missing)
        return -1;
    bin_remove(behind);
    if (free_bytes - missing < MIN_CHUNK) {
        c->head += free_bytes;
        chunk_behind(c)->head |= BEFORE_USED;
        return 0;
    }
    c->head += missing;
    struct chunk *rest = chunk_behind(c);
    rest->head = (free_bytes - missing) | BEFORE_USED;
    chunk_behind(rest)->before = free_bytes - missing;
    bin_insert(rest);
    return 0;
}

/* Gives the used chunk c another size where it is. */
static int resize(struct chunk *c, size_t size)
{
    if (size > chunk_size(c))
        return extend(c, size);
    trim(c, size);
    return 0;
}

void *realloc(void *p, size_t n)
{
    if (!p)
        return malloc(n);
    if (n > MALLOC_MAX) {
        errno = ENOMEM;
        return NULL;
    }
    owned_take(&heap_lock);
    int failed = resize(bytes_chunk(p), chunk_size_for(n));
    owned_release(&heap_lock);
    if (!failed)
        return p;
    void *moved = malloc(n);
    if (!moved)
        return NULL;
    memcpy(moved, p, malloc_usable_size(p));
    free(p);
    return moved;
}

void *calloc(size_t count, size_t n)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, n, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    owned_take(&heap_lock);
    char *clean_from = untouched; /* NULL before the first allocation */
    char *p = malloc(bytes);
    owned_release(&heap_lock);
    if (!p)
        return NULL;
    size_t dirty = clean_from > p ? (size_t)(clean_from - p) : 0;
    memset(p, 0, dirty < bytes ? dirty : bytes);
    return p;
}

size_t malloc_usable_size(void *p)
{
    return p ? chunk_size(bytes_chunk(p)) - sizeof(size_t) : 0;
}

/* Makes of the used bytes at p, which are more by `alignment` and MIN_CHUNK, `n` aligned ones. */
static void *align(char *p, size_t alignment, size_t n)
{
    struct chunk *c = bytes_chunk(p);
    if ((uintptr_t)p & (alignment - 1)) {
        char *aligned = (char *)(((uintptr_t)p + MIN_CHUNK + alignment - 1) & ~(alignment - 1));
        size_t lead = (size_t)(aligned - p);
        struct chunk *front = c;
        c = bytes_chunk(aligned);
        c->head = (chunk_size(front) - lead) | BEFORE_USED | USED;
        front->head = lead | (front->head & FLAGS);
        release(front);
        p = aligned;
    }
    trim(c, chunk_size_for(n));
    return p;
}

/* Room for the alignment in front; what is too much at either end goes back. */
void *__heap_aligned(size_t alignment, size_t n)
{
    if (alignment <= GRANULE)
        return malloc(n);
    if (n > MALLOC_MAX || alignment > MALLOC_MAX - n) {
        errno = ENOMEM;
        return NULL;
    }
    owned_take(&heap_lock);
    char *p = malloc(n + alignment + MIN_CHUNK);
    if (p)
        p = align(p, alignment, n);
    owned_release(&heap_lock);
    return p;
}
