#include "internal/lock.h"
#include <errno.h>
#include <stdlib.h>

enum { QUICK_EXIT_MAX = 32 };
static void (*functions[QUICK_EXIT_MAX])(void);
static int count;
static struct lock list_lock;

int at_quick_exit(void (*function)(void))
{
    lock_take(&list_lock);
    int full = count == QUICK_EXIT_MAX;
    if (full)
        errno = ENOMEM;
    else
        functions[count++] = function;
    lock_release(&list_lock);
    return full ? -1 : 0;
}

void quick_exit(int status)
{
    while (count > 0)
        functions[--count]();
    _Exit(status);
}
