// A red-black tree: what map, set, multimap and multiset are made of.
#pragma once

#include <bits/algorithm_query.h>
#include <bits/allocator.h>
#include <bits/range_access.h>
#include <utility>

namespace std
{

// The header's left child is the root; its parent is null. An empty tree has no root.
struct __tree_link {
    __tree_link *parent = nullptr, *left = nullptr, *right = nullptr;
    bool red = false;
};
__tree_link *__tree_next(__tree_link *n) noexcept;
__tree_link *__tree_previous(__tree_link *n) noexcept;
// Hangs `n` below `parent` and balances.
void __tree_insert(__tree_link *n, __tree_link *parent, bool left, __tree_link *header) noexcept;
void __tree_remove(__tree_link *n, __tree_link *header) noexcept;

template <class T>
struct __tree_node : __tree_link {
    T value;
    template <class... Args>
    explicit __tree_node(Args &&...args) : value(std::forward<Args>(args)...)
    {
    }
};

template <class T, bool constant>
class __tree_iterator
{
  public:
    using iterator_category = bidirectional_iterator_tag;
    using value_type = T;
    using difference_type = ptrdiff_t;
    using pointer = conditional_t<constant, const T *, T *>;
    using reference = conditional_t<constant, const T &, T &>;

    __tree_link *__link = nullptr;

    __tree_iterator() = default;
    explicit __tree_iterator(__tree_link *l) : __link(l) {}
    template <bool other>
        requires(constant && !other)
    __tree_iterator(const __tree_iterator<T, other> &o) : __link(o.__link)
    {
    }
    reference operator*() const { return static_cast<__tree_node<T> *>(__link)->value; }
    pointer operator->() const { return std::addressof(**this); }
    __tree_iterator &operator++()
    {
        __link = __tree_next(__link);
        return *this;
    }
    __tree_iterator operator++(int)
    {
        __tree_iterator old = *this;
        ++*this;
        return old;
    }
    __tree_iterator &operator--()
    {
        __link = __tree_previous(__link);
        return *this;
    }
    __tree_iterator operator--(int)
    {
        __tree_iterator old = *this;
        --*this;
        return old;
    }
    friend bool operator==(const __tree_iterator &a, const __tree_iterator &b)
    {
        return a.__link == b.__link;
    }
};

// Where the key of an element is.
struct __key_is_value {
    template <class T>
    static const T &key(const T &v)
    {
        return v;
    }
};
struct __key_is_first {
    template <class P>
    static const auto &key(const P &p)
    {
        return p.first;
    }
};

// K: key, T: element, KeyOf: one of the above, C: order, multi: equal keys may be there more than
// once.
template <class K, class T, class KeyOf, class C, class A, bool multi>
class __tree
{
    using node = __tree_node<T>;
    using node_allocator = typename allocator_traits<A>::template rebind_alloc<node>;
    static constexpr bool constant_elements = is_same_v<KeyOf, __key_is_value>;

    __tree_link header;
    __tree_link *leftmost = &header;
    size_t count = 0;
    [[no_unique_address]] C less;
    [[no_unique_address]] node_allocator a;

  public:
    using key_type = K;
    using value_type = T;
    using key_compare = C;
    using allocator_type = A;
    using size_type = size_t;
    using difference_type = ptrdiff_t;
    using reference = T &;
    using const_reference = const T &;
    using pointer = T *;
    using const_pointer = const T *;
    using iterator = __tree_iterator<T, constant_elements>;
    using const_iterator = __tree_iterator<T, true>;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    class node_type
    {
        node *n = nullptr;
        friend class __tree;
        explicit node_type(node *p) : n(p) {}

      public:
        node_type() = default;
        node_type(node_type &&o) noexcept : n(o.n) { o.n = nullptr; }
        node_type &operator=(node_type &&o) noexcept
        {
            std::swap(n, o.n);
            return *this;
        }
        ~node_type() { delete n; }
        bool empty() const { return !n; }
        explicit operator bool() const { return n; }
        auto &value() const { return n->value; }
        auto &key() const { return const_cast<remove_const_t<K> &>(KeyOf::key(n->value)); }
        auto &mapped() const { return n->value.second; }
    };

    __tree() : less(), a() {}
    explicit __tree(const C &c, const A &al = A()) : less(c), a(al) {}
    __tree(const __tree &o) : less(o.less), a(o.a) { insert(o.begin(), o.end()); }
    __tree(__tree &&o) noexcept : less(o.less), a(o.a) { take(o); }
    ~__tree() { clear(); }
    __tree &operator=(const __tree &o)
    {
        if (this != &o) {
            clear();
            less = o.less;
            insert(o.begin(), o.end());
        }
        return *this;
    }
    __tree &operator=(__tree &&o) noexcept
    {
        if (this != &o) {
            clear();
            less = std::move(o.less);
            take(o);
        }
        return *this;
    }
    A get_allocator() const { return A(a); }
    C key_comp() const { return less; }

    iterator begin() noexcept { return iterator(leftmost); }
    const_iterator begin() const noexcept { return const_iterator(leftmost); }
    iterator end() noexcept { return iterator(&header); }
    const_iterator end() const noexcept
    {
        return const_iterator(const_cast<__tree_link *>(&header));
    }
    const_iterator cbegin() const noexcept { return begin(); }
    const_iterator cend() const noexcept { return end(); }
    reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
    const_reverse_iterator rbegin() const noexcept { return const_reverse_iterator(end()); }
    reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
    const_reverse_iterator rend() const noexcept { return const_reverse_iterator(begin()); }
    const_reverse_iterator crbegin() const noexcept { return rbegin(); }
    const_reverse_iterator crend() const noexcept { return rend(); }
    [[nodiscard]] bool empty() const noexcept { return count == 0; }
    size_t size() const noexcept { return count; }
    size_t max_size() const noexcept { return size_t(-1) / sizeof(node); }

    template <class... Args>
    auto emplace(Args &&...args)
    {
        return hang(make(std::forward<Args>(args)...));
    }
    template <class... Args>
    iterator emplace_hint(const_iterator, Args &&...args)
    {
        return position(emplace(std::forward<Args>(args)...));
    }
    auto insert(const T &v) { return emplace(v); }
    auto insert(T &&v) { return emplace(std::move(v)); }
    template <class P>
        requires(is_constructible_v<T, P> && !is_same_v<remove_cvref_t<P>, T>)
    auto insert(P &&p)
    {
        return emplace(std::forward<P>(p));
    }
    iterator insert(const_iterator, const T &v) { return position(emplace(v)); }
    iterator insert(const_iterator, T &&v) { return position(emplace(std::move(v))); }
    template <class I>
        requires __input_category<I>
    void insert(I first, I last)
    {
        for (; first != last; ++first)
            emplace(*first);
    }
    void insert(initializer_list<T> l) { insert(l.begin(), l.end()); }

    iterator erase(const_iterator at)
    {
        iterator behind(__tree_next(at.__link));
        destroy(unlink(at.__link));
        return behind;
    }
    iterator erase(iterator at)
        requires(!constant_elements)
    {
        return erase(const_iterator(at));
    }
    iterator erase(const_iterator first, const_iterator last)
    {
        while (first != last)
            first = erase(first);
        return iterator(last.__link);
    }
    size_t erase(const K &k)
    {
        size_t before = count;
        auto [first, last] = equal_range(k);
        erase(first, last);
        return before - count;
    }
    void clear() noexcept
    {
        // Without recursion: go down as far as possible, destroy leaves on the way up.
        for (__tree_link *n = header.left; n && n != &header;) {
            if (n->left) {
                n = n->left;
            } else if (n->right) {
                n = n->right;
            } else {
                __tree_link *up = n->parent;
                (up->left == n ? up->left : up->right) = nullptr;
                destroy(static_cast<node *>(n));
                n = up;
            }
        }
        leftmost = &header;
        count = 0;
    }
    node_type extract(const_iterator at) { return node_type(unlink(at.__link)); }
    node_type extract(const K &k)
    {
        iterator i = find(k);
        return i == end() ? node_type() : extract(i);
    }
    auto insert(node_type &&n)
    {
        node *p = n.n;
        n.n = nullptr;
        return hang(p);
    }
    template <class C2, bool multi2>
    void merge(__tree<K, T, KeyOf, C2, A, multi2> &o)
    {
        for (auto i = o.begin(); i != o.end();) {
            auto next = std::next(i);
            if (multi || find(KeyOf::key(*i)) == end())
                hang(o.unlink(i.__link));
            i = next;
        }
    }
    void swap(__tree &o) noexcept
    {
        __tree t(std::move(o));
        o = std::move(*this);
        *this = std::move(t);
    }

    // Searching; other types than the key's where the order is transparent.
    template <class Q>
    static constexpr bool searchable = is_same_v<Q, K> || requires { typename C::is_transparent; };

    template <class Q = K>
        requires searchable<Q>
    iterator find(const Q &k)
    {
        iterator i = lower_bound(k);
        return i == end() || less(k, KeyOf::key(*i)) ? end() : i;
    }
    template <class Q = K>
        requires searchable<Q>
    const_iterator find(const Q &k) const
    {
        return const_cast<__tree *>(this)->find(k);
    }
    template <class Q = K>
        requires searchable<Q>
    bool contains(const Q &k) const
    {
        return find(k) != end();
    }
    template <class Q = K>
        requires searchable<Q>
    size_t count_(const Q &k) const
    {
        auto [first, last] = equal_range(k);
        return size_t(std::distance(first, last));
    }
    template <class Q = K>
        requires searchable<Q>
    iterator lower_bound(const Q &k)
    {
        __tree_link *found = &header;
        for (__tree_link *n = header.left; n;) {
            if (less(key(n), k)) {
                n = n->right;
            } else {
                found = n;
                n = n->left;
            }
        }
        return iterator(found);
    }
    template <class Q = K>
        requires searchable<Q>
    const_iterator lower_bound(const Q &k) const
    {
        return const_cast<__tree *>(this)->lower_bound(k);
    }
    template <class Q = K>
        requires searchable<Q>
    iterator upper_bound(const Q &k)
    {
        __tree_link *found = &header;
        for (__tree_link *n = header.left; n;) {
            if (less(k, key(n))) {
                found = n;
                n = n->left;
            } else {
                n = n->right;
            }
        }
        return iterator(found);
    }
    template <class Q = K>
        requires searchable<Q>
    const_iterator upper_bound(const Q &k) const
    {
        return const_cast<__tree *>(this)->upper_bound(k);
    }
    template <class Q = K>
        requires searchable<Q>
    pair<iterator, iterator> equal_range(const Q &k)
    {
        return {lower_bound(k), upper_bound(k)};
    }
    template <class Q = K>
        requires searchable<Q>
    pair<const_iterator, const_iterator> equal_range(const Q &k) const
    {
        return {lower_bound(k), upper_bound(k)};
    }

  protected:
    // The node for key k: found, or made by `make_node()` in its place.
    template <class F>
    pair<iterator, bool> find_or_make(const K &k, F make_node)
    {
        iterator i = lower_bound(k);
        if (i != end() && !less(k, KeyOf::key(*i)))
            return {i, false};
        node *n = make_node();
        link_before(n, i.__link);
        return {iterator(n), true};
    }
    template <class... Args>
    node *make(Args &&...args)
    {
        node *n = allocator_traits<node_allocator>::allocate(a, 1);
        return std::construct_at(n, std::forward<Args>(args)...);
    }

  private:
    template <class, class, class, class, class, bool>
    friend class __tree;

    static const K &key(const __tree_link *n)
    {
        return KeyOf::key(static_cast<const node *>(n)->value);
    }
    static iterator position(iterator i) { return i; }
    static iterator position(pair<iterator, bool> p) { return p.first; }

    void destroy(node *n)
    {
        std::destroy_at(n);
        allocator_traits<node_allocator>::deallocate(a, n, 1);
    }
    // In front of `behind`, which follows it in the order.
    void link_before(node *n, __tree_link *behind)
    {
        __tree_link *parent = behind;
        bool left = true;
        if (behind->left) { // the place is at the right end of what is left of it
            parent = behind->left;
            while (parent->right)
                parent = parent->right;
            left = false;
        }
        if (behind == leftmost)
            leftmost = n;
        __tree_insert(n, parent, left, &header);
        count++;
    }
    // Puts a node in its place. Sets and maps destroy it if the key is there already.
    auto hang(node *n)
    {
        if constexpr (multi) {
            link_before(n, upper_bound(key(n)).__link);
            return iterator(n);
        } else {
            auto result = find_or_make(key(n), [n] { return n; });
            if (!result.second)
                destroy(n);
            return result;
        }
    }
    node *unlink(__tree_link *l)
    {
        if (l == leftmost)
            leftmost = __tree_next(l);
        __tree_remove(l, &header);
        count--;
        return static_cast<node *>(l);
    }
    void take(__tree &o) noexcept
    {
        if (!o.header.left)
            return;
        header.left = o.header.left;
        header.left->parent = &header;
        leftmost = o.leftmost;
        count = o.count;
        o.header.left = nullptr;
        o.leftmost = &o.header;
        o.count = 0;
    }
};

template <class K, class T, class F, class C, class A, bool multi>
bool operator==(const __tree<K, T, F, C, A, multi> &a, const __tree<K, T, F, C, A, multi> &b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}
template <class K, class T, class F, class C, class A, bool multi>
__synth_three_way_result<T> operator<=>(const __tree<K, T, F, C, A, multi> &a,
                                        const __tree<K, T, F, C, A, multi> &b)
{
    auto i = a.begin();
    for (const T &v : b) {
        if (i == a.end())
            return strong_ordering::less;
        if (auto order = std::__synth_three_way(*i, v); order != 0)
            return order;
        ++i;
    }
    return i == a.end() ? strong_ordering::equal : strong_ordering::greater;
}

} // namespace std
