// What the compiler calls (Itanium C++ ABI): pure virtual functions, local statics, destructors at
// exit.
#include <stdint.h>
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

// Local statics. The first byte says "made"; the second "being made".
int __cxa_guard_acquire(uint8_t *guard)
{
    if (guard[0])
        return 0;
    if (guard[1])
        abort(); // its initializer needs itself
    guard[1] = 1;
    return 1;
}
void __cxa_guard_release(uint8_t *guard)
{
    guard[0] = 1;
    guard[1] = 0;
}
void __cxa_guard_abort(uint8_t *guard)
{
    guard[1] = 0;
}

} // extern "C"
