/* The real-time clock of the PC (MC146818). */
#pragma once

#include "base/base.h"

/* Register of the century, 0: none (the FADT says). */
void rtc_set_century(uint8_t reg);
/* Nanoseconds since 1970-01-01 UTC; 0 when there is no plausible clock. */
uint64_t rtc_read_ns(void);

/* Pure part: registers as read, `status_b` says how they are coded. */
struct rtc_time {
    uint8_t second, minute, hour, day, month, year, century, status_b;
};
uint64_t rtc_to_unix(const struct rtc_time *t);
