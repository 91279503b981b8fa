// Nodes: how containers make and destroy them, and handles to nodes outside of a container
// ([container.node]).
#pragma once

#include <bits/allocator.h>
#include <bits/pair.h>

namespace std
{

// Where the key of an element is.
struct __key_is_value {
    template <class T>
    static constexpr const T &key(const T &v)
    {
        return v;
    }
};
struct __key_is_first {
    template <class P>
    static constexpr const auto &key(const P &p)
    {
        return p.first;
    }
};

// A node's element begins and ends with the node, but not by the node's constructor.
template <class Link, class T>
struct __node : Link {
    using element = T;
    union {
        T value;
    };
    __node() noexcept {}
    ~__node() {}
};

template <class A, class Node>
using __node_allocator = typename allocator_traits<A>::template rebind_alloc<Node>;

template <class NodeAllocator>
constexpr void __free_node(NodeAllocator &a, typename NodeAllocator::value_type *n)
{
    std::destroy_at(n);
    std::__deallocate(a, n, 1);
}
template <class NodeAllocator>
constexpr void __destroy_node(NodeAllocator &a, typename NodeAllocator::value_type *n)
{
    allocator_traits<NodeAllocator>::destroy(a, std::addressof(n->value));
    std::__free_node(a, n);
}
// Frees a node unless its element has come to be.
template <class NodeAllocator>
struct __raw_node {
    NodeAllocator &a;
    typename NodeAllocator::value_type *n;
    ~__raw_node()
    {
        if (n)
            std::__free_node(a, n);
    }
};
// Destroys a node that has no place yet, unless it is released.
template <class NodeAllocator>
struct __owned_node {
    NodeAllocator &a;
    typename NodeAllocator::value_type *n;
    ~__owned_node()
    {
        if (n)
            std::__destroy_node(a, n);
    }
    auto *release() { return std::exchange(n, nullptr); }
};
template <class NodeAllocator, class... Args>
typename NodeAllocator::value_type *__make_node(NodeAllocator &a, Args &&...args)
{
    __raw_node<NodeAllocator> raw{a, std::construct_at(std::__allocate(a, 1))};
    allocator_traits<NodeAllocator>::construct(a, std::addressof(raw.n->value),
                                               std::forward<Args>(args)...);
    return std::exchange(raw.n, nullptr);
}

template <class Node, class A>
class __node_handle_base
{
  public:
    using allocator_type = A;

  protected:
    using node_allocator = __node_allocator<A, Node>;
    Node *n = nullptr;
    union {
        node_allocator a; // there is one while there is a node
    };

    void drop()
    {
        std::destroy_at(&a);
        n = nullptr;
    }
    void take(__node_handle_base &o)
    {
        n = o.n;
        std::construct_at(&a, std::move(o.a));
        o.drop();
    }

  public:
    __node_handle_base() noexcept {}
    // For the containers.
    __node_handle_base(Node *p, const node_allocator &al) : n(p), a(al) {}
    Node *__release()
    {
        Node *p = n;
        if (p)
            drop();
        return p;
    }
    Node *__node() const { return n; }

    __node_handle_base(__node_handle_base &&o) noexcept
    {
        if (o.n)
            take(o);
    }
    __node_handle_base &operator=(__node_handle_base &&o)
    {
        if (this == std::addressof(o))
            return *this;
        bool had = n;
        if (n) {
            std::__destroy_node(a, n);
            n = nullptr;
        }
        if (!o.n) {
            if (had)
                drop();
        } else if (!had) {
            take(o);
        } else {
            n = o.n;
            std::__move_allocator(a, o.a);
            o.drop();
        }
        return *this;
    }
    ~__node_handle_base()
    {
        if (n) {
            std::__destroy_node(a, n);
            drop();
        }
    }
    allocator_type get_allocator() const { return allocator_type(a); }
    explicit operator bool() const noexcept { return n != nullptr; }
    [[nodiscard]] bool empty() const noexcept { return n == nullptr; }
    void
    swap(__node_handle_base &o) noexcept(allocator_traits<A>::propagate_on_container_swap::value ||
                                         allocator_traits<A>::is_always_equal::value)
    {
        if (n && o.n) {
            std::swap(n, o.n);
            std::__swap_allocators(a, o.a);
        } else if (n) {
            o.take(*this);
        } else if (o.n) {
            take(o);
        }
    }
};

template <class Node, class K, class KeyOf, class A>
class __node_handle : public __node_handle_base<Node, A>
{
  public:
    using __node_handle_base<Node, A>::__node_handle_base;
    using value_type = typename Node::element;
    value_type &value() const { return this->n->value; }
    friend void swap(__node_handle &a, __node_handle &b) noexcept(noexcept(a.swap(b)))
    {
        a.swap(b);
    }
};
template <class Node, class K, class A>
class __node_handle<Node, K, __key_is_first, A> : public __node_handle_base<Node, A>
{
  public:
    using __node_handle_base<Node, A>::__node_handle_base;
    using key_type = K;
    using mapped_type = typename Node::element::second_type;
    key_type &key() const { return const_cast<key_type &>(this->n->value.first); }
    mapped_type &mapped() const { return this->n->value.second; }
    friend void swap(__node_handle &a, __node_handle &b) noexcept(noexcept(a.swap(b)))
    {
        a.swap(b);
    }
};

// What inserting a handle's node into a container with unique keys gives.
template <class I, class Handle>
struct __insert_return {
    I position;
    bool inserted;
    Handle node;
};

template <class C, class P>
typename C::size_type __erase_nodes(C &c, P &p)
{
    auto before = c.size();
    for (auto i = c.begin(); i != c.end();) {
        auto next = std::next(i);
        if (p(*i))
            c.erase(i);
        i = next;
    }
    return before - c.size();
}

// What deduction guides take for the key and the mapped type of pairs.
template <class I>
using __iter_key = remove_const_t<typename __traits_value<I>::first_type>;
template <class I>
using __iter_mapped = typename __traits_value<I>::second_type;
template <class I>
using __iter_pair = pair<const __iter_key<I>, __iter_mapped<I>>;
template <class C>
concept __not_allocator = !__allocator<C>;

} // namespace std
