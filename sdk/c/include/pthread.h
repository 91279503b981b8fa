/* POSIX threads. Programs that start some are compiled and linked with -pthread; without it
 * pthread_create fails with EAGAIN, and the rest works. There is no cancellation: pthread_cancel
 * fails with ENOTSUP. */
#pragma once

#include <bits/decls.h>
#include <bits/thread_types.h>
#include <sched.h>
#include <time.h>

#define PTHREAD_CREATE_JOINABLE 0
#define PTHREAD_CREATE_DETACHED 1

#define PTHREAD_MUTEX_NORMAL     0
#define PTHREAD_MUTEX_RECURSIVE  1
#define PTHREAD_MUTEX_ERRORCHECK 2
#define PTHREAD_MUTEX_DEFAULT    PTHREAD_MUTEX_NORMAL

#define PTHREAD_PROCESS_PRIVATE 0
#define PTHREAD_PROCESS_SHARED  1

#define PTHREAD_CANCEL_ENABLE       0
#define PTHREAD_CANCEL_DISABLE      1
#define PTHREAD_CANCEL_DEFERRED     0
#define PTHREAD_CANCEL_ASYNCHRONOUS 1
#define PTHREAD_CANCELED            ((void *)-1)

#define PTHREAD_BARRIER_SERIAL_THREAD (-1)

#define PTHREAD_MUTEX_INITIALIZER              {0, 0, 0, 0}
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP {0, PTHREAD_MUTEX_RECURSIVE, 0, 0}
#define PTHREAD_COND_INITIALIZER               {0, 0}
#define PTHREAD_RWLOCK_INITIALIZER             {0}
#define PTHREAD_ONCE_INIT                      0

__BEGIN_DECLS

typedef struct __thread_record *pthread_t;
typedef __mutex_t pthread_mutex_t;
typedef __condition_t pthread_cond_t;
typedef __once_t pthread_once_t;
typedef unsigned pthread_key_t;
typedef int pthread_spinlock_t;

typedef struct {
    int __state; /* how many read, or that one writes; whether somebody waits */
} pthread_rwlock_t;

typedef struct {
    int __lock, __generation, __inside;
    unsigned __count, __arrived;
} pthread_barrier_t;

typedef struct {
    size_t __stack_bytes, __guard_bytes;
    int __detached;
} pthread_attr_t;

typedef struct {
    int __kind;
} pthread_mutexattr_t;

typedef struct {
    clockid_t __clock;
} pthread_condattr_t;

typedef struct {
    int __unused;
} pthread_rwlockattr_t, pthread_barrierattr_t;

int pthread_create(pthread_t *__restrict out, const pthread_attr_t *__restrict attributes,
                   void *(*run)(void *), void *__restrict argument);
int pthread_join(pthread_t t, void **out_result);
int pthread_detach(pthread_t t);
pthread_t pthread_self(void);
int pthread_equal(pthread_t a, pthread_t b);
__NORETURN void pthread_exit(void *result);
int pthread_cancel(pthread_t t);
int pthread_setcancelstate(int state, int *out_old);
int pthread_setcanceltype(int type, int *out_old);
void pthread_testcancel(void);
int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void));

int pthread_attr_init(pthread_attr_t *a);
int pthread_attr_destroy(pthread_attr_t *a);
int pthread_attr_setdetachstate(pthread_attr_t *a, int state);
int pthread_attr_getdetachstate(const pthread_attr_t *a, int *out_state);
int pthread_attr_setstacksize(pthread_attr_t *a, size_t bytes);
int pthread_attr_getstacksize(const pthread_attr_t *__restrict a, size_t *__restrict out_bytes);
int pthread_attr_setguardsize(pthread_attr_t *a, size_t bytes);
int pthread_attr_getguardsize(const pthread_attr_t *__restrict a, size_t *__restrict out_bytes);

int pthread_mutex_init(pthread_mutex_t *__restrict m,
                       const pthread_mutexattr_t *__restrict attributes);
int pthread_mutex_destroy(pthread_mutex_t *m);
int pthread_mutex_lock(pthread_mutex_t *m);
int pthread_mutex_trylock(pthread_mutex_t *m);
int pthread_mutex_timedlock(pthread_mutex_t *__restrict m,
                            const struct timespec *__restrict deadline);
int pthread_mutex_clocklock(pthread_mutex_t *__restrict m, clockid_t clock,
                            const struct timespec *__restrict deadline);
int pthread_mutex_unlock(pthread_mutex_t *m);
int pthread_mutexattr_init(pthread_mutexattr_t *a);
int pthread_mutexattr_destroy(pthread_mutexattr_t *a);
int pthread_mutexattr_settype(pthread_mutexattr_t *a, int kind);
int pthread_mutexattr_gettype(const pthread_mutexattr_t *__restrict a, int *__restrict out_kind);
int pthread_mutexattr_setpshared(pthread_mutexattr_t *a, int shared);
int pthread_mutexattr_getpshared(const pthread_mutexattr_t *__restrict a,
                                 int *__restrict out_shared);

int pthread_cond_init(pthread_cond_t *__restrict c,
                      const pthread_condattr_t *__restrict attributes);
int pthread_cond_destroy(pthread_cond_t *c);
int pthread_cond_signal(pthread_cond_t *c);
int pthread_cond_broadcast(pthread_cond_t *c);
int pthread_cond_wait(pthread_cond_t *__restrict c, pthread_mutex_t *__restrict m);
int pthread_cond_timedwait(pthread_cond_t *__restrict c, pthread_mutex_t *__restrict m,
                           const struct timespec *__restrict deadline);
int pthread_cond_clockwait(pthread_cond_t *__restrict c, pthread_mutex_t *__restrict m,
                           clockid_t clock, const struct timespec *__restrict deadline);
int pthread_condattr_init(pthread_condattr_t *a);
int pthread_condattr_destroy(pthread_condattr_t *a);
int pthread_condattr_setclock(pthread_condattr_t *a, clockid_t clock);
int pthread_condattr_getclock(const pthread_condattr_t *__restrict a,
                              clockid_t *__restrict out_clock);
int pthread_condattr_setpshared(pthread_condattr_t *a, int shared);
int pthread_condattr_getpshared(const pthread_condattr_t *__restrict a, int *__restrict out_shared);

int pthread_rwlock_init(pthread_rwlock_t *__restrict l,
                        const pthread_rwlockattr_t *__restrict attributes);
int pthread_rwlock_destroy(pthread_rwlock_t *l);
int pthread_rwlock_rdlock(pthread_rwlock_t *l);
int pthread_rwlock_tryrdlock(pthread_rwlock_t *l);
int pthread_rwlock_timedrdlock(pthread_rwlock_t *__restrict l,
                               const struct timespec *__restrict deadline);
int pthread_rwlock_clockrdlock(pthread_rwlock_t *__restrict l, clockid_t clock,
                               const struct timespec *__restrict deadline);
int pthread_rwlock_wrlock(pthread_rwlock_t *l);
int pthread_rwlock_trywrlock(pthread_rwlock_t *l);
int pthread_rwlock_timedwrlock(pthread_rwlock_t *__restrict l,
                               const struct timespec *__restrict deadline);
int pthread_rwlock_clockwrlock(pthread_rwlock_t *__restrict l, clockid_t clock,
                               const struct timespec *__restrict deadline);
int pthread_rwlock_unlock(pthread_rwlock_t *l);
int pthread_rwlockattr_init(pthread_rwlockattr_t *a);
int pthread_rwlockattr_destroy(pthread_rwlockattr_t *a);

int pthread_barrier_init(pthread_barrier_t *__restrict b,
                         const pthread_barrierattr_t *__restrict attributes, unsigned count);
int pthread_barrier_destroy(pthread_barrier_t *b);
int pthread_barrier_wait(pthread_barrier_t *b);
int pthread_barrierattr_init(pthread_barrierattr_t *a);
int pthread_barrierattr_destroy(pthread_barrierattr_t *a);

int pthread_spin_init(pthread_spinlock_t *l, int shared);
int pthread_spin_destroy(pthread_spinlock_t *l);
int pthread_spin_lock(pthread_spinlock_t *l);
int pthread_spin_trylock(pthread_spinlock_t *l);
int pthread_spin_unlock(pthread_spinlock_t *l);

int pthread_once(pthread_once_t *once, void (*run)(void));

int pthread_key_create(pthread_key_t *out, void (*destructor)(void *));
int pthread_key_delete(pthread_key_t key);
void *pthread_getspecific(pthread_key_t key);
int pthread_setspecific(pthread_key_t key, const void *value);

/* What pthread_cleanup_push keeps on the stack. */
struct __cleanup {
    void (*run)(void *);
    void *argument;
    struct __cleanup *outer;
};
void __cleanup_push(struct __cleanup *c);
void __cleanup_pop(struct __cleanup *c, int execute);
#define pthread_cleanup_push(routine, data)                                                        \
    do {                                                                                           \
        struct __cleanup __here = {routine, data, 0};                                              \
    __cleanup_push(&__here)
#define pthread_cleanup_pop(execute)                                                               \
    __cleanup_pop(&__here, execute);                                                               \
    }                                                                                              \
    while (0)

__END_DECLS
