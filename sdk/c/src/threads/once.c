/* What is done once: pthread_once, call_once, C++'s local statics. */
#include <bits/futex.h>
#include <bits/thread_types.h>
#include <limits.h>
#include <stddef.h>

enum { NOT_YET = 0, DONE = 1, RUNNING = 0x100, WAITED = 0x200 };

int __once_begin(__once_t *once)
{
    for (;;) {
        int state = NOT_YET;
        if (__atomic_compare_exchange_n(once, &state, RUNNING, 0, __ATOMIC_ACQUIRE,
                                        __ATOMIC_ACQUIRE))
            return 1;
        if (state == DONE)
            return 0;
        if (state == RUNNING && !__atomic_compare_exchange_n(once, &state, WAITED, 0,
                                                             __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            continue;
        __futex_sleep(once, WAITED);
    }
}

void __once_end(__once_t *once, int done)
{
    if (__atomic_exchange_n(once, done ? DONE : NOT_YET, __ATOMIC_RELEASE) == WAITED)
        __futex_wake(once, UINT_MAX);
}
