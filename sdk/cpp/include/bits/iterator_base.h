// Iterator categories and traits ([iterator.traits]), and the functions that move iterators.
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

template <class T>
concept __referenceable = requires { static_cast<void (*)(T &)>(nullptr); };
template <class I>
concept __dereferenceable = requires(I &i) {
    { *i } -> __referenceable;
};

template <class I>
struct incrementable_traits {
};
template <class T>
    requires is_object_v<T>
struct incrementable_traits<T *> {
    using difference_type = ptrdiff_t;
};
template <class I>
struct incrementable_traits<const I> : incrementable_traits<I> {
};
template <class T>
    requires requires { typename T::difference_type; }
struct incrementable_traits<T> {
    using difference_type = typename T::difference_type;
};
template <class T>
    requires(
        !requires { typename T::difference_type; } &&
        requires(const T &a, const T &b) {
            { a - b } -> integral;
        })
struct incrementable_traits<T> {
    using difference_type = make_signed_t<decltype(declval<T>() - declval<T>())>;
};

template <class T>
struct __value_type_of {
};
template <class T>
    requires is_object_v<T>
struct __value_type_of<T> {
    using value_type = remove_cv_t<T>;
};
template <class I>
struct indirectly_readable_traits {
};
template <class T>
struct indirectly_readable_traits<T *> : __value_type_of<T> {
};
template <class I>
    requires is_array_v<I>
struct indirectly_readable_traits<I> {
    using value_type = remove_cv_t<remove_extent_t<I>>;
};
template <class I>
struct indirectly_readable_traits<const I> : indirectly_readable_traits<I> {
};
template <class T>
concept __has_value_type = requires { typename T::value_type; };
template <class T>
concept __has_element_type = requires { typename T::element_type; };
template <__has_value_type T>
    requires(!__has_element_type<T>)
struct indirectly_readable_traits<T> : __value_type_of<typename T::value_type> {
};
template <__has_element_type T>
    requires(!__has_value_type<T>)
struct indirectly_readable_traits<T> : __value_type_of<typename T::element_type> {
};
template <__has_value_type T>
    requires __has_element_type<T> &&
             same_as<remove_cv_t<typename T::element_type>, remove_cv_t<typename T::value_type>>
struct indirectly_readable_traits<T> : __value_type_of<typename T::value_type> {
};

template <__dereferenceable I>
using iter_reference_t = decltype(*declval<I &>());

// What an iterator without the five member types offers ([iterator.traits]/2).
template <class I>
concept __cpp17_iterator = copyable<I> && requires(I i) {
    { *i } -> __referenceable;
    { ++i } -> same_as<I &>;
    { *i++ } -> __referenceable;
};
template <class I>
concept __cpp17_input = __cpp17_iterator<I> && equality_comparable<I> && requires(I i) {
    typename incrementable_traits<I>::difference_type;
    typename indirectly_readable_traits<I>::value_type;
    typename common_reference_t<iter_reference_t<I> &&,
                                typename indirectly_readable_traits<I>::value_type &>;
    *i++;
    typename common_reference_t<decltype(*i++) &&,
                                typename indirectly_readable_traits<I>::value_type &>;
    requires signed_integral<typename incrementable_traits<I>::difference_type>;
};
template <class I>
concept __cpp17_forward =
    __cpp17_input<I> && constructible_from<I> && is_reference_v<iter_reference_t<I>> &&
    same_as<remove_cvref_t<iter_reference_t<I>>,
            typename indirectly_readable_traits<I>::value_type> &&
    requires(I i) {
        { i++ } -> convertible_to<const I &>;
        { *i++ } -> same_as<iter_reference_t<I>>;
    };
template <class I>
concept __cpp17_bidirectional = __cpp17_forward<I> && requires(I i) {
    { --i } -> same_as<I &>;
    { i-- } -> convertible_to<const I &>;
    { *i-- } -> same_as<iter_reference_t<I>>;
};
template <class I>
concept __cpp17_random_access = __cpp17_bidirectional<I> && totally_ordered<I> &&
                                requires(I i, typename incrementable_traits<I>::difference_type n) {
                                    { i += n } -> same_as<I &>;
                                    { i -= n } -> same_as<I &>;
                                    { i + n } -> same_as<I>;
                                    { n + i } -> same_as<I>;
                                    { i - n } -> same_as<I>;
                                    { i - i } -> same_as<decltype(n)>;
                                    { i[n] } -> convertible_to<iter_reference_t<I>>;
                                };

template <class I>
concept __has_iterator_types = requires {
    typename I::iterator_category;
    typename I::value_type;
    typename I::difference_type;
    typename I::reference;
};
template <class I>
struct __pointer_of {
    using type = void;
};
template <class I>
    requires requires { typename I::pointer; }
struct __pointer_of<I> {
    using type = typename I::pointer;
};
template <class I>
struct __reference_of {
    using type = iter_reference_t<I>;
};
template <class I>
    requires requires { typename I::reference; }
struct __reference_of<I> {
    using type = typename I::reference;
};
template <class I>
struct __arrow_of {
    using type = void;
};
template <class I>
    requires requires(I &i) { i.operator->(); }
struct __arrow_of<I> {
    using type = decltype(declval<I &>().operator->());
};
template <class I>
    requires requires { typename I::pointer; }
struct __arrow_of<I> {
    using type = typename I::pointer;
};
template <class I>
struct __category_of {
    using type = conditional_t<
        __cpp17_random_access<I>, random_access_iterator_tag,
        conditional_t<__cpp17_bidirectional<I>, bidirectional_iterator_tag,
                      conditional_t<__cpp17_forward<I>, forward_iterator_tag, input_iterator_tag>>>;
};
template <class I>
    requires requires { typename I::iterator_category; }
struct __category_of<I> {
    using type = typename I::iterator_category;
};
template <class I>
struct __difference_of {
    using type = void;
};
template <class I>
    requires requires { typename incrementable_traits<I>::difference_type; }
struct __difference_of<I> {
    using type = typename incrementable_traits<I>::difference_type;
};

// __primary tells these apart from a program's own specializations.
template <class I>
struct iterator_traits {
    using __primary = iterator_traits;
};
template <class I>
    requires __has_iterator_types<I>
struct iterator_traits<I> {
    using __primary = iterator_traits;
    using iterator_category = typename I::iterator_category;
    using value_type = typename I::value_type;
    using difference_type = typename I::difference_type;
    using pointer = typename __pointer_of<I>::type;
    using reference = typename I::reference;
};
template <class I>
    requires(!__has_iterator_types<I> && __cpp17_input<I>)
struct iterator_traits<I> {
    using __primary = iterator_traits;
    using iterator_category = typename __category_of<I>::type;
    using value_type = typename indirectly_readable_traits<I>::value_type;
    using difference_type = typename incrementable_traits<I>::difference_type;
    using pointer = typename __arrow_of<I>::type;
    using reference = typename __reference_of<I>::type;
};
template <class I>
    requires(!__has_iterator_types<I> && !__cpp17_input<I> && __cpp17_iterator<I>)
struct iterator_traits<I> {
    using __primary = iterator_traits;
    using iterator_category = output_iterator_tag;
    using value_type = void;
    using difference_type = typename __difference_of<I>::type;
    using pointer = void;
    using reference = void;
};
template <class T>
    requires is_object_v<T>
struct iterator_traits<T *> {
    using iterator_concept = contiguous_iterator_tag;
    using iterator_category = random_access_iterator_tag;
    using value_type = remove_cv_t<T>;
    using difference_type = ptrdiff_t;
    using pointer = T *;
    using reference = T &;
};
template <class I>
concept __traits_from_primary =
    requires { typename iterator_traits<I>::__primary; } || !requires(iterator_traits<I> t) { t; };

template <class Category, class T, class Distance = ptrdiff_t, class Pointer = T *,
          class Reference = T &>
struct iterator { // deprecated, but written in many programs
    using iterator_category = Category;
    using value_type = T;
    using difference_type = Distance;
    using pointer = Pointer;
    using reference = Reference;
};

template <class I, bool primary = __traits_from_primary<remove_cvref_t<I>>>
struct __iter_types : iterator_traits<remove_cvref_t<I>> {
    using value = iterator_traits<remove_cvref_t<I>>;
    using difference = iterator_traits<remove_cvref_t<I>>;
};
template <class I>
struct __iter_types<I, true> {
    using value = indirectly_readable_traits<remove_cvref_t<I>>;
    using difference = incrementable_traits<remove_cvref_t<I>>;
};
template <class I>
using iter_value_t = typename __iter_types<I>::value::value_type;
template <class I>
using iter_difference_t = typename __iter_types<I>::difference::difference_type;
template <class I>
using __category = typename iterator_traits<I>::iterator_category;
template <class I>
using __traits_value = typename iterator_traits<I>::value_type;
template <class I>
using __traits_difference = typename iterator_traits<I>::difference_type;

// The requirements of C++17, which containers and algorithms have, by the category that an iterator
// says it has.
template <class I>
concept __has_category = requires { typename __category<I>; };
template <class I>
concept __input_category = __has_category<I> && is_convertible_v<__category<I>, input_iterator_tag>;
template <class I>
concept __forward_category =
    __has_category<I> && is_convertible_v<__category<I>, forward_iterator_tag>;
template <class I>
concept __bidirectional_category =
    __has_category<I> && is_convertible_v<__category<I>, bidirectional_iterator_tag>;
template <class I>
concept __random_access_category =
    __has_category<I> && is_convertible_v<__category<I>, random_access_iterator_tag>;
// Elements stand behind each other in memory.
template <class I>
concept __contiguous_category = is_pointer_v<I> || requires {
    requires is_same_v<typename I::iterator_concept, contiguous_iterator_tag>;
};

template <class I, class D>
constexpr void advance(I &i, D distance)
{
    auto n = __traits_difference<I>(distance);
    if constexpr (__random_access_category<I>) {
        i += n;
    } else {
        for (; n > 0; --n)
            ++i;
        if constexpr (__bidirectional_category<I>)
            for (; n < 0; ++n)
                --i;
    }
}
template <class I>
constexpr __traits_difference<I> distance(I first, I last)
{
    if constexpr (__random_access_category<I>) {
        return last - first;
    } else {
        __traits_difference<I> n = 0;
        for (; first != last; ++first)
            ++n;
        return n;
    }
}
template <__input_category I>
constexpr I next(I i, __traits_difference<I> n = 1)
{
    std::advance(i, n);
    return i;
}
template <__bidirectional_category I>
constexpr I prev(I i, __traits_difference<I> n = 1)
{
    std::advance(i, -n);
    return i;
}

template <class P>
struct pointer_traits;

// The address that a pointer, or what is like one, stands for.
template <class T>
constexpr T *to_address(T *p) noexcept
{
    static_assert(!is_function_v<T>);
    return p;
}
template <class P>
constexpr auto to_address(const P &p) noexcept
{
    if constexpr (requires { pointer_traits<P>::to_address(p); })
        return pointer_traits<P>::to_address(p);
    else
        return std::to_address(p.operator->());
}

struct default_sentinel_t {
};
inline constexpr default_sentinel_t default_sentinel{};
struct unreachable_sentinel_t {
    template <class I>
    friend constexpr bool operator==(unreachable_sentinel_t, const I &) noexcept
        requires requires(I &i) { ++i; }
    {
        return false;
    }
};
inline constexpr unreachable_sentinel_t unreachable_sentinel{};

} // namespace std
