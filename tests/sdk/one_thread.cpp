// Atomic objects, locks and futures in a program that is built without threads.
#include <atomic>
#include <condition_variable>
#include <future>
#include <iostream>
#include <mutex>
#include <pthread.h>
#include <shared_mutex>
#include <system_error>
#include <thread>

using namespace std::chrono_literals;

struct triple {
    long a, b, c;
};

static int &counter()
{
    static std::atomic<int> calls = 0;
    static int value = 40;
    calls++;
    return ++value, value;
}

int main()
{
    std::atomic<int> n = 1;
    std::atomic<triple> t{{1, 2, 3}};
    t = triple{4, 5, n.load()};
    n.wait(2);
    n.notify_all();
    std::cout << n++ << ' ' << n.exchange(9) << ' ' << n << ' ' << t.load().a << ' ' << t.load().c
              << '\n';

    std::mutex m;
    std::recursive_timed_mutex r;
    std::shared_mutex s;
    std::scoped_lock all(m, r, s);
    std::cout << m.try_lock() << r.try_lock_for(1ms) << s.try_lock_shared() << '\n';
    r.unlock();

    std::timed_mutex taken;
    taken.lock();
    std::cout << taken.try_lock_for(5ms);
    std::mutex other;
    std::unique_lock l(other);
    std::condition_variable c;
    std::cout << (c.wait_for(l, 5ms) == std::cv_status::timeout) << '\n';

    try {
        std::thread([] {}).join();
    } catch (const std::system_error &e) {
        std::cout << "no thread: " << (e.code() == std::errc::resource_unavailable_try_again)
                  << '\n';
    }
    auto lazy = std::async([] { return 6 * 7; });
    std::cout << lazy.get() << ' ' << counter() << ' ' << counter() << '\n';

    pthread_once_t once = PTHREAD_ONCE_INIT;
    for (int i = 0; i < 2; i++)
        pthread_once(&once, [] { std::cout << "once\n"; });
    static thread_local struct last {
        ~last() { std::cout << "destroyed\n"; }
    } object;
    (void)object;
}
