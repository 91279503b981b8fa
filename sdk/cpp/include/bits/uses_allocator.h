// Construction with an allocator, for objects that take one: [allocator.uses.construction].
#pragma once

#include <bits/allocator.h>
#include <tuple>

namespace std
{

template <class T>
inline constexpr bool __is_pair = false;
template <class T, class U>
inline constexpr bool __is_pair<pair<T, U>> = true;

template <class T, class A, class... Args>
    requires(!__is_pair<remove_cv_t<T>>)
constexpr auto uses_allocator_construction_args(const A &a, Args &&...args) noexcept
{
    if constexpr (!uses_allocator_v<remove_cv_t<T>, A>)
        return tuple<Args &&...>(std::forward<Args>(args)...);
    else if constexpr (is_constructible_v<T, allocator_arg_t, const A &, Args...>)
        return tuple<allocator_arg_t, const A &, Args &&...>(allocator_arg, a,
                                                             std::forward<Args>(args)...);
    else
        return tuple<Args &&..., const A &>(std::forward<Args>(args)..., a);
}

template <class T, class A, class Tuple1, class Tuple2>
    requires __is_pair<remove_cv_t<T>>
constexpr auto uses_allocator_construction_args(const A &a, piecewise_construct_t, Tuple1 &&x,
                                                Tuple2 &&y) noexcept
{
    using P = remove_cv_t<T>;
    return std::make_tuple(
        piecewise_construct,
        std::apply(
            [&a](auto &&...args) {
                return std::uses_allocator_construction_args<typename P::first_type>(
                    a, std::forward<decltype(args)>(args)...);
            },
            std::forward<Tuple1>(x)),
        std::apply(
            [&a](auto &&...args) {
                return std::uses_allocator_construction_args<typename P::second_type>(
                    a, std::forward<decltype(args)>(args)...);
            },
            std::forward<Tuple2>(y)));
}
template <class T, class A>
    requires __is_pair<remove_cv_t<T>>
constexpr auto uses_allocator_construction_args(const A &a) noexcept
{
    return std::uses_allocator_construction_args<T>(a, piecewise_construct, tuple<>(), tuple<>());
}
template <class T, class A, class U, class V>
    requires __is_pair<remove_cv_t<T>>
constexpr auto uses_allocator_construction_args(const A &a, U &&u, V &&v) noexcept
{
    return std::uses_allocator_construction_args<T>(a, piecewise_construct,
                                                    std::forward_as_tuple(std::forward<U>(u)),
                                                    std::forward_as_tuple(std::forward<V>(v)));
}
template <class T, class A, class U, class V>
    requires __is_pair<remove_cv_t<T>>
constexpr auto uses_allocator_construction_args(const A &a, const pair<U, V> &p) noexcept
{
    return std::uses_allocator_construction_args<T>(
        a, piecewise_construct, std::forward_as_tuple(p.first), std::forward_as_tuple(p.second));
}
template <class T, class A, class U, class V>
    requires __is_pair<remove_cv_t<T>>
constexpr auto uses_allocator_construction_args(const A &a, pair<U, V> &&p) noexcept
{
    return std::uses_allocator_construction_args<T>(
        a, piecewise_construct, std::forward_as_tuple(std::forward<U>(p.first)),
        std::forward_as_tuple(std::forward<V>(p.second)));
}

template <class T, class A, class... Args>
constexpr T make_obj_using_allocator(const A &a, Args &&...args)
{
    return std::make_from_tuple<T>(
        std::uses_allocator_construction_args<T>(a, std::forward<Args>(args)...));
}
template <class T, class A, class... Args>
constexpr T *uninitialized_construct_using_allocator(T *p, const A &a, Args &&...args)
{
    return std::apply(
        [p](auto &&...all) { return std::construct_at(p, std::forward<decltype(all)>(all)...); },
        std::uses_allocator_construction_args<T>(a, std::forward<Args>(args)...));
}

} // namespace std
