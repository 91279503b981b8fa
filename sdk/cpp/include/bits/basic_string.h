#pragma once

#include <bits/allocator.h>
#include <string_view>

namespace std
{

template <class C, class Traits = char_traits<C>, class A = allocator<C>>
class basic_string
{
    static constexpr size_t local_capacity = 16 / sizeof(C) - 1;
    using text = __text<C, Traits>;
    using view = basic_string_view<C, Traits>;
    template <class V>
    static constexpr bool is_view =
        is_convertible_v<const V &, view> && !is_convertible_v<const V &, const C *>;

    C *s = local;
    size_t n = 0;
    union {
        C local[local_capacity + 1] = {}; // short texts live here
        size_t allocated;                 // capacity of what s points at otherwise
    };
    [[no_unique_address]] A a;

  public:
    using traits_type = Traits;
    using value_type = C;
    using allocator_type = A;
    using size_type = size_t;
    using difference_type = ptrdiff_t;
    using reference = C &;
    using const_reference = const C &;
    using pointer = C *;
    using const_pointer = const C *;
    using iterator = C *;
    using const_iterator = const C *;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;
    static constexpr size_t npos = size_t(-1);

    basic_string() noexcept : a() {}
    explicit basic_string(const A &al) noexcept : a(al) {}
    basic_string(const basic_string &o) : a(o.a) { append(o.s, o.n); }
    basic_string(basic_string &&o) noexcept : a(std::move(o.a)) { steal(o); }
    basic_string(const basic_string &o, size_t from, size_t count = npos, const A &al = A()) : a(al)
    {
        append(view(o).substr(from, count));
    }
    basic_string(const C *p, const A &al = A()) : a(al) { append(p, Traits::length(p)); }
    basic_string(const C *p, size_t count, const A &al = A()) : a(al) { append(p, count); }
    basic_string(nullptr_t) = delete;
    basic_string(size_t count, C c, const A &al = A()) : a(al) { append(count, c); }
    basic_string(initializer_list<C> l, const A &al = A()) : a(al) { append(l.begin(), l.size()); }
    template <class I>
        requires __input_category<I>
    basic_string(I first, I last, const A &al = A()) : a(al)
    {
        append(first, last);
    }
    template <class V>
        requires is_view<V>
    explicit basic_string(const V &v, const A &al = A()) : a(al)
    {
        append(view(v));
    }
    template <class V>
        requires is_view<V>
    basic_string(const V &v, size_t from, size_t count) : a()
    {
        append(view(v).substr(from, count));
    }
    ~basic_string() { release(); }

    basic_string &operator=(const basic_string &o) { return this == &o ? *this : assign(o.s, o.n); }
    basic_string &operator=(basic_string &&o) noexcept
    {
        if (this != &o) {
            release();
            a = std::move(o.a);
            steal(o);
        }
        return *this;
    }
    basic_string &operator=(const C *p) { return assign(p); }
    basic_string &operator=(C c) { return assign(1, c); }
    basic_string &operator=(initializer_list<C> l) { return assign(l.begin(), l.size()); }
    template <class V>
        requires is_view<V>
    basic_string &operator=(const V &v)
    {
        return assign(view(v));
    }

    basic_string &assign(const C *p, size_t count)
    {
        if (p >= s && p <= s + n) { // a part of this very string
            Traits::move(s, p, count);
            set_size(count);
            return *this;
        }
        set_size(0);
        return append(p, count);
    }
    basic_string &assign(const C *p) { return assign(p, Traits::length(p)); }
    basic_string &assign(size_t count, C c)
    {
        set_size(0);
        return append(count, c);
    }
    basic_string &assign(const basic_string &o) { return *this = o; }
    basic_string &assign(basic_string &&o) noexcept { return *this = std::move(o); }
    basic_string &assign(const basic_string &o, size_t from, size_t count = npos)
    {
        return assign(view(o).substr(from, count));
    }
    basic_string &assign(initializer_list<C> l) { return assign(l.begin(), l.size()); }
    template <class I>
        requires __input_category<I>
    basic_string &assign(I first, I last)
    {
        return *this = basic_string(first, last);
    }
    template <class V>
        requires is_view<V>
    basic_string &assign(const V &v)
    {
        view w = v;
        return assign(w.data(), w.size());
    }
    A get_allocator() const noexcept { return a; }

    iterator begin() noexcept { return s; }
    const_iterator begin() const noexcept { return s; }
    iterator end() noexcept { return s + n; }
    const_iterator end() const noexcept { return s + n; }
    const_iterator cbegin() const noexcept { return s; }
    const_iterator cend() const noexcept { return s + n; }
    reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
    const_reverse_iterator rbegin() const noexcept { return const_reverse_iterator(end()); }
    reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
    const_reverse_iterator rend() const noexcept { return const_reverse_iterator(begin()); }
    const_reverse_iterator crbegin() const noexcept { return rbegin(); }
    const_reverse_iterator crend() const noexcept { return rend(); }

    size_t size() const noexcept { return n; }
    size_t length() const noexcept { return n; }
    size_t max_size() const noexcept { return npos / 2 / sizeof(C) - 1; }
    size_t capacity() const noexcept { return s == local ? local_capacity : allocated; }
    [[nodiscard]] bool empty() const noexcept { return n == 0; }
    void clear() noexcept { set_size(0); }
    void reserve(size_t count)
    {
        if (count > capacity())
            reallocate(count);
    }
    void shrink_to_fit()
    {
        if (s != local && n < allocated)
            reallocate(n);
    }
    void resize(size_t count, C c)
    {
        if (count > n)
            append(count - n, c);
        else
            set_size(count);
    }
    void resize(size_t count) { resize(count, C()); }

    C &operator[](size_t i) { return s[i]; }
    const C &operator[](size_t i) const { return s[i]; }
    C &at(size_t i)
    {
        check(i < n, "string::at");
        return s[i];
    }
    const C &at(size_t i) const
    {
        check(i < n, "string::at");
        return s[i];
    }
    C &front() { return s[0]; }
    const C &front() const { return s[0]; }
    C &back() { return s[n - 1]; }
    const C &back() const { return s[n - 1]; }
    C *data() noexcept { return s; }
    const C *data() const noexcept { return s; }
    const C *c_str() const noexcept { return s; }
    operator view() const noexcept { return {s, n}; }

    void push_back(C c)
    {
        if (n == capacity())
            grow(1);
        s[n] = c;
        set_size(n + 1);
    }
    void pop_back() { set_size(n - 1); }
    basic_string &append(const C *p, size_t count)
    {
        if (count > capacity() - n) {
            if (p >= s && p <= s + n) { // survives the move
                size_t offset = size_t(p - s);
                grow(count);
                p = s + offset;
            } else {
                grow(count);
            }
        }
        Traits::move(s + n, p, count);
        set_size(n + count);
        return *this;
    }
    basic_string &append(const C *p) { return append(p, Traits::length(p)); }
    basic_string &append(size_t count, C c)
    {
        if (count > capacity() - n)
            grow(count);
        Traits::assign(s + n, count, c);
        set_size(n + count);
        return *this;
    }
    basic_string &append(const basic_string &o) { return append(o.s, o.n); }
    basic_string &append(const basic_string &o, size_t from, size_t count = npos)
    {
        return append(view(o).substr(from, count));
    }
    basic_string &append(initializer_list<C> l) { return append(l.begin(), l.size()); }
    template <class I>
        requires __input_category<I>
    basic_string &append(I first, I last)
    {
        if constexpr (is_same_v<remove_cv_t<remove_pointer_t<I>>, C>)
            return append(first, size_t(last - first));
        for (; first != last; ++first)
            push_back(*first);
        return *this;
    }
    template <class V>
        requires is_view<V>
    basic_string &append(const V &v)
    {
        view w = v;
        return append(w.data(), w.size());
    }
    basic_string &operator+=(const basic_string &o) { return append(o.s, o.n); }
    basic_string &operator+=(const C *p) { return append(p); }
    basic_string &operator+=(C c)
    {
        push_back(c);
        return *this;
    }
    basic_string &operator+=(initializer_list<C> l) { return append(l); }
    template <class V>
        requires is_view<V>
    basic_string &operator+=(const V &v)
    {
        return append(v);
    }

    basic_string &replace(size_t from, size_t count, const C *p, size_t m)
    {
        check(from <= n, "string::replace");
        count = std::min(count, n - from);
        if (p >= s && p <= s + n) // may be what is replaced
            return replace(from, count, basic_string(p, m).s, m);
        C *hole = open(from, count, m);
        Traits::copy(hole, p, m);
        return *this;
    }
    basic_string &replace(size_t from, size_t count, const C *p)
    {
        return replace(from, count, p, Traits::length(p));
    }
    basic_string &replace(size_t from, size_t count, const basic_string &o)
    {
        return replace(from, count, o.s, o.n);
    }
    basic_string &replace(size_t from, size_t count, const basic_string &o, size_t ofrom,
                          size_t ocount = npos)
    {
        return replace(from, count, view(o).substr(ofrom, ocount));
    }
    basic_string &replace(size_t from, size_t count, size_t m, C c)
    {
        check(from <= n, "string::replace");
        Traits::assign(open(from, std::min(count, n - from), m), m, c);
        return *this;
    }
    template <class V>
        requires is_view<V>
    basic_string &replace(size_t from, size_t count, const V &v)
    {
        view w = v;
        return replace(from, count, w.data(), w.size());
    }
    basic_string &replace(const_iterator first, const_iterator last, view v)
    {
        return replace(size_t(first - s), size_t(last - first), v.data(), v.size());
    }
    basic_string &replace(const_iterator first, const_iterator last, const C *p, size_t m)
    {
        return replace(size_t(first - s), size_t(last - first), p, m);
    }
    basic_string &replace(const_iterator first, const_iterator last, size_t m, C c)
    {
        return replace(size_t(first - s), size_t(last - first), m, c);
    }
    basic_string &insert(size_t at, const C *p, size_t m) { return replace(at, 0, p, m); }
    basic_string &insert(size_t at, const C *p) { return replace(at, 0, p); }
    basic_string &insert(size_t at, const basic_string &o) { return replace(at, 0, o); }
    basic_string &insert(size_t at, const basic_string &o, size_t from, size_t count = npos)
    {
        return replace(at, 0, o, from, count);
    }
    basic_string &insert(size_t at, size_t m, C c) { return replace(at, 0, m, c); }
    template <class V>
        requires is_view<V>
    basic_string &insert(size_t at, const V &v)
    {
        return replace(at, 0, v);
    }
    iterator insert(const_iterator at, C c) { return insert(at, size_t(1), c); }
    iterator insert(const_iterator at, size_t m, C c)
    {
        size_t i = size_t(at - s);
        replace(i, 0, m, c);
        return s + i;
    }
    template <class I>
        requires __input_category<I>
    iterator insert(const_iterator at, I first, I last)
    {
        size_t i = size_t(at - s);
        basic_string part(first, last);
        replace(i, 0, part.s, part.n);
        return s + i;
    }
    iterator insert(const_iterator at, initializer_list<C> l)
    {
        return insert(at, l.begin(), l.end());
    }
    basic_string &erase(size_t from = 0, size_t count = npos)
    {
        check(from <= n, "string::erase");
        open(from, std::min(count, n - from), 0);
        return *this;
    }
    iterator erase(const_iterator at) { return erase(at, at + 1); }
    iterator erase(const_iterator first, const_iterator last)
    {
        return open(size_t(first - s), size_t(last - first), 0);
    }

    size_t copy(C *to, size_t count, size_t from = 0) const
    {
        return view(*this).copy(to, count, from);
    }
    void swap(basic_string &o) noexcept
    {
        basic_string t = std::move(o);
        o = std::move(*this);
        *this = std::move(t);
    }
    basic_string substr(size_t from = 0, size_t count = npos) const
    {
        return basic_string(*this, from, count);
    }

    int compare(view o) const noexcept { return view(*this).compare(o); }
    int compare(size_t from, size_t count, view o) const
    {
        return view(*this).compare(from, count, o);
    }
    int compare(size_t from, size_t count, view o, size_t ofrom, size_t ocount = npos) const
    {
        return view(*this).compare(from, count, o, ofrom, ocount);
    }
    bool starts_with(view v) const noexcept { return view(*this).starts_with(v); }
    bool starts_with(C c) const noexcept { return view(*this).starts_with(c); }
    bool ends_with(view v) const noexcept { return view(*this).ends_with(v); }
    bool ends_with(C c) const noexcept { return view(*this).ends_with(c); }
    bool contains(view v) const noexcept { return find(v) != npos; }
    bool contains(C c) const noexcept { return find(c) != npos; }

    size_t find(view v, size_t from = 0) const noexcept { return view(*this).find(v, from); }
    size_t find(C c, size_t from = 0) const noexcept { return view(*this).find(c, from); }
    size_t find(const C *p, size_t from, size_t m) const { return text::find(s, n, p, from, m); }
    size_t rfind(view v, size_t from = npos) const noexcept { return view(*this).rfind(v, from); }
    size_t rfind(C c, size_t from = npos) const noexcept { return view(*this).rfind(c, from); }
    size_t find_first_of(view v, size_t from = 0) const noexcept
    {
        return view(*this).find_first_of(v, from);
    }
    size_t find_first_of(C c, size_t from = 0) const noexcept { return find(c, from); }
    size_t find_last_of(view v, size_t from = npos) const noexcept
    {
        return view(*this).find_last_of(v, from);
    }
    size_t find_last_of(C c, size_t from = npos) const noexcept { return rfind(c, from); }
    size_t find_first_not_of(view v, size_t from = 0) const noexcept
    {
        return view(*this).find_first_not_of(v, from);
    }
    size_t find_first_not_of(C c, size_t from = 0) const noexcept
    {
        return view(*this).find_first_not_of(c, from);
    }
    size_t find_last_not_of(view v, size_t from = npos) const noexcept
    {
        return view(*this).find_last_not_of(v, from);
    }
    size_t find_last_not_of(C c, size_t from = npos) const noexcept
    {
        return view(*this).find_last_not_of(c, from);
    }

  private:
    static void check(bool ok, const char *where)
    {
        if (!ok)
            __throw_out_of_range(where);
    }
    void set_size(size_t count)
    {
        n = count;
        s[n] = C();
    }
    void release()
    {
        if (s != local)
            allocator_traits<A>::deallocate(a, s, allocated + 1);
    }
    // This string owns nothing when it is called.
    void steal(basic_string &o) noexcept
    {
        n = o.n;
        if (o.s == o.local) {
            s = local;
            Traits::copy(local, o.local, local_capacity + 1);
        } else {
            s = o.s;
            allocated = o.allocated;
            o.s = o.local;
        }
        o.set_size(0);
    }
    void reallocate(size_t count)
    {
        if (count > max_size())
            __throw_length_error("string");
        if (count <= local_capacity) {
            C *old = s;
            size_t old_capacity = allocated;
            s = local;
            Traits::copy(local, old, n + 1);
            allocator_traits<A>::deallocate(a, old, old_capacity + 1);
            return;
        }
        C *larger = allocator_traits<A>::allocate(a, count + 1);
        Traits::copy(larger, s, n + 1);
        release();
        s = larger;
        allocated = count;
    }
    // Room for at least `more` characters, and for as many as there are.
    void grow(size_t more)
    {
        if (more > max_size() - n)
            __throw_length_error("string");
        size_t wanted = n + more, doubled = 2 * capacity();
        reallocate(doubled > wanted && doubled <= max_size() ? doubled : wanted);
    }
    // Replaces `count` characters at `from` by a hole of m.
    C *open(size_t from, size_t count, size_t m)
    {
        if (m > count && m - count > capacity() - n)
            grow(m - count);
        Traits::move(s + from + m, s + from + count, n - from - count);
        set_size(n - count + m);
        return s + from;
    }
};

using string = basic_string<char>;
using wstring = basic_string<wchar_t>;
using u8string = basic_string<char8_t>;
using u16string = basic_string<char16_t>;
using u32string = basic_string<char32_t>;

template <class I>
    requires __input_category<I>
basic_string(I, I) -> basic_string<iter_value_t<I>>;
template <class C, class Traits>
basic_string(basic_string_view<C, Traits>) -> basic_string<C, Traits>;

} // namespace std
