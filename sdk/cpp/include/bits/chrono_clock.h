// Points in time, and the clocks that say which it is.
#pragma once

#include <bits/chrono_duration.h>
#include <ctime>

namespace std
{

namespace chrono
{

template <class Clock, class Duration = typename Clock::duration>
class time_point
{
    static_assert(__is_duration<Duration>, "a time point counts a duration");

    Duration since = Duration::zero();

  public:
    using clock = Clock;
    using duration = Duration;
    using rep = typename Duration::rep;
    using period = typename Duration::period;

    constexpr time_point() = default;
    constexpr explicit time_point(const Duration &d) : since(d) {}
    template <class D>
        requires is_convertible_v<D, Duration>
    constexpr time_point(const time_point<Clock, D> &t) : since(t.time_since_epoch())
    {
    }
    constexpr Duration time_since_epoch() const { return since; }
    constexpr time_point &operator++()
    {
        ++since;
        return *this;
    }
    constexpr time_point operator++(int) { return time_point(since++); }
    constexpr time_point &operator--()
    {
        --since;
        return *this;
    }
    constexpr time_point operator--(int) { return time_point(since--); }
    constexpr time_point &operator+=(const Duration &d)
    {
        since += d;
        return *this;
    }
    constexpr time_point &operator-=(const Duration &d)
    {
        since -= d;
        return *this;
    }
    static constexpr time_point min() noexcept { return time_point(Duration::min()); }
    static constexpr time_point max() noexcept { return time_point(Duration::max()); }
};

} // namespace chrono

template <class Clock, class D, class E>
struct common_type<chrono::time_point<Clock, D>, chrono::time_point<Clock, E>> {
    using type = chrono::time_point<Clock, common_type_t<D, E>>;
};

namespace chrono
{

template <class C, class D, class R, class P>
constexpr auto operator+(const time_point<C, D> &t, const duration<R, P> &d)
    -> time_point<C, common_type_t<D, duration<R, P>>>
{
    using T = time_point<C, common_type_t<D, duration<R, P>>>;
    return T(t.time_since_epoch() + d);
}
template <class R, class P, class C, class D>
constexpr auto operator+(const duration<R, P> &d, const time_point<C, D> &t)
    -> time_point<C, common_type_t<duration<R, P>, D>>
{
    return t + d;
}
template <class C, class D, class R, class P>
constexpr auto operator-(const time_point<C, D> &t, const duration<R, P> &d)
    -> time_point<C, common_type_t<D, duration<R, P>>>
{
    using T = time_point<C, common_type_t<D, duration<R, P>>>;
    return T(t.time_since_epoch() - d);
}
template <class C, class D, class E>
constexpr common_type_t<D, E> operator-(const time_point<C, D> &a, const time_point<C, E> &b)
{
    return a.time_since_epoch() - b.time_since_epoch();
}
template <class C, class D, class E>
constexpr bool operator==(const time_point<C, D> &a, const time_point<C, E> &b)
{
    return a.time_since_epoch() == b.time_since_epoch();
}
template <class C, class D, class E>
constexpr bool operator<(const time_point<C, D> &a, const time_point<C, E> &b)
{
    return a.time_since_epoch() < b.time_since_epoch();
}
template <class C, class D, class E>
constexpr bool operator>(const time_point<C, D> &a, const time_point<C, E> &b)
{
    return b < a;
}
template <class C, class D, class E>
constexpr bool operator<=(const time_point<C, D> &a, const time_point<C, E> &b)
{
    return !(b < a);
}
template <class C, class D, class E>
constexpr bool operator>=(const time_point<C, D> &a, const time_point<C, E> &b)
{
    return !(a < b);
}
template <class C, class D, class E>
    requires requires(D d, E e) { d <=> e; }
constexpr auto operator<=>(const time_point<C, D> &a, const time_point<C, E> &b)
{
    return a.time_since_epoch() <=> b.time_since_epoch();
}

template <class To, class C, class D>
    requires __is_duration<To>
constexpr time_point<C, To> time_point_cast(const time_point<C, D> &t)
{
    return time_point<C, To>(duration_cast<To>(t.time_since_epoch()));
}
template <class To, class C, class D>
    requires __is_duration<To>
constexpr time_point<C, To> floor(const time_point<C, D> &t)
{
    return time_point<C, To>(chrono::floor<To>(t.time_since_epoch()));
}
template <class To, class C, class D>
    requires __is_duration<To>
constexpr time_point<C, To> ceil(const time_point<C, D> &t)
{
    return time_point<C, To>(chrono::ceil<To>(t.time_since_epoch()));
}
template <class To, class C, class D>
    requires(__is_duration<To> && !treat_as_floating_point_v<typename To::rep>)
constexpr time_point<C, To> round(const time_point<C, D> &t)
{
    return time_point<C, To>(chrono::round<To>(t.time_since_epoch()));
}

// The time of day: UTC since 1970, without leap seconds.
class system_clock
{
  public:
    using duration = nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = chrono::time_point<system_clock>;
    static constexpr bool is_steady = false;

    static time_point now() noexcept;
    static time_t to_time_t(const time_point &t) noexcept
    {
        return time_t(chrono::floor<seconds>(t.time_since_epoch()).count());
    }
    static time_point from_time_t(time_t t) noexcept { return time_point(seconds(t)); }
};

// The time since the system was started.
class steady_clock
{
  public:
    using duration = nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = chrono::time_point<steady_clock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept;
};

using high_resolution_clock = steady_clock;

template <class Duration>
using sys_time = time_point<system_clock, Duration>;
using sys_seconds = sys_time<seconds>;
using sys_days = sys_time<days>;

} // namespace chrono

} // namespace std
