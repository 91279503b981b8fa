/* C++ exceptions as clang compiles them: catching by type, throwing again, destructors on the way.
 * With an argument: an exception that nobody catches. Prints the sum, how many were caught where,
 * and what was not destroyed. */
#include "tests/exceptions/runtime.h"

static int alive;

struct guard {
    guard() { alive++; }
    ~guard() { alive--; }
};

struct error {
    int code;
};

__attribute__((noinline)) static int parse(int n)
{
    guard g;
    if (n % 3 == 0)
        throw error{n};
    if (n % 7 == 0)
        throw n;
    return n;
}

__attribute__((noinline)) static int descend(int n, int depth)
{
    guard g;
    return depth ? descend(n, depth - 1) + 1 : parse(n);
}

__attribute__((noinline)) static void give_up(int code)
{
    guard g;
    throw error{code};
}

int main(int argc, char **)
{
    long sum = 0;
    int errors = 0, ints = 0, others = 0;
    for (int i = 1; i <= 3000; i++) {
        try {
            try {
                sum += descend(i, i % 20);
            } catch (const error &e) {
                errors++;
                sum += e.code;
                if (i % 9 == 0)
                    throw;
            }
        } catch (int n) {
            ints++;
            sum -= n;
        } catch (...) {
            others++;
        }
    }
    printf("%ld %d %d %d %d\n", sum, errors, ints, others, alive);
    fflush(stdout);
    if (argc > 1)
        give_up(argc);
    return 0;
}
