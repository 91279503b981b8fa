/* <tgmath.h> picks by type. */
#include <stdio.h>
#include <tgmath.h>

int main(void)
{
    float f = 0.5f;
    double d = 0.5;
    int i = 2, q;
    printf("%zu %zu %zu\n", sizeof sin(f), sizeof sin(d), sizeof sin(i));
    printf("%zu %zu %zu\n", sizeof pow(f, f), sizeof pow(f, d), sizeof pow(f, i));
    printf("%zu %zu\n", sizeof fma(f, f, f), sizeof fma(f, f, i));
    printf("%zu %zu\n", sizeof ldexp(f, 1), sizeof remquo(f, f, &q));
    printf("%.9g %.17g %.17g\n", exp(f), exp(d), sqrt(i));
    return 0;
}
