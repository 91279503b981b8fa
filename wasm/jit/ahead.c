#include "wasm/jit/ahead.h"

#include "base/bitmap.h"

enum {
    QUEUE_MAX = 512,            /* functions that wait; more are forgotten */
    FAILURES_MAX = 4,           /* memory is short: no more of it */
    FUNC_BYTES_MAX = 64 * 1024, /* larger bodies are left to their caller: who ends a program waits
                                   for one pass over one function at most */
};
#define MODULE_BYTES_MIN (32 * KIB) /* of bodies; smaller ones are compiled at once anyway */
/* Bytes of bodies that may be compiled ahead: so many for each that was called for, and on top. */
#define AHEAD_RATIO 4
#define AHEAD_BASE  (256 * KIB)

struct code_ahead {
    /* Atomic. */
    bool locked;      /* guards the queue; tried, never waited for */
    bool idle;        /* wants to be woken */
    bool stop;        /* the module is going, or memory is short */
    uint64_t called;  /* bytes of bodies compiled when called */
    uint32_t waiting; /* functions in the queue; written under the lock */

    /* Under the lock: a ring. */
    uint32_t queue[QUEUE_MAX];
    uint32_t first;
    uint64_t *queued; /* per defined function: has been in the queue */

    /* The helper's. */
    uint64_t done; /* bytes of bodies compiled ahead */
    uint32_t failures;
    uint32_t segment, element; /* how far the functions in tables have been gone through */
};

uint64_t ahead__body_bytes(const struct wasm_module *m)
{
    uint64_t n = 0;
    for (uint32_t i = m->nimported_funcs; i < m->nfuncs; i++)
        n += m->funcs[i].body.len;
    return n;
}

/* ---- the queue ---- */

static bool try_lock(struct code_ahead *a)
{
    return !__atomic_exchange_n(&a->locked, true, __ATOMIC_ACQUIRE);
}

static void unlock(struct code_ahead *a)
{
    __atomic_store_n(&a->locked, false, __ATOMIC_RELEASE);
}

static void set_waiting(struct code_ahead *a, uint32_t n)
{
    __atomic_store_n(&a->waiting, n, __ATOMIC_RELAXED);
}

/* What was called for comes before all that is there, what follows from guesses behind it. */
static void push(struct code_ahead *a, uint32_t defined, bool called)
{
    if (!try_lock(a))
        return;
    if (!bitmap_get(a->queued, defined) && (called || a->waiting < QUEUE_MAX)) {
        if (a->waiting == QUEUE_MAX) /* the last one gives way */
            set_waiting(a, QUEUE_MAX - 1);
        if (called)
            a->first = (a->first + QUEUE_MAX - 1) % QUEUE_MAX;
        a->queue[(a->first + (called ? 0 : a->waiting)) % QUEUE_MAX] = defined;
        bitmap_set(a->queued, defined);
        set_waiting(a, a->waiting + 1);
    }
    unlock(a);
}

static bool pop(struct code_ahead *a, uint32_t *out_defined)
{
    bool any = false;
    if (!try_lock(a))
        return false;
    if (a->waiting) {
        *out_defined = a->queue[a->first];
        a->first = (a->first + 1) % QUEUE_MAX;
        set_waiting(a, a->waiting - 1);
        any = true;
    }
    unlock(a);
    return any;
}

uint32_t ahead__target(struct code_lane *l, uint32_t func)
{
    struct wasm_code *c = l->code;
    uint32_t at = code__target(c, func);
    if (c->ahead && at < c->ndefined * CODE_SLOT_BYTES)
        push(c->ahead, func - c->m->nimported_funcs, l == &c->lanes[CODE_LANE_CALLED]);
    return at;
}

/* The next function in a table, which may be called any time. */
static bool next_in_tables(struct wasm_code *c, uint32_t *out_defined)
{
    struct code_ahead *a = c->ahead;
    const struct wasm_module *m = c->m;
    for (; a->segment < m->nelems; a->segment++, a->element = 0) {
        const struct wasm_elem *e = &m->elems[a->segment];
        while (e->funcs && a->element < e->count) {
            uint32_t func = e->funcs[a->element++];
            if (func < m->nimported_funcs)
                continue;
            *out_defined = func - m->nimported_funcs;
            if (!code__compiled(c, *out_defined))
                return true;
        }
    }
    return false;
}

/* ---- the helper's side ---- */

static bool may_go_on(const struct code_ahead *a)
{
    uint64_t called = __atomic_load_n(&a->called, __ATOMIC_RELAXED);
    return a->done < AHEAD_BASE + AHEAD_RATIO * called;
}

static bool is_stopped(const struct code_ahead *a)
{
    return __atomic_load_n(&a->stop, __ATOMIC_RELAXED);
}

bool ahead__stopped(const struct code_lane *l)
{
    const struct wasm_code *c = l->code;
    return l == &c->lanes[CODE_LANE_AHEAD] && is_stopped(c->ahead);
}

/* Compiles one function (wasm_step_fn). */
static bool step(void *arg)
{
    struct wasm_code *c = arg;
    struct code_ahead *a = c->ahead;
    struct code_lane *l = &c->lanes[CODE_LANE_AHEAD];
    uint32_t defined;
    __atomic_store_n(&a->idle, false, __ATOMIC_SEQ_CST);
    bool any = !is_stopped(a) && may_go_on(a) && (pop(a, &defined) || next_in_tables(c, &defined));
    if (!any) {
        arena_fini(&l->arena);
        __atomic_store_n(&a->idle, true, __ATOMIC_SEQ_CST);
        return false;
    }
    uint32_t func = c->m->nimported_funcs + defined, bytes = c->m->funcs[func].body.len;
    if (bytes > FUNC_BYTES_MAX || code__compiled(c, defined))
        return true;
    a->done += bytes;
    if (code__compile(l, func) && ++a->failures >= FAILURES_MAX)
        __atomic_store_n(&a->stop, true, __ATOMIC_RELAXED);
    return true;
}

/* ---- the callers' side ---- */

void ahead__wake(struct wasm_code *c, uint32_t func)
{
    struct code_ahead *a = c->ahead;
    if (!a)
        return;
    __atomic_fetch_add(&a->called, c->m->funcs[func].body.len, __ATOMIC_RELAXED);
    if (!is_stopped(a) && __atomic_exchange_n(&a->idle, false, __ATOMIC_SEQ_CST) &&
        !c->m->host->help(c->m->owner, step, c))
        __atomic_store_n(&a->stop, true, __ATOMIC_RELAXED);
}

void ahead__create(struct wasm_code *c)
{
    const struct wasm_host *host = c->m->host;
    if (!host->help || !host->help(c->m->owner, NULL, NULL) || c->m->watch ||
        ahead__body_bytes(c->m) < MODULE_BYTES_MIN)
        return;
    struct code_ahead *a = host->alloc(c->m->owner, sizeof *a);
    if (!a)
        return;
    a->idle = true;
    a->queued = host->alloc(c->m->owner, BITMAP_WORDS(c->ndefined) * sizeof *a->queued);
    if (a->queued)
        c->ahead = a;
    else
        host->free(c->m->owner, a, sizeof *a);
}

void ahead__destroy(struct wasm_code *c)
{
    const struct wasm_host *host = c->m->host;
    struct code_ahead *a = c->ahead;
    if (!a)
        return;
    __atomic_store_n(&a->stop, true, __ATOMIC_RELAXED);
    (void)host->help(c->m->owner, NULL, c);
    host->free(c->m->owner, a->queued, BITMAP_WORDS(c->ndefined) * sizeof *a->queued);
    host->free(c->m->owner, a, sizeof *a);
    c->ahead = NULL;
}
