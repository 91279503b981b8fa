#include <math.h>

long double fminl(long double x, long double y)
{
    if (isnan(x))
        return y;
    if (x == y)
        return signbit(x) ? x : y;
    return y < x ? y : x;
}

long double fmaxl(long double x, long double y)
{
    if (isnan(x))
        return y;
    if (x == y)
        return signbit(x) ? y : x;
    return y > x ? y : x;
}

long double fdiml(long double x, long double y)
{
    return isnan(x) ? x : isnan(y) ? y : x > y ? x - y : 0;
}
