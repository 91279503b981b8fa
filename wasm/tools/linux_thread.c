/* Threads that run wasm, and how they wait for each other (wasm_host.wait). */
#define _GNU_SOURCE
#include "wasm/tools/linux_thread.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/list.h"
#include "wasm/tools/linux_host.h"

#define SECOND_NS 1000000000ll
#define SLICE_NS  20000000ll /* how often a sleeper looks for an interrupt */

/* ---- waiting ---- */

/* On the stack of who waits; guarded by the lock. */
struct waiter {
    struct list link;
    const void *address;
    pthread_cond_t wake;
    bool woken;
};

static pthread_mutex_t waiting_lock = PTHREAD_MUTEX_INITIALIZER;
static struct list waiting = LIST_INIT(waiting);

static int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * SECOND_NS + t.tv_nsec;
}

/* Until woken, the deadline, or an interrupt. The lock is held, but while it sleeps. */
static int sleep_until(struct waiter *w, int64_t deadline_ns)
{
    enum wasm_trap kind;
    unsigned interrupts = linux__interrupts(&kind);

    while (!w->woken) {
        int64_t now = now_ns(), until = now + SLICE_NS;
        struct timespec t;
        if (now >= deadline_ns)
            return 2;
        if (linux__interrupts(&kind) != interrupts)
            return -1 - (int)kind;
        if (until > deadline_ns)
            until = deadline_ns;
        t = (struct timespec){.tv_sec = until / SECOND_NS, .tv_nsec = until % SECOND_NS};
        pthread_cond_timedwait(&w->wake, &waiting_lock, &t);
    }
    return 0;
}

int linux__wait(void *owner UNUSED, const void *address, uint64_t expected, unsigned bytes,
                int64_t timeout_ns)
{
    struct waiter w = {.address = address};
    pthread_condattr_t attr;
    int64_t deadline;
    int r = 1;

    if (timeout_ns < 0 || __builtin_add_overflow(now_ns(), timeout_ns, &deadline))
        deadline = INT64_MAX;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w.wake, &attr);
    pthread_mutex_lock(&waiting_lock);
    if (bytes == 4 ? __atomic_load_n((const uint32_t *)address, __ATOMIC_SEQ_CST) == expected
                   : __atomic_load_n((const uint64_t *)address, __ATOMIC_SEQ_CST) == expected) {
        list_push_back(&waiting, &w.link);
        r = sleep_until(&w, deadline);
        list_remove(&w.link);
    }
    pthread_mutex_unlock(&waiting_lock);
    pthread_cond_destroy(&w.wake);
    pthread_condattr_destroy(&attr);
    return r;
}

uint32_t linux__notify(void *owner UNUSED, const void *address, uint32_t count)
{
    uint32_t n = 0;

    pthread_mutex_lock(&waiting_lock);
    LIST_EACH(it, &waiting)
    {
        struct waiter *w = LIST_ENTRY(it, struct waiter, link);
        if (n == count)
            break;
        if (w->address != address || w->woken)
            continue;
        w->woken = true;
        pthread_cond_signal(&w->wake);
        n++;
    }
    pthread_mutex_unlock(&waiting_lock);
    return n;
}

/* ---- threads ---- */

enum { SIGNAL_STACK_BYTES = 256 * 1024 };

struct linux_thread {
    pthread_t id;
    void (*fn)(void *);
    void *arg;
    uint8_t signal_stack[SIGNAL_STACK_BYTES];
};

static void *thread_main(void *arg)
{
    struct linux_thread *t = arg;
    stack_t stack = {.ss_sp = t->signal_stack, .ss_size = sizeof t->signal_stack};
    stack_t none = {.ss_flags = SS_DISABLE};

    sigaltstack(&stack, NULL);
    t->fn(t->arg);
    sigaltstack(&none, NULL);
    return NULL;
}

struct linux_thread *linux_thread_start(void (*fn)(void *), void *arg)
{
    struct linux_thread *t = malloc(sizeof *t);

    if (!t)
        return NULL;
    t->fn = fn;
    t->arg = arg;
    if (pthread_create(&t->id, NULL, thread_main, t)) {
        free(t);
        return NULL;
    }
    return t;
}

void linux_thread_join(struct linux_thread *t)
{
    pthread_join(t->id, NULL);
    free(t);
}
