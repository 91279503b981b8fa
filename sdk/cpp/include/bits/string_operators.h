// Operators and other free functions of strings.
#pragma once

#include <bits/basic_string.h>

namespace std
{

template <class C, class T, class A>
bool operator==(const basic_string<C, T, A> &a, const basic_string<C, T, A> &b) noexcept
{
    return basic_string_view<C, T>(a) == basic_string_view<C, T>(b);
}
template <class C, class T, class A>
bool operator==(const basic_string<C, T, A> &a, const C *b)
{
    return basic_string_view<C, T>(a) == basic_string_view<C, T>(b);
}
template <class C, class T, class A>
strong_ordering operator<=>(const basic_string<C, T, A> &a, const basic_string<C, T, A> &b) noexcept
{
    return a.compare(b) <=> 0;
}
template <class C, class T, class A>
strong_ordering operator<=>(const basic_string<C, T, A> &a, const C *b)
{
    return a.compare(b) <=> 0;
}

template <class C, class T, class A>
basic_string<C, T, A> __joined(const C *a, size_t n, const C *b, size_t m)
{
    basic_string<C, T, A> r;
    r.reserve(n + m);
    r.append(a, n);
    r.append(b, m);
    return r;
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(const basic_string<C, T, A> &a, const basic_string<C, T, A> &b)
{
    return std::__joined<C, T, A>(a.data(), a.size(), b.data(), b.size());
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(const basic_string<C, T, A> &a, const C *b)
{
    return std::__joined<C, T, A>(a.data(), a.size(), b, T::length(b));
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(const C *a, const basic_string<C, T, A> &b)
{
    return std::__joined<C, T, A>(a, T::length(a), b.data(), b.size());
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(const basic_string<C, T, A> &a, C b)
{
    return std::__joined<C, T, A>(a.data(), a.size(), &b, 1);
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(C a, const basic_string<C, T, A> &b)
{
    return std::__joined<C, T, A>(&a, 1, b.data(), b.size());
}
template <class C, class T, class A, class B>
    requires requires(basic_string<C, T, A> &a, B &&b) { a.append(b); } || is_same_v<B, C>
basic_string<C, T, A> operator+(basic_string<C, T, A> &&a, const B &b)
{
    return std::move(a += b);
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(basic_string<C, T, A> &&a, basic_string<C, T, A> &&b)
{
    return std::move(a += b);
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(const basic_string<C, T, A> &a, basic_string<C, T, A> &&b)
{
    return std::move(b.insert(0, a));
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(const C *a, basic_string<C, T, A> &&b)
{
    return std::move(b.insert(0, a));
}
template <class C, class T, class A>
basic_string<C, T, A> operator+(C a, basic_string<C, T, A> &&b)
{
    return std::move(b.insert(0, 1, a));
}

template <class C, class T, class A>
void swap(basic_string<C, T, A> &a, basic_string<C, T, A> &b) noexcept
{
    a.swap(b);
}
template <class C, class T, class A, class P>
size_t erase_if(basic_string<C, T, A> &s, P p)
{
    auto end = std::remove_if(s.begin(), s.end(), p);
    size_t n = size_t(s.end() - end);
    s.erase(end, s.end());
    return n;
}
template <class C, class T, class A, class U>
size_t erase(basic_string<C, T, A> &s, const U &v)
{
    return std::erase_if(s, [&](C c) { return c == v; });
}
template <class C, class T, class A>
struct hash<basic_string<C, T, A>> {
    size_t operator()(const basic_string<C, T, A> &s) const noexcept
    {
        return hash<basic_string_view<C, T>>()(s);
    }
};

} // namespace std
