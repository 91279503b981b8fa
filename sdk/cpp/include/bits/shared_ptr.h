// Shared ownership. The counts are atomic; without threads they are plain numbers.
#pragma once

#include <bits/allocator.h>
#include <bits/hash.h>
#include <bits/unique_ptr.h>
#include <utility>

namespace std
{

class bad_weak_ptr : public exception
{
  public:
    ~bad_weak_ptr() override;
    const char *what() const noexcept override;
};

// The object lives while `owners` > 0, this block while `observers` > 0; all owners together count
// as one observer.
class __shared_count
{
    long owners = 1, observers = 1;

    virtual void destroy_object() noexcept = 0;
    virtual void destroy_this() noexcept = 0;

  protected:
    ~__shared_count() = default;

  public:
    void add_owner() noexcept { __atomic_fetch_add(&owners, 1, __ATOMIC_RELAXED); }
    // Unless there is none any more.
    bool add_owner_if_any() noexcept
    {
        long n = use_count();
        while (n > 0)
            if (__atomic_compare_exchange_n(&owners, &n, n + 1, true, __ATOMIC_ACQ_REL,
                                            __ATOMIC_RELAXED))
                return true;
        return false;
    }
    void add_observer() noexcept { __atomic_fetch_add(&observers, 1, __ATOMIC_RELAXED); }
    long use_count() const noexcept { return __atomic_load_n(&owners, __ATOMIC_RELAXED); }
    void drop_observer() noexcept
    {
        if (__atomic_sub_fetch(&observers, 1, __ATOMIC_ACQ_REL) == 0)
            destroy_this();
    }
    void drop_owner() noexcept
    {
        if (__atomic_sub_fetch(&owners, 1, __ATOMIC_ACQ_REL) == 0) {
            destroy_object();
            drop_observer();
        }
    }
};

template <class P, class D>
class __count_with_deleter final : public __shared_count
{
    P p;
    [[no_unique_address]] D deleter;
    void destroy_object() noexcept override { deleter(p); }
    void destroy_this() noexcept override { delete this; }

  public:
    __count_with_deleter(P q, D d) : p(q), deleter(std::move(d)) {}
    D &get_deleter() noexcept { return deleter; }
};
template <class T>
class __count_with_object final : public __shared_count
{
    void destroy_object() noexcept override { std::destroy_at(&object); }
    void destroy_this() noexcept override { delete this; }

  public:
    union {
        T object;
    };
    template <class... Args>
    explicit __count_with_object(in_place_t, Args &&...args)
    {
        std::construct_at(&object, std::forward<Args>(args)...);
    }
    ~__count_with_object() {}
};

template <class T>
class weak_ptr;
template <class T>
class enable_shared_from_this;

template <class T>
class shared_ptr
{
  public:
    using element_type = remove_extent_t<T>;
    using weak_type = weak_ptr<T>;

  private:
    element_type *p = nullptr;
    __shared_count *count = nullptr;

    template <class>
    friend class shared_ptr;
    template <class>
    friend class weak_ptr;
    template <class U, class... Args>
    friend shared_ptr<U> __make_shared(Args &&...args);

    // Deletes the object if there is no memory for its count.
    template <class U, class D>
    struct deletion {
        U *p;
        D &deleter;
        bool off = false;
        ~deletion()
        {
            if (!off)
                deleter(p);
        }
    };
    template <class U, class D>
    deletion(U *, D &) -> deletion<U, D>;

    template <class U>
    void tell(U *object)
    {
        if constexpr (requires { object->__set_weak_this(*this, object); })
            if (object)
                object->__set_weak_this(*this, object);
    }

  public:
    constexpr shared_ptr() noexcept = default;
    constexpr shared_ptr(nullptr_t) noexcept {}
    template <class U>
        requires(is_convertible_v<U *, element_type *>)
    explicit shared_ptr(U *q)
        : shared_ptr(q, conditional_t<is_array_v<T>, default_delete<U[]>, default_delete<U>>())
    {
    }
    template <class U, class D>
    shared_ptr(U *q, D d)
    {
        deletion guard{q, d};
        count = new __count_with_deleter<U *, D>(q, std::move(d));
        guard.off = true;
        p = q;
        tell(q);
    }
    template <class U>
    shared_ptr(const shared_ptr<U> &o, element_type *q) noexcept : p(q), count(o.count)
    {
        if (count)
            count->add_owner();
    }
    shared_ptr(const shared_ptr &o) noexcept : shared_ptr(o, o.p) {}
    template <class U>
        requires is_convertible_v<typename shared_ptr<U>::element_type *, element_type *>
    shared_ptr(const shared_ptr<U> &o) noexcept : shared_ptr(o, o.p)
    {
    }
    shared_ptr(shared_ptr &&o) noexcept : p(exchange_null(o.p)), count(exchange_null(o.count)) {}
    template <class U>
        requires is_convertible_v<typename shared_ptr<U>::element_type *, element_type *>
    shared_ptr(shared_ptr<U> &&o) noexcept : p(exchange_null(o.p)), count(exchange_null(o.count))
    {
    }
    template <class U>
    explicit shared_ptr(const weak_ptr<U> &w);
    template <class U, class D>
    shared_ptr(unique_ptr<U, D> &&u)
    {
        if (!u)
            return;
        auto *q = u.get();
        count = new __count_with_deleter<decltype(q), D>(q, std::forward<D>(u.get_deleter()));
        p = u.release();
        tell(q);
    }
    ~shared_ptr()
    {
        if (count)
            count->drop_owner();
    }
    shared_ptr &operator=(const shared_ptr &o) noexcept
    {
        shared_ptr(o).swap(*this);
        return *this;
    }
    shared_ptr &operator=(shared_ptr &&o) noexcept
    {
        shared_ptr(std::move(o)).swap(*this);
        return *this;
    }
    template <class U>
    shared_ptr &operator=(const shared_ptr<U> &o) noexcept
    {
        shared_ptr(o).swap(*this);
        return *this;
    }
    template <class U>
    shared_ptr &operator=(shared_ptr<U> &&o) noexcept
    {
        shared_ptr(std::move(o)).swap(*this);
        return *this;
    }
    template <class U, class D>
    shared_ptr &operator=(unique_ptr<U, D> &&u)
    {
        shared_ptr(std::move(u)).swap(*this);
        return *this;
    }
    void swap(shared_ptr &o) noexcept
    {
        std::swap(p, o.p);
        std::swap(count, o.count);
    }
    void reset() noexcept { shared_ptr().swap(*this); }
    template <class U>
    void reset(U *q)
    {
        shared_ptr(q).swap(*this);
    }
    template <class U, class D>
    void reset(U *q, D d)
    {
        shared_ptr(q, std::move(d)).swap(*this);
    }
    element_type *get() const noexcept { return p; }
    add_lvalue_reference_t<T> operator*() const noexcept
        requires(!is_array_v<T>)
    {
        return *p;
    }
    T *operator->() const noexcept
        requires(!is_array_v<T>)
    {
        return p;
    }
    element_type &operator[](ptrdiff_t i) const
        requires is_array_v<T>
    {
        return p[i];
    }
    long use_count() const noexcept { return count ? count->use_count() : 0; }
    explicit operator bool() const noexcept { return p != nullptr; }
    template <class U>
    bool owner_before(const shared_ptr<U> &o) const noexcept
    {
        return count < o.count;
    }

  private:
    template <class P>
    static P exchange_null(P &q) noexcept
    {
        P old = q;
        q = nullptr;
        return old;
    }
};

template <class T, class... Args>
shared_ptr<T> __make_shared(Args &&...args)
{
    auto *c = new __count_with_object<T>(in_place_t(), std::forward<Args>(args)...);
    shared_ptr<T> result;
    result.p = &c->object;
    result.count = c;
    result.tell(&c->object);
    return result;
}
template <class T, class... Args>
    requires(!is_array_v<T>)
shared_ptr<T> make_shared(Args &&...args)
{
    return std::__make_shared<T>(std::forward<Args>(args)...);
}
template <class T>
    requires is_unbounded_array_v<T>
shared_ptr<T> make_shared(size_t n)
{
    return shared_ptr<T>(new remove_extent_t<T>[n]());
}
template <class T>
class weak_ptr
{
    using element_type = remove_extent_t<T>;
    element_type *p = nullptr;
    __shared_count *count = nullptr;

    template <class>
    friend class weak_ptr;
    template <class>
    friend class shared_ptr;

  public:
    constexpr weak_ptr() noexcept = default;
    template <class U>
        requires is_convertible_v<U *, T *>
    weak_ptr(const shared_ptr<U> &o) noexcept : p(o.p), count(o.count)
    {
        if (count)
            count->add_observer();
    }
    weak_ptr(const weak_ptr &o) noexcept : p(o.p), count(o.count)
    {
        if (count)
            count->add_observer();
    }
    weak_ptr(weak_ptr &&o) noexcept { swap(o); }
    ~weak_ptr()
    {
        if (count)
            count->drop_observer();
    }
    weak_ptr &operator=(weak_ptr o) noexcept
    {
        swap(o);
        return *this;
    }
    void swap(weak_ptr &o) noexcept
    {
        std::swap(p, o.p);
        std::swap(count, o.count);
    }
    void reset() noexcept { weak_ptr().swap(*this); }
    long use_count() const noexcept { return count ? count->use_count() : 0; }
    bool expired() const noexcept { return use_count() == 0; }
    shared_ptr<T> lock() const noexcept
    {
        shared_ptr<T> result;
        if (count && count->add_owner_if_any()) {
            result.p = p;
            result.count = count;
        }
        return result;
    }
};
template <class T>
weak_ptr(shared_ptr<T>) -> weak_ptr<T>;

template <class T>
template <class U>
shared_ptr<T>::shared_ptr(const weak_ptr<U> &w)
{
    if (!w.count || !w.count->add_owner_if_any())
        __throw_bad_weak_ptr();
    p = w.p;
    count = w.count;
}

template <class T>
class enable_shared_from_this
{
    mutable weak_ptr<T> self;

  protected:
    constexpr enable_shared_from_this() noexcept = default;
    enable_shared_from_this(const enable_shared_from_this &) noexcept {}
    enable_shared_from_this &operator=(const enable_shared_from_this &) noexcept { return *this; }
    ~enable_shared_from_this() = default;

  public:
    shared_ptr<T> shared_from_this() { return shared_ptr<T>(self); }
    shared_ptr<const T> shared_from_this() const { return shared_ptr<const T>(self); }
    weak_ptr<T> weak_from_this() const noexcept { return self; }
    template <class U, class V>
    void __set_weak_this(const shared_ptr<U> &owner, V *object) const
    {
        if (self.expired())
            self = shared_ptr<T>(owner, static_cast<T *>(const_cast<remove_cv_t<V> *>(object)));
    }
};

template <class T, class U>
shared_ptr<T> static_pointer_cast(const shared_ptr<U> &p) noexcept
{
    return shared_ptr<T>(p, static_cast<T *>(p.get()));
}
template <class T, class U>
shared_ptr<T> const_pointer_cast(const shared_ptr<U> &p) noexcept
{
    return shared_ptr<T>(p, const_cast<T *>(p.get()));
}
template <class T, class U>
shared_ptr<T> dynamic_pointer_cast(const shared_ptr<U> &p) noexcept
{
    if (auto *q = dynamic_cast<T *>(p.get()))
        return shared_ptr<T>(p, q);
    return {};
}
template <class T, class U>
bool operator==(const shared_ptr<T> &a, const shared_ptr<U> &b) noexcept
{
    return a.get() == b.get();
}
template <class T>
bool operator==(const shared_ptr<T> &a, nullptr_t) noexcept
{
    return !a;
}
template <class T, class U>
strong_ordering operator<=>(const shared_ptr<T> &a, const shared_ptr<U> &b) noexcept
{
    return compare_three_way()(a.get(), b.get());
}
template <class T>
void swap(shared_ptr<T> &a, shared_ptr<T> &b) noexcept
{
    a.swap(b);
}
template <class T>
struct hash<shared_ptr<T>> {
    size_t operator()(const shared_ptr<T> &p) const noexcept
    {
        return hash<typename shared_ptr<T>::element_type *>()(p.get());
    }
};

} // namespace std
