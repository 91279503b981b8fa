// Each thread has exceptions of its own, and may hand one to another.
#include <atomic>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

static std::atomic<int> caught, foreign, left_over;

struct counted {
    static inline std::atomic<int> alive = 0;
    int owner;
    explicit counted(int n) : owner(n) { alive++; }
    counted(const counted &o) : owner(o.owner) { alive++; }
    ~counted() { alive--; }
};

__attribute__((noinline)) static void descend(int owner, int depth)
{
    counted guard(owner);
    if (depth == 0)
        throw counted(owner);
    descend(owner, depth - 1);
}

static void throw_and_catch(int owner)
{
    for (int i = 0; i < 500; i++) {
        try {
            try {
                descend(owner, i % 10);
            } catch (const counted &) {
                std::this_thread::yield(); // others throw meanwhile
                throw;
            }
        } catch (const counted &c) {
            (c.owner == owner ? caught : foreign)++;
        }
        left_over += std::uncaught_exceptions() + (std::current_exception() != nullptr);
    }
}

int main()
{
    constexpr int count = 4;
    {
        std::vector<std::jthread> threads;
        for (int n = 0; n < count; n++)
            threads.emplace_back(throw_and_catch, n);
    }
    std::printf("%d caught, %d of others, %d left over, %d alive\n", caught.load(), foreign.load(),
                left_over.load(), counted::alive.load());

    // One exception, thrown again in all threads at once.
    auto shared = std::make_exception_ptr(std::runtime_error("shared"));
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int n = 0; n < count; n++)
            threads.emplace_back([shared, &right] {
                for (int i = 0; i < 500; i++)
                    try {
                        std::rethrow_exception(shared);
                    } catch (const std::runtime_error &e) {
                        right += e.what() == std::string("shared");
                    }
            });
    }
    std::printf("%d thrown again\n", right.load());

    std::exception_ptr carried;
    std::thread([&] {
        try {
            throw counted(9);
        } catch (...) {
            carried = std::current_exception();
        }
    }).join();
    try {
        std::rethrow_exception(carried);
    } catch (const counted &c) {
        std::printf("carried from thread %d\n", c.owner);
    }
    carried = nullptr;
    std::printf("%d alive\n", counted::alive.load());
}
