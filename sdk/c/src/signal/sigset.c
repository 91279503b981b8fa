/* Sets of signals: a bit each. */
#include "internal/wasi.h"
#include "signal/state.h"

int sigemptyset(sigset_t *set)
{
    *set = 0;
    return 0;
}

int sigfillset(sigset_t *set)
{
    *set = ~(sigset_t)1;
    return 0;
}

int sigaddset(sigset_t *set, int number)
{
    if (!signal_valid(number))
        return wasi_result(EINVAL);
    *set |= signal_bit(number);
    return 0;
}

int sigdelset(sigset_t *set, int number)
{
    if (!signal_valid(number))
        return wasi_result(EINVAL);
    *set &= ~signal_bit(number);
    return 0;
}

int sigismember(const sigset_t *set, int number)
{
    return signal_valid(number) ? (*set & signal_bit(number)) != 0 : wasi_result(EINVAL);
}
