#include "time/calendar.h"
#include <errno.h>

time_t timegm(struct tm *t)
{
    int64_t months = (int64_t)t->tm_year * 12 + t->tm_mon;
    int64_t year = months / 12, month = months % 12;
    if (month < 0) {
        month += 12;
        year--;
    }
    int64_t days = __days_to_month(year + 1900, (int)month) + t->tm_mday - 1;
    time_t seconds =
        days * 86400 + (int64_t)t->tm_hour * 3600 + (int64_t)t->tm_min * 60 + t->tm_sec;
    return gmtime_r(&seconds, t) ? seconds : -1;
}

time_t mktime(struct tm *t)
{
    return timegm(t);
}
