/* Tests that check themselves: what does not hold is printed with its line, and at the end how many
 * checks there were. */
#pragma once

#include <stdio.h>

static int check_count, check_failures;

static inline void check(int holds, const char *what, int line)
{
    check_count++;
    if (!holds) {
        check_failures++;
        printf("line %d: %s\n", line, what);
    }
}
#define CHECK(condition) check((condition) != 0, #condition, __LINE__)

static inline int check_report(void)
{
    printf("%d checks, %d failed\n", check_count, check_failures);
    return check_failures != 0;
}
