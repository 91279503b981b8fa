// Algorithms of ranges that change the order of elements, or take some away.
#pragma once

#include <bits/ranges_algorithm_change.h>

namespace std::ranges
{

struct __remove_if {
    template <permutable I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr subrange<I> operator()(I first, S last, F f, P proj = {}) const
    {
        first = ranges::find_if(first, last, f, proj);
        I i = first;
        if (i != last)
            while (++i != last)
                if (!std::__invoke(f, std::__invoke(proj, *i))) {
                    *first = ranges::iter_move(i);
                    ++first;
                }
        return {first, i};
    }
    template <forward_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires permutable<iterator_t<R>>
    constexpr borrowed_subrange_t<R> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __remove_if remove_if{};
struct __remove {
    template <permutable I, sentinel_for<I> S, class V, class P = identity>
        requires indirect_binary_predicate<equal_to, projected<I, P>, const V *>
    constexpr subrange<I> operator()(I first, S last, const V &value, P proj = {}) const
    {
        auto same = [&](auto &&x) -> bool { return static_cast<decltype(x)>(x) == value; };
        return ranges::remove_if(std::move(first), std::move(last), same, std::move(proj));
    }
    template <forward_range R, class V, class P = identity>
        requires permutable<iterator_t<R>> &&
                 indirect_binary_predicate<equal_to, projected<iterator_t<R>, P>, const V *>
    constexpr borrowed_subrange_t<R> operator()(R &&r, const V &value, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value, std::move(proj));
    }
};
inline constexpr __remove remove{};

struct __unique {
    template <permutable I, sentinel_for<I> S, class P = identity,
              indirect_equivalence_relation<projected<I, P>> F = equal_to>
    constexpr subrange<I> operator()(I first, S last, F f = {}, P proj = {}) const
    {
        first = ranges::adjacent_find(first, last, f, proj);
        if (first == last)
            return {first, first};
        I i = ranges::next(first);
        while (++i != last)
            if (!std::__invoke(f, std::__invoke(proj, *first), std::__invoke(proj, *i)))
                *++first = ranges::iter_move(i);
        return {++first, i};
    }
    template <forward_range R, class P = identity,
              indirect_equivalence_relation<projected<iterator_t<R>, P>> F = equal_to>
        requires permutable<iterator_t<R>>
    constexpr borrowed_subrange_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __unique unique{};

template <class I, class O>
using unique_copy_result = in_out_result<I, O>;
struct __unique_copy {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, class P = identity,
              indirect_equivalence_relation<projected<I, P>> F = equal_to>
        requires indirectly_copyable_storable<I, O> ||
                 (forward_iterator<I> && indirectly_copyable<I, O>)
    constexpr unique_copy_result<I, O> operator()(I first, S last, O to, F f = {},
                                                  P proj = {}) const
    {
        if (first == last)
            return {std::move(first), std::move(to)};
        iter_value_t<I> kept(*first);
        *to = kept;
        ++to;
        while (++first != last) {
            if (std::__invoke(f, std::__invoke(proj, kept), std::__invoke(proj, *first)))
                continue;
            kept = *first;
            *to = kept;
            ++to;
        }
        return {std::move(first), std::move(to)};
    }
    template <input_range R, weakly_incrementable O, class P = identity,
              indirect_equivalence_relation<projected<iterator_t<R>, P>> F = equal_to>
        requires indirectly_copyable_storable<iterator_t<R>, O> ||
                 (forward_range<R> && indirectly_copyable<iterator_t<R>, O>)
    constexpr unique_copy_result<borrowed_iterator_t<R>, O> operator()(R &&r, O to, F f = {},
                                                                       P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(to), std::move(f),
                       std::move(proj));
    }
};
inline constexpr __unique_copy unique_copy{};

template <class I, class J>
using swap_ranges_result = in_in_result<I, J>;
struct __swap_ranges {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T>
        requires indirectly_swappable<I, J>
    constexpr swap_ranges_result<I, J> operator()(I first, S last, J other, T other_last) const
    {
        for (; first != last && other != other_last; ++first, (void)++other)
            ranges::iter_swap(first, other);
        return {std::move(first), std::move(other)};
    }
    template <input_range R, input_range O>
        requires indirectly_swappable<iterator_t<R>, iterator_t<O>>
    constexpr swap_ranges_result<borrowed_iterator_t<R>, borrowed_iterator_t<O>>
    operator()(R &&r, O &&o) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o));
    }
};
inline constexpr __swap_ranges swap_ranges{};

struct __reverse {
    template <bidirectional_iterator I, sentinel_for<I> S>
        requires permutable<I>
    constexpr I operator()(I first, S last) const
    {
        I end = ranges::next(first, last);
        for (I i = end; first != i && first != --i; ++first)
            ranges::iter_swap(first, i);
        return end;
    }
    template <bidirectional_range R>
        requires permutable<iterator_t<R>>
    constexpr borrowed_iterator_t<R> operator()(R &&r) const
    {
        return (*this)(ranges::begin(r), ranges::end(r));
    }
};
inline constexpr __reverse reverse{};

struct __rotate {
    template <permutable I, sentinel_for<I> S>
    constexpr subrange<I> operator()(I first, I middle, S last) const
    {
        I end = ranges::next(middle, last);
        return {std::rotate(std::move(first), std::move(middle), end), end};
    }
    template <forward_range R>
        requires permutable<iterator_t<R>>
    constexpr borrowed_subrange_t<R> operator()(R &&r, iterator_t<R> middle) const
    {
        return (*this)(ranges::begin(r), std::move(middle), ranges::end(r));
    }
};
inline constexpr __rotate rotate{};

template <class I, class O>
using rotate_copy_result = in_out_result<I, O>;
struct __rotate_copy {
    template <forward_iterator I, sentinel_for<I> S, weakly_incrementable O>
        requires indirectly_copyable<I, O>
    constexpr rotate_copy_result<I, O> operator()(I first, I middle, S last, O to) const
    {
        auto back = ranges::copy(middle, last, std::move(to));
        auto front = ranges::copy(std::move(first), std::move(middle), std::move(back.out));
        return {std::move(back.in), std::move(front.out)};
    }
    template <forward_range R, weakly_incrementable O>
        requires indirectly_copyable<iterator_t<R>, O>
    constexpr rotate_copy_result<borrowed_iterator_t<R>, O> operator()(R &&r, iterator_t<R> middle,
                                                                       O to) const
    {
        return (*this)(ranges::begin(r), std::move(middle), ranges::end(r), std::move(to));
    }
};
inline constexpr __rotate_copy rotate_copy{};

struct __shuffle {
    template <random_access_iterator I, sentinel_for<I> S, class G>
        requires permutable<I>
    constexpr I operator()(I first, S last, G &&g) const
    {
        I end = ranges::next(first, last);
        std::shuffle(first, end, static_cast<G &&>(g));
        return end;
    }
    template <random_access_range R, class G>
        requires permutable<iterator_t<R>>
    constexpr borrowed_iterator_t<R> operator()(R &&r, G &&g) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), static_cast<G &&>(g));
    }
};
inline constexpr __shuffle shuffle{};

struct __sample {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, class G>
        requires(forward_iterator<I> || random_access_iterator<O>) && indirectly_copyable<I, O>
    O operator()(I first, S last, O out, iter_difference_t<I> n, G &&g) const
    {
        if constexpr (forward_iterator<I>) {
            iter_difference_t<I> left = ranges::distance(first, last);
            return std::__sample_in_order(std::move(first), left, std::move(out), n, g);
        } else {
            return std::__sample_by_replacing(std::move(first), last, std::move(out), n, g);
        }
    }
    template <input_range R, weakly_incrementable O, class G>
        requires(forward_range<R> || random_access_iterator<O>) &&
                indirectly_copyable<iterator_t<R>, O>
    O operator()(R &&r, O out, range_difference_t<R> n, G &&g) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(out), n, g);
    }
};
inline constexpr __sample sample{};

struct __partition {
    template <permutable I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr subrange<I> operator()(I first, S last, F f, P proj = {}) const
    {
        first = ranges::find_if_not(first, last, f, proj);
        I i = first;
        if (i != last)
            while (++i != last)
                if (std::__invoke(f, std::__invoke(proj, *i))) {
                    ranges::iter_swap(i, first);
                    ++first;
                }
        return {first, i};
    }
    template <forward_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires permutable<iterator_t<R>>
    constexpr borrowed_subrange_t<R> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __partition partition{};
struct __stable_partition {
    template <bidirectional_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
        requires permutable<I>
    constexpr subrange<I> operator()(I first, S last, F f, P proj = {}) const
    {
        I end = ranges::next(first, last);
        auto projected_f = ranges::__projecting(f, proj);
        return {std::stable_partition(first, end, projected_f), end};
    }
    template <bidirectional_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires permutable<iterator_t<R>>
    constexpr borrowed_subrange_t<R> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __stable_partition stable_partition{};
template <class I, class O, class Q>
using partition_copy_result = in_out_out_result<I, O, Q>;
struct __partition_copy {
    template <input_iterator I, sentinel_for<I> S, weakly_incrementable O, weakly_incrementable Q,
              class P = identity, indirect_unary_predicate<projected<I, P>> F>
        requires indirectly_copyable<I, O> && indirectly_copyable<I, Q>
    constexpr partition_copy_result<I, O, Q> operator()(I first, S last, O yes, Q no, F f,
                                                        P proj = {}) const
    {
        for (; first != last; ++first) {
            if (std::__invoke(f, std::__invoke(proj, *first))) {
                *yes = *first;
                ++yes;
            } else {
                *no = *first;
                ++no;
            }
        }
        return {std::move(first), std::move(yes), std::move(no)};
    }
    template <input_range R, weakly_incrementable O, weakly_incrementable Q, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
        requires indirectly_copyable<iterator_t<R>, O> && indirectly_copyable<iterator_t<R>, Q>
    constexpr partition_copy_result<borrowed_iterator_t<R>, O, Q> operator()(R &&r, O yes, Q no,
                                                                             F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(yes), std::move(no),
                       std::move(f), std::move(proj));
    }
};
inline constexpr __partition_copy partition_copy{};

} // namespace std::ranges
