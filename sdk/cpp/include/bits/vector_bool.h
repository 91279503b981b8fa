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
    constexpr __bit_reference(unsigned *w, unsigned m) noexcept : word(w), mask(m) {}
    constexpr __bit_reference(const __bit_reference &) noexcept = default;
    constexpr operator bool() const noexcept { return (*word & mask) != 0; }
    constexpr __bit_reference &operator=(bool b) noexcept
    {
        *word = b ? *word | mask : *word & ~mask;
        return *this;
    }
    constexpr __bit_reference &operator=(const __bit_reference &o) noexcept
    {
        return *this = bool(o);
    }
    constexpr const __bit_reference &operator=(bool b) const noexcept
    {
        *word = b ? *word | mask : *word & ~mask;
        return *this;
    }
    constexpr void flip() noexcept { *word ^= mask; }
    friend constexpr void swap(__bit_reference a, __bit_reference b) noexcept
    {
        bool t = a;
        a = bool(b);
        b = t;
    }
    friend constexpr void swap(__bit_reference a, bool &b) noexcept
    {
        bool t = a;
        a = b;
        b = t;
    }
    friend constexpr void swap(bool &a, __bit_reference b) noexcept { swap(b, a); }
};

template <bool constant>
class __bit_iterator
{
    unsigned *words = nullptr;
    ptrdiff_t i = 0;
    template <bool>
    friend class __bit_iterator;

  public:
    using iterator_category = random_access_iterator_tag;
    using value_type = bool;
    using difference_type = ptrdiff_t;
    using pointer = void;
    using reference = conditional_t<constant, bool, __bit_reference>;

    constexpr __bit_iterator() = default;
    constexpr __bit_iterator(unsigned *w, ptrdiff_t n) : words(w), i(n) {}
    template <bool other>
        requires(constant && !other)
    constexpr __bit_iterator(const __bit_iterator<other> &o) : words(o.words), i(o.i)
    {
    }
    constexpr reference operator*() const
    {
        return __bit_reference(words + i / 32, 1u << (i % 32));
    }
    constexpr reference operator[](ptrdiff_t n) const { return *(*this + n); }
    constexpr __bit_iterator &operator+=(ptrdiff_t n)
    {
        i += n;
        return *this;
    }
    constexpr __bit_iterator &operator-=(ptrdiff_t n) { return *this += -n; }
    constexpr __bit_iterator &operator++() { return *this += 1; }
    constexpr __bit_iterator &operator--() { return *this += -1; }
    constexpr __bit_iterator operator++(int)
    {
        __bit_iterator old = *this;
        ++i;
        return old;
    }
    constexpr __bit_iterator operator--(int)
    {
        __bit_iterator old = *this;
        --i;
        return old;
    }
    friend constexpr __bit_iterator operator+(__bit_iterator a, ptrdiff_t n) { return a += n; }
    friend constexpr __bit_iterator operator+(ptrdiff_t n, __bit_iterator a) { return a += n; }
    friend constexpr __bit_iterator operator-(__bit_iterator a, ptrdiff_t n) { return a -= n; }
    friend constexpr ptrdiff_t operator-(const __bit_iterator &a, const __bit_iterator &b)
    {
        return a.i - b.i;
    }
    friend constexpr bool operator==(const __bit_iterator &a, const __bit_iterator &b)
    {
        return a.i == b.i;
    }
    friend constexpr strong_ordering operator<=>(const __bit_iterator &a, const __bit_iterator &b)
    {
        return a.i <=> b.i;
    }
};

template <class A>
class vector<bool, A>
{
    using word_allocator = typename allocator_traits<A>::template rebind_alloc<unsigned>;
    vector<unsigned, word_allocator> words;
    size_t n = 0;

    static constexpr size_t words_for(size_t bits) { return bits / 32 + (bits % 32 != 0); }

  public:
    using value_type = bool;
    using allocator_type = A;
    using size_type = typename allocator_traits<A>::size_type;
    using difference_type = typename allocator_traits<A>::difference_type;
    using reference = __bit_reference;
    using const_reference = bool;
    using iterator = __bit_iterator<false>;
    using const_iterator = __bit_iterator<true>;
    using pointer = iterator;
    using const_pointer = const_iterator;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    constexpr vector() noexcept(is_nothrow_default_constructible_v<A>) : vector(A()) {}
    constexpr explicit vector(const A &al) noexcept : words(word_allocator(al)) {}
    constexpr explicit vector(size_type count, const A &al = A()) : vector(al) { resize(count); }
    constexpr vector(size_type count, const bool &v, const A &al = A()) : vector(al)
    {
        resize(count, v);
    }
    template <__input_category I>
    constexpr vector(I from, I to, const A &al = A()) : vector(al)
    {
        append(from, to);
    }
    constexpr vector(initializer_list<bool> l, const A &al = A()) : vector(al)
    {
        append(l.begin(), l.end());
    }
    constexpr vector(const vector &) = default;
    constexpr vector(const vector &o, const type_identity_t<A> &al)
        : words(o.words, word_allocator(al)), n(o.n)
    {
    }
    constexpr vector(vector &&o) noexcept : words(std::move(o.words)), n(std::exchange(o.n, 0)) {}
    constexpr vector(vector &&o, const type_identity_t<A> &al)
        : words(std::move(o.words), word_allocator(al)), n(o.n)
    {
        o.clear();
    }
    constexpr vector &operator=(const vector &) = default;
    constexpr vector &
    operator=(vector &&o) noexcept(is_nothrow_move_assignable_v<vector<unsigned, word_allocator>>)
    {
        if (this == std::addressof(o))
            return *this;
        words = std::move(o.words);
        n = o.n;
        o.clear();
        return *this;
    }
    constexpr vector &operator=(initializer_list<bool> l)
    {
        assign(l.begin(), l.end());
        return *this;
    }
    constexpr void assign(size_type count, const bool &v)
    {
        bool copy = v;
        clear();
        resize(count, copy);
    }
    template <__input_category I>
    constexpr void assign(I from, I to)
    {
        clear();
        append(from, to);
    }
    constexpr void assign(initializer_list<bool> l) { assign(l.begin(), l.end()); }
    constexpr A get_allocator() const noexcept { return A(words.get_allocator()); }

    constexpr iterator begin() noexcept { return {words.data(), 0}; }
    constexpr const_iterator begin() const noexcept
    {
        return {const_cast<unsigned *>(words.data()), 0};
    }
    constexpr iterator end() noexcept { return begin() + ptrdiff_t(n); }
    constexpr const_iterator end() const noexcept { return begin() + ptrdiff_t(n); }
    constexpr const_iterator cbegin() const noexcept { return begin(); }
    constexpr const_iterator cend() const noexcept { return end(); }
    constexpr reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
    constexpr const_reverse_iterator rbegin() const noexcept
    {
        return const_reverse_iterator(end());
    }
    constexpr reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
    constexpr const_reverse_iterator rend() const noexcept
    {
        return const_reverse_iterator(begin());
    }
    constexpr const_reverse_iterator crbegin() const noexcept { return rbegin(); }
    constexpr const_reverse_iterator crend() const noexcept { return rend(); }

    [[nodiscard]] constexpr bool empty() const noexcept { return n == 0; }
    constexpr size_type size() const noexcept { return size_type(n); }
    constexpr size_type max_size() const noexcept
    {
        size_t most = words.max_size(), bits = size_t(-1) / 2;
        return size_type(most > bits / 32 ? bits : most * 32);
    }
    constexpr size_type capacity() const noexcept { return size_type(words.capacity() * 32); }
    constexpr void reserve(size_type count)
    {
        if (count > max_size())
            __throw_length_error("vector::reserve");
        words.reserve(words_for(count));
    }
    constexpr void shrink_to_fit() { words.shrink_to_fit(); }
    constexpr void resize(size_type count, bool v = false)
    {
        if (count > max_size())
            __throw_length_error("vector");
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

    constexpr reference operator[](size_type i)
    {
        return reference(words.data() + i / 32, 1u << (i % 32));
    }
    constexpr bool operator[](size_type i) const { return words[i / 32] >> (i % 32) & 1; }
    constexpr reference at(size_type i)
    {
        if (i >= n)
            __throw_out_of_range("vector::at");
        return (*this)[i];
    }
    constexpr bool at(size_type i) const
    {
        if (i >= n)
            __throw_out_of_range("vector::at");
        return (*this)[i];
    }
    constexpr reference front() { return (*this)[0]; }
    constexpr bool front() const { return (*this)[0]; }
    constexpr reference back() { return (*this)[n - 1]; }
    constexpr bool back() const { return (*this)[n - 1]; }

    constexpr void push_back(const bool &v)
    {
        if (n % 32 == 0)
            words.push_back(0);
        n++;
        back() = v;
    }
    template <class... Args>
    constexpr reference emplace_back(Args &&...args)
    {
        push_back(bool(std::forward<Args>(args)...));
        return back();
    }
    constexpr void pop_back() { resize(n - 1); }
    constexpr iterator insert(const_iterator at, const bool &v)
    {
        return insert(at, size_type(1), v);
    }
    constexpr iterator insert(const_iterator at, size_type count, const bool &v)
    {
        ptrdiff_t i = at - cbegin();
        resize(n + count, v);
        std::rotate(begin() + i, end() - ptrdiff_t(count), end());
        return begin() + i;
    }
    template <__input_category I>
    constexpr iterator insert(const_iterator at, I from, I to)
    {
        ptrdiff_t i = at - cbegin(), before = ptrdiff_t(n);
        append(from, to);
        std::rotate(begin() + i, begin() + before, end());
        return begin() + i;
    }
    constexpr iterator insert(const_iterator at, initializer_list<bool> l)
    {
        return insert(at, l.begin(), l.end());
    }
    template <class... Args>
    constexpr iterator emplace(const_iterator at, Args &&...args)
    {
        return insert(at, bool(std::forward<Args>(args)...));
    }
    constexpr iterator erase(const_iterator at) { return erase(at, at + 1); }
    constexpr iterator erase(const_iterator from, const_iterator to)
    {
        ptrdiff_t i = from - cbegin(), count = to - from;
        std::copy(begin() + (i + count), end(), begin() + i);
        resize(n - size_t(count));
        return begin() + i;
    }
    constexpr void clear() noexcept
    {
        words.clear();
        n = 0;
    }
    constexpr void flip() noexcept
    {
        for (unsigned &w : words)
            w = ~w;
    }
    constexpr void swap(vector &o) noexcept
    {
        words.swap(o.words);
        std::swap(n, o.n);
    }
    static constexpr void swap(reference a, reference b) noexcept
    {
        bool t = a;
        a = bool(b);
        b = t;
    }

  private:
    template <class I>
    constexpr void append(I from, I to)
    {
        if constexpr (__forward_category<I>)
            words.reserve(words_for(n + size_t(std::distance(from, to))));
        for (; from != to; ++from)
            push_back(bool(*from));
    }
};

template <class A>
struct hash<vector<bool, A>> {
    constexpr size_t operator()(const vector<bool, A> &v) const noexcept
    {
        size_t h = v.size();
        for (bool b : v)
            h = std::__hash_mix(h * 2 + b);
        return h;
    }
};

} // namespace std
