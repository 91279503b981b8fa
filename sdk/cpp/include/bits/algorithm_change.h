// Algorithms that write.
#pragma once

#include <bits/algorithm_query.h>
#include <cstdint>
#include <string.h>

namespace std
{

// Whether a range can be moved as bytes from one place to the other.
template <class I, class O>
concept __copies_as_bytes =
    __contiguous_category<I> && __contiguous_category<O> &&
    is_same_v<iter_value_t<I>, iter_value_t<O>> && is_trivially_copyable_v<iter_value_t<O>> &&
    !is_volatile_v<remove_reference_t<iter_reference_t<O>>>;

template <class I, class O>
O __copy_bytes(I first, I last, O to)
{
    auto n = last - first;
    if constexpr (is_copy_assignable_v<iter_value_t<O>>)
        if (n == 1) { // perhaps a base, with a derived class's member in its padding
            *to = *first;
            return to + n;
        }
    if (n > 0)
        ::memmove(static_cast<void *>(std::to_address(to)), std::to_address(first),
                  size_t(n) * sizeof(*first));
    return to + n;
}
template <class I, class O>
O __copy_bytes_backward(I first, I last, O end)
{
    end -= last - first;
    std::__copy_bytes(first, last, end);
    return end;
}

template <class I, class O>
constexpr O copy(I first, I last, O to)
{
    if constexpr (__copies_as_bytes<I, O>)
        if (!is_constant_evaluated())
            return std::__copy_bytes(first, last, to);
    for (; first != last; ++first, (void)++to)
        *to = *first;
    return to;
}
template <class I, class N, class O>
constexpr O copy_n(I first, N n, O to)
{
    for (auto left = std::__steps(n); left > 0; --left, (void)++first, (void)++to)
        *to = *first;
    return to;
}
template <class I, class O, class P>
constexpr O copy_if(I first, I last, O to, P p)
{
    for (; first != last; ++first)
        if (p(*first)) {
            *to = *first;
            ++to;
        }
    return to;
}
template <class I, class O>
constexpr O copy_backward(I first, I last, O end)
{
    if constexpr (__copies_as_bytes<I, O>)
        if (!is_constant_evaluated())
            return std::__copy_bytes_backward(first, last, end);
    while (first != last)
        *--end = *--last;
    return end;
}
template <class I, class O>
constexpr O move(I first, I last, O to)
{
    if constexpr (__copies_as_bytes<I, O>)
        if (!is_constant_evaluated())
            return std::__copy_bytes(first, last, to);
    for (; first != last; ++first, (void)++to)
        *to = std::move(*first);
    return to;
}
template <class I, class O>
constexpr O move_backward(I first, I last, O end)
{
    if constexpr (__copies_as_bytes<I, O>)
        if (!is_constant_evaluated())
            return std::__copy_bytes_backward(first, last, end);
    while (first != last)
        *--end = std::move(*--last);
    return end;
}
template <class I, class T>
constexpr void fill(I first, I last, const T &v)
{
    for (; first != last; ++first)
        *first = v;
}
template <class I, class N, class T>
constexpr I fill_n(I first, N n, const T &v)
{
    for (auto left = std::__steps(n); left > 0; --left, (void)++first)
        *first = v;
    return first;
}
template <class I, class F>
constexpr void generate(I first, I last, F f)
{
    for (; first != last; ++first)
        *first = f();
}
template <class I, class N, class F>
constexpr I generate_n(I first, N n, F f)
{
    for (auto left = std::__steps(n); left > 0; --left, (void)++first)
        *first = f();
    return first;
}
template <class I, class O, class F>
constexpr O transform(I first, I last, O to, F f)
{
    for (; first != last; ++first, (void)++to)
        *to = f(*first);
    return to;
}
template <class I, class J, class O, class F>
constexpr O transform(I first, I last, J other, O to, F f)
{
    for (; first != last; ++first, (void)++other, (void)++to)
        *to = f(*first, *other);
    return to;
}

template <class I, class P>
constexpr I remove_if(I first, I last, P p)
{
    first = std::find_if(first, last, p);
    if (first == last)
        return last;
    for (I i = first; ++i != last;)
        if (!p(*i)) {
            *first = std::move(*i);
            ++first;
        }
    return first;
}
template <class I, class T>
constexpr I remove(I first, I last, const T &v)
{
    return std::remove_if(first, last, [&](auto &&e) { return e == v; });
}
template <class I, class O, class P>
constexpr O remove_copy_if(I first, I last, O to, P p)
{
    return std::copy_if(first, last, to, [&](auto &&e) { return !p(e); });
}
template <class I, class O, class T>
constexpr O remove_copy(I first, I last, O to, const T &v)
{
    return std::copy_if(first, last, to, [&](auto &&e) { return !(e == v); });
}
template <class I, class P, class T>
constexpr void replace_if(I first, I last, P p, const T &with)
{
    for (; first != last; ++first)
        if (p(*first))
            *first = with;
}
template <class I, class T>
constexpr void replace(I first, I last, const T &what, const T &with)
{
    for (; first != last; ++first)
        if (*first == what)
            *first = with;
}
template <class I, class O, class P, class T>
constexpr O replace_copy_if(I first, I last, O to, P p, const T &with)
{
    for (; first != last; ++first, (void)++to) {
        if (p(*first))
            *to = with;
        else
            *to = *first;
    }
    return to;
}
template <class I, class O, class T>
constexpr O replace_copy(I first, I last, O to, const T &what, const T &with)
{
    for (; first != last; ++first, (void)++to) {
        if (*first == what)
            *to = with;
        else
            *to = *first;
    }
    return to;
}
template <class I, class P>
constexpr I unique(I first, I last, P same)
{
    first = std::adjacent_find(first, last, same);
    if (first == last)
        return last;
    for (I i = first; ++i != last;)
        if (!same(*first, *i))
            *++first = std::move(*i);
    return ++first;
}
template <class I>
constexpr I unique(I first, I last)
{
    return std::unique(first, last, equal_to<>());
}
template <class I, class O, class P>
constexpr O unique_copy(I first, I last, O to, P same)
{
    if (first == last)
        return to;
    if constexpr (__forward_category<I>) { // compares with the element that was copied last
        *to = *first;
        ++to;
        for (I copied = first; ++first != last;)
            if (!same(*copied, *first)) {
                *to = *first;
                ++to;
                copied = first;
            }
    } else {
        iter_value_t<I> v(*first);
        *to = v;
        ++to;
        while (++first != last)
            if (!same(v, *first)) {
                v = *first;
                *to = v;
                ++to;
            }
    }
    return to;
}
template <class I, class O>
constexpr O unique_copy(I first, I last, O to)
{
    return std::unique_copy(first, last, to, equal_to<>());
}

template <class I, class J>
constexpr void iter_swap(I a, J b)
{
    using std::swap;
    swap(*a, *b);
}
template <class I, class J>
constexpr J swap_ranges(I first, I last, J other)
{
    for (; first != last; ++first, (void)++other)
        std::iter_swap(first, other);
    return other;
}
template <class I>
constexpr void reverse(I first, I last)
{
    for (; first != last && first != --last; ++first)
        std::iter_swap(first, last);
}
template <class I, class O>
constexpr O reverse_copy(I first, I last, O to)
{
    for (; first != last; ++to)
        *to = *--last;
    return to;
}
template <class I>
constexpr I rotate(I first, I middle, I last)
{
    if (first == middle)
        return last;
    if (middle == last)
        return first;
    I write = first, next = first;
    for (I read = middle; read != last; ++write, (void)++read) {
        if (write == next)
            next = read;
        std::iter_swap(write, read);
    }
    std::rotate(write, next, last);
    return write;
}
template <class I, class O>
constexpr O rotate_copy(I first, I middle, I last, O to)
{
    return std::copy(first, middle, std::copy(middle, last, to));
}
template <class I>
constexpr I shift_left(I first, I last, iter_difference_t<I> n)
{
    if (n <= 0)
        return last;
    if (n >= std::distance(first, last))
        return first;
    return std::move(std::next(first, n), last, first);
}
template <class I>
constexpr I shift_right(I first, I last, iter_difference_t<I> n)
{
    if (n <= 0)
        return first;
    auto size = std::distance(first, last);
    if (n >= size)
        return last;
    return std::move_backward(first, std::next(first, size - n), last);
}
// A number below n, each as likely as the others. Where the generator knows fewer numbers, what it
// gives are the lower digits, and the upper ones are found the same way.
template <class G>
constexpr uint64_t __random_below(uint64_t n, G &random)
{
    constexpr uint64_t most = uint64_t(G::max() - G::min());
    uint64_t r;
    if (n - 1 <= most) {
        uint64_t usable = most - (most % n + 1) % n; // what lies beyond would favour some
        do
            r = uint64_t(random() - G::min());
        while (r > usable);
        return r % n;
    }
    do {
        r = std::__random_below((n - 1) / (most + 1) + 1, random) * (most + 1);
        r += uint64_t(random() - G::min());
    } while (r >= n);
    return r;
}
template <class I, class G>
constexpr void shuffle(I first, I last, G &&random)
{
    using distance = iter_difference_t<I>;
    for (distance n = last - first; n > 1; --n)
        if (distance i = distance(std::__random_below(uint64_t(n), random)); i != n - 1)
            std::iter_swap(first + (n - 1), first + i);
}
// Takes n of the elements, each as likely as the others: of `left` that can be read twice in their
// order (Knuth, algorithm S), of others by replacing what was taken (algorithm R).
template <class I, class O, class D, class G>
O __sample_in_order(I first, D left, O out, D n, G &random)
{
    for (D wanted = n < left ? n : left; wanted > 0; ++first, (void)--left)
        if (D(std::__random_below(uint64_t(left), random)) < wanted) {
            *out = *first;
            ++out;
            --wanted;
        }
    return out;
}
template <class I, class S, class O, class D, class G>
O __sample_by_replacing(I first, S last, O out, D n, G &random)
{
    D seen = 0;
    for (; first != last && seen < n; ++first, (void)++seen)
        out[seen] = *first;
    O end = out + seen;
    for (; first != last; ++first)
        if (D i = D(std::__random_below(uint64_t(++seen), random)); i < n)
            out[i] = *first;
    return end;
}
template <class I, class O, class D, class G>
O sample(I first, I last, O out, D n, G &&random)
{
    if constexpr (is_base_of_v<forward_iterator_tag,
                               typename iterator_traits<I>::iterator_category>)
        return std::__sample_in_order(first, D(std::distance(first, last)), out, n, random);
    else
        return std::__sample_by_replacing(first, last, out, n, random);
}

template <class I, class P>
constexpr bool is_partitioned(I first, I last, P p)
{
    first = std::find_if_not(first, last, p);
    return first == last || std::none_of(std::next(first), last, p);
}
template <class I, class P>
constexpr I partition(I first, I last, P p)
{
    first = std::find_if_not(first, last, p);
    if (first == last)
        return first;
    for (I i = std::next(first); i != last; ++i)
        if (p(*i)) {
            std::iter_swap(i, first);
            ++first;
        }
    return first;
}
template <class I, class P>
constexpr I stable_partition(I first, I last, P p)
{
    auto n = std::distance(first, last);
    if (n == 0)
        return first;
    if (n == 1)
        return p(*first) ? last : first;
    I middle = std::next(first, n / 2);
    I left = std::stable_partition(first, middle, p),
      right = std::stable_partition(middle, last, p);
    return std::rotate(left, middle, right);
}
template <class I, class O, class Q, class P>
constexpr pair<O, Q> partition_copy(I first, I last, O yes, Q no, P p)
{
    for (; first != last; ++first) {
        if (p(*first)) {
            *yes = *first;
            ++yes;
        } else {
            *no = *first;
            ++no;
        }
    }
    return {yes, no};
}
template <class I, class P>
constexpr I partition_point(I first, I last, P p)
{
    for (auto n = std::distance(first, last); n > 0;) {
        auto half = n / 2;
        I middle = std::next(first, half);
        if (p(*middle)) {
            first = ++middle;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return first;
}

} // namespace std
