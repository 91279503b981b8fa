#include "internal/wasi.h"
#include "signal/state.h"

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict previous)
{
    sigset_t before = __signals.blocked;
    if (set && (unsigned)how > SIG_SETMASK)
        return wasi_result(EINVAL);
    if (set && how == SIG_BLOCK)
        __signals.blocked |= *set;
    else if (set && how == SIG_UNBLOCK)
        __signals.blocked &= ~*set;
    else if (set)
        __signals.blocked = *set;
    if (previous)
        *previous = before;
    __signal_deliver_pending();
    return 0;
}

int sigpending(sigset_t *out)
{
    *out = __signals.pending;
    return 0;
}
