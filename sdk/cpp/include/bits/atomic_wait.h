// Waiting for an object to change. A futex is a word: objects of another size wait for a counter of
// changes, which those with similar addresses share.
#pragma once

#include <bits/futex.h>

namespace std
{

int *__atomic_wait_word(const void *object) noexcept;

template <class T>
inline constexpr bool __is_futex = sizeof(T) == sizeof(int) && alignof(T) == alignof(int);

// Whether two objects have the same bytes, which is what waiting goes by.
template <class T>
bool __same_bytes(const T &a, const T &b) noexcept
{
    return __builtin_memcmp(&a, &b, sizeof(T)) == 0;
}

// Returns once load() is not `old`.
template <class T, class Load>
void __atomic_wait(const T *object, const T &old, Load load) noexcept
{
    if constexpr (__is_futex<T>) {
        while (std::__same_bytes(load(), old))
            __futex_sleep(reinterpret_cast<const int *>(object), __builtin_bit_cast(int, old));
    } else {
        int *changes = __atomic_wait_word(object);
        for (;;) {
            int seen = __atomic_load_n(changes, __ATOMIC_SEQ_CST);
            if (!std::__same_bytes(load(), old))
                return;
            __futex_sleep(changes, seen);
        }
    }
}

template <class T>
void __atomic_notify(const T *object, unsigned count) noexcept
{
    if constexpr (__is_futex<T>) {
        __futex_wake(reinterpret_cast<const int *>(object), count);
    } else {
        int *changes = __atomic_wait_word(object);
        __atomic_fetch_add(changes, 1, __ATOMIC_SEQ_CST);
        __futex_wake(changes, ~0u);
    }
}

} // namespace std
