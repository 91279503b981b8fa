#include <errno.h>
#include <stdlib.h>

enum { QUICK_EXIT_MAX = 32 };
static void (*functions[QUICK_EXIT_MAX])(void);
static int count;

int at_quick_exit(void (*function)(void))
{
    if (count == QUICK_EXIT_MAX) {
        errno = ENOMEM;
        return -1;
    }
    functions[count++] = function;
    return 0;
}

void quick_exit(int status)
{
    while (count > 0)
        functions[--count]();
    _Exit(status);
}
