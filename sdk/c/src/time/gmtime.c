#include "time/calendar.h"
#include <errno.h>
#include <limits.h>

/* The year that holds day `days` since 1970: an estimate that is at most one off. */
static int64_t year_of(int64_t days)
{
    int64_t year = 1970 + days * 400 / 146097 - (days < 0);
    while (__days_to_month(year, 0) > days)
        year--;
    while (__days_to_month(year + 1, 0) <= days)
        year++;
    return year;
}

struct tm *gmtime_r(const time_t *restrict t, struct tm *restrict out)
{
    int64_t days = *t / 86400, seconds = *t % 86400;
    if (seconds < 0) {
        seconds += 86400;
        days--;
    }
    int64_t year = year_of(days);
    if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
        errno = EOVERFLOW;
        return NULL;
    }
    int leap = __is_leap_year(year), month = 11;
    int yday = (int)(days - __days_to_month(year, 0));
    while (__days_before_month(month, leap) > yday)
        month--;
    int64_t weekday = (days + 4) % 7; /* 1970-01-01 was a Thursday */
    *out = (struct tm){
        .tm_sec = (int)(seconds % 60),
        .tm_min = (int)(seconds / 60 % 60),
        .tm_hour = (int)(seconds / 3600),
        .tm_mday = yday - __days_before_month(month, leap) + 1,
        .tm_mon = month,
        .tm_year = (int)(year - 1900),
        .tm_wday = (int)(weekday < 0 ? weekday + 7 : weekday),
        .tm_yday = yday,
        .tm_zone = "UTC",
    };
    return out;
}

/* There are no time zones: local time is UTC. */
struct tm *localtime_r(const time_t *restrict t, struct tm *restrict out)
{
    return gmtime_r(t, out);
}

struct tm *gmtime(const time_t *t)
{
    static struct tm result;
    return gmtime_r(t, &result);
}

struct tm *localtime(const time_t *t)
{
    return gmtime(t);
}
