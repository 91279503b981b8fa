// The nodes, iterators and buckets of hash tables.
#pragma once

#include <bits/algorithm_change.h>
#include <bits/node.h>
#include <bits/range_access.h>
#include <utility>

namespace std
{

struct __hash_link {
    __hash_link *next = nullptr, *previous = nullptr;
    size_t hash = 0;
};
template <class T>
using __hash_node = __node<__hash_link, T>;

template <class T, bool constant>
class __hash_iterator
{
  public:
    using iterator_category = forward_iterator_tag;
    using value_type = T;
    using difference_type = ptrdiff_t;
    using pointer = conditional_t<constant, const T *, T *>;
    using reference = conditional_t<constant, const T &, T &>;

    __hash_link *__link = nullptr;

    __hash_iterator() = default;
    explicit __hash_iterator(__hash_link *l) : __link(l) {}
    template <bool other>
        requires(constant && !other)
    __hash_iterator(const __hash_iterator<T, other> &o) : __link(o.__link)
    {
    }
    reference operator*() const { return static_cast<__hash_node<T> *>(__link)->value; }
    pointer operator->() const { return std::addressof(**this); }
    __hash_iterator &operator++()
    {
        __link = __link->next;
        return *this;
    }
    __hash_iterator operator++(int)
    {
        __hash_iterator old = *this;
        ++*this;
        return old;
    }
    friend bool operator==(const __hash_iterator &a, const __hash_iterator &b)
    {
        return a.__link == b.__link;
    }
};

// Walks through one bucket.
template <class T, bool constant>
class __bucket_iterator
{
    __hash_link *link = nullptr;
    size_t mask = 0;
    template <class, bool>
    friend class __bucket_iterator;

  public:
    using iterator_category = forward_iterator_tag;
    using value_type = T;
    using difference_type = ptrdiff_t;
    using pointer = conditional_t<constant, const T *, T *>;
    using reference = conditional_t<constant, const T &, T &>;

    __bucket_iterator() = default;
    __bucket_iterator(__hash_link *l, size_t m) : link(l), mask(m) {}
    template <bool other>
        requires(constant && !other)
    __bucket_iterator(const __bucket_iterator<T, other> &o) : link(o.link), mask(o.mask)
    {
    }
    reference operator*() const { return static_cast<__hash_node<T> *>(link)->value; }
    pointer operator->() const { return std::addressof(**this); }
    __bucket_iterator &operator++()
    {
        __hash_link *next = link->next;
        link = next && ((next->hash ^ link->hash) & mask) == 0 ? next : nullptr;
        return *this;
    }
    __bucket_iterator operator++(int)
    {
        __bucket_iterator old = *this;
        ++*this;
        return old;
    }
    friend bool operator==(const __bucket_iterator &a, const __bucket_iterator &b)
    {
        return a.link == b.link;
    }
};

// Pointers to links, all null at first. Made without the allocator's construct: they are no
// elements.
template <class A>
class __bucket_array
{
    __hash_link **p = nullptr;
    size_t n = 0;
    [[no_unique_address]] A a;

  public:
    explicit __bucket_array(const A &al) noexcept : a(al) {}
    __bucket_array(size_t count, const A &al) : p(nullptr), n(count), a(al)
    {
        p = std::__allocate(a, n);
        std::fill_n(p, n, nullptr);
    }
    __bucket_array(const __bucket_array &) = delete;
    ~__bucket_array()
    {
        if (p)
            std::__deallocate(a, p, n);
    }
    const A &allocator() const { return a; }
    bool empty() const { return n == 0; }
    size_t size() const { return n; }
    size_t max_size() const { return size_t(allocator_traits<A>::max_size(a)); }
    __hash_link *&operator[](size_t i) { return p[i]; }
    __hash_link *operator[](size_t i) const { return p[i]; }
    void forget() { std::fill_n(p, n, nullptr); }
    // Takes the other's memory, and gives its own. Allocators go along where `with_allocator`.
    template <bool with_allocator>
    void swap(__bucket_array &o)
    {
        std::swap(p, o.p);
        std::swap(n, o.n);
        if constexpr (with_allocator)
            std::swap(a, o.a);
    }
};

} // namespace std
