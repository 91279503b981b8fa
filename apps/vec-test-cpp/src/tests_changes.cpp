// Changes anywhere in a vector.
#include "check.h"
#include "tests.h"
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace
{

void test_insert()
{
    std::vector<int> v = {1, 2, 3};
    auto at = v.insert(v.begin(), 0);
    expect(*at == 0 && v == std::vector<int>{0, 1, 2, 3}, "insert at the front");
    at = v.insert(v.end(), 4);
    expect(*at == 4 && v == std::vector<int>{0, 1, 2, 3, 4}, "insert at the end");
    at = v.insert(v.begin() + 2, 3, 7);
    expect(*at == 7 && v == std::vector<int>{0, 1, 7, 7, 7, 2, 3, 4}, "insert copies");
    v.insert(v.begin() + 1, {8, 9});
    expect(v == std::vector<int>{0, 8, 9, 1, 7, 7, 7, 2, 3, 4}, "insert a list");
    std::vector<int> other = {5, 6};
    v.insert(v.end() - 1, other.begin(), other.end());
    expect(v == std::vector<int>{0, 8, 9, 1, 7, 7, 7, 2, 3, 5, 6, 4}, "insert a range");

    std::vector<int> own = {1, 2, 3, 4};
    own.reserve(20);
    own.insert(own.begin(), own.back());
    own.insert(own.begin() + 1, 2, own[3]);
    expect(own == std::vector<int>{4, 3, 3, 1, 2, 3, 4}, "insert own elements");

    std::istringstream input("3 1 4 1 5");
    std::vector<int> read = {0};
    read.insert(read.begin(), std::istream_iterator<int>(input), std::istream_iterator<int>());
    expect(read == std::vector<int>{3, 1, 4, 1, 5, 0}, "insert what a stream delivers");
}

void test_emplace()
{
    std::vector<std::string> v = {"a", "d"};
    auto at = v.emplace(v.begin() + 1, 3, 'b');
    expect(*at == "bbb", "emplace builds the element");
    v.emplace(v.begin(), v.back());
    expect(v == std::vector<std::string>{"d", "a", "bbb", "d"}, "emplace a copy of an own element");
}

void test_erase()
{
    std::vector<int> v = {0, 1, 2, 3, 4, 5};
    auto at = v.erase(v.begin() + 1);
    expect(*at == 2 && v == std::vector<int>{0, 2, 3, 4, 5}, "erase one");
    at = v.erase(v.begin() + 1, v.begin() + 3);
    expect(*at == 4 && v == std::vector<int>{0, 4, 5}, "erase a range");
    at = v.erase(v.end() - 1);
    expect(at == v.end() && v == std::vector<int>{0, 4}, "erase the last");
    at = v.erase(v.begin(), v.begin());
    expect(at == v.begin() && v.size() == 2, "erase nothing");

    std::vector<int> numbers = {1, 2, 3, 4, 5, 6, 7};
    expect(std::erase_if(numbers, [](int n) { return n % 2 == 0; }) == 3, "erase_if counts");
    expect(std::erase(numbers, 5) == 1, "erase a value");
    expect(numbers == std::vector<int>{1, 3, 7}, "erase_if and erase");
}

void test_assign()
{
    std::vector<std::string> v = {"x"};
    v.assign(3, "y");
    expect(v == std::vector<std::string>{"y", "y", "y"}, "assign copies");
    v.assign({"p", "q"});
    expect(v == std::vector<std::string>{"p", "q"}, "assign a list");
    std::vector<std::string> other = {"1", "2", "3", "4"};
    v.assign(other.begin() + 1, other.end());
    expect(v == std::vector<std::string>{"2", "3", "4"}, "assign a range");
    v.assign(2, v[2]);
    expect(v == std::vector<std::string>{"4", "4"}, "assign an own element");
    v = other;
    expect(v == other, "copy assignment");
    const auto &same = v;
    v = same;
    expect(v == other, "assignment to itself");
    v = std::move(other);
    expect(v.size() == 4 && other.empty(), "move assignment");
    v = {"end"};
    expect(v.size() == 1 && v[0] == "end", "assignment of a list");
}

void test_swap()
{
    std::vector<int> a = {1, 2}, b = {3};
    const int *data = a.data();
    a.swap(b);
    expect(a == std::vector<int>{3} && b == std::vector<int>{1, 2}, "member swap");
    expect(b.data() == data, "swap moves no element");
    std::swap(a, b);
    expect(a.size() == 2 && b.size() == 1, "std::swap");
}

void test_move_only()
{
    std::vector<std::unique_ptr<int>> v;
    for (int i = 0; i < 20; i++)
        v.push_back(std::make_unique<int>(i));
    v.insert(v.begin(), std::make_unique<int>(100));
    v.erase(v.begin() + 1);
    std::vector<std::unique_ptr<int>> moved = std::move(v);
    bool right = moved.size() == 20 && *moved[0] == 100;
    for (int i = 1; i < 20; i++)
        right = right && *moved[static_cast<std::size_t>(i)] == i;
    expect(right, "elements that can only be moved");
}

} // namespace

void test_changes()
{
    run_test("Insert", test_insert);
    run_test("Emplace", test_emplace);
    run_test("Erase", test_erase);
    run_test("Assign", test_assign);
    run_test("Swap", test_swap);
    run_test("Move-only element", test_move_only);
}
