#include <strings.h>

int ffs(int n)
{
    return __builtin_ffs(n);
}

int ffsl(long n)
{
    return __builtin_ffsl(n);
}

int ffsll(long long n)
{
    return __builtin_ffsll(n);
}
