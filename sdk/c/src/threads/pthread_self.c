#include "threads/thread.h"

struct __thread_record __thread_first;
__thread struct __thread_record *__thread_self = &__thread_first;

pthread_t pthread_self(void)
{
    return __thread_self;
}

int pthread_equal(pthread_t a, pthread_t b)
{
    return a == b;
}
