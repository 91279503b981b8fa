// Memory for exceptions. When malloc has none left, a few slots remain: bad_alloc and its like can
// always be thrown.
#include "state.h"
#include <exception>
#include <stdlib.h>
#include <string.h>

namespace __cxxabiv1
{

enum { SLOT_BYTES = 256, SLOT_COUNT = 16 };
alignas(exception_header) static char slots[SLOT_COUNT][SLOT_BYTES];
static bool used[SLOT_COUNT];

static void *take_slot(size_t bytes)
{
    if (bytes > SLOT_BYTES)
        return nullptr;
    for (int i = 0; i < SLOT_COUNT; i++)
        if (!__atomic_test_and_set(&used[i], __ATOMIC_ACQUIRE))
            return slots[i];
    return nullptr;
}

static void give_back(exception_header *h)
{
    char *p = reinterpret_cast<char *>(h);
    if (p >= slots[0] && p < slots[0] + sizeof slots)
        __atomic_clear(&used[(p - slots[0]) / SLOT_BYTES], __ATOMIC_RELEASE);
    else
        free(p);
}

void *__cxa_allocate_exception(size_t size) noexcept
{
    size_t bytes = sizeof(exception_header) + size;
    void *p = bytes < size ? nullptr : malloc(bytes);
    if (!p)
        p = take_slot(bytes);
    if (!p)
        std::terminate();
    auto *h = static_cast<exception_header *>(memset(p, 0, sizeof(exception_header)));
    h->object = h->adjusted = h + 1;
    h->free = give_back;
    return h + 1;
}

void __cxa_free_exception(void *object) noexcept
{
    give_back(header_of(object));
}

} // namespace __cxxabiv1
