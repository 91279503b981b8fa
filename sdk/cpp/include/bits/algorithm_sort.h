// Sorting and heaps.
#pragma once

#include <bits/algorithm_order.h>
#include <memory>

namespace std
{

template <class I, class C>
constexpr void __sift_down(I first, iter_difference_t<I> root, iter_difference_t<I> n, C &less)
{
    iter_value_t<I> v = std::move(first[root]);
    for (auto child = 2 * root + 1; child < n; child = 2 * root + 1) {
        if (child + 1 < n && less(first[child], first[child + 1]))
            ++child;
        if (!less(v, first[child]))
            break;
        first[root] = std::move(first[child]);
        root = child;
    }
    first[root] = std::move(v);
}
template <class I, class C>
constexpr void make_heap(I first, I last, C less)
{
    auto n = last - first;
    for (auto i = n / 2; i-- > 0;)
        std::__sift_down(first, i, n, less);
}
template <class I>
constexpr void make_heap(I first, I last)
{
    std::make_heap(first, last, less<>());
}
template <class I, class C>
constexpr void push_heap(I first, I last, C less)
{
    auto i = last - first - 1;
    if (i <= 0)
        return;
    iter_value_t<I> v = std::move(first[i]);
    for (; i > 0 && less(first[(i - 1) / 2], v); i = (i - 1) / 2)
        first[i] = std::move(first[(i - 1) / 2]);
    first[i] = std::move(v);
}
template <class I>
constexpr void push_heap(I first, I last)
{
    std::push_heap(first, last, less<>());
}
template <class I, class C>
constexpr void pop_heap(I first, I last, C less)
{
    if (last - first < 2)
        return;
    --last;
    std::iter_swap(first, last);
    std::__sift_down(first, iter_difference_t<I>(0), last - first, less);
}
template <class I>
constexpr void pop_heap(I first, I last)
{
    std::pop_heap(first, last, less<>());
}
template <class I, class C>
constexpr void sort_heap(I first, I last, C less)
{
    for (; last - first > 1; --last)
        std::pop_heap(first, last, less);
}
template <class I>
constexpr void sort_heap(I first, I last)
{
    std::sort_heap(first, last, less<>());
}
template <class I, class C>
constexpr I is_heap_until(I first, I last, C less)
{
    auto n = last - first;
    for (decltype(n) i = 1; i < n; ++i)
        if (less(first[(i - 1) / 2], first[i]))
            return first + i;
    return last;
}
template <class I>
constexpr I is_heap_until(I first, I last)
{
    return std::is_heap_until(first, last, less<>());
}
template <class I, class C>
constexpr bool is_heap(I first, I last, C less)
{
    return std::is_heap_until(first, last, less) == last;
}
template <class I>
constexpr bool is_heap(I first, I last)
{
    return std::is_heap(first, last, less<>());
}

template <class I, class C>
constexpr void __insertion_sort(I first, I last, C &less)
{
    if (first == last)
        return;
    for (I i = first + 1; i < last; ++i) {
        if (!less(*i, *(i - 1)))
            continue;
        iter_value_t<I> v = std::move(*i);
        I hole = i;
        do {
            *hole = std::move(*(hole - 1));
            --hole;
        } while (hole != first && less(v, *(hole - 1)));
        *hole = std::move(v);
    }
}
// Puts the median of first, middle and last at the front.
template <class I, class C>
constexpr void __median_to_front(I first, I last, C &less)
{
    I middle = first + (last - first) / 2, end = last - 1;
    if (less(*middle, *first))
        std::iter_swap(middle, first);
    if (less(*end, *middle)) {
        std::iter_swap(end, middle);
        if (less(*middle, *first))
            std::iter_swap(middle, first);
    }
    std::iter_swap(first, middle);
}
// Splits around the element at the front; its final place. Both scans stop at equal elements.
template <class I, class C>
constexpr I __split(I first, I last, C &less)
{
    I i = first, j = last;
    for (;;) {
        do
            ++i;
        while (i != last && less(*i, *first));
        do
            --j;
        while (less(*first, *j));
        if (!(i < j))
            break;
        std::iter_swap(i, j);
    }
    std::iter_swap(first, j);
    return j;
}
enum { __INSERTION_MAX = 16 };
// Quicksort that turns to heap sort where the pivots are bad: O(n log n) always.
template <class I, class C>
constexpr void __introsort(I first, I last, int depth, C &less)
{
    while (last - first > __INSERTION_MAX) {
        if (depth-- == 0) {
            std::make_heap(first, last, less);
            std::sort_heap(first, last, less);
            return;
        }
        std::__median_to_front(first, last, less);
        I pivot = std::__split(first, last, less);
        if (pivot - first < last - pivot) {
            std::__introsort(first, pivot, depth, less);
            first = pivot + 1;
        } else {
            std::__introsort(pivot + 1, last, depth, less);
            last = pivot;
        }
    }
    std::__insertion_sort(first, last, less);
}
template <class N>
constexpr int __depth_limit(N n)
{
    int depth = 0;
    for (; n > 0; n /= 2)
        depth += 2;
    return depth;
}
template <class I, class C>
constexpr void sort(I first, I last, C less)
{
    std::__introsort(first, last, std::__depth_limit(last - first), less);
}
template <class I>
constexpr void sort(I first, I last)
{
    std::sort(first, last, less<>());
}

template <class I, class C>
constexpr void partial_sort(I first, I middle, I last, C less)
{
    std::make_heap(first, middle, less);
    for (I i = middle; i != last && first != middle; ++i)
        if (less(*i, *first)) {
            std::iter_swap(i, first);
            std::__sift_down(first, iter_difference_t<I>(0), middle - first, less);
        }
    std::sort_heap(first, middle, less);
}
template <class I>
constexpr void partial_sort(I first, I middle, I last)
{
    std::partial_sort(first, middle, last, less<>());
}
template <class I, class O, class C>
constexpr O partial_sort_copy(I first, I last, O to, O to_last, C less)
{
    O end = to;
    for (; first != last && end != to_last; ++first, (void)++end)
        *end = *first;
    if (end == to)
        return end;
    std::make_heap(to, end, less);
    for (; first != last; ++first)
        if (less(*first, *to)) {
            *to = *first;
            std::__sift_down(to, iter_difference_t<O>(0), end - to, less);
        }
    std::sort_heap(to, end, less);
    return end;
}
template <class I, class O>
constexpr O partial_sort_copy(I first, I last, O to, O to_last)
{
    return std::partial_sort_copy(first, last, to, to_last, less<>());
}
template <class I, class C>
constexpr void nth_element(I first, I nth, I last, C less)
{
    int depth = std::__depth_limit(last - first);
    while (last - first > __INSERTION_MAX) {
        if (depth-- == 0) {
            std::make_heap(first, last, less);
            std::sort_heap(first, last, less);
            return;
        }
        std::__median_to_front(first, last, less);
        I pivot = std::__split(first, last, less);
        if (pivot == nth)
            return;
        if (nth < pivot)
            last = pivot;
        else
            first = pivot + 1;
    }
    std::__insertion_sort(first, last, less);
}
template <class I>
constexpr void nth_element(I first, I nth, I last)
{
    std::nth_element(first, nth, last, less<>());
}

// Raw memory for n elements, or none where there is no more.
template <class T>
class __merge_space
{
    void *bytes;

  public:
    explicit __merge_space(size_t n)
        : bytes(n <= size_t(-1) / sizeof(T)
                    ? ::operator new(n * sizeof(T), align_val_t(alignof(T)), nothrow)
                    : nullptr)
    {
    }
    __merge_space(const __merge_space &) = delete;
    ~__merge_space() { ::operator delete(bytes, align_val_t(alignof(T))); }
    T *get() const { return static_cast<T *>(bytes); }
};
// Elements that are in raw memory for a while.
template <class T>
struct __visitors {
    T *first, *last;
    ~__visitors() { std::destroy(first, last); }
};
// Merges [first, middle) and [middle, last), the left part through `space`.
template <class I, class T, class C>
void __merge_through(I first, I middle, I last, T *space, C &less)
{
    __visitors<T> all{space, std::uninitialized_move(first, middle, space)};
    T *left = all.first;
    for (; left != all.last && middle != last; ++first) {
        if (less(*middle, *left)) {
            *first = std::move(*middle);
            ++middle;
        } else {
            *first = std::move(*left++);
        }
    }
    std::move(left, all.last, first);
}
// The same without memory: the middle halves change places, and what is left and right of them is
// merged.
template <class I, class C>
void __merge_by_rotating(I first, I middle, I last, C &less)
{
    auto left = std::distance(first, middle), right = std::distance(middle, last);
    if (left == 0 || right == 0)
        return;
    if (left + right == 2) {
        if (less(*middle, *first))
            std::iter_swap(first, middle);
        return;
    }
    I from = first, to = middle;
    if (left > right) {
        std::advance(from, left / 2);
        to = std::lower_bound(middle, last, *from, less);
    } else {
        std::advance(to, right / 2);
        from = std::upper_bound(first, middle, *to, less);
    }
    middle = std::rotate(from, middle, to);
    std::__merge_by_rotating(first, from, middle, less);
    std::__merge_by_rotating(middle, to, last, less);
}
template <class I, class T, class C>
void __merge(I first, I middle, I last, T *space, C &less)
{
    if (space)
        std::__merge_through(first, middle, last, space, less);
    else
        std::__merge_by_rotating(first, middle, last, less);
}
template <class I, class T, class C>
void __merge_sort(I first, I last, T *space, C &less)
{
    if (last - first <= __INSERTION_MAX) {
        std::__insertion_sort(first, last, less);
        return;
    }
    I middle = first + (last - first) / 2;
    std::__merge_sort(first, middle, space, less);
    std::__merge_sort(middle, last, space, less);
    if (less(*middle, *(middle - 1)))
        std::__merge(first, middle, last, space, less);
}
template <class I, class C>
void stable_sort(I first, I last, C less)
{
    __merge_space<iter_value_t<I>> space(size_t(last - first) / 2 + 1);
    std::__merge_sort(first, last, space.get(), less);
}
template <class I>
void stable_sort(I first, I last)
{
    std::stable_sort(first, last, less<>());
}
template <class I, class C>
void inplace_merge(I first, I middle, I last, C less)
{
    __merge_space<iter_value_t<I>> space(size_t(std::distance(first, middle)));
    std::__merge(first, middle, last, space.get(), less);
}
template <class I>
void inplace_merge(I first, I middle, I last)
{
    std::inplace_merge(first, middle, last, less<>());
}

} // namespace std
