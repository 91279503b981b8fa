// A red-black tree: what map, set, multimap and multiset are made of.
#pragma once

#include <bits/algorithm_query.h>
#include <bits/node.h>
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
using __tree_node = __node<__tree_link, T>;

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

// K: key, T: element, KeyOf: one of node.h, C: order, multi: equal keys may be there more than
// once.
template <class K, class T, class KeyOf, class C, class A, bool multi>
class __tree
{
    static_assert(is_same_v<typename A::value_type, T>);
    using node = __tree_node<T>;
    using node_allocator = __node_allocator<A, node>;
    using traits = allocator_traits<A>;
    static constexpr bool constant_elements = is_same_v<KeyOf, __key_is_value>;

    __tree_link header;
    __tree_link *leftmost = &header;
    size_t elements = 0;
    [[no_unique_address]] C less;
    [[no_unique_address]] node_allocator a;

  public:
    using key_type = K;
    using value_type = T;
    using key_compare = C;
    using allocator_type = A;
    using size_type = typename traits::size_type;
    using difference_type = typename traits::difference_type;
    using reference = T &;
    using const_reference = const T &;
    using pointer = typename traits::pointer;
    using const_pointer = typename traits::const_pointer;
    using iterator = __tree_iterator<T, constant_elements>;
    using const_iterator = __tree_iterator<T, true>;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;
    using node_type = __node_handle<node, K, KeyOf, A>;
    using insert_return_type = __insert_return<iterator, node_type>; // where keys are unique

    __tree() noexcept(is_nothrow_default_constructible_v<C> &&
                      is_nothrow_default_constructible_v<A>)
        : less(), a(A())
    {
    }
    explicit __tree(const C &c, const A &al = A()) : less(c), a(al) {}
    explicit __tree(const A &al) : less(), a(al) {}
    __tree(const __tree &o)
        : __tree(o.less,
                 A(allocator_traits<node_allocator>::select_on_container_copy_construction(o.a)))
    {
        copy(o);
    }
    __tree(const __tree &o, const A &al) : __tree(o.less, al) { copy(o); }
    __tree(__tree &&o) noexcept(is_nothrow_move_constructible_v<C>)
        : less(std::move(o.less)), a(std::move(o.a))
    {
        take(o);
    }
    __tree(__tree &&o, const A &al) : __tree(o.less, al)
    {
        if (a == o.a)
            take(o);
        else
            move_elements(o);
    }
    ~__tree() { clear(); }
    __tree &operator=(const __tree &o)
    {
        if (this == std::addressof(o))
            return *this;
        clear();
        std::__assign_allocator(a, o.a);
        less = o.less;
        copy(o);
        return *this;
    }
    __tree &operator=(__tree &&o) noexcept(traits::is_always_equal::value &&
                                           is_nothrow_move_assignable_v<C>)
    {
        if (this == std::addressof(o))
            return *this;
        clear();
        bool mine = traits::propagate_on_container_move_assignment::value || a == o.a;
        std::__move_allocator(a, o.a);
        less = std::move(o.less);
        if (mine)
            take(o);
        else
            move_elements(o);
        return *this;
    }
    A get_allocator() const noexcept { return A(a); }
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
    [[nodiscard]] bool empty() const noexcept { return elements == 0; }
    size_type size() const noexcept { return size_type(elements); }
    size_type max_size() const noexcept
    {
        return size_type(std::min<size_t>(allocator_traits<node_allocator>::max_size(a),
                                          size_t(-1) / 2 / sizeof(node)));
    }

    template <class... Args>
    auto emplace(Args &&...args)
    {
        if constexpr (names_key<Args...>)
            return insert_new(key_in(args...), std::forward<Args>(args)...);
        else
            return hang(make(std::forward<Args>(args)...));
    }
    template <class... Args>
    iterator emplace_hint(const_iterator hint, Args &&...args)
    {
        if constexpr (names_key<Args...> && !multi)
            return insert_near(hint, key_in(args...), std::forward<Args>(args)...).first;
        else
            return hang_near(hint, make(std::forward<Args>(args)...));
    }
    auto insert(const T &v) { return emplace(v); }
    auto insert(T &&v) { return emplace(std::move(v)); }
    iterator insert(const_iterator hint, const T &v) { return emplace_hint(hint, v); }
    iterator insert(const_iterator hint, T &&v) { return emplace_hint(hint, std::move(v)); }
    template <class P>
        requires(!constant_elements && is_constructible_v<T, P>)
    auto insert(P &&p)
    {
        return emplace(std::forward<P>(p));
    }
    template <class P>
        requires(!constant_elements && is_constructible_v<T, P>)
    iterator insert(const_iterator hint, P &&p)
    {
        return emplace_hint(hint, std::forward<P>(p));
    }
    template <__input_category I>
    void insert(I first, I last)
    {
        for (; first != last; ++first)
            emplace_hint(end(), *first);
    }
    void insert(initializer_list<T> l) { insert(l.begin(), l.end()); }

    iterator erase(const_iterator at)
    {
        iterator behind(__tree_next(at.__link));
        std::__destroy_node(a, unlink(at.__link));
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
    size_type erase(const K &k)
    {
        size_t before = elements;
        auto [first, last] = equal_range(k);
        erase(first, last);
        return size_type(before - elements);
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
                std::__destroy_node(a, static_cast<node *>(n));
                n = up;
            }
        }
        leftmost = &header;
        elements = 0;
    }
    node_type extract(const_iterator at) { return node_type(unlink(at.__link), a); }
    node_type extract(const K &k)
    {
        iterator i = find(k);
        return i == end() ? node_type() : extract(i);
    }
    auto insert(node_type &&h)
    {
        if constexpr (multi) {
            return h.empty() ? end() : admit(h, find_place(KeyOf::key(h.__node()->value))).first;
        } else {
            if (h.empty())
                return insert_return_type{end(), false, node_type()};
            auto [i, fresh] = admit(h, find_place(KeyOf::key(h.__node()->value)));
            return insert_return_type{i, fresh, std::move(h)};
        }
    }
    iterator insert(const_iterator hint, node_type &&h)
    {
        return h.empty() ? end()
                         : admit(h, find_place_near(hint, KeyOf::key(h.__node()->value))).first;
    }
    template <class C2, bool multi2>
    void merge(__tree<K, T, KeyOf, C2, A, multi2> &o)
    {
        if (static_cast<void *>(&o) == this)
            return;
        for (auto i = o.begin(); i != o.end();) {
            auto next = std::next(i);
            place p = find_place(KeyOf::key(*i));
            if (p.free)
                link_before(o.unlink(i.__link), p.behind);
            i = next;
        }
    }
    template <class C2, bool multi2>
    void merge(__tree<K, T, KeyOf, C2, A, multi2> &&o)
    {
        merge(o);
    }
    void swap(__tree &o) noexcept(traits::is_always_equal::value && is_nothrow_swappable_v<C>)
    {
        using std::swap;
        swap(less, o.less);
        std::__swap_allocators(a, o.a);
        __tree_link *root = header.left, *first = leftmost;
        size_t n = elements;
        header.left = nullptr;
        leftmost = &header;
        elements = 0;
        take(o);
        if (root)
            o.adopt(root, first, n);
    }

    // Searching; other types than the key's where the order is transparent.
    template <class Q>
    static constexpr bool transparent = requires {
        typename C::is_transparent;
        sizeof(Q);
    };
#define __LOOKUP(result, name, constness)                                                          \
    result name(const K &k) constness { return name##_of(k); }                                     \
    template <class Q>                                                                             \
        requires transparent<Q>                                                                    \
    result name(const Q &k) constness                                                              \
    {                                                                                              \
        return name##_of(k);                                                                       \
    }
    __LOOKUP(iterator, find, )
    __LOOKUP(const_iterator, find, const)
    __LOOKUP(bool, contains, const)
    __LOOKUP(size_type, count, const)
    __LOOKUP(iterator, lower_bound, )
    __LOOKUP(const_iterator, lower_bound, const)
    __LOOKUP(iterator, upper_bound, )
    __LOOKUP(const_iterator, upper_bound, const)
    using range = pair<iterator, iterator>;
    using const_range = pair<const_iterator, const_iterator>;
    __LOOKUP(range, equal_range, )
    __LOOKUP(const_range, equal_range, const)
#undef __LOOKUP

  protected:
    // The node for key k: found, or made of the arguments in its place.
    template <class... Args>
    pair<iterator, bool> find_or_make(const K &k, Args &&...args)
    {
        iterator i = lower_bound(k);
        if (holds(i, k))
            return {i, false};
        return {link_before(make(std::forward<Args>(args)...), i.__link), true};
    }

  private:
    template <class, class, class, class, class, bool>
    friend class __tree;

    // Whether arguments for an element show its key, so that it need not be made to be looked up.
    template <class... Args>
    static constexpr bool names_key = false;
    template <class V>
        requires(is_same_v<remove_cvref_t<V>, T>)
    static constexpr bool names_key<V> = true;
    template <class Q, class V>
        requires(!constant_elements && is_same_v<remove_cvref_t<Q>, K>)
    static constexpr bool names_key<Q, V> = true;
    static const K &key_in(const T &v) { return KeyOf::key(v); }
    template <class V>
    static const K &key_in(const K &k, const V &)
    {
        return k;
    }

    template <class Q>
    iterator find_of(const Q &k) const
    {
        iterator i = lower_bound_of(k);
        return holds(i, k) ? i : past_last();
    }
    template <class Q>
    bool contains_of(const Q &k) const
    {
        return find_of(k) != end();
    }
    template <class Q>
    size_type count_of(const Q &k) const
    {
        return size_type(std::distance(lower_bound_of(k), upper_bound_of(k)));
    }
    template <class Q>
    iterator lower_bound_of(const Q &k) const
    {
        __tree_link *found = past_last().__link;
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
    template <class Q>
    iterator upper_bound_of(const Q &k) const
    {
        __tree_link *found = past_last().__link;
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
    template <class Q>
    pair<iterator, iterator> equal_range_of(const Q &k) const
    {
        return {lower_bound_of(k), upper_bound_of(k)};
    }
    iterator past_last() const { return iterator(const_cast<__tree_link *>(&header)); }

    static const K &key(const __tree_link *n)
    {
        return KeyOf::key(static_cast<const node *>(n)->value);
    }
    // Whether i, a lower bound of k, is an element with that key.
    template <class Q>
    bool holds(const_iterator i, const Q &k) const
    {
        return i != end() && !less(k, KeyOf::key(*i));
    }
    template <class... Args>
    node *make(Args &&...args)
    {
        return std::__make_node(a, std::forward<Args>(args)...);
    }
    template <class... Args>
    auto insert_new(const K &k, Args &&...args)
    {
        if constexpr (multi) {
            place p = find_place(k); // first: making the node may move the key away
            return link_before(make(std::forward<Args>(args)...), p.behind);
        } else {
            return find_or_make(k, std::forward<Args>(args)...);
        }
    }
    template <class... Args>
    pair<iterator, bool> insert_near(const_iterator hint, const K &k, Args &&...args)
    {
        if (fits(hint, k))
            return {link_before(make(std::forward<Args>(args)...), hint.__link), true};
        return find_or_make(k, std::forward<Args>(args)...);
    }
    // Whether the place for k is right in front of the hint.
    bool fits(const_iterator hint, const K &k)
    {
        if (multi)
            return (hint == end() || !less(KeyOf::key(*hint), k)) &&
                   (hint == begin() || !less(k, KeyOf::key(*std::prev(hint))));
        return (hint == end() || less(k, KeyOf::key(*hint))) &&
               (hint == begin() || less(KeyOf::key(*std::prev(hint)), k));
    }
    // In front of `behind`, which follows it in the order.
    iterator link_before(node *n, __tree_link *behind)
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
        elements++;
        return iterator(n);
    }
    // Where an element belongs: before `behind`. Not free: that has its key, and keys are unique.
    struct place {
        __tree_link *behind;
        bool free;
    };
    // Comparing may throw; linking cannot.
    place find_place(const K &k)
    {
        if constexpr (multi)
            return {upper_bound(k).__link, true};
        iterator i = lower_bound(k);
        return {i.__link, !holds(i, k)};
    }
    place find_place_near(const_iterator hint, const K &k)
    {
        if (fits(hint, k))
            return {hint.__link, true};
        if (multi && hint != end() && less(KeyOf::key(*hint), k))
            return {lower_bound(k).__link, true}; // as close to the hint as may be
        return find_place(k);
    }
    // Puts a node in its place. Sets and maps destroy it if the key is there already.
    auto hang(node *n)
    {
        __owned_node<node_allocator> own{a, n};
        place p = find_place(key(n));
        if constexpr (multi)
            return link_before(own.release(), p.behind);
        else
            return pair<iterator, bool>(
                p.free ? link_before(own.release(), p.behind) : iterator(p.behind), p.free);
    }
    iterator hang_near(const_iterator hint, node *n)
    {
        __owned_node<node_allocator> own{a, n};
        place p = find_place_near(hint, key(n));
        return p.free ? link_before(own.release(), p.behind) : iterator(p.behind);
    }
    // Takes the handle's node if its place is free.
    pair<iterator, bool> admit(node_type &h, const place &p)
    {
        return {p.free ? link_before(h.__release(), p.behind) : iterator(p.behind), p.free};
    }
    node *unlink(__tree_link *l)
    {
        if (l == leftmost)
            leftmost = __tree_next(l);
        __tree_remove(l, &header);
        elements--;
        return static_cast<node *>(l);
    }
    void copy(const __tree &o)
    {
        for (const T &v : o)
            link_before(make(v), &header);
    }
    void move_elements(__tree &o)
    {
        for (auto i = o.begin(); i != o.end(); ++i)
            if constexpr (constant_elements)
                link_before(make(std::move(const_cast<T &>(*i))), &header);
            else
                link_before(make(std::move(const_cast<K &>(i->first)), std::move(i->second)),
                            &header);
        o.clear();
    }
    void adopt(__tree_link *root, __tree_link *first, size_t n) noexcept
    {
        header.left = root;
        root->parent = &header;
        leftmost = first;
        elements = n;
    }
    // Takes o's nodes; this tree has none.
    void take(__tree &o) noexcept
    {
        if (!o.header.left)
            return;
        adopt(o.header.left, o.leftmost, o.elements);
        o.header.left = nullptr;
        o.leftmost = &o.header;
        o.elements = 0;
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
    return std::__compare_elements(a.begin(), a.end(), b.begin(), b.end());
}

} // namespace std
