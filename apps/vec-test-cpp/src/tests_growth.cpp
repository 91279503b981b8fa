// When memory is taken, how much, and what happens to the elements.
#include "allocators.h"
#include "check.h"
#include "tests.h"
#include <list>
#include <vector>

namespace
{

using Vector = std::vector<int, TrackingAllocator<int>>;

int allocations_during(void (*action)())
{
    int before = Memory::allocations;
    action();
    return Memory::allocations - before;
}

void test_allocations()
{
    expect(allocations_during([] { Vector v; }) == 0, "an empty vector takes no memory");
    expect(allocations_during([] { Vector v(1000); }) == 1, "a vector of a size takes it at once");
    expect(allocations_during([] {
               std::list<int> list(1000);
               Vector v(list.begin(), list.end());
           }) == 1,
           "a range whose length is known, too");
    expect(allocations_during([] {
               Vector v;
               v.reserve(1000);
               for (int i = 0; i < 1000; i++)
                   v.push_back(i);
           }) == 1,
           "no more than what is reserved");
    expect(allocations_during([] {
               Vector v(10), w(20);
               w = v;
           }) == 2,
           "assignment uses the memory that is there");
    expect(allocations_during([] {
               Vector v(100);
               v.clear();
               v.assign(100, 1);
               v.resize(50);
               v.resize(100);
               v.erase(v.begin(), v.begin() + 50);
               v.insert(v.begin(), 50, 2);
           }) == 1,
           "and so does everything that fits");
}

void test_doubling()
{
    int count = allocations_during([] {
        Vector v;
        for (int i = 0; i < 1 << 20; i++)
            v.push_back(i);
    });
    expect(count <= 41, "a million elements one by one: at most 41 times more memory");
    Vector v;
    bool at_least_half = true;
    for (int i = 0; i < 10000; i++) {
        std::size_t before = v.capacity();
        v.push_back(i);
        if (v.capacity() != before)
            at_least_half = at_least_half && v.capacity() >= before + before / 2;
    }
    expect(at_least_half, "each time by at least a half");
    v.reserve(v.capacity() + 1);
    std::size_t reserved = v.capacity();
    expect(reserved >= 10001, "reserve beyond the capacity");
}

void test_shrinking()
{
    Vector v(1000);
    v.resize(10);
    expect(v.capacity() == 1000, "resize keeps the memory");
    v.shrink_to_fit();
    expect(v.capacity() == 10 && v.size() == 10, "shrink_to_fit gives back what is too much");
    v.clear();
    v.shrink_to_fit();
    expect(v.capacity() == 0, "and all of it if there is no element");
    Vector(std::move(v)).swap(v);
    expect(v.empty(), "an empty vector can be moved and swapped");
}

void test_nothing_is_lost()
{
    int blocks = Memory::blocks;
    Counted::living = 0;
    {
        std::vector<Counted, TrackingAllocator<Counted>> v;
        for (int i = 0; i < 300; i++) {
            v.insert(v.begin() + i / 2, i);
            if (i % 3 == 0)
                v.erase(v.begin() + i / 4);
            if (i % 50 == 0)
                v.shrink_to_fit();
        }
        expect(static_cast<int>(v.size()) == Counted::living, "each element lives once");
    }
    expect(Counted::living == 0, "all elements are destroyed");
    expect(Memory::blocks == blocks && !Memory::mixed_up, "all memory is given back");
}

} // namespace

void test_growth()
{
    run_test("Allocation count", test_allocations);
    run_test("Doubling", test_doubling);
    run_test("Shrinking", test_shrinking);
    run_test("Bookkeeping", test_nothing_is_lost);
}
