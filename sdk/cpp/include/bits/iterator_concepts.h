// The concepts of C++20 about iterators ([iterator.concepts]) and about functions of what they
// point at ([indirectcallable], [alg.req]).
#pragma once

#include <bits/iterator_base.h>
#include <bits/operations.h>
#include <compare>

namespace std
{

namespace ranges
{
namespace __iter_move
{
void iter_move(); // what lookup by arguments finds, or nothing

template <class I>
concept by_lookup = (is_class_v<remove_cvref_t<I>> || is_enum_v<remove_cvref_t<I>> ||
                     is_union_v<remove_cvref_t<I>>) &&
                    requires(I &&i) { iter_move(static_cast<I &&>(i)); };

struct function {
    template <class I>
        requires by_lookup<I>
    constexpr decltype(auto) operator()(I &&i) const
        noexcept(noexcept(iter_move(static_cast<I &&>(i))))
    {
        return iter_move(static_cast<I &&>(i));
    }
    template <class I>
        requires(!by_lookup<I> && requires(I &&i) { *static_cast<I &&>(i); })
    constexpr auto operator()(I &&i) const noexcept(noexcept(*static_cast<I &&>(i)))
        -> conditional_t<is_lvalue_reference_v<decltype(*static_cast<I &&>(i))>,
                         remove_reference_t<decltype(*static_cast<I &&>(i))> &&,
                         decltype(*static_cast<I &&>(i))>
    {
        if constexpr (is_lvalue_reference_v<decltype(*static_cast<I &&>(i))>)
            return std::move(*static_cast<I &&>(i));
        else
            return *static_cast<I &&>(i);
    }
};
} // namespace __iter_move
inline namespace __functions
{
inline constexpr __iter_move::function iter_move{};
}
} // namespace ranges

template <__dereferenceable I>
    requires requires(I &i) {
        { ranges::iter_move(i) } -> __referenceable;
    }
using iter_rvalue_reference_t = decltype(ranges::iter_move(declval<I &>()));

template <class I>
concept __readable =
    requires(const I i) {
        typename iter_value_t<I>;
        typename iter_reference_t<I>;
        typename iter_rvalue_reference_t<I>;
        { *i } -> same_as<iter_reference_t<I>>;
        { ranges::iter_move(i) } -> same_as<iter_rvalue_reference_t<I>>;
    } && common_reference_with<iter_reference_t<I> &&, iter_value_t<I> &> &&
    common_reference_with<iter_reference_t<I> &&, iter_rvalue_reference_t<I> &&> &&
    common_reference_with<iter_rvalue_reference_t<I> &&, const iter_value_t<I> &>;
template <class I>
concept indirectly_readable = __readable<remove_cvref_t<I>>;
template <indirectly_readable I>
using iter_common_reference_t = common_reference_t<iter_reference_t<I>, iter_value_t<I> &>;

template <class O, class T>
concept indirectly_writable = requires(O &&o, T &&t) {
    *o = static_cast<T &&>(t);
    *static_cast<O &&>(o) = static_cast<T &&>(t);
    const_cast<const iter_reference_t<O> &&>(*o) = static_cast<T &&>(t);
    const_cast<const iter_reference_t<O> &&>(*static_cast<O &&>(o)) = static_cast<T &&>(t);
};

template <class T>
concept __signed_integer_like = signed_integral<T> || is_same_v<T, __int128>;
template <class I>
concept weakly_incrementable = movable<I> && requires(I i) {
    typename iter_difference_t<I>;
    requires __signed_integer_like<iter_difference_t<I>>;
    { ++i } -> same_as<I &>;
    i++;
};
template <class I>
concept incrementable = regular<I> && weakly_incrementable<I> && requires(I i) {
    { i++ } -> same_as<I>;
};
template <class I>
concept input_or_output_iterator = requires(I i) {
    { *i } -> __referenceable;
} && weakly_incrementable<I>;
template <class S, class I>
concept sentinel_for =
    semiregular<S> && input_or_output_iterator<I> && __weakly_equality_comparable_with<S, I>;
template <class S, class I>
inline constexpr bool disable_sized_sentinel_for = false;
template <class S, class I>
concept sized_sentinel_for =
    sentinel_for<S, I> && !disable_sized_sentinel_for<remove_cv_t<S>, remove_cv_t<I>> &&
    requires(const I &i, const S &s) {
        { s - i } -> same_as<iter_difference_t<I>>;
        { i - s } -> same_as<iter_difference_t<I>>;
    };

// ITER_CONCEPT: the tag that says which concept an iterator means to model.
template <class I>
struct __iter_traits_of : type_identity<iterator_traits<I>> {
};
template <class I>
    requires __traits_from_primary<I>
struct __iter_traits_of<I> : type_identity<I> {
};
template <class I>
struct __iter_concept {
};
template <class I>
    requires requires { typename __iter_traits_of<I>::type::iterator_concept; }
struct __iter_concept<I> : type_identity<typename __iter_traits_of<I>::type::iterator_concept> {
};
template <class I>
    requires(
        !requires { typename __iter_traits_of<I>::type::iterator_concept; } &&
        requires { typename __iter_traits_of<I>::type::iterator_category; })
struct __iter_concept<I> : type_identity<typename __iter_traits_of<I>::type::iterator_category> {
};
template <class I>
    requires(
        !requires { typename __iter_traits_of<I>::type::iterator_concept; } &&
        !requires { typename __iter_traits_of<I>::type::iterator_category; } &&
        __traits_from_primary<I>)
struct __iter_concept<I> : type_identity<random_access_iterator_tag> {
};
template <class I, class Tag>
concept __means = derived_from<typename __iter_concept<I>::type, Tag>;

template <class I, class T>
concept output_iterator = input_or_output_iterator<I> && indirectly_writable<I, T> &&
                          requires(I i, T &&t) { *i++ = static_cast<T &&>(t); };
template <class I>
concept input_iterator =
    input_or_output_iterator<I> && indirectly_readable<I> && __means<I, input_iterator_tag>;
template <class I>
concept forward_iterator =
    input_iterator<I> && __means<I, forward_iterator_tag> && incrementable<I> && sentinel_for<I, I>;
template <class I>
concept bidirectional_iterator =
    forward_iterator<I> && __means<I, bidirectional_iterator_tag> && requires(I i) {
        { --i } -> same_as<I &>;
        { i-- } -> same_as<I>;
    };
template <class I>
concept random_access_iterator =
    bidirectional_iterator<I> && __means<I, random_access_iterator_tag> && totally_ordered<I> &&
    sized_sentinel_for<I, I> && requires(I i, const I j, const iter_difference_t<I> n) {
        { i += n } -> same_as<I &>;
        { j + n } -> same_as<I>;
        { n + j } -> same_as<I>;
        { i -= n } -> same_as<I &>;
        { j - n } -> same_as<I>;
        { j[n] } -> same_as<iter_reference_t<I>>;
    };
template <class I>
concept contiguous_iterator =
    random_access_iterator<I> && __means<I, contiguous_iterator_tag> &&
    is_lvalue_reference_v<iter_reference_t<I>> &&
    same_as<iter_value_t<I>, remove_cvref_t<iter_reference_t<I>>> && requires(const I &i) {
        { std::to_address(i) } -> same_as<add_pointer_t<iter_reference_t<I>>>;
    };

template <class F, class I>
concept indirectly_unary_invocable =
    indirectly_readable<I> && copy_constructible<F> && invocable<F &, iter_value_t<I> &> &&
    invocable<F &, iter_reference_t<I>> && invocable<F &, iter_common_reference_t<I>> &&
    common_reference_with<invoke_result_t<F &, iter_value_t<I> &>,
                          invoke_result_t<F &, iter_reference_t<I>>>;
template <class F, class I>
concept indirectly_regular_unary_invocable = indirectly_unary_invocable<F, I>;
template <class F, class I>
concept indirect_unary_predicate =
    indirectly_readable<I> && copy_constructible<F> && predicate<F &, iter_value_t<I> &> &&
    predicate<F &, iter_reference_t<I>> && predicate<F &, iter_common_reference_t<I>>;
template <class F, class I, class J>
concept indirect_binary_predicate =
    indirectly_readable<I> && indirectly_readable<J> && copy_constructible<F> &&
    predicate<F &, iter_value_t<I> &, iter_value_t<J> &> &&
    predicate<F &, iter_value_t<I> &, iter_reference_t<J>> &&
    predicate<F &, iter_reference_t<I>, iter_value_t<J> &> &&
    predicate<F &, iter_reference_t<I>, iter_reference_t<J>> &&
    predicate<F &, iter_common_reference_t<I>, iter_common_reference_t<J>>;
template <class F, class I, class J = I>
concept indirect_equivalence_relation =
    indirectly_readable<I> && indirectly_readable<J> && copy_constructible<F> &&
    equivalence_relation<F &, iter_value_t<I> &, iter_value_t<J> &> &&
    equivalence_relation<F &, iter_value_t<I> &, iter_reference_t<J>> &&
    equivalence_relation<F &, iter_reference_t<I>, iter_value_t<J> &> &&
    equivalence_relation<F &, iter_reference_t<I>, iter_reference_t<J>> &&
    equivalence_relation<F &, iter_common_reference_t<I>, iter_common_reference_t<J>>;
template <class F, class I, class J = I>
concept indirect_strict_weak_order =
    indirectly_readable<I> && indirectly_readable<J> && copy_constructible<F> &&
    strict_weak_order<F &, iter_value_t<I> &, iter_value_t<J> &> &&
    strict_weak_order<F &, iter_value_t<I> &, iter_reference_t<J>> &&
    strict_weak_order<F &, iter_reference_t<I>, iter_value_t<J> &> &&
    strict_weak_order<F &, iter_reference_t<I>, iter_reference_t<J>> &&
    strict_weak_order<F &, iter_common_reference_t<I>, iter_common_reference_t<J>>;
template <class F, class... I>
    requires(indirectly_readable<I> && ...) && invocable<F, iter_reference_t<I>...>
using indirect_result_t = invoke_result_t<F, iter_reference_t<I>...>;

// What a projection makes of an iterator; never made, only asked.
template <class I, class P>
struct __projected {
    struct type {
        using value_type = remove_cvref_t<indirect_result_t<P &, I>>;
        indirect_result_t<P &, I> operator*() const;
    };
};
template <weakly_incrementable I, class P>
struct __projected<I, P> {
    struct type {
        using value_type = remove_cvref_t<indirect_result_t<P &, I>>;
        using difference_type = iter_difference_t<I>;
        indirect_result_t<P &, I> operator*() const;
    };
};
template <indirectly_readable I, indirectly_regular_unary_invocable<I> P>
using projected = typename __projected<I, P>::type;

template <class In, class Out>
concept indirectly_movable =
    indirectly_readable<In> && indirectly_writable<Out, iter_rvalue_reference_t<In>>;
template <class In, class Out>
concept indirectly_movable_storable =
    indirectly_movable<In, Out> && indirectly_writable<Out, iter_value_t<In>> &&
    movable<iter_value_t<In>> &&
    constructible_from<iter_value_t<In>, iter_rvalue_reference_t<In>> &&
    assignable_from<iter_value_t<In> &, iter_rvalue_reference_t<In>>;
template <class In, class Out>
concept indirectly_copyable =
    indirectly_readable<In> && indirectly_writable<Out, iter_reference_t<In>>;
template <class In, class Out>
concept indirectly_copyable_storable =
    indirectly_copyable<In, Out> && indirectly_writable<Out, iter_value_t<In> &> &&
    indirectly_writable<Out, const iter_value_t<In> &> &&
    indirectly_writable<Out, iter_value_t<In> &&> &&
    indirectly_writable<Out, const iter_value_t<In> &&> && copyable<iter_value_t<In>> &&
    constructible_from<iter_value_t<In>, iter_reference_t<In>> &&
    assignable_from<iter_value_t<In> &, iter_reference_t<In>>;

namespace ranges
{
namespace __iter_swap
{
template <class I, class J>
void iter_swap(I, J) = delete; // what lookup by arguments finds, or nothing

template <class I, class J>
concept by_lookup =
    (is_class_v<remove_cvref_t<I>> || is_enum_v<remove_cvref_t<I>> ||
     is_class_v<remove_cvref_t<J>> || is_enum_v<remove_cvref_t<J>>) &&
    requires(I &&i, J &&j) { iter_swap(static_cast<I &&>(i), static_cast<J &&>(j)); };
template <class I, class J>
concept by_reference = !by_lookup<I, J> && indirectly_readable<I> && indirectly_readable<J> &&
                       swappable_with<iter_reference_t<I>, iter_reference_t<J>>;

struct function {
    template <class I, class J>
        requires by_lookup<I, J>
    constexpr void operator()(I &&i, J &&j) const
        noexcept(noexcept(iter_swap(static_cast<I &&>(i), static_cast<J &&>(j))))
    {
        (void)iter_swap(static_cast<I &&>(i), static_cast<J &&>(j));
    }
    template <class I, class J>
        requires by_reference<I, J>
    constexpr void operator()(I &&i, J &&j) const noexcept(noexcept(ranges::swap(*i, *j)))
    {
        ranges::swap(*static_cast<I &&>(i), *static_cast<J &&>(j));
    }
    template <class I, class J>
        requires(!by_lookup<I, J> && !by_reference<I, J> && indirectly_movable_storable<I, J> &&
                 indirectly_movable_storable<J, I>)
    constexpr void operator()(I &&i, J &&j) const
        noexcept(noexcept(iter_value_t<I>(ranges::iter_move(i))) &&
                 noexcept(*i = ranges::iter_move(j)) && noexcept(*j = declval<iter_value_t<I>>()))
    {
        iter_value_t<I> old(ranges::iter_move(i));
        *i = ranges::iter_move(j);
        *static_cast<J &&>(j) = std::move(old);
    }
};
} // namespace __iter_swap
inline namespace __functions
{
inline constexpr __iter_swap::function iter_swap{};
}
} // namespace ranges

template <class I, class J = I>
concept indirectly_swappable =
    indirectly_readable<I> && indirectly_readable<J> && requires(const I i, const J j) {
        ranges::iter_swap(i, i);
        ranges::iter_swap(j, j);
        ranges::iter_swap(i, j);
        ranges::iter_swap(j, i);
    };

} // namespace std
