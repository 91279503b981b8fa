/* The scanf family. */
#include <stdio.h>
#include <string.h>

int main(void)
{
    int a = 0, b = 0, c = 0;
    unsigned u = 0;
    short h = 0;
    long long ll = 0;
    float f = 0;
    double d = 0;
    char w[50], x[50];

    int n = sscanf("5 six 7.5", "%3$d %1$49s %2$lf", w, &d, &a);
    printf("%d: %d %s %g\n", n, a, w, d);
    n = sscanf("12 -7 0x1f", "%d %d %i", &a, &b, &c);
    printf("%d: %d %d %d\n", n, a, b, c);
    n = sscanf("abc def", "%s%49s", w, x);
    printf("%d: %s %s\n", n, w, x);
    n = sscanf("3.25e2,1.5", "%lf,%f", &d, &f);
    printf("%d: %g %g\n", n, d, f);
    n = sscanf("key=value", "%[^=]=%s", w, x);
    printf("%d: %s %s\n", n, w, x);
    n = sscanf("abc]x", "%[]abc]%c", w, x);
    printf("%d: %s %c\n", n, w, x[0]);
    n = sscanf("12345678", "%3d%2d%n", &a, &b, &c);
    printf("%d: %d %d %d\n", n, a, b, c);
    n = sscanf("123 456 789", "%*d %d%*s", &a);
    printf("%d: %d\n", n, a);
    n = sscanf("50%x", "%d%%%c", &a, w);
    printf("%d: %d %c\n", n, a, w[0]);
    n = sscanf("9999999999 70000 ff", "%lld %hd %x", &ll, &h, &u);
    printf("%d: %lld %d %u\n", n, ll, h, u);
    n = sscanf("inf nan -12", "%lf%f%d", &d, &f, &a);
    printf("%d: %f %d\n", n, d, a);
    n = sscanf("hello", "hel%2c", w);
    printf("%d: %.2s\n", n, w);
    printf("%d %d %d %d %d\n", sscanf("", "%d", &a), sscanf("x", "%d", &a),
           sscanf("5 x", "%d%d", &a, &b), sscanf("   ", "%d", &a), sscanf("5", "%d%d", &a, &b));

    while ((n = scanf("%d", &a)) == 1)
        b += a;
    printf("sum %d, then %d: ", b, n);
    printf("%s\n", fgets(w, sizeof w, stdin) ? w : "nothing");
    n = scanf("%49s%c", w, x);
    printf("%d: %s, end %d\n", n, w, getchar() == EOF);
    return 0;
}
