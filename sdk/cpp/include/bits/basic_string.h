#pragma once

#include <bits/uninitialized.h>
#include <string_view>

namespace std
{

template <class C, class Traits = char_traits<C>, class A = allocator<C>>
class basic_string : public __string_search<basic_string<C, Traits, A>, C, Traits>
{
    static_assert(is_same_v<C, typename Traits::char_type>);
    static_assert(is_same_v<C, typename A::value_type>);
    static constexpr size_t local_capacity = sizeof(C) < 16 ? 16 / sizeof(C) - 1 : 0;
    using traits = allocator_traits<A>;
    using view = basic_string_view<C, Traits>;
    template <class V>
    static constexpr bool is_view =
        is_convertible_v<const V &, view> && !is_convertible_v<const V &, const C *>;
    template <class V>
    static constexpr bool converts = is_nothrow_convertible_v<const V &, view>;

    C *s;
    size_t n;
    union {
        C local[local_capacity + 1]; // short texts live here
        size_t allocated;            // capacity of what s points at otherwise
    };
    [[no_unique_address]] A a;

  public:
    using traits_type = Traits;
    using value_type = C;
    using allocator_type = A;
    using size_type = typename traits::size_type;
    using difference_type = typename traits::difference_type;
    using reference = C &;
    using const_reference = const C &;
    using pointer = typename traits::pointer;
    using const_pointer = typename traits::const_pointer;
    using iterator = C *;
    using const_iterator = const C *;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;
    using __string_search<basic_string, C, Traits>::npos;

    constexpr basic_string() noexcept(is_nothrow_default_constructible_v<A>) : a() { be_empty(); }
    constexpr explicit basic_string(const A &al) noexcept : a(al) { be_empty(); }
    constexpr basic_string(const basic_string &o)
        : basic_string(traits::select_on_container_copy_construction(o.a))
    {
        start(o.s, o.n);
    }
    constexpr basic_string(const basic_string &o, const A &al) : basic_string(al)
    {
        start(o.s, o.n);
    }
    constexpr basic_string(basic_string &&o) noexcept : a(std::move(o.a)) { steal(o); }
    constexpr basic_string(basic_string &&o, const A &al) : basic_string(al)
    {
        if (a == o.a)
            steal(o);
        else
            append(o.s, o.n);
    }
    constexpr basic_string(const basic_string &o, size_type from, const A &al = A())
        : basic_string(view(o).substr(from), al)
    {
    }
    constexpr basic_string(const basic_string &o, size_type from, size_type count,
                           const A &al = A())
        : basic_string(view(o).substr(from, count), al)
    {
    }
    constexpr basic_string(const C *p, const A &al = A())
        requires __allocator<A>
        : basic_string(p, Traits::length(p), al)
    {
    }
    constexpr basic_string(const C *p, size_type count, const A &al = A()) : basic_string(al)
    {
        start(p, count);
    }
    basic_string(nullptr_t) = delete;
    constexpr basic_string(size_type count, C c, const A &al = A())
        requires __allocator<A>
        : basic_string(al)
    {
        append(count, c);
    }
    constexpr basic_string(initializer_list<C> l, const A &al = A())
        : basic_string(l.begin(), l.size(), al)
    {
    }
    template <__input_category I>
    constexpr basic_string(I first, I last, const A &al = A()) : basic_string(al)
    {
        append(first, last);
    }
    template <class V>
        requires is_view<V>
    constexpr explicit basic_string(const V &v, const A &al = A()) : basic_string(al)
    {
        view w = v;
        start(w.data(), w.size());
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string(const V &v, size_type from, size_type count, const A &al = A())
        : basic_string(view(v).substr(from, count), al)
    {
    }
    constexpr ~basic_string() { release(); }

    constexpr basic_string &operator=(const basic_string &o)
    {
        if (this == std::addressof(o))
            return *this;
        if constexpr (traits::propagate_on_container_copy_assignment::value) {
            if (!(a == o.a))
                drop();
            a = o.a;
        }
        return assign(o.s, o.n);
    }
    constexpr basic_string &
    operator=(basic_string &&o) noexcept(traits::propagate_on_container_move_assignment::value ||
                                         traits::is_always_equal::value)
    {
        if (this == std::addressof(o))
            return *this;
        if (traits::propagate_on_container_move_assignment::value || a == o.a) {
            drop();
            std::__move_allocator(a, o.a);
            steal(o);
            return *this;
        }
        return assign(o.s, o.n);
    }
    constexpr basic_string &operator=(const C *p) { return assign(p); }
    constexpr basic_string &operator=(C c) { return assign(1, c); }
    constexpr basic_string &operator=(initializer_list<C> l) { return assign(l.begin(), l.size()); }
    template <class V>
        requires is_view<V>
    constexpr basic_string &operator=(const V &v)
    {
        return assign(view(v));
    }

    constexpr basic_string &assign(const C *p, size_type count)
    {
        if (count <= capacity()) { // p may be a part of this very string
            Traits::move(s, p, count);
            set_size(count);
            return *this;
        }
        basic_string fresh(p, count, a);
        release();
        steal(fresh);
        return *this;
    }
    constexpr basic_string &assign(const C *p) { return assign(p, Traits::length(p)); }
    constexpr basic_string &assign(size_type count, C c)
    {
        if (count > capacity()) {
            basic_string fresh(count, c, a);
            release();
            steal(fresh);
            return *this;
        }
        set_size(0);
        return append(count, c);
    }
    constexpr basic_string &assign(const basic_string &o) { return *this = o; }
    constexpr basic_string &
    assign(basic_string &&o) noexcept(is_nothrow_move_assignable_v<basic_string>)
    {
        return *this = std::move(o);
    }
    constexpr basic_string &assign(const basic_string &o, size_type from, size_type count = npos)
    {
        return assign(view(o).substr(from, count));
    }
    constexpr basic_string &assign(initializer_list<C> l) { return assign(l.begin(), l.size()); }
    template <__input_category I>
    constexpr basic_string &assign(I first, I last)
    {
        basic_string fresh(first, last, a);
        return assign(fresh.s, fresh.n);
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &assign(const V &v)
    {
        view w = v;
        return assign(w.data(), w.size());
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &assign(const V &v, size_type from, size_type count = npos)
    {
        return assign(view(v).substr(from, count));
    }
    constexpr A get_allocator() const noexcept { return a; }

    constexpr iterator begin() noexcept { return s; }
    constexpr const_iterator begin() const noexcept { return s; }
    constexpr iterator end() noexcept { return s + n; }
    constexpr const_iterator end() const noexcept { return s + n; }
    constexpr const_iterator cbegin() const noexcept { return s; }
    constexpr const_iterator cend() const noexcept { return s + n; }
    constexpr reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
    constexpr const_reverse_iterator rbegin() const noexcept
    {
        return const_reverse_iterator(end());
    }
    constexpr reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
    constexpr const_reverse_iterator rend() const noexcept
    {
        return const_reverse_iterator(begin());
    }
    constexpr const_reverse_iterator crbegin() const noexcept { return rbegin(); }
    constexpr const_reverse_iterator crend() const noexcept { return rend(); }

    constexpr size_type size() const noexcept { return size_type(n); }
    constexpr size_type length() const noexcept { return size_type(n); }
    constexpr size_type max_size() const noexcept
    {
        return size_type(std::min<size_t>(traits::max_size(a), npos / 2 / sizeof(C)) - 1);
    }
    constexpr size_type capacity() const noexcept
    {
        return size_type(is_local() ? local_capacity : allocated);
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return n == 0; }
    constexpr void clear() noexcept { set_size(0); }
    constexpr void reserve(size_type count)
    {
        if (count > max_size())
            __throw_length_error("string::reserve");
        if (count > capacity())
            reallocate(count);
    }
    [[deprecated("use shrink_to_fit()")]] constexpr void reserve() { shrink_to_fit(); }
    constexpr void shrink_to_fit()
    {
        if (!is_local() && n < allocated)
            reallocate(n);
    }
    constexpr void resize(size_type count, C c)
    {
        if (count > n)
            append(size_type(count - n), c);
        else
            set_size(count);
    }
    constexpr void resize(size_type count) { resize(count, C()); }

    constexpr C &operator[](size_type i) { return s[i]; }
    constexpr const C &operator[](size_type i) const { return s[i]; }
    constexpr C &at(size_type i)
    {
        check(i < n, "string::at");
        return s[i];
    }
    constexpr const C &at(size_type i) const
    {
        check(i < n, "string::at");
        return s[i];
    }
    constexpr C &front() { return s[0]; }
    constexpr const C &front() const { return s[0]; }
    constexpr C &back() { return s[n - 1]; }
    constexpr const C &back() const { return s[n - 1]; }
    constexpr C *data() noexcept { return s; }
    constexpr const C *data() const noexcept { return s; }
    constexpr const C *c_str() const noexcept { return s; }
    constexpr operator view() const noexcept { return view(s, n); }

    constexpr void push_back(C c)
    {
        if (n == capacity())
            grow(1);
        Traits::assign(s[n], c);
        set_size(n + 1);
    }
    constexpr void pop_back() { set_size(n - 1); }
    constexpr basic_string &append(const C *p, size_type count)
    {
        if (count > capacity() - n)
            return append_growing(p, count);
        Traits::move(s + n, p, count);
        set_size(n + count);
        return *this;
    }
    constexpr basic_string &append(const C *p) { return append(p, Traits::length(p)); }
    constexpr basic_string &append(size_type count, C c)
    {
        if (count > capacity() - n)
            grow(count);
        Traits::assign(s + n, count, c);
        set_size(n + count);
        return *this;
    }
    constexpr basic_string &append(const basic_string &o) { return append(o.s, o.n); }
    constexpr basic_string &append(const basic_string &o, size_type from, size_type count = npos)
    {
        return append(view(o).substr(from, count));
    }
    constexpr basic_string &append(initializer_list<C> l) { return append(l.begin(), l.size()); }
    template <__input_category I>
    constexpr basic_string &append(I first, I last)
    {
        if constexpr (is_same_v<remove_cv_t<remove_pointer_t<I>>, C> && is_pointer_v<I>) {
            return append(first, size_type(last - first));
        } else if constexpr (__forward_category<I> && is_trivially_copyable_v<I>) {
            // iterators may look into this very string, or throw: a text of its own first
            basic_string part(a);
            part.reserve(size_type(std::distance(first, last)));
            for (; first != last; ++first)
                part.push_back(*first);
            return append(part.s, part.n);
        } else {
            basic_string part(a);
            for (; first != last; ++first)
                part.push_back(*first);
            return append(part.s, part.n);
        }
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &append(const V &v)
    {
        view w = v;
        return append(w.data(), w.size());
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &append(const V &v, size_type from, size_type count = npos)
    {
        return append(view(v).substr(from, count));
    }
    constexpr basic_string &operator+=(const basic_string &o) { return append(o.s, o.n); }
    constexpr basic_string &operator+=(const C *p) { return append(p); }
    constexpr basic_string &operator+=(C c)
    {
        push_back(c);
        return *this;
    }
    constexpr basic_string &operator+=(initializer_list<C> l) { return append(l); }
    template <class V>
        requires is_view<V>
    constexpr basic_string &operator+=(const V &v)
    {
        return append(v);
    }

    constexpr basic_string &replace(size_type from, size_type count, const C *p, size_type m)
    {
        check(from <= n, "string::replace");
        count = size_type(std::min<size_t>(count, n - from));
        if (m == count) {
            Traits::move(s + from, p, m);
        } else if (is_apart(p)) {
            Traits::copy(open(from, count, m), p, m);
        } else {
            basic_string part(p, m, a);
            Traits::copy(open(from, count, m), part.s, m);
        }
        return *this;
    }
    constexpr basic_string &replace(size_type from, size_type count, const C *p)
    {
        return replace(from, count, p, Traits::length(p));
    }
    constexpr basic_string &replace(size_type from, size_type count, const basic_string &o)
    {
        return replace(from, count, o.s, o.n);
    }
    constexpr basic_string &replace(size_type from, size_type count, const basic_string &o,
                                    size_type ofrom, size_type ocount = npos)
    {
        return replace(from, count, view(o).substr(ofrom, ocount));
    }
    constexpr basic_string &replace(size_type from, size_type count, size_type m, C c)
    {
        check(from <= n, "string::replace");
        Traits::assign(open(from, std::min<size_t>(count, n - from), m), m, c);
        return *this;
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &replace(size_type from, size_type count, const V &v)
    {
        view w = v;
        return replace(from, count, w.data(), w.size());
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &replace(size_type from, size_type count, const V &v, size_type ofrom,
                                    size_type ocount = npos)
    {
        return replace(from, count, view(v).substr(ofrom, ocount));
    }
    constexpr basic_string &replace(const_iterator first, const_iterator last, const C *p,
                                    size_type m)
    {
        return replace(size_type(first - s), size_type(last - first), p, m);
    }
    constexpr basic_string &replace(const_iterator first, const_iterator last, const C *p)
    {
        return replace(first, last, p, Traits::length(p));
    }
    constexpr basic_string &replace(const_iterator first, const_iterator last,
                                    const basic_string &o)
    {
        return replace(first, last, o.s, o.n);
    }
    constexpr basic_string &replace(const_iterator first, const_iterator last, size_type m, C c)
    {
        return replace(size_type(first - s), size_type(last - first), m, c);
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &replace(const_iterator first, const_iterator last, const V &v)
    {
        view w = v;
        return replace(first, last, w.data(), w.size());
    }
    template <__input_category I>
    constexpr basic_string &replace(const_iterator first, const_iterator last, I from, I to)
    {
        basic_string part(from, to, a);
        return replace(first, last, part.s, part.n);
    }
    constexpr basic_string &replace(const_iterator first, const_iterator last,
                                    initializer_list<C> l)
    {
        return replace(first, last, l.begin(), l.size());
    }

    constexpr basic_string &insert(size_type at, const C *p, size_type m)
    {
        return replace(at, 0, p, m);
    }
    constexpr basic_string &insert(size_type at, const C *p) { return replace(at, 0, p); }
    constexpr basic_string &insert(size_type at, const basic_string &o)
    {
        return replace(at, 0, o.s, o.n);
    }
    constexpr basic_string &insert(size_type at, const basic_string &o, size_type from,
                                   size_type count = npos)
    {
        return replace(at, 0, o, from, count);
    }
    constexpr basic_string &insert(size_type at, size_type m, C c) { return replace(at, 0, m, c); }
    template <class V>
        requires is_view<V>
    constexpr basic_string &insert(size_type at, const V &v)
    {
        return replace(at, 0, v);
    }
    template <class V>
        requires is_view<V>
    constexpr basic_string &insert(size_type at, const V &v, size_type from, size_type count = npos)
    {
        return replace(at, 0, v, from, count);
    }
    constexpr iterator insert(const_iterator at, C c) { return insert(at, size_type(1), c); }
    constexpr iterator insert(const_iterator at, size_type m, C c)
    {
        size_t i = size_t(at - s);
        replace(i, 0, m, c);
        return s + i;
    }
    template <__input_category I>
    constexpr iterator insert(const_iterator at, I first, I last)
    {
        size_t i = size_t(at - s);
        basic_string part(first, last, a);
        replace(i, 0, part.s, part.n);
        return s + i;
    }
    constexpr iterator insert(const_iterator at, initializer_list<C> l)
    {
        return insert(at, l.begin(), l.end());
    }
    constexpr basic_string &erase(size_type from = 0, size_type count = npos)
    {
        check(from <= n, "string::erase");
        open(from, std::min<size_t>(count, n - from), 0);
        return *this;
    }
    constexpr iterator erase(const_iterator at) { return erase(at, at + 1); }
    constexpr iterator erase(const_iterator first, const_iterator last)
    {
        return open(size_t(first - s), size_t(last - first), 0);
    }

    constexpr size_type copy(C *to, size_type count, size_type from = 0) const
    {
        return size_type(view(*this).copy(to, count, from));
    }
    constexpr void swap(basic_string &o) noexcept(traits::propagate_on_container_swap::value ||
                                                  traits::is_always_equal::value)
    {
        basic_string t(std::move(o));
        o.steal(*this);
        steal(t);
        std::__swap_allocators(a, o.a);
    }
    constexpr basic_string substr(size_type from = 0, size_type count = npos) const
    {
        return basic_string(*this, from, count);
    }

  private:
    static constexpr void check(bool ok, const char *where)
    {
        if (!ok)
            __throw_out_of_range(where);
    }
    // Whether p does not point into this string; false where that cannot be known.
    constexpr bool is_apart(const C *p) const
    {
        return !is_constant_evaluated() && (p < s || p > s + n);
    }
    constexpr bool is_local() const noexcept { return s == local; }
    constexpr void set_size(size_t count)
    {
        n = count;
        Traits::assign(s[n], C());
    }
    constexpr void use_local() noexcept
    {
        if (is_constant_evaluated())
            for (size_t i = 0; i <= local_capacity; i++)
                local[i] = C();
        s = local;
    }
    constexpr void release()
    {
        if (!is_local())
            std::__deallocate(a, s, allocated + 1);
    }
    // All of `local` is written: whoever moves a short text as two words then does not wait for the
    // bytes that have just been put in.
    constexpr void be_empty() noexcept
    {
        use_local();
        if (!is_constant_evaluated())
            __builtin_memset(local, 0, sizeof(local));
        set_size(0);
    }
    constexpr void drop()
    {
        release();
        be_empty();
    }
    // Memory of its own instead of `local`, for so many characters.
    constexpr void own(size_t count)
    {
        C *memory = std::__allocate(a, count + 1);
        if (is_constant_evaluated())
            for (size_t i = 0; i <= count; i++)
                std::construct_at(memory + i);
        s = memory;
        allocated = count;
    }
    [[gnu::noinline]] constexpr void own_checked(size_t count)
    {
        if (count > max_size())
            __throw_length_error("string");
        own(count);
    }
    // The text of a new string.
    constexpr void start(const C *p, size_t count)
    {
        if (count > local_capacity)
            own_checked(count);
        Traits::copy(s, p, count);
        set_size(count);
    }
    // This string owns nothing when it is called.
    constexpr void steal(basic_string &o) noexcept
    {
        n = o.n;
        if (o.is_local()) {
            use_local();
            Traits::copy(local, o.local, local_capacity + 1);
        } else {
            s = o.s;
            allocated = o.allocated;
            o.use_local();
        }
        o.set_size(0);
    }
    constexpr void reallocate(size_t count)
    {
        if (count <= local_capacity) {
            if (is_local())
                return;
            C *old = s;
            size_t old_capacity = allocated;
            use_local();
            Traits::copy(s, old, n + 1);
            std::__deallocate(a, old, old_capacity + 1);
            return;
        }
        C *larger = std::__allocate(a, count + 1);
        if (is_constant_evaluated())
            for (size_t i = 0; i <= count; i++)
                std::construct_at(larger + i);
        Traits::copy(larger, s, n + 1);
        release();
        s = larger;
        allocated = count;
    }
    // A capacity for at least `more` characters more, and for as many as there are.
    constexpr size_t grown(size_t more) const
    {
        if (more > max_size() - n)
            __throw_length_error("string");
        size_t wanted = n + more, doubled = 2 * size_t(capacity());
        return doubled > wanted && doubled <= max_size() ? doubled : wanted;
    }
    constexpr void grow(size_t more) { reallocate(grown(more)); }
    // p may be a part of this very string: the old text goes last.
    [[gnu::noinline]] constexpr basic_string &append_growing(const C *p, size_t count)
    {
        basic_string fresh(a);
        fresh.own(grown(count));
        Traits::copy(fresh.s, s, n);
        Traits::copy(fresh.s + n, p, count);
        fresh.set_size(n + count);
        release();
        steal(fresh);
        return *this;
    }
    // Replaces `count` characters at `from` by a hole of m.
    constexpr C *open(size_t from, size_t count, size_t m)
    {
        if (m > count && m - count > capacity() - n)
            grow(m - count);
        Traits::move(s + from + m, s + from + count, n - from - count);
        set_size(n - count + m);
        return s + from;
    }
};

} // namespace std
