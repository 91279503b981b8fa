#pragma once

#include <bits/range_access.h>
#include <bits/uninitialized.h>

namespace std
{

template <class T, class A = allocator<T>>
class vector
{
    using traits = allocator_traits<A>;
    T *first = nullptr, *last = nullptr,
      *limit = nullptr; // elements are [first, last), room goes up to limit
    [[no_unique_address]] A a;

  public:
    using value_type = T;
    using allocator_type = A;
    using size_type = size_t;
    using difference_type = ptrdiff_t;
    using reference = T &;
    using const_reference = const T &;
    using pointer = T *;
    using const_pointer = const T *;
    using iterator = T *;
    using const_iterator = const T *;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    vector() noexcept(noexcept(A())) : a() {}
    explicit vector(const A &al) noexcept : a(al) {}
    explicit vector(size_t n, const A &al = A()) : a(al) { resize(n); }
    vector(size_t n, const T &v, const A &al = A()) : a(al) { assign(n, v); }
    template <class I>
        requires __input_category<I>
    vector(I from, I to, const A &al = A()) : a(al)
    {
        append(from, to);
    }
    vector(initializer_list<T> l, const A &al = A()) : a(al) { append(l.begin(), l.end()); }
    vector(const vector &o) : a(traits::select_on_container_copy_construction(o.a))
    {
        append(o.first, o.last);
    }
    vector(const vector &o, const type_identity_t<A> &al) : a(al) { append(o.first, o.last); }
    vector(vector &&o) noexcept : a(std::move(o.a)) { steal(o); }
    vector(vector &&o, const type_identity_t<A> &al) : a(al)
    {
        if (a == o.a)
            steal(o);
        else
            append(make_move_iterator(o.first), make_move_iterator(o.last));
    }
    ~vector() { release(); }

    vector &operator=(const vector &o)
    {
        if (this == &o)
            return *this;
        if constexpr (traits::propagate_on_container_copy_assignment::value) {
            if (!(a == o.a))
                release();
            a = o.a;
        }
        assign(o.first, o.last);
        return *this;
    }
    vector &operator=(vector &&o) noexcept(traits::propagate_on_container_move_assignment::value ||
                                           traits::is_always_equal::value)
    {
        if (this == &o)
            return *this;
        if constexpr (traits::propagate_on_container_move_assignment::value) {
            release();
            a = std::move(o.a);
            steal(o);
        } else if (a == o.a) {
            release();
            steal(o);
        } else {
            assign(make_move_iterator(o.first), make_move_iterator(o.last));
        }
        return *this;
    }
    vector &operator=(initializer_list<T> l)
    {
        assign(l.begin(), l.end());
        return *this;
    }
    void assign(size_t n, const T &v)
    {
        T copy = v; // v may be an element
        clear();
        append(n, copy);
    }
    template <class I>
        requires __input_category<I>
    void assign(I from, I to)
    {
        clear();
        append(from, to);
    }
    void assign(initializer_list<T> l) { assign(l.begin(), l.end()); }
    A get_allocator() const noexcept { return a; }

    iterator begin() noexcept { return first; }
    const_iterator begin() const noexcept { return first; }
    iterator end() noexcept { return last; }
    const_iterator end() const noexcept { return last; }
    const_iterator cbegin() const noexcept { return first; }
    const_iterator cend() const noexcept { return last; }
    reverse_iterator rbegin() noexcept { return reverse_iterator(last); }
    const_reverse_iterator rbegin() const noexcept { return const_reverse_iterator(last); }
    reverse_iterator rend() noexcept { return reverse_iterator(first); }
    const_reverse_iterator rend() const noexcept { return const_reverse_iterator(first); }
    const_reverse_iterator crbegin() const noexcept { return rbegin(); }
    const_reverse_iterator crend() const noexcept { return rend(); }

    [[nodiscard]] bool empty() const noexcept { return first == last; }
    size_t size() const noexcept { return size_t(last - first); }
    size_t max_size() const noexcept { return traits::max_size(a); }
    size_t capacity() const noexcept { return size_t(limit - first); }
    void reserve(size_t n)
    {
        if (n > capacity())
            reallocate(n);
    }
    void shrink_to_fit()
    {
        if (last == limit)
            return;
        if (empty())
            release();
        else
            reallocate(size());
    }
    void resize(size_t n)
    {
        if (n <= size()) {
            cut(first + n);
            return;
        }
        if (n > capacity())
            reallocate(grown(n - size()));
        for (T *end = first + n; last != end; ++last)
            traits::construct(a, last);
    }
    void resize(size_t n, const T &v)
    {
        if (n <= size())
            cut(first + n);
        else
            append(n - size(), T(v));
    }

    T &operator[](size_t i) { return first[i]; }
    const T &operator[](size_t i) const { return first[i]; }
    T &at(size_t i)
    {
        if (i >= size())
            __throw_out_of_range("vector::at");
        return first[i];
    }
    const T &at(size_t i) const
    {
        if (i >= size())
            __throw_out_of_range("vector::at");
        return first[i];
    }
    T &front() { return *first; }
    const T &front() const { return *first; }
    T &back() { return last[-1]; }
    const T &back() const { return last[-1]; }
    T *data() noexcept { return first; }
    const T *data() const noexcept { return first; }

    template <class... Args>
    T &emplace_back(Args &&...args)
    {
        if (last == limit)
            return emplace_growing(std::forward<Args>(args)...);
        traits::construct(a, last, std::forward<Args>(args)...);
        return *last++;
    }
    void push_back(const T &v) { emplace_back(v); }
    void push_back(T &&v) { emplace_back(std::move(v)); }
    void pop_back() { traits::destroy(a, --last); }

    template <class... Args>
    iterator emplace(const_iterator at, Args &&...args)
    {
        size_t i = size_t(at - first);
        if (at == last) {
            emplace_back(std::forward<Args>(args)...);
            return first + i;
        }
        T v(std::forward<Args>(args)...); // before anything moves: the arguments may be elements
        T *hole = open(i, 1);
        *hole = std::move(v);
        return hole;
    }
    iterator insert(const_iterator at, const T &v) { return emplace(at, v); }
    iterator insert(const_iterator at, T &&v) { return emplace(at, std::move(v)); }
    iterator insert(const_iterator at, size_t n, const T &v)
    {
        size_t i = size_t(at - first);
        T copy = v;
        append(n, copy);
        std::rotate(first + i, last - n, last);
        return first + i;
    }
    template <class I>
        requires __input_category<I>
    iterator insert(const_iterator at, I from, I to)
    {
        size_t i = size_t(at - first), before = size();
        append(from, to);
        std::rotate(first + i, first + before, last);
        return first + i;
    }
    iterator insert(const_iterator at, initializer_list<T> l)
    {
        return insert(at, l.begin(), l.end());
    }
    iterator erase(const_iterator at) { return erase(at, at + 1); }
    iterator erase(const_iterator from, const_iterator to)
    {
        T *hole = first + (from - first);
        if (from != to)
            cut(std::move(first + (to - first), last, hole));
        return hole;
    }
    void clear() noexcept { cut(first); }
    void swap(vector &o) noexcept
    {
        std::swap(first, o.first);
        std::swap(last, o.last);
        std::swap(limit, o.limit);
        if constexpr (traits::propagate_on_container_swap::value)
            std::swap(a, o.a);
    }

  private:
    void cut(T *end)
    {
        while (last != end)
            traits::destroy(a, --last);
    }
    void release()
    {
        clear();
        if (first)
            traits::deallocate(a, first, capacity());
        first = last = limit = nullptr;
    }
    void steal(vector &o) noexcept
    {
        first = o.first;
        last = o.last;
        limit = o.limit;
        o.first = o.last = o.limit = nullptr;
    }
    // A capacity with room for `more` elements, at least double.
    size_t grown(size_t more) const
    {
        if (more > max_size() - size())
            __throw_length_error("vector");
        size_t wanted = size() + more, doubled = 2 * capacity();
        return doubled > wanted && doubled <= max_size() ? doubled : wanted;
    }
    // Moves the elements to `space`, which has room for n, and makes it the vector's.
    void move_to(T *space, size_t n)
    {
        T *end = space;
        if constexpr (is_trivially_copyable_v<T>) {
            end = std::uninitialized_move(first, last, space);
        } else {
            for (T *p = first; p != last; ++p, ++end) {
                traits::construct(a, end, std::move_if_noexcept(*p));
                traits::destroy(a, p);
            }
        }
        if (first)
            traits::deallocate(a, first, capacity());
        first = space;
        last = end;
        limit = space + n;
    }
    void reallocate(size_t n)
    {
        if (n > max_size())
            __throw_length_error("vector");
        move_to(traits::allocate(a, n), n);
    }
    template <class... Args>
    [[gnu::noinline]] T &emplace_growing(Args &&...args)
    {
        size_t n = grown(1);
        T *space = traits::allocate(a, n);
        traits::construct(a, space + size(),
                          std::forward<Args>(args)...); // before the old elements go
        move_to(space, n);
        return *last++;
    }
    void append(size_t n, const T &v)
    {
        if (n > size_t(limit - last))
            reallocate(grown(n));
        for (; n > 0; n--, last++)
            traits::construct(a, last, v);
    }
    template <class I>
    void append(I from, I to)
    {
        if constexpr (__forward_category<I>) {
            size_t n = size_t(std::distance(from, to));
            if (n > size_t(limit - last))
                reallocate(grown(n));
            if constexpr (__copies_as_bytes<I, T *>) {
                last = std::copy(from, to, last);
            } else {
                for (; from != to; ++from, ++last)
                    traits::construct(a, last, *from);
            }
        } else {
            for (; from != to; ++from)
                emplace_back(*from);
        }
    }
    // Moves what stands from index i on back by n (elements in the hole are moved-from or raw; here
    // n is 1).
    T *open(size_t i, size_t n)
    {
        if (n > size_t(limit - last))
            reallocate(grown(n));
        T *hole = first + i;
        traits::construct(a, last, std::move(last[-1]));
        std::move_backward(hole, last - 1, last);
        ++last;
        return hole;
    }
};

template <class I, class A = allocator<iter_value_t<I>>>
    requires __input_category<I>
vector(I, I, A = A()) -> vector<iter_value_t<I>, A>;

template <class T, class A>
bool operator==(const vector<T, A> &a, const vector<T, A> &b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}
template <class T, class A>
__synth_three_way_result<T> operator<=>(const vector<T, A> &a, const vector<T, A> &b)
{
    size_t n = std::min(a.size(), b.size());
    for (size_t i = 0; i < n; i++)
        if (auto order = std::__synth_three_way(a[i], b[i]); order != 0)
            return order;
    return a.size() <=> b.size();
}
template <class T, class A>
void swap(vector<T, A> &a, vector<T, A> &b) noexcept
{
    a.swap(b);
}
template <class T, class A, class P>
size_t erase_if(vector<T, A> &v, P p)
{
    auto end = std::remove_if(v.begin(), v.end(), p);
    size_t n = size_t(v.end() - end);
    v.erase(end, v.end());
    return n;
}
template <class T, class A, class U>
size_t erase(vector<T, A> &v, const U &value)
{
    return std::erase_if(v, [&](const auto &e) { return e == value; });
}

} // namespace std
