/* atexit, and __cxa_atexit for the destructors of C++ objects: one list, run backwards. */
#include "internal/lock.h"
#include <errno.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 32 };

struct handler {
    void (*run)(void *);
    void *argument;
};

static struct handler first[FIRST_BLOCK];
static struct handler *handlers = first;
static size_t count, capacity = FIRST_BLOCK;
static struct lock list_lock;

static int more_room(void)
{
    struct handler *larger = malloc(2 * capacity * sizeof *larger);
    if (!larger)
        return -1;
    for (size_t i = 0; i < count; i++)
        larger[i] = handlers[i];
    if (handlers != first)
        free(handlers);
    handlers = larger;
    capacity *= 2;
    return 0;
}

int __cxa_atexit(void (*run)(void *), void *argument, void *module)
{
    (void)module;
    lock_take(&list_lock);
    int failed = count == capacity && more_room();
    if (!failed)
        handlers[count++] = (struct handler){run, argument};
    lock_release(&list_lock);
    return failed ? -1 : 0;
}

static void call_plain(void *function)
{
    ((void (*)(void))function)();
}

int atexit(void (*function)(void))
{
    return __cxa_atexit(call_plain, (void *)function, NULL);
}

/* A handler may register further ones; they run next. */
void __atexit_run(void)
{
    for (;;) {
        lock_take(&list_lock);
        struct handler h = count > 0 ? handlers[--count] : (struct handler){NULL, NULL};
        lock_release(&list_lock);
        if (!h.run)
            return;
        h.run(h.argument);
    }
}
