// <mutex>, <shared_mutex>, <condition_variable>, <semaphore>, <stop_token>.
#include "tests/sdk_threads/check.h"
#include <condition_variable>
#include <deque>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <system_error>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

template <class F>
static int error_of(F f)
{
    try {
        f();
    } catch (const std::system_error &e) {
        return e.code().value();
    }
    return 0;
}

template <class F>
static void elsewhere(F f)
{
    std::jthread t(f);
}

static void mutexes()
{
    std::mutex m;
    std::recursive_mutex r;
    std::timed_mutex t;
    {
        std::unique_lock l(m);
        CHECK(l.owns_lock() && l.mutex() == &m);
        CHECK(error_of([&] { l.lock(); }) == EDEADLK);
        elsewhere([&] { CHECK(!m.try_lock()); });
        std::unique_lock moved(std::move(l));
        CHECK(!l && moved && error_of([&] { l.lock(); }) == EPERM);
        moved.unlock();
        CHECK(error_of([&] { moved.unlock(); }) == EPERM);
        std::unique_lock deferred(m, std::defer_lock);
        CHECK(!deferred && deferred.try_lock());
        swap(deferred, moved);
        CHECK(moved && !deferred);
    }
    {
        std::lock_guard a(r), b(r);
        elsewhere([&] { CHECK(!r.try_lock()); });
    }
    elsewhere([&] { CHECK((std::unique_lock(r, std::try_to_lock))); });
    {
        std::scoped_lock both(m, t);
        elsewhere([&] {
            auto begin = std::chrono::steady_clock::now();
            CHECK(!t.try_lock_for(20ms));
            CHECK(std::chrono::steady_clock::now() - begin >= 20ms);
            CHECK(!t.try_lock_until(std::chrono::system_clock::now() - 1h));
            CHECK(std::try_lock(r, m, t) == 1 && r.try_lock());
            r.unlock();
            r.unlock();
        });
    }
    CHECK(t.try_lock_for(std::chrono::hours::max()));
    t.unlock();
    std::vector<std::jthread> all;
    int n = 0;
    for (int i = 0; i < 6; i++)
        all.emplace_back([&, i] {
            for (int k = 0; k < 1000; k++) {
                if (i % 2) {
                    std::scoped_lock l(m, r, t);
                    n++;
                } else {
                    std::scoped_lock l(t, m, r);
                    n++;
                }
            }
        });
    all.clear();
    CHECK(n == 6000);
    puts("mutexes");
}

static void once()
{
    std::once_flag flag;
    int tries = 0, done = 0;
    std::vector<std::jthread> all;
    for (int i = 0; i < 6; i++)
        all.emplace_back([&] {
            try {
                std::call_once(
                    flag,
                    [&](int step) {
                        std::this_thread::sleep_for(2ms);
                        if (++tries < 3)
                            throw 1;
                        done += step;
                    },
                    5);
            } catch (int) {
            }
        });
    all.clear();
    CHECK(tries == 3 && done == 5);
    puts("once");
}

static void shared()
{
    std::shared_timed_mutex m;
    {
        std::shared_lock a(m), b(m);
        elsewhere([&] {
            CHECK(!m.try_lock() && !m.try_lock_for(10ms) && m.try_lock_shared());
            m.unlock_shared();
        });
    }
    std::unique_lock w(m);
    elsewhere([&] { CHECK(!m.try_lock_shared() && !(std::shared_lock(m, 10ms))); });
    puts("shared");
}

static void conditions()
{
    std::mutex m;
    std::condition_variable c;
    std::deque<int> queue;
    long sum = 0;
    std::vector<std::jthread> all;
    for (int i = 0; i < 4; i++)
        all.emplace_back([&] {
            for (;;) {
                std::unique_lock l(m);
                c.wait(l, [&] { return !queue.empty(); });
                int n = queue.front();
                queue.pop_front();
                if (n == 0)
                    return;
                sum += n;
            }
        });
    for (int i = 1; i <= 5000; i++) {
        std::lock_guard g(m);
        queue.push_back(i);
        c.notify_one();
    }
    {
        std::lock_guard g(m);
        queue.insert(queue.end(), 4, 0);
    }
    c.notify_all();
    all.clear();
    CHECK(sum == 5000l * 5001 / 2);
    std::unique_lock l(m);
    CHECK(c.wait_for(l, 10ms) == std::cv_status::timeout);
    CHECK(!c.wait_until(l, std::chrono::steady_clock::now() + 10ms, [] { return false; }));
    CHECK(c.wait_for(l, 1h, [] { return true; }));
    std::jthread ends([&] { std::notify_all_at_thread_exit(c, std::unique_lock(m)); });
    c.wait(l);
    puts("conditions");
}

static void semaphores()
{
    std::counting_semaphore<10> s(3);
    std::binary_semaphore done(0);
    CHECK(s.try_acquire() && s.try_acquire() && s.try_acquire() && !s.try_acquire());
    CHECK(!s.try_acquire_for(10ms));
    std::jthread t([&] {
        for (int i = 0; i < 5; i++)
            s.acquire();
        done.release();
    });
    s.release(2);
    s.release(3);
    CHECK(done.try_acquire_for(10s));
    puts("semaphores");
}

static void stopping()
{
    std::stop_source source;
    std::stop_token token = source.get_token();
    std::vector<int> order;
    std::stop_callback first(token, [&] { order.push_back(1); });
    {
        std::stop_callback gone(token, [&] { order.push_back(99); });
    }
    CHECK(token.stop_possible() && !token.stop_requested());
    CHECK(source.request_stop() && !source.request_stop() && token.stop_requested());
    std::stop_callback late(token, [&] { order.push_back(2); });
    CHECK((order == std::vector{1, 2}));
    CHECK(!std::stop_token().stop_possible());

    std::mutex m;
    std::condition_variable_any c;
    int loops = 0;
    std::jthread looping([&](std::stop_token t) {
        while (!t.stop_requested()) {
            loops++;
            std::this_thread::sleep_for(1ms);
        }
    });
    std::jthread waiting([&](std::stop_token t) {
        std::unique_lock l(m);
        CHECK(!c.wait(l, t, [] { return false; }));
        CHECK(l.owns_lock());
    });
    std::this_thread::sleep_for(10ms);
    waiting.request_stop();
    waiting.join();
    looping = std::jthread();
    CHECK(loops > 0);
    std::unique_lock l(m);
    CHECK(!c.wait_for(l, std::stop_token(), 5ms, [] { return false; }));
    puts("stopping");
}

int main()
{
    mutexes();
    once();
    shared();
    conditions();
    semaphores();
    stopping();
}
