// Algorithms of ranges that sort, merge, and keep heaps.
#pragma once

#include <bits/algorithm_order.h>
#include <bits/algorithm_sort.h>
#include <bits/ranges_algorithm_change.h>
#include <bits/ranges_algorithm_order.h>
#include <bits/ranges_algorithm_rearrange.h>

namespace std::ranges
{

struct __sort {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        std::sort(first, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __sort sort{};

struct __stable_sort {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        std::stable_sort(first, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __stable_sort stable_sort{};

struct __make_heap {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        std::make_heap(first, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __make_heap make_heap{};

struct __push_heap {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        std::push_heap(first, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __push_heap push_heap{};

struct __pop_heap {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        std::pop_heap(first, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __pop_heap pop_heap{};

struct __sort_heap {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        std::sort_heap(first, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __sort_heap sort_heap{};

struct __partial_sort {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr I operator()(I first, I middle, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(middle, last);
        std::partial_sort(first, middle, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr borrowed_iterator_t<R> operator()(R &&r, iterator_t<R> middle, F f = {},
                                                P proj = {}) const
    {
        return (*this)(ranges::begin(r), std::move(middle), ranges::end(r), std::move(f),
                       std::move(proj));
    }
};
inline constexpr __partial_sort partial_sort{};

struct __nth_element {
    template <random_access_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr I operator()(I first, I middle, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(middle, last);
        std::nth_element(first, middle, end, ranges::__projecting(f, proj));
        return end;
    }
    template <random_access_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr borrowed_iterator_t<R> operator()(R &&r, iterator_t<R> middle, F f = {},
                                                P proj = {}) const
    {
        return (*this)(ranges::begin(r), std::move(middle), ranges::end(r), std::move(f),
                       std::move(proj));
    }
};
inline constexpr __nth_element nth_element{};

struct __inplace_merge {
    template <bidirectional_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    I operator()(I first, I middle, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(middle, last);
        std::inplace_merge(first, middle, end, ranges::__projecting(f, proj));
        return end;
    }
    template <bidirectional_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    borrowed_iterator_t<R> operator()(R &&r, iterator_t<R> middle, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), std::move(middle), ranges::end(r), std::move(f),
                       std::move(proj));
    }
};
inline constexpr __inplace_merge inplace_merge{};

struct __is_heap_until {
    template <random_access_iterator I, sentinel_for<I> S, class P = identity,
              indirect_strict_weak_order<projected<I, P>> F = less>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        return std::is_heap_until(first, ranges::next(first, last), ranges::__projecting(f, proj));
    }
    template <random_access_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __is_heap_until is_heap_until{};
struct __is_heap {
    template <random_access_iterator I, sentinel_for<I> S, class P = identity,
              indirect_strict_weak_order<projected<I, P>> F = less>
    constexpr bool operator()(I first, S last, F f = {}, P proj = {}) const
    {
        return ranges::is_heap_until(first, last, std::move(f), std::move(proj)) == last;
    }
    template <random_access_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
    constexpr bool operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __is_heap is_heap{};

template <class I>
using next_permutation_result = in_found_result<I>;
template <class I>
using prev_permutation_result = in_found_result<I>;
struct __next_permutation {
    template <bidirectional_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr in_found_result<I> operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        auto before = [&](auto &&a, auto &&b) -> bool {
            return std::__invoke(f, std::__invoke(proj, a), std::__invoke(proj, b));
        };
        return {end, std::next_permutation(first, end, before)};
    }
    template <bidirectional_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr in_found_result<borrowed_iterator_t<R>> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __next_permutation next_permutation{};

struct __prev_permutation {
    template <bidirectional_iterator I, sentinel_for<I> S, class F = less, class P = identity>
        requires sortable<I, F, P>
    constexpr in_found_result<I> operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I end = ranges::next(first, last);
        auto before = [&](auto &&a, auto &&b) -> bool {
            return std::__invoke(f, std::__invoke(proj, b), std::__invoke(proj, a));
        };
        return {end, std::next_permutation(first, end, before)};
    }
    template <bidirectional_range R, class F = less, class P = identity>
        requires sortable<iterator_t<R>, F, P>
    constexpr in_found_result<borrowed_iterator_t<R>> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __prev_permutation prev_permutation{};

template <class I, class J, class O>
using merge_result = in_in_out_result<I, J, O>;
struct __merge {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              weakly_incrementable O, class F = less, class P = identity, class Q = identity>
        requires mergeable<I, J, O, F, P, Q>
    constexpr merge_result<I, J, O> operator()(I first, S last, J other, T other_last, O to,
                                               F f = {}, P proj = {}, Q other_proj = {}) const
    {
        while (first != last && other != other_last) {
            if (std::__invoke(f, std::__invoke(other_proj, *other), std::__invoke(proj, *first))) {
                *to = *other;
                ++other;
            } else {
                *to = *first;
                ++first;
            }
            ++to;
        }
        auto a = ranges::copy(std::move(first), last, std::move(to));
        auto c = ranges::copy(std::move(other), other_last, std::move(a.out));
        return {std::move(a.in), std::move(c.in), std::move(c.out)};
    }
    template <input_range R, input_range X, weakly_incrementable O, class F = less,
              class P = identity, class Q = identity>
        requires mergeable<iterator_t<R>, iterator_t<X>, O, F, P, Q>
    constexpr merge_result<borrowed_iterator_t<R>, borrowed_iterator_t<X>, O>
    operator()(R &&r, X &&x, O to, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(x), ranges::end(x),
                       std::move(to), std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __merge merge{};

template <class I, class J, class O>
using set_union_result = in_in_out_result<I, J, O>;
struct __set_union {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              weakly_incrementable O, class F = less, class P = identity, class Q = identity>
        requires mergeable<I, J, O, F, P, Q>
    constexpr set_union_result<I, J, O> operator()(I first, S last, J other, T other_last, O to,
                                                   F f = {}, P proj = {}, Q other_proj = {}) const
    {
        while (first != last && other != other_last) {
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other))) {
                *to = *first;
                ++first;
            } else if (std::__invoke(f, std::__invoke(other_proj, *other),
                                     std::__invoke(proj, *first))) {
                *to = *other;
                ++other;
            } else {
                *to = *first;
                ++first;
                ++other;
            }
            ++to;
        }
        auto a = ranges::copy(std::move(first), last, std::move(to));
        auto c = ranges::copy(std::move(other), other_last, std::move(a.out));
        return {std::move(a.in), std::move(c.in), std::move(c.out)};
    }
    template <input_range R, input_range X, weakly_incrementable O, class F = less,
              class P = identity, class Q = identity>
        requires mergeable<iterator_t<R>, iterator_t<X>, O, F, P, Q>
    constexpr set_union_result<borrowed_iterator_t<R>, borrowed_iterator_t<X>, O>
    operator()(R &&r, X &&x, O to, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(x), ranges::end(x),
                       std::move(to), std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __set_union set_union{};

template <class I, class J, class O>
using set_intersection_result = in_in_out_result<I, J, O>;
struct __set_intersection {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              weakly_incrementable O, class F = less, class P = identity, class Q = identity>
        requires mergeable<I, J, O, F, P, Q>
    constexpr set_intersection_result<I, J, O> operator()(I first, S last, J other, T other_last,
                                                          O to, F f = {}, P proj = {},
                                                          Q other_proj = {}) const
    {
        while (first != last && other != other_last) {
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other))) {
                ++first;
            } else if (std::__invoke(f, std::__invoke(other_proj, *other),
                                     std::__invoke(proj, *first))) {
                ++other;
            } else {
                *to = *first;
                ++first;
                ++other;
                ++to;
            }
        }
        return {ranges::next(std::move(first), last), ranges::next(std::move(other), other_last),
                std::move(to)};
    }
    template <input_range R, input_range X, weakly_incrementable O, class F = less,
              class P = identity, class Q = identity>
        requires mergeable<iterator_t<R>, iterator_t<X>, O, F, P, Q>
    constexpr set_intersection_result<borrowed_iterator_t<R>, borrowed_iterator_t<X>, O>
    operator()(R &&r, X &&x, O to, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(x), ranges::end(x),
                       std::move(to), std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __set_intersection set_intersection{};

template <class I, class J, class O>
using set_symmetric_difference_result = in_in_out_result<I, J, O>;
struct __set_symmetric_difference {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              weakly_incrementable O, class F = less, class P = identity, class Q = identity>
        requires mergeable<I, J, O, F, P, Q>
    constexpr set_symmetric_difference_result<I, J, O>
    operator()(I first, S last, J other, T other_last, O to, F f = {}, P proj = {},
               Q other_proj = {}) const
    {
        while (first != last && other != other_last) {
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other))) {
                *to = *first;
                ++first;
                ++to;
            } else if (std::__invoke(f, std::__invoke(other_proj, *other),
                                     std::__invoke(proj, *first))) {
                *to = *other;
                ++other;
                ++to;
            } else {
                ++first;
                ++other;
            }
        }
        auto a = ranges::copy(std::move(first), last, std::move(to));
        auto c = ranges::copy(std::move(other), other_last, std::move(a.out));
        return {std::move(a.in), std::move(c.in), std::move(c.out)};
    }
    template <input_range R, input_range X, weakly_incrementable O, class F = less,
              class P = identity, class Q = identity>
        requires mergeable<iterator_t<R>, iterator_t<X>, O, F, P, Q>
    constexpr set_symmetric_difference_result<borrowed_iterator_t<R>, borrowed_iterator_t<X>, O>
    operator()(R &&r, X &&x, O to, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(x), ranges::end(x),
                       std::move(to), std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __set_symmetric_difference set_symmetric_difference{};

template <class I, class O>
using set_difference_result = in_out_result<I, O>;
struct __set_difference {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              weakly_incrementable O, class F = less, class P = identity, class Q = identity>
        requires mergeable<I, J, O, F, P, Q>
    constexpr set_difference_result<I, O> operator()(I first, S last, J other, T other_last, O to,
                                                     F f = {}, P proj = {}, Q other_proj = {}) const
    {
        while (first != last && other != other_last) {
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other))) {
                *to = *first;
                ++first;
                ++to;
            } else {
                if (!std::__invoke(f, std::__invoke(other_proj, *other),
                                   std::__invoke(proj, *first)))
                    ++first;
                ++other;
            }
        }
        return ranges::copy(std::move(first), last, std::move(to));
    }
    template <input_range R, input_range X, weakly_incrementable O, class F = less,
              class P = identity, class Q = identity>
        requires mergeable<iterator_t<R>, iterator_t<X>, O, F, P, Q>
    constexpr set_difference_result<borrowed_iterator_t<R>, O>
    operator()(R &&r, X &&x, O to, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(x), ranges::end(x),
                       std::move(to), std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __set_difference set_difference{};

template <class I, class O>
using partial_sort_copy_result = in_out_result<I, O>;
struct __partial_sort_copy {
    template <input_iterator I, sentinel_for<I> S, random_access_iterator J, sentinel_for<J> T,
              class F = less, class P = identity, class Q = identity>
        requires indirectly_copyable<I, J> && sortable<J, F, Q> &&
                 indirect_strict_weak_order<F, projected<I, P>, projected<J, Q>>
    constexpr partial_sort_copy_result<I, J> operator()(I first, S last, J to, T to_last, F f = {},
                                                        P proj = {}, Q to_proj = {}) const
    {
        J end = to;
        for (; first != last && end != to_last; ++first, (void)++end)
            *end = *first;
        ranges::make_heap(to, end, f, to_proj);
        for (; first != last; ++first) {
            if (to == end ||
                !std::__invoke(f, std::__invoke(proj, *first), std::__invoke(to_proj, *to)))
                continue;
            ranges::pop_heap(to, end, f, to_proj);
            *ranges::prev(end) = *first;
            ranges::push_heap(to, end, f, to_proj);
        }
        ranges::sort_heap(to, end, f, to_proj);
        return {std::move(first), std::move(end)};
    }
    template <input_range R, random_access_range X, class F = less, class P = identity,
              class Q = identity>
        requires indirectly_copyable<iterator_t<R>, iterator_t<X>> &&
                 sortable<iterator_t<X>, F, Q> &&
                 indirect_strict_weak_order<F, projected<iterator_t<R>, P>,
                                            projected<iterator_t<X>, Q>>
    constexpr partial_sort_copy_result<borrowed_iterator_t<R>, borrowed_iterator_t<X>>
    operator()(R &&r, X &&x, F f = {}, P proj = {}, Q to_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(x), ranges::end(x),
                       std::move(f), std::move(proj), std::move(to_proj));
    }
};
inline constexpr __partial_sort_copy partial_sort_copy{};

} // namespace std::ranges
