// longjmp and exceptions in one program: each passes the other's handlers, and objects on the way
// of both are destroyed.
#include <csetjmp>
#include <cstdio>
#include <stdexcept>
#include <string>

static std::jmp_buf target;
static int destroyed;

struct counted {
    ~counted() { destroyed++; }
};

[[gnu::noinline]] static void work(int kind)
{
    counted object;
    std::string text(50, 'x');
    if (kind == 1)
        std::longjmp(target, 42);
    if (kind == 2)
        throw std::runtime_error(text);
}

[[gnu::noinline]] static int guarded(int kind)
{
    counted object;
    try {
        work(kind);
    } catch (const std::exception &e) {
        return int(std::string(e.what()).size());
    } catch (...) {
        return -1; // a jump is no exception
    }
    return 0;
}

[[gnu::noinline]] static int jump_over(int kind)
{
    int value = setjmp(target);
    return value ? value : guarded(kind);
}

// Functions that have both.
[[gnu::noinline]] static int both(int kind)
{
    volatile int step = 0;
    try {
        if (int value = setjmp(target))
            return value + step;
        step = 1;
        work(kind);
        step = 2;
    } catch (const std::runtime_error &) {
        return 1000 + step;
    }
    return step;
}

int main()
{
    std::printf("%d %d %d, %d destroyed\n", jump_over(0), jump_over(1), jump_over(2), destroyed);
    destroyed = 0;
    std::printf("%d %d %d, %d destroyed\n", both(0), both(1), both(2), destroyed);
    long sum = 0;
    for (int i = 0; i < 3000; i++)
        sum += jump_over(i % 3) + both(i % 3);
    std::printf("%ld\n", sum);
}
