// operator new and delete over malloc.
#include <bits/throw.h>
#include <new>
#include <stdint.h>
#include <stdlib.h>

namespace std
{

const nothrow_t nothrow{};
static new_handler handler;

new_handler set_new_handler(new_handler h) noexcept
{
    return __atomic_exchange_n(&handler, h, __ATOMIC_ACQ_REL);
}
new_handler get_new_handler() noexcept
{
    return __atomic_load_n(&handler, __ATOMIC_ACQUIRE);
}

} // namespace std

static void *allocate(std::size_t n, std::size_t alignment) noexcept
{
    for (;;) {
        void *p = alignment ? aligned_alloc(alignment, n) : malloc(n);
        std::new_handler make_room = p ? nullptr : std::get_new_handler();
        if (!make_room)
            return p;
        make_room();
    }
}
static void *allocate_or_throw(std::size_t n, std::size_t alignment)
{
    void *p = allocate(n, alignment);
    if (!p)
        std::__throw_bad_alloc();
    return p;
}

// A program may replace any of these.
#define REPLACEABLE __attribute__((weak))

REPLACEABLE void *operator new(std::size_t n)
{
    return allocate_or_throw(n, 0);
}
// The compiler asks for SIZE_MAX bytes where the size of an array does not fit.
REPLACEABLE void *operator new[](std::size_t n)
{
    if (n == SIZE_MAX)
        std::__throw_bad_array_new_length();
    return operator new(n);
}
REPLACEABLE void *operator new(std::size_t n, std::align_val_t alignment)
{
    return allocate_or_throw(n, std::size_t(alignment));
}
REPLACEABLE void *operator new[](std::size_t n, std::align_val_t alignment)
{
    if (n == SIZE_MAX)
        std::__throw_bad_array_new_length();
    return operator new(n, alignment);
}
REPLACEABLE void *operator new(std::size_t n, const std::nothrow_t &) noexcept
{
    return allocate(n, 0);
}
REPLACEABLE void *operator new[](std::size_t n, const std::nothrow_t &) noexcept
{
    return allocate(n, 0);
}
REPLACEABLE void *operator new(std::size_t n, std::align_val_t alignment,
                               const std::nothrow_t &) noexcept
{
    return allocate(n, std::size_t(alignment));
}
REPLACEABLE void *operator new[](std::size_t n, std::align_val_t alignment,
                                 const std::nothrow_t &) noexcept
{
    return allocate(n, std::size_t(alignment));
}
REPLACEABLE void operator delete(void *p) noexcept
{
    free(p);
}
REPLACEABLE void operator delete[](void *p) noexcept
{
    operator delete(p);
}
REPLACEABLE void operator delete(void *p, std::size_t) noexcept
{
    operator delete(p);
}
REPLACEABLE void operator delete[](void *p, std::size_t) noexcept
{
    operator delete[](p);
}
REPLACEABLE void operator delete(void *p, std::align_val_t) noexcept
{
    free(p);
}
REPLACEABLE void operator delete[](void *p, std::align_val_t alignment) noexcept
{
    operator delete(p, alignment);
}
REPLACEABLE void operator delete(void *p, std::size_t, std::align_val_t alignment) noexcept
{
    operator delete(p, alignment);
}
REPLACEABLE void operator delete[](void *p, std::size_t, std::align_val_t alignment) noexcept
{
    operator delete[](p, alignment);
}
REPLACEABLE void operator delete(void *p, const std::nothrow_t &) noexcept
{
    operator delete(p);
}
REPLACEABLE void operator delete[](void *p, const std::nothrow_t &) noexcept
{
    operator delete[](p);
}
REPLACEABLE void operator delete(void *p, std::align_val_t alignment,
                                 const std::nothrow_t &) noexcept
{
    operator delete(p, alignment);
}
REPLACEABLE void operator delete[](void *p, std::align_val_t alignment,
                                   const std::nothrow_t &) noexcept
{
    operator delete[](p, alignment);
}
