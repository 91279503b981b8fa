/* Reads and writes an array by way of addresses whose 32-bit sums wrap: indices are negative, and
 * the array begins in its middle. Each of the accesses may fault, and goes on. */
#include <stdio.h>
#include <string.h>

enum { HALF = 600 };

static int numbers[2 * HALF];
static double reals[2 * HALF];

__attribute__((noinline)) static int get(int i)
{
    return numbers[i + HALF];
}

__attribute__((noinline)) static void set(int i, int value)
{
    numbers[i + HALF] = value;
}

__attribute__((noinline)) static double scale(int i, double by)
{
    return reals[i + HALF] = by * reals[i + HALF] + i;
}

int main(void)
{
    double sum = 0;
    int total = 0;
    for (int i = -HALF; i < HALF; i++) {
        reals[i + HALF] = i;
        set(i, i * i);
    }
    for (int round = 0; round < 3; round++)
        for (int i = HALF - 1; i >= -HALF; i--) {
            total += get(i);
            sum += scale(i, 0.5);
        }
    printf("%d %g\n", total, sum);
    return 0;
}
