/* Exceptions (core spec 4.4.6, 4.2.15): objects, throwing, and how long they live.
 *
 * Throwing follows the return addresses outwards to the first call that has a landing (jit/code.h)
 * and goes on there; a thunk into another instance has its caller's registers. Compiled code
 * compares tags itself. A reference is a number in the store's table. An exception that was never
 * caught with a reference is freed when it is caught. The others are found by a conservative
 * collection: whatever looks like a number of one, on the stacks of compiled code and of its
 * embedder below the entry, in globals and tables of exceptions, or in a reachable exception, keeps
 * it alive. */
#include "base/string.h"
#include "wasm/rt/builtins.h"
#include "wasm/rt/thread.h"
#include "wasm/rt/unwind.h"

enum {
    REF_FIRST = 0x7c000000, /* references are from here on: less often mistaken for other numbers */
    VALUES_MIN = 4, /* of the smallest class of objects; each is twice as large as the one before */
    COMMIT_BYTES = 64 * KIB,
    TABLE_INITIAL = 64,
    COLLECT_MIN = 256,
    COLLECT_WORK = 64, /* words looked at that another object may wait for */
};

_Static_assert(WASM_PARAMS_MAX <= VALUES_MIN << (EXCEPTION_CLASSES - 1), "a class for every type");

/* Reads what the compiler has put around variables; or never returns, often: each time the
 * sanitizer would look through all of its frames. */
#define NO_ASAN __attribute__((no_sanitize("address")))

/* ---- objects ---- */

/* Objects of one class are interchangeable. */
static unsigned class_of(const struct wasm_functype *type)
{
    unsigned n = 0;
    while (type->nparams > (uint32_t)VALUES_MIN << n)
        n++;
    assert(n < EXCEPTION_CLASSES);
    return n;
}

static size_t class_bytes(unsigned class)
{
    return sizeof(struct exception) + ((size_t)VALUES_MIN << class) * sizeof(union wasm_value);
}

static bool is_object(const struct exception *entry)
{
    return entry && !((uintptr_t)entry & 1);
}

static struct exception *object_of(const struct exception_heap *h, uint32_t ref)
{
    uint32_t index = ref - REF_FIRST;
    assert(index < h->count && is_object(h->at[index]));
    return h->at[index];
}

static int grow_table(struct wasm_store *s, struct exception_heap *h)
{
    uint32_t cap = h->cap ? 2 * h->cap : TABLE_INITIAL;
    struct exception **at = store_alloc(s, cap * sizeof(struct exception *));
    if (!at)
        return -ENOMEM;
    if (h->at)
        memcpy(at, h->at, h->count * sizeof(struct exception *));
    store_free(s, h->at, h->cap * sizeof(struct exception *));
    h->at = at;
    h->cap = cap;
    h->count = h->count ? h->count : 1;
    return 0;
}

/* Memory for an object, from a range of the owner's address space that is charged as it fills.
 * NULL: out of memory. */
static struct exception *object_alloc(struct wasm_store *s, unsigned class)
{
    struct exception_heap *h = &s->exceptions;
    struct exception *e = h->spare[class];
    size_t bytes = class_bytes(class);
    if (e) {
        h->spare[class] = e->next;
        return e;
    }
    if (!h->base)
        h->base = s->host->reserve(s->owner, WASM_EXCEPTION_BYTES_MAX);
    if (!h->base || bytes > WASM_EXCEPTION_BYTES_MAX - h->used)
        return NULL;
    if (h->used + bytes > h->committed) {
        if (s->host->commit(s->owner, h->base + h->committed, COMMIT_BYTES))
            return NULL;
        h->committed += COMMIT_BYTES;
    }
    e = (struct exception *)(void *)(h->base + h->used);
    h->used += bytes;
    return e;
}

/* An object with a number; its payload is yet to be written. NULL: out of memory. */
static struct exception *object_create(struct wasm_store *s, uint32_t tag,
                                       const struct wasm_functype *type)
{
    struct exception_heap *h = &s->exceptions;
    if (!h->free && h->count == h->cap && grow_table(s, h))
        return NULL;
    struct exception *e = object_alloc(s, class_of(type));
    if (!e)
        return NULL;
    uint32_t index = h->free ? h->free : h->count++;
    if (h->free)
        h->free = (uint32_t)((uintptr_t)h->at[index] >> 1);
    *e = (struct exception){.type = type, .tag = tag, .ref = REF_FIRST + index};
    h->at[index] = e;
    h->live++;
    return e;
}

static void object_free(struct wasm_store *s, struct exception *e)
{
    struct exception_heap *h = &s->exceptions;
    unsigned class = class_of(e->type);
    uint32_t index = e->ref - REF_FIRST;
    h->at[index] = (struct exception *)((uintptr_t)h->free << 1 | 1);
    h->free = index;
    h->live--;
    e->next = h->spare[class];
    h->spare[class] = e;
}

void exceptions_destroy(struct wasm_store *s)
{
    struct exception_heap *h = &s->exceptions;
    if (h->base)
        s->host->release(s->owner, h->base, WASM_EXCEPTION_BYTES_MAX);
    store_free(s, h->at, h->cap * sizeof(struct exception *));
}

/* ---- collection ---- */

struct collection {
    struct exception_heap *heap;
    struct exception *reached; /* whose payload is to be looked at */
    uint64_t work;             /* words looked at */
};

static void mark(struct collection *c, uint32_t ref)
{
    uint32_t index = ref - REF_FIRST;
    if (index >= c->heap->count || !is_object(c->heap->at[index]) || c->heap->at[index]->marked)
        return;
    struct exception *e = c->heap->at[index];
    e->marked = true;
    e->next = c->reached;
    c->reached = e;
}

/* Both halves of each word in [from, to). */
static NO_ASAN void mark_range(struct collection *c, uint64_t from, uint64_t to)
{
    for (from = align_up(from, 4); from + 4 <= to; from += 4)
        mark(c, *(const volatile uint32_t *)(uintptr_t)from);
    c->work += to > from ? (to - from) / 4 : 0;
}

/* Compiled code's frames; the embedder's below the entry, where C functions keep what compiled code
 * had in preserved registers; and these registers. */
static NO_ASAN __attribute__((noinline)) void mark_stacks(struct collection *c,
                                                          const struct wasm_thread *t)
{
    uint64_t top = (uint64_t)(uintptr_t)t->stack_base + t->stack_reserved_bytes, regs[4];
    __asm__ volatile("movq %%rbx, 0(%0)\n"
                     "movq %%rbp, 8(%0)\n"
                     "movq %%r12, 16(%0)\n"
                     "movq %%r13, 24(%0)\n"
                     :
                     : "r"(regs)
                     : "memory");
    mark_range(c, (uint64_t)(uintptr_t)regs, t->outer_sp); /* from the lowest of this frame on */
    mark_range(c, t->wasm_sp, top);
}

static void mark_thread(struct collection *c, const struct wasm_thread *t, bool running)
{
    uint64_t base = (uint64_t)(uintptr_t)t->stack_base;
    mark(c, t->exception);
    if (!t->entry_sp)
        return;
    if (running)
        mark_stacks(c, t);
    else
        mark_range(c, base + t->guard_bytes, base + t->stack_reserved_bytes);
}

static bool is_exnref(wasm_valtype_t type)
{
    return wasm_valtype_code(type) == WASM_EXNREF;
}

static void mark_instance(struct collection *c, const struct wasm_instance *i)
{
    const struct wasm_module *m = i->module;
    for (uint32_t n = m->nimported_globals; n < m->nglobals; n++)
        if (is_exnref(m->globals[n].type.type))
            mark(c, instance_global(i, n)->ref);
    for (uint32_t n = m->nimported_tables; n < m->ntables; n++) {
        const struct ctx_table *t = instance_table(i, n)->table;
        if (!is_exnref(t->type))
            continue;
        for (uint64_t k = 0; k < t->size; k++)
            mark(c, t->entries[k].ref);
        c->work += t->size;
    }
    c->work += m->nglobals;
}

static void mark_payloads(struct collection *c)
{
    while (c->reached) {
        const struct exception *e = c->reached;
        c->reached = e->next;
        for (uint32_t i = 0; i < e->type->nparams; i++)
            if (is_exnref(e->type->params[i]))
                mark(c, e->payload[i].ref);
    }
}

static void sweep(struct wasm_store *s)
{
    struct exception_heap *h = &s->exceptions;
    for (uint32_t i = 1; i < h->count; i++) {
        if (!is_object(h->at[i]))
            continue;
        if (h->at[i]->marked)
            h->at[i]->marked = false;
        else
            object_free(s, h->at[i]);
    }
}

/* Frees what nobody can name. The next time is when there are twice as many, and later where
 * looking is long work. `running`: the thread that this is called on, NULL if no compiled code
 * runs. */
static void collect(struct wasm_store *s, const struct wasm_thread *running)
{
    struct exception_heap *h = &s->exceptions;
    struct collection c = {.heap = h};
    for (const struct wasm_thread *t = s->threads; t; t = t->next)
        mark_thread(&c, t, t == running);
    for (const struct wasm_instance *i = s->instances; i; i = i->next)
        mark_instance(&c, i);
    mark_payloads(&c);
    sweep(s);
    h->collect_at =
        (uint32_t)min_u64(h->live + max_u64(max_u64(COLLECT_MIN, h->live), c.work / COLLECT_WORK),
                          WASM_EXCEPTIONS_MAX);
}

static struct exception *create(struct wasm_instance *i, uint32_t tag)
{
    struct wasm_store *s = i->store;
    struct exception_heap *h = &s->exceptions;
    const struct wasm_module *m = i->module;
    const struct wasm_functype *type = &m->types[m->tags[tag].type];
    struct wasm_thread *t = i->ctx->thread;
    struct exception *e = NULL;
    if (h->live >= max_u64(h->collect_at, COLLECT_MIN))
        collect(s, t);
    if (h->live < WASM_EXCEPTIONS_MAX)
        e = object_create(s, *instance_tag(i, tag), type);
    if (!e && h->live && h->live < WASM_EXCEPTIONS_MAX) {
        collect(s, t);
        e = object_create(s, *instance_tag(i, tag), type);
    }
    return e;
}

/* ---- throwing ---- */

/* Goes on where the exception is caught: in compiled code, or behind the innermost wasm_call. */
static NO_ASAN NORETURN void throw_from(struct wasm_instance *i, struct exception *e)
{
    struct wasm_ctx *ctx = i->ctx;
    struct wasm_thread *t = ctx->thread;
    assert(t && t->entry_sp);
    struct unwind u = unwind_start(t);
    struct code_where where;
    while (unwind_step(t, &u, &where)) {
        if (where.thunk)
            memcpy(&ctx, (const void *)(uintptr_t)(u.sp - 8), sizeof ctx);
        if (!where.landing)
            continue;
        dassert(ctx->instance->module == where.module);
        ctx->caught = e->ref;
        ctx->caught_tag = e->tag;
        ctx->payload = e->payload;
        t->wasm_pops = 0;
        wasm__resume(u.frame, where.landing, (uint64_t)(uintptr_t)ctx,
                     (uint64_t)(uintptr_t)ctx->mem0_base);
    }
    trap_record(t, WASM_TRAP_UNCAUGHT_EXCEPTION);
    t->exception = e->ref;
    wasm__leave(t->entry_sp, WASM_THROWN);
}

uint32_t rt_exception_create(struct wasm_instance *i, uint32_t tag)
{
    struct exception *e = create(i, tag);
    if (!e)
        wasm_trap(i, WASM_TRAP_OUT_OF_MEMORY);
    i->ctx->payload = e->payload;
    return e->ref;
}

NO_ASAN void rt_exception_throw(struct wasm_instance *i, uint32_t ref)
{
    if (!ref)
        wasm_trap(i, WASM_TRAP_NULL_REFERENCE);
    throw_from(i, object_of(&i->store->exceptions, ref));
}

void rt_exception_keep(struct wasm_instance *i, uint32_t ref)
{
    object_of(&i->store->exceptions, ref)->escaped = true;
}

void rt_exception_drop(struct wasm_instance *i, uint32_t ref)
{
    struct exception *e = object_of(&i->store->exceptions, ref);
    if (!e->escaped)
        object_free(i->store, e);
}

/* ---- the embedder's ---- */

void wasm_throw(struct wasm_instance *i, uint32_t exception)
{
    struct exception *e = object_of(&i->store->exceptions, exception);
    struct wasm_thread *t = i->ctx->thread;
    assert(t);
    t->exception = t->exception == exception ? 0 : t->exception; /* it may be gone soon */
    throw_from(i, e);
}

int wasm_exception_create(struct wasm_instance *i, uint32_t tag, const union wasm_value *values,
                          uint32_t *out)
{
    assert(tag < i->module->ntags);
    struct exception *e = create(i, tag);
    if (!e)
        return -ENOMEM;
    memcpy(e->payload, values, e->type->nparams * sizeof *values);
    *out = e->ref;
    return 0;
}

uint32_t wasm_thread_exception(const struct wasm_thread *t)
{
    return t->exception;
}

bool wasm_exception_has_tag(const struct wasm_instance *i, uint32_t exception, uint32_t tag)
{
    return tag < i->module->ntags &&
           object_of(&i->store->exceptions, exception)->tag == *instance_tag(i, tag);
}

const union wasm_value *wasm_exception_values(const struct wasm_store *s, uint32_t exception,
                                              const struct wasm_functype **out_type)
{
    const struct exception *e = object_of(&s->exceptions, exception);
    *out_type = e->type;
    return e->payload;
}
