// What distributions have in common.
#pragma once

#include <bits/random_engines.h>
#include <cmath>

namespace std
{

// The parameters that D::param_type holds, streaming and comparison.
template <class D>
struct __distribution_state {
    friend bool operator==(const D &a, const D &b) { return a.param() == b.param(); }
    template <class C, class T>
    friend basic_ostream<C, T> &operator<<(basic_ostream<C, T> &o, const D &d)
    {
        __state_writer<basic_ostream<C, T>> writer{o};
        d.param().__each(writer);
        return o;
    }
    template <class C, class T>
    friend basic_istream<C, T> &operator>>(basic_istream<C, T> &i, D &d)
    {
        typename D::param_type p = d.param();
        {
            __state_reader<basic_istream<C, T>> reader{i};
            p.__each(reader);
        }
        if (!i.fail())
            d.param(p);
        return i;
    }
};

// Class members for a distribution D of result type R with one or two parameters of given types,
// names and defaults.
#define __DISTRIBUTION(D, R)                                                                       \
  public:                                                                                          \
    using result_type = R;                                                                         \
    explicit D(const param_type &given) : parameters(given) {}                                     \
    void reset() {}                                                                                \
    param_type param() const                                                                       \
    {                                                                                              \
        return parameters;                                                                         \
    }                                                                                              \
    void param(const param_type &given)                                                            \
    {                                                                                              \
        parameters = given;                                                                        \
    }                                                                                              \
    template <class G>                                                                             \
    result_type operator()(G &g)                                                                   \
    {                                                                                              \
        return (*this)(g, parameters);                                                             \
    }                                                                                              \
                                                                                                   \
  private:                                                                                         \
    param_type parameters;                                                                         \
                                                                                                   \
  public:

#define __DISTRIBUTION_1(D, R, T, a, a_default)                                                    \
    class param_type                                                                               \
    {                                                                                              \
        T a##_;                                                                                    \
                                                                                                   \
      public:                                                                                      \
        using distribution_type = D;                                                               \
        param_type() : param_type(a_default) {}                                                    \
        explicit param_type(T a) : a##_(a) {}                                                      \
        T a() const                                                                                \
        {                                                                                          \
            return a##_;                                                                           \
        }                                                                                          \
        bool operator==(const param_type &) const = default;                                       \
        void __each(auto &f) const                                                                 \
        {                                                                                          \
            f(a##_);                                                                               \
        }                                                                                          \
        void __each(auto &f)                                                                       \
        {                                                                                          \
            f(a##_);                                                                               \
        }                                                                                          \
    };                                                                                             \
    D() : D(a_default) {}                                                                          \
    explicit D(T a) : parameters(a) {}                                                             \
    T a() const                                                                                    \
    {                                                                                              \
        return parameters.a();                                                                     \
    }                                                                                              \
    __DISTRIBUTION(D, R)

#define __DISTRIBUTION_2(D, R, T, a, a_default, U, b, b_default)                                   \
    class param_type                                                                               \
    {                                                                                              \
        T a##_;                                                                                    \
        U b##_;                                                                                    \
                                                                                                   \
      public:                                                                                      \
        using distribution_type = D;                                                               \
        param_type() : param_type(a_default) {}                                                    \
        explicit param_type(T a, U b = b_default) : a##_(a), b##_(b) {}                            \
        T a() const                                                                                \
        {                                                                                          \
            return a##_;                                                                           \
        }                                                                                          \
        U b() const                                                                                \
        {                                                                                          \
            return b##_;                                                                           \
        }                                                                                          \
        bool operator==(const param_type &) const = default;                                       \
        void __each(auto &f) const                                                                 \
        {                                                                                          \
            f(a##_);                                                                               \
            f(b##_);                                                                               \
        }                                                                                          \
        void __each(auto &f)                                                                       \
        {                                                                                          \
            f(a##_);                                                                               \
            f(b##_);                                                                               \
        }                                                                                          \
    };                                                                                             \
    D() : D(a_default) {}                                                                          \
    explicit D(T a, U b = b_default) : parameters(a, b) {}                                         \
    T a() const                                                                                    \
    {                                                                                              \
        return parameters.a();                                                                     \
    }                                                                                              \
    U b() const                                                                                    \
    {                                                                                              \
        return parameters.b();                                                                     \
    }                                                                                              \
    __DISTRIBUTION(D, R)

// floor(log2(range + 1))
constexpr size_t __bits_of_range(unsigned long long range)
{
    return range == ~0ull ? 64 : size_t(63 - __builtin_clzll(range + 1));
}

// A random number in [0, 1) with at least `bits` random bits: [rand.util.canonical].
template <class R, size_t bits, class G>
R generate_canonical(G &g)
{
    constexpr R range = R(G::max()) - R(G::min()) + R(1);
    constexpr size_t wanted =
        bits < size_t(numeric_limits<R>::digits) ? bits : size_t(numeric_limits<R>::digits);
    R sum = 0, factor = 1;
    size_t have = 0;
    constexpr size_t each = __bits_of_range(G::max() - G::min());
    do {
        sum += R(g() - G::min()) * factor;
        factor *= range;
        have += each;
    } while (have < wanted);
    R result = sum / factor;
    return result < 1 ? result : 1 - numeric_limits<R>::epsilon() / 2;
}

template <class R, class G>
R __canonical(G &g)
{
    return std::generate_canonical<R, size_t(-1)>(g);
}
// The same in (0, 1]: for logarithms.
template <class R, class G>
R __canonical_above_zero(G &g)
{
    return 1 - std::__canonical<R>(g);
}

} // namespace std
