#include <stdlib.h>

/* In signal/signal.c: calls the handler of SIGABRT. Only in programs that use signals. */
__attribute__((weak)) void __signal_abort(void);

/* A trap: the system reports it with a backtrace and the program's status is 134. */
void abort(void)
{
    if (__signal_abort)
        __signal_abort();
    __builtin_trap();
}
