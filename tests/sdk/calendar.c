/* Dates, their text, and the clocks. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Fewer and more than four digits, with and without a width. */
static void years(void)
{
    static const int all[] = {2016, 5, 0, -123, 10009, 2147483647 - 1900};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct tm tm = {.tm_year = all[i] - 1900, .tm_mday = 3};
        char text[200];
        strftime(text, sizeof text, "%Y %05Y %+5Y %1Y %EY|%C %03C %+3C|%F %012F %+11F %06F|%G %c",
                 &tm);
        puts(text);
    }
    struct tm tm = {.tm_year = INT_MAX, .tm_mon = 11, .tm_mday = 31};
    time_t last = timegm(&tm), next = last + 86400;
    printf("%lld %d %d\n", (long long)last, tm.tm_year == INT_MAX, gmtime_r(&next, &tm) == NULL);
    tm = (struct tm){.tm_year = INT_MIN, .tm_mday = 1};
    last = timegm(&tm), next = last - 1;
    printf("%lld %d %d\n", (long long)last, tm.tm_year == INT_MIN, gmtime_r(&next, &tm) == NULL);
    tm = (struct tm){.tm_year = 100, .tm_mday = 1};
    char text[20];
    printf("%zu %zu\n", strftime(text, sizeof text, "%019Y", &tm),
           strftime(text, sizeof text, "%099999999999Y", &tm));
}

int main(void)
{
    static const long long moments[] = {0,          -1,         951782400,   951868799,
                                        1000000000, 4102444799, -2208988800, 253402300799};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        time_t t = moments[i];
        struct tm tm;
        char text[200];
        gmtime_r(&t, &tm);
        strftime(text, sizeof text,
                 "%Y-%m-%d %H:%M:%S %a %A %b %B %j %U %W %V %G %g %u %w %y %C %e %I %p", &tm);
        printf("%lld %s\n", moments[i], text);
        strftime(text, sizeof text, "%D|%F|%R|%T|%c|%x|%X|%r|%h|%n|%t|%%|%Z|%z", &tm);
        puts(text);
        tm.tm_mon += 14;
        tm.tm_mday -= 40;
        tm.tm_sec += 100000;
        printf("%lld\n", (long long)mktime(&tm));
    }
    char small[6];
    struct tm tm = {.tm_year = 100, .tm_mday = 1};
    printf("%zu %zu\n", strftime(small, 5, "%Y", &tm), strftime(small, 4, "%Y", &tm));
    years();
    time_t t = 1000000000;
    printf("%s", ctime(&t));

    struct timespec a, b, pause = {0, 20000000};
    clock_gettime(CLOCK_MONOTONIC, &a);
    nanosleep(&pause, NULL);
    clock_gettime(CLOCK_MONOTONIC, &b);
    double slept = difftime(b.tv_sec, a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    printf("slept %d, clock %d, year %d\n", slept >= 0.02 && slept < 5, clock() >= 0,
           time(NULL) > 1600000000);
    return 0;
}
