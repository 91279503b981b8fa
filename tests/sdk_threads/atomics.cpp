// <atomic> under contention: every kind of type, atomic_ref, flags, waiting, static objects, and
// shared_ptr's counts.
#include "tests/sdk_threads/check.h"
#include <atomic>
#include <barrier>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

constexpr int THREADS = 8, ROUNDS = 5000;

template <class F>
static void in_threads(F f)
{
    std::vector<std::jthread> all;
    for (int i = 0; i < THREADS; i++)
        all.emplace_back(f, i);
}

struct pair {
    int a, b;
    bool operator==(const pair &) const = default;
};
struct big {
    long long a, b, c;
};

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<pair>::is_always_lock_free);
static_assert(!std::atomic<big>::is_always_lock_free);
static_assert(sizeof(std::atomic<pair>) == 8 && alignof(std::atomic<pair>) == 8);

static void numbers()
{
    std::atomic<int> i = 0;
    std::atomic<unsigned char> c = 0;
    std::atomic<long long> l = 0;
    std::atomic<double> d = 0;
    std::atomic<bool> spin = false;
    std::atomic_flag flag;
    static int array[ROUNDS * THREADS + 1];
    std::atomic<int *> p = array;
    int plain = 0, guarded = 0, flagged = 0;
    in_threads([&](int) {
        for (int k = 0; k < ROUNDS; k++) {
            i++;
            c += 3;
            l.fetch_sub(1ll << 33);
            d += 0.25;
            ++p;
            std::atomic_ref(plain).fetch_add(2);
            while (spin.exchange(true, std::memory_order_acquire))
                std::this_thread::yield();
            guarded++;
            spin.store(false, std::memory_order_release);
            while (flag.test_and_set())
                flag.wait(true);
            flagged++;
            flag.clear();
            flag.notify_one();
        }
    });
    constexpr int ALL = THREADS * ROUNDS;
    CHECK(i == ALL && c == (unsigned char)(3 * ALL) && l == -(ALL * (1ll << 33)));
    CHECK(d == ALL * 0.25 && p == array + ALL && plain == 2 * ALL);
    CHECK(guarded == ALL && flagged == ALL);
    i = 12;
    CHECK(i.fetch_and(10) == 12 && i == 8 && (i |= 3) == 11 && (i ^= 1) == 10);
    int expected = 5;
    CHECK(!i.compare_exchange_strong(expected, 1) && expected == 10);
    CHECK(i.compare_exchange_strong(expected, 1) && i.exchange(2) == 1);
    puts("numbers");
}

static void structures()
{
    std::atomic<pair> p{{0, 0}};
    std::atomic<big> b{{0, 0, 0}};
    in_threads([&](int) {
        for (int k = 0; k < ROUNDS; k++) {
            pair old = p.load();
            do
                CHECK(old.a == -old.b);
            while (!p.compare_exchange_weak(old, {old.a + 1, old.b - 1}));
            big seen = b.load(), next;
            do {
                CHECK(seen.b == seen.a + 1000 * (seen.a != 0) && seen.c == -seen.a);
                next = {seen.a + 1, seen.a + 1001, -seen.a - 1};
            } while (!b.compare_exchange_strong(seen, next));
        }
    });
    CHECK((p.load() == pair{THREADS * ROUNDS, -THREADS * ROUNDS}));
    CHECK(b.load().a == THREADS * ROUNDS);
    puts("structures");
}

template <class T>
static void ping_pong()
{
    std::atomic<T> ball = T(0);
    std::jthread other([&] {
        for (int k = 0; k < 500; k++) {
            ball.wait(T(0));
            ball = T(0);
            ball.notify_one();
        }
    });
    for (int k = 0; k < 500; k++) {
        ball = T(1);
        ball.notify_all();
        ball.wait(T(1));
    }
}

static void waiting()
{
    ping_pong<int>();
    ping_pong<char>();
    ping_pong<long long>();
    ping_pong<double>();
    puts("waiting");
}

static std::atomic<int> made, destroyed;

struct slow {
    slow()
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        made++;
    }
    ~slow() { destroyed++; }
};

static slow &only_one()
{
    static slow one;
    return one;
}

static void statics_and_pointers()
{
    std::latch together(THREADS);
    in_threads([&](int) {
        together.arrive_and_wait();
        only_one();
        CHECK(made == 1);
    });
    int before = destroyed;
    {
        auto shared = std::make_shared<slow>();
        std::weak_ptr<slow> weak = shared;
        in_threads([&](int) {
            for (int k = 0; k < ROUNDS; k++) {
                auto copy = shared;
                if (auto locked = weak.lock())
                    CHECK(locked == copy);
            }
        });
        CHECK(shared.use_count() == 1);
        std::jthread last([mine = std::move(shared)] {});
        while (auto locked = weak.lock())
            std::this_thread::yield();
    }
    CHECK(destroyed == before + 1);
    puts("statics and pointers");
}

static void barriers()
{
    int phases = 0, arrived[THREADS] = {};
    std::barrier b(THREADS, [&]() noexcept {
        phases++;
        for (int n : arrived)
            CHECK(n == 0 || n >= phases);
    });
    in_threads([&](int i) {
        for (int k = 0; k < 100 + i; k++) {
            arrived[i] = k + 1;
            b.arrive_and_wait();
        }
        arrived[i] = 0;
        b.arrive_and_drop();
    });
    CHECK(phases == 100 + THREADS);
    puts("barriers");
}

int main()
{
    numbers();
    structures();
    waiting();
    statics_and_pointers();
    barriers();
}
