/* What <threads.h> and <pthread.h> have in common. All zero is the initial state of each. */
#pragma once

#include <bits/decls.h>
#include <bits/types.h>

/* Done when the lowest byte is 1, as the compiler expects of a local static's guard. */
typedef int __once_t;

typedef struct {
    int __word; /* 0: free, 1: taken, 2: taken and somebody may wait (Drepper, "Futexes Are Tricky")
                 */
    int __kind; /* PTHREAD_MUTEX_* */
    void *__owner;
    unsigned __depth;
} __mutex_t;

typedef struct {
    int __wakes;
    clockid_t __clock;
} __condition_t;

__BEGIN_DECLS

/* Whether the caller is the one that has to do it, and then says whether it is done. */
int __once_begin(__once_t *once);
void __once_end(__once_t *once, int done);

__END_DECLS
