#include "builtins/quad.h"
#include <math.h>

long double nextafterl(long double x, long double y)
{
    if (isnan(x) || isnan(y))
        return x + y;
    if (x == y)
        return y;
    if (x == 0)
        return copysignl(quad_from_bits(1), y);
    int away = (x < y) == (x > 0);
    return quad_from_bits(quad_bits(x) + (away ? 1 : ~(u128)0));
}

long double nexttowardl(long double x, long double y)
{
    return nextafterl(x, y);
}
