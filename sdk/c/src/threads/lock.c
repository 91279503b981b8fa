/* Critical sections are short, so a few looks come before sleeping. */
#include "internal/lock.h"
#include <bits/futex.h>
#include <stddef.h>

enum { FREE, TAKEN, CONTENDED, LOOKS = 64 };

int __word_try(int *word)
{
    int expected = FREE;
    return __atomic_compare_exchange_n(word, &expected, TAKEN, 0, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED);
}

int __word_take_until(int *word, clockid_t clock, const struct timespec *deadline)
{
    for (int i = 0; i < LOOKS; i++)
        if (__atomic_load_n(word, __ATOMIC_RELAXED) == FREE && __word_try(word))
            return 0;
    while (__atomic_exchange_n(word, CONTENDED, __ATOMIC_ACQUIRE) != FREE) {
        int error = __futex_wait(word, CONTENDED, clock, deadline);
        if (error)
            return error;
    }
    return 0;
}

void __word_take(int *word)
{
    if (!__word_try(word))
        (void)__word_take_until(word, CLOCK_MONOTONIC, NULL);
}

void __word_release(int *word)
{
    if (__atomic_exchange_n(word, FREE, __ATOMIC_RELEASE) == CONTENDED)
        __futex_wake(word, 1);
}
