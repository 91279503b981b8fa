/* atexit, and __cxa_atexit for the destructors of C++ objects: one list, run backwards. */
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
    if (count == capacity && more_room())
        return -1;
    handlers[count++] = (struct handler){run, argument};
    return 0;
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
    while (count > 0) {
        struct handler h = handlers[--count];
        h.run(h.argument);
    }
}
