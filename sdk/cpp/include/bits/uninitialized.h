// Making and destroying objects in raw memory.
#pragma once

#include <bits/algorithm_change.h>
#include <bits/allocator.h>

namespace std
{

template <class I>
constexpr void destroy(I first, I last)
{
    if constexpr (!is_trivially_destructible_v<iter_value_t<I>>)
        for (; first != last; ++first)
            std::destroy_at(std::addressof(*first));
}
template <class I, class N>
constexpr I destroy_n(I first, N n)
{
    for (; n > 0; --n, ++first)
        std::destroy_at(std::addressof(*first));
    return first;
}
template <class I, class O>
constexpr O uninitialized_copy(I first, I last, O to)
{
    if constexpr (__copies_as_bytes<I, O>)
        return std::copy(first, last, to);
    for (; first != last; ++first, ++to)
        std::construct_at(std::addressof(*to), *first);
    return to;
}
template <class I, class N, class O>
constexpr O uninitialized_copy_n(I first, N n, O to)
{
    for (; n > 0; --n, ++first, ++to)
        std::construct_at(std::addressof(*to), *first);
    return to;
}
template <class I, class O>
constexpr O uninitialized_move(I first, I last, O to)
{
    if constexpr (__copies_as_bytes<I, O>)
        return std::copy(first, last, to);
    for (; first != last; ++first, ++to)
        std::construct_at(std::addressof(*to), std::move(*first));
    return to;
}
template <class I, class T>
constexpr void uninitialized_fill(I first, I last, const T &v)
{
    for (; first != last; ++first)
        std::construct_at(std::addressof(*first), v);
}
template <class I, class N, class T>
constexpr I uninitialized_fill_n(I first, N n, const T &v)
{
    for (; n > 0; --n, ++first)
        std::construct_at(std::addressof(*first), v);
    return first;
}
template <class I>
constexpr void uninitialized_value_construct(I first, I last)
{
    for (; first != last; ++first)
        std::construct_at(std::addressof(*first));
}
template <class I>
constexpr void uninitialized_default_construct(I first, I last)
{
    for (; first != last; ++first)
        ::new (static_cast<void *>(std::addressof(*first))) iter_value_t<I>;
}

} // namespace std
