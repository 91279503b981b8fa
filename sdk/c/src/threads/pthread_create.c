/* The life of a thread: create, exit, join, detach. */
#include "internal/lock.h"
#include "internal/wasi.h"
#include "threads/thread.h"
#include <bits/futex.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int running; /* threads besides the first; atomic */
static struct lock finished_lock;
static struct __thread_record *finished; /* detached threads that have ended, or do so right now */

__attribute__((weak)) void __thread_atexit_run(void); /* only in programs that need them */
__attribute__((weak)) void __thread_keys_run(void);

/* ---- the end ---- */

static void wait_until_gone(struct __thread_record *t)
{
    while (!__atomic_load_n(&t->gone, __ATOMIC_ACQUIRE))
        __futex_sleep(&t->gone, 0);
}

/* Frees the blocks of detached threads, which could not do so while they stood on them. */
static void free_finished(void)
{
    lock_take(&finished_lock);
    for (struct __thread_record **p = &finished; *p;) {
        struct __thread_record *t = *p;
        if (__atomic_load_n(&t->gone, __ATOMIC_ACQUIRE)) {
            *p = t->next_finished;
            free(t->block);
        } else {
            p = &t->next_finished;
        }
    }
    lock_release(&finished_lock);
}

static void run_destructors(void)
{
    if (__thread_atexit_run)
        __thread_atexit_run();
    if (__thread_keys_run)
        __thread_keys_run();
}

__attribute__((used)) void __thread_run(struct __thread_record *t)
{
    __thread_self = t;
    if (t->function.posix)
        t->result = t->function.posix(t->argument);
    else
        t->result = (void *)(intptr_t)t->function.c11(t->argument);
}

__attribute__((used)) void __thread_finish(struct __thread_record *t)
{
    run_destructors();
    free_finished();
    if (__atomic_exchange_n(&t->state, THREAD_EXITED, __ATOMIC_ACQ_REL) == THREAD_DETACHED) {
        lock_take(&finished_lock);
        t->next_finished = finished;
        finished = t;
        lock_release(&finished_lock);
    }
    if (__atomic_sub_fetch(&running, 1, __ATOMIC_ACQ_REL) == 0)
        __futex_wake(&running, 1);
}

/* The program ends with its first thread, so that waits for the others (C17 7.26.5.5). */
static _Noreturn void exit_first(void)
{
    int n;
    run_destructors();
    while ((n = __atomic_load_n(&running, __ATOMIC_ACQUIRE)) > 0)
        __futex_sleep(&running, n);
    exit(EXIT_SUCCESS);
}

void pthread_exit(void *result)
{
    struct __thread_record *t = __thread_self;
    t->result = result;
    while (t->cleanups)
        __cleanup_pop(t->cleanups, 1);
    if (t == &__thread_first)
        exit_first();
    __thread_unwind();
}

/* ---- the beginning ---- */

#ifdef __wasm_atomics__

static char *round_up(char *p, size_t alignment)
{
    return (char *)(((uintptr_t)p + alignment - 1) & ~(uintptr_t)(alignment - 1));
}

static struct __thread_record *thread_create(const pthread_attr_t *a)
{
    enum { STACK_ALIGNMENT = 16 };
    size_t tls_alignment = __builtin_wasm_tls_align(), bytes;
    size_t fixed = __builtin_wasm_tls_size() + tls_alignment + sizeof(struct __thread_record) +
                   3 * STACK_ALIGNMENT;
    if (__builtin_add_overflow(a->__stack_bytes, a->__guard_bytes, &bytes) ||
        __builtin_add_overflow(bytes, fixed, &bytes))
        return NULL;
    char *block = malloc(bytes);
    if (!block)
        return NULL;
    char *limit = block + a->__guard_bytes;
    char *top = round_up(limit + a->__stack_bytes, STACK_ALIGNMENT);
    char *tls = round_up(top, tls_alignment);
    struct __thread_record *t =
        (struct __thread_record *)round_up(tls + __builtin_wasm_tls_size(), STACK_ALIGNMENT);
    *t = (struct __thread_record){
        .stack_top = top,
        .stack_limit = limit,
        .tls = tls,
        .block = block,
        .state = a->__detached ? THREAD_DETACHED : THREAD_JOINABLE,
    };
    return t;
}

/* A thread that has been joined may still be leaving the system: then there is room for a new one
 * soon. */
static int spawn(struct __thread_record *t)
{
    enum { ATTEMPTS = 1000 };
    const struct timespec pause = {0, 1000000};
    int tid = -EAGAIN;
    if (__atomic_add_fetch(&running, 1, __ATOMIC_ACQ_REL) < PTHREAD_THREADS_MAX) {
        tid = __wasi_thread_spawn(t);
        for (int i = 0; tid == -EAGAIN && i < ATTEMPTS; i++) {
            nanosleep(&pause, NULL);
            tid = __wasi_thread_spawn(t);
        }
    }
    if (tid > 0)
        return 0;
    if (__atomic_sub_fetch(&running, 1, __ATOMIC_ACQ_REL) == 0)
        __futex_wake(&running, 1);
    return EAGAIN;
}

int __thread_create(struct __thread_record **out, const pthread_attr_t *attributes,
                    struct thread_function function, void *argument)
{
    pthread_attr_t standard;
    if (!attributes) {
        pthread_attr_init(&standard);
        attributes = &standard;
    }
    free_finished();
    struct __thread_record *t = thread_create(attributes);
    if (!t)
        return ENOMEM;
    t->function = function;
    t->argument = argument;
    *out = t; /* before it runs: it may look */
    int error = spawn(t);
    if (error)
        free(t->block);
    return error;
}

#else

int __thread_create(struct __thread_record **out, const pthread_attr_t *attributes,
                    struct thread_function function, void *argument)
{
    (void)out, (void)attributes, (void)function, (void)argument;
    return EAGAIN;
}

#endif

int pthread_create(pthread_t *restrict out, const pthread_attr_t *restrict attributes,
                   void *(*run)(void *), void *restrict argument)
{
    struct thread_function function = {.posix = run};
    return __thread_create(out, attributes, function, argument) ? EAGAIN : 0;
}

int pthread_join(pthread_t t, void **out_result)
{
    if (t == __thread_self)
        return EDEADLK;
    if (__atomic_load_n(&t->state, __ATOMIC_ACQUIRE) == THREAD_DETACHED || t == &__thread_first)
        return EINVAL;
    wait_until_gone(t);
    if (out_result)
        *out_result = t->result;
    free(t->block);
    return 0;
}

int pthread_detach(pthread_t t)
{
    int was = THREAD_JOINABLE;
    if (__atomic_compare_exchange_n(&t->state, &was, THREAD_DETACHED, 0, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE))
        return 0;
    if (was == THREAD_DETACHED)
        return EINVAL;
    return pthread_join(t, NULL); /* it is on its last instructions */
}
