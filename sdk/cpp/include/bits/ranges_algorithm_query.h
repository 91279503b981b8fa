// Algorithms of ranges that look and change nothing.
#pragma once

#include <bits/algorithm_order.h>
#include <bits/algorithm_query.h>
#include <bits/ranges_operations.h>

namespace std::ranges
{

struct __all_of {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr bool operator()(I first, S last, F f, P proj = {}) const
    {
        for (; first != last; ++first)
            if (!std::__invoke(f, std::__invoke(proj, *first)))
                return false;
        return true;
    }
    template <input_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr bool operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __all_of all_of{};

struct __any_of {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr bool operator()(I first, S last, F f, P proj = {}) const
    {
        for (; first != last; ++first)
            if (std::__invoke(f, std::__invoke(proj, *first)))
                return true;
        return false;
    }
    template <input_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr bool operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __any_of any_of{};

struct __none_of {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr bool operator()(I first, S last, F f, P proj = {}) const
    {
        for (; first != last; ++first)
            if (std::__invoke(f, std::__invoke(proj, *first)))
                return false;
        return true;
    }
    template <input_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr bool operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __none_of none_of{};

struct __find_if {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr I operator()(I first, S last, F f, P proj = {}) const
    {
        while (first != last && !std::__invoke(f, std::__invoke(proj, *first)))
            ++first;
        return first;
    }
    template <input_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __find_if find_if{};

struct __find_if_not {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr I operator()(I first, S last, F f, P proj = {}) const
    {
        while (first != last && std::__invoke(f, std::__invoke(proj, *first)))
            ++first;
        return first;
    }
    template <input_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __find_if_not find_if_not{};

struct __count_if {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr iter_difference_t<I> operator()(I first, S last, F f, P proj = {}) const
    {
        iter_difference_t<I> n = 0;
        for (; first != last; ++first)
            if (std::__invoke(f, std::__invoke(proj, *first)))
                ++n;
        return n;
    }
    template <input_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr range_difference_t<R> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __count_if count_if{};

struct __is_partitioned {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr bool operator()(I first, S last, F f, P proj = {}) const
    {
        while (first != last && std::__invoke(f, std::__invoke(proj, *first)))
            ++first;
        for (; first != last; ++first)
            if (std::__invoke(f, std::__invoke(proj, *first)))
                return false;
        return true;
    }
    template <input_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr bool operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __is_partitioned is_partitioned{};

struct __find {
    template <input_iterator I, sentinel_for<I> S, class V, class P = identity>
        requires indirect_binary_predicate<equal_to, projected<I, P>, const V *>
    constexpr I operator()(I first, S last, const V &value, P proj = {}) const
    {
        while (first != last && !(std::__invoke(proj, *first) == value))
            ++first;
        return first;
    }
    template <input_range R, class V, class P = identity>
        requires indirect_binary_predicate<equal_to, projected<iterator_t<R>, P>, const V *>
    constexpr borrowed_iterator_t<R> operator()(R &&r, const V &value, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value, std::move(proj));
    }
};
inline constexpr __find find{};

struct __count {
    template <input_iterator I, sentinel_for<I> S, class V, class P = identity>
        requires indirect_binary_predicate<equal_to, projected<I, P>, const V *>
    constexpr iter_difference_t<I> operator()(I first, S last, const V &value, P proj = {}) const
    {
        iter_difference_t<I> n = 0;
        for (; first != last; ++first)
            if (std::__invoke(proj, *first) == value)
                ++n;
        return n;
    }
    template <input_range R, class V, class P = identity>
        requires indirect_binary_predicate<equal_to, projected<iterator_t<R>, P>, const V *>
    constexpr range_difference_t<R> operator()(R &&r, const V &value, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value, std::move(proj));
    }
};
inline constexpr __count count{};

template <class I, class F>
using for_each_result = in_fun_result<I, F>;
struct __for_each {
    template <input_iterator I, sentinel_for<I> S, class P = identity,
              indirectly_unary_invocable<projected<I, P>> F>
    constexpr for_each_result<I, F> operator()(I first, S last, F f, P proj = {}) const
    {
        for (; first != last; ++first)
            std::__invoke(f, std::__invoke(proj, *first));
        return {std::move(first), std::move(f)};
    }
    template <input_range R, class P = identity,
              indirectly_unary_invocable<projected<iterator_t<R>, P>> F>
    constexpr for_each_result<borrowed_iterator_t<R>, F> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __for_each for_each{};

template <class I, class F>
using for_each_n_result = in_fun_result<I, F>;
struct __for_each_n {
    template <input_iterator I, class P = identity, indirectly_unary_invocable<projected<I, P>> F>
    constexpr for_each_n_result<I, F> operator()(I first, iter_difference_t<I> n, F f,
                                                 P proj = {}) const
    {
        for (; n > 0; --n, (void)++first)
            std::__invoke(f, std::__invoke(proj, *first));
        return {std::move(first), std::move(f)};
    }
};
inline constexpr __for_each_n for_each_n{};

struct __adjacent_find {
    template <forward_iterator I, sentinel_for<I> S, class P = identity,
              indirect_binary_predicate<projected<I, P>, projected<I, P>> F = equal_to>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        if (first == last)
            return first;
        for (I next = first; ++next != last; first = next)
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(proj, *next)))
                return first;
        return ++first;
    }
    template <forward_range R, class P = identity,
              indirect_binary_predicate<projected<iterator_t<R>, P>, projected<iterator_t<R>, P>>
                  F = equal_to>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __adjacent_find adjacent_find{};

template <class I, class J>
using mismatch_result = in_in_result<I, J>;
struct __mismatch {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              class F = equal_to, class P = identity, class Q = identity>
        requires indirectly_comparable<I, J, F, P, Q>
    constexpr mismatch_result<I, J> operator()(I first, S last, J other, T other_last, F f = {},
                                               P proj = {}, Q other_proj = {}) const
    {
        while (first != last && other != other_last &&
               std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other)))
            ++first, (void)++other;
        return {std::move(first), std::move(other)};
    }
    template <input_range R, input_range O, class F = equal_to, class P = identity,
              class Q = identity>
        requires indirectly_comparable<iterator_t<R>, iterator_t<O>, F, P, Q>
    constexpr mismatch_result<borrowed_iterator_t<R>, borrowed_iterator_t<O>>
    operator()(R &&r, O &&o, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __mismatch mismatch{};

struct __equal {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              class F = equal_to, class P = identity, class Q = identity>
        requires indirectly_comparable<I, J, F, P, Q>
    constexpr bool operator()(I first, S last, J other, T other_last, F f = {}, P proj = {},
                              Q other_proj = {}) const
    {
        if constexpr (sized_sentinel_for<S, I> && sized_sentinel_for<T, J>)
            if (last - first != other_last - other)
                return false;
        for (; first != last && other != other_last; ++first, (void)++other)
            if (!std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other)))
                return false;
        return first == last && other == other_last;
    }
    template <input_range R, input_range O, class F = equal_to, class P = identity,
              class Q = identity>
        requires indirectly_comparable<iterator_t<R>, iterator_t<O>, F, P, Q>
    constexpr bool operator()(R &&r, O &&o, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __equal equal{};

struct __search {
    template <forward_iterator I, sentinel_for<I> S, forward_iterator J, sentinel_for<J> T,
              class F = equal_to, class P = identity, class Q = identity>
        requires indirectly_comparable<I, J, F, P, Q>
    constexpr subrange<I> operator()(I first, S last, J what, T what_last, F f = {}, P proj = {},
                                     Q what_proj = {}) const
    {
        for (;; ++first) {
            I i = first;
            J j = what;
            for (;; ++i, (void)++j) {
                if (j == what_last)
                    return {first, i};
                if (i == last)
                    return {i, i};
                if (!std::__invoke(f, std::__invoke(proj, *i), std::__invoke(what_proj, *j)))
                    break;
            }
        }
    }
    template <forward_range R, forward_range O, class F = equal_to, class P = identity,
              class Q = identity>
        requires indirectly_comparable<iterator_t<R>, iterator_t<O>, F, P, Q>
    constexpr borrowed_subrange_t<R> operator()(R &&r, O &&o, F f = {}, P proj = {},
                                                Q what_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(what_proj));
    }
};
inline constexpr __search search{};

struct __search_n {
    template <forward_iterator I, sentinel_for<I> S, class V, class F = equal_to,
              class P = identity>
        requires indirectly_comparable<I, const V *, F, P>
    constexpr subrange<I> operator()(I first, S last, iter_difference_t<I> n, const V &value,
                                     F f = {}, P proj = {}) const
    {
        if (n <= 0)
            return {first, first};
        for (; first != last; ++first) {
            I i = first;
            iter_difference_t<I> found = 0;
            while (i != last && std::__invoke(f, std::__invoke(proj, *i), value)) {
                ++i;
                if (++found == n)
                    return {first, i};
            }
            first = i;
            if (first == last)
                break;
        }
        return {first, first};
    }
    template <forward_range R, class V, class F = equal_to, class P = identity>
        requires indirectly_comparable<iterator_t<R>, const V *, F, P>
    constexpr borrowed_subrange_t<R> operator()(R &&r, range_difference_t<R> n, const V &value,
                                                F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), n, value, std::move(f), std::move(proj));
    }
};
inline constexpr __search_n search_n{};

struct __find_end {
    template <forward_iterator I, sentinel_for<I> S, forward_iterator J, sentinel_for<J> T,
              class F = equal_to, class P = identity, class Q = identity>
        requires indirectly_comparable<I, J, F, P, Q>
    constexpr subrange<I> operator()(I first, S last, J what, T what_last, F f = {}, P proj = {},
                                     Q what_proj = {}) const
    {
        I end = ranges::next(first, last);
        subrange<I> found(end, end);
        if (what == what_last)
            return found;
        for (;;) {
            auto next = ranges::search(first, end, what, what_last, f, proj, what_proj);
            if (next.empty())
                return found;
            found = next;
            first = ranges::next(next.begin());
        }
    }
    template <forward_range R, forward_range O, class F = equal_to, class P = identity,
              class Q = identity>
        requires indirectly_comparable<iterator_t<R>, iterator_t<O>, F, P, Q>
    constexpr borrowed_subrange_t<R> operator()(R &&r, O &&o, F f = {}, P proj = {},
                                                Q what_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(what_proj));
    }
};
inline constexpr __find_end find_end{};

struct __find_first_of {
    template <input_iterator I, sentinel_for<I> S, forward_iterator J, sentinel_for<J> T,
              class F = equal_to, class P = identity, class Q = identity>
        requires indirectly_comparable<I, J, F, P, Q>
    constexpr I operator()(I first, S last, J what, T what_last, F f = {}, P proj = {},
                           Q what_proj = {}) const
    {
        for (; first != last; ++first)
            for (J j = what; j != what_last; ++j)
                if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(what_proj, *j)))
                    return first;
        return first;
    }
    template <input_range R, forward_range O, class F = equal_to, class P = identity,
              class Q = identity>
        requires indirectly_comparable<iterator_t<R>, iterator_t<O>, F, P, Q>
    constexpr borrowed_iterator_t<R> operator()(R &&r, O &&o, F f = {}, P proj = {},
                                                Q what_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(what_proj));
    }
};
inline constexpr __find_first_of find_first_of{};

struct __is_permutation {
    template <forward_iterator I, sentinel_for<I> S, forward_iterator J, sentinel_for<J> T,
              class P = identity, class Q = identity,
              indirect_equivalence_relation<projected<I, P>, projected<J, Q>> F = equal_to>
    constexpr bool operator()(I first, S last, J other, T other_last, F f = {}, P proj = {},
                              Q other_proj = {}) const
    {
        if (ranges::distance(first, last) != ranges::distance(other, other_last))
            return false;
        while (first != last &&
               std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other))) {
            ++first; // equal so far: one look at each element
            ++other;
        }
        for (I i = first; i != last; ++i) {
            auto same_as_i = [&](auto &&value) -> bool {
                return std::__invoke(f, std::__invoke(proj, *i),
                                     static_cast<decltype(value)>(value));
            };
            auto like_i = [&](auto &&value) -> bool {
                return std::__invoke(f, static_cast<decltype(value)>(value),
                                     std::__invoke(proj, *i));
            };
            if (ranges::find_if(first, i, like_i, proj) != i)
                continue; // counted before
            if (ranges::count_if(i, last, like_i, proj) !=
                ranges::count_if(other, other_last, same_as_i, other_proj))
                return false;
        }
        return true;
    }
    template <
        forward_range R, forward_range O, class P = identity, class Q = identity,
        indirect_equivalence_relation<projected<iterator_t<R>, P>, projected<iterator_t<O>, Q>> F =
            equal_to>
    constexpr bool operator()(R &&r, O &&o, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __is_permutation is_permutation{};

} // namespace std::ranges
