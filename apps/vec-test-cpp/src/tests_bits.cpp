// vector<bool>: a bit an element, with references that are objects.
#include "check.h"
#include "tests.h"
#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <utility>
#include <vector>

namespace
{

using Bits = std::vector<bool>;

void test_bool()
{
    std::vector<bool> v(70, true);
    v[3] = false;
    v.push_back(false);
    expect(v.size() == 71 && !v[3] && v[69] && !v.back(), "bits can be set");
    expect(std::count(v.begin(), v.end(), true) == 69, "bits can be counted");
    v.flip();
    expect(v[3] && !v[0] && v[70], "flip");
    v.insert(v.begin() + 1, 40, true);
    expect(v.size() == 111 && !v[0] && v[1] && v[40] && !v[41] && v[43], "insert bits");
    v.erase(v.begin(), v.begin() + 41);
    expect(v.size() == 70 && v[2] && !v[3], "erase bits");
    expect(std::vector<bool>{true, false} == std::vector<bool>{true, false}, "bits compare");
}

void test_references()
{
    Bits v = {false, true, false};
    Bits::reference first = v[0];
    first = true;
    expect(v[0], "a reference writes");
    first = v[2];
    expect(!v[0], "and is assigned the value, not the place");
    v[1].flip();
    expect(!v[1], "one bit flips");
    Bits::swap(v[0], v[2] = true);
    expect(v[0] && !v[2], "two bits change places");
    for (auto &&bit : v)
        bit = !bit;
    expect(v == Bits{false, true, true}, "a loop over references");
    const Bits &constant = v;
    static_assert(std::is_same_v<decltype(constant[0]), bool>);
    expect(constant[1] && constant.back() && !constant.front(), "constant bits are bool");
}

void test_iterators()
{
    Bits v(100);
    for (std::size_t i = 0; i < v.size(); i += 3)
        v[i] = true;
    expect(std::count(v.begin(), v.end(), true) == 34, "count");
    expect(v.end() - v.begin() == 100 && *(v.begin() + 99) && !v.begin()[98], "arithmetic");
    expect(std::find(v.begin() + 1, v.end(), true) - v.begin() == 3, "find");
    Bits reversed(v.rbegin(), v.rend());
    std::reverse(v.begin(), v.end());
    expect(v == reversed, "backwards");
    std::sort(v.begin(), v.end());
    expect(std::is_sorted(v.begin(), v.end()) && !v[65] && v[66], "sort");
    std::rotate(v.begin(), v.begin() + 66, v.end());
    expect(v[33] && !v[34] && v.front() && !v.back(), "rotate");
    std::fill(v.begin() + 10, v.begin() + 90, true);
    expect(std::count(v.cbegin(), v.cend(), true) == 90, "fill over many words");
}

// Against a vector<char>, whose elements are plain.
void test_same_as_chars()
{
    Bits bits;
    std::vector<char> chars;
    unsigned random = 12345;
    auto next = [&](std::size_t limit) {
        random = random * 1664525 + 1013904223;
        return (random >> 8) % limit;
    };
    for (int i = 0; i < 3000; i++) {
        auto at = static_cast<std::ptrdiff_t>(next(bits.size() + 1));
        bool bit = next(2);
        switch (next(6)) {
        case 0:
            bits.push_back(bit);
            chars.push_back(bit);
            break;
        case 1:
            bits.insert(bits.begin() + at, bit);
            chars.insert(chars.begin() + at, bit);
            break;
        case 2: {
            std::size_t count = next(70);
            bits.insert(bits.begin() + at, count, bit);
            chars.insert(chars.begin() + at, count, bit);
            break;
        }
        case 3: {
            auto end = at + static_cast<std::ptrdiff_t>(next(bits.size() - std::size_t(at) + 1));
            bits.erase(bits.begin() + at, bits.begin() + end);
            chars.erase(chars.begin() + at, chars.begin() + end);
            break;
        }
        case 4: {
            std::size_t size = next(300);
            bits.resize(size, bit);
            chars.resize(size, bit);
            break;
        }
        default:
            bits.flip();
            for (char &c : chars)
                c = !c;
        }
        if (!std::equal(bits.begin(), bits.end(), chars.begin(), chars.end()))
            return expect(false, "bits and chars differ after the same changes");
    }
}

void test_whole_vectors()
{
    expect(Bits{false, true} < Bits{true} && Bits{true} < Bits{true, false}, "order");
    Bits v(70, true), w = {false};
    std::swap(v, w);
    expect(v.size() == 1 && w.size() == 70, "swap");
    Bits moved = std::move(w);
    expect(moved.size() == 70 && moved[69], "move");
    moved.assign(3, false);
    expect(moved == Bits(3), "assign");
    moved.assign({true, false});
    expect(moved == Bits{true, false} && moved.at(0), "assign a list");
    moved.reserve(1000);
    expect(moved.capacity() >= 1000 && moved.size() == 2, "reserve");
    moved.clear();
    moved.shrink_to_fit();
    expect(moved.empty(), "clear");
    moved.emplace_back(true);
    moved.pop_back();
    expect(std::erase(v, false) == 1 && v.empty(), "erase a value");
}

} // namespace

void test_bits()
{
    run_test("Bit vector", test_bool);
    run_test("Bit reference", test_references);
    run_test("Bit iterator", test_iterators);
    run_test("Bits like chars", test_same_as_chars);
    run_test("Vectors of bits", test_whole_vectors);
}
