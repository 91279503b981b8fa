/* Waiting until a word of memory changes: what every lock of the C and C++ libraries is made of
 * (WebAssembly threads: memory.atomic.wait32 and notify). */
#pragma once

#include <bits/decls.h>
#include <time.h>

__BEGIN_DECLS

/* Sleeps while *at == expected until it is woken, perhaps for no reason. A program that was built
 * without threads ends in a trap, since nothing could ever wake it. */
void __futex_sleep(const int *at, int expected);

/* With a time limit. 0: woken, or the word is another one, or for no reason; ETIMEDOUT: `clock` has
 * reached `deadline` (NULL: there is none); EINVAL: not a clock, not a time. */
int __futex_wait(const int *at, int expected, clockid_t clock, const struct timespec *deadline);

/* Wakes the `count` threads that have waited longest for *at. Does not look at *at: it need not
 * exist any more. */
void __futex_wake(const int *at, unsigned count);

__END_DECLS
