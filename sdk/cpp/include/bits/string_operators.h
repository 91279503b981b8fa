// Operators and other free functions of strings.
#pragma once

#include <bits/basic_string.h>

namespace std
{

using string = basic_string<char>;
using wstring = basic_string<wchar_t>;
using u8string = basic_string<char8_t>;
using u16string = basic_string<char16_t>;
using u32string = basic_string<char32_t>;

template <__input_category I, __allocator A = allocator<__traits_value<I>>>
basic_string(I, I, A = A()) -> basic_string<__traits_value<I>, char_traits<__traits_value<I>>, A>;
template <class C, class Traits, __allocator A = allocator<C>>
explicit basic_string(basic_string_view<C, Traits>, const A & = A()) -> basic_string<C, Traits, A>;
template <class C, class Traits, __allocator A = allocator<C>>
basic_string(basic_string_view<C, Traits>, typename allocator_traits<A>::size_type,
             typename allocator_traits<A>::size_type, const A & = A())
    -> basic_string<C, Traits, A>;

template <class C, class T, class A>
constexpr bool operator==(const basic_string<C, T, A> &a, const basic_string<C, T, A> &b) noexcept
{
    return a.size() == b.size() && T::compare(a.data(), b.data(), a.size()) == 0;
}
template <class C, class T, class A>
constexpr bool operator==(const basic_string<C, T, A> &a, const C *b)
{
    return basic_string_view<C, T>(a) == basic_string_view<C, T>(b);
}
template <class C, class T, class A>
constexpr __order_of<T> operator<=>(const basic_string<C, T, A> &a,
                                    const basic_string<C, T, A> &b) noexcept
{
    return static_cast<__order_of<T>>(a.compare(b) <=> 0);
}
template <class C, class T, class A>
constexpr __order_of<T> operator<=>(const basic_string<C, T, A> &a, const C *b)
{
    return static_cast<__order_of<T>>(a.compare(b) <=> 0);
}

template <class S, class C>
constexpr S __joined(const S &like, const C *a, size_t n, const C *b, size_t m)
{
    using A = typename S::allocator_type;
    S r(allocator_traits<A>::select_on_container_copy_construction(like.get_allocator()));
    r.reserve(typename S::size_type(n + m));
    r.append(a, typename S::size_type(n));
    r.append(b, typename S::size_type(m));
    return r;
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(const basic_string<C, T, A> &a,
                                          const basic_string<C, T, A> &b)
{
    return std::__joined(a, a.data(), a.size(), b.data(), b.size());
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(const basic_string<C, T, A> &a, const C *b)
{
    return std::__joined(a, a.data(), a.size(), b, T::length(b));
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(const C *a, const basic_string<C, T, A> &b)
{
    return std::__joined(b, a, T::length(a), b.data(), b.size());
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(const basic_string<C, T, A> &a, C b)
{
    return std::__joined(a, a.data(), a.size(), &b, 1);
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(C a, const basic_string<C, T, A> &b)
{
    return std::__joined(b, &a, 1, b.data(), b.size());
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(basic_string<C, T, A> &&a, const basic_string<C, T, A> &b)
{
    return std::move(a.append(b));
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(basic_string<C, T, A> &&a, const C *b)
{
    return std::move(a.append(b));
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(basic_string<C, T, A> &&a, C b)
{
    a.push_back(b);
    return std::move(a);
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(basic_string<C, T, A> &&a, basic_string<C, T, A> &&b)
{
    return std::move(a.append(b));
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(const basic_string<C, T, A> &a, basic_string<C, T, A> &&b)
{
    return std::move(b.insert(0, a));
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(const C *a, basic_string<C, T, A> &&b)
{
    return std::move(b.insert(0, a));
}
template <class C, class T, class A>
constexpr basic_string<C, T, A> operator+(C a, basic_string<C, T, A> &&b)
{
    return std::move(b.insert(0, &a, 1));
}

template <class C, class T, class A>
constexpr void swap(basic_string<C, T, A> &a,
                    basic_string<C, T, A> &b) noexcept(noexcept(a.swap(b)))
{
    a.swap(b);
}
template <class C, class T, class A, class P>
constexpr typename basic_string<C, T, A>::size_type erase_if(basic_string<C, T, A> &s, P p)
{
    auto end = std::remove_if(s.begin(), s.end(), p);
    auto n = typename basic_string<C, T, A>::size_type(s.end() - end);
    s.erase(end, s.end());
    return n;
}
template <class C, class T, class A, class U>
constexpr typename basic_string<C, T, A>::size_type erase(basic_string<C, T, A> &s, const U &v)
{
    return std::erase_if(s, [&](const C &c) { return c == v; });
}
template <class C, class A>
    requires __standard_character<C>
struct hash<basic_string<C, char_traits<C>, A>> {
    size_t operator()(const basic_string<C, char_traits<C>, A> &s) const noexcept
    {
        return hash<basic_string_view<C>>()(s);
    }
};

} // namespace std
