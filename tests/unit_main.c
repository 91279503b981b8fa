/* Runs the unit tests of the freestanding libraries (base, wasm) as an ordinary program; the
 * kernel's own run in the kernel (command line `test`). Exit status 0 when all passed. */
#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"

__attribute__((weak)) void base_assert_fail(const char *expr, const char *file, int line)
{
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, expr);
    abort();
}

static void say(const char *line)
{
    fprintf(stderr, "%s\n", line);
}

int main(void)
{
    unsigned ran, failed = unit_tests_run(say, NULL, 0, &ran);

    printf("%u passed, %u failed\n", ran - failed, failed);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
