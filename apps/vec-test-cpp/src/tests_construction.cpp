// Every constructor.
#include "allocators.h"
#include "check.h"
#include "tests.h"
#include <iterator>
#include <list>
#include <ranges>
#include <sstream>
#include <string>
#include <vector>

namespace
{

using Vector = std::vector<int, TrackingAllocator<int>>;

void test_with_allocator()
{
    TrackingAllocator<int> a(7);
    const int numbers[] = {1, 2, 3};
    expect(Vector(a).get_allocator().id == 7, "an empty vector with an allocator");
    expect(Vector(3, a) == Vector(3) && Vector(3, a).get_allocator() == a, "zeros with one");
    expect(Vector(2, 5, a) == Vector{5, 5} && Vector(2, 5, a).get_allocator() == a, "copies");
    expect(Vector(numbers, numbers + 3, a).get_allocator() == a, "a range with an allocator");
    expect(Vector({4, 5}, a).get_allocator() == a, "a list with an allocator");
    Vector source({1, 2}, a);
    expect(Vector(source).get_allocator() == a, "a copy's allocator");
    expect(Vector(source, TrackingAllocator<int>(9)).get_allocator().id == 9, "another for a copy");
    Vector moved(std::move(source), TrackingAllocator<int>(9));
    expect(moved == Vector{1, 2} && moved.get_allocator().id == 9, "another for a move");
    Vector taken(std::move(moved));
    expect(taken.get_allocator().id == 9 && moved.empty(), "a move takes the allocator along");
}

void test_ambiguous()
{
    std::vector<int> parentheses(3, 4), braces{3, 4};
    expect(parentheses == std::vector<int>{4, 4, 4}, "parentheses: a number of copies");
    expect(braces.size() == 2 && braces[0] == 3, "braces: the elements");
    std::vector<std::string> texts{3, "x"};
    expect(texts.size() == 3, "braces that hold no elements: a number of copies");
    std::vector<int> none(0), nothing{};
    expect(none.empty() && nothing.empty(), "none");
}

void test_ranges()
{
    std::istringstream input("1 2 3");
    using Numbers = std::istream_iterator<int>;
    std::vector<int> read(Numbers(input), Numbers{});
    expect(read == std::vector<int>{1, 2, 3}, "what a stream delivers once");
    std::list<short> shorts = {1, 2, 3};
    std::vector<long> longs(shorts.begin(), shorts.end());
    expect(longs == std::vector<long>{1, 2, 3}, "elements are converted");
    std::vector<int> reversed(read.rbegin(), read.rend());
    expect(reversed == std::vector<int>{3, 2, 1}, "backwards");
    std::vector<int> empty(read.end(), read.end());
    expect(empty.empty() && empty.capacity() == 0, "an empty range takes no memory");
}

void test_deduction()
{
    std::list<std::string> words = {"a", "b"};
    std::vector copies(words.begin(), words.end());
    static_assert(std::is_same_v<decltype(copies), std::vector<std::string>>);
    std::vector nested = {std::vector<int>{1}, std::vector<int>{2}};
    static_assert(std::is_same_v<decltype(nested), std::vector<std::vector<int>>>);
    std::vector same = copies;
    static_assert(std::is_same_v<decltype(same), decltype(copies)>);
    expect(copies.size() == 2 && nested.size() == 2 && same == copies, "deduced types");
}

} // namespace

void test_construction()
{
    run_test("Constructor with allocator", test_with_allocator);
    run_test("Braces and parentheses", test_ambiguous);
    run_test("Constructor from ranges", test_ranges);
    run_test("Deduction", test_deduction);
}
