/* How long programs take from being started to their end: each argument is one, started again and
 * again. */
#include <stdlib.h>

#define MEASURE_CLOCK MEASURE_MONOTONIC
#include "tests/bench/sdk/measure.h"

static const char *program;

static void start(int count)
{
    for (int i = 0; i < count; i++)
        if (system(program) != 0)
            exit(1);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        program = argv[i];
        measure(program, start, 5);
    }
    return 0;
}
