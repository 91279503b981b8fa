// A hash table with chains: what unordered_map and its relatives are made of. All nodes are in one
// list, those of a bucket together, and in a bucket those with equal keys. The list goes both ways,
// so that a bucket can be its first node: looking up touches nothing else.
#pragma once

#include <bits/algorithm_query.h>
#include <bits/hash.h>
#include <bits/hash_nodes.h>

namespace std
{

template <class K, class T, class KeyOf, class H, class E, class A, bool multi>
class __hash_table
{
    static_assert(is_same_v<typename A::value_type, T>);
    using node = __hash_node<T>;
    using node_allocator = __node_allocator<A, node>;
    using traits = allocator_traits<A>;
    using bucket_allocator = __node_allocator<A, __hash_link *>;
    static constexpr bool constant_elements = is_same_v<KeyOf, __key_is_value>;
    enum { BUCKETS_MIN = 8 };

    __hash_link head; // in front of the first node
    size_t elements = 0;
    // A power of two of them, or none: the bucket's first node.
    __bucket_array<bucket_allocator> buckets;
    float load_limit = 1;
    [[no_unique_address]] H hasher_;
    [[no_unique_address]] E equal_;
    [[no_unique_address]] node_allocator a;

  public:
    using key_type = K;
    using value_type = T;
    using hasher = H;
    using key_equal = E;
    using allocator_type = A;
    using size_type = typename traits::size_type;
    using difference_type = typename traits::difference_type;
    using reference = T &;
    using const_reference = const T &;
    using pointer = typename traits::pointer;
    using const_pointer = typename traits::const_pointer;
    using iterator = __hash_iterator<T, constant_elements>;
    using const_iterator = __hash_iterator<T, true>;
    using local_iterator = __bucket_iterator<T, constant_elements>;
    using const_local_iterator = __bucket_iterator<T, true>;
    using node_type = __node_handle<node, K, KeyOf, A>;
    using insert_return_type = __insert_return<iterator, node_type>; // where keys are unique

    __hash_table() noexcept(is_nothrow_default_constructible_v<H> &&
                            is_nothrow_default_constructible_v<E> &&
                            is_nothrow_default_constructible_v<A>)
        : buckets(bucket_allocator(A())), hasher_(), equal_(), a(A())
    {
    }
    __hash_table(size_type n, const H &h, const E &e, const A &al)
        : buckets(bucket_allocator(al)), hasher_(h), equal_(e), a(al)
    {
        rehash(n);
    }
    __hash_table(const __hash_table &o)
        : __hash_table(
              o, A(allocator_traits<node_allocator>::select_on_container_copy_construction(o.a)))
    {
    }
    __hash_table(const __hash_table &o, const A &al) : __hash_table(0, o.hasher_, o.equal_, al)
    {
        copy(o);
    }
    __hash_table(__hash_table &&o) noexcept(is_nothrow_move_constructible_v<H> &&
                                            is_nothrow_move_constructible_v<E>)
        : buckets(bucket_allocator(o.a)), hasher_(std::move(o.hasher_)),
          equal_(std::move(o.equal_)), a(std::move(o.a))
    {
        take(o);
    }
    __hash_table(__hash_table &&o, const A &al) : __hash_table(0, o.hasher_, o.equal_, al)
    {
        if (a == o.a)
            take(o);
        else
            move_elements(o);
    }
    ~__hash_table() { clear(); }
    __hash_table &operator=(const __hash_table &o)
    {
        if (this == std::addressof(o))
            return *this;
        clear();
        if constexpr (traits::propagate_on_container_copy_assignment::value) {
            a = o.a;
            __bucket_array<bucket_allocator> none{bucket_allocator(a)};
            buckets.template swap<true>(none);
        }
        hasher_ = o.hasher_;
        equal_ = o.equal_;
        copy(o);
        return *this;
    }
    __hash_table &operator=(__hash_table &&o) noexcept(traits::is_always_equal::value &&
                                                       is_nothrow_move_assignable_v<H> &&
                                                       is_nothrow_move_assignable_v<E>)
    {
        if (this == std::addressof(o))
            return *this;
        clear();
        bool mine = traits::propagate_on_container_move_assignment::value || a == o.a;
        std::__move_allocator(a, o.a);
        hasher_ = std::move(o.hasher_);
        equal_ = std::move(o.equal_);
        if (mine)
            take(o);
        else
            move_elements(o);
        return *this;
    }
    A get_allocator() const noexcept { return A(a); }
    H hash_function() const { return hasher_; }
    E key_eq() const { return equal_; }

    iterator begin() noexcept { return iterator(head.next); }
    const_iterator begin() const noexcept { return const_iterator(head.next); }
    iterator end() noexcept { return iterator(); }
    const_iterator end() const noexcept { return const_iterator(); }
    const_iterator cbegin() const noexcept { return begin(); }
    const_iterator cend() const noexcept { return end(); }
    [[nodiscard]] bool empty() const noexcept { return elements == 0; }
    size_type size() const noexcept { return size_type(elements); }
    size_type max_size() const noexcept
    {
        return size_type(std::min<size_t>(allocator_traits<node_allocator>::max_size(a),
                                          size_t(-1) / 2 / sizeof(node)));
    }

    local_iterator begin(size_type b) { return {buckets[b], mask()}; }
    local_iterator end(size_type) { return {}; }
    const_local_iterator begin(size_type b) const { return {buckets[b], mask()}; }
    const_local_iterator end(size_type) const { return {}; }
    const_local_iterator cbegin(size_type b) const { return begin(b); }
    const_local_iterator cend(size_type) const { return {}; }
    size_type bucket_count() const noexcept { return size_type(buckets.size()); }
    size_type max_bucket_count() const noexcept { return size_type(buckets.max_size()); }
    size_type bucket(const K &k) const { return size_type(hasher_(k) & mask()); }
    size_type bucket_size(size_type b) const { return size_type(std::distance(begin(b), end(b))); }
    float load_factor() const noexcept
    {
        return buckets.empty() ? 0 : float(elements) / float(buckets.size());
    }
    float max_load_factor() const noexcept { return load_limit; }
    void max_load_factor(float f) { load_limit = f; }
    void reserve(size_type n) { rehash(size_type(buckets_for(n))); }
    void rehash(size_type n)
    {
        size_t least = std::max<size_t>(n, buckets_for(elements));
        if (least == 0)
            return;
        size_t size = BUCKETS_MIN;
        while (size < least)
            size *= 2;
        if (size != buckets.size())
            spread(size);
    }

    template <class... Args>
    auto emplace(Args &&...args)
    {
        if constexpr (names_key<Args...> && !multi)
            return find_or_make(key_in(args...), std::forward<Args>(args)...);
        else
            return hang(make(std::forward<Args>(args)...));
    }
    template <class... Args>
    iterator emplace_hint(const_iterator, Args &&...args)
    {
        return position(emplace(std::forward<Args>(args)...));
    }
    auto insert(const T &v) { return emplace(v); }
    auto insert(T &&v) { return emplace(std::move(v)); }
    iterator insert(const_iterator, const T &v) { return position(emplace(v)); }
    iterator insert(const_iterator, T &&v) { return position(emplace(std::move(v))); }
    template <class P>
        requires(!constant_elements && is_constructible_v<T, P>)
    auto insert(P &&p)
    {
        return emplace(std::forward<P>(p));
    }
    template <class P>
        requires(!constant_elements && is_constructible_v<T, P>)
    iterator insert(const_iterator, P &&p)
    {
        return position(emplace(std::forward<P>(p)));
    }
    template <__input_category I>
    void insert(I from, I to)
    {
        for (; from != to; ++from)
            emplace(*from);
    }
    void insert(initializer_list<T> l) { insert(l.begin(), l.end()); }

    iterator erase(const_iterator at)
    {
        iterator behind(at.__link->next);
        std::__destroy_node(a, unlink(at.__link));
        return behind;
    }
    iterator erase(iterator at)
        requires(!constant_elements)
    {
        return erase(const_iterator(at));
    }
    iterator erase(const_iterator from, const_iterator to)
    {
        while (from != to)
            from = erase(from);
        return iterator(to.__link);
    }
    size_type erase(const K &k)
    {
        size_t before = elements;
        auto [from, to] = equal_range(k);
        erase(from, to);
        return size_type(before - elements);
    }
    void clear() noexcept
    {
        while (head.next) {
            __hash_link *l = head.next;
            head.next = l->next;
            std::__destroy_node(a, static_cast<node *>(l));
        }
        buckets.forget();
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
            return h.empty() ? end() : admit(h).first;
        } else {
            if (h.empty())
                return insert_return_type{end(), false, node_type()};
            auto [i, fresh] = admit(h);
            return insert_return_type{i, fresh, std::move(h)};
        }
    }
    iterator insert(const_iterator, node_type &&h) { return h.empty() ? end() : admit(h).first; }
    template <class H2, class E2, bool multi2>
    void merge(__hash_table<K, T, KeyOf, H2, E2, A, multi2> &o)
    {
        if (static_cast<void *>(&o) == this)
            return;
        for (auto i = o.begin(); i != o.end();) {
            auto next = std::next(i);
            place p = find_place(KeyOf::key(*i));
            if (p.free)
                link(o.unlink(i.__link), p);
            i = next;
        }
    }
    template <class H2, class E2, bool multi2>
    void merge(__hash_table<K, T, KeyOf, H2, E2, A, multi2> &&o)
    {
        merge(o);
    }
    void swap(__hash_table &o) noexcept(traits::is_always_equal::value &&
                                        is_nothrow_swappable_v<H> && is_nothrow_swappable_v<E>)
    {
        using std::swap;
        swap(hasher_, o.hasher_);
        swap(equal_, o.equal_);
        swap(load_limit, o.load_limit);
        swap(elements, o.elements);
        swap(head.next, o.head.next);
        buckets.template swap<traits::propagate_on_container_swap::value>(o.buckets);
        std::__swap_allocators(a, o.a);
        adjust_head();
        o.adjust_head();
    }

    // Other types than the key's where hash and equality are transparent.
    template <class Q>
    static constexpr bool transparent = requires {
        typename H::is_transparent;
        typename E::is_transparent;
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
    using range = pair<iterator, iterator>;
    using const_range = pair<const_iterator, const_iterator>;
    __LOOKUP(range, equal_range, )
    __LOOKUP(const_range, equal_range, const)
#undef __LOOKUP

  protected:
    // The node for key k: found, or made of the arguments.
    template <class... Args>
    pair<iterator, bool> find_or_make(const K &k, Args &&...args)
    {
        place p = find_place(k);
        if (!p.free)
            return {iterator(p.twin), false};
        return {link(make(std::forward<Args>(args)...), p), true};
    }

  private:
    template <class, class, class, class, class, class, bool>
    friend class __hash_table;

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
    static iterator position(iterator i) { return i; }
    static iterator position(pair<iterator, bool> p) { return p.first; }
    static const K &key(const __hash_link *l)
    {
        return KeyOf::key(static_cast<const node *>(l)->value);
    }

    size_t mask() const { return buckets.size() - 1; }
    size_t buckets_for(size_t n) const
    {
        float least = float(n) / load_limit;
        size_t count = size_t(least);
        return float(count) < least ? count + 1 : count;
    }
    template <class... Args>
    node *make(Args &&...args)
    {
        return std::__make_node(a, std::forward<Args>(args)...);
    }
    template <class Q>
    iterator find_of(const Q &k) const
    {
        return iterator(search(k));
    }
    template <class Q>
    bool contains_of(const Q &k) const
    {
        return search(k) != nullptr;
    }
    template <class Q>
    size_type count_of(const Q &k) const
    {
        if constexpr (!multi)
            return contains_of(k);
        auto [from, to] = equal_range_of(k);
        return size_type(std::distance(from, to));
    }
    template <class Q>
    pair<iterator, iterator> equal_range_of(const Q &k) const
    {
        iterator from = find_of(k), to = from;
        while (to != iterator() && equal_(KeyOf::key(*to), k))
            ++to;
        return {from, to};
    }
    template <class Q>
    __hash_link *search(const Q &k) const
    {
        return elements ? search(k, hasher_(k)) : nullptr;
    }
    template <class Q>
    __hash_link *search(const Q &k, size_t h) const
    {
        if (buckets.empty())
            return nullptr;
        for (__hash_link *l = buckets[h & mask()]; l && ((l->hash ^ h) & mask()) == 0; l = l->next)
            if (l->hash == h && equal_(key(l), k))
                return l;
        return nullptr;
    }
    void make_room()
    {
        if (float(elements + 1) > float(buckets.size()) * load_limit)
            rehash(size_type(std::max<size_t>(buckets.size() * 2, buckets_for(elements + 1))));
    }
    // Where an element belongs: behind its twin, one with an equal key, or else at the front of its
    // bucket. Not free: the twin is there, and keys are unique.
    struct place {
        size_t hash;
        __hash_link *twin;
        bool free;
    };
    // Hashing, comparing and growing may throw; linking cannot.
    place find_place(const K &k)
    {
        size_t h = hasher_(k);
        __hash_link *twin = search(k, h);
        bool free = multi || !twin;
        if (free)
            make_room();
        return {h, twin, free};
    }
    iterator link(node *n, const place &p)
    {
        n->hash = p.hash;
        if (p.twin)
            insert_behind(p.twin, n);
        else
            insert_in_front(n);
        elements++;
        return iterator(n);
    }
    void insert_behind(__hash_link *at, __hash_link *l)
    {
        l->previous = at;
        l->next = at->next;
        at->next = l;
        if (l->next)
            l->next->previous = l;
    }
    // A bucket that was empty goes to the front of the list.
    void insert_in_front(__hash_link *l)
    {
        __hash_link *&first = buckets[l->hash & mask()];
        insert_behind(first ? first->previous : &head, l);
        first = l;
    }
    auto hang(node *n)
    {
        __owned_node<node_allocator> own{a, n};
        place p = find_place(key(n));
        if constexpr (multi)
            return link(own.release(), p);
        else
            return pair<iterator, bool>(p.free ? link(own.release(), p) : iterator(p.twin), p.free);
    }
    // Takes the handle's node if there is a place for it.
    pair<iterator, bool> admit(node_type &h)
    {
        place p = find_place(KeyOf::key(h.__node()->value));
        return {p.free ? link(h.__release(), p) : iterator(p.twin), p.free};
    }
    node *unlink(__hash_link *l)
    {
        __hash_link *&first = buckets[l->hash & mask()], *behind = l->next;
        if (first == l)
            first = behind && ((behind->hash ^ l->hash) & mask()) == 0 ? behind : nullptr;
        l->previous->next = behind;
        if (behind)
            behind->previous = l->previous;
        elements--;
        return static_cast<node *>(l);
    }
    // Deals all nodes out to `size` buckets; equal keys stay together and in order.
    void spread(size_t size)
    {
        __bucket_array<bucket_allocator> fresh(size, buckets.allocator());
        buckets.template swap<false>(fresh);
        __hash_link *l = std::exchange(head.next, nullptr);
        for (__hash_link *before = nullptr, *next; l; before = l, l = next) {
            next = l->next;
            if (before && before->hash == l->hash)
                insert_behind(before, l);
            else
                insert_in_front(l);
        }
    }
    void adjust_head()
    {
        if (head.next)
            head.next->previous = &head;
    }
    void copy(const __hash_table &o)
    {
        load_limit = o.load_limit;
        rehash(o.bucket_count());
        __hash_link *copied = nullptr;
        for (__hash_link *l = o.head.next, *before = nullptr; l; before = l, l = l->next) {
            bool together = before && ((l->hash ^ before->hash) & mask()) == 0;
            place p{l->hash, together ? copied : nullptr, true};
            copied = link(make(static_cast<node *>(l)->value), p).__link;
        }
    }
    void move_elements(__hash_table &o)
    {
        load_limit = o.load_limit;
        rehash(o.bucket_count());
        for (iterator i = o.begin(); i != o.end(); ++i)
            if constexpr (constant_elements)
                emplace(std::move(const_cast<T &>(*i)));
            else
                emplace(std::move(const_cast<K &>(i->first)), std::move(i->second));
        o.clear();
    }
    // Takes o's nodes and buckets; this table has no nodes.
    void take(__hash_table &o) noexcept
    {
        load_limit = o.load_limit;
        buckets.forget();
        buckets.template swap<traits::propagate_on_container_move_assignment::value>(o.buckets);
        head.next = std::exchange(o.head.next, nullptr);
        elements = std::exchange(o.elements, 0);
        adjust_head();
    }
};

// What deduction takes for a hash: neither a number of buckets nor an allocator.
template <class H>
concept __hash_like = !is_integral_v<H> && !__allocator<H>;

// The same elements, in whatever order.
template <class K, class T, class F, class H, class E, class A, bool multi>
bool operator==(const __hash_table<K, T, F, H, E, A, multi> &a,
                const __hash_table<K, T, F, H, E, A, multi> &b)
{
    if (a.size() != b.size())
        return false;
    for (auto i = a.begin(); i != a.end();) {
        auto [first, last] = a.equal_range(F::key(*i));
        auto [other, other_last] = b.equal_range(F::key(*i));
        if (!std::is_permutation(first, last, other, other_last))
            return false;
        i = last;
    }
    return true;
}

} // namespace std
