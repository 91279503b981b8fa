// Construction, access to elements, size and capacity, adding and removing at the end.
#include "check.h"
#include "tests.h"
#include <list>
#include <string>
#include <vector>

namespace
{

void test_constructors()
{
    std::vector<int> empty;
    expect(empty.empty() && empty.size() == 0 && empty.capacity() == 0, "a new vector is empty");

    std::vector<int> zeros(5);
    expect(zeros == std::vector<int>{0, 0, 0, 0, 0}, "vector(n) holds n zeros");

    std::vector<int> sevens(3, 7);
    expect(sevens == std::vector<int>{7, 7, 7}, "vector(n, value) holds n copies");

    int array[] = {1, 2, 3};
    std::vector<int> from_array(array, array + 3);
    expect(from_array == std::vector<int>{1, 2, 3}, "a vector from two pointers");

    std::list<int> list = {4, 5, 6};
    std::vector<int> from_list(list.begin(), list.end());
    expect(from_list == std::vector<int>{4, 5, 6}, "a vector from a list's iterators");

    std::vector<int> copy = from_list;
    expect(copy == from_list && copy.data() != from_list.data(), "a copy has elements of its own");

    const int *data = copy.data();
    std::vector<int> moved = std::move(copy);
    expect(moved.data() == data && copy.empty(), "a move takes the elements along");

    std::vector deduced = {1.5, 2.5};
    expect(deduced.size() == 2 && deduced[1] == 2.5, "the element type is deduced");
}

void test_push_back()
{
    std::vector<int> v;
    for (int i = 0; i < 1000; i++)
        v.push_back(i * i);
    bool right = v.size() == 1000;
    for (int i = 0; i < 1000; i++)
        right = right && v[static_cast<std::size_t>(i)] == i * i;
    expect(right, "1000 numbers pushed back are there in order");

    std::vector<std::string> words = {"alpha"};
    words.push_back("beta");
    std::string gamma = "gamma, a word too long to be stored inside the string itself";
    words.push_back(gamma);
    words.push_back(std::move(gamma));
    expect(words.size() == 4 && words[1] == "beta" && words[2] == words[3], "strings pushed back");

    for (int i = 0; i < 100; i++)
        words.push_back(words.front()); // an element of the vector that may have to grow
    expect(words.back() == "alpha" && words.size() == 104, "an own element pushed back");
}

void test_pop_back()
{
    std::vector<int> v = {1, 2, 3};
    v.pop_back();
    expect(v == std::vector<int>{1, 2}, "pop_back removes the last element");
    v.pop_back();
    v.pop_back();
    expect(v.empty() && v.capacity() >= 3, "pop_back down to nothing keeps the memory");
}

void test_emplace_back()
{
    std::vector<std::pair<int, std::string>> v;
    v.emplace_back(1, "one");
    auto &second = v.emplace_back(2, "two");
    second.second += "!";
    expect(v.size() == 2 && v[0].second == "one" && v[1].second == "two!",
           "emplace_back builds in place and returns the element");
}

void test_access()
{
    std::vector<int> v = {10, 20, 30};
    const std::vector<int> &constant = v;
    expect(v[0] == 10 && constant[2] == 30, "operator[]");
    expect(v.at(1) == 20 && constant.at(1) == 20, "at");
    expect(v.front() == 10 && constant.front() == 10, "front");
    expect(v.back() == 30 && constant.back() == 30, "back");
    expect(v.data()[1] == 20 && v.data() == &v[0], "data");
    v[1] = 21;
    v.at(2) = 31;
    v.front() = 11;
    expect(v == std::vector<int>{11, 21, 31}, "elements can be written");
}

void test_capacity()
{
    std::vector<int> v;
    v.reserve(100);
    expect(v.capacity() >= 100 && v.empty(), "reserve makes room, not elements");
    v.push_back(1);
    const int *data = v.data();
    for (int i = 0; i < 99; i++)
        v.push_back(i);
    expect(v.data() == data, "within the reserved room nothing moves");
    v.reserve(10);
    expect(v.capacity() >= 100, "reserve never takes room away");
    v.resize(4);
    v.shrink_to_fit();
    expect(v.capacity() == 4 && v == std::vector<int>{1, 0, 1, 2}, "shrink_to_fit");
    expect(v.max_size() > 1000000, "max_size");

    std::vector<int> growing;
    int moves = 0;
    const int *before = nullptr;
    for (int i = 0; i < 100000; i++) {
        growing.push_back(i);
        moves += growing.data() != before;
        before = growing.data();
    }
    expect(moves < 40, "growing by doubling: few reallocations");
}

void test_resize()
{
    std::vector<int> v = {1, 2, 3};
    v.resize(5);
    expect(v == std::vector<int>{1, 2, 3, 0, 0}, "resize adds zeros");
    v.resize(2);
    expect(v == std::vector<int>{1, 2}, "resize cuts off");
    v.resize(4, 9);
    expect(v == std::vector<int>{1, 2, 9, 9}, "resize adds copies");
    v.resize(200, v[0]);
    expect(v.size() == 200 && v.back() == 1, "resize with an own element");
    v.clear();
    expect(v.empty() && v.capacity() >= 200, "clear keeps the memory");
}

} // namespace

void test_elements()
{
    run_test("Constructor", test_constructors);
    run_test("Push back", test_push_back);
    run_test("Pop back", test_pop_back);
    run_test("Emplace back", test_emplace_back);
    run_test("Element access", test_access);
    run_test("Capacity", test_capacity);
    run_test("Resize", test_resize);
}
