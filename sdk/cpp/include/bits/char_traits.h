#pragma once

#include <bits/algorithm_change.h>
#include <bits/hash.h>
#include <cstddef>
#include <cstdint>
#include <iosfwd>

namespace std
{

// Where a stream stands.
class fpos_base;
template <class State>
class fpos
{
    streamoff offset = 0;

  public:
    constexpr fpos(streamoff o = 0) : offset(o) {}
    constexpr operator streamoff() const { return offset; }
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
struct __no_state {
};
using streampos = fpos<__no_state>;

template <class C>
struct char_traits {
    using char_type = C;
    using int_type = conditional_t<sizeof(C) == 4, uint32_t, int>;
    using off_type = streamoff;
    using pos_type = streampos;
    using state_type = __no_state;
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
            C *end = to;
            bool backward = false;
            for (size_t i = 0; i < n; i++)
                backward |= from + i == to;
            if (backward)
                std::copy_backward(from, from + n, end + n);
            else
                std::copy(from, from + n, to);
        } else if (n) {
            __builtin_memmove(to, from, n * sizeof(C));
        }
        return to;
    }
    static constexpr C *copy(C *to, const C *from, size_t n)
    {
        std::copy(from, from + n, to);
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
    static constexpr int_type not_eof(int_type i) noexcept { return i == eof() ? 0 : i; }
};

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
