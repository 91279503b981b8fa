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
    bool test_and_set(memory_order o = memory_order::seq_cst) noexcept
    {
        return __atomic_exchange_n(&set, 1, int(o));
    }
    void clear(memory_order o = memory_order::seq_cst) noexcept
    {
        __atomic_store_n(&set, 0, int(o));
    }
    bool test(memory_order o = memory_order::seq_cst) const noexcept
    {
        return __atomic_load_n(&set, int(o));
    }
    void wait(bool old, memory_order o = memory_order::seq_cst) const noexcept
    {
        std::__atomic_wait(&set, int(old), [&] { return int(test(o)); });
    }
    void notify_one() noexcept { std::__atomic_notify(&set, 1); }
    void notify_all() noexcept { std::__atomic_notify(&set, ~0u); }
};

inline bool atomic_flag_test(const atomic_flag *f) noexcept
{
    return f->test();
}
inline bool atomic_flag_test_explicit(const atomic_flag *f, memory_order o) noexcept
{
    return f->test(o);
}
inline bool atomic_flag_test_and_set(atomic_flag *f) noexcept
{
    return f->test_and_set();
}
inline bool atomic_flag_test_and_set_explicit(atomic_flag *f, memory_order o) noexcept
{
    return f->test_and_set(o);
}
inline void atomic_flag_clear(atomic_flag *f) noexcept
{
    f->clear();
}
inline void atomic_flag_clear_explicit(atomic_flag *f, memory_order o) noexcept
{
    f->clear(o);
}
inline void atomic_flag_wait(const atomic_flag *f, bool old) noexcept
{
    f->wait(old);
}
inline void atomic_flag_wait_explicit(const atomic_flag *f, bool old, memory_order o) noexcept
{
    f->wait(old, o);
}
inline void atomic_flag_notify_one(atomic_flag *f) noexcept
{
    f->notify_one();
}
inline void atomic_flag_notify_all(atomic_flag *f) noexcept
{
    f->notify_all();
}

} // namespace std

#define ATOMIC_FLAG_INIT                                                                           \
    {                                                                                              \
    }
