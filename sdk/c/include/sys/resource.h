/* What a program has used, and what it may use. */
#pragma once

#include <bits/decls.h>
#include <bits/timeval.h>
#include <bits/types.h>

#define RUSAGE_SELF     0
#define RUSAGE_CHILDREN (-1)

#define RLIMIT_CPU    0
#define RLIMIT_FSIZE  1
#define RLIMIT_DATA   2
#define RLIMIT_STACK  3
#define RLIMIT_CORE   4
#define RLIMIT_NOFILE 7
#define RLIMIT_AS     9
#define RLIM_INFINITY (~0ull)

__BEGIN_DECLS

typedef unsigned long long rlim_t;

struct rlimit {
    rlim_t rlim_cur, rlim_max;
};

struct rusage {
    struct timeval ru_utime, ru_stime;
    long ru_maxrss; /* KiB */
    long ru_minflt, ru_majflt, ru_inblock, ru_oublock, ru_nvcsw, ru_nivcsw;
};

/* All CPU time counts as the program's; the system does not add up that of children (ENOSYS). */
int getrusage(int who, struct rusage *out);
/* Limits can be read; raising or lowering one fails with EPERM. */
int getrlimit(int resource, struct rlimit *out);
int setrlimit(int resource, const struct rlimit *limit);

__END_DECLS
