// Comparisons as objects in ranges ([range.cmp]), the concepts of algorithms ([alg.req]) and their
// results ([algorithms.results]).
#pragma once

#include <bits/invoke.h>
#include <bits/operations.h>
#include <bits/ranges_views.h>

namespace std
{
namespace ranges
{

struct equal_to {
    template <class T, class U>
        requires equality_comparable_with<T, U>
    constexpr bool operator()(T &&t, U &&u) const
    {
        return static_cast<T &&>(t) == static_cast<U &&>(u);
    }
    using is_transparent = void;
};
struct not_equal_to {
    template <class T, class U>
        requires equality_comparable_with<T, U>
    constexpr bool operator()(T &&t, U &&u) const
    {
        return !(static_cast<T &&>(t) == static_cast<U &&>(u));
    }
    using is_transparent = void;
};
struct less {
    template <class T, class U>
        requires totally_ordered_with<T, U>
    constexpr bool operator()(T &&t, U &&u) const
    {
        return static_cast<T &&>(t) < static_cast<U &&>(u);
    }
    using is_transparent = void;
};
struct greater {
    template <class T, class U>
        requires totally_ordered_with<T, U>
    constexpr bool operator()(T &&t, U &&u) const
    {
        return static_cast<U &&>(u) < static_cast<T &&>(t);
    }
    using is_transparent = void;
};
struct less_equal {
    template <class T, class U>
        requires totally_ordered_with<T, U>
    constexpr bool operator()(T &&t, U &&u) const
    {
        return !(static_cast<U &&>(u) < static_cast<T &&>(t));
    }
    using is_transparent = void;
};
struct greater_equal {
    template <class T, class U>
        requires totally_ordered_with<T, U>
    constexpr bool operator()(T &&t, U &&u) const
    {
        return !(static_cast<T &&>(t) < static_cast<U &&>(u));
    }
    using is_transparent = void;
};

template <class I, class F>
struct in_fun_result {
    [[no_unique_address]] I in;
    [[no_unique_address]] F fun;
    template <class J, class G>
    constexpr operator in_fun_result<J, G>() const
    {
        return {in, fun};
    }
};
template <class I, class J>
struct in_in_result {
    [[no_unique_address]] I in1;
    [[no_unique_address]] J in2;
    template <class K, class L>
    constexpr operator in_in_result<K, L>() const
    {
        return {in1, in2};
    }
};
template <class I, class O>
struct in_out_result {
    [[no_unique_address]] I in;
    [[no_unique_address]] O out;
    template <class J, class P>
    constexpr operator in_out_result<J, P>() const
    {
        return {in, out};
    }
};
template <class I, class J, class O>
struct in_in_out_result {
    [[no_unique_address]] I in1;
    [[no_unique_address]] J in2;
    [[no_unique_address]] O out;
    template <class K, class L, class P>
    constexpr operator in_in_out_result<K, L, P>() const
    {
        return {in1, in2, out};
    }
};
template <class I, class O, class P>
struct in_out_out_result {
    [[no_unique_address]] I in;
    [[no_unique_address]] O out1;
    [[no_unique_address]] P out2;
    template <class J, class Q, class R>
    constexpr operator in_out_out_result<J, Q, R>() const
    {
        return {in, out1, out2};
    }
};
template <class T>
struct min_max_result {
    [[no_unique_address]] T min;
    [[no_unique_address]] T max;
    template <class U>
    constexpr operator min_max_result<U>() const
    {
        return {min, max};
    }
};
template <class I>
struct in_found_result {
    [[no_unique_address]] I in;
    bool found;
    template <class J>
    constexpr operator in_found_result<J>() const
    {
        return {in, found};
    }
};

// f of projected values, as algorithms without projections call it.
template <class F, class P>
constexpr auto __projecting(F &f, P &proj)
{
    return [&f, &proj]<class... T>(T &&...values) -> decltype(auto) {
        return std::__invoke(f, std::__invoke(proj, static_cast<T &&>(values))...);
    };
}

} // namespace ranges

template <class I, class J, class R, class P = identity, class Q = identity>
concept indirectly_comparable = indirect_binary_predicate<R, projected<I, P>, projected<J, Q>>;
template <class I>
concept permutable =
    forward_iterator<I> && indirectly_movable_storable<I, I> && indirectly_swappable<I, I>;
template <class I, class J, class O, class R = ranges::less, class P = identity, class Q = identity>
concept mergeable = input_iterator<I> && input_iterator<J> && weakly_incrementable<O> &&
                    indirectly_copyable<I, O> && indirectly_copyable<J, O> &&
                    indirect_strict_weak_order<R, projected<I, P>, projected<J, Q>>;
template <class I, class R = ranges::less, class P = identity>
concept sortable = permutable<I> && indirect_strict_weak_order<R, projected<I, P>>;

} // namespace std
