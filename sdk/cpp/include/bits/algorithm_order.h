// Algorithms on sorted ranges: searching, merging, sets, permutations.
#pragma once

#include <bits/algorithm_change.h>

namespace std
{

template <class I, class T, class C>
constexpr I lower_bound(I first, I last, const T &v, C less)
{
    return std::partition_point(first, last, [&](auto &&e) { return less(e, v); });
}
template <class I, class T>
constexpr I lower_bound(I first, I last, const T &v)
{
    return std::lower_bound(first, last, v, less<>());
}
template <class I, class T, class C>
constexpr I upper_bound(I first, I last, const T &v, C less)
{
    return std::partition_point(first, last, [&](auto &&e) { return !less(v, e); });
}
template <class I, class T>
constexpr I upper_bound(I first, I last, const T &v)
{
    return std::upper_bound(first, last, v, less<>());
}
template <class I, class T, class C>
constexpr pair<I, I> equal_range(I first, I last, const T &v, C less)
{
    I low = std::lower_bound(first, last, v, less);
    return {low, std::upper_bound(low, last, v, less)};
}
template <class I, class T>
constexpr pair<I, I> equal_range(I first, I last, const T &v)
{
    return std::equal_range(first, last, v, less<>());
}
template <class I, class T, class C>
constexpr bool binary_search(I first, I last, const T &v, C less)
{
    first = std::lower_bound(first, last, v, less);
    return first != last && !less(v, *first);
}
template <class I, class T>
constexpr bool binary_search(I first, I last, const T &v)
{
    return std::binary_search(first, last, v, less<>());
}

template <class I, class C>
constexpr I is_sorted_until(I first, I last, C less)
{
    if (first == last)
        return last;
    for (I next = first; ++next != last; first = next)
        if (less(*next, *first))
            return next;
    return last;
}
template <class I>
constexpr I is_sorted_until(I first, I last)
{
    return std::is_sorted_until(first, last, less<>());
}
template <class I, class C>
constexpr bool is_sorted(I first, I last, C less)
{
    return std::is_sorted_until(first, last, less) == last;
}
template <class I>
constexpr bool is_sorted(I first, I last)
{
    return std::is_sorted_until(first, last) == last;
}

template <class I, class J, class O, class C>
constexpr O merge(I first, I last, J other, J other_last, O to, C less)
{
    for (; first != last && other != other_last; ++to) {
        if (less(*other, *first)) {
            *to = *other;
            ++other;
        } else {
            *to = *first;
            ++first;
        }
    }
    return std::copy(other, other_last, std::copy(first, last, to));
}
template <class I, class J, class O>
constexpr O merge(I first, I last, J other, J other_last, O to)
{
    return std::merge(first, last, other, other_last, to, less<>());
}
template <class I, class J, class C>
constexpr bool includes(I first, I last, J other, J other_last, C less)
{
    for (; other != other_last; ++first) {
        if (first == last || less(*other, *first))
            return false;
        if (!less(*first, *other))
            ++other;
    }
    return true;
}
template <class I, class J>
constexpr bool includes(I first, I last, J other, J other_last)
{
    return std::includes(first, last, other, other_last, less<>());
}
template <class I, class J, class O, class C>
constexpr O set_union(I first, I last, J other, J other_last, O to, C less)
{
    for (; first != last && other != other_last; ++to) {
        if (less(*other, *first)) {
            *to = *other;
            ++other;
            continue;
        }
        if (!less(*first, *other))
            ++other;
        *to = *first;
        ++first;
    }
    return std::copy(other, other_last, std::copy(first, last, to));
}
template <class I, class J, class O>
constexpr O set_union(I first, I last, J other, J other_last, O to)
{
    return std::set_union(first, last, other, other_last, to, less<>());
}
template <class I, class J, class O, class C>
constexpr O set_intersection(I first, I last, J other, J other_last, O to, C less)
{
    while (first != last && other != other_last) {
        if (less(*first, *other)) {
            ++first;
        } else {
            if (!less(*other, *first)) {
                *to = *first;
                ++to;
                ++first;
            }
            ++other;
        }
    }
    return to;
}
template <class I, class J, class O>
constexpr O set_intersection(I first, I last, J other, J other_last, O to)
{
    return std::set_intersection(first, last, other, other_last, to, less<>());
}
template <class I, class J, class O, class C>
constexpr O set_difference(I first, I last, J other, J other_last, O to, C less)
{
    while (first != last && other != other_last) {
        if (less(*first, *other)) {
            *to = *first;
            ++to;
            ++first;
        } else {
            if (!less(*other, *first))
                ++first;
            ++other;
        }
    }
    return std::copy(first, last, to);
}
template <class I, class J, class O>
constexpr O set_difference(I first, I last, J other, J other_last, O to)
{
    return std::set_difference(first, last, other, other_last, to, less<>());
}
template <class I, class J, class O, class C>
constexpr O set_symmetric_difference(I first, I last, J other, J other_last, O to, C less)
{
    while (first != last && other != other_last) {
        if (less(*first, *other)) {
            *to = *first;
            ++to;
            ++first;
        } else if (less(*other, *first)) {
            *to = *other;
            ++to;
            ++other;
        } else {
            ++first;
            ++other;
        }
    }
    return std::copy(other, other_last, std::copy(first, last, to));
}
template <class I, class J, class O>
constexpr O set_symmetric_difference(I first, I last, J other, J other_last, O to)
{
    return std::set_symmetric_difference(first, last, other, other_last, to, less<>());
}

template <class I, class C>
constexpr bool next_permutation(I first, I last, C less)
{
    if (first == last)
        return false;
    for (I i = std::prev(last); i != first;) {
        I after = i;
        if (less(*--i, *after)) {
            I j = last;
            while (!less(*i, *--j))
                ;
            std::iter_swap(i, j);
            std::reverse(after, last);
            return true;
        }
    }
    std::reverse(first, last);
    return false;
}
template <class I>
constexpr bool next_permutation(I first, I last)
{
    return std::next_permutation(first, last, less<>());
}
template <class I, class C>
constexpr bool prev_permutation(I first, I last, C less)
{
    return std::next_permutation(first, last,
                                 [&](auto &&a, auto &&b) -> bool { return less(b, a); });
}
template <class I>
constexpr bool prev_permutation(I first, I last)
{
    return std::next_permutation(first, last, greater<>());
}

} // namespace std
