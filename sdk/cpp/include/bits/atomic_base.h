// What atomic<T> and atomic_ref<T> have in common: the members, on an object that Self names.
#pragma once

#include <bits/atomic_wait.h>
#include <bits/memory_order.h>
#include <cstddef>
#include <type_traits>

namespace std
{

// [atomics.types.generic]: for all trivially copyable types.
template <class Self, class T>
class __atomic_members
{
    static_assert(is_trivially_copyable_v<T>, "an atomic object is copied byte by byte");

    T *at() const volatile noexcept { return static_cast<const volatile Self *>(this)->__object(); }

  protected:
    static constexpr bool lock_free = sizeof(T) <= 8 && (sizeof(T) & (sizeof(T) - 1)) == 0;

  public:
    using value_type = T;
    static constexpr bool is_always_lock_free = lock_free;
    bool is_lock_free() const volatile noexcept { return lock_free; }

    void store(T value, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        __atomic_store(at(), &value, int(o));
    }
    T load(memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        alignas(T) unsigned char bytes[sizeof(T)];
        T *result = reinterpret_cast<T *>(bytes);
        __atomic_load(at(), result, int(o));
        return *result;
    }
    operator T() const volatile noexcept { return load(); }
    T exchange(T value, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        alignas(T) unsigned char bytes[sizeof(T)];
        T *result = reinterpret_cast<T *>(bytes);
        __atomic_exchange(at(), &value, result, int(o));
        return *result;
    }
    bool compare_exchange_strong(T &expected, T value, memory_order success,
                                 memory_order failure) const volatile noexcept
    {
        return __atomic_compare_exchange(at(), &expected, &value, false, int(success),
                                         int(failure));
    }
    bool compare_exchange_strong(T &expected, T value, memory_order o = memory_order::seq_cst) const
        volatile noexcept
    {
        return compare_exchange_strong(expected, value, o, __failure_order(o));
    }
    bool compare_exchange_weak(T &expected, T value, memory_order success,
                               memory_order failure) const volatile noexcept
    {
        return compare_exchange_strong(expected, value, success, failure);
    }
    bool compare_exchange_weak(T &expected, T value, memory_order o = memory_order::seq_cst) const
        volatile noexcept
    {
        return compare_exchange_strong(expected, value, o);
    }
    void wait(T old, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        std::__atomic_wait(at(), old, [&] { return load(o); });
    }
    void notify_one() const volatile noexcept { std::__atomic_notify(at(), 1); }
    void notify_all() const volatile noexcept { std::__atomic_notify(at(), ~0u); }
};

// [atomics.types.int]
template <class Self, class T>
class __atomic_integer : public __atomic_members<Self, T>
{
    T *at() const volatile noexcept { return static_cast<const volatile Self *>(this)->__object(); }

  public:
    using difference_type = T;

#define FETCH(name, op)                                                                            \
    T fetch_##name(T n, memory_order o = memory_order::seq_cst) const volatile noexcept            \
    {                                                                                              \
        return __atomic_fetch_##name(at(), n, int(o));                                             \
    }                                                                                              \
    T operator op##=(T n) const volatile noexcept { return T(fetch_##name(n) op n); }
    FETCH(add, +)
    FETCH(sub, -)
    FETCH(and, &)
    FETCH(or, |)
    FETCH(xor, ^)
#undef FETCH
    T operator++() const volatile noexcept { return T(fetch_add(1) + 1); }
    T operator--() const volatile noexcept { return T(fetch_sub(1) - 1); }
    T operator++(int) const volatile noexcept { return fetch_add(1); }
    T operator--(int) const volatile noexcept { return fetch_sub(1); }
};

// [atomics.types.float]: no instruction adds atomically.
template <class Self, class T>
class __atomic_float : public __atomic_members<Self, T>
{
  public:
    using difference_type = T;

    T fetch_add(T n, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        T old = this->load(memory_order::relaxed);
        while (!this->compare_exchange_weak(old, old + n, o, memory_order::relaxed)) {
        }
        return old;
    }
    T fetch_sub(T n, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        return fetch_add(-n, o);
    }
    T operator+=(T n) const volatile noexcept { return fetch_add(n) + n; }
    T operator-=(T n) const volatile noexcept { return fetch_sub(n) - n; }
};

// [atomics.types.pointer]
template <class Self, class T>
class __atomic_pointer : public __atomic_members<Self, T *>
{
    T **at() const volatile noexcept
    {
        return static_cast<const volatile Self *>(this)->__object();
    }
    static ptrdiff_t bytes(ptrdiff_t n) noexcept
    {
        static_assert(is_object_v<T>, "what is pointed to has a size");
        return n * ptrdiff_t(sizeof(T));
    }

  public:
    using difference_type = ptrdiff_t;

    T *fetch_add(ptrdiff_t n, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        return __atomic_fetch_add(at(), bytes(n), int(o));
    }
    T *fetch_sub(ptrdiff_t n, memory_order o = memory_order::seq_cst) const volatile noexcept
    {
        return __atomic_fetch_sub(at(), bytes(n), int(o));
    }
    T *operator+=(ptrdiff_t n) const volatile noexcept { return fetch_add(n) + n; }
    T *operator-=(ptrdiff_t n) const volatile noexcept { return fetch_sub(n) - n; }
    T *operator++() const volatile noexcept { return fetch_add(1) + 1; }
    T *operator--() const volatile noexcept { return fetch_sub(1) - 1; }
    T *operator++(int) const volatile noexcept { return fetch_add(1); }
    T *operator--(int) const volatile noexcept { return fetch_sub(1); }
};

template <class Self, class T>
struct __atomic_kind {
    using type = __atomic_members<Self, T>;
};
template <class Self, class T>
    requires(is_integral_v<T> && !is_same_v<T, bool>)
struct __atomic_kind<Self, T> {
    using type = __atomic_integer<Self, T>;
};
template <class Self, class T>
    requires is_floating_point_v<T>
struct __atomic_kind<Self, T> {
    using type = __atomic_float<Self, T>;
};
template <class Self, class T>
struct __atomic_kind<Self, T *> {
    using type = __atomic_pointer<Self, T>;
};

} // namespace std
