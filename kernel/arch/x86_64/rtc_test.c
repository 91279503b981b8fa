#include "kernel/arch/x86_64/rtc.h"

#include "base/test.h"

TEST(rtc_bcd_and_binary)
{
    struct rtc_time bcd = {0x56, 0x34, 0x12, 0x22, 0x11, 0x26, 0x20, 0x02};
    struct rtc_time binary = {56, 34, 12, 22, 11, 26, 20, 0x06};
    CHECK(rtc_to_unix(&bcd) == 1795350896);
    CHECK(rtc_to_unix(&binary) == 1795350896);
}

TEST(rtc_twelve_hours_and_centuries)
{
    struct rtc_time t = {0, 0, 0x80 | 0x12, 0x01, 0x01, 0x70, 0x19, 0x00}; /* 12 pm */
    CHECK(rtc_to_unix(&t) == 12 * 3600);
    t.hour = 0x12; /* 12 am */
    CHECK(rtc_to_unix(&t) == 0);
    t = (struct rtc_time){0, 0, 0, 0x01, 0x03, 0x00, 0, 0x02}; /* 2000-03-01, no century register */
    CHECK(rtc_to_unix(&t) == 951868800);
    t = (struct rtc_time){0, 0, 0, 0x29, 0x02, 0x24, 0x20, 0x02};
    CHECK(rtc_to_unix(&t) == 1709164800);
}

TEST(rtc_refuses_nonsense)
{
    struct rtc_time t = {0, 0, 0, 0, 0, 0, 0, 0x02};
    CHECK(rtc_to_unix(&t) == 0);
    t = (struct rtc_time){0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    CHECK(rtc_to_unix(&t) == 0);
    t = (struct rtc_time){0, 0x61, 0, 1, 1, 0x26, 0x20, 0x02};
    CHECK(rtc_to_unix(&t) == 0);
}
