// Algorithms that look and change nothing.
#pragma once

#include <bits/iterator_base.h>
#include <bits/operations.h>
#include <initializer_list>

namespace std
{

template <class T>
constexpr const T &min(const T &a, const T &b)
{
    return b < a ? b : a;
}
template <class T, class C>
constexpr const T &min(const T &a, const T &b, C less)
{
    return less(b, a) ? b : a;
}
template <class T>
constexpr const T &max(const T &a, const T &b)
{
    return a < b ? b : a;
}
template <class T, class C>
constexpr const T &max(const T &a, const T &b, C less)
{
    return less(a, b) ? b : a;
}
template <class I, class C>
constexpr I min_element(I first, I last, C less)
{
    if (first == last)
        return last;
    I best = first;
    while (++first != last)
        if (less(*first, *best))
            best = first;
    return best;
}
template <class I>
constexpr I min_element(I first, I last)
{
    return std::min_element(first, last, less<>());
}
template <class I, class C>
constexpr I max_element(I first, I last, C less)
{
    if (first == last)
        return last;
    I best = first;
    while (++first != last)
        if (less(*best, *first))
            best = first;
    return best;
}
template <class I>
constexpr I max_element(I first, I last)
{
    return std::max_element(first, last, less<>());
}
template <class I, class C>
constexpr pair<I, I> minmax_element(I first, I last, C less)
{
    I low = first, high = first;
    for (; first != last; ++first) {
        if (less(*first, *low))
            low = first;
        if (!less(*first, *high))
            high = first;
    }
    return {low, high};
}
template <class I>
constexpr pair<I, I> minmax_element(I first, I last)
{
    return std::minmax_element(first, last, less<>());
}
template <class T>
constexpr T min(initializer_list<T> l)
{
    return *std::min_element(l.begin(), l.end());
}
template <class T, class C>
constexpr T min(initializer_list<T> l, C less)
{
    return *std::min_element(l.begin(), l.end(), less);
}
template <class T>
constexpr T max(initializer_list<T> l)
{
    return *std::max_element(l.begin(), l.end());
}
template <class T, class C>
constexpr T max(initializer_list<T> l, C less)
{
    return *std::max_element(l.begin(), l.end(), less);
}
template <class T>
constexpr pair<const T &, const T &> minmax(const T &a, const T &b)
{
    return b < a ? pair<const T &, const T &>(b, a) : pair<const T &, const T &>(a, b);
}
template <class T, class C>
constexpr pair<const T &, const T &> minmax(const T &a, const T &b, C less)
{
    return less(b, a) ? pair<const T &, const T &>(b, a) : pair<const T &, const T &>(a, b);
}
template <class T, class C>
constexpr pair<T, T> minmax(initializer_list<T> l, C less)
{
    auto [low, high] = std::minmax_element(l.begin(), l.end(), less);
    return {*low, *high};
}
template <class T>
constexpr pair<T, T> minmax(initializer_list<T> l)
{
    auto [low, high] = std::minmax_element(l.begin(), l.end());
    return {*low, *high};
}
template <class T>
constexpr const T &clamp(const T &v, const T &low, const T &high)
{
    return v < low ? low : high < v ? high : v;
}
template <class T, class C>
constexpr const T &clamp(const T &v, const T &low, const T &high, C less)
{
    return less(v, low) ? low : less(high, v) ? high : v;
}

// A number of steps as an integer: algorithms take whatever converts to one.
template <class N>
constexpr auto __steps(N n)
{
    if constexpr (is_arithmetic_v<N>)
        return static_cast<common_type_t<ptrdiff_t, N>>(n);
    else
        return +n;
}

template <class I, class F>
constexpr F for_each(I first, I last, F f)
{
    for (; first != last; ++first)
        f(*first);
    return f;
}
template <class I, class N, class F>
constexpr I for_each_n(I first, N n, F f)
{
    for (auto left = std::__steps(n); left > 0; --left, (void)++first)
        f(*first);
    return first;
}
template <class I, class P>
constexpr I find_if(I first, I last, P p)
{
    while (first != last && !p(*first))
        ++first;
    return first;
}
template <class I, class P>
constexpr I find_if_not(I first, I last, P p)
{
    while (first != last && p(*first))
        ++first;
    return first;
}
template <class I, class T>
constexpr I find(I first, I last, const T &v)
{
    while (first != last && !(*first == v))
        ++first;
    return first;
}
template <class I, class P>
constexpr bool all_of(I first, I last, P p)
{
    return std::find_if_not(first, last, p) == last;
}
template <class I, class P>
constexpr bool any_of(I first, I last, P p)
{
    return std::find_if(first, last, p) != last;
}
template <class I, class P>
constexpr bool none_of(I first, I last, P p)
{
    return std::find_if(first, last, p) == last;
}
template <class I, class P>
constexpr iter_difference_t<I> count_if(I first, I last, P p)
{
    iter_difference_t<I> n = 0;
    for (; first != last; ++first)
        if (p(*first))
            ++n;
    return n;
}
template <class I, class T>
constexpr iter_difference_t<I> count(I first, I last, const T &v)
{
    iter_difference_t<I> n = 0;
    for (; first != last; ++first)
        if (*first == v)
            ++n;
    return n;
}

template <class I, class J, class P>
constexpr pair<I, J> mismatch(I first, I last, J other, P equal)
{
    while (first != last && equal(*first, *other)) {
        ++first;
        ++other;
    }
    return {first, other};
}
template <class I, class J>
constexpr pair<I, J> mismatch(I first, I last, J other)
{
    return std::mismatch(first, last, other, equal_to<>());
}
template <class I, class J, class P>
    requires(!is_same_v<J, P> || __has_category<J>)
constexpr pair<I, J> mismatch(I first, I last, J other, J other_last, P equal)
{
    while (first != last && other != other_last && equal(*first, *other)) {
        ++first;
        ++other;
    }
    return {first, other};
}
template <class I, class J>
    requires __has_category<J>
constexpr pair<I, J> mismatch(I first, I last, J other, J other_last)
{
    return std::mismatch(first, last, other, other_last, equal_to<>());
}
template <class I, class J, class P>
constexpr bool equal(I first, I last, J other, P same)
{
    for (; first != last; ++first, (void)++other)
        if (!same(*first, *other))
            return false;
    return true;
}
template <class I, class J>
constexpr bool equal(I first, I last, J other)
{
    for (; first != last; ++first, (void)++other)
        if (!(*first == *other))
            return false;
    return true;
}
template <class I, class J, class P>
constexpr bool equal(I first, I last, J other, J other_last, P same)
{
    for (; first != last && other != other_last; ++first, (void)++other)
        if (!same(*first, *other))
            return false;
    return first == last && other == other_last;
}
template <class I, class J>
    requires __has_category<J>
constexpr bool equal(I first, I last, J other, J other_last)
{
    return std::equal(first, last, other, other_last, equal_to<>());
}

template <class I, class J, class P>
constexpr I search(I first, I last, J what, J what_last, P same)
{
    for (;; ++first) {
        I i = first;
        for (J j = what;; ++i, (void)++j) {
            if (j == what_last)
                return first;
            if (i == last)
                return last;
            if (!same(*i, *j))
                break;
        }
    }
}
template <class I, class J>
constexpr I search(I first, I last, J what, J what_last)
{
    return std::search(first, last, what, what_last, equal_to<>());
}
template <class I, class S>
constexpr I search(I first, I last, const S &searcher)
{
    return searcher(first, last).first;
}
template <class I, class N, class T, class P>
constexpr I search_n(I first, I last, N n, const T &v, P same)
{
    auto wanted = std::__steps(n);
    if (wanted <= 0)
        return first;
    decltype(wanted) seen = 0;
    I start = first;
    for (; first != last; ++first) {
        if (!same(*first, v)) {
            seen = 0;
            continue;
        }
        if (seen++ == 0)
            start = first;
        if (seen == wanted)
            return start;
    }
    return last;
}
template <class I, class N, class T>
constexpr I search_n(I first, I last, N n, const T &v)
{
    return std::search_n(first, last, n, v, equal_to<>());
}
template <class I, class J, class P>
constexpr I find_end(I first, I last, J what, J what_last, P same)
{
    if (what == what_last)
        return last;
    I found = last;
    for (I i = first; (i = std::search(i, last, what, what_last, same)) != last; ++i)
        found = i;
    return found;
}
template <class I, class J>
constexpr I find_end(I first, I last, J what, J what_last)
{
    return std::find_end(first, last, what, what_last, equal_to<>());
}
template <class I, class J, class P>
constexpr I find_first_of(I first, I last, J what, J what_last, P same)
{
    for (; first != last; ++first)
        for (J j = what; j != what_last; ++j)
            if (same(*first, *j))
                return first;
    return last;
}
template <class I, class J>
constexpr I find_first_of(I first, I last, J what, J what_last)
{
    return std::find_first_of(first, last, what, what_last, equal_to<>());
}
template <class I, class P>
constexpr I adjacent_find(I first, I last, P same)
{
    if (first == last)
        return last;
    for (I next = first; ++next != last; first = next)
        if (same(*first, *next))
            return first;
    return last;
}
template <class I>
constexpr I adjacent_find(I first, I last)
{
    return std::adjacent_find(first, last, equal_to<>());
}

template <class I, class J, class C>
constexpr bool lexicographical_compare(I first, I last, J other, J other_last, C less)
{
    for (; first != last && other != other_last; ++first, (void)++other) {
        if (less(*first, *other))
            return true;
        if (less(*other, *first))
            return false;
    }
    return first == last && other != other_last;
}
template <class I, class J>
constexpr bool lexicographical_compare(I first, I last, J other, J other_last)
{
    return std::lexicographical_compare(first, last, other, other_last, less<>());
}
template <class I, class J, class C>
constexpr auto lexicographical_compare_three_way(I first, I last, J other, J other_last, C compare)
    -> decltype(compare(*first, *other))
{
    for (; first != last && other != other_last; ++first, (void)++other)
        if (auto order = compare(*first, *other); order != 0)
            return order;
    return first != last         ? strong_ordering::greater
           : other != other_last ? strong_ordering::less
                                 : strong_ordering::equal;
}
template <class I, class J>
constexpr auto lexicographical_compare_three_way(I first, I last, J other, J other_last)
{
    return std::lexicographical_compare_three_way(first, last, other, other_last,
                                                  compare_three_way());
}

// The order of two containers: that of their first elements which differ, or of their sizes.
template <class I, class J>
constexpr auto __compare_elements(I first, I last, J other, J other_last)
    -> __synth_three_way_result<iter_value_t<I>, iter_value_t<J>>
{
    for (; first != last && other != other_last; ++first, (void)++other)
        if (auto order = std::__synth_three_way(*first, *other); order != 0)
            return order;
    return first != last         ? strong_ordering::greater
           : other != other_last ? strong_ordering::less
                                 : strong_ordering::equal;
}

template <class I, class J, class P>
constexpr bool is_permutation(I first, I last, J other, J other_last, P same)
{
    if constexpr (__random_access_category<I> && __random_access_category<J>)
        if (last - first != other_last - other)
            return false;
    for (; first != last && other != other_last && same(*first, *other); ++first)
        ++other; // equal so far: one look at each element
    if (std::distance(first, last) != std::distance(other, other_last))
        return false;
    for (I i = first; i != last; ++i) {
        iter_difference_t<I> here = 0, there = 0;
        for (I k = first; k != last; ++k)
            here += bool(same(*k, *i));
        for (J k = other; k != other_last; ++k)
            there += bool(same(*i, *k));
        if (here != there)
            return false;
    }
    return true;
}
template <class I, class J>
constexpr bool is_permutation(I first, I last, J other, J other_last)
{
    return std::is_permutation(first, last, other, other_last, equal_to<>());
}
template <class I, class J, class P>
    requires(!is_same_v<J, P>)
constexpr bool is_permutation(I first, I last, J other, P same)
{
    return std::is_permutation(first, last, other, std::next(other, std::distance(first, last)),
                               same);
}
template <class I, class J>
constexpr bool is_permutation(I first, I last, J other)
{
    return std::is_permutation(first, last, other, std::next(other, std::distance(first, last)));
}

} // namespace std
