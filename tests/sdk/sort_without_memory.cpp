// stable_sort and inplace_merge where there is no memory to be had, and where comparing throws:
// right all the same, and nothing is lost.
#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <iostream>
#include <new>
#include <vector>

static bool empty_heap;
static int held;

void *operator new(std::size_t n, std::align_val_t, const std::nothrow_t &) noexcept
{
    void *p = empty_heap ? nullptr : std::malloc(n);
    held += p != nullptr;
    return p;
}
void operator delete(void *p, std::align_val_t) noexcept
{
    held -= p != nullptr;
    std::free(p);
}

struct Counted {
    int key, order;
    static inline int alive;
    Counted(int key, int order) : key(key), order(order) { alive++; }
    Counted(const Counted &o) : key(o.key), order(o.order) { alive++; }
    Counted &operator=(const Counted &) = default;
    ~Counted() { alive--; }
};

static std::vector<Counted> numbers(int n)
{
    std::vector<Counted> v;
    for (int i = 0; i < n; i++)
        v.push_back({i * 7919 % 101, i});
    return v;
}

static bool by_key(const Counted &a, const Counted &b)
{
    return a.key < b.key;
}

static bool is_stable(const std::vector<Counted> &v)
{
    return std::is_sorted(v.begin(), v.end(), [](auto &a, auto &b) {
        return a.key != b.key ? a.key < b.key : a.order < b.order;
    });
}

int main()
{
    for (bool empty : {false, true}) {
        empty_heap = empty;
        for (int n : {0, 1, 2, 3, 17, 100, 1000}) {
            auto v = numbers(n);
            std::stable_sort(v.begin(), v.end(), by_key);
            assert(is_stable(v));
            v = numbers(n);
            auto middle = v.begin() + n / 3;
            std::stable_sort(v.begin(), middle, by_key);
            std::stable_sort(middle, v.end(), by_key);
            std::inplace_merge(v.begin(), middle, v.end(), by_key);
            assert(is_stable(v));
        }
        auto v = numbers(1000);
        int left = 3000;
        try {
            std::stable_sort(v.begin(), v.end(), [&](auto &a, auto &b) {
                if (left-- == 0)
                    throw 1;
                return a.key < b.key;
            });
            assert(!"thrown");
        } catch (int) {
            assert(Counted::alive == 1000);
        }
    }
    assert(held == 0 && Counted::alive == 0);
    std::cout << "sorted\n";
}
