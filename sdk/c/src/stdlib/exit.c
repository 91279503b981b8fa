/* exit, atexit and the quick forms. */
#include "internal/lock.h"
#include "internal/wasi.h"
#include <stdlib.h>
#include <unistd.h>

/* In threads/thread_atexit.c, stdlib/atexit.c and stdio/write.c; only in programs that use them. */
__attribute__((weak)) void __thread_atexit_run(void);
__attribute__((weak)) void __atexit_run(void);
__attribute__((weak)) void __stdio_exit(void);

/* Never released: one thread exits, others that want to wait for the end here. */
static struct owned_lock exit_lock;

void exit(int status)
{
    owned_take(&exit_lock);
    if (__thread_atexit_run)
        __thread_atexit_run();
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
