#pragma once

#include <bits/decls.h>
#include <bits/types.h>

__BEGIN_DECLS

struct timeval {
    time_t tv_sec;
    suseconds_t tv_usec;
};

int gettimeofday(struct timeval *__restrict out, void *__restrict zone);

__END_DECLS
