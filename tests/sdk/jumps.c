/* setjmp and longjmp: over frames, loops, signal handlers, allocations. */
#include "check.h"

#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf outer, inner;
static int reached;

__attribute__((noinline)) static int descend(int depth, jmp_buf *to, int value)
{
    if (depth == 0)
        longjmp(*to, value);
    return descend(depth - 1, to, value) + 1;
}

static void values(void)
{
    int value = setjmp(outer);
    if (value == 0)
        descend(100, &outer, 7);
    CHECK(value == 7);
    value = setjmp(outer);
    if (value == 0)
        longjmp(outer, 0); /* 0 becomes 1 */
    CHECK(value == 1);
    switch (setjmp(outer)) {
    case 0:
        descend(3, &outer, -5);
        break;
    case -5:
        reached++;
    }
    CHECK(reached == 1);
}

static void nesting(void)
{
    volatile int rounds = 0, inner_jumps = 0;
    if (setjmp(outer) == 0) {
        for (rounds = 0; rounds < 50; rounds++) {
            if (setjmp(inner)) {
                inner_jumps++;
                continue;
            }
            if (rounds == 40)
                descend(5, &outer, 1);
            if (rounds % 2)
                descend(rounds, &inner, rounds);
        }
    }
    CHECK(rounds == 40 && inner_jumps == 20);
}

/* Jumps that pass a function with a setjmp of its own. */
__attribute__((noinline)) static void pass_through(int value)
{
    jmp_buf own;
    if (setjmp(own))
        reached = -1;
    else
        descend(2, &outer, value);
}

static void passing(void)
{
    reached = 0;
    int value = setjmp(outer);
    if (value == 0)
        pass_through(9);
    CHECK(value == 9 && reached == 0);
}

static void many(void)
{
    volatile long sum = 0;
    char *volatile block = malloc(100);
    for (volatile int i = 1; i <= 20000; i++) {
        int value = setjmp(outer);
        if (value == 0)
            descend(i % 7, &outer, i);
        sum += value;
    }
    free(block);
    CHECK(sum == 20000L * 20001 / 2);
}

static void on_signal(int number)
{
    siglongjmp(outer, number);
}

static void signals(void)
{
    sigset_t now;
    signal(SIGUSR1, on_signal);
    int value = sigsetjmp(outer, 1);
    if (value == 0)
        raise(SIGUSR1);
    CHECK(value == SIGUSR1);
    sigprocmask(SIG_BLOCK, NULL, &now);
    CHECK(!sigismember(&now, SIGUSR1)); /* was blocked in the handler */
    value = sigsetjmp(outer, 0);
    if (value == 0)
        raise(SIGUSR1);
    sigprocmask(SIG_BLOCK, NULL, &now);
    CHECK(sigismember(&now, SIGUSR1)); /* not saved, not restored */
    signal(SIGABRT, on_signal);
    value = sigsetjmp(outer, 1);
    if (value == 0)
        abort();
    CHECK(value == SIGABRT);
}

int main(void)
{
    values();
    nesting();
    passing();
    many();
    signals();
    return check_report();
}
