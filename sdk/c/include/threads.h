/* Threads (C17 7.26). Programs that start some are compiled and linked with -pthread. */
#pragma once

#include <bits/decls.h>
#include <bits/thread_types.h>
#include <time.h>

#ifndef __cplusplus
#define thread_local _Thread_local
#endif
#define ONCE_FLAG_INIT      0
#define TSS_DTOR_ITERATIONS 4

__BEGIN_DECLS

enum { thrd_success, thrd_busy, thrd_error, thrd_nomem, thrd_timedout };
enum { mtx_plain = 0, mtx_recursive = 1, mtx_timed = 2 };

typedef struct __thread_record *thrd_t;
typedef int (*thrd_start_t)(void *);
typedef __mutex_t mtx_t;
typedef __condition_t cnd_t;
typedef unsigned tss_t;
typedef void (*tss_dtor_t)(void *);
typedef __once_t once_flag;

int thrd_create(thrd_t *out, thrd_start_t run, void *argument);
int thrd_equal(thrd_t a, thrd_t b);
thrd_t thrd_current(void);
int thrd_sleep(const struct timespec *duration, struct timespec *remaining);
void thrd_yield(void);
__NORETURN void thrd_exit(int result);
int thrd_detach(thrd_t t);
int thrd_join(thrd_t t, int *out_result);

int mtx_init(mtx_t *m, int type);
void mtx_destroy(mtx_t *m);
int mtx_lock(mtx_t *m);
int mtx_timedlock(mtx_t *__restrict m, const struct timespec *__restrict deadline);
int mtx_trylock(mtx_t *m);
int mtx_unlock(mtx_t *m);

int cnd_init(cnd_t *c);
void cnd_destroy(cnd_t *c);
int cnd_signal(cnd_t *c);
int cnd_broadcast(cnd_t *c);
int cnd_wait(cnd_t *c, mtx_t *m);
int cnd_timedwait(cnd_t *__restrict c, mtx_t *__restrict m,
                  const struct timespec *__restrict deadline);

int tss_create(tss_t *out, tss_dtor_t destructor);
void tss_delete(tss_t key);
void *tss_get(tss_t key);
int tss_set(tss_t key, void *value);

void call_once(once_flag *once, void (*run)(void));

__END_DECLS
