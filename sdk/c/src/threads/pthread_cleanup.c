#include "threads/thread.h"

void __cleanup_push(struct __cleanup *c)
{
    c->outer = __thread_self->cleanups;
    __thread_self->cleanups = c;
}

void __cleanup_pop(struct __cleanup *c, int execute)
{
    __thread_self->cleanups = c->outer;
    if (execute)
        c->run(c->argument);
}
