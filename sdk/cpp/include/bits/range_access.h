// begin, end, size, data of containers, arrays and lists.
#pragma once

#include <bits/iterator_adaptors.h>
#include <initializer_list>

namespace std
{

template <class C>
constexpr auto begin(C &c) -> decltype(c.begin())
{
    return c.begin();
}
template <class C>
constexpr auto begin(const C &c) -> decltype(c.begin())
{
    return c.begin();
}
template <class T, size_t n>
constexpr T *begin(T (&a)[n]) noexcept
{
    return a;
}
template <class C>
constexpr auto end(C &c) -> decltype(c.end())
{
    return c.end();
}
template <class C>
constexpr auto end(const C &c) -> decltype(c.end())
{
    return c.end();
}
template <class T, size_t n>
constexpr T *end(T (&a)[n]) noexcept
{
    return a + n;
}
template <class C>
constexpr auto cbegin(const C &c) -> decltype(std::begin(c))
{
    return std::begin(c);
}
template <class C>
constexpr auto cend(const C &c) -> decltype(std::end(c))
{
    return std::end(c);
}
template <class C>
constexpr auto rbegin(C &c) -> decltype(c.rbegin())
{
    return c.rbegin();
}
template <class C>
constexpr auto rbegin(const C &c) -> decltype(c.rbegin())
{
    return c.rbegin();
}
template <class T, size_t n>
constexpr reverse_iterator<T *> rbegin(T (&a)[n]) noexcept
{
    return reverse_iterator<T *>(a + n);
}
template <class C>
constexpr auto rend(C &c) -> decltype(c.rend())
{
    return c.rend();
}
template <class C>
constexpr auto rend(const C &c) -> decltype(c.rend())
{
    return c.rend();
}
template <class T, size_t n>
constexpr reverse_iterator<T *> rend(T (&a)[n]) noexcept
{
    return reverse_iterator<T *>(a);
}
template <class C>
constexpr auto crbegin(const C &c) -> decltype(std::rbegin(c))
{
    return std::rbegin(c);
}
template <class C>
constexpr auto crend(const C &c) -> decltype(std::rend(c))
{
    return std::rend(c);
}
template <class C>
constexpr auto size(const C &c) -> decltype(c.size())
{
    return c.size();
}
template <class T, size_t n>
constexpr size_t size(const T (&)[n]) noexcept
{
    return n;
}
template <class C>
constexpr auto ssize(const C &c) -> common_type_t<ptrdiff_t, make_signed_t<decltype(c.size())>>
{
    return static_cast<common_type_t<ptrdiff_t, make_signed_t<decltype(c.size())>>>(c.size());
}
template <class T, ptrdiff_t n>
constexpr ptrdiff_t ssize(const T (&)[n]) noexcept
{
    return n;
}
template <class C>
[[nodiscard]] constexpr auto empty(const C &c) -> decltype(c.empty())
{
    return c.empty();
}
template <class T, size_t n>
[[nodiscard]] constexpr bool empty(const T (&)[n]) noexcept
{
    return false;
}
template <class C>
constexpr auto data(C &c) -> decltype(c.data())
{
    return c.data();
}
template <class C>
constexpr auto data(const C &c) -> decltype(c.data())
{
    return c.data();
}
template <class T, size_t n>
constexpr T *data(T (&a)[n]) noexcept
{
    return a;
}

} // namespace std
