#include "signal/state.h"

/* The handler stays, and its signal is held back while it runs. */
void (*signal(int number, void (*handler)(int)))(int)
{
    struct sigaction action = {.sa_flags = SA_RESTART}, previous;
    action.sa_handler = handler;
    return sigaction(number, &action, &previous) ? SIG_ERR : previous.sa_handler;
}
