/* printf, conversion by conversion, and its return values. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* "%2$s": arguments by their numbers, whose types and places other conversions tell. */
static void positions(void)
{
    char text[20];
    printf("%2$s-%1$s-%2$s\n", "a", "b");
    printf("%3$g %1$d %2$lld %4$Lg %5$c %2$llx\n", 1, 1234567890123LL, 2.5, 3.25L, 'z');
    printf("%1$*2$.*3$f|%1$-*2$.*3$f|%1$+f\n", 3.14159, 10, 2);
    printf("%4$s %2$hhd %1$zu %3$p %5$.2e\n", (size_t)9, 300, (void *)16, "end", 1e10);
    printf("%12$d%11$d%10$d%9$d%8$d%7$d%6$d%5$d%4$d%3$d%2$d%1$d%%\n", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
           11, 12);
    printf("%d\n", snprintf(text, sizeof text, "%2$s, %1$*3$d!", 7, "seven", 3));
    puts(text);
}

int main(void)
{
    positions();
    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%.3d] [%8.3d]\n", 42, 42, 42, 42, 42, 42, 42, 42);
    printf("[%u] [%o] [%x] [%X] [%#o] [%#x] [%#X]\n", 42u, 42u, 42u, 42u, 42u, 42u, 42u);
    printf("[%d] [%.0d] [%#x] [%#o] [%x]\n", 0, 0, 0u, 0u, 0u);
    printf("[%hhd] [%hd] [%ld] [%lld] [%jd] [%zu] [%td]\n", (signed char)-1, (short)-2, -3L, -4LL,
           (intmax_t)-5, (size_t)6, (ptrdiff_t)-7);
    printf("[%d] [%d] [%u]\n", INT_MAX, INT_MIN, UINT_MAX);
    printf("[%lld] [%lld] [%llu]\n", LLONG_MAX, LLONG_MIN, ULLONG_MAX);
    printf("[%s] [%10s] [%-10s] [%.2s] [%5.1s] [%s]\n", "abc", "abc", "abc", "abc", "abc", "");
    printf("[%c] [%3c] [%-3c] [%%]\n", 'x', 'y', 'z');
    printf("[%*d] [%-*d] [%.*f] [%.*s]\n", 6, 1, 6, 2, 2, 3.14159, 3, "abcdef");
    printf("[%*d] [%.*d]\n", -6, 1, -1, 5);
    printf("[%f] [%.0f] [%#.0f] [%10.3f] [%-10.3f] [%+.2f] [%010.2f]\n", 3.5, 2.5, 2.5, 3.14159,
           3.14159, 1.0, -1.5);
    printf("[%e] [%.0e] [%#.0e] [%E] [%.3e]\n", 12345.678, 12345.678, 12345.678, 0.0001, 1e300);
    printf("[%g] [%g] [%g] [%g] [%#g] [%G] [%.10g]\n", 100000.0, 1000000.0, 0.0001, 0.00001, 1.0,
           1e-10, 0.1);
    printf("[%a] [%.2a] [%A] [%a]\n", 1.0, 3.14159, 0.1, 0.0);
    printf("[%f] [%F] [%e] [%5f] [%-5f] [%05f]\n", INFINITY, -INFINITY, NAN, INFINITY, INFINITY,
           INFINITY);
    printf("%.20f\n%.0f\n", 0.1, 1e25);
    printf("%.1100f\n", 0x1p-1074);
    printf("[%Lf] [%.30Lg] [%Le]\n", 1.5L, 0.1L, 1e-4900L);
    printf("[%ls] [%lc] [%.3ls]\n", L"w\u00f6rld", 0x20ac, L"\u00e4\u00e4\u00e4");
    printf("[%p] [%10p]\n", (void *)0x1234, (void *)0xabcd);
    printf("%" PRId64 " %" PRIx32 " %" PRIu8 "\n", INT64_MIN, UINT32_MAX, (uint8_t)200);

    int n = -1;
    int len = printf("count%n me\n", &n);
    printf("%d %d\n", n, len);

    char buffer[8];
    memset(buffer, '#', sizeof buffer);
    len = snprintf(buffer, 5, "%s", "truncated");
    printf("%s %d %c\n", buffer, len, buffer[5]);
    printf("%d %d\n", snprintf(NULL, 0, "%d", 12345), snprintf(buffer, 0, "abc"));
    printf("%d %s\n", sprintf(buffer, "%03d", 7), buffer);
    return 0;
}
