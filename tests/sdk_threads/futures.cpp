// <thread>, <future>, thread_local objects, and exceptions of many threads at once.
#include "tests/sdk_threads/check.h"
#include <algorithm>
#include <atomic>
#include <future>
#include <iostream>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

// ---- threads ----

static std::atomic<int> alive;

struct counted {
    counted() { alive++; }
    counted(const counted &) { alive++; }
    ~counted() { alive--; }
};

struct member {
    int n = 0;
    void add(int a, int &to) { to = n += a; }
};

static void threads()
{
    member object;
    int out = 0;
    std::thread t(&member::add, &object, 5, std::ref(out));
    CHECK(t.joinable() && t.get_id() != std::this_thread::get_id() &&
          t.get_id() != std::thread::id());
    t.join();
    CHECK(out == 5 && !t.joinable());
    std::unique_ptr<int> only(new int(7));
    std::thread moves([](std::unique_ptr<int> p) { CHECK(*p == 7); }, std::move(only));
    t = std::move(moves);
    t.join();
    {
        counted argument;
        std::thread([](counted) {}, argument).join();
    }
    CHECK(alive == 0);
    std::promise<void> detached;
    std::thread([&] { detached.set_value_at_thread_exit(); }).detach();
    detached.get_future().wait();
    try {
        std::thread().join();
        CHECK(false);
    } catch (const std::system_error &) {
    }
    CHECK(std::thread::hardware_concurrency() >= 1);
    puts("threads");
}

// ---- thread_local ----

static std::atomic<int> constructed, destructed;

struct local {
    int n = 1;
    local() { constructed++; }
    ~local()
    {
        destructed++;
        CHECK(n > 0);
    }
};
static thread_local local mine;
static thread_local std::string text = "initial";

static void storage()
{
    for (int i = 0; i < 20; i++)
        std::thread([i] {
            CHECK(text == "initial" && mine.n == 1);
            text += std::to_string(i) + std::string(1000, 'x');
            mine.n = i + 1;
        }).join();
    CHECK(constructed == 20 && destructed == 20 && text == "initial");
    puts("storage");
}

// ---- futures ----

static void futures()
{
    std::promise<std::string> p;
    std::future<std::string> f = p.get_future();
    CHECK(f.wait_for(5ms) == std::future_status::timeout);
    std::jthread sets([&] { p.set_value("value"); });
    CHECK(f.get() == "value" && !f.valid());
    try {
        p.set_value("again");
        CHECK(false);
    } catch (const std::future_error &e) {
        CHECK(e.code() == std::future_errc::promise_already_satisfied);
    }
    std::future<int> broken;
    {
        std::promise<int> gone;
        broken = gone.get_future();
    }
    try {
        broken.get();
        CHECK(false);
    } catch (const std::future_error &e) {
        CHECK(e.code() == std::future_errc::broken_promise);
    }
    int x = 1;
    std::promise<int &> refers;
    refers.set_value(x);
    refers.get_future().get() = 2;
    CHECK(x == 2);
    std::promise<int> many;
    std::shared_future<int> shared = many.get_future().share();
    std::vector<std::jthread> all;
    std::atomic<int> sum = 0;
    for (int i = 0; i < 5; i++)
        all.emplace_back([shared, &sum] { sum += shared.get(); });
    many.set_value(3);
    all.clear();
    CHECK(sum == 15);
    puts("futures");
}

static void tasks()
{
    std::packaged_task<int(int, int)> t([](int a, int b) { return a / b; });
    auto f = t.get_future();
    std::thread(std::move(t), 12, 4).join();
    CHECK(f.get() == 3);
    std::packaged_task<void()> throws([] { throw std::runtime_error("from a task"); });
    auto g = throws.get_future();
    throws();
    try {
        g.get();
        CHECK(false);
    } catch (const std::runtime_error &e) {
        CHECK(e.what() == std::string("from a task"));
    }
    throws.reset();
    CHECK(throws.get_future().wait_for(0s) == std::future_status::timeout);
    puts("tasks");
}

static int parallel_sum(const int *begin, const int *end)
{
    if (end - begin < 2000)
        return std::accumulate(begin, end, 0);
    const int *middle = begin + (end - begin) / 2;
    auto right = std::async(std::launch::async, parallel_sum, middle, end);
    int left = parallel_sum(begin, middle);
    return left + right.get();
}

static void async()
{
    std::vector<int> v(20000, 1);
    CHECK(parallel_sum(v.data(), v.data() + v.size()) == 20000);
    auto id = std::this_thread::get_id();
    auto lazy = std::async(std::launch::deferred, [] { return std::this_thread::get_id(); });
    CHECK(lazy.wait_for(1h) == std::future_status::deferred && lazy.get() == id);
    auto eager = std::async(std::launch::async, [] { return std::this_thread::get_id(); });
    CHECK(eager.get() != id);
    auto fails = std::async([]() -> int { throw 42; });
    try {
        fails.get();
        CHECK(false);
    } catch (int n) {
        CHECK(n == 42);
    }
    std::atomic<bool> ran = false;
    {
        auto joins = std::async(std::launch::async, [&] {
            std::this_thread::sleep_for(10ms);
            ran = true;
        });
    }
    CHECK(ran);
    puts("async");
}

// ---- exceptions ----

static int throws_deep(int n, int value)
{
    counted object;
    if (n == 0)
        throw std::out_of_range(std::to_string(value));
    return throws_deep(n - 1, value) + 1;
}

static void exceptions()
{
    std::vector<std::jthread> all;
    for (int i = 0; i < 8; i++)
        all.emplace_back([i] {
            for (int k = 0; k < 300; k++) {
                try {
                    throws_deep(k % 20, i * 1000 + k);
                    CHECK(false);
                } catch (const std::logic_error &e) {
                    CHECK(std::uncaught_exceptions() == 0);
                    CHECK(e.what() == std::to_string(i * 1000 + k));
                    try {
                        throw i;
                    } catch (int n) {
                        CHECK(n == i);
                    }
                }
            }
        });
    all.clear();
    CHECK(alive == 0);
    // an exit from a thread destroys what its functions have
    std::thread([] {
        try {
            counted object;
            pthread_exit(nullptr);
        } catch (...) {
            CHECK(false);
        }
    }).join();
    CHECK(alive == 0);
    puts("exceptions");
}

int main()
{
    threads();
    storage();
    futures();
    tasks();
    async();
    exceptions();
}
