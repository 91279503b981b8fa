// Allocators, and what describes them and their pointers ([pointer.traits], [allocator.traits],
// [default.allocator]).
#pragma once

#include <bits/iterator_base.h>
#include <bits/throw.h>
#include <new>

namespace std
{

template <class T, class... Args>
constexpr auto construct_at(T *p, Args &&...args)
    -> decltype(::new(declval<void *>()) T(static_cast<Args &&>(args)...))
{
    return ::new (static_cast<void *>(const_cast<remove_cv_t<T> *>(p)))
        T(static_cast<Args &&>(args)...);
}
template <class T>
constexpr void destroy_at(T *p)
{
    if constexpr (is_array_v<T>)
        for (auto &e : *p)
            std::destroy_at(__builtin_addressof(e));
    else
        p->~T();
}

// C::name, or Default where there is none.
#define __MEMBER_OR(name)                                                                          \
    template <class C, class Default>                                                              \
    struct __##name##_or : type_identity<Default> {                                                \
    };                                                                                             \
    template <class C, class Default>                                                              \
        requires requires { typename C::name; }                                                    \
    struct __##name##_or<C, Default> : type_identity<typename C::name> {                           \
    };

__MEMBER_OR(pointer)
__MEMBER_OR(const_pointer)
__MEMBER_OR(void_pointer)
__MEMBER_OR(const_void_pointer)
__MEMBER_OR(difference_type)
__MEMBER_OR(size_type)
__MEMBER_OR(propagate_on_container_copy_assignment)
__MEMBER_OR(propagate_on_container_move_assignment)
__MEMBER_OR(propagate_on_container_swap)
__MEMBER_OR(is_always_equal)
#undef __MEMBER_OR

// The same template with another first argument.
template <class C, class U>
struct __with_argument {
};
template <template <class, class...> class C, class T, class... More, class U>
struct __with_argument<C<T, More...>, U> {
    using type = C<U, More...>;
};

template <class P>
struct __element_of {
};
template <template <class, class...> class P, class T, class... More>
struct __element_of<P<T, More...>> {
    using element_type = T;
};
template <class P>
    requires requires { typename P::element_type; }
struct __element_of<P> {
    using element_type = typename P::element_type;
};

template <class P>
struct pointer_traits {
};
template <class P>
    requires requires { typename __element_of<P>::element_type; }
struct pointer_traits<P> {
    using pointer = P;
    using element_type = typename __element_of<P>::element_type;
    using difference_type = typename __difference_type_or<P, ptrdiff_t>::type;

  private:
    template <class U, class Q>
    struct rebound : __with_argument<Q, U> {
    };
    template <class U, class Q>
        requires requires { typename Q::template rebind<U>; }
    struct rebound<U, Q> : type_identity<typename Q::template rebind<U>> {
    };
    struct nothing {
    };

  public:
    template <class U>
    using rebind = typename rebound<U, P>::type;
    static constexpr P pointer_to(conditional_t<is_void_v<element_type>, nothing, element_type> &e)
        requires requires { P::pointer_to(e); }
    {
        return P::pointer_to(e);
    }
};
template <class T>
struct pointer_traits<T *> {
    using pointer = T *;
    using element_type = T;
    using difference_type = ptrdiff_t;
    template <class U>
    using rebind = U *;

  private:
    struct nothing {
    };

  public:
    static constexpr T *pointer_to(conditional_t<is_void_v<T>, nothing, T> &e) noexcept
    {
        return __builtin_addressof(e);
    }
};

template <class T>
class allocator
{
  public:
    using value_type = T;
    using size_type = size_t;
    using difference_type = ptrdiff_t;
    using propagate_on_container_move_assignment = true_type;
    using is_always_equal = true_type;

    constexpr allocator() noexcept = default;
    constexpr allocator(const allocator &) noexcept = default;
    template <class U>
    constexpr allocator(const allocator<U> &) noexcept
    {
    }
    allocator &operator=(const allocator &) = default;
    [[nodiscard]] constexpr T *allocate(size_t n)
    {
        static_assert(sizeof(T) >= 0, "the type must be complete here");
        if (n > size_t(-1) / 2 / sizeof(T))
            __throw_bad_array_new_length();
        if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__)
            if (!is_constant_evaluated())
                return static_cast<T *>(::operator new(n * sizeof(T), align_val_t(alignof(T))));
        return static_cast<T *>(::operator new(n * sizeof(T)));
    }
    constexpr void deallocate(T *p, size_t n)
    {
        if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__)
            if (!is_constant_evaluated())
                return ::operator delete(p, n * sizeof(T), align_val_t(alignof(T)));
        if (is_constant_evaluated())
            ::operator delete(p);
        else
            ::operator delete(p, n * sizeof(T));
    }
    template <class U>
    constexpr bool operator==(const allocator<U> &) const noexcept
    {
        return true;
    }
};

// What deduction takes for an allocator ([container.reqmts]).
template <class A>
concept __allocator = requires(A &a) {
    typename A::value_type;
    a.allocate(size_t(1));
};

// What an allocator leaves out has a default here.
template <class A>
struct allocator_traits {
    using allocator_type = A;
    using value_type = typename A::value_type;
    using pointer = typename __pointer_or<A, value_type *>::type;
    using const_pointer = typename __const_pointer_or<
        A, typename pointer_traits<pointer>::template rebind<const value_type>>::type;
    using void_pointer =
        typename __void_pointer_or<A,
                                   typename pointer_traits<pointer>::template rebind<void>>::type;
    using const_void_pointer = typename __const_void_pointer_or<
        A, typename pointer_traits<pointer>::template rebind<const void>>::type;
    using difference_type =
        typename __difference_type_or<A, typename pointer_traits<pointer>::difference_type>::type;
    using size_type = typename __size_type_or<A, make_unsigned_t<difference_type>>::type;
    using propagate_on_container_copy_assignment =
        typename __propagate_on_container_copy_assignment_or<A, false_type>::type;
    using propagate_on_container_move_assignment =
        typename __propagate_on_container_move_assignment_or<A, false_type>::type;
    using propagate_on_container_swap =
        typename __propagate_on_container_swap_or<A, false_type>::type;
    using is_always_equal = typename __is_always_equal_or<A, typename is_empty<A>::type>::type;

  private:
    template <class U, class B>
    struct rebound : __with_argument<B, U> {
    };
    template <class U, class B>
        requires requires { typename B::template rebind<U>::other; }
    struct rebound<U, B> : type_identity<typename B::template rebind<U>::other> {
    };

  public:
    template <class U>
    using rebind_alloc = typename rebound<U, A>::type;
    template <class U>
    using rebind_traits = allocator_traits<rebind_alloc<U>>;

    [[nodiscard]] static constexpr pointer allocate(A &a, size_type n) { return a.allocate(n); }
    [[nodiscard]] static constexpr pointer allocate(A &a, size_type n, const_void_pointer hint)
    {
        if constexpr (requires { a.allocate(n, hint); })
            return a.allocate(n, hint);
        else
            return a.allocate(n);
    }
    static constexpr void deallocate(A &a, pointer p, size_type n) { a.deallocate(p, n); }
    template <class T, class... Args>
    static constexpr void construct(A &a, T *p, Args &&...args)
    {
        if constexpr (requires { a.construct(p, std::forward<Args>(args)...); })
            a.construct(p, std::forward<Args>(args)...);
        else
            std::construct_at(p, std::forward<Args>(args)...);
    }
    template <class T>
    static constexpr void destroy(A &a, T *p)
    {
        if constexpr (requires { a.destroy(p); })
            a.destroy(p);
        else
            std::destroy_at(p);
    }
    static constexpr size_type max_size(const A &a) noexcept
    {
        if constexpr (requires { a.max_size(); })
            return a.max_size();
        else
            return size_type(-1) / sizeof(value_type);
    }
    static constexpr A select_on_container_copy_construction(const A &a)
    {
        if constexpr (requires { a.select_on_container_copy_construction(); })
            return a.select_on_container_copy_construction();
        else
            return a;
    }
};

// The containers keep plain addresses, whatever the allocator's pointers are.
template <class A>
[[nodiscard]] constexpr auto *__allocate(A &a, size_t n)
{
    using traits = allocator_traits<A>;
    return std::to_address(traits::allocate(a, typename traits::size_type(n)));
}
template <class A, class T>
constexpr void __deallocate(A &a, T *p, size_t n)
{
    using traits = allocator_traits<A>;
    using pointer = typename traits::pointer;
    if constexpr (is_pointer_v<pointer>)
        traits::deallocate(a, p, typename traits::size_type(n));
    else
        traits::deallocate(a, pointer_traits<pointer>::pointer_to(*p),
                           typename traits::size_type(n));
}
// Allocators do not get told of trivial copies and destructors unless they ask.
template <class A, class T>
concept __hears_of_moves = requires(A &a, T *p, T &&t) { a.construct(p, static_cast<T &&>(t)); };
template <class A, class T>
concept __hears_of_destroying = requires(A &a, T *p) { a.destroy(p); };
template <class A, class T>
constexpr void __destroy(A &a, T *first, T *last)
{
    if constexpr (!is_trivially_destructible_v<T> || __hears_of_destroying<A, T>)
        while (first != last)
            allocator_traits<A>::destroy(a, --last);
}
// On copy assignment, move assignment and swap an allocator goes along if it says so.
template <class A>
constexpr void __assign_allocator(A &a, const A &b)
{
    if constexpr (allocator_traits<A>::propagate_on_container_copy_assignment::value)
        a = b;
}
template <class A>
constexpr void __move_allocator(A &a, A &b)
{
    if constexpr (allocator_traits<A>::propagate_on_container_move_assignment::value)
        a = std::move(b);
}
template <class A>
constexpr void __swap_allocators(A &a, A &b)
{
    using std::swap;
    if constexpr (allocator_traits<A>::propagate_on_container_swap::value)
        swap(a, b);
}

struct allocator_arg_t {
    explicit allocator_arg_t() = default;
};
inline constexpr allocator_arg_t allocator_arg{};
template <class T, class A>
inline constexpr bool uses_allocator_v = false;
template <class T, class A>
    requires requires { typename T::allocator_type; }
inline constexpr bool uses_allocator_v<T, A> = is_convertible_v<A, typename T::allocator_type>;
template <class T, class A>
struct uses_allocator : bool_constant<uses_allocator_v<T, A>> {
};

inline void *align(size_t alignment, size_t n, void *&p, size_t &space) noexcept
{
    size_t address = reinterpret_cast<size_t>(p), lost = -address & (alignment - 1);
    if (space < n || lost > space - n)
        return nullptr;
    space -= lost;
    return p = reinterpret_cast<void *>(address + lost);
}
template <size_t n, class T>
[[nodiscard]] constexpr T *assume_aligned(T *p)
{
    if (is_constant_evaluated())
        return p;
    return static_cast<T *>(__builtin_assume_aligned(p, n));
}

} // namespace std
