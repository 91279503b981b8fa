// What is moved, what is copied.
#include "check.h"
#include "tests.h"
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace
{

int copies_during(void (*action)())
{
    Counted::copies = 0;
    action();
    return Counted::copies;
}

void test_elements_are_moved()
{
    expect(copies_during([] {
               std::vector<Counted> v(10);
               v.reserve(100);
               v.shrink_to_fit();
               v.emplace_back(1);
               v.push_back(Counted(2));
               v.insert(v.begin(), Counted(3));
               v.emplace(v.begin() + 1, 4);
               v.erase(v.begin());
               v.resize(200);
           }) == 0,
           "no operation that can move copies");
    expect(copies_during([] {
               std::vector<Counted> v(10), w = std::move(v), x;
               x = std::move(w);
               std::swap(v, x);
           }) == 0,
           "vectors move without their elements");
    expect(copies_during([] {
               std::vector<Counted> v(10);
               std::vector<Counted> w(std::make_move_iterator(v.begin()),
                                      std::make_move_iterator(v.end()));
           }) == 0,
           "a range can be moved in");
    expect(copies_during([] {
               std::vector<Counted> v(10);
               std::vector<Counted> w = v;
           }) == 10,
           "a copy copies each once");
}

// Moving it may throw, so that growing has to copy: it could not undo a half of it.
struct RiskyToMove {
    RiskyToMove() = default;
    RiskyToMove(const RiskyToMove &) { copies++; }
    RiskyToMove(RiskyToMove &&) noexcept(false) { moves++; }
    RiskyToMove &operator=(const RiskyToMove &) = default;
    static inline int copies = 0, moves = 0;
};

// The same, but there is no other way.
struct RiskyAndOnly {
    RiskyAndOnly() = default;
    RiskyAndOnly(RiskyAndOnly &&) noexcept(false) { moves++; }
    static inline int moves = 0;
};

void test_noexcept_decides()
{
    std::vector<RiskyToMove> v(4);
    v.reserve(100);
    expect(RiskyToMove::copies == 4 && RiskyToMove::moves == 0, "what may throw is copied");
    std::vector<RiskyAndOnly> w(4);
    w.reserve(100);
    expect(RiskyAndOnly::moves == 4, "and moved if it cannot be copied");
}

void test_traits()
{
    using Vector = std::vector<std::string>;
    static_assert(std::is_nothrow_default_constructible_v<Vector>);
    static_assert(std::is_nothrow_move_constructible_v<Vector>);
    static_assert(std::is_nothrow_move_assignable_v<Vector>);
    static_assert(std::is_nothrow_swappable_v<Vector>);
    static_assert(std::is_copy_constructible_v<Vector>);
    static_assert(!std::is_convertible_v<int, Vector>);
    Vector v = {"x"};
    Vector &result = v = {"y", "z"};
    expect(&result == &v && v.size() == 2, "assignment gives the vector");
}

void test_moved_from()
{
    std::vector<std::string> v = {"a", "b"}, w = std::move(v);
    expect(v.empty() && v.begin() == v.end(), "a vector that was moved from is empty");
    v.push_back("c");
    v.insert(v.begin(), "d");
    expect(v == std::vector<std::string>{"d", "c"} && w.size() == 2, "and can be used again");
    std::vector<std::unique_ptr<int>> owners;
    owners.push_back(std::make_unique<int>(1));
    owners.push_back(std::move(owners[0]));
    expect(!owners[0] && *owners[1] == 1, "ownership moves");
}

} // namespace

void test_moves()
{
    run_test("Move", test_elements_are_moved);
    run_test("Move if noexcept", test_noexcept_decides);
    run_test("Noexcept", test_traits);
    run_test("Moved-from vector", test_moved_from);
}
