/* Threads of a program (the wasi-threads convention): each has an instance of the module, and a
 * store of its own, around the one shared memory. Any of them may end the program; the first thread
 * waits for the others, and then everything goes. */
#include "base/string.h"
#include "kernel/mm/heap.h"
#include "kernel/run/exec.h"

enum { TID_MAX = 0x1fffffff };

struct child {
    struct running *r;
    struct wasm_store *store;
    struct wasm_instance *instance;
    struct wasm_thread *thread;
    uint32_t start_func; /* index of wasi_thread_start */
    uint32_t tid, arg;
};

void run__threads_init(struct running *r)
{
    waitq_init(&r->threads_q);
}

/* ---- the end of a program ---- */

static bool was_killed(enum wasm_trap kind)
{
    return kind == WASM_TRAP_INTERRUPTED || kind == WASM_TRAP_KILLED ||
           kind == WASM_TRAP_TIME_LIMIT;
}

bool run__end(struct running *r, int status, bool killed)
{
    arch_irq_t irq = spin_lock(&r->lock);
    bool first = !r->ended;
    if (first) {
        r->ended = true;
        r->killed = killed;
        r->ended_by = thread_current();
        r->status = status;
    }
    spin_unlock(&r->lock, irq);
    if (first)
        process_kill_others(WASM_TRAP_KILLED);
    return first;
}

void run__call_ended(struct running *r, struct wasm_thread *t, int result)
{
    const struct wasm_trap_info *info = wasm_thread_trap(t);
    if (result == WASM_EXITED)
        run__end(r, wasm_thread_exit_status(t) & 0xff, false);
    else if ((result == WASM_TRAPPED || result == WASM_THROWN) &&
             run__end(r, run__trap_status(info->kind), was_killed(info->kind)))
        run__trap_report(r->program.process, info);
}

int run__threads_wait(struct running *r)
{
    arch_irq_t irq = spin_lock(&r->lock);
    assert(r->ended);
    while (r->nthreads)
        waitq_wait_uninterruptible(&r->threads_q, &r->lock, &irq);
    spin_unlock(&r->lock, irq);
    /* killed only by another thread's end: there is output to be written yet */
    if (!r->killed && r->ended_by != thread_current())
        process_revive();
    return r->status;
}

/* ---- a thread ---- */

static bool thread_counted(struct running *r, struct child *c)
{
    arch_irq_t irq = spin_lock(&r->lock);
    bool may = !r->ended && r->nthreads < RUN_THREADS_MAX;
    if (may) {
        r->nthreads++;
        r->last_tid = r->last_tid % TID_MAX + 1;
        c->tid = r->last_tid;
    }
    spin_unlock(&r->lock, irq);
    return may;
}

/* The last that a thread does with r: it may be freed from then on. */
static void thread_gone(struct running *r)
{
    arch_irq_t irq = spin_lock(&r->lock);
    r->nthreads--;
    waitq_wake_all(&r->threads_q);
    spin_unlock(&r->lock, irq);
}

static void child_free(struct child *c)
{
    if (c->store)
        wasm_store_destroy(c->store);
    kfree(c, sizeof(*c));
}

static int child_create(struct running *r, uint32_t arg, struct child **out)
{
    static const wasm_valtype_t params[] = {WASM_I32, WASM_I32};
    struct wasm_error *e = KNEW(struct wasm_error);
    struct child *c = KNEW(struct child);
    int err = e && c ? wasm_store_create(&run__host, r, &c->store) : -ENOMEM;
    if (!err) {
        c->r = r;
        c->arg = arg;
        err = wasm_instance_create(c->store, r->module, run__resolve, r, &r->program, &c->instance,
                                   e);
    }
    if (!err)
        err = wasm_instance_export(c->instance, "wasi_thread_start", 17, WASM_FUNC, &c->start_func);
    if (!err) {
        const struct wasm_functype *t = wasm_instance_func_type(c->instance, c->start_func);
        if (t->nparams != 2 || t->nresults || memcmp(t->params, params, sizeof(params)))
            err = -EINVAL;
    }
    if (!err)
        err = wasm_thread_create(c->store, RUN_STACK_BYTES, &c->thread);
    kfree(e, sizeof(*e));
    if (!err)
        *out = c;
    else if (c)
        child_free(c);
    return err == WASM_TRAPPED ? -EINVAL : err;
}

/* The start function belongs to the instance, so it runs here again. */
static int child_run(struct child *c)
{
    const union wasm_value args[] = {{.i32 = c->tid}, {.i32 = c->arg}};
    int r = 0, start = wasm_instance_start(c->instance);
    if (start >= 0)
        r = wasm_call(c->thread, c->instance, (uint32_t)start, NULL, NULL);
    return r ? r : wasm_call(c->thread, c->instance, c->start_func, args, NULL);
}

static void child_main(void *arg)
{
    struct child *c = arg;
    struct running *r = c->r;
    run__enter(c->thread);
    /* who ended the program before this thread was in the process's list could not kill it */
    if (!__atomic_load_n(&r->ended, __ATOMIC_RELAXED))
        run__call_ended(r, c->thread, child_run(c));
    run__leave();
    child_free(c);
    thread_gone(r);
    thread_exit();
}

int run__thread_spawn(struct program *p, uint32_t arg)
{
    struct running *r = (struct running *)p;
    struct child *c;
    if (!r->memory)
        return -ENOTSUP;
    int err = child_create(r, arg, &c);
    if (err)
        return err;
    if (!thread_counted(r, c)) {
        child_free(c);
        return -EAGAIN;
    }
    int tid = (int)c->tid;
    if (!thread_create(p->process, p->process->name, child_main, c)) {
        child_free(c);
        thread_gone(r);
        return -EAGAIN;
    }
    return tid;
}
