#include "time/calendar.h"

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int __is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int __days_before_month(int month, int leap)
{
    static const short days[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    return days[month] + (leap && month > 1);
}

int64_t __days_to_month(int64_t year, int month)
{
    int64_t y = year - 1; /* whole years before */
    int64_t days = y * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400);
    enum { DAYS_TO_1970 = 719162 };
    return days - DAYS_TO_1970 + __days_before_month(month, __is_leap_year(year));
}
