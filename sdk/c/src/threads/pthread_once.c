#include <pthread.h>

int pthread_once(pthread_once_t *once, void (*run)(void))
{
    if (__once_begin(once)) {
        run();
        __once_end(once, 1);
    }
    return 0;
}
