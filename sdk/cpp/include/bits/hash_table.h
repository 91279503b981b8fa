// A hash table with chains: what unordered_map and its relatives are made of. Elements with equal
// keys stand together.
#pragma once

#include <bits/algorithm_query.h>
#include <bits/allocator.h>
#include <bits/hash.h>
#include <bits/range_access.h>
#include <bits/tree.h> // where the key is
#include <vector>

namespace std
{

template <class T>
struct __hash_node {
    __hash_node *next = nullptr;
    size_t hash = 0;
    T value;
    template <class... Args>
    explicit __hash_node(Args &&...args) : value(std::forward<Args>(args)...)
    {
    }
};

// Walks along a chain, then to the next bucket that is not empty.
template <class T, bool constant>
class __hash_iterator
{
  public:
    using iterator_category = forward_iterator_tag;
    using value_type = T;
    using difference_type = ptrdiff_t;
    using pointer = conditional_t<constant, const T *, T *>;
    using reference = conditional_t<constant, const T &, T &>;

    __hash_node<T> *__node = nullptr;
    const vector<__hash_node<T> *> *__buckets = nullptr;

    __hash_iterator() = default;
    __hash_iterator(__hash_node<T> *n, const vector<__hash_node<T> *> *b) : __node(n), __buckets(b)
    {
    }
    template <bool other>
        requires(constant && !other)
    __hash_iterator(const __hash_iterator<T, other> &o) : __node(o.__node), __buckets(o.__buckets)
    {
    }
    reference operator*() const { return __node->value; }
    pointer operator->() const { return std::addressof(__node->value); }
    __hash_iterator &operator++()
    {
        size_t b = __node->hash & (__buckets->size() - 1);
        __node = __node->next;
        while (!__node && ++b < __buckets->size())
            __node = (*__buckets)[b];
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
        return a.__node == b.__node;
    }
};

template <class K, class T, class KeyOf, class H, class E, class A, bool multi>
class __hash_table
{
    using node = __hash_node<T>;
    using node_allocator = typename allocator_traits<A>::template rebind_alloc<node>;
    static constexpr bool constant_elements = is_same_v<KeyOf, __key_is_value>;

    vector<node *> buckets; // a power of two of them, or none
    size_t elements = 0;
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
    using size_type = size_t;
    using difference_type = ptrdiff_t;
    using reference = T &;
    using const_reference = const T &;
    using pointer = T *;
    using const_pointer = const T *;
    using iterator = __hash_iterator<T, constant_elements>;
    using const_iterator = __hash_iterator<T, true>;

    __hash_table() = default;
    explicit __hash_table(size_t n, const H &h = H(), const E &e = E(), const A &al = A())
        : hasher_(h), equal_(e), a(al)
    {
        rehash(n);
    }
    __hash_table(const __hash_table &o)
        : load_limit(o.load_limit), hasher_(o.hasher_), equal_(o.equal_), a(o.a)
    {
        rehash(o.bucket_count());
        insert(o.begin(), o.end());
    }
    __hash_table(__hash_table &&o) noexcept
        : buckets(std::move(o.buckets)), elements(o.elements), load_limit(o.load_limit),
          hasher_(o.hasher_), equal_(o.equal_), a(o.a)
    {
        o.elements = 0;
    }
    ~__hash_table() { clear(); }
    __hash_table &operator=(const __hash_table &o)
    {
        if (this != &o) {
            clear();
            hasher_ = o.hasher_;
            equal_ = o.equal_;
            load_limit = o.load_limit;
            insert(o.begin(), o.end());
        }
        return *this;
    }
    __hash_table &operator=(__hash_table &&o) noexcept
    {
        if (this != &o) {
            clear();
            buckets = std::move(o.buckets);
            elements = o.elements;
            load_limit = o.load_limit;
            hasher_ = std::move(o.hasher_);
            equal_ = std::move(o.equal_);
            o.elements = 0;
        }
        return *this;
    }
    A get_allocator() const { return A(a); }
    H hash_function() const { return hasher_; }
    E key_eq() const { return equal_; }

    iterator begin() noexcept { return iterator(first(), &buckets); }
    const_iterator begin() const noexcept { return const_iterator(first(), &buckets); }
    iterator end() noexcept { return iterator(nullptr, &buckets); }
    const_iterator end() const noexcept { return const_iterator(nullptr, &buckets); }
    const_iterator cbegin() const noexcept { return begin(); }
    const_iterator cend() const noexcept { return end(); }
    [[nodiscard]] bool empty() const noexcept { return elements == 0; }
    size_t size() const noexcept { return elements; }
    size_t max_size() const noexcept { return size_t(-1) / sizeof(node); }

    size_t bucket_count() const noexcept { return buckets.size(); }
    size_t bucket(const K &k) const { return hasher_(k) & (buckets.size() - 1); }
    size_t bucket_size(size_t b) const
    {
        size_t n = 0;
        for (node *p = buckets[b]; p; p = p->next)
            n++;
        return n;
    }
    float load_factor() const noexcept
    {
        return buckets.empty() ? 0 : float(elements) / float(buckets.size());
    }
    float max_load_factor() const noexcept { return load_limit; }
    void max_load_factor(float f) { load_limit = f; }
    void reserve(size_t n) { rehash(size_t(float(n) / load_limit) + 1); }
    void rehash(size_t n)
    {
        if (float(n) * load_limit < float(elements))
            n = size_t(float(elements) / load_limit) + 1;
        if (n == 0)
            return;
        size_t size = 8;
        while (size < n)
            size *= 2;
        if (size != buckets.size())
            spread(size);
    }

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
    void insert(I from, I to)
    {
        for (; from != to; ++from)
            emplace(*from);
    }
    void insert(initializer_list<T> l) { insert(l.begin(), l.end()); }

    iterator erase(const_iterator at)
    {
        iterator behind(at.__node, &buckets);
        ++behind;
        node **p = &buckets[at.__node->hash & (buckets.size() - 1)];
        while (*p != at.__node)
            p = &(*p)->next;
        *p = at.__node->next;
        destroy(at.__node);
        elements--;
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
        return iterator(to.__node, &buckets);
    }
    size_t erase(const K &k)
    {
        size_t before = elements;
        auto [from, to] = equal_range(k);
        erase(from, to);
        return before - elements;
    }
    void clear() noexcept
    {
        for (node *&chain : buckets)
            while (chain) {
                node *n = chain;
                chain = n->next;
                destroy(n);
            }
        elements = 0;
    }
    void swap(__hash_table &o) noexcept
    {
        __hash_table t(std::move(o));
        o = std::move(*this);
        *this = std::move(t);
    }

    // Other types than the key's where hash and equality are transparent.
    template <class Q>
    static constexpr bool searchable = is_same_v<Q, K> || requires {
        typename H::is_transparent;
        typename E::is_transparent;
    };
    template <class Q = K>
        requires searchable<Q>
    iterator find(const Q &k)
    {
        return iterator(search(k, hasher_(k)), &buckets);
    }
    template <class Q = K>
        requires searchable<Q>
    const_iterator find(const Q &k) const
    {
        return const_iterator(search(k, hasher_(k)), &buckets);
    }
    template <class Q = K>
        requires searchable<Q>
    bool contains(const Q &k) const
    {
        return search(k, hasher_(k)) != nullptr;
    }
    template <class Q = K>
        requires searchable<Q>
    size_t count(const Q &k) const
    {
        auto [from, to] = equal_range(k);
        return size_t(std::distance(from, to));
    }
    template <class Q = K>
        requires searchable<Q>
    pair<iterator, iterator> equal_range(const Q &k)
    {
        iterator from = find(k), to = from;
        while (to != end() && equal_(KeyOf::key(*to), k))
            ++to;
        return {from, to};
    }
    template <class Q = K>
        requires searchable<Q>
    pair<const_iterator, const_iterator> equal_range(const Q &k) const
    {
        return const_cast<__hash_table *>(this)->equal_range(k);
    }

  protected:
    template <class F>
    pair<iterator, bool> find_or_make(const K &k, F make_node)
    {
        size_t h = hasher_(k);
        if (node *n = search(k, h))
            return {iterator(n, &buckets), false};
        node *n = make_node();
        n->hash = h;
        link(n, nullptr);
        return {iterator(n, &buckets), true};
    }
    template <class... Args>
    node *make(Args &&...args)
    {
        node *n = allocator_traits<node_allocator>::allocate(a, 1);
        return std::construct_at(n, std::forward<Args>(args)...);
    }

  private:
    static iterator position(iterator i) { return i; }
    static iterator position(pair<iterator, bool> p) { return p.first; }

    node *first() const
    {
        for (node *chain : buckets)
            if (chain)
                return chain;
        return nullptr;
    }
    template <class Q>
    node *search(const Q &k, size_t h) const
    {
        if (buckets.empty())
            return nullptr;
        node *n = buckets[h & (buckets.size() - 1)];
        while (n && !(n->hash == h && equal_(KeyOf::key(n->value), k)))
            n = n->next;
        return n;
    }
    // Behind `twin`, an element with the same key, or at the front of its chain.
    void link(node *n, node *twin)
    {
        if (float(elements + 1) > float(buckets.size()) * load_limit)
            rehash(buckets.size() * 2 + 1);
        node *&place = twin ? twin->next : buckets[n->hash & (buckets.size() - 1)];
        n->next = place;
        place = n;
        elements++;
    }
    auto hang(node *n)
    {
        if constexpr (multi) {
            n->hash = hasher_(KeyOf::key(n->value));
            link(n, search(KeyOf::key(n->value), n->hash));
            return iterator(n, &buckets);
        } else {
            auto result = find_or_make(KeyOf::key(n->value), [n] { return n; });
            if (!result.second)
                destroy(n);
            return result;
        }
    }
    void destroy(node *n)
    {
        std::destroy_at(n);
        allocator_traits<node_allocator>::deallocate(a, n, 1);
    }
    // Deals all nodes out to `size` buckets; equal keys stay together: chains keep their order.
    void spread(size_t size)
    {
        vector<node *> old(size);
        old.swap(buckets);
        vector<node *> ends(size);
        for (node *chain : old)
            while (chain) {
                node *n = chain;
                chain = n->next;
                n->next = nullptr;
                size_t b = n->hash & (size - 1);
                (ends[b] ? ends[b]->next : buckets[b]) = n;
                ends[b] = n;
            }
    }
};

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
template <class K, class T, class F, class H, class E, class A, bool multi, class P>
size_t erase_if(__hash_table<K, T, F, H, E, A, multi> &t, P p)
{
    size_t before = t.size();
    for (auto i = t.begin(); i != t.end();)
        i = p(*i) ? t.erase(i) : std::next(i);
    return before - t.size();
}

} // namespace std
