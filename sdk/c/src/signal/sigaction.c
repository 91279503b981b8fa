#include "internal/wasi.h"
#include "signal/state.h"

int sigaction(int number, const struct sigaction *restrict action,
              struct sigaction *restrict previous)
{
    if (!signal_valid(number) || (action && (number == SIGKILL || number == SIGSTOP)))
        return wasi_result(EINVAL);
    struct sigaction before = __signals.actions[number];
    if (action)
        __signals.actions[number] = *action;
    if (previous)
        *previous = before;
    return 0;
}
