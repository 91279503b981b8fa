// Memory resources and the containers over them; scoped allocators.
#include <cstdint>
#include <iostream>
#include <list>
#include <map>
#include <memory_resource>
#include <random>
#include <scoped_allocator>
#include <string>
#include <vector>

static int failures = 0;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::cout << "failed, line " << __LINE__ << ": " #condition "\n";                      \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

// Counts what it has given and checks what comes back.
class counting : public std::pmr::memory_resource
{
    std::map<void *, std::pair<std::size_t, std::size_t>> given;

  public:
    int calls = 0;
    std::size_t blocks() const { return given.size(); }

  private:
    void *do_allocate(std::size_t n, std::size_t alignment) override
    {
        calls++;
        void *p = std::pmr::new_delete_resource()->allocate(n, alignment);
        given[p] = {n, alignment};
        return p;
    }
    void do_deallocate(void *p, std::size_t n, std::size_t alignment) override
    {
        auto i = given.find(p);
        CHECK(i != given.end() && i->second == std::make_pair(n, alignment));
        given.erase(i);
        std::pmr::new_delete_resource()->deallocate(p, n, alignment);
    }
    bool do_is_equal(const memory_resource &o) const noexcept override { return this == &o; }
};

static void monotonic()
{
    counting heap;
    char buffer[256];
    {
        std::pmr::monotonic_buffer_resource r(buffer, sizeof buffer, &heap);
        void *a = r.allocate(10, 1), *b = r.allocate(8, 64);
        CHECK(a == buffer && reinterpret_cast<std::uintptr_t>(b) % 64 == 0 && heap.calls == 0);
        r.deallocate(a, 10, 1); // keeps it
        CHECK(r.allocate(10, 1) != a);
        for (int i = 0; i < 1000; i++)
            CHECK(r.allocate(16));
        CHECK(heap.calls > 0 && heap.calls < 12);
        CHECK(r.allocate(100000) && r.allocate(1));
        r.release();
        CHECK(heap.blocks() == 0 && r.allocate(10, 1) == buffer);
        std::pmr::vector<std::pmr::string> v(&r);
        v.emplace_back("a string that is too long to be stored in the object itself");
        CHECK(v[0].get_allocator().resource() == &r);
    }
    CHECK(heap.blocks() == 0);
    std::pmr::monotonic_buffer_resource small(buffer, 16, std::pmr::null_memory_resource());
    CHECK(small.allocate(16, 1));
    try {
        CHECK(!small.allocate(1, 1));
    } catch (const std::bad_alloc &) {
    }
}

static void pools()
{
    counting heap;
    {
        std::pmr::unsynchronized_pool_resource r({64, 1024}, &heap);
        CHECK(r.options().largest_required_pool_block == 1024);
        void *a = r.allocate(100);
        r.deallocate(a, 100);
        CHECK(r.allocate(128) == a); // the same pool
        std::mt19937 g;
        struct piece {
            unsigned char *p;
            std::size_t n, alignment;
            unsigned char mark;
        };
        std::vector<piece> live;
        for (int i = 0; i < 20000; i++) {
            if (live.size() < 100 || g() % 2) {
                std::size_t n = 1 + g() % (g() % 50 ? 300 : 5000), alignment = std::size_t(1)
                                                                               << g() % 8;
                auto *p = static_cast<unsigned char *>(r.allocate(n, alignment));
                CHECK(reinterpret_cast<std::uintptr_t>(p) % alignment == 0);
                unsigned char mark = (unsigned char)i;
                std::fill(p, p + n, mark);
                live.push_back({p, n, alignment, mark});
            } else {
                std::size_t which = g() % live.size();
                piece x = live[which];
                CHECK(std::count(x.p, x.p + x.n, x.mark) == std::ptrdiff_t(x.n));
                r.deallocate(x.p, x.n, x.alignment);
                live[which] = live.back();
                live.pop_back();
            }
        }
        std::pmr::map<int, std::pmr::list<int>> m(&r);
        m[1].push_back(2);
        CHECK(m.get_allocator().resource() == &r && m[1].front() == 2);
    }
    CHECK(heap.blocks() == 0);
}

static void allocators()
{
    counting heap;
    std::pmr::polymorphic_allocator<> a(&heap), b;
    CHECK(a != b && b.resource() == std::pmr::get_default_resource());
    auto *s =
        a.new_object<std::pmr::string>("text of an object that an allocator makes and destroys");
    CHECK(s->get_allocator() == a && heap.blocks() == 2);
    a.delete_object(s);
    CHECK(heap.blocks() == 0);
    auto *old = std::pmr::set_default_resource(&heap);
    CHECK(old == std::pmr::new_delete_resource());
    {
        std::pmr::vector<int> v(10), w(v, &heap);
        CHECK(heap.blocks() == 2);
        std::pmr::vector<int> copy = v; // of the default resource, whatever v's is
        CHECK(copy.get_allocator().resource() == &heap);
    }
    std::pmr::set_default_resource(nullptr);
    CHECK(std::pmr::get_default_resource() == std::pmr::new_delete_resource());
}

// An allocator that has a name.
template <class T>
struct named {
    using value_type = T;
    int name = 0;
    named() = default;
    explicit named(int n) : name(n) {}
    template <class U>
    named(const named<U> &o) : name(o.name)
    {
    }
    T *allocate(std::size_t n) { return std::allocator<T>().allocate(n); }
    void deallocate(T *p, std::size_t n) { std::allocator<T>().deallocate(p, n); }
    bool operator==(const named &o) const { return name == o.name; }
};

static void scoped()
{
    using inner = std::vector<int, named<int>>;
    std::vector<inner, std::scoped_allocator_adaptor<named<inner>, named<int>>> v(
        {named<inner>(1), named<int>(2)});
    v.emplace_back(3);
    v.push_back(inner());
    CHECK(v.get_allocator().name == 1 && v[0].get_allocator().name == 2 && v[0].size() == 3);
    CHECK(v[1].get_allocator().name == 2);
    std::vector<inner, std::scoped_allocator_adaptor<named<inner>>> one{named<inner>(7)};
    one.resize(1);
    CHECK(one[0].get_allocator().name == 7);
}

int main()
{
    monotonic();
    pools();
    allocators();
    scoped();
    std::cout << failures << " failures\n";
}
