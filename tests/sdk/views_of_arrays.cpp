// span with fixed and open extents, arrays of nothing, sample, shuffle.
#include <algorithm>
#include <array>
#include <iostream>
#include <iterator>
#include <random>
#include <span>
#include <sstream>
#include <vector>

static_assert(std::span<int, 5>::extent == 5);
static_assert(!std::is_constructible_v<std::span<int>, const std::vector<int> &>);
static_assert(!std::is_constructible_v<std::span<int>, std::vector<int>>);
static_assert(std::is_constructible_v<std::span<const int>, std::vector<int>>);
static_assert(!std::is_convertible_v<std::span<int>, std::span<int, 3>>);
static_assert(std::is_convertible_v<std::span<int, 3>, std::span<const int>>);
static_assert(std::ranges::borrowed_range<std::span<int>> && std::ranges::view<std::span<int>>);

static void spans()
{
    int a[] = {1, 2, 3, 4, 5};
    std::span fixed(a);
    auto tail = fixed.subspan<2>();
    static_assert(std::is_same_v<decltype(tail), std::span<int, 3>>);
    auto middle = std::span<int>(a).subspan<1, 2>();
    static_assert(std::is_same_v<decltype(middle), std::span<int, 2>>);
    std::span<const int> all = fixed;
    std::cout << tail[0] << middle.back() << all.subspan(4).size() << fixed.first<2>().back()
              << std::as_bytes(fixed).size() << '\n';
}

static void nothing()
{
    std::array<const int, 0> none = {{}};
    const auto &same = none;
    std::cout << none.size() << (same.begin() == same.end()) << (none.data() == same.data())
              << '\n';
}

// Each of ten numbers is among three as often as the others.
template <class Input>
static void samples(const char *what)
{
    std::mt19937 random(1);
    int counts[10] = {};
    bool right = true;
    for (int round = 0; round < 3000; round++) {
        std::istringstream text("0 1 2 3 4 5 6 7 8 9");
        std::vector<int> from{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, out(3);
        if constexpr (std::is_same_v<Input, std::istream_iterator<int>>)
            std::sample(Input(text), Input(), out.begin(), 3, random);
        else
            std::sample(from.begin(), from.end(), out.begin(), 3, random);
        for (int i : out)
            counts[i]++;
        std::ranges::sort(out);
        right = right && std::adjacent_find(out.begin(), out.end()) == out.end();
    }
    auto [least, most] = std::minmax_element(std::begin(counts), std::end(counts));
    std::cout << what << (right && *least > 800 && *most < 1000 ? ": fair" : ": NOT fair") << '\n';
}

// A generator that knows three numbers.
struct three {
    using result_type = unsigned;
    std::mt19937 inside{1};
    static constexpr unsigned min() { return 5; }
    static constexpr unsigned max() { return 7; }
    unsigned operator()() { return 5 + unsigned(uint64_t(inside()) * 3 >> 32); }
};

// Each of ten numbers comes first as often as the others.
static void shuffles()
{
    three random;
    int counts[10] = {};
    for (int round = 0; round < 5000; round++) {
        std::vector<int> v{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        std::shuffle(v.begin(), v.end(), random);
        counts[v[0]]++;
    }
    auto [least, most] = std::minmax_element(std::begin(counts), std::end(counts));
    std::cout << (*least > 430 && *most < 570 ? "shuffled fairly" : "NOT shuffled fairly") << '\n';
}

int main()
{
    spans();
    nothing();
    samples<std::vector<int>::iterator>("in order");
    samples<std::istream_iterator<int>>("as they come");
    shuffles();
    std::cout << (std::hash<long double>()(0.0L) == std::hash<long double>()(-0.0L)) << '\n';
}
