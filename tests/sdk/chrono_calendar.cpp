// Dates: arithmetic, names, slashes, days and back, against gmtime over 3000 years.
#include <chrono>
#include <cstdio>
#include <ctime>

using namespace std::chrono;

static_assert(year_month_day(sys_days(days(0))) == 1970y / January / 1);
static_assert(sys_days(2026y / 11 / 26).time_since_epoch() == days(20783));
static_assert(weekday(2026y / November / 26d) == Thursday);
static_assert(11 / 26d / 2026 == 2026y / 11 / 26 && 26d / November / 2026 == 2026y / 11 / 26);
static_assert(sys_days(2024y / February / last) == sys_days(2024y / 2 / 29));
static_assert(year_month_day(2023y / 2 / last).day() == 28d);
static_assert((2023y / 2 / 29).ok() == false && (2024y / 2 / 29).ok() && !(2024y / 13 / 1).ok());
static_assert(!(2024y / 0 / 1).ok() && !(2024y / 4 / 31).ok() && (February / 29).ok());
static_assert(2024y / 1 / 31 + months(1) == 2024y / 2 / 31); // which is not ok(), as it is written
static_assert(2024y / 1 / 15 + months(25) == 2026y / 2 / 15 &&
              2024y / 1 / 15 - months(1) == 2023y / 12 / 15);
static_assert(2024y / 2 / 29 + years(4) == 2028y / 2 / 29);
static_assert(2024y / 3 - 2023y / 1 == months(14) && 2024y / 1 - months(13) == 2022y / December);
static_assert(January + months(-1) == December && December + months(14) == February);
static_assert(February - March == months(11) && Sunday - Saturday == days(1));
static_assert(Monday - days(2) == Saturday && Sunday + days(-8) == Saturday);
static_assert(weekday(7) == Sunday && Sunday.iso_encoding() == 7 && Sunday.c_encoding() == 0);
static_assert(sys_days(2026y / November / Thursday[4]) == sys_days(2026y / 11 / 26));
static_assert(sys_days(2026y / November / Monday[last]) == sys_days(2026y / 11 / 30));
static_assert(!(2026y / November / Thursday[5]).ok() && (2026y / November / Monday[5]).ok());
static_assert(year_month_weekday(sys_days(2026y / 11 / 26)).index() == 4);
static_assert((1900y).is_leap() == false && (2000y).is_leap() && (-4y).is_leap());
static_assert(2024y / 1 / 2 < 2024y / 2 / 1 && 2023y / 12 < 2024y / 1);
static_assert(std::is_same_v<decltype(1y / 1 / 1d - months(1)), year_month_day>);
static_assert(hh_mm_ss(3661001ms).hours() == 1h && hh_mm_ss(3661001ms).minutes() == 1min);
static_assert(hh_mm_ss(-3661001ms).is_negative() && hh_mm_ss(-3661001ms).subseconds() == 1ms);
static_assert(hh_mm_ss(-3661001ms).to_duration() == -3661001ms);
static_assert(hh_mm_ss<milliseconds>::fractional_width == 3 &&
              hh_mm_ss<hours>::fractional_width == 0);
static_assert(hh_mm_ss<duration<int, std::ratio<1, 3>>>::fractional_width == 6);
static_assert(make12(0h) == 12h && make12(13h) == 1h && make24(12h, false) == 0h && is_pm(12h));

int main()
{
    int failures = 0;
    for (int n = -400000; n < 700000; n += 7) {
        sys_days t{days(n)};
        year_month_day date = t;
        time_t seconds = time_t(n) * 86400;
        tm broken;
        gmtime_r(&seconds, &broken);
        bool same = int(date.year()) == broken.tm_year + 1900 &&
                    unsigned(date.month()) == unsigned(broken.tm_mon + 1) &&
                    unsigned(date.day()) == unsigned(broken.tm_mday) &&
                    weekday(t).c_encoding() == unsigned(broken.tm_wday) && sys_days(date) == t &&
                    date.ok() && sys_days(year_month_weekday(t)) == t;
        if (!same && failures++ < 10)
            std::printf("failed: day %d\n", n);
    }
    std::printf("%d failures\n", failures);
}
