/* The destructors of thread_local objects (Itanium C++ ABI 3.3.5): they run when their thread ends,
 * or in exit() for the thread that calls it, before those of static objects. */
#include "threads/thread.h"
#include <stdlib.h>

struct destructor {
    void (*run)(void *);
    void *object;
    struct destructor *earlier;
};

static __thread struct destructor *latest;

int __cxa_thread_atexit(void (*run)(void *), void *object, void *module)
{
    (void)module;
    struct destructor *d = malloc(sizeof *d);
    if (!d)
        abort();
    *d = (struct destructor){run, object, latest};
    latest = d;
    return 0;
}

void __thread_atexit_run(void)
{
    while (latest) {
        struct destructor d = *latest;
        free(latest);
        latest = d.earlier;
        d.run(d.object);
    }
}
