// Uniform, Bernoulli and Poisson distributions: [rand.dist.uni], [rand.dist.bern],
// [rand.dist.pois].
#pragma once

#include <bits/random_distribution.h>

namespace std
{

template <class I = int>
class uniform_int_distribution : public __distribution_state<uniform_int_distribution<I>>
{
    using U = conditional_t<(sizeof(I) > 8), unsigned __int128,
                            conditional_t<(sizeof(I) > 4), uint64_t, uint32_t>>;

    // n random bits, from the engine's upper ones.
    template <class G>
    static U bits(G &g, size_t n)
    {
        constexpr unsigned long long range = G::max() - G::min();
        constexpr size_t each = __bits_of_range(range);
        constexpr unsigned long long largest = each == 64 ? ~0ull : (1ull << each) - 1;
        U r = 0;
        while (n > 0) {
            unsigned long long x;
            do
                x = g() - G::min();
            while (x > largest);
            size_t take = n < each ? n : each;
            x >>= each - take;
            r = take >= sizeof(U) * 8 ? U(x) : U(U(r << take) | U(x));
            n -= take;
        }
        return r;
    }

  public:
    __DISTRIBUTION_2(uniform_int_distribution, I, I, a, 0, I, b, numeric_limits<I>::max())
    I min() const { return a(); }
    I max() const { return b(); }
    template <class G>
    I operator()(G &g, const param_type &p)
    {
        U range = U(p.b()) - U(p.a());
        if (range == 0)
            return p.a();
        size_t n = 0;
        for (U rest = range; rest > 0; rest >>= 1)
            n++;
        U x;
        do
            x = bits(g, n);
        while (x > range);
        return I(U(p.a()) + x);
    }
};

template <class R = double>
class uniform_real_distribution : public __distribution_state<uniform_real_distribution<R>>
{
  public:
    __DISTRIBUTION_2(uniform_real_distribution, R, R, a, 0, R, b, 1)
    R min() const { return a(); }
    R max() const { return b(); }
    template <class G>
    R operator()(G &g, const param_type &p)
    {
        R x;
        do
            x = p.a() + (p.b() - p.a()) * std::__canonical<R>(g);
        while (x >= p.b() && p.a() < p.b()); // rounded up
        return x;
    }
};

class bernoulli_distribution : public __distribution_state<bernoulli_distribution>
{
  public:
    __DISTRIBUTION_1(bernoulli_distribution, bool, double, p, 0.5)
    bool min() const { return false; }
    bool max() const { return true; }
    template <class G>
    bool operator()(G &g, const param_type &given)
    {
        return std::__canonical<double>(g) < given.p();
    }
};

// A number of a distribution over first .. last whose probabilities rise up to `mode` and fall
// behind it: the probability there, and the ratios of neighbours. Walks both ways from the mode,
// and so takes a few standard deviations of steps.
template <class I, class G, class Up, class Down>
I __search_from_mode(G &g, I first, I last, I mode, double at_mode, Up up, Down down)
{
    for (;;) {
        double u = std::__canonical<double>(g) - at_mode, below = at_mode, above = at_mode;
        if (u < 0)
            return mode;
        I low = mode, high = mode;
        while (low > first || high < last) {
            if (low > first) {
                below *= down(low--);
                u -= below;
                if (u < 0)
                    return low;
            }
            if (high < last) {
                above *= up(high++);
                u -= above;
                if (u < 0)
                    return high;
            }
            if (below + above < at_mode * 1e-18)
                break; // what is left is rounding: once more
        }
    }
}

// Where the walk would be long: a normally distributed number, corrected for skewness (Cornish and
// Fisher), which is wrong by less than what a hundred million samples show.
template <class G>
double __skewed_normal(G &g, double mean, double deviation, double skewness)
{
    double x, y, s;
    do {
        x = 2 * std::__canonical<double>(g) - 1;
        y = 2 * std::__canonical<double>(g) - 1;
        s = x * x + y * y;
    } while (s >= 1 || s == 0);
    double z = x * std::sqrt(-2 * std::log(s) / s);
    return std::floor(mean + deviation * (z + skewness * (z * z - 1) / 6) + 0.5);
}
inline constexpr double __variance_to_walk = 1e8;

template <class I = int>
class binomial_distribution : public __distribution_state<binomial_distribution<I>>
{
  public:
    __DISTRIBUTION_2(binomial_distribution, I, I, t, 1, double, p, 0.5)
    I min() const { return 0; }
    I max() const { return t(); }
    template <class G>
    I operator()(G &g, const param_type &given)
    {
        I n = given.t();
        double p = given.p();
        if (n == 0 || p == 0)
            return 0;
        if (p == 1)
            return n;
        if (double variance = double(n) * p * (1 - p); variance > __variance_to_walk) {
            double deviation = std::sqrt(variance);
            double x = std::__skewed_normal(g, double(n) * p, deviation, (1 - 2 * p) / deviation);
            return x < 0 ? 0 : x < double(n) ? I(x) : n;
        }
        I mode = I((double(n) + 1) * p);
        mode = mode < n ? mode : n;
        double at_mode = std::exp(std::lgamma(n + 1.0) - std::lgamma(mode + 1.0) -
                                  std::lgamma(double(n - mode) + 1) + mode * std::log(p) +
                                  double(n - mode) * std::log1p(-p));
        double odds = p / (1 - p);
        return std::__search_from_mode(
            g, I(0), n, mode, at_mode, [=](I k) { return odds * double(n - k) / (double(k) + 1); },
            [=](I k) { return double(k) / (odds * (double(n - k) + 1)); });
    }
};

template <class I = int>
class poisson_distribution : public __distribution_state<poisson_distribution<I>>
{
  public:
    __DISTRIBUTION_1(poisson_distribution, I, double, mean, 1.0)
    I min() const { return 0; }
    I max() const { return numeric_limits<I>::max(); }
    template <class G>
    I operator()(G &g, const param_type &p)
    {
        double mean = p.mean();
        if (mean >= double(max()))
            return max();
        if (mean > __variance_to_walk) {
            double deviation = std::sqrt(mean);
            double x = std::__skewed_normal(g, mean, deviation, 1 / deviation);
            return x < 0 ? 0 : x < double(max()) ? I(x) : max();
        }
        I mode = I(mean);
        double at_mode = std::exp(mode * std::log(mean) - mean - std::lgamma(mode + 1.0));
        if (mode == 0)
            at_mode = std::exp(-mean);
        return std::__search_from_mode(
            g, I(0), max(), mode, at_mode, [=](I k) { return mean / (double(k) + 1); },
            [=](I k) { return double(k) / mean; });
    }
};

template <class I = int>
class geometric_distribution : public __distribution_state<geometric_distribution<I>>
{
  public:
    __DISTRIBUTION_1(geometric_distribution, I, double, p, 0.5)
    I min() const { return 0; }
    I max() const { return numeric_limits<I>::max(); }
    template <class G>
    I operator()(G &g, const param_type &given)
    {
        double x =
            std::floor(std::log(std::__canonical_above_zero<double>(g)) / std::log1p(-given.p()));
        return x < double(max()) ? I(x) : max();
    }
};

} // namespace std
