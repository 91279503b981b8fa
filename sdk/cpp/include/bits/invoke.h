// INVOKE ([func.require]): members through objects, references and pointers, everything else by
// calling.
#pragma once

#include <type_traits>

namespace std
{

template <class T>
inline constexpr bool __is_reference_wrapper = false;
template <class T>
inline constexpr bool __is_reference_wrapper<reference_wrapper<T>> = true;

// What a member of C is taken from.
template <class C, class Object>
    requires is_base_of_v<C, __remove_cvref(Object)>
constexpr Object &&__target(Object &&o) noexcept
{
    return static_cast<Object &&>(o);
}
template <class C, class Wrapper>
    requires(!is_base_of_v<C, __remove_cvref(Wrapper)> &&
             __is_reference_wrapper<__remove_cvref(Wrapper)>)
constexpr decltype(auto) __target(Wrapper &&w) noexcept
{
    return w.get();
}
template <class C, class Pointer>
    requires(!is_base_of_v<C, __remove_cvref(Pointer)> &&
             !__is_reference_wrapper<__remove_cvref(Pointer)>)
constexpr auto __target(Pointer &&p) noexcept(noexcept(*static_cast<Pointer &&>(p)))
    -> decltype(*static_cast<Pointer &&>(p))
{
    return *static_cast<Pointer &&>(p);
}

template <class F, class... Args>
constexpr auto
__invoke(F &&f,
         Args &&...args) noexcept(noexcept(static_cast<F &&>(f)(static_cast<Args &&>(args)...)))
    -> decltype(static_cast<F &&>(f)(static_cast<Args &&>(args)...))
{
    return static_cast<F &&>(f)(static_cast<Args &&>(args)...);
}
template <class M, class C, class Object, class... Args>
    requires is_function_v<M>
constexpr auto __invoke(M C::*member, Object &&o, Args &&...args) noexcept(
    noexcept((std::__target<C>(static_cast<Object &&>(o)).*member)(static_cast<Args &&>(args)...)))
    -> decltype((std::__target<C>(static_cast<Object &&>(o)).*
                 member)(static_cast<Args &&>(args)...))
{
    return (std::__target<C>(static_cast<Object &&>(o)).*member)(static_cast<Args &&>(args)...);
}
template <class M, class C, class Object>
    requires(!is_function_v<M>)
constexpr auto
__invoke(M C::*member,
         Object &&o) noexcept(noexcept(std::__target<C>(static_cast<Object &&>(o)).*member))
    -> decltype((std::__target<C>(static_cast<Object &&>(o)).*member))
{
    return std::__target<C>(static_cast<Object &&>(o)).*member;
}

template <class F, class... Args>
concept __can_invoke = requires { std::__invoke(declval<F>(), declval<Args>()...); };

template <class F, class... Args>
struct invoke_result {
};
template <class F, class... Args>
    requires __can_invoke<F, Args...>
struct invoke_result<F, Args...> {
    using type = decltype(std::__invoke(declval<F>(), declval<Args>()...));
};
template <class F, class... Args>
using invoke_result_t = typename invoke_result<F, Args...>::type;

template <class F, class... Args>
struct is_invocable : bool_constant<__can_invoke<F, Args...>> {
};
template <class F, class... Args>
inline constexpr bool is_invocable_v = __can_invoke<F, Args...>;
template <class F, class... Args>
inline constexpr bool is_nothrow_invocable_v = false;
template <class F, class... Args>
    requires __can_invoke<F, Args...>
inline constexpr bool is_nothrow_invocable_v<F, Args...> =
    noexcept(std::__invoke(declval<F>(), declval<Args>()...));
template <class F, class... Args>
struct is_nothrow_invocable : bool_constant<is_nothrow_invocable_v<F, Args...>> {
};

// A call's result converts to R: the result itself, not an xvalue of its type.
template <class R, class F, class... Args>
inline constexpr bool is_invocable_r_v = false;
template <class R, class F, class... Args>
    requires __can_invoke<F, Args...>
inline constexpr bool is_invocable_r_v<R, F, Args...> =
    is_void_v<R> || requires(void (&to)(type_identity_t<conditional_t<is_void_v<R>, int, R>>)) {
        to(std::__invoke(declval<F>(), declval<Args>()...));
    };
template <class R, class F, class... Args>
struct is_invocable_r : bool_constant<is_invocable_r_v<R, F, Args...>> {
};
template <class R, class F, class... Args>
inline constexpr bool is_nothrow_invocable_r_v = false;
template <class R, class F, class... Args>
    requires(is_nothrow_invocable_v<F, Args...> && is_invocable_r_v<R, F, Args...>)
inline constexpr bool is_nothrow_invocable_r_v<R, F, Args...> =
    is_void_v<R> ||
    requires(void (&to)(type_identity_t<conditional_t<is_void_v<R>, int, R>>) noexcept) {
        { to(std::__invoke(declval<F>(), declval<Args>()...)) } noexcept;
    };
template <class R, class F, class... Args>
struct is_nothrow_invocable_r : bool_constant<is_nothrow_invocable_r_v<R, F, Args...>> {
};

} // namespace std
