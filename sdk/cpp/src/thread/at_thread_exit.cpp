// A key's destructor: those run after thread_local objects are gone.
#include <bits/at_thread_exit.h>
#include <bits/mutex.h>
#include <condition_variable>
#include <pthread.h>

namespace std
{

__at_thread_exit::~__at_thread_exit() = default;

static void run_all(void *first)
{
    auto *action = static_cast<__at_thread_exit *>(first);
    while (action) {
        auto *next = action->next;
        action->run();
        delete action;
        action = next;
    }
}

static pthread_key_t make_key()
{
    pthread_key_t key;
    if (int error = pthread_key_create(&key, run_all))
        __throw_system_error(error);
    return key;
}

void __add_at_thread_exit(__at_thread_exit *action)
{
    static const pthread_key_t key = make_key();
    action->next = static_cast<__at_thread_exit *>(pthread_getspecific(key));
    pthread_setspecific(key, action);
}

namespace
{

struct notification final : __at_thread_exit {
    condition_variable &c;
    unique_lock<mutex> lock;

    notification(condition_variable &v, unique_lock<mutex> l) : c(v), lock(std::move(l)) {}
    void run() noexcept override
    {
        lock.unlock();
        c.notify_all();
    }
};

} // namespace

void notify_all_at_thread_exit(condition_variable &c, unique_lock<mutex> lock)
{
    __add_at_thread_exit(new notification(c, std::move(lock)));
}

} // namespace std
