// mutex, and the two that hold one for a block [thread.mutex].
#pragma once

#include <bits/deadline.h>
#include <bits/throw.h>
#include <pthread.h>

namespace std
{

// system_error of the generic category; `error` is an errno number.
[[noreturn]] void __throw_system_error(int error);

struct defer_lock_t {
    explicit defer_lock_t() = default;
};
struct try_to_lock_t {
    explicit try_to_lock_t() = default;
};
struct adopt_lock_t {
    explicit adopt_lock_t() = default;
};
inline constexpr defer_lock_t defer_lock{};
inline constexpr try_to_lock_t try_to_lock{};
inline constexpr adopt_lock_t adopt_lock{};

// All four kinds: which one is a matter of the kind that the system's mutex has.
template <int kind>
class __mutex_base
{
  protected:
    pthread_mutex_t m = {0, kind, nullptr, 0};

  public:
    using native_handle_type = pthread_mutex_t *;

    constexpr __mutex_base() noexcept = default;
    __mutex_base(const __mutex_base &) = delete;
    __mutex_base &operator=(const __mutex_base &) = delete;
    void lock()
    {
        if (int error = pthread_mutex_lock(&m))
            __throw_system_error(error);
    }
    bool try_lock() noexcept { return pthread_mutex_trylock(&m) == 0; }
    void unlock() noexcept { pthread_mutex_unlock(&m); }
    native_handle_type native_handle() noexcept { return &m; }
};

template <int kind>
class __timed_mutex_base : public __mutex_base<kind>
{
  public:
    template <class Clock, class D>
    bool try_lock_until(const chrono::time_point<Clock, D> &t)
    {
        int error = 0;
        bool in_time = std::__attempt_until(t, [&](clockid_t clock, const timespec *deadline) {
            return error = pthread_mutex_clocklock(&this->m, clock, deadline);
        });
        return in_time && error == 0;
    }
    template <class R, class P>
    bool try_lock_for(const chrono::duration<R, P> &d)
    {
        return try_lock_until(std::__from_now(d));
    }
};

class mutex : public __mutex_base<PTHREAD_MUTEX_NORMAL>
{
};
class recursive_mutex : public __mutex_base<PTHREAD_MUTEX_RECURSIVE>
{
};
class timed_mutex : public __timed_mutex_base<PTHREAD_MUTEX_NORMAL>
{
};
class recursive_timed_mutex : public __timed_mutex_base<PTHREAD_MUTEX_RECURSIVE>
{
};

template <class M>
class [[nodiscard]] lock_guard
{
    M &m;

  public:
    using mutex_type = M;

    explicit lock_guard(M &mutex) : m(mutex) { m.lock(); }
    lock_guard(M &mutex, adopt_lock_t) noexcept : m(mutex) {}
    lock_guard(const lock_guard &) = delete;
    lock_guard &operator=(const lock_guard &) = delete;
    ~lock_guard() { m.unlock(); }
};

// What unique_lock and shared_lock have in common: Self says how to lock and unlock.
template <class Self, class M>
class __movable_lock
{
    M *m = nullptr;
    bool owns = false;

    void may_lock() const
    {
        if (!m)
            __throw_system_error(EPERM);
        if (owns)
            __throw_system_error(EDEADLK);
    }

  public:
    using mutex_type = M;

    __movable_lock() noexcept = default;
    explicit __movable_lock(M &mutex) : __movable_lock(mutex, defer_lock) { lock(); }
    __movable_lock(M &mutex, defer_lock_t) noexcept : m(__builtin_addressof(mutex)) {}
    __movable_lock(M &mutex, try_to_lock_t) : __movable_lock(mutex, defer_lock) { try_lock(); }
    __movable_lock(M &mutex, adopt_lock_t) noexcept : m(__builtin_addressof(mutex)), owns(true) {}
    template <class Clock, class D>
    __movable_lock(M &mutex, const chrono::time_point<Clock, D> &t)
        : __movable_lock(mutex, defer_lock)
    {
        try_lock_until(t);
    }
    template <class R, class P>
    __movable_lock(M &mutex, const chrono::duration<R, P> &d) : __movable_lock(mutex, defer_lock)
    {
        try_lock_for(d);
    }
    __movable_lock(__movable_lock &&o) noexcept { exchange(o); }
    __movable_lock &operator=(__movable_lock &&o) noexcept
    {
        __movable_lock(static_cast<__movable_lock &&>(o)).exchange(*this);
        return *this;
    }
    ~__movable_lock()
    {
        if (owns)
            Self::give(*m);
    }
    void lock()
    {
        may_lock();
        Self::take(*m);
        owns = true;
    }
    bool try_lock()
    {
        may_lock();
        return owns = Self::try_take(*m);
    }
    template <class Clock, class D>
    bool try_lock_until(const chrono::time_point<Clock, D> &t)
    {
        may_lock();
        return owns = Self::try_take_until(*m, t);
    }
    template <class R, class P>
    bool try_lock_for(const chrono::duration<R, P> &d)
    {
        may_lock();
        return owns = Self::try_take_for(*m, d);
    }
    void unlock()
    {
        if (!owns)
            __throw_system_error(EPERM);
        Self::give(*m);
        owns = false;
    }
    void swap(Self &o) noexcept { exchange(o); }
    friend void swap(Self &a, Self &b) noexcept { a.swap(b); }
    M *release() noexcept
    {
        M *mutex = m;
        m = nullptr;
        owns = false;
        return mutex;
    }
    M *mutex() const noexcept { return m; }
    bool owns_lock() const noexcept { return owns; }
    explicit operator bool() const noexcept { return owns; }

  private:
    void exchange(__movable_lock &o) noexcept
    {
        M *mutex = o.m;
        bool owned = o.owns;
        o.m = m;
        o.owns = owns;
        m = mutex;
        owns = owned;
    }
};

template <class M>
class [[nodiscard]] unique_lock : public __movable_lock<unique_lock<M>, M>
{
    friend __movable_lock<unique_lock<M>, M>;

    static void take(M &m) { m.lock(); }
    static bool try_take(M &m) { return m.try_lock(); }
    static void give(M &m) { m.unlock(); }
    template <class T>
    static bool try_take_until(M &m, const T &t)
    {
        return m.try_lock_until(t);
    }
    template <class D>
    static bool try_take_for(M &m, const D &d)
    {
        return m.try_lock_for(d);
    }

  public:
    using __movable_lock<unique_lock<M>, M>::__movable_lock;
};
template <class M, class... How>
unique_lock(M &, How...) -> unique_lock<M>;

} // namespace std
