// vector<bool>: a bit an element.
#pragma once

#include <bits/hash.h>
#include <bits/vector.h>

namespace std
{

class __bit_reference
{
    unsigned *word;
    unsigned mask;

  public:
    __bit_reference(unsigned *w, unsigned m) noexcept : word(w), mask(m) {}
    __bit_reference(const __bit_reference &) noexcept = default;
    operator bool() const noexcept { return (*word & mask) != 0; }
    __bit_reference &operator=(bool b) noexcept
    {
        *word = b ? *word | mask : *word & ~mask;
        return *this;
    }
    __bit_reference &operator=(const __bit_reference &o) noexcept { return *this = bool(o); }
    const __bit_reference &operator=(bool b) const noexcept
    {
        *word = b ? *word | mask : *word & ~mask;
        return *this;
    }
    void flip() noexcept { *word ^= mask; }
    friend void swap(__bit_reference a, __bit_reference b) noexcept
    {
        bool t = a;
        a = bool(b);
        b = t;
    }
};

template <bool constant>
class __bit_iterator
{
    unsigned *words = nullptr;
    ptrdiff_t i = 0;

  public:
    using iterator_category = random_access_iterator_tag;
    using value_type = bool;
    using difference_type = ptrdiff_t;
    using pointer = void;
    using reference = conditional_t<constant, bool, __bit_reference>;

    __bit_iterator() = default;
    __bit_iterator(unsigned *w, ptrdiff_t n) : words(w), i(n) {}
    template <bool other>
        requires(constant && !other)
    __bit_iterator(const __bit_iterator<other> &o) : words(o.__words()), i(o.__index())
    {
    }
    unsigned *__words() const { return words; }
    ptrdiff_t __index() const { return i; }
    reference operator*() const { return __bit_reference(words + i / 32, 1u << (i % 32)); }
    reference operator[](ptrdiff_t n) const { return *(*this + n); }
    __bit_iterator &operator+=(ptrdiff_t n)
    {
        i += n;
        return *this;
    }
    __bit_iterator &operator-=(ptrdiff_t n) { return *this += -n; }
    __bit_iterator &operator++() { return *this += 1; }
    __bit_iterator &operator--() { return *this += -1; }
    __bit_iterator operator++(int)
    {
        __bit_iterator old = *this;
        ++i;
        return old;
    }
    __bit_iterator operator--(int)
    {
        __bit_iterator old = *this;
        --i;
        return old;
    }
    friend __bit_iterator operator+(__bit_iterator a, ptrdiff_t n) { return a += n; }
    friend __bit_iterator operator+(ptrdiff_t n, __bit_iterator a) { return a += n; }
    friend __bit_iterator operator-(__bit_iterator a, ptrdiff_t n) { return a -= n; }
    friend ptrdiff_t operator-(const __bit_iterator &a, const __bit_iterator &b)
    {
        return a.i - b.i;
    }
    friend bool operator==(const __bit_iterator &a, const __bit_iterator &b) { return a.i == b.i; }
    friend strong_ordering operator<=>(const __bit_iterator &a, const __bit_iterator &b)
    {
        return a.i <=> b.i;
    }
};

template <class A>
class vector<bool, A>
{
    using word_allocator = typename allocator_traits<A>::template rebind_alloc<unsigned>;
    vector<unsigned, word_allocator> words; // bits beyond n are of no meaning
    size_t n = 0;

    static size_t words_for(size_t bits) { return (bits + 31) / 32; }

  public:
    using value_type = bool;
    using allocator_type = A;
    using size_type = size_t;
    using difference_type = ptrdiff_t;
    using reference = __bit_reference;
    using const_reference = bool;
    using iterator = __bit_iterator<false>;
    using const_iterator = __bit_iterator<true>;
    using pointer = iterator;
    using const_pointer = const_iterator;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    vector() noexcept = default;
    explicit vector(const A &) {}
    explicit vector(size_t count, bool v = false, const A & = A()) { resize(count, v); }
    template <class I>
        requires __input_category<I>
    vector(I from, I to, const A & = A())
    {
        assign(from, to);
    }
    vector(initializer_list<bool> l, const A & = A()) { assign(l.begin(), l.end()); }
    vector(const vector &) = default;
    vector(vector &&o) noexcept : words(std::move(o.words)), n(o.n) { o.n = 0; }
    vector &operator=(const vector &) = default;
    vector &operator=(vector &&o) noexcept
    {
        words = std::move(o.words);
        n = o.n;
        o.clear();
        return *this;
    }
    vector &operator=(initializer_list<bool> l)
    {
        assign(l.begin(), l.end());
        return *this;
    }
    void assign(size_t count, bool v)
    {
        clear();
        resize(count, v);
    }
    template <class I>
        requires __input_category<I>
    void assign(I from, I to)
    {
        clear();
        for (; from != to; ++from)
            push_back(bool(*from));
    }
    void assign(initializer_list<bool> l) { assign(l.begin(), l.end()); }
    A get_allocator() const noexcept { return A(words.get_allocator()); }

    iterator begin() noexcept { return {words.data(), 0}; }
    const_iterator begin() const noexcept { return {const_cast<unsigned *>(words.data()), 0}; }
    iterator end() noexcept { return begin() + ptrdiff_t(n); }
    const_iterator end() const noexcept { return begin() + ptrdiff_t(n); }
    const_iterator cbegin() const noexcept { return begin(); }
    const_iterator cend() const noexcept { return end(); }
    reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
    const_reverse_iterator rbegin() const noexcept { return const_reverse_iterator(end()); }
    reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
    const_reverse_iterator rend() const noexcept { return const_reverse_iterator(begin()); }
    const_reverse_iterator crbegin() const noexcept { return rbegin(); }
    const_reverse_iterator crend() const noexcept { return rend(); }

    [[nodiscard]] bool empty() const noexcept { return n == 0; }
    size_t size() const noexcept { return n; }
    size_t max_size() const noexcept { return size_t(-1) / 2; }
    size_t capacity() const noexcept { return words.capacity() * 32; }
    void reserve(size_t count) { words.reserve(words_for(count)); }
    void shrink_to_fit() { words.shrink_to_fit(); }
    void resize(size_t count, bool v = false)
    {
        size_t old = n;
        words.resize(words_for(count));
        n = count;
        for (size_t i = old; i < count;) {
            if (i % 32 == 0 && count - i >= 32) {
                words[i / 32] = v ? ~0u : 0u;
                i += 32;
            } else {
                (*this)[i++] = v;
            }
        }
    }

    reference operator[](size_t i) { return reference(&words[i / 32], 1u << (i % 32)); }
    bool operator[](size_t i) const { return words[i / 32] >> (i % 32) & 1; }
    reference at(size_t i)
    {
        if (i >= n)
            __throw_out_of_range("vector::at");
        return (*this)[i];
    }
    bool at(size_t i) const
    {
        if (i >= n)
            __throw_out_of_range("vector::at");
        return (*this)[i];
    }
    reference front() { return (*this)[0]; }
    bool front() const { return (*this)[0]; }
    reference back() { return (*this)[n - 1]; }
    bool back() const { return (*this)[n - 1]; }

    void push_back(bool v)
    {
        if (n % 32 == 0)
            words.push_back(0);
        n++;
        back() = v;
    }
    template <class... Args>
    reference emplace_back(Args &&...args)
    {
        push_back(bool(std::forward<Args>(args)...));
        return back();
    }
    void pop_back() { resize(n - 1); }
    iterator insert(const_iterator at, bool v) { return insert(at, size_t(1), v); }
    iterator insert(const_iterator at, size_t count, bool v)
    {
        ptrdiff_t i = at - cbegin();
        resize(n + count, v);
        std::rotate(begin() + i, end() - ptrdiff_t(count), end());
        return begin() + i;
    }
    template <class I>
        requires __input_category<I>
    iterator insert(const_iterator at, I from, I to)
    {
        ptrdiff_t i = at - cbegin(), before = ptrdiff_t(n);
        for (; from != to; ++from)
            push_back(bool(*from));
        std::rotate(begin() + i, begin() + before, end());
        return begin() + i;
    }
    iterator insert(const_iterator at, initializer_list<bool> l)
    {
        return insert(at, l.begin(), l.end());
    }
    template <class... Args>
    iterator emplace(const_iterator at, Args &&...args)
    {
        return insert(at, bool(std::forward<Args>(args)...));
    }
    iterator erase(const_iterator at) { return erase(at, at + 1); }
    iterator erase(const_iterator from, const_iterator to)
    {
        ptrdiff_t i = from - cbegin(), count = to - from;
        std::copy(begin() + (i + count), end(), begin() + i);
        resize(n - size_t(count));
        return begin() + i;
    }
    void clear() noexcept
    {
        words.clear();
        n = 0;
    }
    void flip() noexcept
    {
        for (unsigned &w : words)
            w = ~w;
    }
    void swap(vector &o) noexcept
    {
        words.swap(o.words);
        std::swap(n, o.n);
    }
    static void swap(reference a, reference b) noexcept
    {
        bool t = a;
        a = bool(b);
        b = t;
    }
};

template <class A>
struct hash<vector<bool, A>> {
    size_t operator()(const vector<bool, A> &v) const noexcept
    {
        size_t h = v.size();
        for (bool b : v)
            h = std::__hash_mix(h * 2 + b);
        return h;
    }
};

} // namespace std
