// [atomics.flag]
#pragma once

#include <bits/atomic_base.h>

namespace std
{

class atomic_flag
{
    int set = 0;

  public:
    constexpr atomic_flag() noexcept = default;
    atomic_flag(const atomic_flag &) = delete;
    atomic_flag &operator=(const atomic_flag &) = delete;
    atomic_flag &operator=(const atomic_flag &) volatile = delete;
    bool test_and_set(memory_order o = memory_order::seq_cst) volatile noexcept
    {
        return __atomic_exchange_n(&set, 1, int(o));
    }
    void clear(memory_order o = memory_order::seq_cst) volatile noexcept
    {
        __atomic_store_n(&set, 0, int(o));
    }
    bool test(memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        return __atomic_load_n(&set, int(o));
    }
    void wait(bool old, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        std::__atomic_wait(const_cast<const int *>(&set), int(old), [&] { return int(test(o)); });
    }
    void notify_one() volatile noexcept { std::__atomic_notify(const_cast<const int *>(&set), 1); }
    void notify_all() volatile noexcept
    {
        std::__atomic_notify(const_cast<const int *>(&set), ~0u);
    }
};

inline bool atomic_flag_test(const volatile atomic_flag *f) noexcept
{
    return f->test();
}
inline bool atomic_flag_test_explicit(const volatile atomic_flag *f, memory_order o) noexcept
{
    return f->test(o);
}
inline bool atomic_flag_test_and_set(volatile atomic_flag *f) noexcept
{
    return f->test_and_set();
}
inline bool atomic_flag_test_and_set_explicit(volatile atomic_flag *f, memory_order o) noexcept
{
    return f->test_and_set(o);
}
inline void atomic_flag_clear(volatile atomic_flag *f) noexcept
{
    f->clear();
}
inline void atomic_flag_clear_explicit(volatile atomic_flag *f, memory_order o) noexcept
{
    f->clear(o);
}
inline void atomic_flag_wait(const volatile atomic_flag *f, bool old) noexcept
{
    f->wait(old);
}
inline void atomic_flag_wait_explicit(const volatile atomic_flag *f, bool old,
                                      memory_order o) noexcept
{
    f->wait(old, o);
}
inline void atomic_flag_notify_one(volatile atomic_flag *f) noexcept
{
    f->notify_one();
}
inline void atomic_flag_notify_all(volatile atomic_flag *f) noexcept
{
    f->notify_all();
}

} // namespace std

#define ATOMIC_FLAG_INIT                                                                           \
    {                                                                                              \
    }
