// Iterators that know how far it is, and iterators that are also sentinels: [iterators.counted],
// [iterators.common], [move.sentinel].
#pragma once

#include <bits/iterator_adaptors.h>
#include <bits/iterator_concepts.h>
#include <bits/ranges_concepts.h>

namespace std
{

template <class I>
struct __counted_types {
};
template <indirectly_readable I>
struct __counted_types<I> {
    using value_type = iter_value_t<I>;
};

template <input_or_output_iterator I>
class counted_iterator : public __counted_types<I>
{
    I i = I();
    iter_difference_t<I> n = 0;
    template <input_or_output_iterator J>
    friend class counted_iterator;

  public:
    using iterator_type = I;
    using difference_type = iter_difference_t<I>;

    constexpr counted_iterator()
        requires default_initializable<I>
    = default;
    constexpr counted_iterator(I at, difference_type count) : i(std::move(at)), n(count) {}
    template <class J>
        requires convertible_to<const J &, I>
    constexpr counted_iterator(const counted_iterator<J> &o) : i(o.i), n(o.n)
    {
    }
    template <class J>
        requires assignable_from<I &, const J &>
    constexpr counted_iterator &operator=(const counted_iterator<J> &o)
    {
        i = o.i;
        n = o.n;
        return *this;
    }
    constexpr const I &base() const & noexcept { return i; }
    constexpr I base() && { return std::move(i); }
    constexpr difference_type count() const noexcept { return n; }
    constexpr decltype(auto) operator*() { return *i; }
    constexpr decltype(auto) operator*() const
        requires __dereferenceable<const I>
    {
        return *i;
    }
    constexpr auto operator->() const noexcept
        requires contiguous_iterator<I>
    {
        return std::to_address(i);
    }
    constexpr decltype(auto) operator[](difference_type d) const
        requires random_access_iterator<I>
    {
        return i[d];
    }
    constexpr counted_iterator &operator++()
    {
        ++i;
        --n;
        return *this;
    }
    constexpr decltype(auto) operator++(int)
    {
        --n;
        return i++;
    }
    constexpr counted_iterator operator++(int)
        requires forward_iterator<I>
    {
        counted_iterator old = *this;
        ++*this;
        return old;
    }
    constexpr counted_iterator &operator--()
        requires bidirectional_iterator<I>
    {
        --i;
        ++n;
        return *this;
    }
    constexpr counted_iterator operator--(int)
        requires bidirectional_iterator<I>
    {
        counted_iterator old = *this;
        --*this;
        return old;
    }
    constexpr counted_iterator &operator+=(difference_type d)
        requires random_access_iterator<I>
    {
        i += d;
        n -= d;
        return *this;
    }
    constexpr counted_iterator &operator-=(difference_type d)
        requires random_access_iterator<I>
    {
        return *this += -d;
    }
    constexpr counted_iterator operator+(difference_type d) const
        requires random_access_iterator<I>
    {
        return counted_iterator(i + d, n - d);
    }
    friend constexpr counted_iterator operator+(difference_type d, const counted_iterator &c)
        requires random_access_iterator<I>
    {
        return c + d;
    }
    constexpr counted_iterator operator-(difference_type d) const
        requires random_access_iterator<I>
    {
        return counted_iterator(i - d, n + d);
    }
    template <common_with<I> J>
    friend constexpr iter_difference_t<J> operator-(const counted_iterator &a,
                                                    const counted_iterator<J> &b)
    {
        return b.count() - a.count();
    }
    friend constexpr difference_type operator-(const counted_iterator &a, default_sentinel_t)
    {
        return -a.n;
    }
    friend constexpr difference_type operator-(default_sentinel_t, const counted_iterator &b)
    {
        return b.n;
    }
    template <common_with<I> J>
    friend constexpr bool operator==(const counted_iterator &a, const counted_iterator<J> &b)
    {
        return a.n == b.count();
    }
    friend constexpr bool operator==(const counted_iterator &a, default_sentinel_t)
    {
        return a.n == 0;
    }
    template <common_with<I> J>
    friend constexpr strong_ordering operator<=>(const counted_iterator &a,
                                                 const counted_iterator<J> &b)
    {
        return b.count() <=> a.n;
    }
    friend constexpr decltype(auto) iter_move(const counted_iterator &c)
        requires input_iterator<I>
    {
        return ranges::iter_move(c.i);
    }
    template <indirectly_swappable<I> J>
    friend constexpr void iter_swap(const counted_iterator &a, const counted_iterator<J> &b)
    {
        ranges::iter_swap(a.i, b.base());
    }
};
template <input_iterator I>
    requires __traits_from_primary<I>
struct iterator_traits<counted_iterator<I>> : iterator_traits<I> {
    using pointer = conditional_t<contiguous_iterator<I>, add_pointer_t<iter_reference_t<I>>, void>;
};

// An iterator or its sentinel.
template <input_or_output_iterator I, sentinel_for<I> S>
    requires(!same_as<I, S> && copyable<I>)
class common_iterator
{
    I i = I();
    S s = S();
    bool at_end = false;
    template <input_or_output_iterator J, sentinel_for<J> T>
        requires(!same_as<J, T> && copyable<J>)
    friend class common_iterator;

  public:
    constexpr common_iterator() = default;
    constexpr common_iterator(I at) : i(std::move(at)) {}
    constexpr common_iterator(S end) : s(std::move(end)), at_end(true) {}
    template <class J, class T>
        requires convertible_to<const J &, I> && convertible_to<const T &, S>
    constexpr common_iterator(const common_iterator<J, T> &o) : i(o.i), s(o.s), at_end(o.at_end)
    {
    }
    constexpr decltype(auto) operator*() { return *i; }
    constexpr decltype(auto) operator*() const
        requires __dereferenceable<const I>
    {
        return *i;
    }
    constexpr auto operator->() const
        requires is_pointer_v<I> || requires(const I &x) { x.operator->(); }
    {
        if constexpr (is_pointer_v<I>)
            return i;
        else
            return i.operator->();
    }
    constexpr common_iterator &operator++()
    {
        ++i;
        return *this;
    }
    constexpr decltype(auto) operator++(int)
    {
        if constexpr (forward_iterator<I>) {
            common_iterator old = *this;
            ++i;
            return old;
        } else {
            return i++;
        }
    }
    template <class J, sentinel_for<I> T>
        requires sentinel_for<S, J>
    friend constexpr bool operator==(const common_iterator &a, const common_iterator<J, T> &b)
    {
        if (a.at_end)
            return b.at_end || b.i == a.s;
        if (b.at_end)
            return a.i == b.s;
        if constexpr (equality_comparable_with<I, J>)
            return a.i == b.i;
        else
            return true;
    }
    template <sized_sentinel_for<I> J, sized_sentinel_for<I> T>
        requires sized_sentinel_for<S, J>
    friend constexpr iter_difference_t<J> operator-(const common_iterator &a,
                                                    const common_iterator<J, T> &b)
    {
        if (a.at_end)
            return b.at_end ? 0 : a.s - b.i;
        return b.at_end ? a.i - b.s : a.i - b.i;
    }
    friend constexpr decltype(auto) iter_move(const common_iterator &c)
        requires input_iterator<I>
    {
        return ranges::iter_move(c.i);
    }
};
template <class I, class S>
struct incrementable_traits<common_iterator<I, S>> {
    using difference_type = iter_difference_t<I>;
};
template <input_iterator I, class S>
struct iterator_traits<common_iterator<I, S>> {
    using iterator_concept =
        conditional_t<forward_iterator<I>, forward_iterator_tag, input_iterator_tag>;
    using iterator_category =
        conditional_t<__forward_category<I>, forward_iterator_tag, input_iterator_tag>;
    using value_type = iter_value_t<I>;
    using difference_type = iter_difference_t<I>;
    using pointer = void;
    using reference = iter_reference_t<I>;
};

template <semiregular S>
class move_sentinel
{
    S last = S();

  public:
    constexpr move_sentinel() = default;
    constexpr explicit move_sentinel(S s) : last(std::move(s)) {}
    template <class T>
        requires convertible_to<const T &, S>
    constexpr move_sentinel(const move_sentinel<T> &o) : last(o.base())
    {
    }
    constexpr S base() const { return last; }
};
template <class I, sentinel_for<I> S>
constexpr bool operator==(const move_iterator<I> &a, const move_sentinel<S> &b)
{
    return a.base() == b.base();
}
template <class I, sized_sentinel_for<I> S>
constexpr iter_difference_t<I> operator-(const move_sentinel<S> &a, const move_iterator<I> &b)
{
    return a.base() - b.base();
}
template <class I, sized_sentinel_for<I> S>
constexpr iter_difference_t<I> operator-(const move_iterator<I> &a, const move_sentinel<S> &b)
{
    return a.base() - b.base();
}

} // namespace std
