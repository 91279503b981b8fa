// The concepts of ranges ([range.range], [range.refinements]), and moving iterators up to a
// sentinel
// ([range.iter.ops]).
#pragma once

#include <bits/ranges_access.h>

namespace std
{
namespace ranges
{

template <class R>
concept range = requires(R &r) {
    ranges::begin(r);
    ranges::end(r);
};
template <range R>
using sentinel_t = decltype(ranges::end(declval<R &>()));
template <range R>
using range_difference_t = iter_difference_t<iterator_t<R>>;
template <range R>
using range_value_t = iter_value_t<iterator_t<R>>;
template <range R>
using range_reference_t = iter_reference_t<iterator_t<R>>;
template <range R>
using range_rvalue_reference_t = iter_rvalue_reference_t<iterator_t<R>>;
template <range R>
using range_common_reference_t = iter_common_reference_t<iterator_t<R>>;

template <class R>
concept borrowed_range = range<R> && __may_borrow<R>;
template <class R>
concept sized_range = range<R> && requires(R &r) { ranges::size(r); };
template <sized_range R>
using range_size_t = decltype(ranges::size(declval<R &>()));
template <class R, class T>
concept output_range = range<R> && output_iterator<iterator_t<R>, T>;
template <class R>
concept input_range = range<R> && input_iterator<iterator_t<R>>;
template <class R>
concept forward_range = input_range<R> && forward_iterator<iterator_t<R>>;
template <class R>
concept bidirectional_range = forward_range<R> && bidirectional_iterator<iterator_t<R>>;
template <class R>
concept random_access_range = bidirectional_range<R> && random_access_iterator<iterator_t<R>>;
template <class R>
concept contiguous_range =
    random_access_range<R> && contiguous_iterator<iterator_t<R>> && requires(R &r) {
        { ranges::data(r) } -> same_as<add_pointer_t<range_reference_t<R>>>;
    };
template <class R>
concept common_range = range<R> && same_as<iterator_t<R>, sentinel_t<R>>;

struct view_base {
};
template <class D>
    requires is_class_v<D> && same_as<D, remove_cv_t<D>>
class view_interface;
template <class D>
void __from_view_interface(const view_interface<D> *);
template <class T>
inline constexpr bool enable_view = derived_from<T, view_base> || requires(const volatile T *t) {
    ranges::__from_view_interface(const_cast<const T *>(t));
};
template <class T>
concept view = range<T> && movable<T> && enable_view<T>;
template <class T>
inline constexpr bool __is_initializer_list = false;
template <class T>
inline constexpr bool __is_initializer_list<initializer_list<T>> = true;
template <class R>
concept viewable_range =
    range<R> && ((view<remove_cvref_t<R>> && constructible_from<remove_cvref_t<R>, R>) ||
                 (!view<remove_cvref_t<R>> &&
                  (is_lvalue_reference_v<R> ||
                   (movable<remove_reference_t<R>> && !__is_initializer_list<remove_cvref_t<R>>))));

// What an algorithm returns instead of an iterator into a range that is gone.
struct dangling {
    constexpr dangling() noexcept = default;
    template <class... T>
    constexpr dangling(T &&...) noexcept
    {
    }
};
template <range R>
using borrowed_iterator_t = conditional_t<borrowed_range<R>, iterator_t<R>, dangling>;

namespace __operations
{
struct advance_function {
    template <input_or_output_iterator I>
    constexpr void operator()(I &i, iter_difference_t<I> n) const
    {
        if constexpr (random_access_iterator<I>) {
            i += n;
        } else {
            for (; n > 0; --n)
                ++i;
            if constexpr (bidirectional_iterator<I>)
                for (; n < 0; ++n)
                    --i;
        }
    }
    template <input_or_output_iterator I, sentinel_for<I> S>
    constexpr void operator()(I &i, S end) const
    {
        if constexpr (assignable_from<I &, S>)
            i = std::move(end);
        else if constexpr (sized_sentinel_for<S, I>)
            (*this)(i, end - i);
        else
            while (i != end)
                ++i;
    }
    // Returns what was not gone of n.
    template <input_or_output_iterator I, sentinel_for<I> S>
    constexpr iter_difference_t<I> operator()(I &i, iter_difference_t<I> n, S end) const
    {
        if constexpr (sized_sentinel_for<S, I>) {
            auto room = end - i;
            if (n >= 0 ? n >= room : n <= room) {
                (*this)(i, end);
                return n - room;
            }
            (*this)(i, n);
            return 0;
        } else {
            for (; n > 0 && i != end; --n)
                ++i;
            if constexpr (bidirectional_iterator<I> && same_as<I, S>)
                for (; n < 0 && i != end; ++n)
                    --i;
            return n;
        }
    }
};
} // namespace __operations
inline namespace __functions
{
inline constexpr __operations::advance_function advance{};
}

namespace __operations
{
struct distance_function {
    template <class I, sentinel_for<I> S>
        requires(!sized_sentinel_for<S, I>)
    constexpr iter_difference_t<I> operator()(I first, S last) const
    {
        iter_difference_t<I> n = 0;
        for (; first != last; ++first)
            ++n;
        return n;
    }
    template <class I, sized_sentinel_for<decay_t<I>> S>
    constexpr iter_difference_t<decay_t<I>> operator()(I &&first, S last) const
    {
        return last - static_cast<const decay_t<I> &>(first);
    }
    template <range R>
    constexpr range_difference_t<R> operator()(R &&r) const
    {
        if constexpr (sized_range<R>)
            return static_cast<range_difference_t<R>>(ranges::size(r));
        else
            return (*this)(ranges::begin(r), ranges::end(r));
    }
};
struct next_function {
    template <input_or_output_iterator I>
    constexpr I operator()(I i) const
    {
        ++i;
        return i;
    }
    template <input_or_output_iterator I>
    constexpr I operator()(I i, iter_difference_t<I> n) const
    {
        ranges::advance(i, n);
        return i;
    }
    template <input_or_output_iterator I, sentinel_for<I> S>
    constexpr I operator()(I i, S end) const
    {
        ranges::advance(i, end);
        return i;
    }
    template <input_or_output_iterator I, sentinel_for<I> S>
    constexpr I operator()(I i, iter_difference_t<I> n, S end) const
    {
        ranges::advance(i, n, end);
        return i;
    }
};
struct prev_function {
    template <bidirectional_iterator I>
    constexpr I operator()(I i) const
    {
        --i;
        return i;
    }
    template <bidirectional_iterator I>
    constexpr I operator()(I i, iter_difference_t<I> n) const
    {
        ranges::advance(i, -n);
        return i;
    }
    template <bidirectional_iterator I>
    constexpr I operator()(I i, iter_difference_t<I> n, I end) const
    {
        ranges::advance(i, -n, end);
        return i;
    }
};
} // namespace __operations
inline namespace __functions
{
inline constexpr __operations::distance_function distance{};
inline constexpr __operations::next_function next{};
inline constexpr __operations::prev_function prev{};
} // namespace __functions

} // namespace ranges
} // namespace std
