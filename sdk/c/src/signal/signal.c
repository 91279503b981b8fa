/* Signals a program sends itself. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

enum { SIGNAL_MAX = 32 };
static void (*handlers[SIGNAL_MAX])(int);

void (*signal(int number, void (*handler)(int)))(int)
{
    if (number <= 0 || number >= SIGNAL_MAX || number == SIGKILL) {
        errno = EINVAL;
        return SIG_ERR;
    }
    return __atomic_exchange_n(&handlers[number], handler, __ATOMIC_ACQ_REL);
}

int raise(int number)
{
    if (number <= 0 || number >= SIGNAL_MAX) {
        errno = EINVAL;
        return -1;
    }
    void (*handler)(int) = __atomic_load_n(&handlers[number], __ATOMIC_ACQUIRE);
    if (handler == SIG_IGN)
        return 0;
    if (handler == SIG_DFL) {
        if (number == SIGABRT)
            abort();
        _Exit(128 + number);
    }
    __atomic_store_n(&handlers[number], SIG_DFL, __ATOMIC_RELEASE);
    handler(number);
    return 0;
}
