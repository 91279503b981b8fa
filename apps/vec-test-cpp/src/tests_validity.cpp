// Which iterators, pointers and references stay valid.
#include "check.h"
#include "tests.h"
#include <iterator>
#include <string>
#include <vector>

namespace
{

void test_with_room()
{
    std::vector<int> v = {1, 2, 3};
    v.reserve(100);
    auto one = v.begin();
    int &two = v[1];
    int *three = &v[2];
    v.push_back(4);
    v.emplace_back(5);
    v.insert(v.end(), {6, 7});
    v.insert(v.begin() + 3, 100);
    v.resize(50);
    v.reserve(100);
    expect(*one == 1 && two == 2 && *three == 3, "adding behind them while there is room");
    expect(one == v.begin() && three == &v[2], "they are still the vector's");
}

void test_erasing()
{
    std::vector<std::string> v = {"a", "b", "c", "d", "e"};
    auto before = v.begin() + 1;
    const std::string *place = v.data();
    auto next = v.erase(v.begin() + 2);
    expect(*before == "b" && *next == "d", "those before an erased element");
    v.pop_back();
    v.resize(2);
    expect(*before == "b" && v.data() == place, "removing at the end moves nothing");
    v.clear();
    v.push_back("again");
    expect(v.data() == place, "nor does clear");
    auto result = v.erase(v.begin());
    expect(result == v.end() && v.empty(), "erase of the last element gives the end");
}

void test_swapping()
{
    std::vector<int> a = {1, 2}, b = {3};
    auto in_a = a.begin();
    int &in_b = b.front();
    a.swap(b);
    expect(*in_a == 1 && in_a == b.begin() && &in_b == &a.front(), "swap takes them along");
    std::vector<int> c = std::move(b);
    expect(in_a == c.begin() && *std::next(in_a) == 2, "and so does a move");
    std::vector<int> d;
    d = std::move(c);
    expect(in_a == d.begin(), "and an assignment from a move");
}

void test_conversions()
{
    std::vector<int> v = {5, 6, 7};
    std::vector<int>::const_iterator constant = v.begin();
    expect(constant == v.begin() && v.end() - constant == 3, "iterators become constant ones");
    expect(v.erase(constant) == v.begin() && v.front() == 6, "changes take constant ones");
    expect(v.rbegin().base() == v.end() && *v.crbegin() == 7, "reverse ones know their base");
    expect(std::distance(v.cbegin(), v.cend()) == 2, "distance");
    expect(std::begin(v) == v.begin() && std::size(v) == 2 && std::data(v) == &v[0] &&
               !std::empty(v),
           "the free functions");
    static_assert(std::contiguous_iterator<std::vector<int>::iterator>);
    static_assert(std::random_access_iterator<std::vector<bool>::iterator>);
    std::vector<int>::iterator none{};
    expect(none == std::vector<int>::iterator{}, "iterators of no vector are equal");
    std::vector<int> empty;
    expect(empty.begin() == empty.end() && empty.data() + 0 == empty.data(), "an empty vector's");
}

} // namespace

void test_validity()
{
    run_test("Iterator validity with room", test_with_room);
    run_test("Iterator validity when erasing", test_erasing);
    run_test("Iterator validity when swapping", test_swapping);
    run_test("Iterator conversion", test_conversions);
}
