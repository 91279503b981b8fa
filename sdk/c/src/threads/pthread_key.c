/* Keys for values of each thread. A key that is deleted and created again has another number of
 * use, by which a thread's old value is known. */
#include "internal/lock.h"
#include "threads/thread.h"
#include <errno.h>
#include <limits.h>

struct value {
    unsigned use;
    void *value;
};

static struct {
    unsigned use; /* odd: exists */
    void (*destructor)(void *);
} keys[PTHREAD_KEYS_MAX];
static struct lock keys_lock;
static __thread struct value values[PTHREAD_KEYS_MAX];

int pthread_key_create(pthread_key_t *out, void (*destructor)(void *))
{
    int error = EAGAIN;
    lock_take(&keys_lock);
    for (pthread_key_t k = 0; k < PTHREAD_KEYS_MAX && error; k++) {
        if (keys[k].use % 2 == 0) {
            keys[k].destructor = destructor;
            __atomic_store_n(&keys[k].use, keys[k].use + 1, __ATOMIC_RELEASE);
            *out = k;
            error = 0;
        }
    }
    lock_release(&keys_lock);
    return error;
}

static unsigned use_of(pthread_key_t key)
{
    return key < PTHREAD_KEYS_MAX ? __atomic_load_n(&keys[key].use, __ATOMIC_ACQUIRE) : 0;
}

int pthread_key_delete(pthread_key_t key)
{
    int error = EINVAL;
    lock_take(&keys_lock);
    if (use_of(key) % 2 == 1) {
        __atomic_store_n(&keys[key].use, keys[key].use + 1, __ATOMIC_RELEASE);
        error = 0;
    }
    lock_release(&keys_lock);
    return error;
}

void *pthread_getspecific(pthread_key_t key)
{
    unsigned use = use_of(key);
    return use % 2 == 1 && values[key].use == use ? values[key].value : NULL;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
    unsigned use = use_of(key);
    if (use % 2 == 0)
        return EINVAL;
    values[key] = (struct value){use, (void *)value};
    return 0;
}

/* Takes the value of a key from the running thread, and its destructor if both are there. */
static void *take_value(pthread_key_t key, void (**out_destructor)(void *))
{
    void *value = NULL;
    lock_take(&keys_lock);
    if (keys[key].destructor && (value = pthread_getspecific(key))) {
        *out_destructor = keys[key].destructor;
        values[key].value = NULL;
    }
    lock_release(&keys_lock);
    return value;
}

/* Destructors may set values again: that is looked at a few times. */
void __thread_keys_run(void)
{
    int again = 1;
    for (int i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS && again; i++) {
        again = 0;
        for (pthread_key_t k = 0; k < PTHREAD_KEYS_MAX; k++) {
            void (*destructor)(void *);
            void *value = take_value(k, &destructor);
            if (value) {
                destructor(value);
                again = 1;
            }
        }
    }
}
