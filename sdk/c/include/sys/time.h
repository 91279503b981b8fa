#pragma once

#include <bits/decls.h>
#include <bits/timeval.h>
#include <sys/select.h>

__BEGIN_DECLS

int gettimeofday(struct timeval *__restrict out, void *__restrict zone);
int utimes(const char *path, const struct timeval times[2]);

__END_DECLS

#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#define timercmp(a, b, op)                                                                         \
    ((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec op(b)->tv_usec : (a)->tv_sec op(b)->tv_sec)
#define timeradd(a, b, out)                                                                        \
    ((out)->tv_usec = ((a)->tv_usec + (b)->tv_usec) % 1000000,                                     \
     (out)->tv_sec = (a)->tv_sec + (b)->tv_sec + ((a)->tv_usec + (b)->tv_usec) / 1000000)
#define timersub(a, b, out)                                                                        \
    ((out)->tv_sec = (a)->tv_sec - (b)->tv_sec - ((a)->tv_usec < (b)->tv_usec),                    \
     (out)->tv_usec = (a)->tv_usec - (b)->tv_usec + ((a)->tv_usec < (b)->tv_usec) * 1000000)
