/* Sending a signal to this program: handlers run at once, on the sender's stack. */
#include "internal/wasi.h"
#include "signal/state.h"

struct signal_state __signals;

static void call_handler(int number, struct sigaction *action)
{
    struct sigaction a = *action;
    sigset_t before = __signals.blocked;
    __signals.blocked |= a.sa_mask | (a.sa_flags & SA_NODEFER ? 0 : signal_bit(number));
    if (a.sa_flags & SA_RESETHAND)
        action->sa_handler = SIG_DFL;
    if (a.sa_flags & SA_SIGINFO) {
        siginfo_t info = {.si_signo = number, .si_code = SI_USER};
        a.sa_sigaction(number, &info, NULL);
    } else {
        a.sa_handler(number);
    }
    __signals.blocked = before;
    __signal_deliver_pending();
}

int __signal_send(int number)
{
    struct sigaction *action = &__signals.actions[number];
    if (action->sa_handler == SIG_IGN)
        return 0;
    if (__signals.blocked & signal_bit(number) && number != SIGKILL) {
        __signals.pending |= signal_bit(number);
        return 0;
    }
    if (action->sa_handler == SIG_DFL)
        return wasi_result(__wasi_proc_raise(number));
    call_handler(number, action);
    return 0;
}

void __signal_deliver_pending(void)
{
    for (sigset_t due; (due = __signals.pending & ~__signals.blocked);) {
        int number = __builtin_ctz(due);
        __signals.pending &= ~signal_bit(number);
        __signal_send(number);
    }
}

int raise(int number)
{
    return signal_valid(number) ? __signal_send(number) : wasi_result(EINVAL);
}

/* abort() calls this; the handler may jump away. */
void __signal_abort(void)
{
    struct sigaction *action = &__signals.actions[SIGABRT];
    __signals.blocked &= ~signal_bit(SIGABRT);
    if (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN)
        call_handler(SIGABRT, action);
}
