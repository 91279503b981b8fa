/* Counts the primes below a number: some seconds of work for the schedulers' tests. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    unsigned limit = argc > 1 ? (unsigned)atoi(argv[1]) : 100000, found = 0;

    for (unsigned n = 2; n < limit; n++) {
        unsigned d = 2;
        while (d * d <= n && n % d)
            d++;
        found += d * d > n;
    }
    printf("%u\n", found);
    return 0;
}
