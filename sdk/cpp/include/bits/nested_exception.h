#pragma once

#include <bits/exception_ptr.h>
#include <type_traits>

namespace std
{

// A base that holds the exception being handled when it is made.
class nested_exception
{
    exception_ptr nested;

  public:
    nested_exception() noexcept : nested(current_exception()) {}
    nested_exception(const nested_exception &) noexcept = default;
    nested_exception &operator=(const nested_exception &) noexcept = default;
    virtual ~nested_exception();
    [[noreturn]] void rethrow_nested() const;
    exception_ptr nested_ptr() const noexcept { return nested; }
};

template <class T>
struct __with_nested : T, nested_exception {
    template <class U>
    explicit __with_nested(U &&e) : T(std::forward<U>(e))
    {
    }
};

// Throws `e` as it is where nothing can be derived from both.
template <class T>
[[noreturn]] void throw_with_nested(T &&e)
{
    using E = decay_t<T>;
    if constexpr (is_class_v<E> && !is_final_v<E> && !is_base_of_v<nested_exception, E>)
        throw __with_nested<E>(std::forward<T>(e));
    else
        throw std::forward<T>(e);
}

template <class E>
void rethrow_if_nested(const E &e)
{
    if constexpr (is_polymorphic_v<E> &&
                  (!is_base_of_v<nested_exception, E> || is_convertible_v<E *, nested_exception *>))
        if (const auto *n = dynamic_cast<const nested_exception *>(std::addressof(e)))
            n->rethrow_nested();
}

} // namespace std
