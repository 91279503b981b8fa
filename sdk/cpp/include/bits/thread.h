// thread and this_thread [thread.threads].
#pragma once

#include <bits/deadline.h>
#include <bits/hash.h>
#include <bits/invoke.h>
#include <bits/move.h>
#include <bits/unique_ptr.h>
#include <compare>
#include <exception>
#include <functional>
#include <iosfwd>
#include <pthread.h>
#include <tuple>

namespace std
{

// What a thread does; it is destroyed when that is done.
class __thread_task
{
  public:
    virtual ~__thread_task();
    virtual void run() = 0;
};

template <class F>
class __thread_task_of final : public __thread_task
{
    F f;

  public:
    explicit __thread_task_of(F &&g) : f(std::move(g)) {}
    void run() override { f(); }
};

// Throws system_error if no thread can be had.
pthread_t __thread_start(unique_ptr<__thread_task> task);

class thread
{
    pthread_t t = nullptr;

  public:
    using native_handle_type = pthread_t;

    class id
    {
        pthread_t t = nullptr;

      public:
        id() noexcept = default;
        explicit id(pthread_t thread) noexcept : t(thread) {}
        friend bool operator==(id a, id b) noexcept = default;
        friend strong_ordering operator<=>(id a, id b) noexcept
        {
            return compare_three_way()(a.t, b.t);
        }
        const void *__address() const noexcept { return t; }
    };

    thread() noexcept = default;
    template <class F, class... Args>
        requires(!is_same_v<remove_cvref_t<F>, thread>)
    explicit thread(F &&f, Args &&...args)
    {
        auto call = [f = decay_t<F>(std::forward<F>(f)),
                     all = tuple<decay_t<Args>...>(std::forward<Args>(args)...)]() mutable {
            std::apply([&](auto &...each) { std::__invoke(std::move(f), std::move(each)...); },
                       all);
        };
        t = std::__thread_start(
            unique_ptr<__thread_task>(new __thread_task_of<decltype(call)>(std::move(call))));
    }
    thread(thread &&o) noexcept : t(o.t) { o.t = nullptr; }
    thread &operator=(thread &&o) noexcept
    {
        if (joinable())
            std::terminate();
        t = o.t;
        o.t = nullptr;
        return *this;
    }
    ~thread()
    {
        if (joinable())
            std::terminate();
    }
    void swap(thread &o) noexcept
    {
        pthread_t other = o.t;
        o.t = t;
        t = other;
    }
    friend void swap(thread &a, thread &b) noexcept { a.swap(b); }
    bool joinable() const noexcept { return t != nullptr; }
    void join();
    void detach();
    id get_id() const noexcept { return id(t); }
    native_handle_type native_handle() { return t; }
    static unsigned hardware_concurrency() noexcept;
};

template <>
struct hash<thread::id> {
    size_t operator()(thread::id i) const noexcept { return hash<const void *>()(i.__address()); }
};
template <class C, class Traits>
basic_ostream<C, Traits> &operator<<(basic_ostream<C, Traits> &o, thread::id i)
{
    return o << i.__address();
}

namespace this_thread
{

inline thread::id get_id() noexcept
{
    return thread::id(pthread_self());
}
inline void yield() noexcept
{
    sched_yield();
}
template <class Clock, class D>
void sleep_until(const chrono::time_point<Clock, D> &t)
{
    std::__attempt_until(t, [](clockid_t clock, const timespec *deadline) {
        clock_nanosleep(clock, TIMER_ABSTIME, deadline, nullptr);
        return ETIMEDOUT;
    });
}
template <class R, class P>
void sleep_for(const chrono::duration<R, P> &d)
{
    if (d > d.zero())
        sleep_until(std::__from_now(d));
}

} // namespace this_thread

} // namespace std
