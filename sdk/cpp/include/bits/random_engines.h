// Random number engines: [rand.eng].
#pragma once

#include <bits/seed_seq.h>
#include <iosfwd>
#include <string>

namespace std
{

template <class G>
concept uniform_random_bit_generator =
    invocable<G &> && unsigned_integral<invoke_result_t<G &>> && requires {
        { G::min() } -> same_as<invoke_result_t<G &>>;
        { G::max() } -> same_as<invoke_result_t<G &>>;
        requires bool_constant<(G::min() < G::max())>::value;
    };

// n random words of 32 bits for each of `count` numbers of w bits.
template <class Seq, class Take>
void __take_seeds(Seq &q, size_t count, size_t words, Take take)
{
    vector<uint32_t> seeds(count * words);
    q.generate(seeds.begin(), seeds.end());
    for (size_t i = 0; i < count; i++) {
        unsigned long long n = 0;
        for (size_t j = 0; j < words && j < 2; j++)
            n |= (unsigned long long)seeds[i * words + j] << 32 * j;
        take(n);
    }
}

// Comparison and streaming, of a state that each(engine, f) shows word by word.
template <class Engine>
struct __engine_state {
    friend bool operator==(const Engine &a, const Engine &b) { return a.__equals(b); }
    template <class C, class T>
    friend basic_ostream<C, T> &operator<<(basic_ostream<C, T> &o, const Engine &e)
    {
        __state_writer<basic_ostream<C, T>> writer{o};
        Engine::__each(e, writer);
        return o;
    }
    template <class C, class T>
    friend basic_istream<C, T> &operator>>(basic_istream<C, T> &i, Engine &e)
    {
        Engine read = e;
        {
            __state_reader<basic_istream<C, T>> reader{i};
            Engine::__each(read, reader);
        }
        if (!i.fail())
            e = read;
        return i;
    }
};

template <class U, U a, U c, U m>
class linear_congruential_engine : __engine_state<linear_congruential_engine<U, a, c, m>>
{
    static_assert(m == 0 || (a < m && c < m), "multiplier and increment are below the modulus");
    U x;

    static constexpr U step(U x)
    {
        if constexpr (m == 0)
            return U(a * x + c);
        else if constexpr (sizeof(U) <= 4)
            return U(((unsigned long long)a * x + c) % m);
        else
            return U(((unsigned __int128)a * x + c) % m);
    }

  public:
    using result_type = U;
    static constexpr U multiplier = a, increment = c, modulus = m, default_seed = 1;
    static constexpr U min() { return c == 0 ? 1 : 0; }
    static constexpr U max() { return U(m - 1u); }

    linear_congruential_engine() : linear_congruential_engine(default_seed) {}
    explicit linear_congruential_engine(U s) { seed(s); }
    template <class Q>
        requires __seeds<Q, linear_congruential_engine>
    explicit linear_congruential_engine(Q &q)
    {
        seed(q);
    }
    void seed(U s = default_seed)
    {
        if constexpr (m != 0)
            s %= m;
        x = c % (m ? m : 1) == 0 && (m != 0 || c == 0) && s == 0 ? 1 : s;
    }
    template <class Q>
        requires __seeds<Q, linear_congruential_engine>
    void seed(Q &q)
    {
        constexpr size_t words = m == 0 ? (sizeof(U) + 3) / 4 : m - 1 > 0xffffffffu ? 2 : 1;
        uint32_t w[words + 3];
        q.generate(w, w + words + 3);
        unsigned long long n = 0;
        for (size_t j = 0; j < words; j++)
            n |= (unsigned long long)w[j + 3] << 32 * j;
        if constexpr (m != 0)
            n %= m;
        x = c == 0 && n == 0 ? 1 : U(n);
    }
    U operator()() { return x = step(x); }
    void discard(unsigned long long n)
    {
        for (; n > 0; n--)
            x = step(x);
    }
    bool __equals(const linear_congruential_engine &o) const { return x == o.x; }
    static void __each(auto &e, auto &f) { f(e.x); }
};

template <class U, size_t w, size_t n, size_t m, size_t r, U a, size_t u, U d, size_t s, U b,
          size_t t, U c, size_t l, U f>
class mersenne_twister_engine
    : __engine_state<mersenne_twister_engine<U, w, n, m, r, a, u, d, s, b, t, c, l, f>>
{
    static constexpr U ones = U(~U(0)) >> (sizeof(U) * 8 - w);
    static constexpr U low = r == 0 ? 0 : ones >> (w - r);
    U x[n];
    size_t next = n;

    void twist()
    {
        for (size_t i = 0; i < n; i++) {
            U y = (x[i] & (ones & ~low)) | (x[(i + 1) % n] & low);
            x[i] = x[(i + m) % n] ^ (y >> 1) ^ (y & 1 ? a : 0);
        }
        next = 0;
    }

  public:
    using result_type = U;
    static constexpr size_t word_size = w, state_size = n, shift_size = m, mask_bits = r;
    static constexpr U xor_mask = a;
    static constexpr size_t tempering_u = u, tempering_s = s, tempering_t = t, tempering_l = l;
    static constexpr U tempering_d = d, tempering_b = b, tempering_c = c;
    static constexpr U initialization_multiplier = f, default_seed = 5489;
    static constexpr U min() { return 0; }
    static constexpr U max() { return ones; }

    mersenne_twister_engine() : mersenne_twister_engine(default_seed) {}
    explicit mersenne_twister_engine(U value) { seed(value); }
    template <class Q>
        requires __seeds<Q, mersenne_twister_engine>
    explicit mersenne_twister_engine(Q &q)
    {
        seed(q);
    }
    void seed(U value = default_seed)
    {
        x[0] = value & ones;
        for (size_t i = 1; i < n; i++)
            x[i] = (f * (x[i - 1] ^ x[i - 1] >> (w - 2)) + U(i)) & ones;
        next = n;
    }
    template <class Q>
        requires __seeds<Q, mersenne_twister_engine>
    void seed(Q &q)
    {
        size_t i = 0;
        bool zero = true;
        std::__take_seeds(q, n, (w + 31) / 32, [&](unsigned long long value) {
            x[i] = U(value) & ones;
            zero = zero && (i == 0 ? x[i] >> r == 0 : x[i] == 0);
            i++;
        });
        if (zero)
            x[0] = U(1) << (w - 1);
        next = n;
    }
    U operator()()
    {
        if (next == n)
            twist();
        U z = x[next++];
        z ^= z >> u & d;
        z ^= z << s & b;
        z ^= z << t & c & ones;
        return z ^ z >> l;
    }
    void discard(unsigned long long count)
    {
        for (; count > 0; count--)
            (*this)();
    }
    bool __equals(const mersenne_twister_engine &o) const
    {
        for (size_t i = 0; i < n; i++)
            if (x[i] != o.x[i])
                return false;
        return next == o.next;
    }
    static void __each(auto &e, auto &show)
    {
        for (size_t i = 0; i < n; i++)
            show(e.x[i]);
        show(e.next);
    }
};

template <class U, size_t w, size_t s, size_t r>
class subtract_with_carry_engine : __engine_state<subtract_with_carry_engine<U, w, s, r>>
{
    static constexpr U ones = U(~U(0)) >> (sizeof(U) * 8 - w);
    U x[r];
    U carry;
    size_t next;

  public:
    using result_type = U;
    static constexpr size_t word_size = w, short_lag = s, long_lag = r;
    static constexpr uint_least32_t default_seed = 19780503u;
    static constexpr U min() { return 0; }
    static constexpr U max() { return ones; }

    subtract_with_carry_engine() : subtract_with_carry_engine(0u) {}
    explicit subtract_with_carry_engine(U value) { seed(value); }
    template <class Q>
        requires __seeds<Q, subtract_with_carry_engine>
    explicit subtract_with_carry_engine(Q &q)
    {
        seed(q);
    }
    void seed(U value = 0u)
    {
        linear_congruential_engine<uint_least32_t, 40014u, 0u, 2147483563u> e(
            value == 0u ? default_seed : uint_least32_t(value % 2147483563u));
        for (U &word : x) {
            unsigned long long z = 0;
            for (size_t j = 0; j < (w + 31) / 32; j++)
                z |= (unsigned long long)e() << 32 * j;
            word = U(z) & ones;
        }
        start();
    }
    template <class Q>
        requires __seeds<Q, subtract_with_carry_engine>
    void seed(Q &q)
    {
        size_t i = 0;
        std::__take_seeds(q, r, (w + 31) / 32,
                          [&](unsigned long long value) { x[i++] = U(value) & ones; });
        start();
    }
    U operator()()
    {
        U &oldest = x[next];
        U subtrahend = x[next >= s ? next - s : next + r - s];
        U difference = U(subtrahend - oldest - carry) & ones;
        carry = subtrahend < oldest || (carry && subtrahend == oldest);
        oldest = difference;
        next = next + 1 == r ? 0 : next + 1;
        return difference;
    }
    void discard(unsigned long long count)
    {
        for (; count > 0; count--)
            (*this)();
    }
    bool __equals(const subtract_with_carry_engine &o) const
    {
        for (size_t i = 0; i < r; i++)
            if (x[i] != o.x[i])
                return false;
        return carry == o.carry && next == o.next;
    }
    static void __each(auto &e, auto &f)
    {
        for (size_t i = 0; i < r; i++)
            f(e.x[i]);
        f(e.carry);
        f(e.next);
    }

  private:
    void start()
    {
        carry = x[r - 1] == 0;
        next = 0;
    }
};

using minstd_rand0 = linear_congruential_engine<uint_fast32_t, 16807, 0, 2147483647>;
using minstd_rand = linear_congruential_engine<uint_fast32_t, 48271, 0, 2147483647>;
using mt19937 = mersenne_twister_engine<uint_fast32_t, 32, 624, 397, 31, 0x9908b0df, 11, 0xffffffff,
                                        7, 0x9d2c5680, 15, 0xefc60000, 18, 1812433253>;
using mt19937_64 = mersenne_twister_engine<uint_fast64_t, 64, 312, 156, 31, 0xb5026f5aa96619e9, 29,
                                           0x5555555555555555, 17, 0x71d67fffeda60000, 37,
                                           0xfff7eee000000000, 43, 6364136223846793005>;
using ranlux24_base = subtract_with_carry_engine<uint_fast32_t, 24, 10, 24>;
using ranlux48_base = subtract_with_carry_engine<uint_fast64_t, 48, 5, 12>;

// The system's random numbers.
class random_device
{
  public:
    using result_type = unsigned;
    static constexpr unsigned min() { return 0; }
    static constexpr unsigned max() { return ~0u; }

    random_device() = default;
    explicit random_device(const string &) {}
    random_device(const random_device &) = delete;
    random_device &operator=(const random_device &) = delete;
    unsigned operator()();
    double entropy() const noexcept { return 32; }
};

} // namespace std
