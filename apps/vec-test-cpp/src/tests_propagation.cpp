// Which allocator a vector has after assignment and swap: allocators say whether they go along.
#include "allocators.h"
#include "check.h"
#include "tests.h"
#include <string>
#include <utility>
#include <vector>

namespace
{

struct Propagation {
    using propagate_on_container_copy_assignment = std::true_type;
    using propagate_on_container_move_assignment = std::true_type;
    using propagate_on_container_swap = std::true_type;
};

template <class Traits>
using Strings = std::vector<std::string, TrackingAllocator<std::string, Traits>>;

template <class Traits>
Strings<Traits> strings(int id, std::size_t count)
{
    TrackingAllocator<std::string, Traits> allocator(id);
    return Strings<Traits>(count, std::string(30, 'x'), allocator);
}

void test_that_go_along()
{
    auto a = strings<Propagation>(1, 3), b = strings<Propagation>(2, 5);
    a = b;
    expect(a == b && a.get_allocator().id == 2, "with a copy");
    auto c = strings<Propagation>(3, 2);
    const std::string *data = c.data();
    a = std::move(c);
    expect(a.get_allocator().id == 3 && a.data() == data && a.size() == 2, "with a move");
    a.swap(b);
    expect(a.get_allocator().id == 2 && b.get_allocator().id == 3, "with a swap");
    expect(a.size() == 5 && b.size() == 2, "and so do the elements");
}

void test_that_stay()
{
    auto a = strings<NoPropagation>(1, 3), b = strings<NoPropagation>(2, 5);
    a = b;
    expect(a == b && a.get_allocator().id == 1, "after a copy");
    auto c = strings<NoPropagation>(3, 7);
    const std::string *data = c.data();
    a = std::move(c);
    expect(a.get_allocator().id == 1 && a.data() != data, "after a move");
    expect(a.size() == 7 && a.back() == std::string(30, 'x'), "the elements are moved one by one");
    auto d = strings<NoPropagation>(1, 2);
    data = d.data();
    a = std::move(d);
    expect(a.data() == data, "equal allocators let the memory go over");
    auto e = strings<NoPropagation>(1, 4);
    a.swap(e);
    expect(a.size() == 4 && e.size() == 2, "swap between equal ones");
}

void test_memory_goes_home()
{
    int blocks = Memory::blocks;
    {
        test_that_go_along();
        test_that_stay();
    }
    expect(Memory::blocks == blocks, "all memory is given back");
    expect(!Memory::mixed_up, "each allocator gets back its own");
}

} // namespace

void test_propagation()
{
    run_test("Allocator that goes along", test_that_go_along);
    run_test("Allocator that stays", test_that_stay);
    run_test("Memory of allocators", test_memory_goes_home);
}
