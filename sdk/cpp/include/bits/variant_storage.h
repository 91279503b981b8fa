// What variant is made of: a union of its alternatives, and ways to the one with a number.
#pragma once

#include <bits/throw.h>
#include <utility>

namespace std
{

template <size_t i, class... T>
using __nth_type = __type_pack_element<i, T...>;
template <class U, class... T>
inline constexpr size_t __count_of = (size_t(is_same_v<U, T>) + ... + 0);
template <class U, class... T>
inline constexpr size_t __place_of = [] {
    size_t i = 0;
    (void)((is_same_v<U, T> || (++i, false)) || ...);
    return i;
}();

// The first alternative, or a union of the others. Nothing lives in a fresh one.
template <class... T>
union __variant_union {
};
template <class T, class... More>
union __variant_union<T, More...> {
    char none;
    T first;
    __variant_union<More...> rest;

    constexpr __variant_union() noexcept : none() {}
    template <class... Args>
    constexpr explicit __variant_union(in_place_index_t<0>, Args &&...args)
        : first(std::forward<Args>(args)...)
    {
    }
    template <size_t i, class... Args>
        requires(i > 0)
    constexpr explicit __variant_union(in_place_index_t<i>, Args &&...args)
        : rest(in_place_index<i - 1>, std::forward<Args>(args)...)
    {
    }
    __variant_union(const __variant_union &) = default;
    __variant_union(__variant_union &&) = default;
    __variant_union &operator=(const __variant_union &) = default;
    __variant_union &operator=(__variant_union &&) = default;
    constexpr ~__variant_union()
        requires(is_trivially_destructible_v<T> && (is_trivially_destructible_v<More> && ...))
    = default;
    constexpr ~__variant_union() {}
};
template <size_t i, class U>
constexpr auto &&__member(U &&u) noexcept
{
    if constexpr (i == 0)
        return std::forward<U>(u).first;
    else
        return std::__member<i - 1>(std::forward<U>(u).rest);
}

// f with `index` as a constant; it is less than n.
template <size_t n, size_t i = 0, class F>
constexpr decltype(auto) __visit_index(size_t index, F &&f)
{
    if constexpr (i + 1 < n) {
        if (index != i)
            return std::__visit_index<n, i + 1>(index, std::forward<F>(f));
    }
    return std::forward<F>(f)(integral_constant<size_t, i>());
}

} // namespace std
