#pragma once

#include <bits/hash.h>
#include <bits/move.h>
#include <compare>
#include <iosfwd>

namespace std
{

template <class T>
struct default_delete {
    constexpr default_delete() noexcept = default;
    template <class U>
        requires is_convertible_v<U *, T *>
    constexpr default_delete(const default_delete<U> &) noexcept
    {
    }
    constexpr void operator()(T *p) const
    {
        static_assert(sizeof(T) > 0, "the type must be complete here");
        delete p;
    }
};
template <class T>
struct default_delete<T[]> {
    constexpr default_delete() noexcept = default;
    constexpr void operator()(T *p) const { delete[] p; }
};

template <class T, class D>
struct __deleter_pointer {
    using type = T *;
};
template <class T, class D>
    requires requires { typename remove_reference_t<D>::pointer; }
struct __deleter_pointer<T, D> {
    using type = typename remove_reference_t<D>::pointer;
};

// What unique_ptr<T> and unique_ptr<T[]> share.
template <class T, class D>
class __unique_base
{
  public:
    using pointer = typename __deleter_pointer<T, D>::type;
    using element_type = T;
    using deleter_type = D;

  protected:
    pointer p = pointer();
    [[no_unique_address]] D deleter = D();

  public:
    constexpr __unique_base() noexcept = default;
    constexpr explicit __unique_base(pointer q) noexcept : p(q) {}
    template <class E>
    constexpr __unique_base(pointer q, E &&d) noexcept : p(q), deleter(std::forward<E>(d))
    {
    }
    __unique_base(const __unique_base &) = delete;
    __unique_base &operator=(const __unique_base &) = delete;
    constexpr ~__unique_base() { reset(); }

    constexpr pointer get() const noexcept { return p; }
    constexpr D &get_deleter() noexcept { return deleter; }
    constexpr const D &get_deleter() const noexcept { return deleter; }
    constexpr explicit operator bool() const noexcept { return p != nullptr; }
    constexpr pointer release() noexcept
    {
        pointer q = p;
        p = pointer();
        return q;
    }
    constexpr void reset(pointer q = pointer()) noexcept
    {
        pointer old = p;
        p = q;
        if (old)
            deleter(old);
    }
};

template <class T, class D = default_delete<T>>
class unique_ptr : public __unique_base<T, D>
{
    using base = __unique_base<T, D>;

  public:
    using typename base::pointer;
    constexpr unique_ptr() noexcept = default;
    constexpr unique_ptr(nullptr_t) noexcept {}
    constexpr explicit unique_ptr(pointer p) noexcept : base(p) {}
    constexpr unique_ptr(pointer p, const remove_reference_t<D> &d) noexcept
        requires is_copy_constructible_v<D>
        : base(p, d)
    {
    }
    constexpr unique_ptr(pointer p, remove_reference_t<D> &&d) noexcept
        requires(!is_lvalue_reference_v<D>)
        : base(p, std::move(d))
    {
    }
    constexpr unique_ptr(unique_ptr &&o) noexcept
        : base(o.release(), std::forward<D>(o.get_deleter()))
    {
    }
    template <class U, class E>
        requires(is_convertible_v<typename unique_ptr<U, E>::pointer, pointer> && !is_array_v<U> &&
                 is_convertible_v<E, D>)
    constexpr unique_ptr(unique_ptr<U, E> &&o) noexcept
        : base(o.release(), std::forward<E>(o.get_deleter()))
    {
    }
    constexpr unique_ptr &operator=(unique_ptr &&o) noexcept
    {
        this->reset(o.release());
        this->deleter = std::forward<D>(o.get_deleter());
        return *this;
    }
    template <class U, class E>
        requires(is_convertible_v<typename unique_ptr<U, E>::pointer, pointer> && !is_array_v<U>)
    constexpr unique_ptr &operator=(unique_ptr<U, E> &&o) noexcept
    {
        this->reset(o.release());
        this->deleter = std::forward<E>(o.get_deleter());
        return *this;
    }
    constexpr unique_ptr &operator=(nullptr_t) noexcept
    {
        this->reset();
        return *this;
    }
    constexpr add_lvalue_reference_t<T> operator*() const { return *this->p; }
    constexpr pointer operator->() const noexcept { return this->p; }
    constexpr void swap(unique_ptr &o) noexcept
    {
        std::swap(this->p, o.p);
        std::swap(this->deleter, o.deleter);
    }
};

template <class T, class D>
class unique_ptr<T[], D> : public __unique_base<T, D>
{
    using base = __unique_base<T, D>;

  public:
    using typename base::pointer;
    constexpr unique_ptr() noexcept = default;
    constexpr unique_ptr(nullptr_t) noexcept {}
    constexpr explicit unique_ptr(pointer p) noexcept : base(p) {}
    constexpr unique_ptr(pointer p, const D &d) noexcept : base(p, d) {}
    constexpr unique_ptr(unique_ptr &&o) noexcept
        : base(o.release(), std::forward<D>(o.get_deleter()))
    {
    }
    constexpr unique_ptr &operator=(unique_ptr &&o) noexcept
    {
        this->reset(o.release());
        this->deleter = std::forward<D>(o.get_deleter());
        return *this;
    }
    constexpr unique_ptr &operator=(nullptr_t) noexcept
    {
        this->reset();
        return *this;
    }
    constexpr T &operator[](size_t i) const { return this->p[i]; }
    constexpr void swap(unique_ptr &o) noexcept
    {
        std::swap(this->p, o.p);
        std::swap(this->deleter, o.deleter);
    }
};

template <class T, class... Args>
    requires(!is_array_v<T>)
constexpr unique_ptr<T> make_unique(Args &&...args)
{
    return unique_ptr<T>(new T(std::forward<Args>(args)...));
}
template <class T>
    requires is_unbounded_array_v<T>
constexpr unique_ptr<T> make_unique(size_t n)
{
    return unique_ptr<T>(new remove_extent_t<T>[n]());
}
template <class T, class... Args>
    requires is_bounded_array_v<T>
void make_unique(Args &&...) = delete;
template <class T>
    requires(!is_array_v<T>)
constexpr unique_ptr<T> make_unique_for_overwrite()
{
    return unique_ptr<T>(new T);
}
template <class T>
    requires is_unbounded_array_v<T>
constexpr unique_ptr<T> make_unique_for_overwrite(size_t n)
{
    return unique_ptr<T>(new remove_extent_t<T>[n]);
}

template <class T, class D, class U, class E>
constexpr bool operator==(const unique_ptr<T, D> &a, const unique_ptr<U, E> &b)
{
    return a.get() == b.get();
}
template <class T, class D, class U, class E>
constexpr auto operator<=>(const unique_ptr<T, D> &a, const unique_ptr<U, E> &b)
{
    return a.get() <=> b.get();
}
template <class T, class D>
constexpr bool operator==(const unique_ptr<T, D> &a, nullptr_t) noexcept
{
    return !a;
}
template <class T, class D>
constexpr void swap(unique_ptr<T, D> &a, unique_ptr<T, D> &b) noexcept
{
    a.swap(b);
}
template <class T, class D>
struct hash<unique_ptr<T, D>> {
    size_t operator()(const unique_ptr<T, D> &p) const
    {
        return hash<typename unique_ptr<T, D>::pointer>()(p.get());
    }
};

} // namespace std
