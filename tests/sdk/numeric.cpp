// <numeric> and <bit>.
#include <bit>
#include <climits>
#include <cstdio>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

static_assert(std::gcd(12, -18) == 6 && std::gcd(0, 0) == 0 && std::gcd(0u, 7) == 7);
static_assert(std::gcd((long long)INT_MIN, 6) == 2 && std::lcm(4, 6) == 12 &&
              std::lcm(-4, 6u) == 12);
static_assert(std::gcd((unsigned char)200, (unsigned char)150) == 50 && std::lcm(0, 5) == 0);
static_assert(std::midpoint(INT_MAX, INT_MIN) == 0 && std::midpoint(INT_MIN, INT_MAX) == -1);
static_assert(std::midpoint(3, 6) == 4 && std::midpoint(6, 3) == 5 &&
              std::midpoint(0u, UINT_MAX) == INT_MAX);
static_assert(std::midpoint(1e308, 1.5e308) == 1.25e308 && std::midpoint(1.0, 2.0) == 1.5);
static_assert(std::midpoint(5e-324, 5e-324) == 5e-324 && std::midpoint(-1.7e308, 1.7e308) == 0);
static constexpr int numbers[] = {1, 2, 3, 4, 5};
static_assert(std::midpoint(numbers, numbers + 5) == numbers + 2);
static_assert(std::midpoint(numbers + 5, numbers) == numbers + 3);
static_assert(std::reduce(numbers, numbers + 5) == 15);
static_assert(std::transform_reduce(numbers, numbers + 5, numbers, 0) == 55);
static_assert(std::transform_reduce(numbers, numbers + 5, numbers, 1, std::multiplies<>(),
                                    std::plus<>()) == 2 * 4 * 6 * 8 * 10);
static_assert(std::transform_reduce(numbers, numbers + 5, 0, std::plus<>(), std::negate<>()) ==
              -15);
static_assert(std::bit_ceil(17u) == 32 && std::bit_floor(17u) == 16 && std::bit_width(17u) == 5);
static_assert(std::popcount(0xffu) == 8 && std::countl_zero((unsigned char)1) == 7);
static_assert(std::countr_one(7u) == 3 && std::rotl((unsigned char)0x81, 1) == 3 &&
              std::has_single_bit(64u));
static_assert(std::rotr(1u, 1) == 0x80000000u && std::rotl(1u, -1) == 0x80000000u);
static_assert(std::bit_cast<unsigned>(1.0f) == 0x3f800000u &&
              std::endian::native == std::endian::little);

static void show(const char *name, const std::vector<int> &v)
{
    std::printf("%s:", name);
    for (int n : v)
        std::printf(" %d", n);
    std::printf("\n");
}

int main()
{
    std::vector<int> v(numbers, numbers + 5), out(5);
    auto twice = [](int n) { return 2 * n; };
    std::inclusive_scan(v.begin(), v.end(), out.begin());
    show("inclusive", out);
    std::inclusive_scan(v.begin(), v.end(), out.begin(), std::multiplies<>(), 10);
    show("inclusive from 10", out);
    std::exclusive_scan(v.begin(), v.end(), out.begin(), 100);
    show("exclusive", out);
    std::transform_inclusive_scan(v.begin(), v.end(), out.begin(), std::plus<>(), twice);
    show("transformed", out);
    std::transform_exclusive_scan(v.begin(), v.end(), v.begin(), 1, std::plus<>(), twice);
    show("in place", v);
    std::adjacent_difference(v.begin(), v.end(), out.begin());
    show("differences", out);
    std::iota(out.begin(), out.end(), -2);
    show("iota", out);
}
