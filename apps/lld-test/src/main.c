/* %lld beside other arguments, in several positions: each must find its own 64 bits. */
#include <limits.h>
#include <stdio.h>

int main(void)
{
    printf("%lld\n", 1234567890LL);
    printf("%lld and text\n", 2345678901LL);
    printf("text and %lld\n", 3456789012LL);
    printf("%d %lld\n", 1, 4567890123LL);
    printf("%lld %d\n", 5678901234LL, 2);
    printf("%d %lld %d\n", 3, 6789012345LL, 4);
    printf("%lld %s %lld\n", 7890123456LL, "between", 8901234567LL);
    printf("%c %lld %x %lld\n", 'a', 9012345678LL, 0xbeefu, 9876543210LL);
    printf("smallest: %lld\n", LLONG_MIN);
    printf("largest:  %lld\n", LLONG_MAX);
    printf("unsigned: %llu\n", ULLONG_MAX);
    return 0;
}
