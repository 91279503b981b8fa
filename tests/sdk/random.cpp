// Engines against the values that the standard names, distributions against their moments.
#include <cmath>
#include <iostream>
#include <random>
#include <sstream>
#include <vector>

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::cout << "failed, line " << __LINE__ << ": " #condition "\n";                      \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

// [rand.predef]: the 10000th value of an engine as it is constructed. And what all engines do.
template <class E>
static void engine(const char *name, unsigned long long wanted)
{
    E e, f;
    e.discard(9999);
    auto value = e();
    if (value != wanted) {
        std::cout << name << ": " << value << '\n';
        failures++;
    }
    CHECK(!(e == f));
    std::stringstream state;
    state << std::hex << e;
    CHECK(state >> f && e == f && e() == f() && (state.flags() & std::ios::hex));
    E g(e);
    std::seed_seq q1{1, 2, 3}, q2{1, 2, 3}, q3{1, 2, 4};
    g.seed(q1);
    E h(q2), i(q3);
    CHECK(g == h && !(h == i) && g() == h());
    g.seed();
    CHECK(g == E() && !(E(typename E::result_type(7)) == E()));
    std::istringstream bad("x");
    bad >> g;
    CHECK(bad.fail() && g == E());
}

static void engines()
{
    engine<std::minstd_rand0>("minstd_rand0", 1043618065);
    engine<std::minstd_rand>("minstd_rand", 399268537);
    engine<std::mt19937>("mt19937", 4123659995);
    engine<std::mt19937_64>("mt19937_64", 9981545732273789042ull);
    engine<std::ranlux24_base>("ranlux24_base", 7937952);
    engine<std::ranlux48_base>("ranlux48_base", 61839128582725);
    engine<std::ranlux24>("ranlux24", 9901578);
    engine<std::ranlux48>("ranlux48", 249142670248501);
    engine<std::knuth_b>("knuth_b", 1112339016);
    engine<std::independent_bits_engine<std::mt19937, 12, unsigned>>("12 bits", 4123659995 & 4095);
    std::independent_bits_engine<std::minstd_rand, 64, unsigned long long> wide;
    unsigned long long all = 0, none = ~0ull;
    for (int i = 0; i < 200; i++) {
        auto x = wide();
        all |= x;
        none &= x;
    }
    CHECK(all == ~0ull && none == 0);
    std::seed_seq seeds;
    unsigned words[3];
    seeds.generate(words, words + 3);
    std::cout << words[0] << ' ' << words[1] << ' ' << words[2] << '\n';
    std::random_device device;
    CHECK(device() != device() || device() != device());
}

// Mean and variance of 40000 numbers within five standard errors or so; parameters through a
// stream.
template <class D>
static void distribution(const char *name, D d, double mean, double variance,
                         double tolerance = 0.03)
{
    std::mt19937 g(12345);
    const int n = 40000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        auto value = d(g);
        CHECK(value >= d.min() && value <= d.max());
        sum += double(value);
        squares += double(value) * double(value);
    }
    double m = sum / n, v = squares / n - m * m;
    double scale = std::sqrt(variance);
    if (std::fabs(m - mean) > tolerance * scale || std::fabs(v / variance - 1) > 3 * tolerance) {
        std::cout << name << ": mean " << m << ", variance " << v << '\n';
        failures++;
    }
    std::stringstream state;
    state << d;
    D e;
    CHECK(state >> e && e == d && e.param() == d.param());
    D f(d.param());
    f.reset();
    d.reset();
    std::mt19937 g1, g2;
    CHECK(f(g1) == d(g2) && d(g2, f.param()) == f(g1));
}

static void distributions()
{
    using namespace std;
    distribution("uniform_int", uniform_int_distribution<int>(-10, 10), 0, 36.667);
    distribution("uniform_int", uniform_int_distribution<long long>(0, 999999999999ll), 5e11,
                 8.333e22);
    distribution("uniform_real", uniform_real_distribution<>(-1, 3), 1, 1.3333);
    distribution("uniform_real", uniform_real_distribution<float>(0, 1), 0.5, 0.08333);
    distribution("bernoulli", bernoulli_distribution(0.25), 0.25, 0.1875);
    distribution("binomial", binomial_distribution<>(10, 0.3), 3, 2.1);
    distribution("binomial", binomial_distribution<>(1000000, 0.5), 500000, 250000);
    distribution("geometric", geometric_distribution<>(0.2), 4, 20, 0.05);
    distribution("negative_binomial", negative_binomial_distribution<>(3, 0.4), 4.5, 11.25, 0.05);
    distribution("poisson", poisson_distribution<>(0.5), 0.5, 0.5);
    distribution("poisson", poisson_distribution<>(1000), 1000, 1000);
    distribution("exponential", exponential_distribution<>(2), 0.5, 0.25, 0.05);
    distribution("gamma", gamma_distribution<>(0.5, 2), 1, 2, 0.05);
    distribution("gamma", gamma_distribution<>(7, 3), 21, 63);
    distribution("weibull", weibull_distribution<>(2, 1), 0.886227, 0.214602);
    distribution("extreme_value", extreme_value_distribution<>(1, 2), 2.154431, 6.579736, 0.05);
    distribution("normal", normal_distribution<>(5, 3), 5, 9);
    distribution("normal", normal_distribution<float>(-1, 0.5f), -1, 0.25);
    distribution("lognormal", lognormal_distribution<>(0, 0.25), 1.031743, 0.068652, 0.05);
    distribution("chi_squared", chi_squared_distribution<>(4), 4, 8, 0.05);
    distribution("fisher_f", fisher_f_distribution<>(10, 20), 1.111111, 0.432099, 0.05);
    distribution("student_t", student_t_distribution<>(10), 0, 1.25, 0.05);
    distribution("discrete", discrete_distribution<>{1, 2, 0, 1}, 1.25, 1.1875);
    double borders[] = {0, 1, 3}, weights[] = {1, 3}, corners[] = {0, 1, 0};
    distribution("piecewise_constant",
                 piecewise_constant_distribution<>(borders, borders + 3, weights), 1.625, 0.692708);
    distribution("piecewise_linear", piecewise_linear_distribution<>(borders, borders + 3, corners),
                 1.333333, 0.388889);
    // half of all Cauchy numbers are within one scale of the median
    cauchy_distribution<> cauchy(2, 3);
    mt19937 g;
    int near = 0;
    for (int i = 0; i < 40000; i++) {
        double x = cauchy(g);
        near += x > -1 && x < 5;
    }
    CHECK(abs(near - 20000) < 600);
}

static void edges()
{
    std::mt19937 g;
    CHECK(std::uniform_int_distribution<>(7, 7)(g) == 7);
    std::uniform_int_distribution<long long> whole(std::numeric_limits<long long>::min());
    bool negative = false, positive = false;
    for (int i = 0; i < 100; i++)
        (whole(g) < 0 ? negative : positive) = true;
    CHECK(negative && positive);
    CHECK(std::binomial_distribution<>(5, 0)(g) == 0 && std::binomial_distribution<>(5, 1)(g) == 5);
    CHECK(std::discrete_distribution<>().probabilities() == std::vector<double>{1});
    CHECK(std::piecewise_constant_distribution<>({1, 2, 4}, [](double x) { return x; }).max() == 4);
    for (int i = 0; i < 10000; i++)
        CHECK((std::generate_canonical<float, 24>(g)) < 1);
}

int main()
{
    engines();
    distributions();
    edges();
    std::cout << failures << " failures\n";
}
