#include <pthread.h>
#include <threads.h>

void call_once(once_flag *once, void (*run)(void))
{
    pthread_once(once, run);
}
