/* Atomic objects that no instruction reaches, as the compiler calls them (GCC's libatomic): a lock
 * for each group of addresses. */
#include "internal/lock.h"
#include <stdint.h>
#include <string.h>

void load(size_t n, const void *object, void *to, int order) __asm__("__atomic_load");
void store(size_t n, void *object, const void *from, int order) __asm__("__atomic_store");
void exchange(size_t n, void *object, const void *from, void *to,
              int order) __asm__("__atomic_exchange");
int compare_exchange(size_t n, void *object, void *expected, const void *from, int success,
                     int failure) __asm__("__atomic_compare_exchange");

static struct lock *lock_of(const void *object)
{
    enum { LOCKS = 16 };
    static struct lock locks[LOCKS];
    uintptr_t address = (uintptr_t)object;
    return &locks[(address / 16 ^ address / 256) % LOCKS];
}

void load(size_t n, const void *object, void *to, int order)
{
    (void)order;
    lock_take(lock_of(object));
    memcpy(to, object, n);
    lock_release(lock_of(object));
}

void store(size_t n, void *object, const void *from, int order)
{
    (void)order;
    lock_take(lock_of(object));
    memcpy(object, from, n);
    lock_release(lock_of(object));
}

void exchange(size_t n, void *object, const void *from, void *to, int order)
{
    (void)order;
    lock_take(lock_of(object));
    memcpy(to, object, n);
    memcpy(object, from, n);
    lock_release(lock_of(object));
}

int compare_exchange(size_t n, void *object, void *expected, const void *from, int success,
                     int failure)
{
    (void)success, (void)failure;
    lock_take(lock_of(object));
    int equal = memcmp(object, expected, n) == 0;
    if (equal)
        memcpy(object, from, n);
    else
        memcpy(expected, object, n);
    lock_release(lock_of(object));
    return equal;
}
