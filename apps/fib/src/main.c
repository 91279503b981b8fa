/* fib N: the first N Fibonacci numbers, one a line, as far as 64 bits reach. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        puts("Usage: fib <number of terms>");
        return EXIT_FAILURE;
    }

    char *end;
    errno = 0;
    long terms = strtol(argv[1], &end, 10);
    if (end == argv[1] || *end != '\0' || errno == ERANGE || terms <= 0) {
        puts("Invalid number of terms");
        return EXIT_FAILURE;
    }

    uint64_t previous = 1, current = 0; /* the term before the first one is 1: 1 + 0 = 1 */
    for (long printed = 1; printed <= terms; printed++) {
        printf("%" PRIu64 "\n", current);

        uint64_t next;
        if (__builtin_add_overflow(previous, current, &next) && printed < terms) {
            printf("Stopped after %ld terms: the next one needs more than 64 bits.\n", printed);
            return EXIT_FAILURE;
        }
        previous = current;
        current = next;
    }
    return EXIT_SUCCESS;
}
