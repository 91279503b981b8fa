// Durations: a count of periods.
#pragma once

#include <compare>
#include <limits>
#include <ratio>
#include <version>

namespace std
{

namespace chrono
{

template <class Rep, class Period = ratio<1>>
class duration;

template <class T>
inline constexpr bool __is_duration = false;
template <class Rep, class Period>
inline constexpr bool __is_duration<duration<Rep, Period>> = true;
template <class T>
inline constexpr bool __is_ratio = false;
template <intmax_t n, intmax_t d>
inline constexpr bool __is_ratio<ratio<n, d>> = true;

template <class Rep>
struct treat_as_floating_point : is_floating_point<Rep> {
};
template <class Rep>
inline constexpr bool treat_as_floating_point_v = treat_as_floating_point<Rep>::value;

template <class T>
struct is_clock : false_type {
};
template <class T>
    requires requires {
        typename T::rep;
        typename T::period;
        typename T::duration;
        typename T::time_point;
        T::is_steady;
        T::now();
    }
struct is_clock<T> : true_type {
};
template <class T>
inline constexpr bool is_clock_v = is_clock<T>::value;

template <class Rep>
struct duration_values {
    static constexpr Rep zero() noexcept { return Rep(0); }
    static constexpr Rep min() noexcept { return numeric_limits<Rep>::lowest(); }
    static constexpr Rep max() noexcept { return numeric_limits<Rep>::max(); }
};

// Rounds towards zero.
template <class To, class Rep, class Period>
    requires __is_duration<To>
constexpr To duration_cast(const duration<Rep, Period> &d)
{
    using factor = ratio_divide<Period, typename To::period>;
    using wide = common_type_t<typename To::rep, Rep, intmax_t>;
    wide count = static_cast<wide>(d.count());
    if constexpr (factor::num != 1)
        count = count * static_cast<wide>(factor::num);
    if constexpr (factor::den != 1)
        count = count / static_cast<wide>(factor::den);
    return To(static_cast<typename To::rep>(count));
}

// Every whole number of From periods is a whole number of To periods, and the factor fits.
template <class From, class To>
concept __ratio_divisible = From::den != 0 && To::den != 0 && ratio_divide<From, To>::den == 1;

template <class Rep, class Period>
class duration
{
    static_assert(!__is_duration<Rep>, "a duration does not count durations");
    static_assert(__is_ratio<Period>, "the period is a std::ratio");
    static_assert(Period::num > 0, "the period is positive");

    Rep n;

  public:
    using rep = Rep;
    using period = typename Period::type;

    constexpr duration() = default;
    template <class R>
        requires(is_convertible_v<const R &, Rep> &&
                 (treat_as_floating_point_v<Rep> || !treat_as_floating_point_v<R>))
    constexpr explicit duration(const R &count) : n(static_cast<Rep>(count))
    {
    }
    template <class R, class P>
        requires(is_convertible_v<const R &, Rep> &&
                 (treat_as_floating_point_v<Rep> ||
                  (__ratio_divisible<P, period> && !treat_as_floating_point_v<R>)))
    constexpr duration(const duration<R, P> &d) : n(duration_cast<duration>(d).count())
    {
    }
    duration(const duration &) = default;
    duration &operator=(const duration &) = default;
    ~duration() = default;

    constexpr Rep count() const { return n; }
    constexpr common_type_t<duration> operator+() const { return common_type_t<duration>(*this); }
    constexpr common_type_t<duration> operator-() const { return common_type_t<duration>(-n); }
    constexpr duration &operator++()
    {
        ++n;
        return *this;
    }
    constexpr duration operator++(int) { return duration(n++); }
    constexpr duration &operator--()
    {
        --n;
        return *this;
    }
    constexpr duration operator--(int) { return duration(n--); }
    constexpr duration &operator+=(const duration &d)
    {
        n += d.n;
        return *this;
    }
    constexpr duration &operator-=(const duration &d)
    {
        n -= d.n;
        return *this;
    }
    constexpr duration &operator*=(const Rep &factor)
    {
        n *= factor;
        return *this;
    }
    constexpr duration &operator/=(const Rep &divisor)
    {
        n /= divisor;
        return *this;
    }
    constexpr duration &operator%=(const Rep &divisor)
    {
        n %= divisor;
        return *this;
    }
    constexpr duration &operator%=(const duration &d)
    {
        n %= d.n;
        return *this;
    }
    static constexpr duration zero() noexcept { return duration(duration_values<Rep>::zero()); }
    static constexpr duration min() noexcept { return duration(duration_values<Rep>::min()); }
    static constexpr duration max() noexcept { return duration(duration_values<Rep>::max()); }
};

} // namespace chrono

template <class R, class P, class S, class Q>
struct common_type<chrono::duration<R, P>, chrono::duration<S, Q>> {
    using type = chrono::duration<
        common_type_t<R, S>,
        typename ratio<__ratio_gcd(P::num, Q::num),
                       __ratio_product(P::den / __ratio_gcd(P::den, Q::den), Q::den)>::type>;
};
template <class R, class P>
struct common_type<chrono::duration<R, P>> {
    using type = chrono::duration<common_type_t<R>, typename P::type>;
};

namespace chrono
{

template <class R, class P, class S, class Q>
using __common_duration = common_type_t<duration<R, P>, duration<S, Q>>;

template <class R, class P, class S, class Q>
constexpr auto operator+(const duration<R, P> &a, const duration<S, Q> &b)
    -> __common_duration<R, P, S, Q>
{
    using D = __common_duration<R, P, S, Q>;
    return D(D(a).count() + D(b).count());
}
template <class R, class P, class S, class Q>
constexpr auto operator-(const duration<R, P> &a, const duration<S, Q> &b)
    -> __common_duration<R, P, S, Q>
{
    using D = __common_duration<R, P, S, Q>;
    return D(D(a).count() - D(b).count());
}
template <class R, class P, class S>
    requires is_convertible_v<const S &, common_type_t<R, S>>
constexpr auto operator*(const duration<R, P> &d, const S &factor)
    -> duration<common_type_t<R, S>, P>
{
    using D = duration<common_type_t<R, S>, P>;
    return D(D(d).count() * factor);
}
template <class S, class R, class P>
    requires is_convertible_v<const S &, common_type_t<S, R>>
constexpr auto operator*(const S &factor, const duration<R, P> &d)
    -> duration<common_type_t<S, R>, P>
{
    return d * factor;
}
template <class R, class P, class S>
    requires(!__is_duration<S> && is_convertible_v<const S &, common_type_t<R, S>>)
constexpr auto operator/(const duration<R, P> &d, const S &divisor)
    -> duration<common_type_t<R, S>, P>
{
    using D = duration<common_type_t<R, S>, P>;
    return D(D(d).count() / divisor);
}
template <class R, class P, class S, class Q>
constexpr common_type_t<R, S> operator/(const duration<R, P> &a, const duration<S, Q> &b)
{
    using D = __common_duration<R, P, S, Q>;
    return D(a).count() / D(b).count();
}
template <class R, class P, class S>
    requires(!__is_duration<S> && is_convertible_v<const S &, common_type_t<R, S>>)
constexpr auto operator%(const duration<R, P> &d, const S &divisor)
    -> duration<common_type_t<R, S>, P>
{
    using D = duration<common_type_t<R, S>, P>;
    return D(D(d).count() % divisor);
}
template <class R, class P, class S, class Q>
constexpr auto operator%(const duration<R, P> &a, const duration<S, Q> &b)
    -> __common_duration<R, P, S, Q>
{
    using D = __common_duration<R, P, S, Q>;
    return D(D(a).count() % D(b).count());
}

template <class R, class P, class S, class Q>
constexpr bool operator==(const duration<R, P> &a, const duration<S, Q> &b)
{
    using D = __common_duration<R, P, S, Q>;
    return D(a).count() == D(b).count();
}
template <class R, class P, class S, class Q>
constexpr bool operator<(const duration<R, P> &a, const duration<S, Q> &b)
{
    using D = __common_duration<R, P, S, Q>;
    return D(a).count() < D(b).count();
}
template <class R, class P, class S, class Q>
constexpr bool operator>(const duration<R, P> &a, const duration<S, Q> &b)
{
    return b < a;
}
template <class R, class P, class S, class Q>
constexpr bool operator<=(const duration<R, P> &a, const duration<S, Q> &b)
{
    return !(b < a);
}
template <class R, class P, class S, class Q>
constexpr bool operator>=(const duration<R, P> &a, const duration<S, Q> &b)
{
    return !(a < b);
}
template <class R, class P, class S, class Q>
    requires three_way_comparable<common_type_t<R, S>>
constexpr auto operator<=>(const duration<R, P> &a, const duration<S, Q> &b)
{
    using D = __common_duration<R, P, S, Q>;
    return D(a).count() <=> D(b).count();
}

template <class To, class R, class P>
    requires __is_duration<To>
constexpr To floor(const duration<R, P> &d)
{
    To t = duration_cast<To>(d);
    return t > d ? To(t.count() - 1) : t;
}
template <class To, class R, class P>
    requires __is_duration<To>
constexpr To ceil(const duration<R, P> &d)
{
    To t = duration_cast<To>(d);
    return t < d ? To(t.count() + 1) : t;
}
// To the nearest; halves to even.
template <class To, class R, class P>
    requires(__is_duration<To> && !treat_as_floating_point_v<typename To::rep>)
constexpr To round(const duration<R, P> &d)
{
    To below = floor<To>(d), above = To(below.count() + 1);
    auto down = d - below, up = above - d;
    if (down == up)
        return below.count() & 1 ? above : below;
    return down < up ? below : above;
}
template <class R, class P>
    requires numeric_limits<R>::is_signed
constexpr duration<R, P> abs(duration<R, P> d)
{
    return d >= d.zero() ? +d : -d;
}

using nanoseconds = duration<long long, nano>;
using microseconds = duration<long long, micro>;
using milliseconds = duration<long long, milli>;
using seconds = duration<long long>;
using minutes = duration<long long, ratio<60>>;
using hours = duration<long long, ratio<3600>>;
using days = duration<int, ratio<86400>>;
using weeks = duration<int, ratio<604800>>;
using months = duration<int, ratio<2629746>>; // a twelfth of a year
using years = duration<int, ratio<31556952>>; // 365.2425 days

} // namespace chrono

inline namespace literals
{
inline namespace chrono_literals
{

constexpr chrono::hours operator""h(unsigned long long n)
{
    return chrono::hours(n);
}
constexpr chrono::duration<long double, ratio<3600>> operator""h(long double n)
{
    return chrono::duration<long double, ratio<3600>>(n);
}
constexpr chrono::minutes operator""min(unsigned long long n)
{
    return chrono::minutes(n);
}
constexpr chrono::duration<long double, ratio<60>> operator""min(long double n)
{
    return chrono::duration<long double, ratio<60>>(n);
}
constexpr chrono::seconds operator""s(unsigned long long n)
{
    return chrono::seconds(n);
}
constexpr chrono::duration<long double> operator""s(long double n)
{
    return chrono::duration<long double>(n);
}
constexpr chrono::milliseconds operator""ms(unsigned long long n)
{
    return chrono::milliseconds(n);
}
constexpr chrono::duration<long double, milli> operator""ms(long double n)
{
    return chrono::duration<long double, milli>(n);
}
constexpr chrono::microseconds operator""us(unsigned long long n)
{
    return chrono::microseconds(n);
}
constexpr chrono::duration<long double, micro> operator""us(long double n)
{
    return chrono::duration<long double, micro>(n);
}
constexpr chrono::nanoseconds operator""ns(unsigned long long n)
{
    return chrono::nanoseconds(n);
}
constexpr chrono::duration<long double, nano> operator""ns(long double n)
{
    return chrono::duration<long double, nano>(n);
}

} // namespace chrono_literals
} // namespace literals

namespace chrono
{
using namespace literals::chrono_literals;
}

} // namespace std
