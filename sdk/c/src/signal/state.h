/* The signals of this program: what is to happen, what is held back, what waits. */
#pragma once

#include <signal.h>

struct signal_state {
    struct sigaction actions[NSIG];
    sigset_t blocked, pending;
};
extern struct signal_state __signals;

static inline sigset_t signal_bit(int number)
{
    return 1u << number;
}

static inline int signal_valid(int number)
{
    return number > 0 && number < NSIG;
}

/* Delivers or, while it is blocked, holds back. 0, or -1 with errno. */
int __signal_send(int number);
/* Delivers what waits and is no longer blocked. */
void __signal_deliver_pending(void);
