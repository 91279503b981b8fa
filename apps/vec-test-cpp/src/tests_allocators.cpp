// What is asked of an allocator.
#include "allocators.h"
#include "check.h"
#include "tests.h"
#include <cstddef>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace
{

// No more than ten elements.
template <class T>
struct SmallAllocator {
    using value_type = T;
    SmallAllocator() = default;
    template <class U>
    SmallAllocator(const SmallAllocator<U> &)
    {
    }
    T *allocate(std::size_t n)
    {
        if (n > 10)
            throw std::bad_alloc();
        return std::allocator<T>().allocate(n);
    }
    void deallocate(T *p, std::size_t n) { std::allocator<T>().deallocate(p, n); }
    std::size_t max_size() const { return 10; }
    bool operator==(const SmallAllocator &) const = default;
};

// Makes and destroys elements itself.
template <class T>
struct MakingAllocator {
    using value_type = T;
    MakingAllocator() = default;
    template <class U>
    MakingAllocator(const MakingAllocator<U> &)
    {
    }
    T *allocate(std::size_t n) { return std::allocator<T>().allocate(n); }
    void deallocate(T *p, std::size_t n) { std::allocator<T>().deallocate(p, n); }
    template <class U, class... Args>
    void construct(U *p, Args &&...args)
    {
        made++;
        ::new (static_cast<void *>(p)) U(std::forward<Args>(args)...);
    }
    template <class U>
    void destroy(U *p)
    {
        destroyed++;
        p->~U();
    }
    MakingAllocator select_on_container_copy_construction() const
    {
        selected++;
        return *this;
    }
    bool operator==(const MakingAllocator &) const = default;
    static inline int made = 0, destroyed = 0, selected = 0;
};

void test_limits()
{
    std::vector<int, SmallAllocator<int>> v;
    expect(v.max_size() == 10, "max_size is the allocator's");
    for (int i = 0; i < 10; i++)
        v.push_back(i);
    expect(v.size() == 10 && v.capacity() == 10, "up to it all is well");
    expect(throws<std::length_error>([&] { v.push_back(10); }), "one more does not go");
    expect(throws<std::length_error>([&] { v.insert(v.begin(), 10); }), "nor in between");
    expect(v.size() == 10 && v.front() == 0 && v.back() == 9, "the elements are still there");
}

void test_construct()
{
    using Vector = std::vector<std::string, MakingAllocator<std::string>>;
    using A = MakingAllocator<std::string>;
    {
        Vector v(3);
        v.push_back("x");
        v.emplace(v.begin(), "y");
        v.resize(10, "z");
        Vector copy = v;
        copy.insert(copy.begin() + 1, 4, "w");
        copy.assign(2, "v");
        copy.erase(copy.begin());
        copy = v;
        expect(A::selected == 1, "a copy asks which allocator it gets");
        expect(A::made - A::destroyed == 20, "elements are made and destroyed by the allocator");
    }
    expect(A::made == A::destroyed, "all of them");
}

void test_failures()
{
    using Vector = std::vector<int, TrackingAllocator<int>>;
    Vector v = {1, 2, 3};
    v.shrink_to_fit();
    int blocks = Memory::blocks;
    Memory::until_failure = 0;
    expect(throws<std::bad_alloc>([&] { v.push_back(4); }), "push_back without memory");
    expect(throws<std::bad_alloc>([&] { v.insert(v.begin(), 4); }), "insert without memory");
    expect(throws<std::bad_alloc>([&] { v.assign(10, 4); }), "assign without memory");
    expect(throws<std::bad_alloc>([&] { v.reserve(10); }), "reserve without memory");
    expect(throws<std::bad_alloc>([&] { v.resize(10); }), "resize without memory");
    expect(throws<std::bad_alloc>([&] { Vector copy = v; }), "a copy without memory");
    expect(throws<std::bad_alloc>([] { Vector made(10); }), "a vector without memory");
    Vector moved = std::move(v);
    expect(moved.size() <= 3, "a move needs none");
    Memory::until_failure = -1;
    expect(Memory::blocks == blocks && !Memory::mixed_up, "no memory is lost");
}

} // namespace

void test_allocators()
{
    run_test("Allocator limit", test_limits);
    run_test("Allocator construct", test_construct);
    run_test("Allocator failure", test_failures);
}
