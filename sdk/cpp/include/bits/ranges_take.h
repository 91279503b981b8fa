// views::take, drop, counted, common, reverse: parts of ranges, and ranges seen otherwise.
#pragma once

#include <bits/ranges_factories.h>
#include <span>
#include <string_view>

namespace std::ranges
{

template <view V>
class take_view : public view_interface<take_view<V>>
{
    V v = V();
    range_difference_t<V> n = 0;

    template <bool is_const>
    struct sentinel {
        using base_range = __maybe_const<is_const, V>;
        sentinel_t<base_range> last = sentinel_t<base_range>();
        constexpr sentinel_t<base_range> base() const { return last; }
        friend constexpr bool operator==(const counted_iterator<iterator_t<base_range>> &i,
                                         const sentinel &s)
        {
            return i.count() == 0 || i.base() == s.last;
        }
    };
    template <class W>
    static constexpr auto first_of(W &w, range_difference_t<V> n)
    {
        if constexpr (sized_range<W> && random_access_range<W>) {
            return ranges::begin(w);
        } else if constexpr (sized_range<W>) {
            auto size = range_difference_t<V>(ranges::size(w));
            return counted_iterator(ranges::begin(w), size < n ? size : n);
        } else {
            return counted_iterator(ranges::begin(w), n);
        }
    }
    template <bool is_const, class W>
    static constexpr auto last_of(W &w, range_difference_t<V> n)
    {
        if constexpr (sized_range<W> && random_access_range<W>) {
            auto size = range_difference_t<V>(ranges::size(w));
            return ranges::begin(w) + (size < n ? size : n);
        } else if constexpr (sized_range<W>) {
            return default_sentinel;
        } else {
            return sentinel<is_const>{ranges::end(w)};
        }
    }

  public:
    take_view()
        requires default_initializable<V>
    = default;
    constexpr take_view(V base, range_difference_t<V> count) : v(std::move(base)), n(count) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr auto begin()
        requires(!__simple_view<V>)
    {
        return first_of(v, n);
    }
    constexpr auto begin() const
        requires range<const V>
    {
        return first_of(v, n);
    }
    constexpr auto end()
        requires(!__simple_view<V>)
    {
        return last_of<false>(v, n);
    }
    constexpr auto end() const
        requires range<const V>
    {
        return last_of<true>(v, n);
    }
    constexpr auto size()
        requires sized_range<V>
    {
        auto size = ranges::size(v);
        return size < decltype(size)(n) ? size : decltype(size)(n);
    }
    constexpr auto size() const
        requires sized_range<const V>
    {
        auto size = ranges::size(v);
        return size < decltype(size)(n) ? size : decltype(size)(n);
    }
};
template <class R>
take_view(R &&, range_difference_t<R>) -> take_view<views::all_t<R>>;
template <class V>
inline constexpr bool enable_borrowed_range<take_view<V>> = enable_borrowed_range<V>;

template <view V>
class drop_view : public view_interface<drop_view<V>>
{
    V v = V();
    range_difference_t<V> n = 0;
    [[no_unique_address]] __cache<iterator_t<V>> first;

  public:
    drop_view()
        requires default_initializable<V>
    = default;
    constexpr drop_view(V base, range_difference_t<V> count) : v(std::move(base)), n(count) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr auto begin()
        requires(!(__simple_view<V> && random_access_range<const V> && sized_range<const V>))
    {
        if constexpr (random_access_range<V> || !forward_range<V>) {
            return ranges::next(ranges::begin(v), n, ranges::end(v));
        } else {
            if (!first)
                first.set(ranges::next(ranges::begin(v), n, ranges::end(v)));
            return *first;
        }
    }
    constexpr auto begin() const
        requires random_access_range<const V> && sized_range<const V>
    {
        return ranges::next(ranges::begin(v), n, ranges::end(v));
    }
    constexpr auto end()
        requires(!__simple_view<V>)
    {
        return ranges::end(v);
    }
    constexpr auto end() const
        requires range<const V>
    {
        return ranges::end(v);
    }
    constexpr auto size()
        requires sized_range<V>
    {
        auto size = ranges::size(v);
        return size < decltype(size)(n) ? 0 : size - decltype(size)(n);
    }
    constexpr auto size() const
        requires sized_range<const V>
    {
        auto size = ranges::size(v);
        return size < decltype(size)(n) ? 0 : size - decltype(size)(n);
    }
};
template <class R>
drop_view(R &&, range_difference_t<R>) -> drop_view<views::all_t<R>>;
template <class V>
inline constexpr bool enable_borrowed_range<drop_view<V>> = enable_borrowed_range<V>;

template <view V>
    requires(!common_range<V> && copyable<iterator_t<V>>)
class common_view : public view_interface<common_view<V>>
{
    V v = V();

    template <class W>
    static constexpr auto first_of(W &w)
    {
        if constexpr (random_access_range<W> && sized_range<W>)
            return ranges::begin(w);
        else
            return common_iterator<iterator_t<W>, sentinel_t<W>>(ranges::begin(w));
    }
    template <class W>
    static constexpr auto last_of(W &w)
    {
        if constexpr (random_access_range<W> && sized_range<W>)
            return ranges::begin(w) + range_difference_t<W>(ranges::size(w));
        else
            return common_iterator<iterator_t<W>, sentinel_t<W>>(ranges::end(w));
    }

  public:
    common_view()
        requires default_initializable<V>
    = default;
    constexpr explicit common_view(V base) : v(std::move(base)) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr auto begin() { return first_of(v); }
    constexpr auto begin() const
        requires range<const V>
    {
        return first_of(v);
    }
    constexpr auto end() { return last_of(v); }
    constexpr auto end() const
        requires range<const V>
    {
        return last_of(v);
    }
    constexpr auto size()
        requires sized_range<V>
    {
        return ranges::size(v);
    }
    constexpr auto size() const
        requires sized_range<const V>
    {
        return ranges::size(v);
    }
};
template <class R>
common_view(R &&) -> common_view<views::all_t<R>>;
template <class V>
inline constexpr bool enable_borrowed_range<common_view<V>> = enable_borrowed_range<V>;

template <view V>
    requires bidirectional_range<V>
class reverse_view : public view_interface<reverse_view<V>>
{
    V v = V();
    [[no_unique_address]] __cache<iterator_t<V>> last;

  public:
    reverse_view()
        requires default_initializable<V>
    = default;
    constexpr explicit reverse_view(V base) : v(std::move(base)) {}
    constexpr V base() const &
        requires copy_constructible<V>
    {
        return v;
    }
    constexpr V base() && { return std::move(v); }
    constexpr reverse_iterator<iterator_t<V>> begin()
    {
        if constexpr (common_range<V>) {
            return std::make_reverse_iterator(ranges::end(v));
        } else {
            if (!last)
                last.set(ranges::next(ranges::begin(v), ranges::end(v)));
            return std::make_reverse_iterator(*last);
        }
    }
    constexpr auto begin() const
        requires common_range<const V>
    {
        return std::make_reverse_iterator(ranges::end(v));
    }
    constexpr reverse_iterator<iterator_t<V>> end()
    {
        return std::make_reverse_iterator(ranges::begin(v));
    }
    constexpr auto end() const
        requires common_range<const V>
    {
        return std::make_reverse_iterator(ranges::begin(v));
    }
    constexpr auto size()
        requires sized_range<V>
    {
        return ranges::size(v);
    }
    constexpr auto size() const
        requires sized_range<const V>
    {
        return ranges::size(v);
    }
};
template <class R>
reverse_view(R &&) -> reverse_view<views::all_t<R>>;
template <class V>
inline constexpr bool enable_borrowed_range<reverse_view<V>> = enable_borrowed_range<V>;

template <class T>
inline constexpr bool __is_reverse_view = false;
template <class V>
inline constexpr bool __is_reverse_view<reverse_view<V>> = true;

namespace views
{
template <template <class> class View>
struct __with_count {
    template <viewable_range R>
    constexpr auto operator()(R &&r, range_difference_t<R> n) const
    {
        return View<all_t<R>>(all(static_cast<R &&>(r)), n);
    }
    template <class N>
        requires(!range<N>)
    constexpr auto operator()(N &&n) const
    {
        return __bound<__with_count, decay_t<N>>(static_cast<N &&>(n));
    }
};
inline constexpr __with_count<take_view> take{};
inline constexpr __with_count<drop_view> drop{};

struct __counted {
    template <input_or_output_iterator I>
    constexpr auto operator()(I i, iter_difference_t<I> n) const
    {
        if constexpr (contiguous_iterator<I>)
            return span<remove_reference_t<iter_reference_t<I>>>(std::to_address(i), size_t(n));
        else if constexpr (random_access_iterator<I>)
            return subrange(i, i + n);
        else
            return subrange(counted_iterator(std::move(i), n), default_sentinel);
    }
};
inline constexpr __counted counted{};

struct __common : __closure<__common> {
    template <viewable_range R>
    constexpr auto operator()(R &&r) const
    {
        if constexpr (common_range<R>)
            return all(static_cast<R &&>(r));
        else
            return common_view<all_t<R>>(all(static_cast<R &&>(r)));
    }
};
inline constexpr __common common{};

struct __reverse : __closure<__reverse> {
    template <viewable_range R>
        requires bidirectional_range<R>
    constexpr auto operator()(R &&r) const
    {
        if constexpr (__is_reverse_view<remove_cvref_t<R>>)
            return static_cast<R &&>(r).base();
        else
            return reverse_view<all_t<R>>(all(static_cast<R &&>(r)));
    }
};
inline constexpr __reverse reverse{};
} // namespace views

} // namespace std::ranges
