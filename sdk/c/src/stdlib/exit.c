/* exit, atexit and the quick forms. */
#include "internal/wasi.h"
#include <stdlib.h>
#include <unistd.h>

/* In stdlib/atexit.c and stdio/flush.c; only in programs that use them. */
__attribute__((weak)) void __atexit_run(void);
__attribute__((weak)) void __stdio_exit(void);

void exit(int status)
{
    if (__atexit_run)
        __atexit_run();
    if (__stdio_exit)
        __stdio_exit();
    _Exit(status);
}

void _Exit(int status)
{
    __wasi_proc_exit(status & 0xff);
}

void _exit(int status)
{
    _Exit(status);
}
