// What the compiler calls (Itanium C++ ABI): pure virtual functions, local statics, destructors at
// exit.
#include <bits/thread_types.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern "C" {

void *__dso_handle = nullptr;

void __cxa_pure_virtual()
{
    static const char message[] = "terminate: a pure virtual function was called\n";
    write(STDERR_FILENO, message, sizeof message - 1);
    abort();
}
void __cxa_deleted_virtual()
{
    __cxa_pure_virtual();
}

// Local statics. The compiler looks at the first byte: whether the object is made.
int __cxa_guard_acquire(int *guard)
{
    return __once_begin(guard);
}
void __cxa_guard_release(int *guard)
{
    __once_end(guard, true);
}
void __cxa_guard_abort(int *guard)
{
    __once_end(guard, false);
}

} // extern "C"
