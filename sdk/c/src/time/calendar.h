#pragma once

#include <time.h>

/* Days from 1970-01-01 to the first of a month; month from 0 to 11, any year. */
int64_t __days_to_month(int64_t year, int month);
int __is_leap_year(int64_t year);
/* Days of the year before a month (0 to 11). */
int __days_before_month(int month, int leap);
