// Vectors as a whole: comparing, iterating, algorithms, lifetimes, special element types.
#include "check.h"
#include "tests.h"
#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

namespace
{

void test_comparison()
{
    std::vector<int> a = {1, 2, 3}, b = {1, 2, 4}, prefix = {1, 2};
    expect(a == a && a != b, "equality");
    expect(a < b && b > a && a <= a && prefix < a, "order is that of a dictionary");
    expect((a <=> b) < 0 && (a <=> a) == 0, "three-way comparison");
    expect(std::vector<std::string>{"b"} > std::vector<std::string>{"a", "z"}, "strings compare");
}

void test_iterators()
{
    std::vector<int> v = {1, 2, 3, 4};
    int sum = 0;
    for (int n : v)
        sum += n;
    expect(sum == 10, "range-based for");

    std::vector<int> reversed(v.rbegin(), v.rend());
    expect(reversed == std::vector<int>{4, 3, 2, 1}, "reverse iterators");

    for (int &n : v)
        n *= 2;
    expect(v == std::vector<int>{2, 4, 6, 8}, "elements can be changed through iterators");

    const auto &constant = v;
    expect(constant.end() - constant.begin() == 4 && *constant.cbegin() == 2 &&
               *constant.crbegin() == 8,
           "constant iterators");
    expect(v.begin()[2] == 6 && *(v.end() - 1) == 8 && v.begin() < v.end(), "random access");
}

void test_algorithms()
{
    std::vector<int> v(1000);
    std::iota(v.begin(), v.end(), 0);
    std::reverse(v.begin(), v.end());
    std::sort(v.begin(), v.end());
    expect(std::is_sorted(v.begin(), v.end()) && v[999] == 999, "sort");
    expect(std::accumulate(v.begin(), v.end(), 0) == 499500, "accumulate");
    expect(*std::lower_bound(v.begin(), v.end(), 500) == 500, "lower_bound");
    expect(std::find(v.begin(), v.end(), 77) - v.begin() == 77, "find");
    v.erase(std::remove_if(v.begin(), v.end(), [](int n) { return n >= 10; }), v.end());
    std::rotate(v.begin(), v.begin() + 3, v.end());
    expect(v == std::vector<int>{3, 4, 5, 6, 7, 8, 9, 0, 1, 2}, "remove_if and rotate");
    std::vector<int> squares;
    std::transform(v.begin(), v.begin() + 3, std::back_inserter(squares),
                   [](int n) { return n * n; });
    expect(squares == std::vector<int>{9, 16, 25}, "transform into back_inserter");
}

void test_lifetimes()
{
    Counted::living = 0;
    {
        std::vector<Counted> v(10);
        expect(Counted::living == 10, "vector(n) makes n elements");
        v.reserve(1000);
        expect(Counted::living == 10, "growing leaves no element behind");
        v.erase(v.begin(), v.begin() + 4);
        expect(Counted::living == 6, "erase destroys");
        v.insert(v.begin(), 5, Counted(1));
        expect(Counted::living == 11, "insert makes");
        v.resize(3);
        expect(Counted::living == 3, "resize destroys");
        std::vector<Counted> copy = v, moved = std::move(copy);
        expect(Counted::living == 6, "a move makes no element");
        moved = v;
        v.clear();
        expect(Counted::living == 3, "clear destroys");
    }
    expect(Counted::living == 0, "at the end all are destroyed");

    Counted::copies = 0;
    std::vector<Counted> v;
    for (int i = 0; i < 100; i++)
        v.emplace_back(i);
    expect(Counted::copies == 0, "growing moves, it does not copy");
    bool right = true;
    for (int i = 0; i < 100; i++)
        right = right && v[static_cast<std::size_t>(i)].value == i;
    expect(right, "values survive growing");
}

void test_nested()
{
    std::vector<std::vector<int>> table(3, std::vector<int>(4, 1));
    table[1][2] = 5;
    table.push_back({9});
    int sum = 0;
    for (const auto &row : table)
        sum = std::accumulate(row.begin(), row.end(), sum);
    expect(sum == 25 && table.size() == 4 && table[3].size() == 1, "a vector of vectors");
}

void test_large()
{
    constexpr std::size_t count = 3000000;
    std::vector<int> v;
    for (std::size_t i = 0; i < count; i++)
        v.push_back(static_cast<int>(i));
    std::vector<int> copy = v;
    copy.erase(copy.begin(), copy.begin() + count / 2);
    expect(v.size() == count && v.back() == static_cast<int>(count) - 1, "three million elements");
    expect(copy.size() == count / 2 && copy.front() == static_cast<int>(count / 2),
           "half of them erased");
}

} // namespace

void test_whole()
{
    run_test("Comparison", test_comparison);
    run_test("Iterator", test_iterators);
    run_test("Algorithm", test_algorithms);
    run_test("Lifetime", test_lifetimes);
    run_test("Nested vector", test_nested);
    run_test("Large vector", test_large);
}
