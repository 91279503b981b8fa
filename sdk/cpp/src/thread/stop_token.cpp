#include <bits/mutex.h>
#include <stop_token>

namespace std
{

namespace
{

// A lock that is one word of the state.
class guard
{
    int *word;

  public:
    explicit guard(int *w) : word(w) { lock(); }
    ~guard() { unlock(); }
    void lock()
    {
        while (__atomic_exchange_n(word, 1, __ATOMIC_ACQUIRE))
            sched_yield();
    }
    void unlock() { __atomic_store_n(word, 0, __ATOMIC_RELEASE); }
};

} // namespace

bool __stop_state::request_stop() noexcept
{
    guard g(&lock);
    if (requested)
        return false;
    __atomic_store_n(&requested, true, __ATOMIC_RELEASE);
    runner = pthread_self();
    while (auto *c = callbacks) {
        bool destroyed = false;
        callbacks = c->next;
        if (c->next)
            c->next->link = &callbacks;
        c->link = nullptr;
        c->destroyed = &destroyed;
        running = c;
        g.unlock();
        c->call(c);
        g.lock();
        if (!destroyed)
            c->destroyed = nullptr;
        running = nullptr;
    }
    return true;
}

bool __stop_state::insert(__stop_callback_base *c) noexcept
{
    guard g(&lock);
    if (requested)
        return false;
    c->next = callbacks;
    c->link = &callbacks;
    if (callbacks)
        callbacks->link = &c->next;
    callbacks = c;
    return true;
}

void __stop_state::remove(__stop_callback_base *c) noexcept
{
    guard g(&lock);
    if (c->link) {
        *c->link = c->next;
        if (c->next)
            c->next->link = c->link;
    } else if (running == c && runner == pthread_self()) {
        *c->destroyed = true;
    } else {
        while (running == c) {
            g.unlock();
            sched_yield();
            g.lock();
        }
    }
}

} // namespace std
