// Making and destroying objects in raw memory ([specialized.algorithms]).
#pragma once

#include <bits/algorithm_change.h>
#include <bits/allocator.h>

namespace std
{

template <class I>
constexpr void destroy(I first, I last)
{
    if constexpr (!is_trivially_destructible_v<__traits_value<I>>)
        for (; first != last; ++first)
            std::destroy_at(std::addressof(*first));
}
template <class I, class N>
constexpr I destroy_n(I first, N n)
{
    for (; n > 0; (void)++first, (void)--n)
        std::destroy_at(std::addressof(*first));
    return first;
}

// Objects that are being made; they go again unless all of them come to be.
template <class I>
class __unfinished
{
    I first;
    bool finished = false;

  public:
    I next;
    constexpr explicit __unfinished(I i) : first(i), next(i) {}
    __unfinished(const __unfinished &) = delete;
    constexpr ~__unfinished()
    {
        if (!finished)
            std::destroy(first, next);
    }
    template <class... Args>
    constexpr void make(Args &&...args)
    {
        std::construct_at(std::addressof(*next), std::forward<Args>(args)...);
        ++next;
    }
    void make_default()
    {
        ::new (const_cast<void *>(static_cast<const volatile void *>(std::addressof(*next))))
            remove_reference_t<decltype(*next)>;
        ++next;
    }
    constexpr I finish()
    {
        finished = true;
        return next;
    }
};

template <class I, class O>
constexpr O uninitialized_copy(I first, I last, O to)
{
    if constexpr (__copies_as_bytes<I, O>)
        if (!is_constant_evaluated())
            return std::__copy_bytes(first, last, to);
    __unfinished<O> made(to);
    for (; first != last; ++first)
        made.make(*first);
    return made.finish();
}
template <class I, class N, class O>
constexpr O uninitialized_copy_n(I first, N n, O to)
{
    __unfinished<O> made(to);
    for (; n > 0; (void)++first, (void)--n)
        made.make(*first);
    return made.finish();
}
template <class I, class O>
constexpr O uninitialized_move(I first, I last, O to)
{
    if constexpr (__copies_as_bytes<I, O>)
        if (!is_constant_evaluated())
            return std::__copy_bytes(first, last, to);
    __unfinished<O> made(to);
    for (; first != last; ++first)
        made.make(std::move(*first));
    return made.finish();
}
template <class I, class N, class O>
constexpr pair<I, O> uninitialized_move_n(I first, N n, O to)
{
    __unfinished<O> made(to);
    for (; n > 0; (void)++first, (void)--n)
        made.make(std::move(*first));
    return {first, made.finish()};
}
template <class I, class T>
constexpr void uninitialized_fill(I first, I last, const T &v)
{
    __unfinished<I> made(first);
    while (made.next != last)
        made.make(v);
    made.finish();
}
template <class I, class N, class T>
constexpr I uninitialized_fill_n(I first, N n, const T &v)
{
    __unfinished<I> made(first);
    for (; n > 0; --n)
        made.make(v);
    return made.finish();
}
template <class I>
constexpr void uninitialized_value_construct(I first, I last)
{
    __unfinished<I> made(first);
    while (made.next != last)
        made.make();
    made.finish();
}
template <class I, class N>
constexpr I uninitialized_value_construct_n(I first, N n)
{
    __unfinished<I> made(first);
    for (; n > 0; --n)
        made.make();
    return made.finish();
}
template <class I>
void uninitialized_default_construct(I first, I last)
{
    __unfinished<I> made(first);
    while (made.next != last)
        made.make_default();
    made.finish();
}
template <class I, class N>
I uninitialized_default_construct_n(I first, N n)
{
    __unfinished<I> made(first);
    for (; n > 0; --n)
        made.make_default();
    return made.finish();
}

} // namespace std
