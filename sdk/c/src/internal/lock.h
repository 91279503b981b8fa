/* Locks. A word is 0: free, 1: taken, 2: taken and somebody may wait (Drepper, "Futexes Are
 * Tricky"). */
#pragma once

#include <time.h>

int __word_try(int *word);
void __word_take(int *word);
/* 0, or ETIMEDOUT or EINVAL as __futex_wait says. */
int __word_take_until(int *word, clockid_t clock, const struct timespec *deadline);
void __word_release(int *word);

/* The library's own locks: nothing at all where there is one thread. */
struct lock {
#ifdef __wasm_atomics__
    int word;
#endif
};

/* Its holder may take it again. */
struct owned_lock {
#ifdef __wasm_atomics__
    int word;
    unsigned depth;
    void *owner; /* the thread-local storage of the thread that has it, NULL; atomic */
#endif
};

#ifdef __wasm_atomics__
void __owned_take(struct owned_lock *l);
int __owned_try(struct owned_lock *l);
int __owned_take_soon(struct owned_lock *l);
void __owned_release(struct owned_lock *l);

static inline void lock_take(struct lock *l)
{
    __word_take(&l->word);
}

static inline void lock_release(struct lock *l)
{
    __word_release(&l->word);
}

static inline void owned_take(struct owned_lock *l)
{
    __owned_take(l);
}

/* Whether it was free, or the caller's. */
static inline int owned_try(struct owned_lock *l)
{
    return __owned_try(l);
}

/* Whether it became free within a second. */
static inline int owned_take_soon(struct owned_lock *l)
{
    return __owned_take_soon(l);
}

static inline void owned_release(struct owned_lock *l)
{
    __owned_release(l);
}
#else
static inline void lock_take(struct lock *l)
{
    (void)l;
}

static inline void lock_release(struct lock *l)
{
    (void)l;
}

static inline void owned_take(struct owned_lock *l)
{
    (void)l;
}

static inline int owned_try(struct owned_lock *l)
{
    (void)l;
    return 1;
}

static inline int owned_take_soon(struct owned_lock *l)
{
    (void)l;
    return 1;
}

static inline void owned_release(struct owned_lock *l)
{
    (void)l;
}
#endif
