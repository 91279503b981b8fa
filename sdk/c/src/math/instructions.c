/* What WebAssembly has as instructions. */
#include <math.h>

#define UNARY(name)                                                                                \
    double name(double x)                                                                          \
    {                                                                                              \
        return __builtin_##name(x);                                                                \
    }                                                                                              \
    float name##f(float x)                                                                         \
    {                                                                                              \
        return __builtin_##name##f(x);                                                             \
    }

UNARY(sqrt)
UNARY(fabs)
UNARY(floor)
UNARY(ceil)
UNARY(trunc)
UNARY(rint)
UNARY(nearbyint)

double copysign(double x, double y)
{
    return __builtin_copysign(x, y);
}

float copysignf(float x, float y)
{
    return __builtin_copysignf(x, y);
}

long double fabsl(long double x)
{
    return __builtin_fabsl(x);
}

long double copysignl(long double x, long double y)
{
    return __builtin_copysignl(x, y);
}
