/* Taylor's series, from the inside out. */
#include "math/quad/kernels.h"

enum { TERMS = 15 /* (pi/4)^31 / 31! < 2^-122 */ };

long double __quad_sin(long double x)
{
    long double square = x * x, sum = 1;
    for (int n = TERMS; n > 0; n--)
        sum = 1 - square / (2 * n * (2 * n + 1)) * sum;
    return x * sum;
}

long double __quad_cos(long double x)
{
    long double square = x * x, sum = 1;
    for (int n = TERMS; n > 0; n--)
        sum = 1 - square / (2 * n * (2 * n - 1)) * sum;
    return sum;
}
