// Making and destroying objects in raw memory, by ranges ([specialized.algorithms]).
#pragma once

#include <bits/ranges_operations.h>
#include <bits/uninitialized.h>

namespace std::ranges
{

template <class I>
concept __raw_iterator = input_iterator<I> && is_lvalue_reference_v<iter_reference_t<I>> &&
                         same_as<remove_cvref_t<iter_reference_t<I>>, iter_value_t<I>>;
template <class I>
concept __raw_forward_iterator = __raw_iterator<I> && forward_iterator<I>;
template <class R>
concept __raw_range = input_range<R> && __raw_iterator<iterator_t<R>>;
template <class R>
concept __raw_forward_range = __raw_range<R> && forward_range<R>;

struct __construct_at {
    template <class T, class... Args>
    constexpr auto operator()(T *p, Args &&...args) const
        -> decltype(std::construct_at(p, std::forward<Args>(args)...))
    {
        return std::construct_at(p, std::forward<Args>(args)...);
    }
};
inline constexpr __construct_at construct_at{};

struct __destroy_at {
    template <destructible T>
    constexpr void operator()(T *p) const noexcept
    {
        std::destroy_at(p);
    }
};
inline constexpr __destroy_at destroy_at{};

struct __destroy {
    template <__raw_iterator I, sentinel_for<I> S>
        requires destructible<iter_value_t<I>>
    constexpr I operator()(I first, S last) const noexcept
    {
        for (; first != last; ++first)
            std::destroy_at(std::addressof(*first));
        return first;
    }
    template <__raw_range R>
        requires destructible<range_value_t<R>>
    constexpr borrowed_iterator_t<R> operator()(R &&r) const noexcept
    {
        return (*this)(ranges::begin(r), ranges::end(r));
    }
};
inline constexpr __destroy destroy{};

struct __destroy_n {
    template <__raw_iterator I>
        requires destructible<iter_value_t<I>>
    constexpr I operator()(I first, iter_difference_t<I> n) const noexcept
    {
        return std::destroy_n(std::move(first), n);
    }
};
inline constexpr __destroy_n destroy_n{};

struct __uninitialized_default_construct {
    template <__raw_forward_iterator I, sentinel_for<I> S>
        requires default_initializable<iter_value_t<I>>
    I operator()(I first, S last) const
    {
        __unfinished<I> made(std::move(first));
        while (made.next != last)
            made.make_default();
        return made.finish();
    }
    template <__raw_forward_range R>
        requires default_initializable<range_value_t<R>>
    borrowed_iterator_t<R> operator()(R &&r) const
    {
        return (*this)(ranges::begin(r), ranges::end(r));
    }
};
inline constexpr __uninitialized_default_construct uninitialized_default_construct{};

struct __uninitialized_default_construct_n {
    template <__raw_forward_iterator I>
        requires default_initializable<iter_value_t<I>>
    I operator()(I first, iter_difference_t<I> n) const
    {
        return std::uninitialized_default_construct_n(std::move(first), n);
    }
};
inline constexpr __uninitialized_default_construct_n uninitialized_default_construct_n{};

struct __uninitialized_value_construct {
    template <__raw_forward_iterator I, sentinel_for<I> S>
        requires default_initializable<iter_value_t<I>>
    I operator()(I first, S last) const
    {
        __unfinished<I> made(std::move(first));
        while (made.next != last)
            made.make();
        return made.finish();
    }
    template <__raw_forward_range R>
        requires default_initializable<range_value_t<R>>
    borrowed_iterator_t<R> operator()(R &&r) const
    {
        return (*this)(ranges::begin(r), ranges::end(r));
    }
};
inline constexpr __uninitialized_value_construct uninitialized_value_construct{};

struct __uninitialized_value_construct_n {
    template <__raw_forward_iterator I>
        requires default_initializable<iter_value_t<I>>
    I operator()(I first, iter_difference_t<I> n) const
    {
        return std::uninitialized_value_construct_n(std::move(first), n);
    }
};
inline constexpr __uninitialized_value_construct_n uninitialized_value_construct_n{};

struct __uninitialized_fill {
    template <__raw_forward_iterator I, sentinel_for<I> S, class T>
        requires constructible_from<iter_value_t<I>, const T &>
    I operator()(I first, S last, const T &v) const
    {
        __unfinished<I> made(std::move(first));
        while (made.next != last)
            made.make(v);
        return made.finish();
    }
    template <__raw_forward_range R, class T>
        requires constructible_from<range_value_t<R>, const T &>
    borrowed_iterator_t<R> operator()(R &&r, const T &v) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), v);
    }
};
inline constexpr __uninitialized_fill uninitialized_fill{};

struct __uninitialized_fill_n {
    template <__raw_forward_iterator I, class T>
        requires constructible_from<iter_value_t<I>, const T &>
    I operator()(I first, iter_difference_t<I> n, const T &v) const
    {
        return std::uninitialized_fill_n(std::move(first), n, v);
    }
};
inline constexpr __uninitialized_fill_n uninitialized_fill_n{};

// Copies and moves end where either range does.
template <class I, class O>
using uninitialized_copy_result = in_out_result<I, O>;
struct __uninitialized_copy {
    template <input_iterator I, sentinel_for<I> S, __raw_forward_iterator O, sentinel_for<O> T>
        requires constructible_from<iter_value_t<O>, iter_reference_t<I>>
    uninitialized_copy_result<I, O> operator()(I first, S last, O to, T to_last) const
    {
        __unfinished<O> made(std::move(to));
        for (; first != last && made.next != to_last; ++first)
            made.make(*first);
        return {std::move(first), made.finish()};
    }
    template <input_range R, __raw_forward_range O>
        requires constructible_from<range_value_t<O>, range_reference_t<R>>
    uninitialized_copy_result<borrowed_iterator_t<R>, borrowed_iterator_t<O>>
    operator()(R &&r, O &&to) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(to), ranges::end(to));
    }
};
inline constexpr __uninitialized_copy uninitialized_copy{};

template <class I, class O>
using uninitialized_copy_n_result = in_out_result<I, O>;
struct __uninitialized_copy_n {
    template <input_iterator I, __raw_forward_iterator O, sentinel_for<O> T>
        requires constructible_from<iter_value_t<O>, iter_reference_t<I>>
    uninitialized_copy_n_result<I, O> operator()(I first, iter_difference_t<I> n, O to,
                                                 T to_last) const
    {
        __unfinished<O> made(std::move(to));
        for (; n > 0 && made.next != to_last; ++first, (void)--n)
            made.make(*first);
        return {std::move(first), made.finish()};
    }
};
inline constexpr __uninitialized_copy_n uninitialized_copy_n{};

template <class I, class O>
using uninitialized_move_result = in_out_result<I, O>;
struct __uninitialized_move {
    template <input_iterator I, sentinel_for<I> S, __raw_forward_iterator O, sentinel_for<O> T>
        requires constructible_from<iter_value_t<O>, iter_rvalue_reference_t<I>>
    uninitialized_move_result<I, O> operator()(I first, S last, O to, T to_last) const
    {
        __unfinished<O> made(std::move(to));
        for (; first != last && made.next != to_last; ++first)
            made.make(ranges::iter_move(first));
        return {std::move(first), made.finish()};
    }
    template <input_range R, __raw_forward_range O>
        requires constructible_from<range_value_t<O>, range_rvalue_reference_t<R>>
    uninitialized_move_result<borrowed_iterator_t<R>, borrowed_iterator_t<O>>
    operator()(R &&r, O &&to) const
    {
        return (*this)(ranges::begin(r), ranges::end(r), ranges::begin(to), ranges::end(to));
    }
};
inline constexpr __uninitialized_move uninitialized_move{};

template <class I, class O>
using uninitialized_move_n_result = in_out_result<I, O>;
struct __uninitialized_move_n {
    template <input_iterator I, __raw_forward_iterator O, sentinel_for<O> T>
        requires constructible_from<iter_value_t<O>, iter_rvalue_reference_t<I>>
    uninitialized_move_n_result<I, O> operator()(I first, iter_difference_t<I> n, O to,
                                                 T to_last) const
    {
        __unfinished<O> made(std::move(to));
        for (; n > 0 && made.next != to_last; ++first, (void)--n)
            made.make(ranges::iter_move(first));
        return {std::move(first), made.finish()};
    }
};
inline constexpr __uninitialized_move_n uninitialized_move_n{};

} // namespace std::ranges
