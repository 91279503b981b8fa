/* One thread. Its record stands at the end of a block from malloc:
 *
 *     | guard | stack, growing down | thread-local storage | struct __thread_record |
 *
 * Functions of the program trap when they have used the stack up (thread_start.c); the library's
 * own are compiled without that check, and the guard is what they may use beyond. */
#pragma once

#include <pthread.h>
#include <stddef.h>

enum {
    THREAD_STACK_BYTES = 256 * 1024, /* as many as the first thread has */
    THREAD_GUARD_BYTES = 32 * 1024,  /* more than any function of the library uses */
};

enum thread_state { THREAD_JOINABLE, THREAD_DETACHED, THREAD_EXITED };

/* What a thread runs: one of the two. A function called as another type than its own is a trap. */
struct thread_function {
    void *(*posix)(void *);
    int (*c11)(void *);
};

/* The first four fields are known to thread_start.c. */
struct __thread_record {
    char *stack_top;
    char *stack_limit;
    void *tls;
    int gone; /* 1: nothing of the thread runs any more, its block may be freed; atomic */
    void *block;
    struct thread_function function;
    void *argument;
    void *result;
    int state; /* enum thread_state; atomic */
    int cancel_state;
    struct __cleanup *cleanups;
    struct __thread_record *next_finished;
};

_Static_assert(offsetof(struct __thread_record, stack_limit) == 4 &&
                   offsetof(struct __thread_record, tls) == 8 &&
                   offsetof(struct __thread_record, gone) == 12,
               "thread_start.c");

extern struct __thread_record __thread_first;
extern __thread struct __thread_record *__thread_self;

/* pthread_create; ENOMEM and EAGAIN. */
int __thread_create(struct __thread_record **out, const pthread_attr_t *attributes,
                    struct thread_function function, void *argument);
/* Ends the running function and all its callers, up to where the thread started. */
_Noreturn void __thread_unwind(void);
/* The destructors of thread_local objects, latest first. */
void __thread_atexit_run(void);
/* The destructors of the values of pthread_setspecific. */
void __thread_keys_run(void);
