// What a promise and its futures share [futures.state]: a value or an exception, and who waits.
#pragma once

#include <bits/mutex.h>
#include <condition_variable>
#include <exception>
#include <system_error>

namespace std
{

enum class future_errc {
    broken_promise = 1,
    future_already_retrieved,
    promise_already_satisfied,
    no_state
};
enum class future_status { ready, timeout, deferred };

template <>
struct is_error_code_enum<future_errc> : true_type {
};
const error_category &future_category() noexcept;
inline error_code make_error_code(future_errc e) noexcept
{
    return error_code(int(e), future_category());
}
inline error_condition make_error_condition(future_errc e) noexcept
{
    return error_condition(int(e), future_category());
}

class future_error : public logic_error
{
    error_code reason;

  public:
    explicit future_error(future_errc e);
    ~future_error() override;
    const error_code &code() const noexcept { return reason; }
};
[[noreturn]] void __throw_future_error(future_errc e);

class __future_state
{
    int references = 1; // atomic
    bool retrieved = false, satisfied = false, ready = false;
    exception_ptr failure;

  protected:
    mutex m; // of all fields
    condition_variable changed;

    virtual ~__future_state();
    void make_ready(unique_lock<mutex> &lock) noexcept;

  public:
    void add() noexcept { __atomic_fetch_add(&references, 1, __ATOMIC_RELAXED); }
    void drop() noexcept
    {
        if (__atomic_sub_fetch(&references, 1, __ATOMIC_ACQ_REL) == 0)
            delete this;
    }
    // Each may happen once.
    void retrieve();
    void check_unsatisfied();

    // store() keeps the value; ready at once, or when the calling thread has ended.
    template <class Store>
    void set(Store store, bool at_thread_exit)
    {
        check_unsatisfied();
        unique_lock<mutex> lock(m);
        store();
        become_ready(lock, at_thread_exit);
    }
    void set_exception(exception_ptr e, bool at_thread_exit);
    void become_ready(unique_lock<mutex> &lock, bool at_thread_exit);
    void set_ready() noexcept;
    // The promise goes: whoever waits gets broken_promise.
    void abandon() noexcept;

    // async: what has to be done before the value is there, by the first who waits.
    virtual bool is_deferred() noexcept { return false; }
    virtual void run_deferred() {}

    bool is_ready() noexcept
    {
        lock_guard<mutex> g(m);
        return ready;
    }
    void wait();
    // Waits, and throws what was stored as an exception.
    void wait_for_value();
    template <class Clock, class D>
    future_status wait_until(const chrono::time_point<Clock, D> &t)
    {
        if (is_deferred())
            return future_status::deferred;
        unique_lock<mutex> lock(m);
        return changed.wait_until(lock, t, [&] { return ready; }) ? future_status::ready
                                                                  : future_status::timeout;
    }
};

// A reference to a state.
template <class State>
class __state_ref
{
    State *s = nullptr;

  public:
    __state_ref() noexcept = default;
    explicit __state_ref(State *adopted) noexcept : s(adopted) {}
    __state_ref(const __state_ref &o) noexcept : s(o.s)
    {
        if (s)
            s->add();
    }
    __state_ref(__state_ref &&o) noexcept : s(o.s) { o.s = nullptr; }
    __state_ref &operator=(__state_ref o) noexcept
    {
        swap(o);
        return *this;
    }
    ~__state_ref()
    {
        if (s)
            s->drop();
    }
    void swap(__state_ref &o) noexcept
    {
        State *t = s;
        s = o.s;
        o.s = t;
    }
    explicit operator bool() const noexcept { return s != nullptr; }
    State *get() const noexcept { return s; }
    State *operator->() const
    {
        if (!s)
            __throw_future_error(future_errc::no_state);
        return s;
    }
};

template <class R>
class __future_value : public __future_state
{
    union {
        R value;
    };
    bool full = false;

  public:
    __future_value() {}
    ~__future_value() override
    {
        if (full)
            value.~R();
    }
    template <class V>
    void store(V &&v)
    {
        ::new (static_cast<void *>(__builtin_addressof(value))) R(std::forward<V>(v));
        full = true;
    }
    R &get()
    {
        wait_for_value();
        return value;
    }
};
template <class R>
class __future_value<R &> : public __future_state
{
    R *value = nullptr;

  public:
    void store(R &v) { value = __builtin_addressof(v); }
    R &get()
    {
        wait_for_value();
        return *value;
    }
};
template <>
class __future_value<void> : public __future_state
{
  public:
    void store() {}
    void get() { wait_for_value(); }
};

} // namespace std
