#pragma once

#include <bits/algorithm_change.h>
#include <bits/hash.h>
#include <cstddef>
#include <cstdint>
#include <cwchar>
#include <iosfwd>

namespace std
{

// Where a stream stands.
template <class State>
class fpos
{
    streamoff offset = 0;
    State shift{};

  public:
    constexpr fpos(streamoff o = 0) : offset(o) {}
    constexpr operator streamoff() const { return offset; }
    constexpr State state() const { return shift; }
    constexpr void state(State s) { shift = s; }
    constexpr fpos &operator+=(streamoff n)
    {
        offset += n;
        return *this;
    }
    constexpr fpos &operator-=(streamoff n)
    {
        offset -= n;
        return *this;
    }
};
using streampos = fpos<mbstate_t>;
using wstreampos = fpos<mbstate_t>;
using u8streampos = fpos<mbstate_t>;
using u16streampos = fpos<mbstate_t>;
using u32streampos = fpos<mbstate_t>;

// The integers that hold a character or the end of a file.
template <class C>
struct __int_of : type_identity<int> {
};
template <>
struct __int_of<wchar_t> : type_identity<__WINT_TYPE__> {
};
template <>
struct __int_of<char8_t> : type_identity<unsigned> {
};
template <>
struct __int_of<char16_t> : type_identity<uint_least16_t> {
};
template <>
struct __int_of<char32_t> : type_identity<uint_least32_t> {
};
template <class C>
concept __standard_character =
    is_same_v<C, char> || is_same_v<C, wchar_t> || is_same_v<C, char8_t> ||
    is_same_v<C, char16_t> || is_same_v<C, char32_t>;

template <class C>
struct char_traits {
    using char_type = C;
    using int_type = typename __int_of<C>::type;
    using off_type = streamoff;
    using pos_type = streampos;
    using state_type = mbstate_t;
    using comparison_category = strong_ordering;

    static constexpr void assign(C &a, const C &b) noexcept { a = b; }
    static constexpr bool eq(C a, C b) noexcept { return a == b; }
    static constexpr bool lt(C a, C b) noexcept
    {
        if constexpr (sizeof(C) == 1)
            return (unsigned char)a < (unsigned char)b;
        else
            return a < b;
    }
    static constexpr int compare(const C *a, const C *b, size_t n)
    {
        if constexpr (sizeof(C) == 1)
            return n ? __builtin_memcmp(a, b, n) : 0;
        for (; n > 0; n--, a++, b++)
            if (!eq(*a, *b))
                return lt(*a, *b) ? -1 : 1;
        return 0;
    }
    static constexpr size_t length(const C *s)
    {
        if constexpr (is_same_v<C, char>)
            return __builtin_strlen(s);
        size_t n = 0;
        while (!eq(s[n], C()))
            n++;
        return n;
    }
    static constexpr const C *find(const C *s, size_t n, const C &c)
    {
        if constexpr (is_same_v<C, char>)
            return n ? __builtin_char_memchr(s, (unsigned char)c, n) : nullptr;
        for (; n > 0; n--, s++)
            if (eq(*s, c))
                return s;
        return nullptr;
    }
    static constexpr C *move(C *to, const C *from, size_t n)
    {
        if (is_constant_evaluated()) {
            C *between = new C[n]; // whether they overlap cannot be asked
            copy(between, from, n);
            copy(to, between, n);
            delete[] between;
        } else if (n) {
            __builtin_memmove(to, from, n * sizeof(C));
        }
        return to;
    }
    static constexpr C *copy(C *to, const C *from, size_t n)
    {
        if (is_constant_evaluated())
            std::copy_n(from, n, to);
        else if (n)
            __builtin_memcpy(to, from, n * sizeof(C));
        return to;
    }
    static constexpr C *assign(C *to, size_t n, C c)
    {
        for (size_t i = 0; i < n; i++)
            to[i] = c;
        return to;
    }
    static constexpr C to_char_type(int_type i) noexcept { return C(i); }
    static constexpr int_type to_int_type(C c) noexcept
    {
        if constexpr (sizeof(C) == 1)
            return (unsigned char)c;
        else
            return int_type(c);
    }
    static constexpr bool eq_int_type(int_type a, int_type b) noexcept { return a == b; }
    static constexpr int_type eof() noexcept { return int_type(-1); }
    static constexpr int_type not_eof(int_type i) noexcept { return i == eof() ? int_type(0) : i; }
};

// The kind of order that a traits class says its comparisons have.
template <class Traits>
struct __order_of_traits : type_identity<weak_ordering> {
};
template <class Traits>
    requires requires { typename Traits::comparison_category; }
struct __order_of_traits<Traits> : type_identity<typename Traits::comparison_category> {
};
template <class Traits>
using __order_of = typename __order_of_traits<Traits>::type;

// Searching in a text of n characters; npos if there is nothing. The members of string and
// string_view are these.
template <class C, class Traits>
struct __text {
    static constexpr size_t npos = size_t(-1);

    static constexpr size_t find(const C *s, size_t n, const C *what, size_t from, size_t m)
    {
        if (m == 0)
            return from <= n ? from : npos;
        if (from >= n || m > n - from)
            return npos;
        const C *at = s + from, *last = s + (n - m);
        while (at <= last && (at = Traits::find(at, size_t(last - at) + 1, *what))) {
            if (Traits::compare(at, what, m) == 0)
                return size_t(at - s);
            ++at;
        }
        return npos;
    }
    static constexpr size_t find(const C *s, size_t n, C what, size_t from)
    {
        if (from >= n)
            return npos;
        const C *at = Traits::find(s + from, n - from, what);
        return at ? size_t(at - s) : npos;
    }
    static constexpr size_t rfind(const C *s, size_t n, const C *what, size_t from, size_t m)
    {
        if (m > n)
            return npos;
        for (size_t i = std::min(n - m, from) + 1; i-- > 0;)
            if (Traits::compare(s + i, what, m) == 0)
                return i;
        return npos;
    }
    static constexpr bool in(C c, const C *set, size_t m) { return m && Traits::find(set, m, c); }
    static constexpr size_t find_first(const C *s, size_t n, const C *set, size_t from, size_t m,
                                       bool wanted)
    {
        for (size_t i = from; i < n; i++)
            if (in(s[i], set, m) == wanted)
                return i;
        return npos;
    }
    static constexpr size_t find_last(const C *s, size_t n, const C *set, size_t from, size_t m,
                                      bool wanted)
    {
        for (size_t i = n == 0 ? 0 : std::min(n - 1, from) + 1; i-- > 0;)
            if (in(s[i], set, m) == wanted)
                return i;
        return npos;
    }
    static constexpr int compare(const C *a, size_t n, const C *b, size_t m)
    {
        int order = Traits::compare(a, b, std::min(n, m));
        return order ? order : n < m ? -1 : n > m;
    }
};

} // namespace std
