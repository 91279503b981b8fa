#include "internal/lock.h"
#include <bits/futex.h>

enum { FREE, TAKEN, CONTENDED, LOOKS = 64 };

int __word_try(int *word)
{
    int expected = FREE;
    return __atomic_compare_exchange_n(word, &expected, TAKEN, 0, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED);
}

/* Critical sections are short, so a few looks come before sleeping. */
static int take_soon(int *word)
{
    for (int i = 0; i < LOOKS; i++)
        if (__atomic_load_n(word, __ATOMIC_RELAXED) == FREE && __word_try(word))
            return 1;
    return 0;
}

void __word_take(int *word)
{
    if (__word_try(word) || take_soon(word))
        return;
    while (__atomic_exchange_n(word, CONTENDED, __ATOMIC_ACQUIRE) != FREE)
        __futex_sleep(word, CONTENDED);
}

int __word_take_until(int *word, clockid_t clock, const struct timespec *deadline)
{
    int error = 0;
    if (take_soon(word))
        return 0;
    while (!error && __atomic_exchange_n(word, CONTENDED, __ATOMIC_ACQUIRE) != FREE)
        error = __futex_wait(word, CONTENDED, clock, deadline);
    return error;
}

void __word_release(int *word)
{
    if (__atomic_exchange_n(word, FREE, __ATOMIC_RELEASE) == CONTENDED)
        __futex_wake(word, 1);
}
