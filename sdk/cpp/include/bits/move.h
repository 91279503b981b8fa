#pragma once

#include <type_traits>

namespace std
{

template <class T>
[[nodiscard]] constexpr __remove_reference_t(T) &&move(T &&t) noexcept
{
    return static_cast<__remove_reference_t(T) &&>(t);
}
template <class T>
[[nodiscard]] constexpr T &&forward(__remove_reference_t(T) &t) noexcept
{
    return static_cast<T &&>(t);
}
template <class T>
[[nodiscard]] constexpr T &&forward(__remove_reference_t(T) &&t) noexcept
{
    static_assert(!is_lvalue_reference_v<T>, "an rvalue cannot be forwarded as an lvalue");
    return static_cast<T &&>(t);
}
template <class T>
[[nodiscard]] constexpr conditional_t<
    !is_nothrow_move_constructible_v<T> && is_copy_constructible_v<T>, const T &, T &&>
move_if_noexcept(T &t) noexcept
{
    return std::move(t);
}

template <class T>
    requires(is_move_constructible_v<T> && is_move_assignable_v<T>)
constexpr void swap(T &a, T &b) noexcept(is_nothrow_move_constructible_v<T> &&
                                         is_nothrow_move_assignable_v<T>)
{
    T t = std::move(a);
    a = std::move(b);
    b = std::move(t);
}
template <class T, size_t n>
    requires requires(T &t) { swap(t, t); }
constexpr void swap(T (&a)[n], T (&b)[n]) noexcept(noexcept(swap(*a, *b)))
{
    for (size_t i = 0; i < n; i++)
        swap(a[i], b[i]);
}

template <class T>
constexpr T *addressof(T &t) noexcept
{
    return __builtin_addressof(t);
}
template <class T>
const T *addressof(const T &&) = delete;

} // namespace std
