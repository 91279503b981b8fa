#include "internal/lock.h"
#include <stddef.h>

#ifdef __wasm_atomics__

/* Whether the caller has it already: only the owner itself ever finds its own storage here. */
static int take_again(struct owned_lock *l)
{
    if (__atomic_load_n(&l->owner, __ATOMIC_RELAXED) != __builtin_wasm_tls_base())
        return 0;
    l->depth++;
    return 1;
}

static void owned(struct owned_lock *l)
{
    __atomic_store_n(&l->owner, __builtin_wasm_tls_base(), __ATOMIC_RELAXED);
}

void __owned_take(struct owned_lock *l)
{
    if (take_again(l))
        return;
    __word_take(&l->word);
    owned(l);
}

int __owned_try(struct owned_lock *l)
{
    if (take_again(l))
        return 1;
    int taken = __word_try(&l->word);
    if (taken)
        owned(l);
    return taken;
}

int __owned_take_soon(struct owned_lock *l)
{
    struct timespec deadline;
    if (__owned_try(l))
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec++;
    int taken = __word_take_until(&l->word, CLOCK_MONOTONIC, &deadline) == 0;
    if (taken)
        owned(l);
    return taken;
}

void __owned_release(struct owned_lock *l)
{
    if (l->depth > 0) {
        l->depth--;
        return;
    }
    __atomic_store_n(&l->owner, NULL, __ATOMIC_RELAXED);
    __word_release(&l->word);
}

#endif
