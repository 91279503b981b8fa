// Function objects for the operators.
#pragma once

#include <bits/move.h>

namespace std
{

#define __BINARY(name, op)                                                                         \
    template <class T = void>                                                                      \
    struct name {                                                                                  \
        constexpr auto operator()(const T &a, const T &b) const                                    \
        {                                                                                          \
            return a op b;                                                                         \
        }                                                                                          \
    };                                                                                             \
    template <>                                                                                    \
    struct name<void> {                                                                            \
        using is_transparent = void;                                                               \
        template <class T, class U>                                                                \
        constexpr auto operator()(T &&a, U &&b) const                                              \
            -> decltype(std::forward<T>(a) op std::forward<U>(b))                                  \
        {                                                                                          \
            return std::forward<T>(a) op std::forward<U>(b);                                       \
        }                                                                                          \
    };
__BINARY(plus, +)
__BINARY(minus, -)
__BINARY(multiplies, *)
__BINARY(divides, /)
__BINARY(modulus, %)
__BINARY(equal_to, ==)
__BINARY(not_equal_to, !=)
__BINARY(less, <)
__BINARY(greater, >)
__BINARY(less_equal, <=)
__BINARY(greater_equal, >=)
__BINARY(logical_and, &&)
__BINARY(logical_or, ||)
__BINARY(bit_and, &)
__BINARY(bit_or, |)
__BINARY(bit_xor, ^)
#undef __BINARY

#define __UNARY(name, op)                                                                          \
    template <class T = void>                                                                      \
    struct name {                                                                                  \
        constexpr auto operator()(const T &a) const                                                \
        {                                                                                          \
            return op a;                                                                           \
        }                                                                                          \
    };                                                                                             \
    template <>                                                                                    \
    struct name<void> {                                                                            \
        using is_transparent = void;                                                               \
        template <class T>                                                                         \
        constexpr auto operator()(T &&a) const -> decltype(op std::forward<T>(a))                  \
        {                                                                                          \
            return op std::forward<T>(a);                                                          \
        }                                                                                          \
    };
__UNARY(negate, -)
__UNARY(logical_not, !)
__UNARY(bit_not, ~)
#undef __UNARY

struct identity {
    using is_transparent = void;
    template <class T>
    constexpr T &&operator()(T &&t) const noexcept
    {
        return std::forward<T>(t);
    }
};

} // namespace std
