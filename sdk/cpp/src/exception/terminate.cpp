// terminate and its handler.
#include "state.h"
#include <exception>
#include <stdlib.h>
#include <unistd.h>

namespace std
{

using __cxxabiv1::state;

static void describe_and_abort()
{
    static const char message[] = "terminate called\n";
    if (state.describe)
        state.describe();
    else
        write(STDERR_FILENO, message, sizeof message - 1);
    abort();
}

static terminate_handler handler = describe_and_abort;

terminate_handler set_terminate(terminate_handler h) noexcept
{
    return __atomic_exchange_n(&handler, h ? h : describe_and_abort, __ATOMIC_ACQ_REL);
}

terminate_handler get_terminate() noexcept
{
    return __atomic_load_n(&handler, __ATOMIC_ACQUIRE);
}

// A handler that throws makes this function, being noexcept, call terminate again: once.
void terminate() noexcept
{
    static thread_local bool again;
    if (again)
        abort();
    again = true;
    if (state.flying) // what nobody has caught is the current exception for the handler
        __cxxabiv1::__cxa_begin_catch(&state.flying->shared);
    get_terminate()();
    abort();
}

} // namespace std
