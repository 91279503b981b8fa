#pragma once

#include <bits/move.h>
#include <bits/throw.h>
#include <new>

namespace std
{

template <class T, class... Args>
constexpr T *construct_at(T *p, Args &&...args)
{
    return ::new (static_cast<void *>(p)) T(std::forward<Args>(args)...);
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
    template <class U>
    constexpr allocator(const allocator<U> &) noexcept
    {
    }
    [[nodiscard]] constexpr T *allocate(size_t n)
    {
        if (n > size_t(-1) / 2 / sizeof(T))
            __throw_bad_array_new_length();
        if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__)
            return static_cast<T *>(::operator new(n * sizeof(T), align_val_t(alignof(T))));
        else
            return static_cast<T *>(::operator new(n * sizeof(T)));
    }
    constexpr void deallocate(T *p, size_t n)
    {
        if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__)
            ::operator delete(p, n * sizeof(T), align_val_t(alignof(T)));
        else
            ::operator delete(p, n * sizeof(T));
    }
    template <class U>
    constexpr bool operator==(const allocator<U> &) const noexcept
    {
        return true;
    }
};

// What an allocator leaves out has a default here.
template <class A>
struct allocator_traits {
    using allocator_type = A;
    using value_type = typename A::value_type;
    using pointer = value_type *;
    using const_pointer = const value_type *;
    using void_pointer = void *;
    using const_void_pointer = const void *;
    using size_type = size_t;
    using difference_type = ptrdiff_t;

    template <class B, class Default>
    struct copy_assignment {
        using type = Default;
    };
    template <class B, class Default>
        requires requires { typename B::propagate_on_container_copy_assignment; }
    struct copy_assignment<B, Default> {
        using type = typename B::propagate_on_container_copy_assignment;
    };
    using propagate_on_container_copy_assignment = typename copy_assignment<A, false_type>::type;
    template <class B, class Default>
    struct move_assignment {
        using type = Default;
    };
    template <class B, class Default>
        requires requires { typename B::propagate_on_container_move_assignment; }
    struct move_assignment<B, Default> {
        using type = typename B::propagate_on_container_move_assignment;
    };
    using propagate_on_container_move_assignment = typename move_assignment<A, false_type>::type;
    template <class B, class Default>
    struct on_swap {
        using type = Default;
    };
    template <class B, class Default>
        requires requires { typename B::propagate_on_container_swap; }
    struct on_swap<B, Default> {
        using type = typename B::propagate_on_container_swap;
    };
    using propagate_on_container_swap = typename on_swap<A, false_type>::type;
    using is_always_equal = bool_constant<is_empty_v<A>>;

    template <class U, class B>
    struct rebind_to;
    template <class U, template <class, class...> class B, class T, class... More>
    struct rebind_to<U, B<T, More...>> {
        using type = B<U, More...>;
    };
    template <class U>
    using rebind_alloc = typename rebind_to<U, A>::type;
    template <class U>
    using rebind_traits = allocator_traits<rebind_alloc<U>>;

    [[nodiscard]] static constexpr pointer allocate(A &a, size_type n) { return a.allocate(n); }
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
            return size_type(-1) / 2 / sizeof(value_type);
    }
    static constexpr A select_on_container_copy_construction(const A &a)
    {
        if constexpr (requires { a.select_on_container_copy_construction(); })
            return a.select_on_container_copy_construction();
        else
            return a;
    }
};

struct allocator_arg_t {
    explicit allocator_arg_t() = default;
};
inline constexpr allocator_arg_t allocator_arg{};
template <class T, class A>
struct uses_allocator : false_type {
};

inline void *align(size_t alignment, size_t n, void *&p, size_t &space) noexcept
{
    size_t address = reinterpret_cast<size_t>(p), lost = -address & (alignment - 1);
    if (space < n || lost > space - n)
        return nullptr;
    space -= lost;
    return p = reinterpret_cast<void *>(address + lost);
}

} // namespace std
