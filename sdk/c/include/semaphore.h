/* Semaphores without names. */
#pragma once

#include <bits/decls.h>
#include <limits.h>
#include <time.h>

__BEGIN_DECLS

typedef struct {
    int __value, __waiters;
} sem_t;

int sem_init(sem_t *s, int shared, unsigned value);
int sem_destroy(sem_t *s);
int sem_post(sem_t *s);
int sem_wait(sem_t *s);
int sem_trywait(sem_t *s);
int sem_timedwait(sem_t *__restrict s, const struct timespec *__restrict deadline);
int sem_clockwait(sem_t *__restrict s, clockid_t clock, const struct timespec *__restrict deadline);
int sem_getvalue(sem_t *__restrict s, int *__restrict out);

__END_DECLS
