#pragma once

#include <bits/range_access.h>
#include <bits/uninitialized.h>

namespace std
{

// Memory for n elements, with some in it: [first, last). They go with it.
template <class T, class A>
struct __vector_room {
    A &a;
    T *base, *first, *last, *limit;

    constexpr __vector_room(A &al, size_t n, size_t offset)
        : a(al), base(std::__allocate(al, n)), first(base + offset), last(first), limit(base + n)
    {
    }
    __vector_room(const __vector_room &) = delete;
    constexpr ~__vector_room()
    {
        std::__destroy(a, first, last);
        if (base)
            std::__deallocate(a, base, size_t(limit - base));
    }
    // Moves elements in front of those that are there: copies, if moving may throw.
    constexpr void put_before(T *from, T *to)
    {
        if constexpr (is_trivially_copyable_v<T> && !__hears_of_moves<A, T>)
            if (!is_constant_evaluated()) {
                first -= to - from;
                std::__copy_bytes(from, to, first);
                return;
            }
        while (from != to) {
            allocator_traits<A>::construct(a, first - 1, std::move_if_noexcept(*--to));
            --first;
        }
    }
    // The same, and ends them where they were, one by one while they are at hand: what moving
    // leaves behind need not even be written then. For what cannot throw.
    void carry_before(T *from, T *to)
    {
        T *into = first;
        while (from != to) {
            std::construct_at(--into, std::move(*--to));
            std::destroy_at(to);
        }
        first = into;
    }
};

template <class T, class A = allocator<T>>
class vector
{
    static_assert(is_same_v<typename A::value_type, T>);
    using traits = allocator_traits<A>;
    using room = __vector_room<T, A>;
    T *first = nullptr, *last = nullptr,
      *limit = nullptr; // elements are [first, last), room goes up to limit
    [[no_unique_address]] A a;

  public:
    using value_type = T;
    using allocator_type = A;
    using size_type = typename traits::size_type;
    using difference_type = typename traits::difference_type;
    using reference = T &;
    using const_reference = const T &;
    using pointer = typename traits::pointer;
    using const_pointer = typename traits::const_pointer;
    using iterator = T *;
    using const_iterator = const T *;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    constexpr vector() noexcept(is_nothrow_default_constructible_v<A>) : a() {}
    constexpr explicit vector(const A &al) noexcept : a(al) {}
    constexpr explicit vector(size_type n, const A &al = A()) : vector(al) { resize(n); }
    template <class B = A, class = enable_if_t<__allocator<B>>>
    constexpr vector(size_type n, const T &v, const A &al = A()) : vector(al)
    {
        append(n, v);
    }
    template <__input_category I>
    constexpr vector(I from, I to, const A &al = A()) : vector(al)
    {
        append(from, to);
    }
    constexpr vector(initializer_list<T> l, const A &al = A()) : vector(al)
    {
        append(l.begin(), l.end());
    }
    constexpr vector(const vector &o) : vector(traits::select_on_container_copy_construction(o.a))
    {
        append(o.first, o.last);
    }
    constexpr vector(const vector &o, const type_identity_t<A> &al) : vector(al)
    {
        append(o.first, o.last);
    }
    constexpr vector(vector &&o) noexcept : a(std::move(o.a)) { steal(o); }
    constexpr vector(vector &&o, const type_identity_t<A> &al) : vector(al)
    {
        if (a == o.a)
            steal(o);
        else
            append(make_move_iterator(o.first), make_move_iterator(o.last));
    }
    constexpr ~vector() { release(); }

    constexpr vector &operator=(const vector &o)
    {
        if (this == std::addressof(o))
            return *this;
        if constexpr (traits::propagate_on_container_copy_assignment::value) {
            if (!(a == o.a))
                release();
            a = o.a;
        }
        assign(o.first, o.last);
        return *this;
    }
    constexpr vector &
    operator=(vector &&o) noexcept(traits::propagate_on_container_move_assignment::value ||
                                   traits::is_always_equal::value)
    {
        if (this == std::addressof(o))
            return *this;
        if constexpr (traits::propagate_on_container_move_assignment::value ||
                      traits::is_always_equal::value) {
            release();
            std::__move_allocator(a, o.a);
            steal(o);
        } else if (a == o.a) {
            release();
            steal(o);
        } else {
            assign(make_move_iterator(o.first), make_move_iterator(o.last));
        }
        return *this;
    }
    constexpr vector &operator=(initializer_list<T> l)
    {
        assign(l.begin(), l.end());
        return *this;
    }
    constexpr void assign(size_type n, const T &v)
    {
        if (n > capacity()) {
            vector fresh(n, v, a);
            release();
            steal(fresh);
            return;
        }
        T copy(v); // v may be an element
        size_type kept = std::min(n, size());
        std::fill_n(first, kept, copy);
        cut(first + kept);
        append(n - kept, copy);
    }
    template <__input_category I>
    constexpr void assign(I from, I to)
    {
        if constexpr (__forward_category<I>)
            if (size_t(std::distance(from, to)) > capacity())
                release();
        T *p = first;
        for (; p != last && from != to; ++p, (void)++from)
            *p = *from;
        cut(p);
        append(from, to);
    }
    constexpr void assign(initializer_list<T> l) { assign(l.begin(), l.end()); }
    constexpr A get_allocator() const noexcept { return a; }

    constexpr iterator begin() noexcept { return first; }
    constexpr const_iterator begin() const noexcept { return first; }
    constexpr iterator end() noexcept { return last; }
    constexpr const_iterator end() const noexcept { return last; }
    constexpr const_iterator cbegin() const noexcept { return first; }
    constexpr const_iterator cend() const noexcept { return last; }
    constexpr reverse_iterator rbegin() noexcept { return reverse_iterator(last); }
    constexpr const_reverse_iterator rbegin() const noexcept
    {
        return const_reverse_iterator(last);
    }
    constexpr reverse_iterator rend() noexcept { return reverse_iterator(first); }
    constexpr const_reverse_iterator rend() const noexcept { return const_reverse_iterator(first); }
    constexpr const_reverse_iterator crbegin() const noexcept { return rbegin(); }
    constexpr const_reverse_iterator crend() const noexcept { return rend(); }

    [[nodiscard]] constexpr bool empty() const noexcept { return first == last; }
    constexpr size_type size() const noexcept { return size_type(last - first); }
    constexpr size_type max_size() const noexcept
    {
        return std::min<size_type>(traits::max_size(a), size_t(-1) / 2 / sizeof(T));
    }
    constexpr size_type capacity() const noexcept { return size_type(limit - first); }
    constexpr void reserve(size_type n)
    {
        if (n > max_size())
            __throw_length_error("vector");
        if (n > capacity())
            reallocate(n);
    }
    constexpr void shrink_to_fit()
    {
        if (last == limit)
            return;
        if (empty())
            release();
        else
            reallocate(size());
    }
    constexpr void resize(size_type n)
    {
        if (n <= size())
            return cut(first + n);
        make_room(n - size());
        additions added(*this);
        for (T *end = first + n; last != end; ++last)
            traits::construct(a, last);
        added.keep();
    }
    constexpr void resize(size_type n, const T &v)
    {
        if (n <= size())
            return cut(first + n);
        additions added(*this);
        append_copies(n - size(), v);
        added.keep();
    }

    constexpr T &operator[](size_type i) { return first[i]; }
    constexpr const T &operator[](size_type i) const { return first[i]; }
    constexpr T &at(size_type i)
    {
        if (i >= size())
            __throw_out_of_range("vector::at");
        return first[i];
    }
    constexpr const T &at(size_type i) const
    {
        if (i >= size())
            __throw_out_of_range("vector::at");
        return first[i];
    }
    constexpr T &front() { return *first; }
    constexpr const T &front() const { return *first; }
    constexpr T &back() { return last[-1]; }
    constexpr const T &back() const { return last[-1]; }
    constexpr T *data() noexcept { return first; }
    constexpr const T *data() const noexcept { return first; }

    template <class... Args>
    constexpr T &emplace_back(Args &&...args)
    {
        if (last == limit)
            return emplace_growing(std::forward<Args>(args)...);
        traits::construct(a, last, std::forward<Args>(args)...);
        return *last++;
    }
    constexpr void push_back(const T &v) { emplace_back(v); }
    constexpr void push_back(T &&v) { emplace_back(std::move(v)); }
    constexpr void pop_back() { cut(last - 1); }

    template <class... Args>
    constexpr iterator emplace(const_iterator at, Args &&...args)
    {
        T *hole = first + (at - first);
        if (hole == last)
            return &emplace_back(std::forward<Args>(args)...) + 0;
        if (last == limit)
            return emplace_growing_at(hole, std::forward<Args>(args)...);
        // made before anything moves: the arguments may be elements
        __vector_element<A> fresh(a, std::forward<Args>(args)...);
        traits::construct(a, last, std::move(last[-1]));
        ++last;
        std::move_backward(hole, last - 2, last - 1);
        *hole = std::move(fresh.value);
        return hole;
    }
    constexpr iterator insert(const_iterator at, const T &v) { return emplace(at, v); }
    constexpr iterator insert(const_iterator at, T &&v) { return emplace(at, std::move(v)); }
    constexpr iterator insert(const_iterator at, size_type n, const T &v)
    {
        auto i = at - first;
        append_copies(n, v);
        std::rotate(first + i, last - n, last);
        return first + i;
    }
    template <__input_category I>
    constexpr iterator insert(const_iterator at, I from, I to)
    {
        auto i = at - first, before = last - first;
        append(from, to);
        std::rotate(first + i, first + before, last);
        return first + i;
    }
    constexpr iterator insert(const_iterator at, initializer_list<T> l)
    {
        return insert(at, l.begin(), l.end());
    }
    constexpr iterator erase(const_iterator at) { return erase(at, at + 1); }
    constexpr iterator erase(const_iterator from, const_iterator to)
    {
        T *hole = first + (from - first);
        if (from != to)
            cut(std::move(first + (to - first), last, hole));
        return hole;
    }
    constexpr void clear() noexcept { cut(first); }
    constexpr void swap(vector &o) noexcept
    {
        std::swap(first, o.first);
        std::swap(last, o.last);
        std::swap(limit, o.limit);
        std::__swap_allocators(a, o.a);
    }

  private:
    // An element outside, made and destroyed by the allocator.
    template <class B>
    struct __vector_element {
        B &a;
        union {
            T value;
        };
        template <class... Args>
        constexpr explicit __vector_element(B &al, Args &&...args) : a(al)
        {
            traits::construct(a, std::addressof(value), std::forward<Args>(args)...);
        }
        __vector_element(const __vector_element &) = delete;
        constexpr ~__vector_element() { traits::destroy(a, std::addressof(value)); }
    };

    constexpr void cut(T *end)
    {
        std::__destroy(a, end, last);
        last = end;
    }
    constexpr void release()
    {
        clear();
        if (first)
            std::__deallocate(a, first, capacity());
        first = last = limit = nullptr;
    }
    constexpr void steal(vector &o) noexcept
    {
        first = o.first;
        last = o.last;
        limit = o.limit;
        o.first = o.last = o.limit = nullptr;
    }
    // Takes elements that were added at the end away again, unless they are to be kept.
    class additions
    {
        vector &v;
        size_type before;

      public:
        constexpr explicit additions(vector &to) : v(to), before(to.size()) {}
        constexpr ~additions() { v.cut(v.first + before); }
        constexpr void keep() { before = v.size(); }
    };
    // A capacity with room for `more` elements, at least double.
    constexpr size_type grown(size_type more) const
    {
        if (more > max_size() - size())
            __throw_length_error("vector");
        size_type wanted = size() + more, doubled = 2 * capacity();
        return doubled > wanted && doubled <= max_size() ? doubled : wanted;
    }
    // Moves all elements in front of those of a room, and exchanges memory with it.
    constexpr void move_to(room &r)
    {
        if constexpr (is_nothrow_move_constructible_v<T> && !is_trivially_copyable_v<T> &&
                      !__hears_of_moves<A, T> && !__hears_of_destroying<A, T>)
            if (!is_constant_evaluated()) {
                r.carry_before(first, last);
                last = first;
                return exchange(r);
            }
        r.put_before(first, last);
        exchange(r);
    }
    // Takes a room's elements and memory; the room gets ours, and ends them.
    constexpr void exchange(room &r) noexcept
    {
        std::swap(first, r.first);
        std::swap(last, r.last);
        std::swap(limit, r.limit);
        r.base = r.first;
    }
    constexpr void reallocate(size_type n)
    {
        room r(a, n, size());
        move_to(r);
    }
    constexpr void make_room(size_type more)
    {
        if (more > size_type(limit - last))
            reallocate(grown(more));
    }
    template <class... Args>
    [[gnu::noinline]] constexpr T &emplace_growing(Args &&...args)
    {
        room r(a, grown(1), size());
        traits::construct(a, r.last, std::forward<Args>(args)...); // before the old elements go
        ++r.last;
        move_to(r);
        return last[-1];
    }
    template <class... Args>
    constexpr T *emplace_growing_at(T *hole, Args &&...args)
    {
        auto i = hole - first;
        room r(a, grown(1), size_type(i));
        traits::construct(a, r.last, std::forward<Args>(args)...);
        ++r.last;
        for (T *p = hole; p != last; ++p, ++r.last)
            traits::construct(a, r.last, std::move_if_noexcept(*p));
        r.put_before(first, hole);
        exchange(r);
        return first + i;
    }
    constexpr void append(size_type n, const T &v)
    {
        make_room(n);
        for (; n > 0; n--, last++)
            traits::construct(a, last, v);
    }
    // The same, where v may be an element.
    constexpr void append_copies(size_type n, const T &v)
    {
        if (n > size_type(limit - last)) {
            room r(a, grown(n), size());
            for (; n > 0; n--, r.last++)
                traits::construct(a, r.last, v);
            move_to(r);
        } else {
            append(n, v);
        }
    }
    template <class I>
    constexpr void append(I from, I to)
    {
        if constexpr (__forward_category<I>) {
            make_room(size_type(std::distance(from, to)));
            if constexpr (__copies_as_bytes<I, T *> && !__hears_of_moves<A, T>)
                if (!is_constant_evaluated()) {
                    last = std::__copy_bytes(from, to, last);
                    return;
                }
            for (; from != to; (void)++from, ++last)
                traits::construct(a, last, *from);
        } else {
            for (; from != to; ++from)
                emplace_back(*from);
        }
    }
};

template <__input_category I, __allocator A = allocator<__traits_value<I>>>
vector(I, I, A = A()) -> vector<__traits_value<I>, A>;

template <class T, class A>
constexpr bool operator==(const vector<T, A> &a, const vector<T, A> &b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}
template <class T, class A>
constexpr __synth_three_way_result<T> operator<=>(const vector<T, A> &a, const vector<T, A> &b)
{
    return std::__compare_elements(a.begin(), a.end(), b.begin(), b.end());
}
template <class T, class A>
constexpr void swap(vector<T, A> &a, vector<T, A> &b) noexcept(noexcept(a.swap(b)))
{
    a.swap(b);
}
template <class T, class A, class P>
constexpr typename vector<T, A>::size_type erase_if(vector<T, A> &v, P p)
{
    auto end = std::remove_if(v.begin(), v.end(), p);
    auto n = typename vector<T, A>::size_type(v.end() - end);
    v.erase(end, v.end());
    return n;
}
template <class T, class A, class U>
constexpr typename vector<T, A>::size_type erase(vector<T, A> &v, const U &value)
{
    return std::erase_if(v, [&](const auto &e) { return e == value; });
}

} // namespace std
