// Elements with special needs.
#include "check.h"
#include "tests.h"
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace
{

struct alignas(64) Aligned {
    char byte = 'a';
};

void test_alignment()
{
    std::vector<Aligned> v;
    bool right = true;
    for (int i = 0; i < 50; i++) {
        v.emplace_back();
        right = right && reinterpret_cast<std::uintptr_t>(v.data()) % 64 == 0;
    }
    expect(right, "elements stand where their type asks");
}

class NoDefault
{
  public:
    explicit NoDefault(int value) : value(value) {}
    int value;
};

void test_without_default()
{
    std::vector<NoDefault> v(3, NoDefault(4));
    v.emplace_back(5);
    v.push_back(NoDefault(6));
    v.resize(7, NoDefault(8));
    v.resize(6, NoDefault(0));
    expect(v.size() == 6 && v[3].value == 5 && v[5].value == 8, "without a default constructor");
}

// Takes anything, also what was not meant for it.
struct Greedy {
    Greedy() = default;
    template <class T>
    Greedy(T &&)
    {
    }
};

void test_odd_operators()
{
    struct NoAddress {
        int value;
        NoAddress *operator&() { return nullptr; }
        void operator,(int) {}
    };
    std::vector<NoAddress> v;
    v.push_back({1});
    v.push_back({2});
    v.insert(v.begin(), NoAddress{3});
    v.erase(v.begin() + 1);
    expect(v.size() == 2 && v[0].value == 3 && v[1].value == 2, "whose & is overloaded");
    std::vector<Greedy> greedy(3);
    std::vector<Greedy> copy = greedy;
    copy.push_back(greedy[0]);
    expect(copy.size() == 4, "that can be made from anything");
}

void test_composed()
{
    std::vector<std::pair<std::string, std::vector<int>>> pairs;
    pairs.emplace_back("a", std::vector<int>{1, 2});
    pairs.emplace_back(std::piecewise_construct, std::forward_as_tuple(3, 'b'),
                       std::forward_as_tuple(2, 7));
    expect(pairs[0].second[1] == 2 && pairs[1].first == "bbb" && pairs[1].second[1] == 7, "pairs");
    std::vector<std::function<int(int)>> functions;
    for (int i = 0; i < 10; i++)
        functions.push_back([i](int n) { return n * i; });
    expect(functions[7](6) == 42, "functions");
    std::vector<std::array<int, 3>> arrays = {{1, 2, 3}, {4, 5, 6}};
    expect(arrays[1][2] == 6, "arrays");
    auto shared = std::make_shared<int>(1);
    {
        std::vector<std::shared_ptr<int>> owners(10, shared);
        expect(shared.use_count() == 11, "shared pointers");
    }
    expect(shared.use_count() == 1, "that let go at the end");
}

struct Tree {
    int value;
    std::vector<Tree> children; // of a type that is not complete yet
};

void test_recursive()
{
    Tree tree = {1, {{2, {}}, {3, {{4, {}}}}}};
    tree.children.push_back(tree);
    expect(tree.children.size() == 3 && tree.children[2].children[1].children[0].value == 4,
           "elements of the type that is being defined");
}

} // namespace

void test_element_types()
{
    run_test("Alignment", test_alignment);
    run_test("Element without default", test_without_default);
    run_test("Element with odd operators", test_odd_operators);
    run_test("Composed element", test_composed);
    run_test("Recursive element", test_recursive);
}
