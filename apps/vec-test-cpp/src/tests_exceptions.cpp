// What throws what.
#include "check.h"
#include "tests.h"
#include <cstddef>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

void test_out_of_range()
{
    std::vector<int> v = {1, 2, 3};
    const auto &constant = v;
    expect(v.at(2) == 3, "at within");
    expect(throws<std::out_of_range>([&] { v.at(3); }), "at the size");
    expect(throws<std::out_of_range>([&] { constant.at(100); }), "at beyond, constant");
    expect(throws<std::out_of_range>([&] { v.at(static_cast<std::size_t>(-1)); }), "at minus one");
    expect(throws<std::logic_error>([&] { v.at(3); }), "a logic_error it is");
    expect(throws<std::out_of_range>([] { std::vector<int>().at(0); }), "at in an empty vector");
    expect(throws<std::out_of_range>([] { std::vector<bool>(3).at(3); }), "at among bits");
    try {
        v.at(3);
    } catch (const std::exception &e) {
        expect(!std::string(e.what()).empty(), "it says something");
    }
    expect(v == std::vector<int>{1, 2, 3}, "nothing has changed");
}

void test_length()
{
    std::vector<int> v = {1};
    constexpr std::size_t too_many = std::numeric_limits<std::size_t>::max();
    expect(throws<std::length_error>([&] { v.reserve(v.max_size() + 1); }), "reserve");
    expect(throws<std::length_error>([&] { v.resize(too_many); }), "resize");
    expect(throws<std::length_error>([&] { v.resize(too_many, 2); }), "resize with a value");
    expect(throws<std::length_error>([&] { v.insert(v.begin(), too_many, 2); }), "insert");
    expect(throws<std::length_error>([&] { v.assign(too_many, 2); }), "assign");
    expect(throws<std::length_error>([] { std::vector<int> v(too_many); }), "the constructor");
    expect(throws<std::length_error>([] { std::vector<int> v(too_many, 1); }), "with a value");
    expect(v == std::vector<int>{1}, "nothing has changed");
}

void test_memory()
{
    std::vector<char> v = {'x'};
    expect(throws<std::bad_alloc>([&] { v.reserve(v.max_size()); }), "more than the memory");
    expect(throws<std::bad_alloc>([&] { v.resize(v.max_size() - 1); }), "resize to all of it");
    expect(v.size() == 1 && v[0] == 'x' && v.capacity() < 100, "nothing has changed");
    v.push_back('y');
    expect(v.size() == 2, "and the vector goes on");
}

} // namespace

void test_exceptions()
{
    run_test("Out of range", test_out_of_range);
    run_test("Length error", test_length);
    run_test("Memory", test_memory);
}
