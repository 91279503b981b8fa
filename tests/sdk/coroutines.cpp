// Coroutines: a generator, a task that awaits another, exceptions, handles.
#include <coroutine>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>

static int frames;

template <class T>
class generator
{
  public:
    struct promise_type {
        T value;
        std::exception_ptr failure;
        promise_type() { frames++; }
        ~promise_type() { frames--; }
        generator get_return_object()
        {
            return generator(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(T v)
        {
            value = std::move(v);
            return {};
        }
        void return_void() {}
        void unhandled_exception() { failure = std::current_exception(); }
    };

    explicit generator(std::coroutine_handle<promise_type> h) : handle(h) {}
    generator(generator &&o) noexcept : handle(std::exchange(o.handle, nullptr)) {}
    ~generator()
    {
        if (handle)
            handle.destroy();
    }
    bool next()
    {
        handle();
        if (handle.promise().failure)
            std::rethrow_exception(handle.promise().failure);
        return !handle.done();
    }
    const T &value() const { return handle.promise().value; }

  private:
    std::coroutine_handle<promise_type> handle;
};

static generator<int> fibonacci(int limit)
{
    int a = 0, b = 1;
    while (a < limit) {
        co_yield a;
        a = std::exchange(b, a + b);
    }
}
static generator<std::string> words(std::string text)
{
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find(' ', at);
        co_yield text.substr(at, end - at);
        at = end == std::string::npos ? text.size() : end + 1;
    }
    throw std::runtime_error("no more words");
}

// A task runs when it is awaited, and hands its result to who awaits it, without growing the stack.
struct task {
    struct promise_type {
        int result = 0;
        std::coroutine_handle<> waiting = std::noop_coroutine();
        task get_return_object()
        {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept
        {
            struct awaiter {
                bool await_ready() noexcept { return false; }
                std::coroutine_handle<>
                await_suspend(std::coroutine_handle<promise_type> h) noexcept
                {
                    return h.promise().waiting;
                }
                void await_resume() noexcept {}
            };
            return awaiter();
        }
        void return_value(int n) { result = n; }
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;

    bool await_ready() { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> h)
    {
        handle.promise().waiting = h;
        return handle;
    }
    int await_resume()
    {
        int n = handle.promise().result;
        handle.destroy();
        return n;
    }
};

static task leaf(int n)
{
    co_return n * 2;
}
static task sum(int n)
{
    int total = 0;
    for (int i = 1; i <= n; i++)
        total += co_await leaf(i);
    co_return total;
}

int main()
{
    {
        auto g = fibonacci(100);
        while (g.next())
            std::cout << g.value() << ' ';
        std::cout << "| " << frames << '\n';
        auto w = words("one two three");
        try {
            while (w.next())
                std::cout << w.value() << ' ';
        } catch (const std::exception &e) {
            std::cout << "| " << e.what() << '\n';
        }
        auto unfinished = fibonacci(10);
        unfinished.next();
    }
    std::cout << frames << '\n';
    task t = sum(100);
    t.handle.resume();
    std::cout << t.handle.done() << ' ' << t.handle.promise().result << '\n';
    std::coroutine_handle<> h = t.handle;
    std::cout << (h == t.handle) << (h.address() == t.handle.address()) << bool(h)
              << bool(std::coroutine_handle<>()) << std::noop_coroutine().done() << '\n';
    t.handle.destroy();
}
