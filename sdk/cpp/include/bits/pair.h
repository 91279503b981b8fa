#pragma once

#include <bits/move.h>
#include <compare>

namespace std
{

template <class... T>
class tuple;
template <class T>
struct tuple_size;
template <size_t i, class T>
struct tuple_element;
template <size_t i, class T>
using tuple_element_t = typename tuple_element<i, T>::type;
template <class T>
inline constexpr size_t tuple_size_v = tuple_size<T>::value;
// Undefined where T has no size: structured bindings look at the members then.
template <class T>
    requires requires { tuple_size<T>::value; }
struct tuple_size<const T> : tuple_size<T> {
};
template <size_t i, class T>
struct tuple_element<i, const T> {
    using type = const tuple_element_t<i, T>;
};

struct piecewise_construct_t {
    explicit piecewise_construct_t() = default;
};
inline constexpr piecewise_construct_t piecewise_construct{};

template <class T1, class T2>
struct pair {
    using first_type = T1;
    using second_type = T2;

    T1 first;
    T2 second;

    constexpr pair()
        requires(is_default_constructible_v<T1> && is_default_constructible_v<T2>)
        : first(), second()
    {
    }
    constexpr explicit(!is_convertible_v<const T1 &, T1> || !is_convertible_v<const T2 &, T2>)
        pair(const T1 &a, const T2 &b)
        requires(is_copy_constructible_v<T1> && is_copy_constructible_v<T2>)
        : first(a), second(b)
    {
    }
    template <class U1 = T1, class U2 = T2>
        requires(is_constructible_v<T1, U1> && is_constructible_v<T2, U2>)
    constexpr explicit(!is_convertible_v<U1, T1> || !is_convertible_v<U2, T2>) pair(U1 &&a, U2 &&b)
        : first(std::forward<U1>(a)), second(std::forward<U2>(b))
    {
    }
    template <class U1, class U2>
        requires(is_constructible_v<T1, const U1 &> && is_constructible_v<T2, const U2 &>)
    constexpr explicit(!is_convertible_v<const U1 &, T1> || !is_convertible_v<const U2 &, T2>)
        pair(const pair<U1, U2> &p)
        : first(p.first), second(p.second)
    {
    }
    template <class U1, class U2>
        requires(is_constructible_v<T1, U1> && is_constructible_v<T2, U2>)
    constexpr explicit(!is_convertible_v<U1, T1> || !is_convertible_v<U2, T2>)
        pair(pair<U1, U2> &&p)
        : first(std::forward<U1>(p.first)), second(std::forward<U2>(p.second))
    {
    }
    template <class... Args1, class... Args2>
    constexpr pair(piecewise_construct_t, tuple<Args1...> a, tuple<Args2...> b); // in <tuple>
    pair(const pair &) = default;
    pair(pair &&) = default;

    constexpr pair &operator=(const pair &p)
        requires(is_copy_assignable_v<T1> && is_copy_assignable_v<T2>)
    {
        first = p.first;
        second = p.second;
        return *this;
    }
    constexpr pair &operator=(pair &&p)
        requires(is_move_assignable_v<T1> && is_move_assignable_v<T2>)
    {
        first = std::forward<T1>(p.first);
        second = std::forward<T2>(p.second);
        return *this;
    }
    template <class U1, class U2>
        requires(is_assignable_v<T1 &, const U1 &> && is_assignable_v<T2 &, const U2 &>)
    constexpr pair &operator=(const pair<U1, U2> &p)
    {
        first = p.first;
        second = p.second;
        return *this;
    }
    template <class U1, class U2>
        requires(is_assignable_v<T1 &, U1> && is_assignable_v<T2 &, U2>)
    constexpr pair &operator=(pair<U1, U2> &&p)
    {
        first = std::forward<U1>(p.first);
        second = std::forward<U2>(p.second);
        return *this;
    }
    constexpr void swap(pair &p) noexcept(is_nothrow_swappable_v<T1> && is_nothrow_swappable_v<T2>)
    {
        using std::swap;
        swap(first, p.first);
        swap(second, p.second);
    }
};

template <class T1, class T2>
pair(T1, T2) -> pair<T1, T2>;

template <class T1, class T2, class U1, class U2>
constexpr bool operator==(const pair<T1, T2> &a, const pair<U1, U2> &b)
{
    return a.first == b.first && a.second == b.second;
}
template <class T1, class T2, class U1, class U2>
constexpr common_comparison_category_t<__synth_three_way_result<T1, U1>,
                                       __synth_three_way_result<T2, U2>>
operator<=>(const pair<T1, T2> &a, const pair<U1, U2> &b)
{
    if (auto order = std::__synth_three_way(a.first, b.first); order != 0)
        return order;
    return std::__synth_three_way(a.second, b.second);
}
template <class T1, class T2>
    requires(is_swappable_v<T1> && is_swappable_v<T2>)
constexpr void swap(pair<T1, T2> &a, pair<T1, T2> &b) noexcept(noexcept(a.swap(b)))
{
    a.swap(b);
}
template <class T1, class T2>
constexpr pair<unwrap_ref_decay_t<T1>, unwrap_ref_decay_t<T2>> make_pair(T1 &&a, T2 &&b)
{
    return {std::forward<T1>(a), std::forward<T2>(b)};
}

template <class T1, class T2>
struct tuple_size<pair<T1, T2>> : integral_constant<size_t, 2> {
};
template <class T1, class T2>
struct tuple_element<0, pair<T1, T2>> {
    using type = T1;
};
template <class T1, class T2>
struct tuple_element<1, pair<T1, T2>> {
    using type = T2;
};

template <size_t i, class P>
constexpr auto &&__pair_get(P &&p) noexcept
{
    if constexpr (i == 0)
        return std::forward<P>(p).first;
    else
        return std::forward<P>(p).second;
}
template <size_t i, class T1, class T2>
constexpr tuple_element_t<i, pair<T1, T2>> &get(pair<T1, T2> &p) noexcept
{
    return std::__pair_get<i>(p);
}
template <size_t i, class T1, class T2>
constexpr const tuple_element_t<i, pair<T1, T2>> &get(const pair<T1, T2> &p) noexcept
{
    return std::__pair_get<i>(p);
}
template <size_t i, class T1, class T2>
constexpr tuple_element_t<i, pair<T1, T2>> &&get(pair<T1, T2> &&p) noexcept
{
    return static_cast<tuple_element_t<i, pair<T1, T2>> &&>(std::__pair_get<i>(p));
}
template <class T, class U>
constexpr T &get(pair<T, U> &p) noexcept
{
    return p.first;
}
template <class T, class U>
constexpr const T &get(const pair<T, U> &p) noexcept
{
    return p.first;
}
template <class T, class U>
constexpr T &get(pair<U, T> &p) noexcept
{
    return p.second;
}
template <class T, class U>
constexpr const T &get(const pair<U, T> &p) noexcept
{
    return p.second;
}

} // namespace std
