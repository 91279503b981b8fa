#include <bits/at_thread_exit.h>
#include <future>

namespace std
{

namespace
{

class category final : public error_category
{
    const char *name() const noexcept override { return "future"; }
    string message(int value) const override
    {
        switch (future_errc(value)) {
        case future_errc::broken_promise:
            return "the promise was destroyed before it held a value";
        case future_errc::future_already_retrieved:
            return "the promise's future was retrieved already";
        case future_errc::promise_already_satisfied:
            return "the promise holds a value or an exception already";
        case future_errc::no_state:
            return "no shared state";
        }
        return "unknown error of a future";
    }
};

struct readiness final : __at_thread_exit {
    __state_ref<__future_state> state;

    explicit readiness(__future_state *s) : state((s->add(), s)) {}
    void run() noexcept override { state.get()->set_ready(); }
};

} // namespace

const error_category &future_category() noexcept
{
    static const category c;
    return c;
}

future_error::future_error(future_errc e)
    : logic_error(future_category().message(int(e))), reason(make_error_code(e))
{
}
future_error::~future_error() = default;

void __throw_future_error(future_errc e)
{
    throw future_error(e);
}

__future_state::~__future_state() = default;

void __future_state::retrieve()
{
    lock_guard<mutex> g(m);
    if (retrieved)
        __throw_future_error(future_errc::future_already_retrieved);
    retrieved = true;
}

void __future_state::check_unsatisfied()
{
    lock_guard<mutex> g(m);
    if (satisfied)
        __throw_future_error(future_errc::promise_already_satisfied);
}

void __future_state::make_ready(unique_lock<mutex> &) noexcept
{
    ready = true;
    changed.notify_all();
}

void __future_state::become_ready(unique_lock<mutex> &lock, bool at_thread_exit)
{
    satisfied = true;
    if (at_thread_exit)
        __add_at_thread_exit(new readiness(this));
    else
        make_ready(lock);
}

void __future_state::set_ready() noexcept
{
    unique_lock<mutex> lock(m);
    make_ready(lock);
}

void __future_state::set_exception(exception_ptr e, bool at_thread_exit)
{
    set([&] { failure = std::move(e); }, at_thread_exit);
}

void __future_state::abandon() noexcept
{
    unique_lock<mutex> lock(m);
    if (satisfied)
        return;
    satisfied = true;
    failure = make_exception_ptr(future_error(future_errc::broken_promise));
    make_ready(lock);
}

void __future_state::wait()
{
    run_deferred();
    unique_lock<mutex> lock(m);
    changed.wait(lock, [&] { return ready; });
}

void __future_state::wait_for_value()
{
    wait();
    if (failure)
        rethrow_exception(failure);
}

} // namespace std
