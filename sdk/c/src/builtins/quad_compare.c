/* Comparisons of binary128. */
#include "builtins/quad.h"

enum { UNORDERED = 2 };

/* -1, 0, 1 or UNORDERED. */
static int compare(long double a, long double b)
{
    u128 x = quad_bits(a), y = quad_bits(b), p = x & ~QUAD_SIGN, q = y & ~QUAD_SIGN;
    if (p > QUAD_INFINITY || q > QUAD_INFINITY)
        return UNORDERED;
    if (p == 0 && q == 0)
        return 0;
    if ((x ^ y) >> 127)
        return x >> 127 ? -1 : 1;
    int order = p < q ? -1 : p > q;
    return x >> 127 ? -order : order;
}

/* Positive for "unordered": then ==, < and <= are false. */
int __letf2(long double a, long double b)
{
    return compare(a, b);
}

int __lttf2(long double a, long double b)
{
    return compare(a, b);
}

int __eqtf2(long double a, long double b)
{
    return compare(a, b);
}

int __netf2(long double a, long double b)
{
    return compare(a, b);
}

/* Negative for "unordered": then > and >= are false. */
int __getf2(long double a, long double b)
{
    int order = compare(a, b);
    return order == UNORDERED ? -1 : order;
}

int __gttf2(long double a, long double b)
{
    return __getf2(a, b);
}

int __unordtf2(long double a, long double b)
{
    return compare(a, b) == UNORDERED;
}
