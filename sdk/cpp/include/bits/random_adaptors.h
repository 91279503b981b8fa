// Engines made of engines: [rand.adapt].
#pragma once

#include <bits/random_engines.h>

namespace std
{

// What adaptors share: construction and seeding go to the engine inside.
#define __ADAPTOR(name)                                                                            \
    name() = default;                                                                              \
    explicit name(const E &inner) : e(inner) {}                                                    \
    explicit name(E &&inner) : e(std::move(inner)) {}                                              \
    explicit name(result_type s) : e(typename E::result_type(s))                                   \
    {                                                                                              \
        restart();                                                                                 \
    }                                                                                              \
    template <class Q>                                                                             \
        requires(__seeds<Q, name> && !is_same_v<remove_cv_t<Q>, E>)                                \
    explicit name(Q &q) : e(q)                                                                     \
    {                                                                                              \
        restart();                                                                                 \
    }                                                                                              \
    void seed()                                                                                    \
    {                                                                                              \
        e.seed();                                                                                  \
        restart();                                                                                 \
    }                                                                                              \
    void seed(result_type s)                                                                       \
    {                                                                                              \
        e.seed(typename E::result_type(s));                                                        \
        restart();                                                                                 \
    }                                                                                              \
    template <class Q>                                                                             \
        requires __seeds<Q, name>                                                                  \
    void seed(Q &q)                                                                                \
    {                                                                                              \
        e.seed(q);                                                                                 \
        restart();                                                                                 \
    }                                                                                              \
    const E &base() const noexcept                                                                 \
    {                                                                                              \
        return e;                                                                                  \
    }                                                                                              \
    void discard(unsigned long long n)                                                             \
    {                                                                                              \
        for (; n > 0; n--)                                                                         \
            (*this)();                                                                             \
    }

// Uses `r` numbers of each block of `p`.
template <class E, size_t p, size_t r>
class discard_block_engine : __engine_state<discard_block_engine<E, p, r>>
{
    E e;
    size_t used = 0;
    void restart() { used = 0; }

  public:
    using result_type = typename E::result_type;
    static constexpr size_t block_size = p, used_block = r;
    static constexpr result_type min() { return E::min(); }
    static constexpr result_type max() { return E::max(); }
    __ADAPTOR(discard_block_engine)
    result_type operator()()
    {
        if (used >= r) {
            e.discard(p - r);
            used = 0;
        }
        used++;
        return e();
    }
    bool __equals(const discard_block_engine &o) const { return e == o.e && used == o.used; }
    static void __each(auto &d, auto &f)
    {
        f(d.e);
        f(d.used);
    }
};

// Numbers of w bits, whatever the engine's range.
template <class E, size_t w, class U>
class independent_bits_engine : __engine_state<independent_bits_engine<E, w, U>>
{
    E e;
    void restart() {}

    using wide = unsigned __int128;
    static constexpr wide range = wide(E::max() - E::min()) + 1;
    static constexpr size_t log2(wide n) { return n <= 1 ? 0 : 1 + log2(n >> 1); }
    static constexpr size_t m = log2(range);
    // [rand.adapt.ibits]: n rounds, of which n0 give w0 bits and the others one more.
    struct plan {
        size_t n, w0, n0;
        wide y0, y1;
    };
    static constexpr plan make_plan(size_t n)
    {
        size_t w0 = w / n, n0 = n - w % n;
        wide y0 = w0 >= 64 ? range : (range >> w0) << w0;
        wide y1 = w0 >= 63 ? range : (range >> (w0 + 1)) << (w0 + 1);
        return {n, w0, n0, y0, y1};
    }
    static constexpr plan choose()
    {
        plan first = make_plan((w + m - 1) / m);
        return range - first.y0 > first.y0 / first.n ? make_plan(first.n + 1) : first;
    }
    static constexpr plan how = choose();

    U draw(wide limit, size_t bits)
    {
        wide u;
        do
            u = e() - E::min();
        while (u >= limit);
        return U(bits >= 64 ? u : u & ((wide(1) << bits) - 1));
    }

  public:
    using result_type = U;
    static constexpr U min() { return 0; }
    static constexpr U max() { return U(~U(0)) >> (sizeof(U) * 8 - w); }
    __ADAPTOR(independent_bits_engine)
    U operator()()
    {
        U s = 0;
        for (size_t k = 0; k < how.n; k++) {
            size_t bits = how.w0 + (k >= how.n0);
            U part = draw(k < how.n0 ? how.y0 : how.y1, bits);
            s = bits >= sizeof(U) * 8 ? part : U(U(s << bits) + part);
        }
        return s;
    }
    bool __equals(const independent_bits_engine &o) const { return e == o.e; }
    static void __each(auto &i, auto &f) { f(i.e); }
};

// The engine's numbers in another order.
template <class E, size_t k>
class shuffle_order_engine : __engine_state<shuffle_order_engine<E, k>>
{
  public:
    using result_type = typename E::result_type;

  private:
    E e;
    result_type v[k], y;
    void restart()
    {
        for (auto &x : v)
            x = e();
        y = e();
    }

  public:
    static constexpr size_t table_size = k;
    static constexpr result_type min() { return E::min(); }
    static constexpr result_type max() { return E::max(); }

    shuffle_order_engine() { restart(); }
    explicit shuffle_order_engine(const E &inner) : e(inner) { restart(); }
    explicit shuffle_order_engine(E &&inner) : e(std::move(inner)) { restart(); }
    explicit shuffle_order_engine(result_type s) : e(s) { restart(); }
    template <class Q>
        requires(__seeds<Q, shuffle_order_engine> && !is_same_v<remove_cv_t<Q>, E>)
    explicit shuffle_order_engine(Q &q) : e(q)
    {
        restart();
    }
    void seed()
    {
        e.seed();
        restart();
    }
    void seed(result_type s)
    {
        e.seed(s);
        restart();
    }
    template <class Q>
        requires __seeds<Q, shuffle_order_engine>
    void seed(Q &q)
    {
        e.seed(q);
        restart();
    }
    const E &base() const noexcept { return e; }
    void discard(unsigned long long n)
    {
        for (; n > 0; n--)
            (*this)();
    }
    result_type operator()()
    {
        // k * (y - min) / (range + 1), the integer part of an exact product
        size_t j =
            size_t((unsigned __int128)k * (y - min()) / ((unsigned __int128)(max() - min()) + 1));
        y = v[j];
        v[j] = e();
        return y;
    }
    bool __equals(const shuffle_order_engine &o) const
    {
        for (size_t i = 0; i < k; i++)
            if (v[i] != o.v[i])
                return false;
        return e == o.e && y == o.y;
    }
    static void __each(auto &s, auto &f)
    {
        f(s.e);
        for (size_t i = 0; i < k; i++)
            f(s.v[i]);
        f(s.y);
    }
};
#undef __ADAPTOR

using ranlux24 = discard_block_engine<ranlux24_base, 223, 23>;
using ranlux48 = discard_block_engine<ranlux48_base, 389, 11>;
using knuth_b = shuffle_order_engine<minstd_rand0, 256>;
using default_random_engine = mt19937;

} // namespace std
