#include "kernel/arch/x86_64/rtc.h"

#include "base/string.h"
#include "kernel/arch/x86_64/x86.h"

#define CMOS_INDEX   0x70
#define CMOS_DATA    0x71
#define STATUS_A     0x0a
#define STATUS_B     0x0b
#define UPDATING     0x80
#define B_24_HOURS   0x02
#define B_BINARY     0x04
#define HOUR_PM      0x80
#define READ_TRIES   5
#define UPDATE_TRIES 20000 /* an update takes 2 ms at most */

static uint8_t century_register;

void rtc_set_century(uint8_t reg)
{
    century_register = reg;
}

static uint8_t cmos(uint8_t reg)
{
    outb(CMOS_INDEX, reg);
    return inb(CMOS_DATA);
}

static unsigned decode(uint8_t v, uint8_t status_b)
{
    return status_b & B_BINARY ? v : (v >> 4) * 10u + (v & 15);
}

/* Days since 1970-01-01 in the Gregorian calendar; month 1 … 12. Years begin in March, so the leap
 * day is last. */
static uint64_t days_from_date(unsigned year, unsigned month, unsigned day)
{
    unsigned y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    return (uint64_t)y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

uint64_t rtc_to_unix(const struct rtc_time *t)
{
    uint8_t b = t->status_b;
    unsigned hour = decode(t->hour & (b & B_24_HOURS ? 0xff : 0x7f), b);
    unsigned year = decode(t->year, b), month = decode(t->month, b), day = decode(t->day, b);
    unsigned minute = decode(t->minute, b), second = decode(t->second, b);
    unsigned century = t->century ? decode(t->century, b) : 0;
    if (!(b & B_24_HOURS))
        hour = hour % 12 + (t->hour & HOUR_PM ? 12 : 0);
    year += century >= 19 && century <= 29 ? century * 100 : year < 70 ? 2000 : 1900;
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 ||
        second > 60)
        return 0;
    return ((days_from_date(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

static void read_once(struct rtc_time *t)
{
    for (unsigned i = 0; i < UPDATE_TRIES && (cmos(STATUS_A) & UPDATING); i++)
        cpu_pause();
    t->second = cmos(0);
    t->minute = cmos(2);
    t->hour = cmos(4);
    t->day = cmos(7);
    t->month = cmos(8);
    t->year = cmos(9);
    t->century = century_register && century_register < 128 ? cmos(century_register) : 0;
    t->status_b = cmos(STATUS_B);
}

uint64_t rtc_read_ns(void)
{
    struct rtc_time a, b;
    if (cmos(STATUS_A) == 0xff && cmos(STATUS_B) == 0xff)
        return 0; /* nobody there */
    read_once(&a);
    for (unsigned i = 0; i < READ_TRIES; i++) { /* an update in between shows as a difference */
        read_once(&b);
        if (memcmp(&a, &b, sizeof(a)) == 0)
            return rtc_to_unix(&a) * NSEC_PER_SEC;
        a = b;
    }
    return 0;
}
