#include <errno.h>
#include <pthread.h>

int pthread_spin_init(pthread_spinlock_t *l, int shared)
{
    (void)shared;
    *l = 0;
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *l)
{
    (void)l;
    return 0;
}

int pthread_spin_trylock(pthread_spinlock_t *l)
{
    return __atomic_exchange_n(l, 1, __ATOMIC_ACQUIRE) ? EBUSY : 0;
}

/* The holder may need this CPU. */
int pthread_spin_lock(pthread_spinlock_t *l)
{
    enum { LOOKS = 128 };
    for (unsigned i = 1; pthread_spin_trylock(l); i++)
        if (i % LOOKS == 0)
            sched_yield();
    return 0;
}

int pthread_spin_unlock(pthread_spinlock_t *l)
{
    __atomic_store_n(l, 0, __ATOMIC_RELEASE);
    return 0;
}
