// Iterator categories, traits, concepts, and the functions that move iterators.
#pragma once

#include <concepts>
#include <utility>

namespace std
{

struct input_iterator_tag {
};
struct output_iterator_tag {
};
struct forward_iterator_tag : input_iterator_tag {
};
struct bidirectional_iterator_tag : forward_iterator_tag {
};
struct random_access_iterator_tag : bidirectional_iterator_tag {
};
struct contiguous_iterator_tag : random_access_iterator_tag {
};

template <class I>
struct iterator_traits {
};
template <class I>
    requires requires {
        typename I::iterator_category;
        typename I::value_type;
        typename I::difference_type;
        typename I::pointer;
        typename I::reference;
    }
struct iterator_traits<I> {
    using iterator_category = typename I::iterator_category;
    using value_type = typename I::value_type;
    using difference_type = typename I::difference_type;
    using pointer = typename I::pointer;
    using reference = typename I::reference;
};
template <class T>
struct iterator_traits<T *> {
    using iterator_concept = contiguous_iterator_tag;
    using iterator_category = random_access_iterator_tag;
    using value_type = remove_cv_t<T>;
    using difference_type = ptrdiff_t;
    using pointer = T *;
    using reference = T &;
};

template <class Category, class T, class Distance = ptrdiff_t, class Pointer = T *,
          class Reference = T &>
struct iterator { // deprecated, but written in many programs
    using iterator_category = Category;
    using value_type = T;
    using difference_type = Distance;
    using pointer = Pointer;
    using reference = Reference;
};

template <class I>
using iter_value_t = typename iterator_traits<remove_cvref_t<I>>::value_type;
template <class I>
using iter_difference_t = typename iterator_traits<remove_cvref_t<I>>::difference_type;
template <class I>
using iter_reference_t = decltype(*declval<I &>());
template <class I>
using __category = typename iterator_traits<I>::iterator_category;

template <class I>
concept __iterator = requires { typename __category<I>; };
template <class I>
concept input_iterator = __iterator<I> && is_convertible_v<__category<I>, input_iterator_tag>;
template <class I>
concept forward_iterator = __iterator<I> && is_convertible_v<__category<I>, forward_iterator_tag>;
template <class I>
concept bidirectional_iterator =
    __iterator<I> && is_convertible_v<__category<I>, bidirectional_iterator_tag>;
template <class I>
concept random_access_iterator =
    __iterator<I> && is_convertible_v<__category<I>, random_access_iterator_tag>;
template <class I>
concept contiguous_iterator = is_pointer_v<I> || requires {
    requires is_same_v<typename I::iterator_concept, contiguous_iterator_tag>;
};
template <class S, class I>
concept sentinel_for = requires(const I &i, const S &s) {
    { i == s } -> convertible_to<bool>;
};

template <class I, class D>
constexpr void advance(I &i, D n)
{
    if constexpr (random_access_iterator<I>) {
        i += iter_difference_t<I>(n);
    } else {
        for (; n > 0; --n)
            ++i;
        if constexpr (bidirectional_iterator<I>)
            for (; n < 0; ++n)
                --i;
    }
}
template <class I>
constexpr iter_difference_t<I> distance(I first, I last)
{
    if constexpr (random_access_iterator<I>) {
        return last - first;
    } else {
        iter_difference_t<I> n = 0;
        for (; first != last; ++first)
            ++n;
        return n;
    }
}
template <class I>
constexpr I next(I i, iter_difference_t<I> n = 1)
{
    std::advance(i, n);
    return i;
}
template <class I>
constexpr I prev(I i, iter_difference_t<I> n = 1)
{
    std::advance(i, -n);
    return i;
}

// The address of what a contiguous iterator points at.
template <class T>
constexpr T *to_address(T *p) noexcept
{
    return p;
}
template <class P>
constexpr auto to_address(const P &p) noexcept
{
    return std::to_address(p.operator->());
}

struct default_sentinel_t {
};
inline constexpr default_sentinel_t default_sentinel{};

} // namespace std
