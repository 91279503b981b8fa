// Arguments that are elements of the vector itself, with room and without.
#include "check.h"
#include "tests.h"
#include <string>
#include <vector>

namespace
{

using Words = std::vector<std::string>;

const std::string first = "the first word, which is too long for the string itself";
const std::string second = "the second word, which is too long for it as well";

// A vector of the two words that is full, or has room for ten more.
Words words(bool room)
{
    Words v = {first, second};
    v.shrink_to_fit();
    if (room)
        v.reserve(12);
    return v;
}

void test_at_the_end()
{
    for (bool room : {false, true}) {
        Words v = words(room);
        v.push_back(v[0]);
        expect(v == Words{first, second, first}, "push_back");
        v = words(room);
        v.emplace_back(v[1]);
        expect(v == Words{first, second, second}, "emplace_back");
        v = words(room);
        v.push_back(std::move(v[0]));
        expect(v.size() == 3 && v[2] == first, "push_back of a moved element");
        v = words(room);
        v.resize(5, v[1]);
        expect(v == Words{first, second, second, second, second}, "resize");
    }
}

void test_inside()
{
    for (bool room : {false, true}) {
        Words v = words(room);
        v.insert(v.begin(), v[1]);
        expect(v == Words{second, first, second}, "insert one that moves back");
        v = words(room);
        v.insert(v.begin() + 1, v[0]);
        expect(v == Words{first, first, second}, "insert one that stays");
        v = words(room);
        v.insert(v.begin(), 3, v[1]);
        expect(v == Words{second, second, second, first, second}, "insert copies");
        v = words(room);
        v.insert(v.begin() + 1, std::move(v[1]));
        expect(v.size() == 3 && v[1] == second, "insert a moved one");
        v = words(room);
        v.emplace(v.begin(), v[1], 4, 6);
        expect(v[0] == "second" && v.size() == 3, "emplace from a part of one");
    }
}

void test_assigned()
{
    for (bool room : {false, true}) {
        Words v = words(room);
        v.assign(2, v[1]);
        expect(v == Words{second, second}, "assign a few");
        v = words(room);
        v.assign(20, v[1]);
        expect(v == Words(20, second), "assign many");
        v = words(room);
        v = *&v;
        expect(v == words(true), "assignment to itself");
        std::erase(v, v[0]);
        expect(v == Words{second}, "erase by an element's value");
    }
}

void test_slices()
{
    std::vector<int> v = {1, 2, 3, 4, 5, 6};
    v.erase(v.begin() + 1, v.begin() + 3);
    v.insert(v.end(), v.front());
    v[0] = v.back() + v.at(1);
    expect(v == std::vector<int>{5, 4, 5, 6, 1}, "elements from elements");
    v.push_back(v.back() = v.front());
    expect(v == std::vector<int>{5, 4, 5, 6, 5, 5}, "what an assignment gives");
}

} // namespace

void test_own_elements()
{
    run_test("Own element at the end", test_at_the_end);
    run_test("Own element inside", test_inside);
    run_test("Own element assigned", test_assigned);
    run_test("Own elements in a row", test_slices);
}
