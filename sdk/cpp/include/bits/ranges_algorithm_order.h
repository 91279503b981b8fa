// Algorithms of ranges that compare for order: the least, the largest, searching in sorted ranges.
#pragma once

#include <bits/ranges_algorithm_query.h>
#include <initializer_list>

namespace std::ranges
{

struct __min_element {
    template <forward_iterator I, sentinel_for<I> S, class P = identity,
              indirect_strict_weak_order<projected<I, P>> F = less>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        if (first == last)
            return first;
        I best = first;
        while (++first != last)
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(proj, *best)))
                best = first;
        return best;
    }
    template <forward_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __min_element min_element{};

struct __min {
    template <class V, class P = identity,
              indirect_strict_weak_order<projected<const V *, P>> F = less>
    constexpr const V &operator()(const V &a, const V &b, F f = {}, P proj = {}) const
    {
        return std::__invoke(f, std::__invoke(proj, b), std::__invoke(proj, a)) ? b : a;
    }
    template <input_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
        requires indirectly_copyable_storable<iterator_t<R>, range_value_t<R> *>
    constexpr range_value_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        auto first = ranges::begin(r);
        auto last = ranges::end(r);
        range_value_t<R> best(*first);
        while (++first != last)
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(proj, best)))
                best = *first;
        return best;
    }
    template <copyable V, class P = identity,
              indirect_strict_weak_order<projected<const V *, P>> F = less>
    constexpr V operator()(initializer_list<V> l, F f = {}, P proj = {}) const
    {
        return *ranges::min_element(l.begin(), l.end(), std::move(f), std::move(proj));
    }
};
inline constexpr __min min{};

struct __max_element {
    template <forward_iterator I, sentinel_for<I> S, class P = identity,
              indirect_strict_weak_order<projected<I, P>> F = less>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        if (first == last)
            return first;
        I best = first;
        while (++first != last)
            if (std::__invoke(f, std::__invoke(proj, *best), std::__invoke(proj, *first)))
                best = first;
        return best;
    }
    template <forward_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __max_element max_element{};

struct __max {
    template <class V, class P = identity,
              indirect_strict_weak_order<projected<const V *, P>> F = less>
    constexpr const V &operator()(const V &a, const V &b, F f = {}, P proj = {}) const
    {
        return std::__invoke(f, std::__invoke(proj, a), std::__invoke(proj, b)) ? b : a;
    }
    template <input_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
        requires indirectly_copyable_storable<iterator_t<R>, range_value_t<R> *>
    constexpr range_value_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        auto first = ranges::begin(r);
        auto last = ranges::end(r);
        range_value_t<R> best(*first);
        while (++first != last)
            if (std::__invoke(f, std::__invoke(proj, best), std::__invoke(proj, *first)))
                best = *first;
        return best;
    }
    template <copyable V, class P = identity,
              indirect_strict_weak_order<projected<const V *, P>> F = less>
    constexpr V operator()(initializer_list<V> l, F f = {}, P proj = {}) const
    {
        return *ranges::max_element(l.begin(), l.end(), std::move(f), std::move(proj));
    }
};
inline constexpr __max max{};

template <class I>
using minmax_element_result = min_max_result<I>;
struct __minmax_element {
    template <forward_iterator I, sentinel_for<I> S, class P = identity,
              indirect_strict_weak_order<projected<I, P>> F = less>
    constexpr minmax_element_result<I> operator()(I first, S last, F f = {}, P proj = {}) const
    {
        I low = first, high = first;
        for (; first != last; ++first) {
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(proj, *low)))
                low = first;
            if (!std::__invoke(f, std::__invoke(proj, *first), std::__invoke(proj, *high)))
                high = first;
        }
        return {low, high};
    }
    template <forward_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
    constexpr minmax_element_result<borrowed_iterator_t<R>> operator()(R &&r, F f = {},
                                                                       P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __minmax_element minmax_element{};

template <class V>
using minmax_result = min_max_result<V>;
struct __minmax {
    template <class V, class P = identity,
              indirect_strict_weak_order<projected<const V *, P>> F = less>
    constexpr minmax_result<const V &> operator()(const V &a, const V &b, F f = {},
                                                  P proj = {}) const
    {
        if (std::__invoke(f, std::__invoke(proj, b), std::__invoke(proj, a)))
            return {b, a};
        return {a, b};
    }
    template <input_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
        requires indirectly_copyable_storable<iterator_t<R>, range_value_t<R> *>
    constexpr minmax_result<range_value_t<R>> operator()(R &&r, F f = {}, P proj = {}) const
    {
        auto first = ranges::begin(r);
        auto last = ranges::end(r);
        minmax_result<range_value_t<R>> result{*first, *first};
        while (++first != last) {
            range_value_t<R> value(*first);
            if (std::__invoke(f, std::__invoke(proj, value), std::__invoke(proj, result.min)))
                result.min = value;
            if (!std::__invoke(f, std::__invoke(proj, value), std::__invoke(proj, result.max)))
                result.max = std::move(value);
        }
        return result;
    }
    template <copyable V, class P = identity,
              indirect_strict_weak_order<projected<const V *, P>> F = less>
    constexpr minmax_result<V> operator()(initializer_list<V> l, F f = {}, P proj = {}) const
    {
        auto found = ranges::minmax_element(l.begin(), l.end(), std::move(f), std::move(proj));
        return {*found.min, *found.max};
    }
};
inline constexpr __minmax minmax{};

struct __clamp {
    template <class V, class P = identity,
              indirect_strict_weak_order<projected<const V *, P>> F = less>
    constexpr const V &operator()(const V &v, const V &low, const V &high, F f = {},
                                  P proj = {}) const
    {
        if (std::__invoke(f, std::__invoke(proj, v), std::__invoke(proj, low)))
            return low;
        return std::__invoke(f, std::__invoke(proj, high), std::__invoke(proj, v)) ? high : v;
    }
};
inline constexpr __clamp clamp{};

struct __lexicographical_compare {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              class P = identity, class Q = identity,
              indirect_strict_weak_order<projected<I, P>, projected<J, Q>> F = less>
    constexpr bool operator()(I first, S last, J other, T other_last, F f = {}, P proj = {},
                              Q other_proj = {}) const
    {
        for (; first != last && other != other_last; ++first, (void)++other) {
            if (std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other)))
                return true;
            if (std::__invoke(f, std::__invoke(other_proj, *other), std::__invoke(proj, *first)))
                return false;
        }
        return first == last && other != other_last;
    }
    template <input_range R, input_range O, class P = identity, class Q = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>, projected<iterator_t<O>, Q>>
                  F = less>
    constexpr bool operator()(R &&r, O &&o, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __lexicographical_compare lexicographical_compare{};

struct __partition_point {
    template <forward_iterator I, sentinel_for<I> S, class P = identity,
              indirect_unary_predicate<projected<I, P>> F>
    constexpr I operator()(I first, S last, F f, P proj = {}) const
    {
        auto n = ranges::distance(first, last);
        while (n > 0) {
            auto half = n / 2;
            I middle = ranges::next(first, half);
            if (std::__invoke(f, std::__invoke(proj, *middle))) {
                first = std::move(++middle);
                n -= half + 1;
            } else {
                n = half;
            }
        }
        return first;
    }
    template <forward_range R, class P = identity,
              indirect_unary_predicate<projected<iterator_t<R>, P>> F>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __partition_point partition_point{};

struct __lower_bound {
    template <forward_iterator I, sentinel_for<I> S, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<I, P>> F = less>
    constexpr I operator()(I first, S last, const V &value, F f = {}, P proj = {}) const
    {
        auto before = [&](auto &&x) -> bool {
            return std::__invoke(f, static_cast<decltype(x)>(x), value);
        };
        return ranges::partition_point(first, last, before, std::move(proj));
    }
    template <forward_range R, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<iterator_t<R>, P>> F = less>
    constexpr borrowed_iterator_t<R> operator()(R &&r, const V &value, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value, std::move(f), std::move(proj));
    }
};
inline constexpr __lower_bound lower_bound{};

struct __upper_bound {
    template <forward_iterator I, sentinel_for<I> S, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<I, P>> F = less>
    constexpr I operator()(I first, S last, const V &value, F f = {}, P proj = {}) const
    {
        auto not_behind = [&](auto &&x) -> bool {
            return !std::__invoke(f, value, static_cast<decltype(x)>(x));
        };
        return ranges::partition_point(first, last, not_behind, std::move(proj));
    }
    template <forward_range R, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<iterator_t<R>, P>> F = less>
    constexpr borrowed_iterator_t<R> operator()(R &&r, const V &value, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value, std::move(f), std::move(proj));
    }
};
inline constexpr __upper_bound upper_bound{};

struct __equal_range {
    template <forward_iterator I, sentinel_for<I> S, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<I, P>> F = less>
    constexpr subrange<I> operator()(I first, S last, const V &value, F f = {}, P proj = {}) const
    {
        I low = ranges::lower_bound(first, last, value, f, proj);
        return {low, ranges::upper_bound(low, last, value, f, proj)};
    }
    template <forward_range R, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<iterator_t<R>, P>> F = less>
    constexpr borrowed_subrange_t<R> operator()(R &&r, const V &value, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value, std::move(f), std::move(proj));
    }
};
inline constexpr __equal_range equal_range{};

struct __binary_search {
    template <forward_iterator I, sentinel_for<I> S, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<I, P>> F = less>
    constexpr bool operator()(I first, S last, const V &value, F f = {}, P proj = {}) const
    {
        I i = ranges::lower_bound(first, last, value, f, proj);
        return i != last && !std::__invoke(f, value, std::__invoke(proj, *i));
    }
    template <forward_range R, class V, class P = identity,
              indirect_strict_weak_order<const V *, projected<iterator_t<R>, P>> F = less>
    constexpr bool operator()(R &&r, const V &value, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), value, std::move(f), std::move(proj));
    }
};
inline constexpr __binary_search binary_search{};

struct __is_sorted_until {
    template <forward_iterator I, sentinel_for<I> S, class P = identity,
              indirect_strict_weak_order<projected<I, P>> F = less>
    constexpr I operator()(I first, S last, F f = {}, P proj = {}) const
    {
        if (first == last)
            return first;
        for (I next = first; ++next != last; first = next)
            if (std::__invoke(f, std::__invoke(proj, *next), std::__invoke(proj, *first)))
                return next;
        return ++first;
    }
    template <forward_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
    constexpr borrowed_iterator_t<R> operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __is_sorted_until is_sorted_until{};
struct __is_sorted {
    template <forward_iterator I, sentinel_for<I> S, class P = identity,
              indirect_strict_weak_order<projected<I, P>> F = less>
    constexpr bool operator()(I first, S last, F f = {}, P proj = {}) const
    {
        return ranges::is_sorted_until(first, last, std::move(f), std::move(proj)) == last;
    }
    template <forward_range R, class P = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>> F = less>
    constexpr bool operator()(R &&r, F f = {}, P proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), std::move(f), std::move(proj));
    }
};
inline constexpr __is_sorted is_sorted{};

struct __includes {
    template <input_iterator I, sentinel_for<I> S, input_iterator J, sentinel_for<J> T,
              class P = identity, class Q = identity,
              indirect_strict_weak_order<projected<I, P>, projected<J, Q>> F = less>
    constexpr bool operator()(I first, S last, J other, T other_last, F f = {}, P proj = {},
                              Q other_proj = {}) const
    {
        for (; other != other_last; ++first) {
            if (first == last ||
                std::__invoke(f, std::__invoke(other_proj, *other), std::__invoke(proj, *first)))
                return false;
            if (!std::__invoke(f, std::__invoke(proj, *first), std::__invoke(other_proj, *other)))
                ++other;
        }
        return true;
    }
    template <input_range R, input_range O, class P = identity, class Q = identity,
              indirect_strict_weak_order<projected<iterator_t<R>, P>, projected<iterator_t<O>, Q>>
                  F = less>
    constexpr bool operator()(R &&r, O &&o, F f = {}, P proj = {}, Q other_proj = {}) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(o), ranges::end(o),
                       std::move(f), std::move(proj), std::move(other_proj));
    }
};
inline constexpr __includes includes{};

} // namespace std::ranges
